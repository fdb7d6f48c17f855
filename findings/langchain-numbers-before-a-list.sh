#!/usr/bin/env bash
# langchain-core's NumberedListOutputParser reads a model's reply: a sentence that ends in a year, then a list of two items, the first
#   of which goes on in a second line.
# Expected: two items: those of the list, in full.
# Happens: three: what stands behind "2024." in the sentence is the first, and the list's own first item has lost its second line. A list
#   numbered "1)" has no items at all.
# Matters: steps and questions are counted wrongly, the first answer goes with the second question, and conditions that stand in a second
#   line are gone.
# Source: the parser's documentation (parse a numbered list); CommonMark, 5.2 (list items go on in indented lines); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python langchain-core==1.8.3
cat > look.py <<'PY'
from langchain_core.output_parsers import NumberedListOutputParser

parse = NumberedListOutputParser().parse
reply = """These hold from 1 May 2024. All are needed:

1. Pay the deposit,
   but not before the keys are there.
2. Sign the lease."""
seen = parse(reply)
print(seen, parse("1) Pay.\n2) Sign."))
assert parse("1. Pay the deposit.\n2. Sign the lease.") == ["Pay the deposit.", "Sign the lease."]
assert seen == ["All are needed:", "Pay the deposit,", "Sign the lease."], "only the list's items are read now"
assert parse("1) Pay.\n2) Sign.") == [], "brackets are read now"
PY
python look.py
