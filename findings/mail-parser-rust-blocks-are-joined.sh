#!/usr/bin/env bash
# mail-parser (Rust, of Stalwart) gives the text of a mail that has only HTML (body_text), as it stands in for a plain part: a
#   table of two rows, two blocks, a list, a heading.
# Expected: a line for each row, block and item, and a blank between cells, as <br> and paragraphs get their line ends.
# Happens: "North950South700", "Pier closedfrom Monday", "KeysBadge", "LeaseRent": only <br> and </p> end a line.
# Matters: amounts of neighbouring cells become one number; most mails of programs are tables and <div> from end to end.
# Source: the crate's documentation (body_text: HTML parts are converted to plain text); HTML's standard, 15.3 (display of
#   elements); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'mail-parser = "=0.11.9"' <<'RS'
fn main() {
    let page = "<table><tr><td>North</td><td>950</td></tr><tr><td>South</td><td>700</td></tr></table>\
        <p>One.</p><p>Two.</p><div>Pier closed</div><div>from Monday</div><ul><li>Keys</li><li>Badge</li></ul><h1>Lease</h1>Rent";
    let mail = format!("Subject: Rent\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}\r\n");
    let mail = mail_parser::MessageParser::default().parse(mail.as_bytes()).unwrap();
    let text = mail.body_text(0).unwrap();
    println!("{text:?}");
    for joined in ["North950South700", "Pier closedfrom Monday", "KeysBadge", "LeaseRent"] {
        assert!(text.contains(joined), "blocks are set apart now");
    }
    assert!(!text.contains("One.Two."));
}
RS
