#!/usr/bin/env bash
# letterparser (npm) reads a mail of Python's email package whose attachment has a long name; such a name is written in
#   pieces (filename*0*, filename*1*).
# Expected: the name; pieces are put together in the order of their numbers, as postal-mime and mailparser do.
# Happens: the attachment has no name at all; short names, in one piece, are read.
# Matters: what kind of file it is, and what people look for it by, is lost for every long name and for every name with
#   letters beyond ASCII of some length.
# Source: RFC 2231, 3 and 4.1 (parameter value continuations); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node letterparser@0.1.8 postal-mime@4.0.0
cat > make.py <<'PY'
from email.message import EmailMessage

NAME = "Übergabeprotokoll der Wohnung in der Elmstraße 4 vom 5. März 2024, unterschrieben.pdf"
mail = EmailMessage()
mail["From"], mail["Subject"] = "kim@b.example", "Rent"
mail.set_content("See the file.")
mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=NAME)
with open("rent.eml", "wb") as file:
    file.write(bytes(mail))
with open("name.txt", "w", encoding="utf-8") as file:
    file.write(NAME)
PY
python3 make.py
grep 'filename' rent.eml
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import * as letterparser from "letterparser";
import PostalMime from "postal-mime";

const [mail, name] = ["rent.eml", "name.txt"].map((path) => fs.readFileSync(path, "utf8"));
const right = (await PostalMime.parse(mail)).attachments[0].filename;
const letter = letterparser.extract(mail).attachments[0].filename;
console.log({ right, letter });
assert.equal(right, name);
assert.equal(letter, undefined, "letterparser knows the name now");
JS
node look.mjs
