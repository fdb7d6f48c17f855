#!/usr/bin/env python3
"""Installs what the tests need beside Rust, or says what is missing and how to get it.

    python3 setup/test_tools.py

- the model and the libraries (fetch.py);
- the official clients and a driver for browsers: JavaScript's under tests/clients/js/node_modules, Python's (Socket.IO,
  WebSockets, OpenAI's API, MCP) under .docent/tests/python, all pinned by hash;
- an S3-compatible server in Python, under .docent/tests/s3, pinned by hash;
- what the page is built and tried with, under web/node_modules, pinned by hash, and a browser;
- Postgres, Redis, Chromium, a font and pdftotext: by apt-get when this is Debian or Ubuntu and we may, else named.

What is there already is left alone, and then no network is needed.
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

import fetch
import page
from fetch import HERE, Problem, say

REPOSITORY = HERE.parent
CLIENTS = REPOSITORY / "tests" / "clients"
# (what for, how to see that it is there, Debian's package)
PROGRAMS = (
    ("Postgres, for the tests on both databases", lambda: has_postgres(), "postgresql"),
    ("Redis, for the tests with several nodes", lambda: shutil.which("redis-server"), "redis-server"),
    ("nginx, for the tests behind a proxy", lambda: has_nginx(), "nginx-light"),
    ("pdftotext, which PDF text is compared with", lambda: shutil.which("pdftotext"), "poppler-utils"),
    ("Chromium, for the pages", lambda: shutil.which("chromium"), "chromium"),
    ("a font of Chinese and Japanese, for PDFs that bring none along", lambda: has_font("ja"), "fonts-droid-fallback"),
    ("Node, for the JavaScript client", lambda: shutil.which("node"), "nodejs"),
    ("npm, for the JavaScript client", lambda: shutil.which("npm"), "npm"),
)

# The tests that need these are skipped without them.
OPTIONAL = ("nginx-light",)


def has_postgres():
    return any(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb")) or shutil.which("initdb")


def has_nginx():
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def has_font(language):
    if not shutil.which("fc-list"):
        return any(pathlib.Path("/usr/share/fonts").rglob("DroidSansFallback*"))
    return subprocess.run(["fc-list", f":lang={language}"], stdout=subprocess.PIPE).stdout.strip()


def install_programs():
    missing = [program for program in PROGRAMS if not program[1]()]
    if not (shutil.which("apt-get") and os.geteuid() == 0):
        missing = [program for program in missing if program[2] not in OPTIONAL]
    if not missing:
        return
    packages = [package for _, _, package in missing]
    command = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        lines = "".join(f"\n  {what}" for what, _, _ in missing)
        raise Problem(f"missing:{lines}\nAs root on Debian or Ubuntu: {' '.join(command)}")
    say(f"installing {', '.join(packages)}")
    # Debian starts what it installs; the tests start servers of their own, on ports of their own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    run(["apt-get", "update", "--quiet=2"], environment, "apt-get update")
    run([*command, "--quiet=2"], environment, "apt-get install")
    if still := [what for what, is_there, _ in missing if not is_there()]:
        raise Problem(f"installed, and yet not found: {', '.join(still)}")


def run(command, environment, name, folder=None):
    done = subprocess.run(
        command,
        env=environment,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        tail = "\n".join("    " + line for line in done.stdout.strip().splitlines()[-12:])
        raise Problem(f"{name} failed:\n{tail}")


def unless_done(stamp, inputs, work):
    """Does the work when the inputs changed since it last ended well."""
    digest = hashlib.sha256(sys.version.encode())
    for path in inputs:
        digest.update(path.read_bytes())
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    work()
    stamp.write_text(digest.hexdigest())


def install_javascript_client():
    folder = CLIENTS / "js"
    modules = folder / "node_modules"

    def install():
        say("installing the JavaScript clients")
        run(["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"], dict(os.environ), "npm ci", folder)

    unless_done(modules / ".docent", [folder / "package.json", folder / "package-lock.json"], install)


def install_python_clients():
    install_python_packages("the Python clients", CLIENTS / "python" / "requirements.txt", "python")


def install_object_store():
    install_python_packages("an S3-compatible server", REPOSITORY / "tests" / "support" / "s3" / "requirements.txt", "s3")


def install_python_packages(what, requirements, folder):
    target = REPOSITORY / ".docent" / "tests" / folder

    def install():
        say(f"installing {what}")
        shutil.rmtree(target, ignore_errors=True)
        options = ("--require-hashes", "--no-deps", "--only-binary=:all:", "--quiet")
        fetch.pip("install", *options, "--target", str(target), "--requirement", str(requirements))

    unless_done(target / ".docent", [requirements], install)


def main():
    fetch.main([])
    install_programs()
    install_javascript_client()
    install_python_clients()
    install_object_store()
    page.install()


if __name__ == "__main__":
    fetch.run(main)
