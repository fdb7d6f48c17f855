#!/usr/bin/env bash
# pypdf and pikepdf join a letter and an invoice of the European kind (ZUGFeRD, Factur-X): a page for people, and the same invoice as
#   XML, attached to the file.
# Expected: two pages, and the XML attached to the joined file; or a message that it is left out.
# Happens: two pages, and no attachment, with append of pypdf and with pages.extend of pikepdf. Even the invoice alone loses it, when it
#   is appended to an empty file. With pypdf's clone_from the XML of the first file stays, that of others goes.
# Matters: the XML is the invoice by law, the page is a picture of it; joined files, as for a month's bookkeeping, look whole and are no
#   invoices any more.
# Source: ISO 32000-2, 7.7.4 and 14.13 (embedded files are listed in the catalogue, not at the page); pypdf's documentation of append
#   (appends pages, with or without outline); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pikepdf==10.18.0
cat > look.py <<'PY'
import io

import pikepdf
from pypdf import PdfReader, PdfWriter

XML = b"<total>950</total>"


def written(writer):
    made = io.BytesIO()
    writer.write(made)
    return made


def looked_at(made):
    reader = PdfReader(made)
    return len(reader.pages), {name: data for name, data in reader.attachments.items()}


def letter():
    writer = PdfWriter()
    writer.add_blank_page(600, 800)
    return writer


writer = letter()
writer.add_attachment("factur-x.xml", XML)
invoice = written(writer)
seen = {"invoice": looked_at(invoice)}
writer = letter()
writer.append(invoice)
seen["pypdf"] = looked_at(written(writer))
writer = PdfWriter()
writer.append(invoice)
seen["pypdf alone"] = looked_at(written(writer))
writer = PdfWriter(clone_from=invoice)
writer.append(written(letter()))
seen["pypdf, invoice first"] = looked_at(written(writer))
joined, made = pikepdf.open(written(letter())), io.BytesIO()
joined.pages.extend(pikepdf.open(invoice).pages)
joined.save(made)
seen["pikepdf"] = looked_at(made)
print(seen)
assert seen["invoice"] == (1, {"factur-x.xml": [XML]}), seen["invoice"]
assert seen["pypdf, invoice first"] == (2, {"factur-x.xml": [XML]}), seen["pypdf, invoice first"]
assert seen["pypdf"] == seen["pikepdf"] == (2, {}), "attachments are joined now"
assert seen["pypdf alone"] == (1, {}), "attachments are appended now"
PY
python look.py
