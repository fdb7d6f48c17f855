#!/usr/bin/env bash
# prometheus-parse (Rust) reads measurements whose labels have values with commas: a search for "red, white=1", and an address.
# Expected: one label with the whole text: values are quoted, and only a quotation mark, a backslash and a line end are escaped in them.
# Happens: two labels: the value is cut at the comma, and what follows it is a label of a name that was never given; where no equals sign
#   follows, it is gone.
# Matters: counts are kept under wrong labels, and several series become one: "berth 4, north" and "berth 4, south" are both "berth 4".
# Source: Prometheus' text format (label values can be any characters); prometheus_client's reading, shown below; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python prometheus-client==0.26.0
printf 'hits{place="berth 4; north"} 1\nhits{place="berth 4, north"} 2\nhits{search="red, white=1"} 3\n' > metrics.txt
python - <<'PY'
from prometheus_client.parser import text_string_to_metric_families

seen = [sample.labels for family in text_string_to_metric_families(open("metrics.txt").read()) for sample in family.samples]
print("prometheus_client", seen)
assert seen == [{"place": "berth 4; north"}, {"place": "berth 4, north"}, {"search": "red, white=1"}]
PY
with_rust 'prometheus-parse = "=0.2.5"' <<'RS'
fn main() {
    let text = std::fs::read_to_string("metrics.txt").unwrap();
    let read = prometheus_parse::Scrape::parse(text.lines().map(|line| Ok(line.to_owned()))).unwrap();
    let seen: Vec<Vec<(String, String)>> = read.samples.iter().map(|sample| {
        let mut labels: Vec<_> = sample.labels.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        labels.sort();
        labels
    }).collect();
    println!("prometheus-parse {seen:?}");
    let label = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(seen[0], [label("place", "berth 4; north")]);
    assert_eq!(seen[1], [label("place", "berth 4")], "commas are kept now");
    assert_eq!(seen[2], [label(" white", "1"), label("search", "red")], "commas are kept now");
}
RS
