//! What a mail says: its plain text or its page, decoded as the mail or the text itself tells.

use super::error::ExtractError;
use super::mail::is_calendar;
use super::page::Heading;
use super::sink::Unit;
use super::wire::Budget;
use super::{clean, icalendar, markup};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

/// The body to read: the plain text, unless the page beside it says much more.
pub(super) fn body(message: &Message<'_>, budget: Option<&Budget>) -> Result<Unit, ExtractError> {
    let nesting = budget.map_or(500, |it| it.max_nesting);
    let plain: String =
        message.text_bodies().filter_map(|it| as_plain(message, it)).collect::<Vec<_>>().join("\n\n");
    let plain = clean::normalise(&plain);
    let mut page: Option<Unit> = None;
    for part in message.html_bodies() {
        let unit = match &part.body {
            PartType::Html(html) => markup::page(&in_its_charset(message, part, html), nesting)?,
            // Without a page the plain text stands for it.
            _ => match as_plain(message, part) {
                Some(text) => Unit::text(clean::normalise(&text)),
                None => continue,
            },
        };
        page = Some(match page {
            Some(before) => joined(before, unit),
            None => unit,
        });
    }
    let page_says_more = page.as_ref().is_some_and(|it| {
        clean::words(&it.text) > 2 * clean::words(&plain) || says_otherwise(&it.text, &plain)
    });
    match page {
        Some(page) if page_says_more => Ok(page),
        _ => Ok(Unit::text(plain)),
    }
}

/// Whether most words of a page are not in the plain text beside it, which then only tells people to look at the page.
fn says_otherwise(page: &str, plain: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let known: std::collections::HashSet<String> = words(plain).into_iter().collect();
    let all = words(page);
    all.iter().filter(|it| known.contains(*it)).count() * 2 < all.len()
}

fn joined(before: Unit, after: Unit) -> Unit {
    let head = format!("{}\n\n", before.text);
    let moved = after.headings.into_iter().map(|it| Heading { start: it.start + head.len(), ..it });
    let headings = before.headings.into_iter().chain(moved).collect();
    let text = format!("{head}{}", after.text);
    Unit {
        headings,
        markdown: before.markdown || after.markdown,
        warning: before.warning.or(after.warning),
        ..Unit::text(text)
    }
}

fn as_plain(message: &Message<'_>, part: &MessagePart<'_>) -> Option<String> {
    let PartType::Text(text) = &part.body else { return None };
    let text = in_its_charset(message, part, text);
    let kind = part.content_type();
    let says = |name: &str, value: &str| {
        kind.and_then(|it| it.attribute(name)).is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    if is_calendar(part) {
        return icalendar::compose(&text).map(|it| it.unit().text);
    }
    Some(if says("format", "flowed") { flowed(&text, says("delsp", "yes")) } else { text })
}

/// The text of a part. Where the mail does not say its encoding, the page itself may, or its bytes tell.
fn in_its_charset(message: &Message<'_>, part: &MessagePart<'_>, text: &str) -> String {
    let is_said = part.content_type().is_some_and(|it| it.attribute("charset").is_some());
    if is_said || !text.contains('\u{FFFD}') {
        return repaired(text, part);
    }
    let body = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
    let raw = body.and_then(|(start, end)| message.raw_message().get(start..end)).unwrap_or_default();
    let bytes = match part.encoding {
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
        Encoding::None => Some(raw.to_vec()),
    };
    let Some(bytes) = bytes else { return text.to_owned() };
    let declared = super::html::declared(&bytes).filter(|_| part.is_text_html());
    super::encoding::decode_declared(&bytes, declared.as_deref()).into_owned()
}

/// UTF-8 that was called ASCII comes out as Latin letters in pairs; read again as what it is.
pub(super) fn repaired(text: &str, part: &MessagePart<'_>) -> String {
    let charset = part.content_type().and_then(|it| it.attribute("charset")).unwrap_or("us-ascii");
    let doubtful = charset.eq_ignore_ascii_case("us-ascii") || charset.eq_ignore_ascii_case("ascii");
    if !doubtful || text.is_ascii() {
        return text.to_owned();
    }
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(text);
    match std::str::from_utf8(&bytes) {
        Ok(again) if !unmappable => again.to_owned(),
        _ => text.to_owned(),
    }
}

/// Lines that were only broken for their length run on, if they are quoted alike; a signature begins a line of its own.
fn flowed(text: &str, delete_space: bool) -> String {
    let mut out = String::with_capacity(text.len());
    // The depth of the paragraph that the next line may go on with.
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let unquoted = line.trim_start_matches('>');
        let depth = line.len() - unquoted.len();
        let words = unquoted.strip_prefix(' ').unwrap_or(unquoted);
        let is_signature = words == "-- ";
        if open.is_some_and(|it| it != depth || is_signature) {
            out.truncate(out.trim_end_matches(' ').len());
            out.push('\n');
            open = None;
        }
        if open.is_none() && depth > 0 {
            out.push_str(&">".repeat(depth));
            out.push_str(if words.is_empty() { "" } else { " " });
        }
        let is_soft = words.ends_with(' ') && !is_signature;
        out.push_str(if is_soft && delete_space { &words[..words.len() - 1] } else { words });
        open = is_soft.then_some(depth);
        if !is_soft {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_line_ends_run_on() {
        assert_eq!(flowed("one \ntwo\n three\n", false), "one two\nthree\n");
        assert_eq!(flowed("won \nder\n", true), "wonder\n");
    }

    #[test]
    fn quoted_lines_run_on_with_those_quoted_alike() {
        for (mail, expected) in [
            ("> one \n> two\nthree\n", "> one two\nthree\n"),
            (">> deep \n>> deeper\n> less \n>less still\n", ">> deep deeper\n> less less still\n"),
            ("> asked \nanswer\n", "> asked\nanswer\n"),
            ("answer \n> asked\n", "answer\n> asked\n"),
            ("text \n-- \nAnn \nPier\n", "text\n-- \nAnn Pier\n"),
            ("> text \n> -- \n> Ann\n", "> text\n> -- \n> Ann\n"),
            (" >not quoted\n>\n>  kept\n", ">not quoted\n>\n>  kept\n"),
        ] {
            assert_eq!(flowed(mail, false), expected, "{mail:?}");
        }
    }
}
