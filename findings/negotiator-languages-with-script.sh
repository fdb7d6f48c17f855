#!/usr/bin/env bash
# negotiator (on which accepts and Express stand) and Werkzeug choose between pages in "zh-Hant" (traditional Chinese) and English; the
#   browser asks for zh-Hant-TW first, then English.
# Expected: zh-Hant: what is asked for is shortened from the end until it fits, zh-Hant-TW, zh-Hant, zh. "de" fits who asks for de-CH;
#   WebOb's lookup finds zh-Hant.
# Happens: English: only the whole tag and its first part alone are looked at, so "zh" would fit, "zh-Hant" does not. With nothing else
#   asked for, nothing fits.
# Matters: readers of Taiwan and Hong Kong, and of Serbian in Latin letters, get English, although their language is there.
# Source: RFC 4647, 3.4 (lookup), with the very example of zh-Hant-CN-x-private1-private2; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node negotiator@1.1.0
with_python werkzeug==3.1.9 webob==1.8.11
cat > look.mjs <<'JS'
import assert from "node:assert";
import Negotiator from "negotiator";

const choose = (asked, offered) => {
    const chosen = new Negotiator({ headers: { "accept-language": asked } }).languages(offered);
    console.log(asked, "of", offered, "gives", chosen);
    return chosen;
};
assert.deepEqual(choose("de-CH, en;q=0.5", ["de", "en"]), ["de", "en"]);
assert.deepEqual(choose("zh-Hant-TW, en;q=0.5", ["zh", "en"]), ["zh", "en"]);
assert.deepEqual(choose("zh-Hant-TW, en;q=0.5", ["zh-Hant", "en"]), ["en"], "zh-Hant fits now");
assert.deepEqual(choose("sr-Latn-RS, en;q=0.8", ["sr", "sr-Latn", "en"]), ["sr", "en"], "sr-Latn fits now");
assert.deepEqual(choose("zh-Hant-TW", ["zh-Hant"]), [], "zh-Hant fits now");
JS
node look.mjs
cat > look.py <<'PY'
from webob.acceptparse import create_accept_language_header
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

asked, offered = "zh-Hant-TW, en;q=0.5", ["zh-Hant", "en"]
with_werkzeug = parse_accept_header(asked, LanguageAccept).best_match(offered)
with_webob = create_accept_language_header(asked).lookup(offered, default="none")
print("Werkzeug", with_werkzeug, "WebOb", with_webob)
assert with_webob == "zh-Hant"
assert with_werkzeug == "en", "zh-Hant fits now"
PY
python look.py
