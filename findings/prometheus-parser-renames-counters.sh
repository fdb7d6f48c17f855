#!/usr/bin/env bash
# prometheus_client's parser (Python) reads the text format of a server whose counter is called jobs_done, as the client
#   library of Node (prom-client) writes it.
# Expected: a sample of that name: in the text format, unlike OpenMetrics, a counter may have any name, and Prometheus itself
#   stores this one as jobs_done.
# Happens: the sample is called jobs_done_total, a name that is nowhere in the page.
# Matters: tests, exporters and gateways that look up or pass on what a server shows do not find its counters, or send them on
#   under other names than those of the dashboards.
# Source: Prometheus documentation, exposition formats (text format 0.0.4 has no rule for names of counters); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python prometheus_client==0.26.0
with_node prom-client@15.1.3
cat > write.mjs <<'JS'
import client from "prom-client";

const registry = new client.Registry();
for (const [kind, name] of [["Counter", "jobs_done"], ["Gauge", "jobs_waiting"]])
    new client[kind]({ name, help: name, registers: [registry] }).inc(5);
console.log(await registry.metrics());
JS
node write.mjs > page.txt
cat > look.py <<'PY'
from prometheus_client.parser import text_string_to_metric_families

page = open("page.txt").read()
names = [sample.name for family in text_string_to_metric_families(page) for sample in family.samples]
print([line for line in page.splitlines() if line.endswith(" 5")], names)
assert "jobs_done 5" in page.splitlines() and "_total" not in page
assert names == ["jobs_done_total", "jobs_waiting"], "counters keep their names now"
PY
python look.py
