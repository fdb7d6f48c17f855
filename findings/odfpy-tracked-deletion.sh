#!/usr/bin/env bash
# odfpy's teletype.extractText reads an OpenDocument text with tracked changes and a comment.
# Expected: the text as a reader sees it.
# Happens: the deleted words stand first (the list of changes is the first element of the body), and the comment's author,
#   date and words stand in the middle of the sentence without a gap.
# Matters: deleted and private text is indexed and quoted as the document's own.
# Source: OpenDocument 1.3, part 3, 5.5 (change tracking) and 14.1 (annotations); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python odfpy==1.4.1
cat > look.py <<'PY'
import zipfile
from odf import teletype
from odf.opendocument import load

NS = " ".join(f'xmlns:{name}="{uri}"' for name, uri in {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "dc": "http://purl.org/dc/elements/1.1/"}.items())
MIME = "application/vnd.oasis.opendocument.text"
body = ('<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
        '<dc:creator>A</dc:creator><dc:date>2026-01-02T03:04:05</dc:date></office:change-info>'
        '<text:p>nine hundred</text:p></text:deletion></text:changed-region></text:tracked-changes>'
        '<text:p>The rent is <text:change text:change-id="c1"/>950 euros'
        '<office:annotation><dc:creator>B</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>'
        '<text:p>too cheap</text:p></office:annotation> a month.</text:p>')
with zipfile.ZipFile("t.odt", "w") as z:
    z.writestr("mimetype", MIME, zipfile.ZIP_STORED)
    z.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:'
               f'xmlns:manifest:1.0"><m:file-entry m:full-path="/" m:media-type="{MIME}"/>'
               '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>')
    z.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {NS} office:version="1.3">'
               f'<office:body><office:text>{body}</office:text></office:body></office:document-content>')
text = teletype.extractText(load("t.odt").text)
print(repr(text))
assert "nine hundred" in text and text.index("nine hundred") < text.index("The rent"), "deleted text is left out now"
assert "too cheap" in text, "comments are left out now"
PY
python look.py
