#!/usr/bin/env bash
# rtf-parser (npm), and @iarna/rtf-to-html with it, read a table of two rows in RTF.
# Expected: cells and rows apart, by whatever: \cell ends the paragraph in it, and \row the row.
# Happens: nothing stands between them: "SiteRentNorth950South700", and the first words behind the table follow right on it.
# Matters: of price lists and forms no word is found, and numbers side by side become one.
# Source: Rich Text Format specification 1.9.1, Table Definitions (\cell, \row); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node rtf-parser@1.3.3 @iarna/rtf-to-html@1.1.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { promisify } from "node:util";
import toHtml from "@iarna/rtf-to-html";
import parser from "rtf-parser";

const row = (...cells) => `\\trowd\\cellx3000\\cellx6000\\pard\\intbl ${cells.map((cell) => `${cell}\\cell `).join("")}\\row `;
const table = row("Site", "May", "June") + row("North", "950", "980");
const rtf = `{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 ${table}\\pard Paid.\\par}`;
const document = await promisify(parser.string)(rtf);
const text = document.content.flatMap((paragraph) => paragraph.content.map((span) => span.value)).join("");
const html = await promisify(toHtml.fromString)(rtf);
const shown = html.slice(html.indexOf("<body>")).replace(/<[^>]*>/g, "").trim();
console.log({ text, shown });
for (const read of [text, shown]) assert.equal(read, "SiteMayJuneNorth950980Paid.", "cells are apart now");
JS
node look.mjs
