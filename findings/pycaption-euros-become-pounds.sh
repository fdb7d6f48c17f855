#!/usr/bin/env bash
# pycaption turns subtitles (SubRip) into closed captions for television (SCC): "The rent is 950 €", "2019–2024", "5 × 6".
# Expected: EUR, a hyphen, an x, or a mark that a sign is missing, or an error: closed captions have no such signs.
# Happens: "The rent is 950 £", "2019£2024", "5 £ 6": what the format does not have is written as a pound sign.
# Matters: euros become pounds, in a text that looks right; spans of years become amounts of money.
# Source: the sets of CEA-608 have no euro sign, and a £ of their own; what was seen by this script with ttconv, which reads
#   pycaption's file.
. "$(dirname "$0")/lib.sh"
with_python pycaption==2.3.14 ttconv==1.2.3
cat > look.py <<'PY'
import ttconv.scc.reader, ttconv.srt.writer
from pycaption import SCCWriter, SRTReader


def captions(text):
    written = SCCWriter().write(SRTReader().read(f"1\n00:00:01,000 --> 00:00:03,000\n{text}\n\n"))
    return ttconv.srt.writer.from_model(ttconv.scc.reader.to_model(written)).split("\n")[2]


seen = [captions(text) for text in ("The rent is 950 £", "The rent is $950", "The rent is 950 €", "2019–2024", "5 × 6")]
print(seen)
assert seen[:2] == ["The rent is 950 £", "The rent is $950"]
assert seen[2:] == ["The rent is 950 £", "2019£2024", "5 £ 6"], "signs are no pounds now"
PY
python look.py
