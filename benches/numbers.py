"""python benches/numbers.py [--only NAME,...] [--no-peers]: runs the benches, and writes docs/numbers.md from what they print.

Each bench ends with a line of JSON, which is kept in target/numbers; `--only` runs some anew and takes the others as they
are kept. The peers are packages of benches/peers/requirements.txt, in an environment of their own beside that; a figure
whose peer is not there stands alone. `make bench` calls this."""

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "numbers.md"
# In the order of the page. The arguments are what `cargo bench --bench NAME -- …` gets.
BENCHES = {
    "answer": ["400", "400"],
    "ingest": ["100", "1000"],
    "start": ["100000"],
    "turns": ["10000"],
    "retrieve": ["10000", "100000"],
    "search": ["10000", "100000", "1000000"],
    "sockets": ["500", "1000", "5000"],
    "ocr": ["20"],
    "auth": [],
    "cluster": [],
}
# What a bench needs beside Docent; without it, it is left out.
NEEDS = {"cluster": "redis-server"}


def target():
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "numbers"


def peers():
    """The Python with the peers, made at the first time."""
    folder = target() / "peers"
    python = folder / "bin" / "python"
    wanted = (ROOT / "benches/peers/requirements.txt").read_text()
    made = folder / "requirements.txt"
    if not (made.exists() and made.read_text() == wanted):
        venv.create(folder, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]
        subprocess.run([*install, ROOT / "benches/peers/requirements.txt"], check=True)
        made.write_text(wanted)
    return python


def run(name, arguments, environment):
    """Runs one bench, shows what it prints, and keeps its last line."""
    print(f"== {name} {' '.join(arguments)}", flush=True)
    command = ["cargo", "bench", "--locked", "--quiet", "--bench", name, "--", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    last = ""
    for line in process.stdout:
        print(line, end="", flush=True)
        last = line.strip() or last
    if process.wait() != 0:
        sys.exit(f"numbers: {name} failed")
    kept = {"when": datetime.date.today().isoformat(), "arguments": arguments, "result": json.loads(last)}
    (target() / f"{name}.json").write_text(json.dumps(kept, indent=1) + "\n")


def kept(name):
    path = target() / f"{name}.json"
    return json.loads(path.read_text())["result"] if path.exists() else None


def machine():
    """What it was measured on: processor, cores, memory, system."""
    model = platform.processor() or platform.machine()
    memory = ""
    if Path("/proc/cpuinfo").exists():
        names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
        model = names[0].split(":", 1)[1].strip() if names else model
        total = Path("/proc/meminfo").read_text().split("MemTotal:", 1)[1].split()[0]
        memory = f", {int(total) / 1024**2:.0f} GB of memory"
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release().split('-')[0]}"


def commit():
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return asked.stdout.strip() or "unknown"


def figure(value, unit=""):
    """Three digits that count, with thousands set off."""
    if value is None:
        return "–"
    shown = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{shown} {unit}".strip()


def beside(what, own, other, unit, name, faster="less"):
    """A row with a peer: by how much Docent is better, above 1, or worse."""
    if own is None:
        return None
    times = None
    if other:
        times = other / own if faster == "less" else own / other
    return f"| {what} | {figure(own, unit)} | {figure(other, unit)} | {figure(times)} | {name} |"


def table(head, rows):
    rows = [row for row in rows if row]
    if not rows:
        return ""
    return "\n".join([head, "|" + "---|" * (head.count("|") - 1), *rows]) + "\n"


def answer_rows(result):
    if not result:
        return []
    pdf, notes, peer = result["pdf"], result["notes"], result["peer"] or {"pdf": {}, "notes": {}}
    pages, files, name = pdf["pages"], notes["files"], "composite"
    return [
        beside(f"PDF of {pages} pages: last byte to the first answer from its last page", pdf["first_answer_s"],
               peer["pdf"].get("first_answer_s"), "s", name),
        beside("the same: to the end of all work", pdf["everything_s"], peer["pdf"].get("everything_s"), "s", name),
        beside("the same: most memory on the way", pdf["most_mb"], peer["pdf"].get("most_mb"), "MB", name),
        beside(f"{files} text files of 1 kB, 8 uploads at a time: to the first answer from the last one",
               notes["first_answer_s"], peer["notes"].get("first_answer_s"), "s", name),
        beside("the same: to the end of all work", notes["everything_s"], peer["notes"].get("everything_s"), "s", name),
    ]


def peer_rows():
    rows = answer_rows(kept("answer"))
    if ingest := kept("ingest"):
        first = ingest["runs"][0]
        rows.append(beside("chunks embedded a second, the model alone", first["reference_per_s"],
                           (ingest.get("fastembed") or {}).get("per_s"), "", "fastembed", "more"))
    if sockets := kept("sockets"):
        own, other = sockets["fan_out"], sockets.get("fan_out_peer") or {}
        latency = other.get("latency") or {}
        what = f"{own['events']:,} events to {own['sockets']} sockets, 100 a second"
        rows += [
            beside(f"{what}: p50", own["latency"]["p50_ms"], latency.get("p50_ms"), "ms", "python-socketio"),
            beside("the same: p99", own["latency"]["p99_ms"], latency.get("p99_ms"), "ms", "python-socketio"),
            beside("the same: CPU a delivery", own["cpu_us_a_delivery"], other.get("cpu_us_a_delivery"), "µs",
                   "python-socketio"),
        ]
    if ocr := kept("ocr"):
        rows += [
            beside(f"pages recognised a second, {one['threads']} thread{'s' if one['threads'] > 1 else ''}",
                   one["pages_s"], one["rapidocr_pages_s"], "", "rapidocr", "more")
            for one in ocr["runs"]
        ]
    return rows


def own_rows():
    rows = []

    def row(what, *seen):
        rows.append(f"| {what} | {', '.join(seen)} |")

    for one in (kept("ingest") or {"runs": []})["runs"]:
        row(f"reading a PDF of {one['pages']:,} pages ({one['chunks']:,.0f} chunks)",
            f"{figure(one['chunks_per_s'])} chunks a second", f"{one['ratio']:.2f} of what the model alone does",
            f"{figure(one['cpu_ms_beside_embedding'])} ms of CPU a chunk beside embedding",
            f"memory of the server {figure(one['idle_mb'])} to {figure(one['most_mb'])} MB",
            f"`/healthz` meanwhile p99 {figure(one['healthz_p99_ms'])} ms")
    for one in (kept("start") or {"runs": []})["runs"]:
        ready = sorted(start["ready_s"] for start in one["starts"])
        memory = sorted(start["anonymous_mb"] for start in one["starts"])
        row(f"start until ready, with {one['chunks']:,} chunks", f"{figure(ready[0])} to {figure(ready[-1])} s",
            f"{figure(memory[-1])} MB of memory that no file stands behind")
    turns = kept("turns") or {"runs": [], "tokens": None}
    for one in turns["runs"]:
        for turn in one["turns"]:
            if turn["how"] == "40/s":
                row(f"question to sources, more than the search alone, {turn['clients']} at once, {one['chunks']:,} chunks",
                    f"p50 {figure(turn['over_p50_ms'])} ms",
                    f"the model's first token to the reader p50 {figure(turn['first_token_p50_ms'])} ms")
    for one in (kept("retrieve") or {"runs": []})["runs"]:
        row(f"a whole search but for embedding the question, {count_of(one):,} chunks", *search_figures(one))
    for one in (kept("search") or {"runs": []})["runs"]:
        row(f"the index alone, {one['points']:,} passages", f"filled at {figure(one['points'] / one['fill_s'])} a second",
            f"{figure(one['disk_bytes'] / 1e6)} MB on disk", f"opened in {figure(one['open_s'])} s", *search_figures(one))
    if sockets := kept("sockets"):
        idle, tokens, reading = sockets["idle"], sockets["tokens"], sockets["fan_out_while_reading"]
        row(f"{idle['connections']:,} idle sockets", f"{figure(idle['kb_each'])} kB of memory each")
        row("a thousand tokens to one client", f"{figure(tokens['cpu_ms_a_thousand'])} ms of CPU")
        if reading:
            row(f"{reading['events']:,} events by REST to {reading['sockets']} sockets while a PDF is read",
                f"{reading['lost']} lost", f"p50 {figure(reading['latency']['p50_ms'])} ms",
                f"p99 {figure(reading['latency']['p99_ms'])} ms")
    return rows


def count_of(one):
    return one.get("chunks") or one.get("points")


def search_figures(one):
    """Of the rows with one client and with 32."""
    shown = []
    for search in one.get("searches", []):
        clients = search.get("clients")
        if clients in (1, 32):
            rate = search.get("per_s") or search.get("searches_per_s")
            shown.append(f"p50 {figure(search.get('p50_ms'))} and p99 {figure(search.get('p99_ms'))} ms with {clients}"
                         + (f" ({figure(rate)} a second)" if rate else ""))
    return shown


def cluster_rows():
    rows = []
    for one in (kept("cluster") or {"rows": []})["rows"]:
        if "chunks_per_s" in one:
            seen = f"{figure(one['chunks_per_s'])} chunks a second"
        else:
            seen = f"p50 {figure(one['p50_ms'])} ms, p99 {figure(one['p99_ms'])} ms from the request that causes an event"
        rows.append(f"| {one['when']} | {seen} |")
    return rows


def page():
    when = max((json.loads(path.read_text())["when"] for path in target().glob("*.json")), default="")
    return f"""# Numbers

Written by `make bench` from what the benches printed: {when}, commit {commit()}, {machine()}. One machine, the default
model (multilingual-e5-small, int8), SQLite and the embedded index. Compare figures of one run with each other; on another
machine all of them move.

## Beside others
The same work on the same machine in the same run. *Times* above 1: Docent is that much better.

{table("| | Docent | other | times | other is |", peer_rows())}
- **composite**: pypdf, LangChain's recursive splitter (1,000 characters, 200 shared), ONNX Runtime with Docent's own model
  file, and Chroma: what people put together by themselves. It can answer once everything is embedded.
- **fastembed**: the Python package, with the same model file.
- **python-socketio**: in uvicorn with uvloop, as a relay to the same clients.
- **rapidocr**: the Python package that the models for recognition come from, with as many threads.

The versions stand in `benches/peers/requirements.txt`.

## Docent alone
{table("| | seen |", own_rows())}
{several()}"""


def several():
    """The part on several processes, where that was measured."""
    rows = table("| | seen |", cluster_rows())
    told = "Everything on that one machine: Postgres, Redis, and a stand-in for the Qdrant server."
    return f"## Several processes\n{told}\n\n{rows}" if rows else ""


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", type=lambda names: names.split(","), help="these benches; others as they are kept")
    parser.add_argument("--no-peers", action="store_true", help="without the packages of other people")
    options = parser.parse_args()
    target().mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ)
    if not options.no_peers:
        environment["PEERS_PYTHON"] = str(peers())
    for name, arguments in BENCHES.items():
        if options.only is not None and name not in options.only:
            continue
        if name in NEEDS and shutil.which(NEEDS[name]) is None:
            print(f"== {name}: left out, it needs {NEEDS[name]}")
            continue
        run(name, arguments, environment)
    PAGE.write_text(page().rstrip() + "\n")
    print(f"numbers: written to {PAGE.relative_to(ROOT)}")


main()
