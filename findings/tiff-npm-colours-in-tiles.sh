#!/usr/bin/env bash
# tiff (npm), the decoder of image-js, reads an RGB page that is stored in tiles of 16 by 16 dots, as scanners and viewers of large pages
#   store them.
# Expected: the same dots as from the page in strips; or an error, as it gives for kinds that it does not know. A grey page in tiles is
#   read as it is.
# Happens: other dots, without an error: one value of a dot is kept where there are three, the others are 0.
# Matters: the page has stripes or is dark, and text recognition finds nothing in it.
# Source: TIFF 6.0, section 15 (tiled images), as tifffile and Pillow read it; the package's README (TIFF to typed arrays); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python tifffile==2026.3.3 numpy==2.4.6 pillow==13.0.0
with_node tiff@7.1.3
cat > write.py <<'PY'
import numpy
import tifffile
from PIL import Image

grey = (numpy.arange(32 * 32).reshape(32, 32) % 251).astype("uint8")
colours = numpy.dstack([grey, 255 - grey, grey // 2])
tifffile.imwrite("strips.tif", colours, photometric="rgb")
tifffile.imwrite("tiles.tif", colours, photometric="rgb", tile=(16, 16))
tifffile.imwrite("grey.tif", grey, photometric="minisblack", tile=(16, 16))
assert (numpy.array(Image.open("tiles.tif")) == colours).all()
PY
python write.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { decode } from "tiff";

const say = console.log;
console.log = () => {};
const [strips, tiles, grey] = ["strips.tif", "tiles.tif", "grey.tif"].map((name) => [...decode(fs.readFileSync(name))[0].data]);
console.log = say;
console.log("strips", strips.slice(0, 6), "tiles", tiles.slice(0, 6), "wrong:", tiles.filter((value, at) => value !== strips[at]).length);
assert.deepEqual(grey, strips.filter((value, at) => at % 3 === 0));
assert.deepEqual(strips.slice(0, 6), [0, 255, 0, 1, 254, 0]);
assert.deepEqual(tiles.slice(0, 6), [0, 0, 0, 255, 0, 0], "tiles are read now");
JS
node look.mjs
