//! Styles and numbering of Word files.

use super::numbering::{Kind, Level, NumberedList, NumberedLists};
use super::xml::{self, attr, child, is_on, name};
use roxmltree::Node;
use std::collections::HashMap;

#[derive(Debug, Default, Clone)]
struct Style {
    based_on: Option<String>,
    name: String,
    /// 0 is the highest; 9 is body text.
    outline: Option<u8>,
    list: Option<String>,
    list_level: Option<usize>,
    hidden: Option<bool>,
    white: Option<bool>,
    backed: bool,
    struck: Option<bool>,
    script: i8,
}

#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    default_paragraph: Option<String>,
}

/// What a style, with those it is based on, says of its text.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Look {
    pub hidden: bool,
    pub white: bool,
    pub backed: bool,
    pub struck: bool,
    pub script: i8,
}

impl Styles {
    pub(super) fn read(text: Option<&str>) -> Self {
        let document = text.and_then(|it| xml::parse(it).ok());
        document.map(|it| Self::of(it.root_element())).unwrap_or_default()
    }

    /// Those that stand below an element.
    pub(super) fn of(root: Node<'_, '_>) -> Self {
        let mut styles = Self::default();
        for node in root.children().filter(|it| name(*it) == "style") {
            let Some(id) = attr(node, "styleId") else { continue };
            if attr(node, "type") == Some("paragraph")
                && matches!(attr(node, "default"), Some("1" | "true" | "on"))
            {
                styles.default_paragraph = Some(id.to_owned());
            }
            styles.styles.insert(id.to_owned(), style(node));
        }
        styles
    }

    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let mut next = id.or(self.default_paragraph.as_deref());
        let mut left = 20;
        std::iter::from_fn(move || {
            let id = next.filter(|_| left > 0)?;
            left -= 1;
            let style = self.styles.get(id)?;
            next = style.based_on.as_deref();
            Some((id, style))
        })
    }

    /// The level of a heading, 1 the highest.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        for (_, style) in self.chain(id) {
            if style.name == "title" {
                return Some(1);
            }
            if let Some(outline) = style.outline {
                return (outline < 9).then_some(outline + 1);
            }
            if let Some(level) = style.name.strip_prefix("heading ").and_then(|it| it.parse().ok()) {
                return Some(level);
            }
        }
        None
    }

    /// The list that a style puts its paragraphs in, with the level, and the style that says so.
    pub(super) fn list(&self, id: Option<&str>) -> Option<(String, Option<usize>, String)> {
        self.chain(id).find_map(|(id, style)| Some((style.list.clone()?, style.list_level, id.to_owned())))
    }

    pub(super) fn look(&self, id: Option<&str>) -> Look {
        let mut look = Look::default();
        let (mut hidden, mut white, mut struck) = (None, None, None);
        for (_, style) in self.chain(id) {
            hidden = hidden.or(style.hidden);
            white = white.or(style.white);
            struck = struck.or(style.struck);
            look.backed |= style.backed;
            look.script = if look.script == 0 { style.script } else { look.script };
        }
        let (hidden, white) = (hidden.unwrap_or(false), white.unwrap_or(false));
        Look { hidden, white, struck: struck.unwrap_or(false), ..look }
    }
}

fn style(node: Node<'_, '_>) -> Style {
    let paragraph = child(node, "pPr");
    let numbering = paragraph.and_then(|it| child(it, "numPr"));
    let value = |of: Option<Node<'_, '_>>, wanted: &str| {
        of.and_then(|it| child(it, wanted)).and_then(|it| attr(it, "val").map(str::to_owned))
    };
    let mut style = Style {
        based_on: value(Some(node), "basedOn"),
        name: value(Some(node), "name").unwrap_or_default().to_lowercase(),
        outline: value(paragraph, "outlineLvl").and_then(|it| it.parse().ok()),
        list: value(numbering, "numId"),
        list_level: value(numbering, "ilvl").and_then(|it| it.parse().ok()),
        backed: paragraph.is_some_and(is_backed),
        ..Style::default()
    };
    if let Some(run) = child(node, "rPr") {
        let look = run_look(run);
        style.hidden = look.hidden;
        style.white = look.white;
        style.backed |= look.backed;
        style.struck = look.struck;
        style.script = look.script.unwrap_or(0);
    }
    style
}

/// What a run says of itself; what it does not say comes from its styles.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct RunLook {
    pub hidden: Option<bool>,
    pub white: Option<bool>,
    pub backed: bool,
    pub struck: Option<bool>,
    pub script: Option<i8>,
}

pub(super) fn run_look(run: Node<'_, '_>) -> RunLook {
    let value = |wanted: &str| child(run, wanted).and_then(|it| attr(it, "val"));
    let script = value("vertAlign").map(|it| match it {
        "superscript" => 1,
        "subscript" => -1,
        _ => 0,
    });
    // Half points; less is only set with care.
    let moved = value("position").and_then(|it| it.parse::<i32>().ok()).filter(|it| it.abs() >= 4);
    let script = script.or(moved.map(|it| if it > 0 { 1 } else { -1 }));
    let strikes = || ["strike", "dstrike"].into_iter();
    let struck = strikes().any(|it| child(run, it).is_some());
    RunLook {
        struck: struck.then(|| strikes().any(|it| is_on(run, it))),
        hidden: child(run, "vanish").map(|_| is_on(run, "vanish")),
        white: value("color").map(|it| it.eq_ignore_ascii_case("ffffff")),
        backed: is_backed(run) || value("highlight").is_some_and(|it| it != "none" && it != "white"),
        script,
    }
}

/// Whether a fill other than white lies behind.
pub(super) fn is_backed(properties: Node<'_, '_>) -> bool {
    let Some(shade) = child(properties, "shd") else { return false };
    let fill = attr(shade, "fill").unwrap_or("auto");
    !matches!(fill.to_ascii_lowercase().as_str(), "auto" | "ffffff")
        || attr(shade, "themeFill").is_some()
        || !matches!(attr(shade, "val"), None | Some("clear" | "nil"))
}

/// The lists of a file and where they stand.
#[derive(Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Vec<Level>>,
    pub lists: NumberedLists,
}

impl Numbering {
    pub(super) fn read(text: Option<&str>) -> Self {
        let mut numbering = Self::default();
        let Some(document) = text.and_then(|it| xml::parse(it).ok()) else { return numbering };
        let root = document.root_element();
        let mut linked: HashMap<String, String> = HashMap::new();
        let mut by_link: HashMap<String, String> = HashMap::new();
        for node in root.children().filter(|it| name(*it) == "abstractNum") {
            let Some(id) = attr(node, "abstractNumId") else { continue };
            let value = |wanted: &str| child(node, wanted).and_then(|it| attr(it, "val")).map(str::to_owned);
            if let Some(style) = value("numStyleLink") {
                linked.insert(id.to_owned(), style);
            }
            if let Some(style) = value("styleLink") {
                by_link.insert(style, id.to_owned());
            }
            let mut levels = Vec::new();
            for node in node.children().filter(|it| name(*it) == "lvl") {
                put(&mut levels, node);
                let style = child(node, "pStyle").and_then(|it| attr(it, "val"));
                let at = attr(node, "ilvl").and_then(|it| it.parse().ok());
                if let (Some(style), Some(at)) = (style, at) {
                    numbering.lists.level_belongs_to(id, style, at);
                }
            }
            numbering.abstracts.insert(id.to_owned(), levels);
        }
        for node in root.children().filter(|it| name(*it) == "num") {
            let abstract_id = child(node, "abstractNumId").and_then(|it| attr(it, "val"));
            let (Some(id), Some(abstract_id)) = (attr(node, "numId"), abstract_id) else { continue };
            let target =
                linked.get(abstract_id).and_then(|it| by_link.get(it)).map_or(abstract_id, String::as_str);
            let mut levels = numbering.abstracts.get(target).cloned().unwrap_or_default();
            let mut starts = HashMap::new();
            for over in node.children().filter(|it| name(*it) == "lvlOverride") {
                let Some(at) = attr(over, "ilvl").and_then(|it| it.parse().ok()) else { continue };
                let start = child(over, "startOverride")
                    .and_then(|it| attr(it, "val"))
                    .and_then(|it| it.parse().ok());
                if let Some(start) = start {
                    starts.insert(at, start);
                }
                if let Some(level) = child(over, "lvl") {
                    put(&mut levels, level);
                }
            }
            numbering.lists.add(id, NumberedList { counted_as: target.to_owned(), levels, starts });
        }
        numbering
    }
}

fn put(levels: &mut Vec<Level>, node: Node<'_, '_>) {
    let Some(at) = attr(node, "ilvl").and_then(|it| it.parse::<usize>().ok()).filter(|it| *it < 10) else {
        return;
    };
    let value = |wanted: &str| child(node, wanted).and_then(|it| attr(it, "val"));
    levels.resize(levels.len().max(at + 1), Level::bullet());
    let hidden = child(node, "rPr").is_some_and(|it| is_on(it, "vanish"));
    levels[at] = Level {
        kind: value("numFmt").map_or(Kind::Decimal, Kind::by_name),
        text: if hidden { String::new() } else { value("lvlText").unwrap_or_default().to_owned() },
        start: value("start").and_then(|it| it.parse().ok()).unwrap_or(0),
        restart: value("lvlRestart").and_then(|it| it.parse().ok()),
        legal: is_on(node, "isLgl"),
    };
}
