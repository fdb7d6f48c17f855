//! Address cards (.vcf): whom they are about, and how to reach them. Pictures and keys in them are no text.

use super::compose::Composer;
use super::icalendar::{Property, listed, unfolded, values};

/// What is said of a person, in the order in which it is written.
const FIELDS: &[(&str, &str)] = &[
    ("NICKNAME", "Nickname"),
    ("ORG", "Organization"),
    ("TITLE", "Title"),
    ("ROLE", "Role"),
    ("TEL", "Phone"),
    ("EMAIL", "Mail"),
    ("IMPP", "Chat"),
    ("ADR", "Address"),
    ("BDAY", "Birthday"),
    ("ANNIVERSARY", "Anniversary"),
    ("LANG", "Language"),
    ("CATEGORIES", "Categories"),
    ("URL", "URL"),
    ("NOTE", "Note"),
];

/// The cards of a text, if it is made of them.
pub(super) fn compose(text: &str) -> Option<Composer> {
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if !start.get(..11).is_some_and(|it| it.eq_ignore_ascii_case("BEGIN:VCARD")) {
        return None;
    }
    let mut out = Composer::default();
    let mut card: Vec<Property> = Vec::new();
    for line in unfolded(&whole_lines(start)) {
        let Some(property) = Property::of(&line) else { continue };
        match property.name.as_str() {
            "BEGIN" => card.clear(),
            "END" => write(&card, &mut out),
            _ => card.push(property),
        }
    }
    Some(out)
}

/// In the oldest version, a line that ends with `=` goes on.
fn whole_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_quoted = false;
    for line in text.lines() {
        is_quoted = is_quoted || line.to_ascii_uppercase().contains("QUOTED-PRINTABLE");
        match line.strip_suffix('=').filter(|_| is_quoted) {
            Some(begun) => out.push_str(begun),
            None => {
                is_quoted = false;
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

fn write(card: &[Property], out: &mut Composer) {
    let value = |name: &str| card.iter().find(|it| it.name == name).map(text_of);
    let name = value("FN").filter(|it| !it.is_empty());
    // Family name, given name, more names, what goes before and behind them.
    let parts = || {
        let parts = parts_of(card.iter().find(|it| it.name == "N")?);
        let order = [3, 1, 2, 0, 4].into_iter().filter_map(|at| parts.get(at)).map(|it| it.trim());
        Some(order.filter(|it| !it.is_empty()).collect::<Vec<_>>().join(" "))
    };
    out.heading(2, &name.or_else(parts).unwrap_or_default());
    let mut lines = Vec::new();
    for (name, label) in FIELDS {
        for property in card.iter().filter(|it| it.name == *name) {
            let value = text_of(property);
            if !value.is_empty() {
                lines.push(format!("{label}: {value}"));
            }
        }
    }
    out.paragraph(&lines.join("\n"));
}

/// A value on one line.
fn text_of(property: &Property) -> String {
    listed(&parts_of(property))
}

/// What the semicolons of a value part, or the commas of a list.
fn parts_of(property: &Property) -> Vec<String> {
    let is_encoded =
        property.parameters.iter().any(|(_, value)| value.eq_ignore_ascii_case("quoted-printable"));
    let value = if is_encoded { decoded(&property.value) } else { property.value.clone() };
    let value = value.strip_prefix("tel:").or_else(|| value.strip_prefix("mailto:")).unwrap_or(&value);
    let is_list = matches!(property.name.as_str(), "CATEGORIES" | "NICKNAME");
    values(value, if is_list { ',' } else { ';' })
}

/// Quoted-printable, as UTF-8 or else as what it looks like.
fn decoded(value: &str) -> String {
    let (bytes, mut out, mut at) = (value.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        let code = value.get(at + 1..at + 3).filter(|_| bytes[at] == b'=');
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    super::encoding::decode(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_say_whom_they_are_about() {
        let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lindqvist;Ann;;Dr.;\r\nFN:Dr. Ann Lindqvist\r\nORG:Harbour office;North\\; gate\r\n\
            TEL;TYPE=WORK,VOICE:+46 8 123\r\nitem1.EMAIL;TYPE=INTERNET:ann@example.org\r\nADR;TYPE=WORK:;;Pier 4;Skarvik;;123 45;Sweden\r\n\
            NOTE:Knows the\\nti\r\n des.\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQ\r\n AAAAAA\r\nEND:VCARD\r\n\
            BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=\nler;Ben\nEND:VCARD\n";
        insta::assert_snapshot!(compose(text).unwrap().unit().text, @r"
        ## Dr. Ann Lindqvist

        Organization: Harbour office, North; gate
        Phone: +46 8 123
        Mail: ann@example.org
        Address: Pier 4, Skarvik, 123 45, Sweden
        Note: Knows the tides.

        ## Ben Müller
        ");
    }

    #[test]
    fn names_and_parts_keep_their_commas() {
        for (lines, expected) in [
            ("N:Berg, Jr.;Maria", "## Maria Berg, Jr."),
            ("N:Berg\\, Jr.;Maria;;Prof.;", "## Prof. Maria Berg, Jr."),
            ("N:Berg\\; Sons;Maria;Eva;;MD", "## Maria Eva Berg; Sons MD"),
            ("FN:\nN:;Maria", "## Maria"),
            ("FN:M\nADR:;;Pier 4\\, gate 2;Skarvik", "## M\n\nAddress: Pier 4, gate 2; Skarvik"),
            ("FN:M\nCATEGORIES:Sea,Boats\\, large", "## M\n\nCategories: Sea; Boats, large"),
            ("FN:M\nNICKNAME:Mia,Mimi", "## M\n\nNickname: Mia, Mimi"),
        ] {
            for version in ["2.1", "3.0", "4.0"] {
                let text = format!("BEGIN:VCARD\nVERSION:{version}\n{lines}\nEND:VCARD\n");
                assert_eq!(compose(&text).unwrap().unit().text, expected, "{lines}");
            }
        }
    }
}
