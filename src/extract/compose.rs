//! Text with structure, written block by block as markdown. Nothing is escaped: the text is for reading and searching.
//! Headings are noted where they are written, so that words that look like markup are not taken for them.

use super::clean;
use super::grid::Grid;
use super::page::Heading;
use super::sink::Unit;
use super::tabbed;

/// A document on its way to a [`Unit`].
#[derive(Default)]
pub(super) struct Composer {
    text: String,
    headings: Vec<Heading>,
    /// Characters that are in the file but that it does not show.
    hidden: usize,
    notes: Vec<String>,
}

/// Less hidden text than this is not worth a word.
const HIDDEN_CHARS: usize = 100;

impl Composer {
    pub(super) fn heading(&mut self, level: u8, title: &str) {
        let title = one_line(&clean::normalise(title));
        if title.is_empty() {
            return;
        }
        self.gap();
        let level = level.clamp(1, 9);
        self.headings.push(Heading { start: self.text.len(), level, title: title.clone() });
        self.text.push_str(&"#".repeat(usize::from(level.min(6))));
        self.text.push(' ');
        self.text.push_str(&title);
        self.text.push('\n');
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        let text = clean::normalise(text);
        if !text.is_empty() {
            self.gap();
            self.text.push_str(text.trim_start_matches(' '));
            self.text.push('\n');
        }
    }

    /// An item of a list: it follows the item before without an empty line.
    pub(super) fn item(&mut self, depth: usize, marker: &str, text: &str) {
        let text = one_line(&clean::normalise(text));
        if text.is_empty() {
            return;
        }
        if !self.text.trim_end_matches('\n').rsplit('\n').next().is_some_and(is_item) {
            self.gap();
        }
        self.text.push_str(&"  ".repeat(depth.min(8)));
        self.text.push_str(marker);
        self.text.push(' ');
        self.text.push_str(&text);
        self.text.push('\n');
    }

    pub(super) fn code(&mut self, code: &str, language: &str) {
        let code = clean::normalise_kept(code);
        if !code.trim().is_empty() {
            let fence = if code.contains("```") { "~~~~" } else { "```" };
            self.gap();
            self.text.push_str(&format!("{fence}{language}\n{}\n{fence}\n", code.trim_end()));
        }
    }

    pub(super) fn table(&mut self, grid: Grid, first_is_header: bool) {
        if !grid.is_empty() {
            self.gap();
            self.text.push_str(&clean::normalise(&grid.into_markdown(first_is_header)));
            self.text.push('\n');
        }
    }

    /// Takes in what another composer wrote.
    pub(super) fn append(&mut self, other: Self) {
        if !other.text.is_empty() {
            self.gap();
            let start = self.text.len();
            let moved = other.headings.into_iter().map(|it| Heading { start: it.start + start, ..it });
            self.headings.extend(moved);
            self.text.push_str(&other.text);
        }
        self.hidden += other.hidden;
        self.notes.extend(other.notes);
    }

    pub(super) fn hide(&mut self, text: &str) {
        self.hidden += text.chars().filter(|it| !it.is_whitespace()).count();
    }

    /// Takes over what another composer knows is hidden, without its text.
    pub(super) fn hide_as(&mut self, other: &Self) {
        self.hidden += other.hidden;
    }

    /// Something people should know about the file, once.
    pub(super) fn note(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn unit(mut self) -> Unit {
        if let Some(note) = hidden_note(self.hidden) {
            self.note(note);
        }
        self.text.truncate(self.text.trim_end().len());
        if let Some((text, headings)) = tabbed::compose(&self.text, &self.headings) {
            (self.text, self.headings) = (text, headings);
        }
        let warning = (!self.notes.is_empty()).then(|| self.notes.join(". "));
        Unit { headings: self.headings, markdown: true, warning, ..Unit::text(self.text) }
    }

    fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }
}

/// What to say about text that a file does not show.
pub(super) fn hidden_note(chars: usize) -> Option<String> {
    (chars >= HIDDEN_CHARS).then(|| format!("{chars} characters that the file does not show are left out"))
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let mark = line.split(' ').next().unwrap_or_default();
    let numbered = mark.len() <= 12 && mark.ends_with(['.', ')']) && mark.len() < line.len();
    mark == "-" || numbered
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
