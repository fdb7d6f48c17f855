#!/usr/bin/env bash
# markitdown turns a notebook into Markdown in which a cell prints a sum and another one shows a table.
# Expected: the results below their code, as in nbconvert and pandoc: they are stored in the file and are what it shows.
# Happens: only the texts of the cells are written; what was printed, computed or drawn is left out without a mark.
# Matters: reports are notebooks whose figures stand in the results alone; a search for them, or a model, gets the programs.
# Source: nbformat's documentation (outputs of code cells); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python markitdown==0.1.9 nbformat==5.10.4 nbconvert==7.17.1
cat > look.py <<'PY'
import nbconvert
import nbformat
from markitdown import MarkItDown
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

printed = new_output("stream", name="stdout", text="Sum: 950\n")
table = new_output("execute_result", data={"text/plain": "Site North 12"}, execution_count=2)
cells = [new_markdown_cell("# Rent"), new_code_cell("report()", outputs=[printed]), new_code_cell("dry", outputs=[table])]
nbformat.write(new_notebook(cells=cells), "t.ipynb")

seen = MarkItDown().convert("t.ipynb").markdown
other, _ = nbconvert.MarkdownExporter().from_filename("t.ipynb")
print(repr(seen))
assert "Sum: 950" in other and "Site North 12" in other, other
assert "# Rent" in seen and "report()" in seen
assert "950" not in seen and "North" not in seen, "results are written now"
PY
python look.py
