#!/usr/bin/env bash
# sumy sums up a text in which one sentence stands twice, as a running head or a standing clause does, in two sentences.
# Expected: two different sentences: a repetition has nothing to add.
# Happens: Luhn, LSA and TextRank give that sentence two times and nothing else: sentences are rated each for itself, and two alike lift
#   each other in TextRank. LexRank, SumBasic and KL give two different ones here.
# Matters: texts taken from pages repeat such lines on each page; the whole summary is one line of them.
# Source: sumy's README (summaries of a number of sentences); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sumy==0.13.0 numpy==2.4.6
cat > look.py <<'PY'
import re

from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.kl import KLSummarizer
from sumy.summarizers.lex_rank import LexRankSummarizer
from sumy.summarizers.lsa import LsaSummarizer
from sumy.summarizers.luhn import LuhnSummarizer
from sumy.summarizers.sum_basic import SumBasicSummarizer
from sumy.summarizers.text_rank import TextRankSummarizer

FEE = "The harbour fee rises in May."


class Words:
    def to_sentences(self, text):
        return re.findall(r"[^.]+\.", text)

    def to_words(self, text):
        return re.findall(r"\w+", text.lower())


text = f"{FEE} Boats pay more in summer. {FEE} Guests pay twenty euros. Members vote in June."
document = PlaintextParser.from_string(text, Words()).document
summarizers = LuhnSummarizer, LsaSummarizer, TextRankSummarizer, LexRankSummarizer, SumBasicSummarizer, KLSummarizer
seen = {one.__name__.removesuffix("Summarizer"): [str(line).strip() for line in one()(document, 2)] for one in summarizers}
print(seen)
for name in ("LexRank", "SumBasic", "KL"):
    assert len(set(seen[name])) == 2, name
for name in ("Luhn", "Lsa", "TextRank"):
    assert seen[name] == [FEE, FEE], f"{name} gives a sentence once now"
PY
python look.py
