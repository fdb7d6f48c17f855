#!/usr/bin/env bash
# rapidocr reads a page of five lines: upright, and turned by 90, 180 and 270 degrees, with its classifier of direction on.
# Expected: "use_cls" makes it read pages whichever way they lie; its lines come back in the page's order.
# Happens: only single lines are turned, and by half only. Of a turned page most of the text comes back wrong, in another
#   order or not at all, without an error.
# Matters: a scan that was fed in sideways is indexed as noise. Which way up a page stands must be found out before.
# Source: rapidocr's ch_ppocr_cls (labels "0" and "180"), its sorting of boxes; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python rapidocr==3.10.0 onnxruntime==1.31.1 pillow==13.0.0

cat >page.py <<'PY'
import difflib
import numpy
from PIL import Image, ImageDraw, ImageFont
from rapidocr import RapidOCR

LINES = [
    "The lighthouse was lit for the first time on 1 November.",
    "Its keeper climbed the 210 steps every evening.",
    "Visitors were admitted on Sundays for a small fee.",
    "A second lamp arrived from Paris in eleven crates.",
    "Fog was recorded on 63 days of that year.",
]
page = Image.new("RGB", (1100, 700), "white")
draw, font = ImageDraw.Draw(page), ImageFont.load_default(34)
for number, line in enumerate(LINES):
    draw.text((70, 80 + number * 110), line, fill="black", font=font)

engine = RapidOCR(params={"Global.log_level": "error"})


def likeness(degrees):
    """How much of the text comes back, in its order."""
    turned = page.rotate(-degrees, expand=True)
    read = engine(numpy.array(turned)[:, :, ::-1], use_cls=True).txts or ()
    ratio = difflib.SequenceMatcher(None, " ".join(read), " ".join(LINES), autojunk=False).ratio()
    print(f"turned by {degrees:3}: {ratio:.2f}  {read[:1]}")
    return ratio


upright, side, head, other = (likeness(degrees) for degrees in (0, 90, 180, 270))
assert upright > 0.85, upright
assert max(side, head, other) < 0.7, (side, head, other)
PY
ORT_DISABLE_TELEMETRY=1 python page.py
