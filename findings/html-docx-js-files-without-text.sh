#!/usr/bin/env bash
# html-docx-js (npm) makes a Word file of a page, as editors in browsers offer it for download; python-docx, mammoth, pandoc,
#   docx2txt and officeparser read it.
# Expected: the heading and the paragraph, or an error: the file is a .docx that Word opens.
# Happens: an empty text, from all five; only mammoth has a warning. The document has no paragraph, only a reference
#   (w:altChunk) to a page in a MIME archive (word/afchunk.mht), which Word turns into text when it opens the file.
# Matters: such files count as read and are found by no search, until they are opened and saved in Word.
# Source: ECMA-376 part 1, 17.17.2.1 (altChunk) and 11.3.1 (alternative format import part); html-docx-js's README, which
#   names it; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node html-docx-js@0.3.1 mammoth@1.13.0 officeparser@7.8.0
with_python python-docx==1.2.0 docx2txt==0.9 pypandoc_binary==1.17
cat > make.cjs <<'JS'
const fs = require("fs");
const html = "<!DOCTYPE html><html><body><h1>Lease</h1><p>The rent is 950 euros.</p></body></html>";
const made = require("html-docx-js").asBlob(html);
const look = async () => {
  fs.writeFileSync("lease.docx", Buffer.isBuffer(made) ? made : Buffer.from(await made.arrayBuffer()));
  const { value, messages } = await require("mammoth").extractRawText({ path: "lease.docx" });
  const parsed = await require("officeparser").OfficeParser.parseOffice("lease.docx");
  console.log("mammoth, officeparser:", [value, messages, parsed.toText()]);
  if (value.trim() || parsed.toText().trim()) throw new Error("the page is read now");
};
look();
JS
node make.cjs
cat > look.py <<'PY'
import docx, docx2txt, pypandoc, zipfile

names = zipfile.ZipFile("lease.docx").namelist()
texts = [
    "\n".join(paragraph.text for paragraph in docx.Document("lease.docx").paragraphs),
    docx2txt.process("lease.docx"),
    pypandoc.convert_file("lease.docx", "plain"),
]
print(names, "python-docx, docx2txt, pandoc:", texts)
assert "word/afchunk.mht" in names
assert not "".join(texts).strip(), "the page is read now"
PY
python look.py
