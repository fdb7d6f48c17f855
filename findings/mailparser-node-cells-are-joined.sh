#!/usr/bin/env bash
# mailparser of npm (nodemailer's) gives the text of a mail that has only HTML, with a table in it.
# Expected: the cells of a row apart, by a blank, a tab or a line end, as paragraphs are.
# Happens: nothing stands between cells, nor between rows: "ItemPumpPrice950Due5 March". html-to-text, which does it, knows
#   tables by a setting of its own ("dataTable") and joins cells otherwise.
# Matters: orders, invoices and bookings come as mails with tables; no word or amount of theirs is found, and "950Due5" reads
#   as if it were a number of its own.
# Source: mailparser's documentation (text is made of the HTML where a mail has none); HTML Standard, 15.3.8 (cells are laid
#   out apart); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node mailparser@3.14.2 html-to-text@10.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { convert } from "html-to-text";
import { simpleParser } from "mailparser";

const PAGE = "<p>Your order</p><table><tr><td>Item</td><td>Pump</td></tr><tr><td>Price</td><td>950</td></tr>" +
    "<tr><td>Due</td><td>5 March</td></tr></table><p>Thank you</p>";
const mail = await simpleParser(`From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n${PAGE}`);
const told = convert(PAGE, { selectors: [{ selector: "table", format: "dataTable" }] });
console.log(JSON.stringify({ text: mail.text, told }));
assert.deepEqual(told.split(/\s+/).slice(2, 8), ["Item", "Pump", "Price", "950", "Due", "5"]);
assert.equal(mail.text, "Your order\n\nItemPumpPrice950Due5 March\n\nThank you", "cells are apart now");
JS
node look.mjs
