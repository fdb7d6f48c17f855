#!/usr/bin/env bash
# html-to-docx (npm) makes a Word file of a page with marked words side by side, "<b>Rent:</b> <i>950</i> <u>euros</u>", and
#   of a block of two lines (<pre>).
# Expected: "Rent: 950 euros": a blank between two elements is text; and two lines.
# Happens: "Rent:950euros": text that is only a blank is left out, so that words grow together; and the lines of the block
#   become one.
# Matters: labels and values are marked so in forms and answers; "<del>950</del> <ins>700</ins>" becomes the price 950700.
# Source: HTML's standard on white space between phrasing content and on pre; what was seen by this script, in python-docx and
#   mammoth.
. "$(dirname "$0")/lib.sh"
with_node html-to-docx@1.8.0 mammoth@1.13.0
with_python python-docx==1.2.0
cat > make.cjs <<'JS'
const fs = require("fs");
const html = `<!DOCTYPE html><html><body><p><b>Rent:</b> <i>950</i> <u>euros</u></p>
<p>Now <del>950</del> <ins>700</ins> a month, <b>due</b> on the 5th.</p><pre>first
second</pre></body></html>`;
const look = async () => {
  fs.writeFileSync("rent.docx", await require("html-to-docx")(html));
  const { value } = await require("mammoth").convertToHtml({ path: "rent.docx" });
  console.log(value);
  if (!value.includes("<strong>Rent:</strong><em>950</em>")) throw new Error("blanks are kept now");
};
look();
JS
node make.cjs
cat > look.py <<'PY'
import docx

texts = [paragraph.text for paragraph in docx.Document("rent.docx").paragraphs]
print(texts)
assert texts[1:3] == ["Rent:950euros", "Now 950700 a month, due on the 5th."], "blanks are kept now"
assert texts[3:] == ["first second"], "lines are set apart now"
PY
python look.py
