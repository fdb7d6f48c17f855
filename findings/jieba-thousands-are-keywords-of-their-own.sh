#!/usr/bin/env bash
# jieba takes the keywords (extract_tags) from Chinese texts with amounts: 总价1,200.50元 (a total of 1,200.50 yuan).
# Expected: 1,200.50, as 1200.50 and 16.5 are one word and one keyword; or no number at all.
# Happens: a comma between thousands ends the word: 1 and 200.50, and the keyword is 200.50, since single letters are left out. 1,400,000
#   gives the keywords 400 and 000.
# Matters: search terms and tags of contracts and statistics name amounts that are in no text, and the one that is there is not found.
# Source: jieba's README (extract_tags gives keywords of the text); what several others do (ICU and Lucene's StandardTokenizer keep
#   1,200.50 as one word, by UAX #29, WB11 and WB12); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python jieba==0.42.1 setuptools==80.9.0
cat > look.py <<'PY'
import logging

import jieba
import jieba.analyse

jieba.setLogLevel(logging.ERROR)
words = [jieba.lcut(text) for text in ("总价1200.50元", "总价1,200.50元")]
tags = [set(jieba.analyse.extract_tags(text)) for text in ("总价1200.50元", "总价1,200.50元", "人口1,400,000")]
print(words, tags)
assert words[0] == ["总价", "1200.50", "元"] and "1200.50" in tags[0]
assert words[1] == ["总价", "1", ",", "200.50", "元"], "the amount is one word now"
assert tags[1] == {"总价", "200.50"} and tags[2] == {"人口", "400", "000"}, "the amount is a keyword now"
PY
python -W ignore look.py
