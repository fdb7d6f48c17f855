"""python ocr.py PICTURE PAGES THREADS: pages a second of the package that the models of benches/ocr.rs come from."""

import json
import sys
import time

from rapidocr import RapidOCR

picture, pages, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
engine = RapidOCR(params={"EngineConfig.onnxruntime.intra_op_num_threads": threads, "Global.log_level": "error"})
engine(picture)
begun = time.perf_counter()
for _ in range(pages):
    engine(picture)
print(json.dumps({"pages_s": pages / (time.perf_counter() - begun)}))
