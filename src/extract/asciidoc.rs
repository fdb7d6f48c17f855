//! AsciiDoc as its readers see it: titles, paragraphs, lists with their numbers, blocks and tables.

use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::format::Format;
use super::numbering::Kind;
use super::sink::{Sink, Source};
use super::{asciidoc_inline as inline, asciidoc_source as source, asciidoc_table as tables};
use super::{elsewhere, latex_math, markup, text};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Asciidoc)?;
    sink.flat(compose(&text).unit())
}

fn compose(text: &str) -> Composer {
    let prepared = source::prepared(text);
    let lines: Vec<&str> = prepared.lines.iter().map(String::as_str).collect();
    let mut reader = Reader { lines, ..Reader::default() };
    if let Some(note) = elsewhere::note(&prepared.included) {
        reader.out.note(note);
    }
    reader.read();
    reader.out
}

/// Markup of pages that is passed through is not deeper.
const MAX_NESTING: u64 = 200;

#[derive(Default)]
struct Reader<'a> {
    lines: Vec<&'a str>,
    at: usize,
    out: Composer,
    /// The lines of the paragraph or item being read.
    words: Vec<String>,
    /// The depth and mark of the item being read.
    item: Option<(usize, String)>,
    /// How far the lists with numbers have come, by depth.
    counts: Vec<i64>,
    /// What stands in brackets above the next block.
    attributes: String,
    /// Whether an empty line has gone before, so that a paragraph ends the list.
    after_gap: bool,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while let Some(line) = self.lines.get(self.at).copied() {
            self.at += 1;
            self.line(line);
        }
        self.flush();
    }

    fn line(&mut self, line: &'a str) {
        if line.trim().is_empty() {
            self.flush();
            self.after_gap = true;
            return;
        }
        if let Some((level, title)) = title(line).filter(|_| self.words.is_empty()) {
            self.flush();
            self.counts.clear();
            self.out.heading(level, &inline::shown(title));
            self.attributes.clear();
        } else if is_table(line) {
            self.flush();
            self.table(line);
        } else if let Some(mark) = source::delimiter(line) {
            self.flush();
            self.block(line, mark);
        } else if line == "+" {
            // What follows belongs to the item before.
            self.flush();
            self.after_gap = false;
            return;
        } else if self.words.is_empty()
            && line.starts_with('[')
            && line.ends_with(']')
            && !line.starts_with("[[[")
        {
            self.attributes(line);
            return;
        } else if let Some(words) = block_title(line).filter(|_| self.words.is_empty()) {
            self.out.paragraph(&inline::shown(words));
            return;
        } else if is_rule(line) {
            self.flush();
        } else if let Some(alt) = picture(line) {
            self.flush();
            self.out.paragraph(&inline::shown(alt));
        } else if let Some((mark, words)) = item(line) {
            self.flush();
            self.begin_item(&mark, words);
        } else {
            self.paragraph_line(line);
        }
        self.after_gap = false;
    }

    fn paragraph_line(&mut self, line: &str) {
        if self.words.is_empty() && self.item.is_none() && self.after_gap {
            self.counts.clear();
        }
        let line = line.strip_suffix(" +").unwrap_or(line);
        if self.words.is_empty()
            && let Some(label) = label(&self.attributes)
        {
            self.words.push(format!("{label}: {}", inline::shown(line.trim_start())));
            self.attributes.clear();
            return;
        }
        self.words.push(inline::shown(line));
    }

    /// `[NOTE]`, `[cols="1,2"]`: what the next block is. Names of places are no text.
    fn attributes(&mut self, line: &str) {
        if line.starts_with("[[") {
            return;
        }
        let inside = &line[1..line.len() - 1];
        if !self.attributes.is_empty() {
            self.attributes.push(',');
        }
        self.attributes.push_str(inside);
    }

    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        match self.item.take() {
            Some((depth, mark)) => self.out.item(depth, &mark, &words.join(" ")),
            None if words.is_empty() => return,
            None => {
                let quoted =
                    self.attributes.split(',').next().is_some_and(|it| matches!(it, "quote" | "verse"));
                self.out.paragraph(&words.join("\n"));
                if quoted {
                    self.attribution();
                }
            }
        }
        self.attributes.clear();
    }

    /// Who is quoted, and where.
    fn attribution(&mut self) {
        let names: Vec<String> =
            self.attributes.split(',').skip(1).map(|it| one_line(it.trim_matches('"'))).collect();
        let named: Vec<String> = names.into_iter().filter(|it| !it.is_empty() && !it.contains('=')).collect();
        if !named.is_empty() {
            self.out.paragraph(&format!("— {}", named.join(", ")));
        }
        self.attributes.clear();
    }

    fn begin_item(&mut self, mark: &Mark, words: &str) {
        let (depth, marker) = match mark {
            Mark::Bullet(depth) => {
                self.counts.truncate(*depth + 1);
                (*depth, "-".to_owned())
            }
            Mark::Numbered(depth) => {
                self.counts.truncate(*depth + 1);
                let start = tables::value(&self.attributes, "start").and_then(|it| it.parse::<i64>().ok());
                self.counts.resize(*depth + 1, 0);
                if let Some(start) = start {
                    self.counts[*depth] = start.saturating_sub(1);
                }
                self.counts[*depth] = self.counts[*depth].saturating_add(1);
                let kind = kind(&self.attributes).unwrap_or(match depth % 5 {
                    0 => Kind::Decimal,
                    1 => Kind::LowerLetter,
                    2 => Kind::LowerRoman,
                    3 => Kind::UpperLetter,
                    _ => Kind::UpperRoman,
                });
                (*depth, format!("{}.", kind.write(self.counts[*depth])))
            }
            Mark::Written(mark) => (0, mark.clone()),
            Mark::Term(depth, term) => {
                let term = inline::shown(term);
                // What is said of it may stand in the next lines.
                self.item = Some((*depth, "-".to_owned()));
                self.words.push(format!("{term}: {}", inline::shown(words)).trim_end().to_owned());
                if words.is_empty() {
                    self.skip_gaps();
                }
                return;
            }
        };
        self.item = Some((depth, marker));
        self.words.push(inline::shown(words));
        self.attributes.clear();
    }

    /// Empty lines between a term and what is said of it, where that is not the next item.
    fn skip_gaps(&mut self) {
        let next = self.lines[self.at..]
            .iter()
            .position(|it| !it.trim().is_empty())
            .map_or(self.at, |it| it + self.at);
        let line = self.lines.get(next).copied().unwrap_or_default();
        let goes_on = item(line).is_none()
            && title(line).is_none()
            && source::delimiter(line).is_none()
            && !is_table(line)
            && line != "+";
        if goes_on && !line.starts_with('[') {
            self.at = next;
        }
    }

    /// The lines up to the end of the block.
    fn until(&mut self, end: &str) -> Vec<&'a str> {
        let from = self.at;
        let length = self.lines[from..].iter().position(|it| *it == end).unwrap_or(self.lines.len() - from);
        self.at = (from + length + 1).min(self.lines.len());
        self.lines[from..from + length].to_vec()
    }

    fn block(&mut self, line: &'a str, mark: char) {
        let attributes = self.attributes.clone();
        let first = attributes.split(',').next().unwrap_or_default();
        match mark {
            '-' | '.' | '`' if line != "--" => {
                let language = match mark {
                    '`' => line.trim_start_matches('`').split(',').next().unwrap_or_default().to_owned(),
                    _ if first.starts_with("source") => attributes
                        .split(',')
                        .nth(1)
                        .filter(|it| !it.contains('='))
                        .unwrap_or_default()
                        .trim()
                        .to_owned(),
                    _ => String::new(),
                };
                let end = if mark == '`' { "```" } else { line };
                let code = self.until(end);
                self.out.code(&code.join("\n"), &language);
                self.attributes.clear();
            }
            '+' => {
                let inside = self.until(line).join("\n");
                self.attributes.clear();
                if first.contains("math") || first.contains("stem") {
                    let formula = inside.trim().trim_start_matches("\\[").trim_end_matches("\\]");
                    let shown = latex_math::shown(formula, None, 0);
                    return self.out.paragraph(&shown.unwrap_or_else(|| inside.clone()));
                }
                match markup::page(&inside, MAX_NESTING) {
                    Ok(page) => self.out.paragraph(&page.text),
                    Err(_) => self.out.paragraph(&inside),
                }
            }
            // The others hold blocks of their own, whose lines are read as they come.
            _ => {
                if let Some(label) = label(&attributes) {
                    self.out.paragraph(&format!("{label}:"));
                }
                if mark == '_' && !attributes.is_empty() {
                    let text: Vec<String> = self.until(line).iter().map(|it| inline::shown(it)).collect();
                    self.out.paragraph(&text.join("\n"));
                    return self.attribution();
                }
                self.attributes.clear();
            }
        }
    }

    fn table(&mut self, delimiter: &'a str) {
        let lines = self.until(delimiter);
        let grid = tables::table(delimiter, &self.attributes, &lines, |cell| {
            cell.lines()
                .map(|it| inline::shown(it.strip_suffix(" +").unwrap_or(it)))
                .collect::<Vec<_>>()
                .join(" ")
        });
        self.attributes.clear();
        let headed = grid.looks_headed();
        self.out.table(grid, headed);
    }
}

enum Mark {
    Bullet(usize),
    Numbered(usize),
    /// A number or letter as it is written.
    Written(String),
    Term(usize, String),
}

/// The mark of an item, and its words.
fn item(line: &str) -> Option<(Mark, &str)> {
    let line = line.trim_start();
    if let Some(words) = line.strip_prefix("- ") {
        return Some((Mark::Bullet(0), words.trim_start()));
    }
    let (mark, words) = line.split_once(' ').unwrap_or((line, ""));
    let length = mark.chars().count();
    if length <= 6 && !words.is_empty() {
        if mark.chars().all(|it| it == '*') {
            return Some((Mark::Bullet(length - 1), words.trim_start()));
        }
        if mark.chars().all(|it| it == '.') {
            return Some((Mark::Numbered(length - 1), words.trim_start()));
        }
        let number = mark.strip_suffix(['.', ')']).unwrap_or_default();
        let is_number = !number.is_empty()
            && (number.chars().all(|it| it.is_ascii_digit())
                || number.len() == 1 && number.chars().all(|it| it.is_ascii_alphabetic()));
        if is_number {
            return Some((Mark::Written(mark.to_owned()), words.trim_start()));
        }
        let callout = mark.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
        if callout.is_some_and(|it| it == "." || it.chars().all(|it| it.is_ascii_digit())) {
            return Some((Mark::Written(mark.to_owned()), words.trim_start()));
        }
    }
    for (at, mark) in ["::::", ":::", "::", ";;"].iter().enumerate() {
        let Some((term, words)) = line.split_once(mark) else { continue };
        let depth = if *mark == ";;" { 1 } else { 2usize.saturating_sub(at) };
        let stands =
            !term.is_empty() && !term.contains("://") && (words.is_empty() || words.starts_with(' '));
        return stands.then(|| (Mark::Term(depth, term.trim().to_owned()), words.trim()));
    }
    None
}

fn kind(attributes: &str) -> Option<Kind> {
    attributes.split(',').find_map(|it| {
        Some(match it.trim() {
            "arabic" => Kind::Decimal,
            "loweralpha" => Kind::LowerLetter,
            "upperalpha" => Kind::UpperLetter,
            "lowerroman" => Kind::LowerRoman,
            "upperroman" => Kind::UpperRoman,
            "decimal" => Kind::DecimalZero,
            _ => return None,
        })
    })
}

/// The word before a note.
fn label(attributes: &str) -> Option<&str> {
    let first = attributes.split([',', '.', '#', '%']).next()?.trim();
    matches!(first, "NOTE" | "TIP" | "IMPORTANT" | "CAUTION" | "WARNING").then_some(first)
}

fn is_table(line: &str) -> bool {
    line.len() >= 4 && line[1..].chars().all(|it| it == '=') && line.starts_with(['|', ',', ':', '!'])
}

fn is_rule(line: &str) -> bool {
    matches!(line, "'''" | "<<<" | "---" | "***") || line.starts_with("toc::[") || line.starts_with("video::")
}

/// The words for a picture that stands alone.
fn picture(line: &str) -> Option<&str> {
    let (_, attributes) = line.strip_prefix("image::")?.split_once('[')?;
    let first = attributes.trim_end_matches(']').split(',').next().unwrap_or_default();
    Some(first.trim_matches('"')).filter(|it| !it.contains('=')).or(Some(""))
}

/// `.Words` above a block.
fn block_title(line: &str) -> Option<&str> {
    let words = line.strip_prefix('.')?;
    (!words.starts_with(['.', ' '])).then_some(words)
}

fn title(line: &str) -> Option<(u8, &str)> {
    let mark = line.bytes().next().filter(|it| matches!(it, b'=' | b'#'))?;
    let level = line.bytes().take_while(|it| *it == mark).count();
    let title = line[level..].strip_prefix(' ')?.trim();
    let title = title.trim_end_matches(char::from(mark)).trim_end();
    (1..=6).contains(&level).then_some(())?;
    (!title.is_empty()).then_some((u8::try_from(level).unwrap_or(6), title))
}

#[cfg(test)]
#[path = "asciidoc_tests.rs"]
mod tests;
