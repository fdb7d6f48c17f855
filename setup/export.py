"""Turns the model's published weights into the ONNX files that Docent runs.

Run by fetch.py, in a process of its own, with the packages of requirements-export.txt on its path:

    python export.py <folder with model.safetensors, config.json, tokenizer.json> <folder for the result>

Writes model.onnx (fp32) and model_int8.onnx (dynamic, per channel), and leaves with an error when the
similarities of three well-known sentences are not those that the model's authors publish.
"""

import json
import pathlib
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
# The cosine of the first sentence with each of the others: published for fp32, measured for int8.
SENTENCES = ("That is a happy person", "That is a very happy person", "Today is a sunny day")
EXPECTED = {
    "model.onnx": ((0.9429, 0.2569), 0.0002),
    "model_int8.onnx": ((0.9217, 0.2774), 0.03),
}


def read_safetensors(path):
    """The format is a length, a JSON header and raw little-endian arrays: no package needed."""
    raw = path.read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        if entry["dtype"] != "F32":
            continue  # position_ids: the graph counts positions itself
        begin, end = entry["data_offsets"]
        data = np.frombuffer(raw, dtype="<f4", count=(end - begin) // 4, offset=8 + length + begin)
        tensors[name] = data.reshape(entry["shape"])
    return tensors


class Graph:
    """Collects nodes and constants; every method returns the name of its result."""

    def __init__(self, weights):
        self.weights = weights
        self.nodes = []
        self.constants = {}

    def constant(self, name, value):
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def weight(self, name):
        return self.constant(name, self.weights[name])

    def ints(self, name, *values):
        return self.constant(name, np.array(values, dtype=np.int64))

    def node(self, op, inputs, name, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def linear(self, x, weight, name):
        # Stored as [out, in]; MatMul wants [in, out], and the quantiser wants it as a plain constant.
        matrix = self.constant(f"{weight}.weight", self.weights[f"{weight}.weight"].T)
        product = self.node("MatMul", [x, matrix], f"{name}/MatMul")
        return self.node("Add", [product, self.weight(f"{weight}.bias")], name)

    def norm(self, x, weight, epsilon, name):
        scale, bias = self.weight(f"{weight}.weight"), self.weight(f"{weight}.bias")
        return self.node("LayerNormalization", [x, scale, bias], name, axis=-1, epsilon=epsilon)


def embeddings(graph, config):
    words = graph.node(
        "Gather", [graph.weight("embeddings.word_embeddings.weight"), "input_ids"], "embeddings/words"
    )
    types = graph.node(
        "Gather",
        [graph.weight("embeddings.token_type_embeddings.weight"), "token_type_ids"],
        "embeddings/types",
    )
    shape = graph.node("Shape", ["input_ids"], "embeddings/length", start=1, end=2)
    positions = graph.node(
        "Slice",
        [graph.weight("embeddings.position_embeddings.weight"), graph.ints("zero", 0), shape],
        "embeddings/positions",
    )
    total = graph.node("Add", [words, types], "embeddings/words_types")
    total = graph.node("Add", [total, positions], "embeddings/sum")
    return graph.norm(total, "embeddings.LayerNorm", config["layer_norm_eps"], "embeddings/norm")


def attention_bias(graph):
    """0 where a token counts, a very small number where it is padding; added to every attention score."""
    mask = graph.node("Unsqueeze", ["attention_mask", graph.ints("axes_1_2", 1, 2)], "mask/unsqueezed")
    mask = graph.node("Cast", [mask], "mask/float", to=TensorProto.FLOAT)
    one = graph.constant("one", np.array(1.0, dtype=np.float32))
    padded = graph.node("Sub", [one, mask], "mask/padded")
    low = graph.constant("low", np.array(-10000.0, dtype=np.float32))
    return graph.node("Mul", [padded, low], "mask/bias")


def layer(graph, x, bias, index, config):
    name, weights = f"layer.{index}", f"encoder.layer.{index}"
    heads = config["num_attention_heads"]
    size = config["hidden_size"] // heads
    split = graph.ints("split_heads", 0, 0, heads, size)

    def projected(part, order):
        out = graph.linear(x, f"{weights}.attention.self.{part}", f"{name}/{part}")
        out = graph.node("Reshape", [out, split], f"{name}/{part}/heads")
        return graph.node("Transpose", [out], f"{name}/{part}/transposed", perm=order)

    query = projected("query", [0, 2, 1, 3])
    key = projected("key", [0, 2, 3, 1])
    value = projected("value", [0, 2, 1, 3])
    scores = graph.node("MatMul", [query, key], f"{name}/scores")
    root = graph.constant("root_of_head_size", np.array(size**0.5, dtype=np.float32))
    scores = graph.node("Div", [scores, root], f"{name}/scores/scaled")
    scores = graph.node("Add", [scores, bias], f"{name}/scores/masked")
    scores = graph.node("Softmax", [scores], f"{name}/attention", axis=-1)
    context = graph.node("MatMul", [scores, value], f"{name}/context")
    context = graph.node("Transpose", [context], f"{name}/context/transposed", perm=[0, 2, 1, 3])
    context = graph.node(
        "Reshape", [context, graph.ints("join_heads", 0, 0, heads * size)], f"{name}/context/joined"
    )
    epsilon = config["layer_norm_eps"]
    out = graph.linear(context, f"{weights}.attention.output.dense", f"{name}/attention/output")
    out = graph.node("Add", [out, x], f"{name}/attention/residual")
    attended = graph.norm(out, f"{weights}.attention.output.LayerNorm", epsilon, f"{name}/attention/norm")
    out = graph.linear(attended, f"{weights}.intermediate.dense", f"{name}/intermediate")
    out = graph.node("Gelu", [out], f"{name}/gelu", approximate="none")
    out = graph.linear(out, f"{weights}.output.dense", f"{name}/output")
    out = graph.node("Add", [out, attended], f"{name}/residual")
    last = index == config["num_hidden_layers"] - 1
    return graph.norm(
        out, f"{weights}.output.LayerNorm", epsilon, "last_hidden_state" if last else f"{name}/norm"
    )


def bert(weights, config):
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise SystemExit(f"cannot export a {config['model_type']} model with {config['hidden_act']}")
    graph = Graph(weights)
    x = embeddings(graph, config)
    bias = attention_bias(graph)
    for index in range(config["num_hidden_layers"]):
        x = layer(graph, x, bias, index, config)
    shape = ["batch", "sequence"]
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, shape)
        for name in ("input_ids", "attention_mask", "token_type_ids")
    ]
    output = helper.make_tensor_value_info(x, TensorProto.FLOAT, [*shape, config["hidden_size"]])
    model = helper.make_model(
        helper.make_graph(graph.nodes, "bert", inputs, [output], list(graph.constants.values())),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=9,
        producer_name="docent",
    )
    onnx.checker.check_model(model, full_check=True)
    return model


def token_ids(tokenizer, sentence):
    """Enough of WordPiece for plain words: the real tokenizer is Docent's own, in Rust."""
    vocabulary = tokenizer["model"]["vocab"]
    return [vocabulary[token] for token in ("[CLS]", *sentence.lower().split(), "[SEP]")]


def sentence_vector(session, ids):
    batch = np.array([ids], dtype=np.int64)
    (hidden,) = session.run(
        None,
        {"input_ids": batch, "attention_mask": np.ones_like(batch), "token_type_ids": np.zeros_like(batch)},
    )
    mean = hidden[0].mean(axis=0)
    return mean / np.linalg.norm(mean)


def check(path, tokenizer):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    first, *others = (sentence_vector(session, token_ids(tokenizer, text)) for text in SENTENCES)
    found = [float(first @ other) for other in others]
    expected, tolerance = EXPECTED[path.name]
    print(f"{path.name}: cosines {found[0]:.4f} {found[1]:.4f}, expected {expected[0]} {expected[1]}")
    if any(abs(a - b) > tolerance for a, b in zip(found, expected)):
        raise SystemExit(f"{path.name} does not give the published similarities: not used")


def main(source, target):
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.disable(logging.WARNING)  # it recommends a preparation that this graph does not need

    config = json.loads((source / "config.json").read_text())
    tokenizer = json.loads((source / "tokenizer.json").read_text())
    full, small = target / "model.onnx", target / "model_int8.onnx"
    full.write_bytes(
        bert(read_safetensors(source / "model.safetensors"), config).SerializeToString(deterministic=True)
    )
    check(full, tokenizer)
    quantize_dynamic(full, small, per_channel=True, weight_type=QuantType.QInt8)
    check(small, tokenizer)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
