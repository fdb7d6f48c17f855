#!/usr/bin/env bash
# BudouX parts Japanese sentences into phrases where a line may break, with its own Japanese model: 2024年3月5日に東京へ行く.
# Expected: the year stays in one piece, as 12000円, 03-1234-5678 and 第25条 do: no line may break within a number.
# Happens: 202 and 4年3月5日に: the last figure of each year goes with the month. So with 1984年 (198 and 4年), and in the middle of a
#   sentence.
# Matters: pages and subtitles break lines within years, and what is cut into passages or searched by phrases has the year 202.
# Source: BudouX' README (phrases at which lines break well); UAX #14 (LB25: no break between figures); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python budoux==0.10.1
cat > look.py <<'PY'
import budoux

parse = budoux.load_default_japanese_parser().parse
whole = [parse(text) for text in ("価格は12000円", "電話は03-1234-5678です", "第25条の規定により")]
years = [parse(text) for text in ("2024年3月5日に東京へ行く", "契約は2025年3月31日まで", "1984年に生まれた")]
print(whole, years)
assert [parts[-1] for parts in whole[:2]] == ["12000円", "03-1234-5678です"] and whole[2][0] == "第25条の"
assert years[0][:2] == ["202", "4年3月5日に"], "the year stays whole now"
assert years[1][1:] == ["202", "5年3月31日まで"] and years[2][:2] == ["198", "4年に"], "the year stays whole now"
PY
python look.py
