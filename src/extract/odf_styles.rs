//! Styles of OpenDocument files, as far as they decide what is seen and how it is numbered.

use super::numbering::{Counters, Kind, Level};
use super::xml::{attr, child, name};
use roxmltree::{Document, Node};
use std::collections::{HashMap, HashSet};

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextStyle {
    /// What is not said here is as it is around.
    pub hidden: Option<bool>,
    pub white: Option<bool>,
    pub backed: bool,
    pub struck: Option<bool>,
    /// 1 raised, -1 lowered.
    pub script: i8,
}

impl TextStyle {
    /// Whether text in this style is not seen.
    pub(super) fn is_unseen(self) -> bool {
        self.hidden == Some(true) || self.white == Some(true) && !self.backed
    }
}

#[derive(Default)]
pub(super) struct Styles {
    texts: HashMap<String, TextStyle>,
    parents: HashMap<String, String>,
    sections: HashMap<String, bool>,
    hidden_tables: HashSet<String>,
    lists: HashMap<String, Vec<Level>>,
    list_of: HashMap<String, String>,
    pub outline: Vec<Level>,
}

impl Styles {
    pub(super) fn read(&mut self, document: &Document<'_>) {
        for node in document.descendants().filter(Node::is_element) {
            match name(node) {
                "style" | "default-style" => self.style(node),
                "list-style" => {
                    if let Some(name) = attr(node, "name") {
                        self.lists.insert(name.to_owned(), levels(node));
                    }
                }
                "outline-style" => self.outline = levels(node),
                _ => {}
            }
        }
    }

    fn style(&mut self, node: Node<'_, '_>) {
        let Some(own) = attr(node, "name") else { return };
        if let Some(parent) = attr(node, "parent-style-name") {
            self.parents.insert(own.to_owned(), parent.to_owned());
        }
        if let Some(list) = attr(node, "list-style-name") {
            self.list_of.insert(own.to_owned(), list.to_owned());
        }
        let mut style = TextStyle::default();
        for properties in node.children().filter(Node::is_element) {
            style.hidden = attr(properties, "display").map(|it| it == "none").or(style.hidden);
            let color = attr(properties, "color").map(|it| it.eq_ignore_ascii_case("#ffffff"));
            style.white = color.or(style.white);
            let line = attr(properties, "text-line-through-style")
                .or_else(|| attr(properties, "text-line-through-type"));
            style.struck = line.map(|it| it != "none").or(style.struck);
            let background = attr(properties, "background-color").or_else(|| attr(properties, "fill-color"));
            style.backed |=
                background.is_some_and(|it| it != "transparent" && !it.eq_ignore_ascii_case("#ffffff"));
            let position = attr(properties, "text-position").and_then(|it| it.split_whitespace().next());
            style.script = match position {
                Some("super") => 1,
                Some("sub") => -1,
                Some(percent) if percent.starts_with('-') => -1,
                Some(percent) if percent != "0%" => 1,
                _ => style.script,
            };
            if name(properties) == "table-properties" && attr(properties, "display") == Some("false") {
                self.hidden_tables.insert(own.to_owned());
            }
            if name(properties) == "section-properties" {
                self.sections.insert(own.to_owned(), attr(properties, "display") == Some("none"));
            }
        }
        self.texts.insert(own.to_owned(), style);
    }

    /// A style with what it takes over from those it is based on.
    pub(super) fn text(&self, own: Option<&str>) -> TextStyle {
        let mut style = TextStyle::default();
        let mut next = own;
        for _ in 0..10 {
            let Some(name) = next else { break };
            if let Some(own) = self.texts.get(name) {
                style.hidden = style.hidden.or(own.hidden);
                style.white = style.white.or(own.white);
                style.struck = style.struck.or(own.struck);
                style.backed |= own.backed;
                style.script = if style.script == 0 { own.script } else { style.script };
            }
            next = self.parents.get(name).map(String::as_str);
        }
        style
    }

    /// Whether a section is not shown.
    pub(super) fn hides_section(&self, own: Option<&str>) -> bool {
        own.is_some_and(|it| self.sections.get(it).copied().unwrap_or(false))
    }

    /// Whether a sheet is shown only to those who ask for it.
    pub(super) fn hides_table(&self, own: Option<&str>) -> bool {
        own.is_some_and(|it| self.hidden_tables.contains(it))
    }

    pub(super) fn list(&self, own: Option<&str>) -> Option<&[Level]> {
        self.lists.get(own?).map(Vec::as_slice)
    }

    /// The list style that a paragraph's style brings along.
    pub(super) fn list_style_of(&self, paragraph: &str) -> Option<&str> {
        self.list_of.get(paragraph).map(String::as_str)
    }

    /// Whether a style is based on the one for the name on the cover.
    pub(super) fn is_title(&self, own: Option<&str>) -> bool {
        let mut next = own;
        for _ in 0..10 {
            match next {
                Some("Title") => return true,
                Some(name) => next = self.parents.get(name).map(String::as_str),
                None => break,
            }
        }
        false
    }
}

/// Levels of a list: how each is numbered.
fn levels(node: Node<'_, '_>) -> Vec<Level> {
    let mut levels = vec![Level::bullet(); 10];
    for level in node.children().filter(Node::is_element) {
        let Some(at) =
            attr(level, "level").and_then(|it| it.parse::<usize>().ok()).filter(|it| (1..=10).contains(it))
        else {
            continue;
        };
        levels[at - 1] = match name(level) {
            "list-level-style-number" | "outline-level-style" => numbered(level, at),
            _ => Level::bullet(),
        };
    }
    levels
}

fn numbered(level: Node<'_, '_>, at: usize) -> Level {
    let kind = match attr(level, "num-format") {
        Some("1") => Kind::Decimal,
        Some("01") => Kind::DecimalZero,
        Some("1st") => Kind::Ordinal,
        Some("One") => Kind::Cardinal,
        Some("First") => Kind::OrdinalText,
        Some("a") => Kind::LowerLetter,
        Some("A") => Kind::UpperLetter,
        Some("i") => Kind::LowerRoman,
        Some("I") => Kind::UpperRoman,
        _ => Kind::None,
    };
    let shown = attr(level, "display-levels").and_then(|it| it.parse().ok()).unwrap_or(1usize).clamp(1, at);
    let places: Vec<String> = (at + 1 - shown..=at).map(|it| format!("%{it}")).collect();
    let prefix = attr(level, "num-prefix").unwrap_or_default();
    let suffix = attr(level, "num-suffix").unwrap_or_default();
    let text =
        if kind == Kind::None { String::new() } else { format!("{prefix}{}{suffix}", places.join(".")) };
    let start = attr(level, "start-value").and_then(|it| it.parse().ok()).unwrap_or(1);
    Level { kind, text, start, ..Level::bullet() }
}

/// Counters of the lists of a document, by the name of their style.
#[derive(Default)]
pub(super) struct Lists {
    counters: HashMap<String, Counters>,
}

impl Lists {
    /// The label of the next item.
    pub(super) fn label(&mut self, style: &str, levels: &[Level], depth: usize) -> String {
        self.counters.entry(style.to_owned()).or_default().label(levels, depth)
    }

    /// A list that does not go on from one before.
    pub(super) fn restart(&mut self, style: &str) {
        self.counters.remove(style);
    }

    pub(super) fn set(&mut self, style: &str, depth: usize, value: i64) {
        self.counters.entry(style.to_owned()).or_default().set(depth, value);
    }
}

/// The words of a description beside a picture.
pub(super) fn description(frame: Node<'_, '_>) -> Option<String> {
    let text =
        |wanted| child(frame, wanted).and_then(|it| it.text()).map(str::trim).filter(|it| !it.is_empty());
    text("desc").or_else(|| text("title")).map(str::to_owned)
}
