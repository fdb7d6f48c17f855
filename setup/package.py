#!/usr/bin/env python3
"""Makes one archive that runs on another machine of the same kind, without a build and without a network.

    python3 setup/package.py [--into target/package] [--binaries target/release] [--home .docent] [--models …]

    docent-<version>-<system>-<machine>/
        bin/docent, bin/docent-worker       the programs, with the page inside
        share/docent/                       ONNX Runtime, libpdfium, the models, manifest.json
        share/doc/docent/                   README, LICENSE, NOTICE, changelog, docs, licences of everything inside
        lib/systemd/system/docent.service

The programs look for `../share/docent` beside themselves: unpack it anywhere and run `bin/docent serve`. The same files
give the same archive, byte for byte. With --folder the tree is left as it is and not packed.
"""

import argparse
import gzip
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib

import fetch
from fetch import HERE, Problem, say

ROOT = HERE.parent
PROGRAMS = ("docent", "docent-worker")
LICENCE = re.compile(r"(?i)(licen[cs]e|copying|notice|unlicense|copyright)")
# 1980: what zip and tar both can say.
EPOCH = 315532800


def version():
    return tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["package"]["version"]


def name():
    return f"docent-{version()}-{platform.system().lower()}-{platform.machine()}"


def build():
    say("building the page and the optimised programs")
    subprocess.run([sys.executable, str(HERE / "page.py"), "--if-possible"], check=True)
    cargo = os.environ.get("CARGO", "cargo")
    if subprocess.run([cargo, "build", "--release", "--locked", "--bins"], cwd=ROOT).returncode != 0:
        raise Problem("the programs could not be built; the lines above say why")
    target = os.environ.get("CARGO_TARGET_DIR", str(ROOT / "target"))
    return pathlib.Path(target) / "release"


def copy(source, target, mode=0o644):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(mode)


def copy_programs(binaries, tree):
    for program in PROGRAMS:
        source = binaries / program
        if not source.is_file():
            raise Problem(f"{source} is missing; build it first, or leave --binaries out")
        copy(source, tree / "bin" / program, 0o755)
        if shutil.which("strip"):
            subprocess.run(["strip", "--strip-debug", str(tree / "bin" / program)], check=True)


def copy_home(home, tree, models):
    """Only what the manifest lists, and of the models only those that are wanted, in int8."""
    manifest = fetch.read_manifest(home)
    if manifest is None:
        raise Problem(f"{home} is not whole; `make setup` fetches it")
    for part in fetch.MODELS:
        if part not in models:
            manifest["parts"].pop(part, None)
            continue
        # Where there is a smaller export of a model, the one in full is for those who fetch it themselves.
        files = manifest["parts"][part]["files"]
        if any(name.endswith("/model_int8.onnx") for name in files):
            for name in [name for name in files if name.endswith(("/model.onnx", "/model.onnx.data"))]:
                del files[name]
    manifest["files"] = {
        name: entry for part in manifest["parts"].values() for name, entry in sorted(part["files"].items())
    }
    to = tree / "share" / "docent"
    for name in manifest["files"]:
        copy(home / name, to / name)
    (to / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def crates():
    """Every crate that the programs are built of, with its folder."""
    cargo = os.environ.get("CARGO", "cargo")
    command = [cargo, "metadata", "--format-version", "1", "--locked", "--offline"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE)
    if done.returncode != 0:
        raise Problem("cargo metadata failed; the lines above say why")
    for package in json.loads(done.stdout)["packages"]:
        if package["source"] is not None:
            yield f"{package['name']} {package['version']}", package["license"], pathlib.Path(package["manifest_path"]).parent


def page_packages():
    """What the page is built of, as its lock file says, without the tools that build it."""
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text())
    for path, package in lock["packages"].items():
        folder = ROOT / "web" / path
        if path and not package.get("dev") and folder.is_dir():
            yield f"{path.rpartition('node_modules/')[2]} {package.get('version', '')}", package.get("license"), folder


def licences(packages):
    """One text with every licence once, and before it who uses which."""
    lines, texts = [], {}
    for package, licence, folder in sorted(packages, key=lambda one: one[0]):
        files = sorted(path for path in folder.iterdir() if path.is_file() and LICENCE.search(path.name))
        numbers = []
        for path in files:
            text = path.read_text(encoding="utf-8", errors="replace").strip()
            numbers.append(texts.setdefault(text, len(texts) + 1))
        shown = ", ".join(str(number) for number in numbers) or "no text in the package"
        lines.append(f"{package}: {licence or 'see its text'} [{shown}]")
    for text, number in texts.items():
        lines.append(f"\n{'=' * 30} [{number}] {'=' * 30}\n{text}")
    return "\n".join(lines) + "\n"


def copy_documents(tree):
    doc = tree / "share" / "doc" / "docent"
    for file in ("README.md", "LICENSE", "NOTICE", "CHANGELOG.md", "SECURITY.md"):
        copy(ROOT / file, doc / file)
    for path in sorted((ROOT / "docs").rglob("*")):
        if path.is_file():
            copy(path, doc / "docs" / path.relative_to(ROOT / "docs"))
    (doc / "licenses-rust.txt").write_text(licences(crates()), encoding="utf-8")
    (doc / "licenses-page.txt").write_text(licences(page_packages()), encoding="utf-8")
    copy(HERE / "docent.service", tree / "lib" / "systemd" / "system" / "docent.service")


def pack(tree, archive):
    """Sorted, and without owners and times: the same files give the same bytes."""

    def plain(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = EPOCH
        return entry

    partial = archive.with_name(f".{archive.name}.partial")
    with open(partial, "wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as zipped:
        with tarfile.open(fileobj=zipped, mode="w", format=tarfile.GNU_FORMAT) as tar:
            for path in [tree, *sorted(tree.rglob("*"))]:
                tar.add(path, str(path.relative_to(tree.parent)), recursive=False, filter=plain)
    partial.replace(archive)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Makes one archive that runs elsewhere without a build.")
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "target" / "package")
    parser.add_argument("--binaries", type=pathlib.Path, help="folder of programs that are built already")
    parser.add_argument("--home", type=pathlib.Path, default=ROOT / ".docent", help="what setup/fetch.py has filled")
    parser.add_argument("--models", default="all", help="as for setup/fetch.py")
    parser.add_argument("--folder", action="store_true", help="leave the tree, make no archive")
    given = parser.parse_args(arguments)
    models = fetch.chosen(given.models)
    fetch.main(["--into", str(given.home), "--models", given.models])
    binaries = given.binaries or build()
    tree = given.into.resolve() / name()
    shutil.rmtree(tree, ignore_errors=True)
    copy_programs(binaries, tree)
    copy_home(given.home.resolve(), tree, models)
    copy_documents(tree)
    if given.folder:
        say(f"done: {tree}")
        return
    archive = tree.with_name(f"{tree.name}.tar.gz")
    pack(tree, archive)
    shutil.rmtree(tree)
    archive.with_name(f"{archive.name}.sha256").write_text(f"{fetch.sha256(archive)}  {archive.name}\n")
    say(f"done: {archive} ({archive.stat().st_size >> 20} MB)")


if __name__ == "__main__":
    fetch.run(main)
