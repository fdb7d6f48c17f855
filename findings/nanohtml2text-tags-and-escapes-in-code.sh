#!/usr/bin/env bash
# nanohtml2text (Rust) gives the text of a page with a block of code as Markdown programs write it: <pre><code>…</code></pre>,
#   and of a block with a marked word and an escape.
# Expected: the code as it is shown: without tags, and "<" for &lt;, as in the paragraphs around it.
# Happens: all in <pre> is copied as it stands: "<code>if a &lt; 5</code>", "<b>rent</b> &amp; fee".
# Matters: tags and escapes are indexed and shown to readers as if they were in the document.
# Source: HTML's standard, 4.4.3 (pre: phrasing content); the crate's README (converts HTML to text); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_rust 'nanohtml2text = "=0.3.0"' <<'RS'
use nanohtml2text::html2text;

fn main() {
    let seen = ["<p><b>rent</b> &amp; fee</p>", "<pre><b>rent</b> &amp; fee</pre>", "<pre><code>if a &lt; 5</code></pre>"].map(html2text);
    println!("{seen:?}");
    assert_eq!(seen[0].trim(), "rent & fee");
    assert_eq!(seen[1], "<b>rent</b> &amp; fee", "blocks are read now");
    assert_eq!(seen[2], "<code>if a &lt; 5</code>", "blocks are read now");
}
RS
