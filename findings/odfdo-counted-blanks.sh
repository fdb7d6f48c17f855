#!/usr/bin/env bash
# odfdo gives the text of an OpenDocument file (get_formatted_text) in which two or more blanks stand in a row; the format
#   counts them: one blank and <text:s text:c="2"/>, or the element alone at the beginning of a line.
# Expected: the blanks, or one: str() of the paragraph and to_markdown() of the same library have them.
# Happens: the element is dropped. Where it stands alone between two words they are joined: "Total950".
# Matters: columns that people set apart with blanks, and what programs write with every blank counted, lose the words and
#   numbers at each gap.
# Source: OpenDocument 1.3 part 3, 6.1.3 (text:s); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python odfdo==3.27.3
with_odt_writer
cat > look.py <<'PY'
import odfdo
from odt_file import write_odt

write_odt("prices.odt", '<text:p>Total<text:s text:c="3"/>950</text:p><text:p>Berth 4<text:s/>12 m</text:p>')
document = odfdo.Document("prices.odt")
text, markdown = document.get_formatted_text(), document.to_markdown()
print(repr(text), repr(markdown))
assert "Total   950" in markdown
assert text.split("\n\n")[:2] == ["Total950", "Berth 412 m"], "counted blanks are kept now"
PY
python look.py
