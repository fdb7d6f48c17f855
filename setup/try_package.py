#!/usr/bin/env python3
"""Tries the archive of package.py where nothing else is: an empty root, a new user, no network. Linux, as root.

    python3 setup/try_package.py target/package/docent-….tar.gz

The root has the archive under /opt/docent, the C and C++ libraries of this machine, and nothing more. The server is
started there, gets a document, and is asked about it in the document's language and in another.
"""

import ctypes
import fcntl
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.request

USER = 10001
ADDRESS = "http://127.0.0.1:8000"
DOCUMENT = b"# Kestrels\n\nKestrels hover over meadows and eat voles.\n\n# Owls\n\nBarn owls sleep by day in old towers.\n"
CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
MS_PRIVATE, MS_REC = 1 << 18, 1 << 14


def libraries(files):
    """What the loader needs for these, and the loader."""
    found = set()
    for file in files:
        told = subprocess.run(["ldd", str(file)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
        found |= set(re.findall(r"(/\S+)", " ".join(line for line in told.splitlines() if "=>" in line or "ld-" in line)))
    return sorted(path for path in found if os.path.isfile(path))


def make_root(archive, root):
    with tarfile.open(archive) as tar:
        tar.extractall(root / "opt", filter="data")
    (unpacked,) = (root / "opt").iterdir()
    unpacked.rename(root / "opt" / "docent")
    home = root / "opt" / "docent"
    for library in libraries([*home.glob("bin/*"), *home.glob("share/docent/lib/*")]):
        to = root / library.lstrip("/")
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(os.path.realpath(library), to)
        to.chmod(0o755)
    for folder in ("data", "dev", "proc", "tmp"):
        (root / folder).mkdir()
    os.chown(root / "data", USER, USER)
    (root / "tmp").chmod(0o1777)
    for device, minor in (("null", 3), ("zero", 5), ("random", 8), ("urandom", 9)):
        os.mknod(root / "dev" / device, 0o666 | 0o020000, os.makedev(1, minor))
        (root / "dev" / device).chmod(0o666)


def leave_everything():
    """A network of our own with nothing but a loopback, and mounts that nobody else sees."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWNS | CLONE_NEWNET) != 0:
        raise SystemExit(f"no namespace of its own: {os.strerror(ctypes.get_errno())}")
    libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS: up and running
    return libc


def start(root):
    def enter():
        os.chroot(root)
        os.chdir("/data")
        os.setgroups([])
        os.setgid(USER)
        os.setuid(USER)

    environment = {"DOCENT_DATA_DIR": "/data", "RUST_LOG": "warn", "PATH": "/opt/docent/bin"}
    return subprocess.Popen(["/opt/docent/bin/docent", "serve"], preexec_fn=enter, env=environment)


def call(path, body=None, kind="application/json"):
    request = urllib.request.Request(ADDRESS + path, body, {"content-type": kind} if body else {})
    with urllib.request.urlopen(request, timeout=120) as response:
        return response.read()


def wait_until_ready(server):
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"the server ended with {server.returncode}")
        try:
            return call("/readyz")
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server was not ready within a minute")


def ask(question):
    chat = json.loads(call("/api/chats", json.dumps({"project_id": 1}).encode()))["id"]
    return json.loads(call(f"/api/chats/{chat}/messages", json.dumps({"message": question}).encode()))


def try_it(server):
    wait_until_ready(server)
    page = call("/")
    border = "border-of-the-parts"
    part = f'--{border}\r\ncontent-disposition: form-data; name="file"; filename="birds.md"\r\n\r\n'.encode()
    body = part + DOCUMENT + f"\r\n--{border}--\r\n".encode()
    document = json.loads(call("/api/projects/1/documents?wait=60", body, f"multipart/form-data; boundary={border}"))
    resident = pathlib.Path(f"/proc/{server.pid}/status").read_text().split("VmRSS:")[1].split("\n")[0].strip()
    answers = {question: ask(question)["answer"] for question in ("What do kestrels eat?", "Wo schlafen Schleiereulen?")}
    print(json.dumps({"page": len(page), "document": document["document"]["status"], "resident": resident, "answers": answers}, indent=2))
    if "voles" not in answers["What do kestrels eat?"]:
        raise SystemExit("the answer is not what the document says")


def main():
    archive = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory(prefix="docent-root-") as folder:
        root = pathlib.Path(folder)
        root.chmod(0o755)
        make_root(archive, root)
        libc = leave_everything()
        libc.mount(b"proc", str(root / "proc").encode(), b"proc", 0, None)
        server = start(root)
        try:
            try_it(server)
        finally:
            server.send_signal(signal.SIGTERM)
            ended = server.wait(timeout=60)
            libc.umount2(str(root / "proc").encode(), 2)
    if ended != 0:
        raise SystemExit(f"the server ended with {ended}")
    print("the package runs in an empty root, as a new user, without a network")


if __name__ == "__main__":
    main()
