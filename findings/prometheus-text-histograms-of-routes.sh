#!/usr/bin/env bash
# parse-prometheus-text-format (npm) reads what a service says of its requests: a histogram with a label for the route, and a summary.
# Expected: a histogram for each route, as counters and gauges have a value for each.
# Happens: one histogram without a label, whose counts are those of the last route; sum and count are gone. So with the summary.
# Matters: a page or alarm made of it shows the times of one route as those of all, and it is the last one, often a health check.
# Source: Prometheus' text format (each set of labels is a time series of its own); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node parse-prometheus-text-format@1.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import parse from "parse-prometheus-text-format";

const histogram = (route, fast, all, sum) => `seconds_bucket{route="${route}",le="0.5"} ${fast}
seconds_bucket{route="${route}",le="+Inf"} ${all}
seconds_sum{route="${route}"} ${sum}
seconds_count{route="${route}"} ${all}
`;
const text = `# HELP answers Answers.
# TYPE answers counter
answers{route="/ask"} 40
answers{route="/health"} 9
# HELP seconds Time.
# TYPE seconds histogram
${histogram("/ask", 1, 40, 90.5)}${histogram("/health", 9, 9, 0.2)}# HELP size Sizes.
# TYPE size summary
size{route="/ask",quantile="0.5"} 700
size_count{route="/ask"} 40
size{route="/health",quantile="0.5"} 2
size_count{route="/health"} 9
`;
const [answers, seconds, size] = parse(text);
console.log(...[answers, seconds, size].map(({ metrics }) => JSON.stringify(metrics)));
assert.equal(answers.metrics.length, 2);
assert.deepEqual(seconds.metrics, [{ buckets: { 0.5: "9", "+Inf": "9" } }], "each route has its own now");
assert.equal(size.metrics.length, 1, "each route has its own now");
assert.deepEqual(size.metrics[0].quantiles, { 0.5: "2" }, "each route has its own now");
JS
node look.mjs
