"""python embed.py HOME: the texts of standard input, one JSON value a line, embedded by fastembed with the model that Docent
uses. Prints one line of JSON."""

import json
import sys
import time
from pathlib import Path

from fastembed import TextEmbedding
from fastembed.common.model_description import ModelSource, PoolingType

NAME = "multilingual-e5-small"
folder = Path(sys.argv[1]) / "models" / NAME
TextEmbedding.add_custom_model(
    model=NAME,
    pooling=PoolingType.MEAN,
    normalization=True,
    sources=ModelSource(hf="not-fetched"),
    dim=384,
    model_file="model_int8.onnx",
    additional_files=["model_int8.onnx.data"],
)
model = TextEmbedding(model_name=NAME, specific_model_path=str(folder))
texts = ["passage: " + json.loads(line) for line in sys.stdin]
list(model.embed(texts[:8]))
begun = time.perf_counter()
count = len(list(model.embed(texts, batch_size=32)))
print(json.dumps({"texts": count, "per_s": count / (time.perf_counter() - begun)}))
