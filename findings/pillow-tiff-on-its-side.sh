#!/usr/bin/env bash
# Pillow opens a scan by its file name: an uncompressed grey TIFF whose tag says that the page lies on its side
#   (Orientation 6).
# Expected: the page upright, as Pillow turns it when the same bytes come from memory or the file is compressed (LZW).
# Happens: the pixels are taken from the file with the width of the turned page, so each row is cut in two and the rows are
#   mixed; then it is turned. The picture has neither the right size nor any line that can be read. No error.
# Matters: scanners and cameras of documents write such files; text recognition gets noise, and a test from memory passes.
# Source: TIFF 6.0, section 8 (ImageWidth is of the stored rows; Orientation); Pillow's documentation of TIFF (turned on
#   loading); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pillow==13.0.0
cat > look.py <<'PY'
import io
import pathlib

from PIL import Image, ImageChops, ImageDraw

page = Image.new("L", (400, 200), 255)
ImageDraw.Draw(page).rectangle((20, 20, 380, 40), fill=0)
page.save("plain.tif", tiffinfo={274: 6})
page.save("packed.tif", tiffinfo={274: 6}, compression="tiff_lzw")
upright = page.transpose(Image.Transpose.ROTATE_270)


def loaded(source):
    with Image.open(source) as image:
        image.load()
        same = image.size == upright.size and ImageChops.difference(image, upright).getbbox() is None
        return image.size, same


seen = {
    "by name": loaded("plain.tif"),
    "from memory": loaded(io.BytesIO(pathlib.Path("plain.tif").read_bytes())),
    "compressed": loaded("packed.tif"),
}
print(seen)
assert seen["from memory"] == seen["compressed"] == ((200, 400), True), seen
assert seen["by name"] == ((400, 200), False), "the page is read right by name now"
PY
python look.py
