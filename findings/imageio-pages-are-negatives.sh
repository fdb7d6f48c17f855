#!/usr/bin/env bash
# imageio reads two TIFF pages (imread), one whose value 0 is white (PhotometricInterpretation 0, as fax and many scanners write it), and
#   one whose colours are in a palette.
# Expected: white is 255, and the dots have their colours, as with Pillow's reader, and as imageio itself gives the palette of a PNG.
# Happens: white is 0, and of the palette there are the numbers of the colours: a red dot is 1.
# Matters: pages go to text recognition as negatives or nearly black; the same page as PNG is read well.
# Source: TIFF 6.0, PhotometricInterpretation (0: 0 is imaged as white; 3: values are indices into ColorMap); Pillow's and imageio's own
#   results, shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python imageio==2.38.1 pillow==13.0.0 numpy==2.4.6
cat > write.py <<'PY'
from PIL import Image

page = Image.new("L", (8, 8), 0)
page.putpixel((0, 0), 255)
page.save("white.tif")
data = bytearray(open("white.tif", "rb").read())
at = data.index(b"\x06\x01\x03\x00\x01\x00\x00\x00\x01\x00")  # PhotometricInterpretation: from "0 is black" to "0 is white"
data[at + 8] = 0
open("white.tif", "wb").write(data)
colours = Image.new("P", (8, 8), 0)
colours.putpalette([255, 255, 255, 200, 0, 0])
colours.putpixel((0, 0), 1)
colours.save("palette.tif")
colours.save("palette.png")
PY
python write.py
cat > look.py <<'PY'
import imageio.v3 as imageio
import numpy
from PIL import Image

names = ("white.tif", "palette.tif", "palette.png")
seen = [imageio.imread(name)[0, :2].tolist() for name in names]
pages = [Image.open(name) for name in names]
other = [numpy.array(page.convert("RGB" if page.mode == "P" else page.mode))[0, :2].tolist() for page in pages]
print("imageio", seen, "Pillow", other)
colours = [[200, 0, 0], [255, 255, 255]]
assert other == [[0, 255], colours, colours]
assert seen == [[255, 0], [1, 0], colours], "white is white now"
PY
python look.py
