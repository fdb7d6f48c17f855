//! Markdown as its readers see it, as far as the letters go: entities are their characters, a backslash before a sign is
//! gone, and markup of web pages is what it shows.

use super::{compose::one_line, markup, script};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Elements deeper than this are left as they are written.
const MAX_NESTING: u64 = 200;

/// The text with what is written in place of signs put right.
pub(super) fn shown(text: &str) -> String {
    if !text.contains(['&', '\\', '<']) {
        return text.to_owned();
    }
    let mut edits = Edits { text, ..Edits::default() };
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        edits.event(&event, range);
    }
    edits.applied(0..text.len(), &edits.edits)
}

#[derive(Default)]
struct Edits<'a> {
    text: &'a str,
    /// What stands in place of what, in the order of the text.
    edits: Vec<(Range<usize>, String)>,
    /// How far the text was seen.
    seen: usize,
    in_code: bool,
    in_table: bool,
    /// Marks of a raised, lowered or struck-out text that has begun: its tag, and where.
    open: Option<(&'static str, Range<usize>)>,
}

impl<'a> Edits<'a> {
    fn event(&mut self, event: &Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
            Event::End(TagEnd::CodeBlock) => self.in_code = false,
            Event::Start(Tag::Table(_)) => self.in_table = true,
            Event::End(TagEnd::Table) => self.in_table = false,
            Event::Start(Tag::HtmlBlock) => self.block(range.clone()),
            Event::Text(_) if self.in_code => self.seen = range.end,
            Event::Text(seen) => self.letters(seen, range),
            Event::InlineHtml(tag) => self.tag(tag, range),
            Event::Code(_) | Event::SoftBreak | Event::HardBreak | Event::Html(_) => self.seen = range.end,
            Event::End(_) => self.open = None,
            _ => {}
        }
    }

    fn put(&mut self, range: Range<usize>, with: String) {
        self.seen = self.seen.max(range.end);
        if self.edits.last().is_none_or(|(last, _)| last.end <= range.start) {
            self.edits.push((range, with));
        }
    }

    fn letters(&mut self, seen: &str, range: Range<usize>) {
        let written = &self.text[range.clone()];
        if written.starts_with('&') && written != seen {
            let with = self.plain(seen, range.end);
            return self.put(range, with.unwrap_or_else(|| written.to_owned()));
        }
        let escaped =
            range.start.checked_sub(1).filter(|at| *at >= self.seen && self.text[*at..].starts_with('\\'));
        if let (Some(at), Some(c)) = (escaped, seen.chars().next())
            && self.is_harmless(c, range.start)
        {
            self.put(at..range.start, String::new());
        }
        self.seen = range.end;
    }

    /// An entity as its characters, if these mean nothing in markdown where they stand.
    fn plain(&self, seen: &str, end: usize) -> Option<String> {
        let next = self.text[end..].chars().next();
        match seen {
            "|" if self.in_table => None,
            "<" => (!next.is_some_and(|it| it.is_alphabetic() || matches!(it, '/' | '!' | '?')))
                .then(|| "<".into()),
            "&" => (!next.is_some_and(|it| it.is_alphanumeric() || it == '#')).then(|| "&".into()),
            "*" | "_" | "`" | "[" | "]" | "~" | "#" | "\\" | "\n" => {
                Some(format!("\\{seen}")).filter(|_| seen != "\n")
            }
            "\u{a0}" => Some(" ".to_owned()),
            seen => Some(seen.to_owned()),
        }
    }

    /// Whether a sign says the same without the backslash before it.
    fn is_harmless(&self, sign: char, at: usize) -> bool {
        // Only what begins a line can be markup of a block, and that is short.
        let before = &self.text[self.text.floor_char_boundary((at - 1).saturating_sub(20))..at - 1];
        let before = before.rsplit('\n').next().unwrap_or_default().trim_start_matches([' ', '>', '\t']);
        let after = self.text[at + sign.len_utf8()..].chars().next();
        match sign {
            // Within a word it emphasises nothing.
            '_' => before.ends_with(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric),
            '#' | '+' | '-' | '>' | '=' => !before.is_empty(),
            '.' | ')' => !before.chars().all(|it| it.is_ascii_digit()),
            '&' => !after.is_some_and(|it| it.is_alphanumeric() || it == '#'),
            '!' => after != Some('['),
            '<' => !after.is_some_and(|it| it.is_alphabetic() || matches!(it, '/' | '!' | '?')),
            '$' | '%' | '"' | '\'' | ',' | '/' | ':' | ';' | '?' | '@' | '^' | '{' | '}' => true,
            _ => false,
        }
    }

    fn block(&mut self, range: Range<usize>) {
        let html = &self.text[range.clone()];
        let Ok(page) = markup::page(html, MAX_NESTING) else { return };
        let end = &html[html.trim_end().len()..];
        self.put(range, format!("{}{end}", page.text));
    }

    /// A tag within a line.
    fn tag(&mut self, tag: &str, range: Range<usize>) {
        self.seen = range.end;
        let inside = tag.trim_start_matches('<').trim_end_matches('>');
        let (closing, inside) = inside.strip_prefix('/').map_or((false, inside), |it| (true, it));
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..end].to_ascii_lowercase();
        let kind = ["sup", "sub", "del", "s", "strike"].into_iter().find(|it| *it == name);
        match (kind, closing) {
            (Some(kind), false) => self.open = Some((kind, range)),
            (Some(kind), true) => {
                let Some((_, open)) = self.open.take().filter(|(it, _)| *it == kind) else { return };
                let first =
                    self.edits.iter().rposition(|(it, _)| it.end <= open.start).map_or(0, |at| at + 1);
                let inside = self.edits.split_off(first);
                let words = self.applied(open.end..range.start, &inside);
                let before = self.text[..open.start].chars().last();
                let with = match kind {
                    "sup" => script::raised(&words, before),
                    "sub" => script::lowered(&words, before),
                    _ => script::struck(&words),
                };
                self.put(open.start..range.end, with);
            }
            (None, _) if name == "br" => {
                let with = if self.in_table || self.text[range.end..].starts_with('\n') { " " } else { "\n" };
                self.put(range, with.to_owned());
            }
            (None, _) if matches!(name.as_str(), "img" | "input") => {
                let seen = markup::page(tag, MAX_NESTING).map(|it| one_line(&it.text)).unwrap_or_default();
                self.put(range, seen);
            }
            (None, _) if SET.contains(&name.as_str()) => self.put(range, String::new()),
            _ => {}
        }
    }

    /// A piece of the text with what is put right in it.
    fn applied(&self, range: Range<usize>, edits: &[(Range<usize>, String)]) -> String {
        let mut out = String::new();
        let mut from = range.start;
        for (at, with) in edits {
            out.push_str(&self.text[from..at.start]);
            out.push_str(with);
            from = at.end;
        }
        out.push_str(&self.text[from..range.end]);
        out
    }
}

/// Elements that set the text within them in some way and are not seen themselves. What only looks like an element is left.
const SET: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "center", "cite", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "samp", "small", "span", "strong", "tt", "u", "var", "wbr",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_their_characters() {
        for (text, expected) in [
            ("M&#252;ller &amp; S&ouml;hne, &#x20AC;5, 5&nbsp;m", "Müller & Söhne, €5, 5 m"),
            (
                "`&auml;` and\n\n```\n&auml;\n```\n\n    &auml;",
                "`&auml;` and\n\n```\n&auml;\n```\n\n    &auml;",
            ),
            ("p &lt; 0.05, a &lt;b> c, R&D, &foo;", "p < 0.05, a &lt;b> c, R&D, &foo;"),
            ("5 &ast; 3 &ast; 2", "5 \\* 3 \\* 2"),
            ("| a | b |\n| - | - |\n| &auml; | x &#124; y |", "| a | b |\n| - | - |\n| ä | x &#124; y |"),
            ("# Gr&ouml;&szlig;e", "# Größe"),
            ("&amp;lt; stays", "&amp;lt; stays"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn backslashes_before_signs_are_not_seen() {
        for (text, expected) in [
            (r"max\_file\_size is 5\.5 \& \$7", "max_file_size is 5.5 & $7"),
            (r"1\. no list, \# no title, \*no stress\*", r"1\. no list, # no title, \*no stress\*"),
            (r"\# no title", r"\# no title"),
            (r"C:\temp and `a\_b` and \\", r"C:\temp and `a\_b` and \\"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn markup_of_pages_is_what_it_shows() {
        for (text, expected) in [
            ("10<sup>6</sup> l of H<sub>2</sub>O, the 4<sup>th</sup>", "10⁶ l of H₂O, the 4th"),
            ("<del>950</del> <b>800</b> EUR, <s>M&uuml;</s>", "~~950~~ 800 EUR, Mü"),
            ("one<br>two <name> &c. <img src=x alt=\"a map\"> x", "one\ntwo <name> &c. a map x"),
            ("<h1 align=\"center\">Lamps</h1>\n\ntext", "# Lamps\n\ntext"),
            (
                "<table><tr><th>Berth<th>Fee<tr><td>A<td>5</table>\n\ntext",
                "| Berth | Fee |\n| --- | --- |\n| A | 5 |\n\ntext",
            ),
            ("`<sup>6</sup>`", "`<sup>6</sup>`"),
            ("<https://x.test/> stays", "<https://x.test/> stays"),
            ("5<sup>*6*", "5<sup>*6*"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
