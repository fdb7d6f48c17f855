#!/usr/bin/env bash
# umya-spreadsheet (Rust) shows cells by their number formats (formatted_value): a postcode as 00000, an amount as #,##0.00
#   [$€-407], as Excel writes euros, 90 minutes as [mm]:ss, a telephone number as 000-0000. XlsxWriter wrote the file.
# Expected: 00742, "1,234.50 €", 90:00 and 555-1234, as Excel shows them; it has dates, fractions and millions as Excel does.
# Happens: 742, "1,234.50", [12]:00 and 5551234: noughts and signs of the format are passed over, the currency with them, and
#   minutes beyond an hour are a 12 in brackets.
# Matters: postcodes and article numbers are others, amounts have no currency, and durations mean nothing.
# Source: ECMA-376 part 1, 18.8.31 (numFmts: 0, [$…], [mm]); SheetJS shows them; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python XlsxWriter==3.3.1
cat > make.py <<'PY'
import xlsxwriter

CELLS = [(742, "00000"), (1234.5, "#,##0.00 [$€-407]"), (0.0625, "[mm]:ss"), (5551234, "000-0000"), (1500000, '0.0,,"M"')]
with xlsxwriter.Workbook("cells.xlsx") as book:
    sheet = book.add_worksheet("Cells")
    for row, (number, form) in enumerate(CELLS):
        sheet.write_number(row, 0, number, book.add_format({"num_format": form}))
PY
python make.py
with_rust 'umya-spreadsheet = "=3.1.1"' <<'RS'
fn main() {
    let book = umya_spreadsheet::reader::xlsx::read(std::path::Path::new("cells.xlsx")).unwrap();
    let sheet = book.sheet_by_name("Cells").unwrap();
    let seen: Vec<String> = (1..=5u32).map(|row| sheet.formatted_value((1, row)).trim().to_string()).collect();
    println!("{seen:?}");
    assert_eq!(seen, ["742", "1,234.50", "[12]:00", "5551234", "1.5M"], "formats are read now");
}
RS
