#!/usr/bin/env bash
# pysbd cuts a text into sentences in which a web address with a query stands.
# Expected: two sentences: there is no blank behind the question mark of the address.
# Happens: three: the address is cut at its "?": "Open https://a.example/find?" and "q=pump&n=5 now."
# Matters: the sentence that is embedded or cited has half an address, which leads elsewhere, and the other half begins a sentence
#   of its own.
# Source: RFC 3986, 3.4 (the query begins with "?"); pysbd's README (rules for web addresses are among its golden rules); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pysbd==0.3.4 syntok==1.4.4
cat > look.py <<'PY'
import warnings

warnings.simplefilter("ignore")
import pysbd
import syntok.segmenter

TEXT = "Open https://a.example/find?q=pump&n=5 now. Then read."
sentences = [sentence.strip() for sentence in pysbd.Segmenter(language="en", clean=False).segment(TEXT)]
others = [sentence for paragraph in syntok.segmenter.analyze(TEXT) for sentence in paragraph]
print(sentences, len(others))
assert len(others) == 2
assert sentences == ["Open https://a.example/find?", "q=pump&n=5 now.", "Then read."], "the address is whole now"
PY
python look.py
