#!/usr/bin/env bash
# xls2csv (of catdoc) reads an old workbook (.xls) with a date, 15 March 2023, in a format of Excel's own list; xlwt and
#   SheetJS wrote it.
# Expected: 2023, in whatever form: calamine, xlrd and SheetJS read that day.
# Happens: 03-16-27, four years and a day later. The record that says from which year days are counted is in each workbook, as
#   Excel writes it, with 0 for 1900; that it is there is read as 1904, what it says is not.
# Matters: every date that is in such a format is wrong, and none looks so; the program is what Debian has for old workbooks.
# Source: [MS-XLS] 2.4.77 (Date1904: 0 is the system of 1900); catdoc's manual, which speaks of forms of dates only; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_debian "catdoc=1:0.95-6*"
with_python xlwt==1.3.0 python-calamine==0.9.1
with_node xlsx@0.18.5
printf 'charset_path=%s\nmap_path=%s\n' "$work/debian/usr/share/catdoc" "$work/debian/usr/share/catdoc" > .catdocrc
cat > look.py <<'PY'
import datetime, subprocess
import python_calamine, xlwt

book, form = xlwt.Workbook(), xlwt.XFStyle()
form.num_format_str = "M/D/YY"
book.add_sheet("Days").write(0, 0, datetime.date(2023, 3, 15), form)
book.save("xlwt.xls")
write = 'const X = require("xlsx"), book = X.utils.book_new();'
write += 'const sheet = X.utils.aoa_to_sheet([[{ t: "n", v: 45000, z: "m/d/yy" }]]);'
write += 'X.utils.book_append_sheet(book, sheet, "Days"); X.writeFile(book, "sheetjs.xls", { bookType: "biff8" });'
subprocess.run(["node", "-e", write], check=True)
for path in ("xlwt.xls", "sheetjs.xls"):
    ((day,),) = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    text = subprocess.run(["xls2csv", path], capture_output=True, check=True, text=True).stdout.split()[0]
    print(path, day, text)
    assert day == datetime.date(2023, 3, 15)
    assert text == '"03-16-27"', "dates are read now"
PY
HOME=$work python look.py
