#!/usr/bin/env bash
# content_disposition (Rust) reads the names of downloads: filename="plan; north.pdf", filename="the \"old\" pier.pdf", and a fallback
#   beside the full name, filename="Mller.pdf"; filename*=UTF-8''M%C3%BCller.pdf.
# Expected: plan; north.pdf, the "old" pier.pdf and Müller.pdf.
# Happens: only "plan, with a quotation mark before it, of the first: the header is cut at every semicolon, also within quotation marks.
#   The backslashes stay, and the fallback is taken for the name.
# Matters: the file has no ending, so nothing opens it, and all files "plan; ..." get one name.
# Source: RFC 6266, 4.1 and 4.3 (a quoted string, in which a backslash escapes; filename* is preferred); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_rust 'content_disposition = "=0.4.0"' <<'RS'
fn name(header: &str) -> String {
    let name = content_disposition::parse_content_disposition(header).filename_full().unwrap_or_default();
    println!("{header}: {name}");
    name
}

fn main() {
    assert_eq!(name(r#"attachment; filename="plan, north.pdf"; size=5"#), "plan, north.pdf");
    assert_eq!(name("attachment; filename*=UTF-8''M%C3%BCller.pdf"), "Müller.pdf");
    assert_eq!(name(r#"attachment; filename="plan; north.pdf""#), "\"plan", "semicolons are kept now");
    assert_eq!(name(r#"attachment; filename="the \"old\" pier.pdf""#), r#"the \"old\" pier.pdf"#, "escapes are read now");
    assert_eq!(name("attachment; filename=\"Mller.pdf\"; filename*=UTF-8''M%C3%BCller.pdf"), "Mller.pdf", "the full name wins now");
}
RS
