//! reStructuredText as its readers see it: titles, paragraphs, lists, tables, and what directives show.

use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::format::Format;
use super::rst_inline::Names;
use super::rst_names;
use super::sink::{Sink, Source};
use super::{elsewhere, rst_directives, rst_table, text};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Rst)?;
    sink.flat(compose(&text).unit())
}

fn compose(text: &str) -> Composer {
    let text = text.replace('\t', "        ");
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let names = rst_names::of(&lines);
    let mut reader = Reader {
        names: &names,
        out: Composer::default(),
        styles: Vec::new(),
        elsewhere: Vec::new(),
        depth: 0,
    };
    reader.blocks(&lines);
    if let Some(note) = elsewhere::note(&reader.elsewhere) {
        reader.out.note(note);
    }
    reader.out
}

/// Lines before an item of a list that counts by itself.
const MAX_LOOK_BACK: usize = 2_000;
/// Blocks within blocks.
const MAX_DEPTH: usize = 40;

pub(super) struct Reader<'a> {
    pub names: &'a Names,
    pub out: Composer,
    /// Levels are given by the order in which the styles of titles first come.
    styles: Vec<(char, bool)>,
    /// Files that are taken in.
    pub elsewhere: Vec<String>,
    depth: usize,
}

/// Lines that belong together.
pub(super) type Lines<'t> = [&'t str];

impl Reader<'_> {
    pub(super) fn paragraph(&mut self, text: &str) {
        let text = self.names.shown(text);
        self.out.paragraph(&text);
    }

    /// Reads blocks that stand deeper.
    pub(super) fn inner(&mut self, lines: &Lines<'_>) {
        if self.depth >= MAX_DEPTH {
            return self.out.paragraph(&lines.join("\n"));
        }
        self.depth += 1;
        self.blocks(lines);
        self.depth -= 1;
    }

    fn blocks(&mut self, lines: &Lines<'_>) {
        let mut at = 0;
        while at < lines.len() {
            at += if lines[at].is_empty() { 1 } else { self.block(lines, at).max(1) };
        }
    }

    /// Reads the block that begins at a line; how many lines it takes.
    fn block(&mut self, lines: &Lines<'_>, at: usize) -> usize {
        let line = lines[at];
        if let Some((title, style, taken)) = title(lines, at) {
            let level = self.styles.iter().position(|it| *it == style).unwrap_or_else(|| {
                self.styles.push(style);
                self.styles.len() - 1
            });
            let title = self.names.shown(&title);
            self.out.heading(u8::try_from(level + 1).unwrap_or(6).min(6), &title);
            return taken;
        }
        if line.starts_with(".. ") || line == ".." || line.starts_with("__ ") {
            let taken = explicit(lines, at);
            rst_directives::read(self, &lines[at..at + taken]);
            return taken;
        }
        if line.starts_with(' ') {
            let taken = indented(lines, at);
            let inside = dedented(&lines[at..at + taken]);
            self.inner(&inside);
            return taken;
        }
        if let Some(taken) = self.table(lines, at) {
            return taken;
        }
        if ruled(line).is_some_and(|_| line.len() >= 4) {
            return 1;
        }
        if line.starts_with(">>> ") {
            let taken = length(&lines[at..], |it| !it.is_empty());
            self.out.code(&lines[at..at + taken].join("\n"), "");
            return taken;
        }
        if line == "|" || line.starts_with("| ") {
            let taken = length(&lines[at..], |it| it.starts_with('|') || it.starts_with(' '));
            let text: Vec<String> = lines[at..at + taken]
                .iter()
                .map(|it| self.names.shown(it.trim_start_matches('|').trim_start()))
                .collect();
            self.out.paragraph(&text.join("\n"));
            return taken;
        }
        if let Some(mark) = item(line).filter(|it| !is_paragraph(it, lines, at)) {
            return self.list(lines, at, &mark);
        }
        if let Some((name, rest)) = field(line) {
            let taken = 1 + belonging(&lines[at + 1..]);
            let mut words = vec![rest.trim()];
            words.extend(lines[at + 1..at + taken].iter().map(|it| it.trim()));
            let words = one_line(&words.join(" "));
            if !words.is_empty() {
                self.paragraph(&format!("{name}: {words}"));
            }
            return taken;
        }
        self.text(lines, at)
    }

    /// A paragraph, a term with what is said of it, and what stands as it is behind a `::`.
    fn text(&mut self, lines: &Lines<'_>, at: usize) -> usize {
        let taken = 1 + length(&lines[at + 1..], |it| !it.is_empty() && !it.starts_with(' '));
        let next = lines.get(at + taken).copied().unwrap_or_default();
        if taken == 1 && next.starts_with(' ') {
            let inside = indented(lines, at + 1);
            self.term(lines[at], &dedented(&lines[at + 1..at + 1 + inside]));
            return 1 + inside;
        }
        let mut text = lines[at..at + taken].join("\n");
        let Some(before) = text.strip_suffix("::") else {
            self.paragraph(&text);
            return taken;
        };
        // Alone, the mark is not shown; behind words, one colon is.
        let shown = before.trim_end().len();
        let is_close = shown == before.len() && !before.is_empty();
        text.truncate(shown);
        if is_close {
            text.push(':');
        }
        self.paragraph(&text);
        taken + self.literal(&lines[at + taken..])
    }

    fn literal(&mut self, lines: &Lines<'_>) -> usize {
        let gap = length(lines, |it| it.is_empty());
        let first = lines.get(gap).copied().unwrap_or_default();
        let taken = if first.starts_with(' ') {
            indented(lines, gap)
        } else {
            let mark = first.chars().next().filter(char::is_ascii_punctuation);
            mark.map_or(0, |mark| length(&lines[gap..], |it| it.starts_with(mark)))
        };
        let code = dedented(&lines[gap..gap + taken]);
        self.out.code(&code.join("\n"), "");
        gap + taken
    }

    fn term(&mut self, term: &str, inside: &Lines<'_>) {
        let term = self.names.shown(term.split(" : ").next().unwrap_or(term));
        let first = length(inside, |it| !it.is_empty());
        let simple =
            first > 0 && item(inside[0]).is_none() && !inside[0].starts_with(['.', '|', '+', '=', ' ']);
        if !simple {
            self.out.paragraph(&format!("{term}:"));
            return self.inner(inside);
        }
        let words = self.names.shown(&inside[..first].join(" "));
        self.out.paragraph(&format!("{term}: {words}"));
        self.inner(&inside[first..]);
    }

    fn table(&mut self, lines: &Lines<'_>, at: usize) -> Option<usize> {
        let names = self.names;
        let shown = |cell: &[String]| {
            let lines: Vec<&str> = cell.iter().map(|it| it.trim_end()).collect();
            let mut inside = Reader {
                names,
                out: Composer::default(),
                styles: Vec::new(),
                elsewhere: Vec::new(),
                depth: MAX_DEPTH - 2,
            };
            inside.blocks(&dedented(&lines));
            one_line(inside.out.text())
        };
        let (grid, taken) = if rst_table::is_grid(lines[at]) {
            let taken = length(&lines[at..], |it| it.starts_with(['+', '|']));
            (rst_table::grid(&lines[at..at + taken], shown)?, taken)
        } else if rst_table::is_simple(lines[at]) {
            // It ends at the second border behind which nothing follows.
            let is_border = |it: &&str| rst_table::is_simple(it);
            let borders: Vec<usize> = lines[at..]
                .iter()
                .enumerate()
                .filter(|(_, it)| is_border(it))
                .map(|(at, _)| at)
                .take(3)
                .collect();
            let end =
                borders.iter().skip(1).find(|end| lines.get(at + **end + 1).is_none_or(|it| it.is_empty()));
            let taken = *end? + 1;
            (rst_table::simple(&lines[at..at + taken], shown)?, taken)
        } else {
            return None;
        };
        if grid.is_empty() {
            return None;
        }
        let headed = grid.looks_headed();
        self.out.table(grid, headed);
        Some(taken)
    }

    fn list(&mut self, lines: &Lines<'_>, at: usize, mark: &Mark) -> usize {
        let width = mark.width;
        let inside = 1 + length(&lines[at + 1..], |it| {
            it.is_empty() || it.len() - it.trim_start().len() >= width.min(2) && it.starts_with(' ')
        });
        let taken = inside - lines[at..at + inside].iter().rev().take_while(|it| it.is_empty()).count();
        let first = lines[at].get(width..).unwrap_or_default();
        let mut own: Vec<&str> = vec![first];
        own.extend(dedented(&lines[at + 1..at + taken]));
        let words = length(&own, |it| !it.is_empty());
        // Items right below belong to a list within.
        let words =
            own[1..words.max(1)].iter().position(|it| item(it).is_some()).map_or(words.max(1), |it| it + 1);
        let marker = match mark.number {
            None => "-".to_owned(),
            Some(label) if label.contains('#') => {
                let before = lines[..at]
                    .iter()
                    .rev()
                    .take(MAX_LOOK_BACK)
                    .take_while(|it| it.is_empty() || it.starts_with(' ') || item(it).is_some());
                let count =
                    before.filter(|it| item(it).is_some_and(|it| it.number == Some(label))).count() + 1;
                label.replace('#', &count.to_string())
            }
            Some(label) => label.to_owned(),
        };
        let text = self.names.shown(&own[..words].join(" "));
        self.out.item(self.depth, &marker, &text);
        self.inner(&own[words..]);
        taken
    }
}

/// The mark of an item, and how far its words are in.
struct Mark<'a> {
    number: Option<&'a str>,
    width: usize,
}

fn item(line: &str) -> Option<Mark<'_>> {
    let (mark, rest) = line.split_once(' ')?;
    if rest.trim().is_empty() {
        return None;
    }
    let width = line.len() - rest.trim_start().len();
    if matches!(mark, "*" | "-" | "+" | "•") {
        return Some(Mark { number: None, width });
    }
    let number = mark.strip_prefix('(').unwrap_or(mark).strip_suffix(['.', ')'])?;
    let is_roman = number.len() < 8 && number.chars().all(|it| "ivxlcdmIVXLCDM".contains(it));
    let is_number = number == "#"
        || !number.is_empty() && number.len() < 6 && number.chars().all(|it| it.is_ascii_digit());
    let is_letter = number.len() == 1 && number.chars().all(|it| it.is_ascii_alphabetic());
    (is_number || is_letter || is_roman && !number.is_empty()).then_some(Mark { number: Some(mark), width })
}

/// Whether a line that begins as an item does, with a number or an initial, is the first of a paragraph: the next line
/// goes on with it and does not stand deeper.
fn is_paragraph(mark: &Mark<'_>, lines: &Lines<'_>, at: usize) -> bool {
    let goes_on = |next: &&str| !next.is_empty() && !next.starts_with([' ', '.']) && item(next).is_none();
    mark.number.is_some() && lines.get(at + 1).is_some_and(goes_on)
}

/// `:name: words`
pub(super) fn field(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = line.strip_prefix(':')?.split_once(':')?;
    let is_name = !name.is_empty() && !name.starts_with(' ') && name.len() < 60 && !name.contains('`');
    (is_name && (rest.is_empty() || rest.starts_with(' '))).then_some((name, rest))
}

/// How many lines from the first on are so.
pub(super) fn length(lines: &Lines<'_>, so: impl Fn(&&str) -> bool) -> usize {
    lines.iter().take_while(|it| so(it)).count()
}

/// How many of the following lines belong to the one before: they are indented, empty ones between them.
fn belonging(lines: &Lines<'_>) -> usize {
    let taken = length(lines, |it| it.is_empty() || it.starts_with(' '));
    taken - lines[..taken].iter().rev().take_while(|it| it.is_empty()).count()
}

fn indented(lines: &Lines<'_>, at: usize) -> usize {
    belonging(&lines[at..])
}

/// A directive, comment, note or target with all its lines.
fn explicit(lines: &Lines<'_>, at: usize) -> usize {
    // An empty comment takes nothing along.
    if lines[at] == ".." && lines.get(at + 1).is_none_or(|it| it.is_empty()) {
        return 1;
    }
    1 + belonging(&lines[at + 1..])
}

/// Lines without the blanks that all of them begin with.
pub(super) fn dedented<'t>(lines: &Lines<'t>) -> Vec<&'t str> {
    let indent = lines
        .iter()
        .filter(|it| !it.trim().is_empty())
        .map(|it| it.len() - it.trim_start_matches(' ').len())
        .min();
    lines.iter().map(|it| it.get(indent.unwrap_or(0)..).unwrap_or_default()).collect()
}

/// A title at this line: its words, its style, and how many lines it takes.
pub(super) fn title(lines: &Lines<'_>, at: usize) -> Option<(String, (char, bool), usize)> {
    let line = lines[at];
    let after_blank = at == 0 || lines[at - 1].trim().is_empty();
    if let (Some(mark), Some(title), Some(under)) = (ruled(line), lines.get(at + 1), lines.get(at + 2))
        && ruled(under) == Some(mark)
        && !title.trim().is_empty()
        && ruled(title.trim()).is_none()
    {
        return Some((one_line(title), (mark, true), 3));
    }
    let mark = ruled(lines.get(at + 1)?)?;
    let words = line.chars().count();
    let long_enough = lines[at + 1].chars().count() + 1 >= words;
    let is_title = (after_blank || lines[at - 1].starts_with("..") || lines[at - 1].starts_with(' '))
        && !line.trim().is_empty()
        && !line.starts_with(' ')
        && ruled(line).is_none()
        && long_enough;
    is_title.then(|| (one_line(line), (mark, false), 2))
}

fn ruled(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(char::is_ascii_punctuation)?;
    (line.len() >= 3 && line != "..." && line.chars().all(|it| it == mark)).then_some(mark)
}

#[cfg(test)]
#[path = "rst_tests.rs"]
mod tests;
