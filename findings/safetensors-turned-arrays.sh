#!/usr/bin/env bash
# safetensors saves arrays of NumPy that are transposed, as the second factor of a matrix product often is, or stored by columns, as
#   linear algebra and Fortran give them.
# Expected: the same numbers at the same places after loading, as version 0.7 did; or an error, as the same package gives for such
#   tensors of PyTorch.
# Happens: since 0.8 the bytes are written as they lie in memory, with the shape of the array: [[0, 3], [1, 4], [2, 5]] comes back as
#   [[0, 1], [2, 3], [4, 5]]. Nothing is said, and the file is valid.
# Matters: weights and vectors are mixed up in silence after an upgrade; np.ascontiguousarray before saving is needed.
# Source: the documentation of safetensors.numpy.save (tensors need to be contiguous, without a check); safetensors/numpy.py of 0.8.0,
#   which passes the address of the data on; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python safetensors==0.8.0 numpy==2.4.6
pip install --quiet --disable-pip-version-check --no-deps --target older safetensors==0.7.0
cat > look.py <<'PY'
import numpy as np
from safetensors import __version__
from safetensors.numpy import load, save

rows = np.arange(6, dtype=np.float32).reshape(2, 3)
arrays = {"plain": rows, "turned": rows.T, "columns": np.asfortranarray(rows)}
read = load(save(arrays))
same = {name: read[name].tolist() == array.tolist() for name, array in arrays.items()}
print(__version__, read["turned"].tolist(), same)
if __version__ == "0.7.0":
    assert all(same.values())
else:
    assert read["turned"].tolist() == [[0, 1], [2, 3], [4, 5]], "turned arrays are kept now"
    assert same == {"plain": True, "turned": False, "columns": False}, "columns are kept now"
PY
PYTHONPATH=older python look.py
python look.py
