//! JSON and lines of JSON: each value beside the names that lead to it, records on a line of their own.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source, Unit};
use super::{clean, text};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::characters(&source, Format::Json)?;
    // What is not quite JSON (comments, a cut end) is still text.
    let written = written(&text).unwrap_or(text);
    sink.flat(Unit::text(clean::normalise(&written)))
}

/// `None` for what is neither one value nor one on each line.
fn written(text: &str) -> Option<String> {
    if let Some(value) = parse(text) {
        return Some(lines(&value));
    }
    let records: Option<Vec<Json>> = text.lines().filter(|it| !it.trim().is_empty()).map(parse).collect();
    Some(lines(&Json::Array(records.filter(|it| !it.is_empty())?)))
}

/// A value with its numbers as they are written and its keys in their order, doubles included.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    /// Numbers, true, false, null.
    Word(String),
    Text(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    pub(super) fn items(&self) -> &[Json] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    fn is_plain(&self) -> bool {
        matches!(self, Self::Word(_) | Self::Text(_))
    }
}

fn lines(value: &Json) -> String {
    let mut out = String::new();
    write(value, "", &mut out);
    out
}

/// Above this, a record is written as a block of lines.
const MAX_RECORD_FIELDS: usize = 40;

fn write(value: &Json, path: &str, out: &mut String) {
    match value {
        Json::Word(word) | Json::Text(word) => {
            let gap = if word.contains('\n') { "\n" } else { " " };
            out.push_str(&if path.is_empty() {
                format!("{word}\n")
            } else {
                format!("{path}:{gap}{word}\n")
            });
        }
        Json::Array(items) if items.iter().all(Json::is_plain) => {
            let words: Vec<&str> = items.iter().map(plain).collect();
            let long = words.iter().any(|it| it.len() > 60 || it.contains('\n'));
            let joined =
                if long { format!("\n{}", words.join("\n")) } else { format!(" {}", words.join(", ")) };
            out.push_str(&if path.is_empty() {
                format!("{}\n", words.join("\n"))
            } else {
                format!("{path}:{joined}\n")
            });
        }
        Json::Array(items) => {
            for item in items {
                match record(item) {
                    Some(line) if path.is_empty() => out.push_str(&format!("{line}\n")),
                    Some(line) => out.push_str(&format!("{path}: {line}\n")),
                    None => {
                        write(item, path, out);
                        out.push('\n');
                    }
                }
            }
        }
        Json::Object(members) => {
            for (key, value) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                write(value, &path, out);
            }
        }
    }
}

fn plain(value: &Json) -> &str {
    match value {
        Json::Word(word) | Json::Text(word) => word,
        _ => "",
    }
}

/// An object of short values on one line, as a row of a table.
fn record(value: &Json) -> Option<String> {
    let mut fields = Vec::new();
    collect(value, "", &mut fields)?;
    (!fields.is_empty()).then(|| fields.join(" | "))
}

fn collect(value: &Json, path: &str, fields: &mut Vec<String>) -> Option<()> {
    let Json::Object(members) = value else { return None };
    for (key, value) in members {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match value {
            Json::Word(word) | Json::Text(word) if !word.contains('\n') && word.len() <= 500 => {
                fields.push(format!("{path}: {word}"));
            }
            Json::Array(items) if items.iter().all(|it| it.is_plain() && plain(it).len() <= 60) => {
                fields.push(format!("{path}: {}", items.iter().map(plain).collect::<Vec<_>>().join(", ")));
            }
            Json::Object(_) => collect(value, &path, fields)?,
            _ => return None,
        }
    }
    (fields.len() <= MAX_RECORD_FIELDS).then_some(())
}

/// Deeper than this, it is not parsed: the reader is recursive.
const MAX_DEPTH: usize = 200;

pub(super) fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(0)?;
    parser.space();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r', '\u{FEFF}']).len();
    }

    fn peek(&mut self) -> Option<u8> {
        self.space();
        self.text.as_bytes().get(self.at).copied()
    }

    fn takes(&mut self, byte: u8) -> bool {
        let takes = self.peek() == Some(byte);
        self.at += usize::from(takes);
        takes
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        match self.peek().filter(|_| depth < MAX_DEPTH)? {
            b'{' => self.object(depth),
            b'[' => self.array(depth),
            b'"' => self.string().map(Json::Text),
            _ => self.word(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut members = Vec::new();
        if self.takes(b'}') {
            return Some(Json::Object(members));
        }
        loop {
            let key = self.peek().filter(|it| *it == b'"').and_then(|_| self.string())?;
            if !self.takes(b':') {
                return None;
            }
            members.push((key, self.value(depth + 1)?));
            if self.takes(b'}') {
                return Some(Json::Object(members));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        self.at += 1;
        let mut items = Vec::new();
        if self.takes(b']') {
            return Some(Json::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes(b']') {
                return Some(Json::Array(items));
            }
            if !self.takes(b',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let rest = &self.text[self.at..];
        let bytes = rest.as_bytes();
        let mut end = 1;
        while *bytes.get(end)? != b'"' {
            end += if bytes[end] == b'\\' { 2 } else { 1 };
        }
        let quoted = rest.get(..=end)?;
        self.at += end + 1;
        // serde_json knows all about escapes; raw line breaks are forgiven.
        let string = serde_json::from_str(quoted).ok();
        string.or_else(|| Some(quoted.get(1..end)?.to_owned()))
    }

    fn word(&mut self) -> Option<Json> {
        let rest = &self.text[self.at..];
        let end = rest.find([',', '}', ']', ' ', '\n', '\r', '\t']).unwrap_or(rest.len());
        let word = &rest[..end];
        let number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
            && word.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'));
        self.at += end;
        (number || matches!(word, "true" | "false" | "null")).then(|| Json::Word(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    fn read_text(json: &str) -> String {
        collect(read, json).unwrap()[0].text.clone()
    }

    #[test]
    fn values_stand_beside_their_names() {
        assert_eq!(
            read_text(
                r#"{"lamp": {"wick": 14, "id": 12345678901234567890123, "rate": 1.10}, "tags": ["a", "b"]}"#
            ),
            "lamp.wick: 14\nlamp.id: 12345678901234567890123\nlamp.rate: 1.10\ntags: a, b"
        );
        assert_eq!(
            read_text(
                r#"{"rows": [{"boat": "Terna", "crew": {"n": 3}}, {"boat": "Al\u006be", "crew": {"n": 2}}]}"#
            ),
            "rows: boat: Terna | crew.n: 3\nrows: boat: Alke | crew.n: 2"
        );
    }

    #[test]
    fn lines_of_json_are_records() {
        assert_eq!(read_text("{\"lamp\": 1}\n{\"lamp\": 2}\n"), "lamp: 1\nlamp: 2");
    }

    #[test]
    fn what_is_not_quite_json_is_text() {
        assert_eq!(read_text("{\"a\": 1, // why\n"), "{\"a\": 1, // why");
        let deep = "[".repeat(10_000);
        assert_eq!(read_text(&deep), deep);
    }
}
