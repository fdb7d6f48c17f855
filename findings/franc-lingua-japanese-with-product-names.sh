#!/usr/bin/env bash
# franc (npm) and lingua (Python) tell the language of Japanese sentences in which products are named: "how to install PostgreSQL on
#   Windows Server 2022" and "the URL of the API is https://...".
# Expected: Japanese: it has letters of its own (kana), which no other language writes, and tinyld finds it by them.
# Happens: Galician and French in franc, German in lingua, which may choose from five languages here: the Latin letters are more, and
#   decide alone.
# Matters: manuals, tickets and code pages in Japanese are stemmed and searched by the rules of another language, and words
#   without blanks are not cut apart.
# Source: Unicode Standard Annex 24 (scripts; Hiragana and Katakana); the READMEs of franc and lingua (Japanese among their languages);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node franc@6.2.0 tinyld@1.3.4
with_python lingua-language-detector==2.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { franc } from "franc";
import { detect } from "tinyld";

const sentences = ["Windows Server 2022にPostgreSQLをインストールする方法", "APIのURLはhttps://example.com/docs/installation/guide.htmlです。"];
console.log(sentences.map((text) => franc(text)), sentences.map((text) => detect(text)));
assert.equal(franc("取扱説明書を読んでください"), "jpn");
assert.deepEqual(sentences.map((text) => detect(text)), ["ja", "ja"]);
assert(sentences.every((text) => franc(text) !== "jpn"), "franc finds Japanese now");
JS
node look.mjs
cat > look.py <<'PY'
from lingua import Language, LanguageDetectorBuilder

names = Language.ENGLISH, Language.GERMAN, Language.FRENCH, Language.CHINESE, Language.JAPANESE
detector = LanguageDetectorBuilder.from_languages(*names).build()
seen = [
    detector.detect_language_of(text)
    for text in (
        "取扱説明書を読んでください",
        "Windows Server 2022にPostgreSQLをインストールする方法",
        "APIのURLはhttps://example.com/docs/installation/guide.htmlです。",
    )
]
print(seen)
assert seen[0] == Language.JAPANESE
assert Language.JAPANESE not in seen[1:], "lingua finds Japanese now"
PY
python look.py
