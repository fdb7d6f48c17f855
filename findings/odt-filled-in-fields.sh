#!/usr/bin/env bash
# pandoc and odfdo (get_formatted_text) read a letter in OpenDocument with fields: a date, a number of the user's own, and what
#   was typed into an input field.
# Expected: the sentence as it is seen: the file holds what each field shows ("<text:date>5 March</text:date>").
# Happens: the fields are left out with what they show: "Invoice  of  for ". References and page numbers are among the few that
#   pandoc keeps.
# Matters: form letters, invoices and contracts from templates hold their numbers, dates and names in fields; just those are
#   missing.
# Source: OpenDocument 1.3, part 3, 7.3 and 7.4 (the element's text is the value that is shown); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 odfdo==3.27.3
with_odt_writer
cat > look.py <<'PY'
import odfdo
import pypandoc
from odt_file import write_odt

FIELDS = [
    ("Invoice", '<text:user-field-get text:name="number">4711</text:user-field-get>'),
    ("of", "<text:date>5 March</text:date>"),
    ("for", '<text:text-input text:description="name">Anna Smith</text:text-input>'),
]
decls = '<text:user-field-decls><text:user-field-decl office:value-type="float" office:value="4711" text:name="number"/>'
sentence = " ".join(f"{label} {field}" for label, field in FIELDS)
write_odt("t.odt", f"{decls}</text:user-field-decls><text:p>{sentence}</text:p>")

seen = {
    "pandoc": pypandoc.convert_file("t.odt", "plain").split(),
    "odfdo": odfdo.Document("t.odt").get_formatted_text().split(),
}
print("pandoc", pypandoc.get_pandoc_version(), seen)
assert set(map(tuple, seen.values())) == {("Invoice", "of", "for")}, "fields are read now"
PY
python look.py
