"""Turns the model's published weights into the ONNX files that Docent runs.

Run by fetch.py, in a process of its own, with the packages of requirements-export.txt on its path:

    python export.py <model> <folder with what its package carries> <folder for the result>

Writes all files of the model's folder. The weights stand beside each graph in a file of their own, which ONNX Runtime
maps into memory: sessions share them, and parts that nobody reads are never loaded. Leaves with an error when the
similarities of a few sentences are not those that are known.

- all-MiniLM-L6-v2: model.onnx (fp32) and model_int8.onnx (dynamic, per channel);
- multilingual-e5-small: model_int8.onnx, whose word table stays in the 4 bits that it was published in (see e5.py).
"""

import json
import logging
import pathlib
import shutil
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OPSET = 20
# Bytes from which on a constant goes into the file of weights.
EXTERNAL_FROM = 1024
MINILM_FILES = (
    "1_Pooling/config.json",
    "config.json",
    "sentence_bert_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
)
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

    def words(self):
        return self.node(
            "Gather", [self.weight("embeddings.word_embeddings.weight"), "input_ids"], "embeddings/words"
        )

    def linear(self, x, weight, name):
        # Stored as [out, in]; MatMul wants [in, out], and the quantiser wants it as a plain constant.
        matrix = self.constant(f"{weight}.weight", self.weights[f"{weight}.weight"].T)
        product = self.node("MatMul", [x, matrix], f"{name}/MatMul")
        return self.node("Add", [product, self.weight(f"{weight}.bias")], name)

    def norm(self, x, weight, epsilon, name):
        scale, bias = self.weight(f"{weight}.weight"), self.weight(f"{weight}.bias")
        return self.node("LayerNormalization", [x, scale, bias], name, axis=-1, epsilon=epsilon)


def embeddings(graph, config):
    words = graph.words()
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


def bert(graph, config):
    if config["model_type"] != "bert" or config["hidden_act"] != "gelu":
        raise SystemExit(f"cannot export a {config['model_type']} model with {config['hidden_act']}")
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
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("com.microsoft", 1)],
        ir_version=9,
        producer_name="docent",
    )
    return model


def save(model, path):
    data = f"{path.name}.data"
    onnx.save_model(model, str(path), save_as_external_data=True, location=data, size_threshold=EXTERNAL_FROM)
    onnx.checker.check_model(str(path))


def quantise(full, small, **options):
    """Dynamic, per channel; only what multiplies, unless told otherwise."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.disable(logging.WARNING)  # it recommends a preparation that these graphs do not need
    quantize_dynamic(
        str(full), str(small), per_channel=True, weight_type=QuantType.QInt8, use_external_data_format=True, **options
    )


def token_ids(tokenizer, sentence):
    """Enough of WordPiece for plain words: the real tokenizer is Docent's own, in Rust."""
    vocabulary = tokenizer["model"]["vocab"]
    return [vocabulary[token] for token in ("[CLS]", *sentence.lower().split(), "[SEP]")]


def session_of(path):
    import onnxruntime

    return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])


def sentence_vector(session, ids):
    batch = np.array([ids], dtype=np.int64)
    (hidden,) = session.run(
        None,
        {"input_ids": batch, "attention_mask": np.ones_like(batch), "token_type_ids": np.zeros_like(batch)},
    )
    mean = hidden[0].mean(axis=0)
    return mean / np.linalg.norm(mean)


def check(path, sentences, expected, tolerance):
    """Compares the cosines of the first sentence, given in tokens, with each of the others."""
    session = session_of(path)
    first, *others = (sentence_vector(session, ids) for ids in sentences)
    found = [float(first @ other) for other in others]
    shown = [" ".join(f"{value:.4f}" for value in values) for values in (found, expected)]
    print(f"{path.name}: cosines {shown[0]}, expected {shown[1]}")
    if any(abs(a - b) > tolerance for a, b in zip(found, expected)):
        raise SystemExit(f"{path.name} does not give the known similarities: not used")


def export_minilm(source, target):
    config = json.loads((source / "config.json").read_text())
    for name in MINILM_FILES:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
    # As published it pads to 128 tokens and cuts after them; Docent decides both for itself.
    path = target / "tokenizer.json"
    tokenizer = json.loads(path.read_text(encoding="utf-8"))
    tokenizer.update(padding=None, truncation=None)
    path.write_text(json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    full, small = target / "model.onnx", target / "model_int8.onnx"
    save(bert(Graph(read_safetensors(source / "model.safetensors")), config), full)
    quantise(full, small)
    sentences = [token_ids(tokenizer, sentence) for sentence in SENTENCES]
    for path in (full, small):
        check(path, sentences, *EXPECTED[path.name])


def main(model, source, target):
    if model == "all-MiniLM-L6-v2":
        export_minilm(source, target)
    elif model == "multilingual-e5-small":
        import e5

        e5.export(source, target)
    else:
        raise SystemExit(f"`{model}` is not known here")


if __name__ == "__main__":
    # e5.py builds on what stands here.
    sys.modules["export"] = sys.modules["__main__"]
    main(sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
