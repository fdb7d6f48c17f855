#!/usr/bin/env bash
# OpenTelemetry's Python SDK traces an answer: one event for "retrieved", then one for each of 200 tokens.
# Expected: a limit of 128 events keeps the first ones and leaves out what comes later, as the SDK for Rust does.
# Happens: the first go: "retrieved" and 72 tokens are not in the trace, the last 128 tokens are. Only a count tells
#   (dropped_events).
# Matters: the beginning is what tells what was asked, found and chosen; it is missing from just the long and slow answers.
# Source: OpenTelemetry's specification, Trace SDK, Span limits (EventCountLimit 128); the documentation of
#   opentelemetry_sdk's limits (Rust: those added later are dropped first); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python opentelemetry-sdk==1.45.2
cat > look.py <<'PY'
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

kept = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
with provider.get_tracer("look").start_as_current_span("answer") as span:
    span.add_event("retrieved")
    for number in range(200):
        span.add_event(f"token {number}")
span = kept.get_finished_spans()[0]
names = [event.name for event in span.events]
print(len(names), names[0], names[-1], "dropped", span.dropped_events)
assert len(names) == 128 and span.dropped_events == 73
assert names[0] == "token 72" and names[-1] == "token 199", "the first events stay now"
PY
python look.py
