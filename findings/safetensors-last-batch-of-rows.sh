#!/usr/bin/env bash
# safetensors reads the rows of a big tensor in batches of two from its file (get_slice): rows 0 to 2, 2 to 4, 4 to 6 of five; and the
#   last two rows, [-2:].
# Expected: the last batch has one row: slices in Python, NumPy and PyTorch end at the end. And a row from the end can be had, as [-1]
#   can.
# Happens: "Error during slicing [4:6] with shape [5, 2]: index 5 out of bounds", and "can't convert negative int to unsigned".
# Matters: loops over batches read all but the last rows and fail there, and only if the count is no multiple; tests with round numbers
#   pass.
# Source: Python's reference (slices beyond the end are cut); safetensors' documentation of get_slice (a view that is sliced lazily); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python safetensors==0.8.0 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

table = np.arange(10, dtype=np.float32).reshape(5, 2)
save_file({"table": table}, "table.safetensors")
seen = {}
with safe_open("table.safetensors", "np") as file:
    rows = file.get_slice("table")
    for name, part in {"0:2": slice(0, 2), "2:4": slice(2, 4), "4:6": slice(4, 6), "-1": -1, "-2:": slice(-2, None)}.items():
        try:
            seen[name] = rows[part].tolist() == table[part].tolist()
        except Exception as error:
            seen[name] = f"{type(error).__name__}: {error}"
print(seen)
assert [seen[name] for name in ("0:2", "2:4", "-1")] == [True] * 3
assert "index 5 out of bounds" in str(seen["4:6"]), "the last batch is cut now"
assert seen["-2:"] == "OverflowError: can't convert negative int to unsigned", "the last rows are read now"
PY
python look.py
