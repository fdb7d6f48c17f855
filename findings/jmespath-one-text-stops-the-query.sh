#!/usr/bin/env bash
# jmespath (Python) filters rows by a number: rows[?price > `9`], and the price of one row is a text, "n/a" or "on request".
# Expected: that row is left out, as rows whose price is null, true or a list are: by the standard, what is no number compares to null.
# Happens: a TypeError of Python, for the whole query: no row comes back. jmespath for JavaScript leaves the row out.
# Matters: filters that ran for months on a list of prices or sizes stop with the first "n/a"; the error is none of those that jmespath
#   documents, and is not caught with them.
# Source: JMESPath's specification, "Ordering operators" (valid for numbers only, any other type gives null); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python jmespath==1.1.0
with_node jmespath@0.16.0
cat > look.py <<'PY'
import jmespath


def query(price):
    try:
        return jmespath.search("[?price > `9`].name", [{"name": "pump", "price": 10}, {"name": "seal", "price": price}])
    except Exception as error:
        return type(error).__name__, isinstance(error, jmespath.exceptions.JMESPathError)


seen = [query(price) for price in (None, True, [10], "n/a")]
print(seen)
assert seen[:3] == [["pump"]] * 3
assert seen[3] == ("TypeError", False), "texts are left out now"
PY
python look.py
node -e '
const rows = [{ name: "pump", price: 10 }, { name: "seal", price: "n/a" }];
const found = require("jmespath").search(rows, "[?price > `9`].name");
console.log("JavaScript:", found);
require("assert").deepEqual(found, ["pump"]);'
