#!/usr/bin/env bash
# turndown turns HTML into Markdown.
# Expected: struck-out text (<del>, <s>) is marked or left out, as html2text and markdownify mark it with ~~.
# Happens: its mark goes and its text stays: "Rent 900 950".
# Matters: the price that no longer holds stands beside the one that does, and nothing tells them apart.
# Source: HTML Living Standard, 4.7.2 (del) and 4.5.6 (s); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node turndown@7.2.5
cat > look.mjs <<'JS'
import TurndownService from "turndown";

const text = new TurndownService().turndown("<p>Rent <del>900</del> 950, deposit <s>1,800</s> 1,900</p>");
console.log(JSON.stringify(text));
if (text !== "Rent 900 950, deposit 1,800 1,900") throw new Error("struck-out text is marked now");
JS
node look.mjs
