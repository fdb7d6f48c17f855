#!/usr/bin/env bash
# A model quantised with ONNX Runtime's quantize_dynamic (int8) runs on one row alone, and on the same row in a batch.
# Expected: rows of a batch do not know each other; as in fp32, a row's result is the same (to rounding) in any company.
# Happens: activations are quantised with one scale for the whole tensor, so a row with large values beside it coarsens
#   the others: the same input gets another output, by hundreds of times more than in fp32.
# Matters: an embedding of a text then depends on what else was embedded in the same call. Cached vectors are not equal to
#   new ones, and tests that compare them fail by chance. Embed one text a call, or quantise another way.
# Source: the ONNX operator DynamicQuantizeLinear (one scale and zero point per tensor); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python onnx==1.19.1 onnxruntime==1.23.2 numpy==2.3.4 sympy==1.14.0
cat > look.py <<'PY'
import numpy as np, onnx, onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

rng = np.random.default_rng(7)
weights = numpy_helper.from_array(rng.normal(size=(64, 32)).astype(np.float32), "w")
graph = helper.make_graph(
    [helper.make_node("MatMul", ["x", "w"], ["y"])], "g",
    [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", 64])],
    [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["n", 32])], [weights])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=10), "fp32.onnx")
quantize_dynamic("fp32.onnx", "int8.onnx", weight_type=QuantType.QInt8)

row = rng.normal(size=(1, 64)).astype(np.float32)
loud = 20 * rng.normal(size=(1, 64)).astype(np.float32)

def difference(file):
    session = ort.InferenceSession(file, providers=["CPUExecutionProvider"])
    alone = session.run(None, {"x": row})[0][0]
    beside = session.run(None, {"x": np.vstack([row, loud])})[0][0]
    return float(np.abs(alone - beside).max() / np.abs(alone).max())

fp32, int8 = difference("fp32.onnx"), difference("int8.onnx")
print(f"largest relative difference of the row's output, alone against beside another row: fp32 {fp32:.1e}, int8 {int8:.1e}")
assert fp32 < 1e-5 and int8 > 1e-2
PY
python look.py
