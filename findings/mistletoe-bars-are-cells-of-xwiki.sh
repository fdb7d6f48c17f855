#!/usr/bin/env bash
# mistletoe turns a Markdown table into XWiki's syntax; a cell has a bar that is escaped: "| on\|off | 24 |".
# Expected: "|on~|off|24": a tilde escapes in XWiki, and the renderer escapes stars and full stops with it; its Jira renderer writes
#   "on\|off".
# Happens: "|on|off|24": three cells. The cells behind it move one column on.
# Matters: values stand under the heading of the next column, and the last has none; the page shows without an error.
# Source: XWiki syntax 2.0, escapes and tables; mistletoe's contrib/xwiki20_renderer.py; GitHub Flavored Markdown, 4.10 (a bar in a
#   cell by escaping it); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mistletoe==1.6.0
cat > look.py <<'PY'
import mistletoe
from mistletoe.contrib.jira_renderer import JiraRenderer
from mistletoe.contrib.xwiki20_renderer import XWiki20Renderer

TABLE = "| switch | volts |\n|---|---|\n| on\\|off | 24 |\n"
xwiki, jira = [mistletoe.markdown(TABLE, renderer).split() for renderer in (XWiki20Renderer, JiraRenderer)]
stars = mistletoe.markdown("5 \\* 6", XWiki20Renderer).strip()
print(xwiki, jira, stars)
assert stars == "5 ~* 6" and jira[1] == "|on\\|off|24|"
assert xwiki == ["|=switch|=volts", "|on|off|24"], "bars in cells are escaped now"
PY
python look.py
