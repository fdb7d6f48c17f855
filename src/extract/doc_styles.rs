//! The styles of a Word file from before 2007.

use super::cfb::u16_at;
use super::doc_file::{Paragraph, RunLook};

/// Styles are based on others at most so often.
const MAX_CHAIN: usize = 20;

#[derive(Default)]
pub(super) struct Styles {
    styles: Vec<Option<Style>>,
}

struct Style {
    /// The number of a style that Word itself brings along.
    known_as: u16,
    /// Of paragraphs, of characters, and others.
    kind: u16,
    based_on: u16,
    look: RunLook,
    paragraph: Paragraph,
}

/// How text is shown, with all that its styles say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shown {
    pub hidden: bool,
    pub white: bool,
    pub backed: bool,
    pub struck: bool,
    pub script: i8,
}

const HEADINGS: std::ops::RangeInclusive<u16> = 1..=9;
const TITLE: u16 = 62;

impl Styles {
    pub(super) fn read(part: &[u8]) -> Self {
        let head = u16_at(part, 0).map_or(0, usize::from);
        let base = u16_at(part, 4).map_or(10, usize::from);
        let count = u16_at(part, 2).map_or(0, usize::from);
        let mut rest = part.get(2 + head..).unwrap_or_default();
        let mut styles = Vec::new();
        while let Some(length) = u16_at(rest, 0).map(usize::from).filter(|_| styles.len() < count) {
            let Some(own) = rest.get(2..2 + length) else { break };
            styles.push(style(own, base));
            rest = &rest[2 + length..];
        }
        Self { styles }
    }

    /// A style and those it is based on; one of paragraphs takes nothing from one of characters.
    fn chain(&self, style: u16) -> impl Iterator<Item = (u16, &Style)> {
        let mut next = Some(style);
        let mut kind = None;
        let chain = std::iter::from_fn(move || {
            let number = next?;
            let style = self.styles.get(usize::from(number))?.as_ref()?;
            if *kind.get_or_insert(style.kind) != style.kind {
                return None;
            }
            next = (style.based_on != 0xFFF).then_some(style.based_on);
            Some((number, style))
        });
        chain.take(MAX_CHAIN)
    }

    /// The level of a heading, 1 the highest.
    pub(super) fn heading(&self, paragraph: &Paragraph) -> Option<u8> {
        let of_outline = |it: u8| (it < 9).then_some(it + 1);
        if let Some(outline) = paragraph.outline {
            return of_outline(outline);
        }
        for (_, style) in self.chain(paragraph.style) {
            if style.known_as == TITLE {
                return Some(1);
            }
            if let Some(outline) = style.paragraph.outline {
                return of_outline(outline);
            }
            if HEADINGS.contains(&style.known_as) {
                return u8::try_from(style.known_as).ok();
            }
        }
        // Those are their places, whatever became of the sheet of styles.
        let lost = self.styles.is_empty() && HEADINGS.contains(&paragraph.style);
        u8::try_from(paragraph.style).ok().filter(|_| lost)
    }

    /// The list that a style puts its paragraphs in, the level if it says one, and the style that says so.
    pub(super) fn list(&self, style: u16) -> Option<(u16, Option<u8>, u16)> {
        let level = self.chain(style).find_map(|(_, it)| it.paragraph.level);
        self.chain(style).find_map(|(number, it)| Some((it.paragraph.list?, level, number)))
    }

    pub(super) fn shown(&self, own: RunLook, paragraph: &Paragraph) -> Shown {
        let by_paragraph = self.base(paragraph.style);
        let by_style = match own.style {
            Some(style) => over(by_paragraph, self.looks(style)),
            None => by_paragraph,
        };
        let shown = over(by_style, [own].into_iter());
        Shown { backed: shown.backed || paragraph.backed || self.is_backed(paragraph.style), ..shown }
    }

    fn base(&self, style: u16) -> Shown {
        over(Shown::default(), self.looks(style))
    }

    /// What a style and those it is based on say, the ground first.
    fn looks(&self, style: u16) -> impl Iterator<Item = RunLook> {
        let mut looks: Vec<RunLook> = self.chain(style).map(|(_, it)| it.look).collect();
        looks.reverse();
        looks.into_iter()
    }

    fn is_backed(&self, style: u16) -> bool {
        self.chain(style).any(|(_, it)| it.paragraph.backed)
    }
}

fn over(mut shown: Shown, looks: impl Iterator<Item = RunLook>) -> Shown {
    for look in looks {
        let switched = |own: Option<u8>, around: bool| match own {
            Some(0) => false,
            Some(1) => true,
            Some(0x81) => !around,
            _ => around,
        };
        shown.hidden = switched(look.hidden, shown.hidden);
        shown.struck = switched(look.struck, shown.struck);
        shown.white = look.white.unwrap_or(shown.white);
        shown.script = look.script.unwrap_or(shown.script);
        shown.backed |= look.backed;
    }
    shown
}

fn style(own: &[u8], base: usize) -> Option<Style> {
    let known_as = u16_at(own, 0)? & 0xFFF;
    let kind = u16_at(own, 2)? & 0xF;
    let based_on = u16_at(own, 2)? >> 4;
    let count = u16_at(own, 4)? & 0xF;
    let mut style =
        Style { known_as, kind, based_on, look: RunLook::default(), paragraph: Paragraph::default() };
    let name = u16_at(own, base).map_or(0, usize::from);
    let mut at = base + 2 + name * 2 + 2;
    for index in 0..count {
        at += at % 2;
        let Some(length) = u16_at(own, at).map(usize::from) else { break };
        let list = own.get(at + 2..(at + 2 + length).min(own.len())).unwrap_or_default();
        match (kind, index) {
            // A style of paragraphs says first how these are, then how their characters are.
            (1, 0) => style.paragraph.read(list.get(2..).unwrap_or_default()),
            (1, 1) | (2, 0) => style.look.read(list),
            _ => {}
        }
        at += 2 + length;
    }
    Some(style)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A style with an empty name and the properties of its characters.
    fn written(kind: u16, based_on: u16, look: &[u8]) -> Vec<u8> {
        let lists: &[&[u8]] = if kind == 1 { &[&[0, 0], look] } else { &[look] };
        let mut own = [0xFFEu16, kind | based_on << 4, lists.len() as u16, 0, 0, 0, 0]
            .iter()
            .flat_map(|it| it.to_le_bytes())
            .collect::<Vec<u8>>();
        for list in lists {
            own.resize(own.len().next_multiple_of(2), 0);
            own.extend((list.len() as u16).to_le_bytes());
            own.extend_from_slice(list);
        }
        [(own.len() as u16).to_le_bytes().to_vec(), own].concat()
    }

    fn sheet(styles: &[Vec<u8>]) -> Styles {
        let mut part = vec![4, 0];
        part.extend((styles.len() as u16).to_le_bytes());
        part.extend([10, 0]);
        styles.iter().for_each(|it| part.extend(it));
        Styles::read(&part)
    }

    #[test]
    fn styles_take_over_what_those_below_them_say() {
        let (hidden, raised) = ([0x3C, 0x08, 1], [0x48, 0x2A, 1]);
        let styles = sheet(&[
            written(1, 0xFFF, &hidden),
            written(1, 0, &[]),
            written(2, 0xFFF, &raised),
            // A style of paragraphs on one of characters, as damaged files have it.
            written(1, 2, &[]),
        ]);
        let shown =
            |style: u16| styles.shown(RunLook::default(), &Paragraph { style, ..Paragraph::default() });
        let struck = RunLook { struck: Some(1), ..RunLook::default() };
        assert!(styles.shown(struck, &Paragraph::default()).struck);
        assert!(shown(0).hidden && shown(1).hidden && !shown(3).hidden);
        assert_eq!((shown(2).script, shown(3).script), (1, 0));
        let twice = RunLook { hidden: Some(0x81), ..RunLook::default() };
        assert!(!styles.shown(twice, &Paragraph { style: 1, ..Paragraph::default() }).hidden);
        let by_character = RunLook { style: Some(2), ..RunLook::default() };
        assert_eq!(styles.shown(by_character, &Paragraph { style: 3, ..Paragraph::default() }).script, 1);
    }
}
