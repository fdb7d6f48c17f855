#!/usr/bin/env bash
# openpyxl and SheetJS read a list whose column of pictures has them in the cells, as Excel's "Place in Cell" does it and
#   XlsxWriter (embed_image), each with a description.
# Expected: an empty cell, or the description: in the sheet there is a picture.
# Happens: "#VALUE!": that is what the file says for programs that do not know such pictures, and neither looks at what stands
#   beside it. From others, python-calamine and pandas, the cell comes out empty, as all errors do.
# Matters: texts and tables are full of errors that are none, and what is in the pictures, as far as it is described, is
#   nowhere.
# Source: [MS-XLSX] 2.3.6 (rich values: the error is the fallback); XlsxWriter's documentation of embed_image; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node xlsx@0.18.5
with_python XlsxWriter==3.3.1 openpyxl==3.1.5 pillow==13.0.0
cat > look.py <<'PY'
import subprocess
import openpyxl, xlsxwriter
from PIL import Image

Image.new("RGB", (4, 4), "red").save("pier.png")
with xlsxwriter.Workbook("sites.xlsx") as book:
    sheet = book.add_worksheet("Sites")
    sheet.write_row("A1", ["Site", "Picture"])
    sheet.write("A2", "North")
    sheet.embed_image("B2", "pier.png", {"description": "The north pier"})
show = 'console.log(require("xlsx").utils.sheet_to_csv(require("xlsx").readFile("sites.xlsx").Sheets.Sites))'
seen = [
    openpyxl.load_workbook("sites.xlsx").active["B2"].value,
    subprocess.check_output(["node", "-e", show], text=True).strip().split(",")[-1],
]
print(seen)
assert seen == ["#VALUE!"] * 2, "pictures are read now"
PY
python look.py
