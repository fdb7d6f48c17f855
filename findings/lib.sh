# Shared by the scripts of this folder: a temporary folder that goes at the end, and pinned Python packages in it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# with_python <package==version>…: a virtual environment with exactly these packages, first on the PATH.
with_python() {
    python3 -m venv venv
    ./venv/bin/pip install --quiet --disable-pip-version-check "$@"
    PATH="$work/venv/bin:$PATH"
    printf 'Python %s; %s\n' "$(python -c 'import platform; print(platform.python_version())')" "$*"
}

# with_node <package@version>…: exactly these packages in node_modules.
with_node() {
    npm install --silent --no-audit --no-fund --no-save --prefix . "$@" >/dev/null
    printf 'Node %s; %s\n' "$(node --version)" "$*"
}
