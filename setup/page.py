#!/usr/bin/env python3
"""Builds the page that the program carries, when its sources changed since it was built last.

    python3 setup/page.py [--if-possible]

Needs Node 20.19 or later with npm. With --if-possible a machine without them gets a notice instead of an error:
everything but the page works without it.
"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys

import fetch
from fetch import HERE, Problem, say

WEB = HERE.parent / "web"
NODE = (20, 19)
# What the built page is made of, beside `src` and `public`.
INPUTS = ("index.html", "package-lock.json", "package.json", "tsconfig.json", "vite.config.ts", "scripts/compress.mjs")


def node_version():
    """`None` where there is no Node with npm."""
    if not (shutil.which("node") and shutil.which("npm")):
        return None
    told = subprocess.run(["node", "--version"], stdout=subprocess.PIPE, text=True).stdout
    return tuple(int(part) for part in told.strip().lstrip("v").split(".")[:2])


def digest(paths):
    seen = hashlib.sha256()
    for path in sorted(paths):
        seen.update(str(path.relative_to(WEB)).encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


def sources():
    found = [WEB / name for name in INPUTS]
    for folder in ("src", "public"):
        found += [path for path in (WEB / folder).rglob("*") if path.is_file()]
    return found


def npm(*arguments):
    done = subprocess.run(
        ["npm", *arguments],
        cwd=WEB,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode != 0:
        tail = "\n".join("    " + line for line in done.stdout.strip().splitlines()[-15:])
        raise Problem(f"npm {' '.join(arguments)} failed:\n{tail}")


def install():
    """What the page is built and tested with, pinned by hash."""
    stamp = WEB / "node_modules" / ".docent"
    inputs = digest([WEB / "package.json", WEB / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == inputs:
        return
    say("installing what the page is built with")
    npm("ci", "--no-audit", "--no-fund", "--ignore-scripts")
    stamp.write_text(inputs)


def build():
    stamp = WEB / "dist" / "built.json"
    inputs = digest(sources())
    if stamp.is_file() and (WEB / "dist" / "page" / "index.html").is_file():
        if json.loads(stamp.read_text()).get("sources") == inputs:
            return
    install()
    say("building the page")
    npm("run", "--silent", "build")
    stamp.write_text(json.dumps({"sources": inputs}))


def main(arguments):
    version = node_version()
    if version is None or version < NODE:
        found = "there is none" if version is None else f"this is {version[0]}.{version[1]}"
        reason = f"the page is built with Node {NODE[0]}.{NODE[1]} or later and npm; {found}"
        if "--if-possible" in arguments:
            say(f"{reason}. Going on without the page")
            return
        raise Problem(reason)
    build()


if __name__ == "__main__":
    fetch.run(lambda: main(sys.argv[1:]))
