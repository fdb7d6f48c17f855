#!/usr/bin/env bash
# pandas reads truth values and durations of an OpenDocument spreadsheet (engine "odf").
# Expected: the value of the cell, which the file holds in a fixed form beside what is shown of it:
#   office:boolean-value="true", office:time-value="PT36H00M00S".
# Happens: the shown text is read instead: only TRUE counts as true, so the WAHR, VRAI or VERDADERO of a LibreOffice
#   in another language is False; and a sum of 36:00:00 hours is taken for a time of day, and the whole file refused.
# Matters: every "yes" of a sheet from a German, French or Spanish office is read as "no", without a warning.
# Source: OpenDocument 1.3, part 3, chapter 19 (the attributes office:boolean-value, office:time-value); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python pandas==3.1.1 odfpy==1.4.1
cat > look.py <<'PY'
import zipfile

import pandas

ODF = "urn:oasis:names:tc:opendocument:xmlns"


def read(*cells):
    """What pandas makes of one row of cells, each given as its attributes and its shown text."""
    row = "".join(f"<table:table-cell {value}><text:p>{shown}</text:p></table:table-cell>" for value, shown in cells)
    with zipfile.ZipFile("t.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0" manifest:version="1.3"><manifest:file-entry '
            'manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        file.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
            f'xmlns:text="{ODF}:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table '
            f'table:name="a"><table:table-row>{row}</table:table-row></table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return pandas.read_excel("t.ods", engine="odf", header=None).values.tolist()[0]


TRUE = 'office:value-type="boolean" office:boolean-value="true"'
SHOWN = ["TRUE", "WAHR", "VRAI", "VERDADERO", "TOSI"]
truths = read(*[(TRUE, shown) for shown in SHOWN])
print(dict(zip(SHOWN, truths)))
try:
    hours = read(('office:value-type="time" office:time-value="PT36H00M00S"', "36:00:00"))
except ValueError as error:
    hours = str(error)
print("36 hours:", hours)
assert truths == [True, False, False, False, False], "the value is read now"
assert isinstance(hours, str) and "0..23" in hours, "36 hours are read now"
PY
python look.py
