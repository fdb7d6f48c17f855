#!/usr/bin/env bash
# langchain-text-splitters cuts an HTML page at its headings (HTMLHeaderTextSplitter, HTMLSemanticPreservingSplitter).
# Expected: the words in their order: "The rent of 950 euros is due on 5 March at the latest."
# Happens: the text of an element's own comes as one, and that of the elements in it before or after: "The rent of is due
#   on at the latest." and, apart from it, "950 euros" and "5 March". A paragraph directly in <p> without marks is right.
# Matters: bold and linked words are the amounts, dates and names; they are torn out of their sentences, and which of them
#   belongs to what cannot be told. No phrase over a mark is found.
# Source: HTML Standard, 4.5 (text-level elements stand within a sentence); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python langchain-text-splitters==1.1.3 beautifulsoup4==4.15.0 lxml==6.1.3
cat > look.py <<'PY'
from langchain_text_splitters import HTMLHeaderTextSplitter, HTMLSemanticPreservingSplitter

PAGE = (
    "<html><body><h1>Rent</h1><div>The rent of <b>950 euros</b> is due on <a href='/d'>5 March</a> at the latest.</div>"
    "<h1>Fees</h1><div>The fee is due in May.</div></body></html>"
)
HEADINGS = [("h1", "Heading")]
by_heading = [" ".join(d.page_content.split()) for d in HTMLHeaderTextSplitter(HEADINGS).split_text(PAGE)]
preserving = [d.page_content for d in HTMLSemanticPreservingSplitter(HEADINGS, max_chunk_size=500).split_text(PAGE)]
print(by_heading, preserving, sep="\n")
assert "The fee is due in May." in by_heading and "The fee is due in May." in preserving
whole = "The rent of 950 euros is due on 5 March at the latest."
assert not any(whole in text for text in by_heading + preserving), "the words keep their order now"
assert any("The rent of is due on at the latest. 950 euros 5 March" in text for text in by_heading), by_heading
PY
python -W ignore look.py
