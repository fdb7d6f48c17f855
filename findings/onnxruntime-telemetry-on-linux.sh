#!/usr/bin/env bash
# ONNX Runtime 1.31 for Linux is imported, and nothing else is done.
# Expected: nothing is written; up to 1.2x telemetry was a matter of the Windows builds, and `disable_telemetry_events` (or a
#   session's switch) turned it off.
# Happens: loading the library makes ~/.cache/Microsoft/DeveloperTools/.onnxruntime with a device id and a SQLite database
#   of events to be sent. The call comes too late; only ORT_DISABLE_TELEMETRY=1 in the environment, before the library is
#   loaded, keeps it from doing so.
# Matters: a service writes an id of the machine into a home folder that may be read-only, shared or watched; a process
#   whose files are limited to no bytes (RLIMIT_FSIZE) is ended by SIGXFSZ when it loads the library.
# Source: Privacy.md in the wheel ("Official Builds", "Disabling Telemetry"), which is new with this version; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python onnxruntime==1.31.1

# seen <variable=value…>: what an import leaves in a fresh home.
seen() {
    rm -rf home; mkdir home
    env HOME="$work/home" "$@" python -c 'import onnxruntime as o; o.disable_telemetry_events(); print("loaded", o.__version__)'
    (cd home && find . -type f | sort)
}

plain=$(seen A=1); echo "$plain"
switched=$(seen ORT_DISABLE_TELEMETRY=1); echo "with ORT_DISABLE_TELEMETRY=1: $switched"
grep -q 'DeveloperTools/.onnxruntime/' <<<"$plain" || { echo "an import writes nothing now"; exit 1; }
! grep -q onnxruntime/ <<<"$switched" || { echo "the variable is no longer heeded"; exit 1; }

rm -rf home; mkdir home
limited=$(env HOME="$work/home" python - <<'PY'
import resource, subprocess, sys
no_files = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
# Python ignores the signal; a program in another language does not.
load = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); import onnxruntime"
print(subprocess.run([sys.executable, "-B", "-c", load], preexec_fn=no_files, capture_output=True).returncode)
PY
)
echo "with RLIMIT_FSIZE=0 the import ends with $limited (-25 is SIGXFSZ)"
[ "$limited" = -25 ] || { echo "the library no longer writes where it may not"; exit 1; }
