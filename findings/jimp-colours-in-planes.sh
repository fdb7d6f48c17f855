#!/usr/bin/env bash
# Jimp reads a TIFF whose colours are stored one plane after another (PlanarConfiguration 2), as programs for science and print write it.
# Expected: the same picture as from the file with the colours side by side; or an error.
# Happens: another picture, without an error: the first plane's values are taken for the colours of a third as many dots. Here a page of
#   yellow with a blue half is white and black.
# Matters: a coloured plan is a grey pattern, and what is written on it cannot be read.
# Source: TIFF 6.0, PlanarConfiguration; Pillow's and tifffile's reading of the same files; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tifffile==2026.3.3 numpy==2.4.6 pillow==13.0.0
with_node jimp@1.6.1
cat > write.py <<'PY'
import numpy
import tifffile
from PIL import Image

page = numpy.zeros((32, 64, 3), "uint8")
page[:, :32] = 255, 255, 0
page[:, 32:] = 0, 0, 255
tifffile.imwrite("side.tif", page, photometric="rgb")
tifffile.imwrite("planes.tif", page.transpose(2, 0, 1), photometric="rgb", planarconfig="separate")
assert all((numpy.array(Image.open(name)) == page).all() for name in ("side.tif", "planes.tif"))
PY
python write.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import { Jimp } from "jimp";

const dots = async (name) => {
    const page = await Jimp.read(name);
    return [[0, 0], [20, 5], [40, 5], [63, 31]].map(([x, y]) => page.getPixelColor(x, y).toString(16).padStart(8, "0"));
};
const side = await dots("side.tif"), planes = await dots("planes.tif");
console.log("side by side", side, "planes", planes);
assert.deepEqual(side, ["ffff00ff", "ffff00ff", "0000ffff", "0000ffff"]);
assert.notDeepEqual(planes, side, "planes are read now");
assert.ok(planes.every((dot) => dot === "ffffffff" || dot === "000000ff"), "planes are read now");
JS
node look.mjs
