#!/usr/bin/env python3
"""Makes a Debian package of the tree of package.py.

    python3 setup/package.py --folder && python3 setup/debian.py [target/package/docent-…] [--into target/package]

    /opt/docent                               the tree as it is
    /usr/bin/docent, /usr/bin/docent-worker   links to its programs
    /usr/lib/systemd/system/docent.service    installed, not started: `systemctl enable --now docent`

Settings go into /etc/docent.env, data into /var/lib/docent; removing the package leaves both.
"""

import argparse
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

from fetch import Problem, run, say
from package import PROGRAMS, ROOT, name, version

ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}

CONTROL = """\
Package: docent
Version: {version}
Architecture: {architecture}
Maintainer: The Docent authors <docent@localhost>
Installed-Size: {kilobytes}
Depends: libc6 (>= {libc}), libstdc++6
Recommends: ca-certificates
Suggests: tesseract-ocr
Section: web
Priority: optional
Description: answers questions from a team's documents, with citations
 Files that are uploaded over HTTP are read, cut into passages, embedded and
 indexed; questions are answered live over Socket.IO or REST, each statement
 with the document and page it stands on. Database, search index, queue and
 embedding models are part of the program.
"""

# Only tells systemd of the unit; the machine's owner decides when it starts.
AFTER = """\
#!/bin/sh
set -e
if [ -d /run/systemd/system ]; then
    systemctl daemon-reload
fi
"""

BEFORE_REMOVAL = """\
#!/bin/sh
set -e
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
    systemctl disable --now docent || true
fi
"""


def needed_libc(tree):
    """The newest version of the C library that a program or library of the tree names."""
    versions = [(2, 17)]
    for path in [*tree.glob("bin/*"), *tree.glob("share/docent/lib/*")]:
        named = re.findall(rb"\0GLIBC_(\d+)\.(\d+)(?=[.\0])", path.read_bytes())
        versions += [(int(major), int(minor)) for major, minor in named]
    return ".".join(map(str, max(versions)))


def lay_out(tree, root):
    shutil.copytree(tree, root / "opt" / "docent")
    (root / "usr" / "bin").mkdir(parents=True)
    for program in PROGRAMS:
        (root / "usr" / "bin" / program).symlink_to(f"/opt/docent/bin/{program}")
    units = root / "usr" / "lib" / "systemd" / "system"
    units.mkdir(parents=True)
    unit = root / "opt" / "docent" / "lib" / "systemd" / "system" / "docent.service"
    shutil.copyfile(unit, units / "docent.service")
    doc = root / "usr" / "share" / "doc" / "docent"
    doc.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", doc / "copyright")


def write_control(root, architecture):
    kilobytes = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) >> 10
    control = root / "DEBIAN"
    control.mkdir()
    libc = needed_libc(root / "opt" / "docent")
    told = CONTROL.format(version=version(), architecture=architecture, kilobytes=kilobytes, libc=libc)
    (control / "control").write_text(told)
    for script, text in (("postinst", AFTER), ("postrm", AFTER), ("prerm", BEFORE_REMOVAL)):
        (control / script).write_text(text)
        (control / script).chmod(0o755)


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Makes a Debian package of the tree of package.py.")
    parser.add_argument("tree", nargs="?", type=pathlib.Path, default=ROOT / "target" / "package" / name())
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "target" / "package")
    given = parser.parse_args(arguments)
    if not (given.tree / "bin" / "docent").is_file():
        raise Problem(f"{given.tree} is no tree of `setup/package.py --folder`")
    if shutil.which("dpkg-deb") is None:
        raise Problem("dpkg-deb is missing: it comes with Debian and Ubuntu")
    architecture = ARCHITECTURES.get(platform.machine(), platform.machine())
    package = given.into.resolve() / f"docent_{version()}_{architecture}.deb"
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "root"
        root.mkdir(0o755)
        lay_out(given.tree, root)
        write_control(root, architecture)
        command = ["dpkg-deb", "--build", "--root-owner-group", "-Zxz", "-z1", str(root), str(package)]
        if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 0:
            raise Problem("dpkg-deb failed; the lines above say why")
    say(f"done: {package} ({package.stat().st_size >> 20} MB)")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    run(main)
