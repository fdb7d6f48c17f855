#!/usr/bin/env bash
# langchain-text-splitters cuts a text by a count of tokens or words, with an overlap, and says where each piece begins
#   (add_start_index).
# Expected: start_index is the place of the piece in the text, whatever the lengths are counted in.
# Happens: the search for a piece begins at the end of the one before, less the overlap: but the end is counted in
#   characters and the overlap in tokens, so it begins too late. The place is -1, or that of a later repetition.
# Matters: every second citation of such an index leads nowhere, or to another clause with the same words.
# Source: the reference of create_documents and add_start_index (start index of the chunk in the text); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python langchain-text-splitters==1.1.3
cat > look.py <<'PY'
from langchain_text_splitters import RecursiveCharacterTextSplitter


def places(text, length, **limits):
    splitter = RecursiveCharacterTextSplitter(length_function=length, add_start_index=True, separators=[" "], **limits)
    pieces = [(piece.metadata["start_index"], piece.page_content) for piece in splitter.create_documents([text])]
    return [place for place, _ in pieces], [piece for _, piece in pieces]


def in_words(text):
    return len(text.split())


unlike = " ".join(f"word{number:03}" for number in range(45))
by_words, pieces = places(unlike, in_words, chunk_size=10, chunk_overlap=3)
right = [unlike.index(piece) for piece in pieces]
print("in words     ", by_words, "right", right)
by_characters, pieces = places(unlike, len, chunk_size=79, chunk_overlap=23)
print("in characters", by_characters)
assert by_characters == [unlike.index(piece) for piece in pieces]
assert by_words != right and -1 in by_words, "the place is right now"
PY
python look.py
