#!/usr/bin/env bash
# nbformat reads a notebook of format 4.5 whose cells have no ids (tools write such files).
# Expected: reading does not change what is read: two reads of one file are equal, or the file is refused.
# Happens: each read makes up new random ids, with a warning only, so two reads of the same bytes differ.
# Matters: whoever keys cells by id (caches, citations, diffs) finds other cells at every read; key by position and content.
# Source: the notebook format's documentation of cell ids (required from 4.5 on); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python nbformat==5.10.4
cat > look.py <<'PY'
import json, warnings, nbformat
warnings.simplefilter("ignore")
cell = {"cell_type": "markdown", "metadata": {}, "source": "# Tides"}
json.dump({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, open("n.ipynb", "w"))
ids = [nbformat.read("n.ipynb", as_version=4).cells[0].get("id") for _ in range(2)]
print(ids)
assert all(ids) and ids[0] != ids[1], "ids are stable now"
PY
python look.py
