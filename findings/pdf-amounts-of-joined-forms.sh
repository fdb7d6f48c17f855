#!/usr/bin/env bash
# pypdf and pikepdf join two filled forms of the same kind, as offices do with a month's forms; the field "sum" is 950 in the
#   first one and 20 in the second.
# Expected: both values, under two names, as PyMuPDF does it ("sum", "sum [12]"); or an error.
# Happens: one field "sum" is left for whom reads the fields: 20 with pypdf's append, 950 with pikepdf; both pages still show
#   their own amount. The two ways contradict each other.
# Matters: who reads the fields of the joined file, as programs do, gets one form of many, and no sign of the others.
# Source: ISO 32000-1, 12.7.3.2 (fields of one name are one field with one value); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pikepdf==10.18.0 pymupdf==2.0 reportlab==5.1.0
cat > look.py <<'PY'
import pikepdf, pymupdf, pypdf
from reportlab.pdfgen.canvas import Canvas

for name, amount in (("first", "950"), ("second", "20")):
    page = Canvas(f"{name}.pdf")
    page.acroForm.textfield(name="sum", value=amount, x=50, y=700)
    page.showPage()
    page.save()

joined = pypdf.PdfWriter()
joined.append("first.pdf")
joined.append("second.pdf")
joined.write("pypdf.pdf")
file = pikepdf.open("first.pdf")
file.pages.extend(pikepdf.open("second.pdf").pages)
file.save("pikepdf.pdf")
document = pymupdf.open("first.pdf")
document.insert_pdf(pymupdf.open("second.pdf"))
document.save("PyMuPDF.pdf")
fields, shown = {}, {}
for name in ("PyMuPDF", "pypdf", "pikepdf"):
    fields[name] = [field["/V"] for field in pypdf.PdfReader(f"{name}.pdf").get_fields().values()]
    shown[name] = [widget.field_value for page in pymupdf.open(f"{name}.pdf") for widget in page.widgets()]
print(fields, shown)
assert all(values == ["950", "20"] for values in shown.values())
assert fields["PyMuPDF"] == ["950", "20"]
assert (fields["pypdf"], fields["pikepdf"]) == (["20"], ["950"]), "both values are kept now"
PY
python look.py
