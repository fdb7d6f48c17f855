#!/usr/bin/env bash
# python-pptx reads the categories of a chart over months, as PowerPoint stores it: numbers of days with a date format.
# Expected: dates, as they were given to it when it made the chart, or at least a whole number.
# Happens: each label is the text "44927.0"; where the format stands (c:formatCode) has to be looked up in the XML. markitdown
#   writes such labels into its table.
# Matters: a chart on a slide is a time series as a rule; "44927.0 | 12.0" answers no question about January.
# Source: ECMA-376 part 1, 21.2.2.120 and 21.2.2.71 (numCache, formatCode); python-pptx's documentation of categories; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-pptx==1.0.2 markitdown[pptx]==0.1.9
cat > look.py <<'PY'
import datetime

import pptx
from markitdown import MarkItDown
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

deck = pptx.Presentation()
slide = deck.slides.add_slide(deck.slide_layouts[6])
data = CategoryChartData(number_format="0")
data.categories = [datetime.date(2023, 1, 1), datetime.date(2023, 2, 1)]
data.add_series("Sold", (12, 13))
slide.shapes.add_chart(XL_CHART_TYPE.LINE, 0, 0, Inches(4), Inches(3), data)
deck.save("t.pptx")

chart = pptx.Presentation("t.pptx").slides[0].shapes[0].chart
labels = list(chart.plots[0].categories)
code = chart._chartSpace.xpath("//c:cat//c:formatCode")[0].text
lines = MarkItDown().convert("t.pptx").text_content.split("\n")
print(labels, code, [line for line in lines if line.startswith("|")])
assert "yy" in code, code
assert labels == ["44927.0", "44958.0"], "the labels are dates now"
assert "| 44927.0 | 12.0 |" in lines, lines
PY
python look.py
