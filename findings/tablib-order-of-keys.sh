#!/usr/bin/env bash
# tablib loads a list of records from JSON or YAML, in one of which the keys stand in another order.
# Expected: values go to the column of their name: order has no meaning in an object of JSON or a mapping of YAML.
# Happens: values are taken in the order in which they stand, under the names of the first record: the South has the rent "South" and
#   the site 1200. So it is with the dict attribute, whose own example in the documentation has keys in two orders.
# Matters: exports of other programs and files that people edit have such records; the table is wrong without an error, and a CSV or
#   a workbook that is made of it has no trace of it.
# Source: RFC 8259, 4 (order of members); YAML 1.2.2, 3.2.1.1 (mappings are unordered); tablib's reference (Dataset.dict) and its
#   pull request 663, which is open; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tablib==3.10.0 PyYAML==6.0.3
cat > look.py <<'PY'
import tablib

records = {
    "json": '[{"site": "North", "rent": 950}, {"rent": 1200, "site": "South"}]',
    "yaml": "- {site: North, rent: 950}\n- {rent: 1200, site: South}\n",
}
for form, text in records.items():
    seen = tablib.Dataset().load(text, format=form).export("csv").split()
    print(form, seen)
    assert seen == ["site,rent", "North,950", "1200,South"], "values go to their names now"
PY
python look.py
