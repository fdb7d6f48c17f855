#!/usr/bin/env bash
# YAKE lists the keywords of a short text that speaks of COVID-19 three times; the same with GPT-4, CO2, 5G, H2O or PPR-9087.
# Expected: the name comes first, or is among twenty: it is the commonest, as "COVID" is where the text says so.
# Happens: it is not there at all: words with a figure in them are no candidates, nor are R&D and C++; "office" and "tests" are.
#   No setting lets them in, and no score tells that they were left out.
# Matters: keywords of reports, manuals and news are made of what stands around their subject: models, parts, illnesses and
#   standards are the words one would search by.
# Source: YAKE's README (keywords by features of the text itself, no list but of stop words); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python yake==0.7.3
cat > look.py <<'PY'
import yake

TEXT = "{0} closed the harbour. {0} tests were done in the harbour office. After {0} the office opened again."


def keywords(name):
    return [word for word, _ in yake.KeywordExtractor(lan="en", n=2, top=20).extract_keywords(TEXT.format(name))]


print(keywords("COVID"), keywords("COVID-19"))
assert any("COVID" in word for word in keywords("COVID"))
for name in ("COVID-19", "GPT-4", "CO2", "5G", "H2O", "PPR-9087", "R&D", "C++"):
    assert not any(name in word for word in keywords(name)), f"{name} is a keyword now"
PY
python look.py
