//! One page, read by the engine that reads it best.

use super::doubt::is_doubtful;
use super::fields::Overlay;
use super::oxide::{self, Oxide};
use super::pdfium::{self, Engine};
use super::placed;
use super::raw::RawPage;
use super::structure::{Drawn, Gate};
use super::{clean, vocabulary};
use docent_domain::document::Verdict;
use docent_layout::{Block, Laid, Line, Quality, Rect, lay_out, quality};
use std::cell::OnceCell;

/// More characters than this that the page does not show, and more than a tenth of those it shows, are worth a warning.
const MUCH_HIDDEN: usize = 40;
/// Fewer than this under opaque boxes are an accident.
const FEW_COVERED: usize = 3;
/// With less than this share of what the page's content shows, something is missing.
const THIN: f32 = 0.4;

pub(super) struct Engines<'a> {
    bytes: &'a [u8],
    first: Option<Engine<'a>>,
    /// Opened when it is needed.
    second: OnceCell<Option<Oxide>>,
    may_use_second: bool,
}

/// A page before it is written.
#[derive(Debug)]
pub(super) struct ReadPage {
    pub laid: Laid,
    pub verdict: Verdict,
    pub warning: Option<String>,
    /// Whether there are pictures beside the text.
    pub pictures: bool,
    /// Whether it is the text layer of a scan, and a bad one.
    pub doubtful: bool,
}

impl ReadPage {
    pub(super) fn has_text(&self) -> bool {
        self.verdict == Verdict::Text
    }
}

/// A page as one engine reads it.
struct Reading {
    laid: Laid,
    quality: Quality,
    hidden: usize,
    /// Those of them that lie under opaque boxes.
    covered: usize,
    is_damaged: bool,
    /// Whether its letters follow each other as in no language.
    is_cipher: bool,
    /// Whether it is the text layer of a scan, and a bad one.
    is_doubtful: bool,
    picture_share: f32,
    has_pictures: bool,
}

impl Reading {
    fn is_garbled(&self) -> bool {
        self.is_cipher || self.quality.is_garbled()
    }
}

impl<'a> Engines<'a> {
    pub(super) fn open(bytes: &'a [u8], attempt: u32) -> Self {
        let first = if attempt == 1 { None } else { pdfium::open(bytes) };
        Self { bytes, first, second: OnceCell::new(), may_use_second: attempt < 2 }
    }

    fn second(&self) -> Option<&Oxide> {
        self.second
            .get_or_init(|| self.may_use_second.then(|| oxide::open(self.bytes.to_vec())).flatten())
            .as_ref()
    }

    pub(super) fn pages(&self) -> usize {
        let first = self.first.as_ref().map_or(0, Engine::pages);
        if first > 0 { first } else { self.second().map_or(0, Oxide::pages) }
    }

    pub(super) fn page(&self, index: usize, drawn: Drawn, gate: &Gate, max_bytes: u64) -> ReadPage {
        let overlay = gate.overlay(index);
        if drawn == Drawn::Nothing {
            // Thousands of empty pages cost nothing.
            let reading = read(RawPage::default(), &overlay);
            let verdict = if reading.quality.chars > 0 { Verdict::Text } else { Verdict::Empty };
            return ReadPage { laid: reading.laid, verdict, warning: None, pictures: false, doubtful: false };
        }
        let has_pictures =
            || gate.has_pictures(index).or_else(|| self.second()?.has_pictures(index)).unwrap_or(false);
        let first = self.first.as_ref().and_then(|it| it.page(index)).map(|raw| read(raw, &overlay));
        let best = match first {
            Some(first) if is_good(&first, drawn) => Some(first),
            first => {
                let raw = self.second().and_then(|it| it.page(index));
                let second = raw.map(|mut raw| {
                    if let Some(shown) = gate.shown(index) {
                        raw.shown = shown;
                    }
                    let reading = read(raw, &overlay);
                    // This engine does not tell where pictures stand.
                    Reading { has_pictures: has_pictures(), ..reading }
                });
                better(first, second)
            }
        };
        match best {
            Some(reading) if reading.quality.chars > 0 => judged(reading, drawn),
            // What the page does not show is no text for want of another.
            Some(other) if other.hidden > 0 => without_text(Some(other), drawn, &has_pictures),
            other => {
                let text = self.plain(index, gate, max_bytes).unwrap_or_default();
                if text.is_empty() {
                    without_text(other, drawn, &has_pictures)
                } else {
                    let pictures = has_pictures();
                    ReadPage {
                        laid: as_lines(&text),
                        verdict: Verdict::Text,
                        warning: None,
                        pictures,
                        doubtful: false,
                    }
                }
            }
        }
    }

    /// The text as the engines themselves put it together: where no character has a place.
    fn plain(&self, index: usize, gate: &Gate, max_bytes: u64) -> Option<String> {
        let good = |text: &String| {
            clean::words(text) > 0 && !quality(text).is_garbled() && !vocabulary::is_cipher(text)
        };
        let second = self.second().and_then(|it| it.text(index)).map(|text| clean::normalise_lines(&text));
        let third = || gate.text(index, max_bytes).map(|text| clean::normalise_lines(&text));
        second.filter(good).or_else(|| third().filter(good))
    }
}

fn read(mut raw: RawPage, overlay: &Overlay) -> Reading {
    raw.cover(&overlay.boxes);
    let mut seen = raw.seen();
    let picture_share = raw.picture_share();
    let has_pictures = !raw.pictures.is_empty();
    if seen.is_damaged {
        let text = clean::normalise_lines(&std::mem::take(&mut raw.plain));
        let laid = as_lines(&text);
        return Reading {
            quality: quality(&text),
            laid,
            hidden: 0,
            covered: 0,
            is_damaged: true,
            is_cipher: vocabulary::is_cipher(&text),
            is_doubtful: false,
            picture_share,
            has_pictures,
        };
    }
    let values = placed::glyphs(&overlay.fields, &seen.sheet.glyphs);
    seen.sheet.glyphs.extend(values);
    let laid = lay_out(&seen.sheet);
    let text = text_of(&laid);
    let quality = quality(&text);
    Reading {
        quality,
        laid,
        hidden: seen.hidden,
        covered: seen.covered,
        is_damaged: false,
        is_cipher: vocabulary::is_cipher(&text),
        is_doubtful: seen.layer * 10 > quality.chars * 9 && is_doubtful(&text),
        picture_share,
        has_pictures,
    }
}

/// All text of a page, to be judged.
fn text_of(laid: &Laid) -> String {
    let mut out = String::new();
    for block in &laid.blocks {
        match block {
            Block::Lines(lines) => lines.iter().for_each(|line| {
                out.push_str(&line.text);
                out.push('\n');
            }),
            Block::Table(table) => table.table.rows.iter().flatten().for_each(|cell| {
                out.push_str(&cell.text);
                out.push(' ');
            }),
        }
    }
    out
}

/// Whether another engine need not be asked.
fn is_good(reading: &Reading, drawn: Drawn) -> bool {
    !reading.is_damaged && !reading.is_garbled() && !is_thin(reading, drawn)
}

/// Whether the content shows much more than was read.
fn is_thin(reading: &Reading, drawn: Drawn) -> bool {
    let Drawn::Content { shown_bytes } = drawn else { return reading.quality.chars == 0 };
    // Fonts of many characters take two bytes for each.
    let expected = shown_bytes as f32 * 0.5;
    let found = (reading.quality.chars + reading.hidden) as f32;
    if shown_bytes < 40 {
        reading.quality.chars + reading.hidden == 0 && shown_bytes > 0
    } else {
        found < expected * THIN
    }
}

/// The one that is more of a text. The second has to be clearly better: it knows less of what is seen.
fn better(first: Option<Reading>, second: Option<Reading>) -> Option<Reading> {
    let score = |reading: &Reading| {
        let whole = if reading.is_damaged { 0.7 } else { 1.0 };
        if reading.is_garbled() { 0.0 } else { reading.quality.score() * whole }
    };
    match (first, second) {
        (Some(first), Some(second)) => {
            let hidden = first.hidden > second.quality.chars / 2;
            let more = second.quality.chars > first.quality.chars * 3 / 2 && !hidden;
            let is_better = score(&second) > score(&first) * if more { 1.02 } else { 1.15 }
                && !(hidden && first.quality.chars == 0);
            Some(if is_better { second } else { first })
        }
        (first, second) => first.or(second),
    }
}

fn judged(reading: Reading, drawn: Drawn) -> ReadPage {
    let (thin, is_garbled) = (is_thin(&reading, drawn), reading.is_garbled());
    let Reading {
        laid, quality, hidden, covered, is_damaged, is_doubtful, picture_share, has_pictures, ..
    } = reading;
    if is_garbled {
        let warning = Some("The characters of the page cannot be made out".to_owned());
        return ReadPage {
            laid: Laid::default(),
            verdict: Verdict::Garbled,
            warning,
            pictures: false,
            doubtful: false,
        };
    }
    // A page number on a picture of a page is not its text.
    if quality.chars < 20 && picture_share > 0.5 {
        let warning = Some("The page is a picture; its text needs OCR".to_owned());
        return ReadPage { laid, verdict: Verdict::NeedsOcr, warning, pictures: false, doubtful: false };
    }
    if is_doubtful {
        // It is better than nothing where no recognition is installed.
        let warning = Some("The text layer of the scan is full of errors; the page needs OCR".to_owned());
        return ReadPage { laid, verdict: Verdict::Text, warning, pictures: false, doubtful: true };
    }
    let warning = match () {
        () if is_damaged => {
            Some("The places of the characters are damaged; the text may be out of order".to_owned())
        }
        () if thin => Some("A large part of the page's text could not be read".to_owned()),
        () if covered >= FEW_COVERED => Some(covered_note(covered)),
        () if hidden > MUCH_HIDDEN && hidden * 10 > quality.chars => {
            Some(format!("{hidden} characters that the page does not show are left out"))
        }
        () => None,
    };
    ReadPage { laid, verdict: Verdict::Text, warning, pictures: has_pictures, doubtful: false }
}

/// A name that is blacked out is not meant to be found: that it still is in the file is said in every case.
fn covered_note(covered: usize) -> String {
    format!("{covered} characters under opaque boxes are left out; they are still in the file")
}

fn without_text(reading: Option<Reading>, drawn: Drawn, has_pictures: &dyn Fn() -> bool) -> ReadPage {
    let hidden = reading.as_ref().map_or(0, |it| it.hidden);
    let covered = reading.as_ref().map_or(0, |it| it.covered);
    let pictures = reading.as_ref().is_some_and(|it| it.has_pictures) || has_pictures();
    let shows_text = matches!(drawn, Drawn::Content { shown_bytes } if shown_bytes >= 40);
    let (verdict, warning) = match () {
        () if hidden > 0 && covered == hidden && !pictures => (Verdict::Empty, Some(covered_note(covered))),
        () if pictures => (Verdict::NeedsOcr, Some("The page is a picture; its text needs OCR".to_owned())),
        () if hidden > 0 => {
            (Verdict::Empty, Some(format!("{hidden} characters that the page does not show are left out")))
        }
        () if reading.is_none() => {
            (Verdict::Garbled, Some("The page is damaged and could not be read".to_owned()))
        }
        () if shows_text => {
            (Verdict::Garbled, Some("The characters of the page cannot be made out".to_owned()))
        }
        () => (Verdict::Empty, None),
    };
    ReadPage { laid: Laid::default(), verdict, warning, pictures: false, doubtful: false }
}

/// The page of a form that is not drawn here.
pub(super) fn of_values(values: &str) -> ReadPage {
    let warning = "Only Adobe's programs draw this form (XFA): the values that are filled in are read, and nothing else \
                   of it; print it into a PDF and send that";
    let laid = as_lines(&clean::normalise(values));
    let verdict = if laid.blocks.is_empty() { Verdict::Empty } else { Verdict::Text };
    ReadPage { laid, verdict, warning: Some(warning.to_owned()), pictures: false, doubtful: false }
}

/// A text whose lines have no places.
fn as_lines(text: &str) -> Laid {
    let line = |(at, text): (usize, &str)| {
        let top = at as f32 * 12.0;
        let rect = Rect { left: 0.0, right: 10.0, top, bottom: top + 10.0 };
        Line { text: text.to_owned(), rect, size: 10.0, first_word: 10.0, is_row: true }
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty()).enumerate().map(line).collect();
    Laid { blocks: vec![Block::Lines(lines)], height: 0.0, is_vertical: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> Reading {
        Reading {
            laid: as_lines(text),
            quality: quality(text),
            hidden: 0,
            covered: 0,
            is_damaged: false,
            is_cipher: false,
            is_doubtful: false,
            picture_share: 0.0,
            has_pictures: false,
        }
    }

    fn best(first: &str, second: &str) -> String {
        let best = better(Some(reading(first)), Some(reading(second))).unwrap();
        text_of(&best.laid).trim().to_owned()
    }

    #[test]
    fn text_that_is_whole_beats_text_that_falls_apart() {
        let (whole, pieces) = ("Master of science in biology", "M a s t e r o f sci e n c e in b i o logy");
        assert_eq!(best(pieces, whole), whole);
        assert_eq!(best(whole, pieces), whole);
    }

    #[test]
    fn pages_without_text_say_why() {
        let verdict = |reading: Option<Reading>, shown_bytes: usize, pictures: bool| {
            without_text(reading, Drawn::Content { shown_bytes }, &|| pictures).verdict
        };
        assert_eq!(verdict(Some(reading("")), 0, true), Verdict::NeedsOcr);
        assert_eq!(verdict(None, 0, true), Verdict::NeedsOcr);
        assert_eq!(verdict(Some(reading("")), 0, false), Verdict::Empty);
        assert_eq!(verdict(None, 0, false), Verdict::Garbled);
        assert_eq!(
            verdict(Some(reading("")), 400, false),
            Verdict::Garbled,
            "there is text, and none was read"
        );
    }

    #[test]
    fn soup_is_garbled() {
        let soup = "#$%& '()* +,-./ :;<= >?@[ ]^_` {|}~ !\"#$ %&'( )*+, -./: ;<=>";
        assert_eq!(judged(reading(soup), Drawn::Unknown).verdict, Verdict::Garbled);
    }

    #[test]
    fn a_bad_layer_is_kept_until_the_page_is_recognised() {
        let page = judged(Reading { is_doubtful: true, ..reading("tbe n»Bfl. was") }, Drawn::Unknown);
        assert_eq!((page.verdict, text_of(&page.laid).trim()), (Verdict::Text, "tbe n»Bfl. was"));
        assert!(page.doubtful);
        assert!(page.warning.is_some());
        let page = judged(Reading { is_cipher: true, ..reading("uif cpjmfs jt txfqu") }, Drawn::Unknown);
        assert_eq!((page.verdict, text_of(&page.laid).as_str()), (Verdict::Garbled, ""));
    }

    #[test]
    fn what_is_missing_is_said() {
        let page = judged(reading("only a few words"), Drawn::Content { shown_bytes: 900 });
        assert_eq!(page.verdict, Verdict::Text);
        assert!(page.warning.is_some());
    }
}
