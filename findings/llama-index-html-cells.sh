#!/usr/bin/env bash
# llama-index cuts an HTML page into nodes with HTMLNodeParser.
# Expected: the words of the page, in whatever pieces: a table and a text in a <div> are part of it as paragraphs are.
# Happens: only the elements of a list are looked at (headings, p, li, b, i, u, section): cells of a table and plain <div>s
#   are left out without a word. A bold number is taken out of its sentence and becomes a node of its own.
# Matters: prices and opening hours stand in tables; no search finds them, and "costs  euros" is all that is left of the
#   sentence.
# Source: llama-index's documentation of HTMLNodeParser (tags: which elements to take the text from); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python llama-index-core==0.14.25 beautifulsoup4==4.15.0
cat > look.py <<'PY'
from llama_index.core import Document
from llama_index.core.node_parser import HTMLNodeParser

PAGE = (
    "<html><body><h1>Berths</h1><p>Each berth costs <b>950</b> euros.</p>"
    "<table><tr><td>Berth four</td><td>taken</td></tr></table><div>Closed on Sundays.</div></body></html>"
)
texts = [node.text for node in HTMLNodeParser().get_nodes_from_documents([Document(text=PAGE)])]
print(texts)
whole = " ".join(texts)
assert "Berths" in whole and "950" in texts, texts
assert "costs 950 euros" not in " ".join(whole.split()), "the sentence is whole now"
assert "Berth four" not in whole and "Closed on Sundays" not in whole, "tables and divs are read now"
PY
python -W ignore look.py
