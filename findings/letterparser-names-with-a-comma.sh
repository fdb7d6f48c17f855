#!/usr/bin/env bash
# letterparser and eml-parse-js (npm) read a mail to two people, one of whom is "Müller, Anna", encoded as Outlook and
#   Python's email write such a name: =?utf-8?Q?M=C3=BCller=2C_Anna?= <anna@a.example>.
# Expected: two addresses: the comma is encoded so that it divides nothing; postal-mime and mailparser read it so.
# Happens: names are decoded first and the list is cut afterwards: three addressees, of whom the first is "Müller", with no
#   address (or with "Müller" for one), and the second is called "Anna".
# Matters: in many companies all names are written that way; who wrote and got a mail comes out wrong, and counts of people
#   too.
# Source: RFC 2047, 5 (3) and 6.2 (addresses are parsed before encoded words are decoded); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node letterparser@0.1.8 eml-parse-js@1.1.15 postal-mime@4.0.0
cat > make.py <<'PY'
from email.headerregistry import Address
from email.message import EmailMessage

mail = EmailMessage()
mail["From"] = Address("Kim", "kim", "b.example")
mail["To"] = [Address("Müller, Anna", "anna", "a.example"), Address("Jo", "jo", "a.example")]
mail["Subject"] = "Rent"
mail.set_content("Due on the 5th.")
with open("rent.eml", "wb") as file:
    file.write(bytes(mail))
PY
python3 make.py
grep '^To' rent.eml
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import * as letterparser from "letterparser";
import * as emlParse from "eml-parse-js";
import PostalMime from "postal-mime";

const mail = fs.readFileSync("rent.eml", "utf8");
const pairs = (list, key) => list.map((entry) => [entry.name ?? "", entry[key]]);
const right = pairs((await PostalMime.parse(mail)).to, "address");
const letter = pairs(letterparser.extract(mail).to, "address");
const eml = pairs((emlParse.default ?? emlParse).readEml(mail).to, "email");
console.log({ right, letter, eml });
assert.deepEqual(right, [["Müller, Anna", "anna@a.example"], ["Jo", "jo@a.example"]]);
assert.deepEqual(letter, [["", "Müller"], ["Anna", "anna@a.example"], ["Jo", "jo@a.example"]], "it is one name now");
assert.deepEqual(eml, [["Müller", ""], ["Anna", "anna@a.example"], ["Jo", "jo@a.example"]], "it is one name now");
JS
node look.mjs
