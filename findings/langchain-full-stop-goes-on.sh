#!/usr/bin/env bash
# langchain-text-splitters cuts a text at sentence ends: RecursiveCharacterTextSplitter with ". " among its separators.
# Expected: a sentence keeps its full stop: "… at noon." and "The crane …".
# Happens: separators are kept at the beginning of what follows them: the first piece ends in "at noon", the second begins
#   with ". The crane". keep_separator="end" puts them where they belong.
# Matters: passages that are shown and quoted begin with a full stop, and the last sentence of each looks cut off.
# Source: langchain-text-splitters' documentation of RecursiveCharacterTextSplitter (separators, keep_separator); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python langchain-text-splitters==1.1.3
cat > look.py <<'PY'
from langchain_text_splitters import RecursiveCharacterTextSplitter

TEXT = "The pump runs at night. The valve is closed at noon. The crane stands still. Berth 4 is empty."


def pieces(**options):
    splitter = RecursiveCharacterTextSplitter(separators=[". ", " "], chunk_size=60, chunk_overlap=0, **options)
    return splitter.split_text(TEXT)


plain, at_end = pieces(), pieces(keep_separator="end")
print(plain, at_end)
assert at_end == ["The pump runs at night. The valve is closed at noon.", "The crane stands still. Berth 4 is empty."], at_end
assert plain == ["The pump runs at night. The valve is closed at noon", ". The crane stands still. Berth 4 is empty."], (
    "the full stop stays now"
)
PY
python look.py
