#!/usr/bin/env bash
# feedparser reads entries with two authors, of whom only the first has a mail address, and one whose address ends in
#   .company.
# Expected: Anna with her address and Bob without one; and anna@firm.company (Anna).
# Happens: Bob has Anna's address, in authors as well as in author ("Bob (anna@firm.com)"); of the other one it makes
#   anna@firm.comp, and the name "any (Anna".
# Matters: mail for Bob goes to Anna, or to a stranger's domain; papers with several authors are the rule in science.
# Source: RFC 4287, 3.2 (each author has its own address); RSS 2.0 (author: an address with a name behind it); feedparser's
#   documentation of authors; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python feedparser==6.0.14
cat > look.py <<'PY'
import feedparser

authors = "<author><name>Anna</name><email>anna@firm.com</email></author><author><name>Bob</name></author>"
entry = f"<entry><title>t</title><id>e</id>{authors}</entry>"
paper = feedparser.parse(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>u</id>{entry}</feed>').entries[0]
item = "<item><title>t</title><author>anna@firm.company (Anna)</author></item>"
post = feedparser.parse(f'<rss version="2.0"><channel><title>x</title>{item}</channel></rss>').entries[0]
print(paper.authors, paper.author, post.author_detail)
assert paper.authors[1] == {"name": "Bob", "email": "anna@firm.com"}, "authors have their own address now"
assert post.author_detail == {"name": "any (Anna", "email": "anna@firm.comp"}, "addresses are read to their end now"
PY
python look.py
