#!/usr/bin/env bash
# OpenTelemetry's Python SDK counts the durations of requests in a histogram, in seconds, as its conventions for metrics
#   demand.
# Expected: buckets that fit the unit that is given with the histogram (unit="s"), or those of the conventions (5 ms to 10
#   s).
# Happens: the bounds are 5, 10, 25 … 10,000 for every unit: they were made for milliseconds. All requests below five
#   seconds fall into one bucket.
# Matters: the 95th percentile is the same straight line for a service of 20 milliseconds and one of four seconds;
#   dashboards look alive. explicit_bucket_boundaries_advisory, or a view, sets others.
# Source: OpenTelemetry's semantic conventions, http.server.request.duration (unit s, bounds 0.005 to 10); Metrics SDK,
#   explicit bucket histogram (default bounds); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python opentelemetry-sdk==1.45.2
cat > look.py <<'PY'
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

reader = InMemoryMetricReader()
histogram = MeterProvider(metric_readers=[reader]).get_meter("look").create_histogram("http.server.request.duration", unit="s")
for seconds in (0.02, 0.3, 1.7, 4.2):
    histogram.record(seconds)
point = reader.get_metrics_data().resource_metrics[0].scope_metrics[0].metrics[0].data.data_points[0]
filled = [(bound, count) for bound, count in zip(point.explicit_bounds, point.bucket_counts) if count]
print(point.explicit_bounds, filled)
assert filled == [(5.0, 4)], "the buckets fit seconds now"
PY
python look.py
