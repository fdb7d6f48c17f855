"""python composite.py HOME WHAT QUESTION ANSWER: a PDF or a folder of texts made answerable by what people put together
themselves: pypdf, a splitter of LangChain, ONNX Runtime with the model that Docent uses, Chroma. Prints one line of JSON."""

import json
import sys
import tempfile
import threading
import time
from pathlib import Path

import chromadb
import numpy
import onnxruntime
from langchain_text_splitters import RecursiveCharacterTextSplitter
from pypdf import PdfReader
from tokenizers import Tokenizer

# What guides of these packages show.
CHUNK, OVERLAP, BATCH = 1000, 200, 32


class Embedder:
    """multilingual-e5-small as `make setup` exports it: `query: ` and `passage: ` before the texts, mean of all tokens."""

    def __init__(self, folder):
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(512)
        self.tokenizer.enable_padding()
        self.session = onnxruntime.InferenceSession(str(folder / "model_int8.onnx"))
        self.inputs = {entry.name for entry in self.session.get_inputs()}

    def __call__(self, texts):
        encoded = self.tokenizer.encode_batch(texts)
        ids = numpy.array([text.ids for text in encoded], dtype=numpy.int64)
        mask = numpy.array([text.attention_mask for text in encoded], dtype=numpy.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": numpy.zeros_like(ids)}
        states = self.session.run(None, {name: value for name, value in given.items() if name in self.inputs})[0]
        if states.ndim == 3:
            states = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return states / numpy.linalg.norm(states, axis=1, keepdims=True)


def texts_of(what):
    if what.is_dir():
        return [path.read_text() for path in sorted(what.iterdir())]
    return [page.extract_text() for page in PdfReader(what).pages]


class Memory(threading.Thread):
    """The most memory that no file stands behind, in MB, as the bench measures the server's."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most = 0.0

    def run(self):
        while True:
            line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("RssAnon"))
            self.most = max(self.most, int(line.split()[1]) * 1024 / 1e6)
            time.sleep(0.05)


def main():
    memory = Memory()
    memory.start()
    home, what, question, answer = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    embed = Embedder(home / "models" / "multilingual-e5-small")
    with tempfile.TemporaryDirectory() as folder:
        collection = chromadb.PersistentClient(folder).create_collection("passages")
        begun = time.perf_counter()
        splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
        chunks = [chunk for text in texts_of(what) for chunk in splitter.split_text(text)]
        for at in range(0, len(chunks), BATCH):
            batch = chunks[at : at + BATCH]
            vectors = embed(["passage: " + chunk for chunk in batch])
            names = [str(number) for number in range(at, at + len(batch))]
            collection.add(ids=names, documents=batch, embeddings=vectors)
        found = collection.query(query_embeddings=embed(["query: " + question]), n_results=6)["documents"][0]
        took = time.perf_counter() - begun
    print(
        json.dumps(
            {
                "chunks": len(chunks),
                "first_answer_s": took,
                "everything_s": took,
                "most_mb": memory.most,
                "among_first_six": any(answer in chunk for chunk in found),
            }
        )
    )


main()
