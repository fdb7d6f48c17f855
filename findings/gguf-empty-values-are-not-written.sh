#!/usr/bin/env bash
# gguf (Python) writes a model's fields: a chat template that is empty on purpose, a list of labels without any, a version of 0, and
#   False.
# Expected: all four fields are in the file: the format has texts and lists of length 0, and a reader tells empty from missing.
# Happens: the empty text and the empty list are left out without a word; 0 and False are written, and so is a list that holds an empty
#   text. A field that was written as empty raises KeyError when it is looked for.
# Matters: programs take a default of their own for a missing field, such as a chat template, where the model's maker said that there is
#   none.
# Source: the description of GGUF (strings and arrays have a length, which can be 0); add_string and add_array in gguf_writer.py; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python gguf==0.19.0 numpy==2.4.6
cat > look.py <<'PY'
from gguf import GGUFReader, GGUFWriter

writer = GGUFWriter("model.gguf", "llama")
writer.add_string("tokenizer.chat_template", "")
writer.add_array("labels", [])
writer.add_array("names", ["", "a"])
writer.add_uint32("version", 0)
writer.add_bool("causal", False)
writer.write_header_to_file()
writer.write_kv_data_to_file()
writer.write_tensors_to_file()
writer.close()
fields = {name: field.contents() for name, field in GGUFReader("model.gguf").fields.items()}
print(fields)
assert (fields["version"], fields["causal"], fields["names"]) == (0, False, ["", "a"])
assert fields["GGUF.kv_count"] == 4
assert "tokenizer.chat_template" not in fields, "empty texts are written now"
assert "labels" not in fields, "empty lists are written now"
PY
python look.py
