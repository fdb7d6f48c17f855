//! PowerPoint before 2007: a stream of records, of which the newest of each slide counts.

use super::cfb::{Container, u16_at, u32_at};
use super::compose::Composer;
use super::error::ExtractError;
use super::sink::{Sink, Source, Unit};
use std::collections::{HashMap, HashSet};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let container = Container::open(&source.bytes)?;
    if container.has("EncryptedPackage") || container.has("EncryptedSummary") {
        return Err(ExtractError::Encrypted);
    }
    let folder = folder(|path| container.has(path));
    let stream = container
        .read(&format!("{folder}{STREAM}"))
        .ok_or_else(|| ExtractError::corrupt("it holds no slides"))?;
    let user = container.read(&format!("{folder}Current User")).unwrap_or_default();
    if u32_at(&user, 12) == Some(0xF3D1_C4DF) {
        return Err(ExtractError::Encrypted);
    }
    let show = Show::open(&stream, u32_at(&user, 16))
        .ok_or_else(|| ExtractError::corrupt("its slides cannot be followed"))?;
    let slides = show.slides();
    sink.total(slides.len())?;
    for slide in slides {
        sink.page(Unit { numbered: true, ..show.compose(&slide).unit() })?;
    }
    Ok(())
}

const STREAM: &str = "PowerPoint Document";

/// Where the slides lie: a file for two versions of the program keeps those of the newer one in a folder.
fn folder(has: impl Fn(&str) -> bool) -> &'static str {
    const NEWER: &str = "PP97_DUALSTORAGE/";
    if has(&format!("{NEWER}{STREAM}")) { NEWER } else { "" }
}

const DOCUMENT: u16 = 0x03E8;
const SLIDE: u16 = 0x03EE;
const NOTES: u16 = 0x03F0;
const NOTES_ATOM: u16 = 0x03F1;
const SLIDE_PERSIST: u16 = 0x03F3;
const SLIDE_LIST: u16 = 0x0FF0;
const OUTLINE_REFERENCE: u16 = 0x0F9E;
const TEXT_HEADER: u16 = 0x0F9F;
const TEXT_CHARS: u16 = 0x0FA0;
const TEXT_BYTES: u16 = 0x0FA8;
const STRING: u16 = 0x0FBA;
const EDGES: u16 = 0x0FD9;
const EDGES_ATOM: u16 = 0x0FDA;
/// What stands for a date, the number of the slide, or what is at the edges of all slides.
const STAND_INS: &[u16] = &[0x0FD8, 0x0FF7, 0x0FF8, 0x0FF9, 0x0FFA, 0x1015];
const USER_EDIT: u16 = 0x0FF5;
const PERSIST_DIRECTORY: u16 = 0x1772;

#[derive(Debug, Clone, Copy)]
struct Record<'a> {
    version: u16,
    instance: u16,
    kind: u16,
    body: &'a [u8],
}

/// The records of a container, one after another.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = Record<'_>> {
    std::iter::from_fn(move || {
        let (head, kind, length) = (u16_at(bytes, 0)?, u16_at(bytes, 2)?, u32_at(bytes, 4)? as usize);
        let rest = bytes.get(8..)?;
        let body = &rest[..length.min(rest.len())];
        bytes = &rest[body.len()..];
        Some(Record { version: head & 0xF, instance: head >> 4, kind, body })
    })
}

impl<'a> Record<'a> {
    fn children(self) -> impl Iterator<Item = Record<'a>> {
        records(if self.version == 0xF { self.body } else { &[] })
    }
}

/// A text as it stands in the file: what it is for, and its characters.
#[derive(Debug, Clone)]
struct Text {
    kind: u32,
    text: String,
}

struct Slide<'a> {
    id: u32,
    record: Option<Record<'a>>,
    outline: Vec<Text>,
}

struct Show<'a> {
    stream: &'a [u8],
    places: HashMap<u32, usize>,
    document: Record<'a>,
}

impl<'a> Show<'a> {
    fn open(stream: &'a [u8], edit: Option<u32>) -> Option<Self> {
        let mut places: HashMap<u32, usize> = HashMap::new();
        let mut document = None;
        let mut next = edit.map(|it| it as usize);
        let mut seen = HashSet::new();
        while let Some(at) = next.filter(|it| *it != 0 || seen.is_empty()).filter(|it| seen.insert(*it)) {
            let Some(edit) =
                stream.get(at..).and_then(|it| records(it).next()).filter(|it| it.kind == USER_EDIT)
            else {
                break;
            };
            document = document.or_else(|| u32_at(edit.body, 16));
            let directory = u32_at(edit.body, 12)? as usize;
            let directory = stream.get(directory..).and_then(|it| records(it).next());
            for (id, place) in directory
                .filter(|it| it.kind == PERSIST_DIRECTORY)
                .map(|it| entries(it.body))
                .unwrap_or_default()
            {
                // The newest edit comes first.
                places.entry(id).or_insert(place);
            }
            next = u32_at(edit.body, 8).map(|it| it as usize).filter(|it| *it != 0);
        }
        let at = document.and_then(|it| places.get(&it).copied());
        let found = at.and_then(|it| records(stream.get(it..)?).next()).filter(|it| it.kind == DOCUMENT);
        let document = found.or_else(|| records(stream).find(|it| it.kind == DOCUMENT))?;
        Some(Self { stream, places, document })
    }

    fn at(&self, id: u32) -> Option<Record<'a>> {
        records(self.stream.get(*self.places.get(&id)?..)?).next()
    }

    fn slides(&self) -> Vec<Slide<'a>> {
        let mut slides: Vec<Slide<'a>> = Vec::new();
        let list = self.document.children().find(|it| it.kind == SLIDE_LIST && it.instance == 0);
        let mut kind = 0;
        for record in list.into_iter().flat_map(Record::children) {
            match record.kind {
                SLIDE_PERSIST => {
                    let place = u32_at(record.body, 0).unwrap_or(0);
                    let slide = self.at(place).filter(|it| it.kind == SLIDE);
                    slides.push(Slide {
                        id: u32_at(record.body, 12).unwrap_or(0),
                        record: slide,
                        outline: Vec::new(),
                    });
                }
                TEXT_HEADER => kind = u32_at(record.body, 0).unwrap_or(0),
                _ => {
                    if let (Some(text), Some(slide)) = (characters(record), slides.last_mut()) {
                        slide.outline.push(Text { kind, text });
                    }
                }
            }
        }
        slides
    }

    fn compose(&self, slide: &Slide<'a>) -> Composer {
        let mut texts = Vec::new();
        if let Some(record) = slide.record {
            collect(record, &slide.outline, &mut texts, 0);
        }
        // What the outline says and no shape refers to.
        for text in &slide.outline {
            if !texts.iter().any(|it: &Text| it.text == text.text) {
                texts.push(text.clone());
            }
        }
        let mut out = Composer::default();
        let is_title = |it: &&Text| matches!(it.kind, 0 | 6);
        for text in texts.iter().filter(is_title) {
            out.heading(1, &text.text);
        }
        for text in texts.iter().filter(|it| !is_title(it)) {
            paragraphs(text, &mut out);
        }
        if let Some(footer) = self.footer(slide) {
            out.paragraph(&footer);
        }
        for text in self.notes(slide.id) {
            paragraphs(&Text { kind: 2, ..text }, &mut out);
        }
        out
    }

    /// What stands at the foot of a slide, by its own word or that of the whole.
    fn footer(&self, slide: &Slide<'a>) -> Option<String> {
        const HAS_FOOTER: u16 = 0x20;
        let own = slide.record.and_then(|it| it.children().find(|it| it.kind == EDGES));
        let shared = || self.document.children().find(|it| it.kind == EDGES && it.instance == 3);
        let edges = own.or_else(shared)?;
        let flags = edges.children().find(|it| it.kind == EDGES_ATOM).and_then(|it| u16_at(it.body, 2))?;
        let footer = edges.children().find(|it| it.kind == STRING && it.instance == 2)?;
        let text = encoding_rs::UTF_16LE.decode_without_bom_handling(footer.body).0;
        (flags & HAS_FOOTER != 0).then(|| text.into_owned())
    }

    fn notes(&self, slide: u32) -> Vec<Text> {
        let list = self.document.children().find(|it| it.kind == SLIDE_LIST && it.instance == 2);
        let entries = list.into_iter().flat_map(Record::children).filter(|it| it.kind == SLIDE_PERSIST);
        let mut notes = entries.filter_map(|it| self.at(u32_at(it.body, 0)?)).filter(|it| it.kind == NOTES);
        let of_slide = |it: &Record<'a>| {
            it.children().any(|it| it.kind == NOTES_ATOM && u32_at(it.body, 0) == Some(slide))
        };
        let mut texts = Vec::new();
        if let Some(notes) = notes.find(of_slide) {
            collect(notes, &[], &mut texts, 0);
        }
        // Numbers of slides and the like stand beside the notes; the notes say what they are.
        texts.retain(|it| it.kind == 2);
        texts
    }
}

/// Points of a slide's body, each on a line; other text as it is.
fn paragraphs(text: &Text, out: &mut Composer) {
    for line in text.text.split('\r').filter(|it| !it.trim().is_empty()) {
        let line = line.replace('\u{B}', "\n");
        match text.kind {
            1 | 7 | 8 => out.item(0, "-", &line),
            _ => out.paragraph(&line),
        }
    }
}

fn entries(body: &[u8]) -> Vec<(u32, usize)> {
    let mut entries = Vec::new();
    let mut at = 0;
    while let Some(head) = u32_at(body, at) {
        let (first, count) = (head & 0xF_FFFF, head >> 20);
        at += 4;
        for step in 0..count {
            let Some(place) = u32_at(body, at) else { return entries };
            entries.push((first + step, place as usize));
            at += 4;
        }
    }
    entries
}

/// The texts of the shapes of a slide, in their order.
fn collect(record: Record<'_>, outline: &[Text], texts: &mut Vec<Text>, depth: usize) {
    if depth > 100 {
        return;
    }
    // Text boxes of drawings do not say that they are containers.
    let is_textbox = record.kind == 0xF00D;
    let mut kind = 4;
    for child in records(if record.version == 0xF || is_textbox { record.body } else { &[] }) {
        match child.kind {
            TEXT_HEADER => kind = u32_at(child.body, 0).unwrap_or(4),
            OUTLINE_REFERENCE => {
                let index = u32_at(child.body, 0).and_then(|it| usize::try_from(it).ok());
                texts.extend(index.and_then(|it| outline.get(it)).cloned());
            }
            stand_in if STAND_INS.contains(&stand_in) => {
                texts.pop_if(|it| it.text.trim() == "*");
            }
            _ => match characters(child) {
                Some(text) => texts.push(Text { kind, text }),
                None => collect(child, outline, texts, depth + 1),
            },
        }
    }
}

fn characters(record: Record<'_>) -> Option<String> {
    match record.kind {
        TEXT_CHARS => Some(encoding_rs::UTF_16LE.decode_without_bom_handling(record.body).0.into_owned()),
        // Bytes are the lower halves of Unicode.
        TEXT_BYTES => Some(record.body.iter().map(|&byte| char::from(byte)).collect()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(head: u16, kind: u16, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).unwrap();
        [&head.to_le_bytes()[..], &kind.to_le_bytes(), &length.to_le_bytes(), body].concat()
    }

    #[test]
    fn of_two_versions_the_newer_one_is_read() {
        assert_eq!(folder(|path| path == "PowerPoint Document"), "");
        assert_eq!(folder(|path| path.ends_with("PowerPoint Document")), "PP97_DUALSTORAGE/");
    }

    #[test]
    fn the_foot_of_a_slide_is_read_and_what_stands_in_for_it_is_not() {
        let wide: Vec<u8> = "Nordby".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let edges = |flags: u8| {
            let parts = [record(0, EDGES_ATOM, &[0, 0, flags, 0]), record(0x20, STRING, &wide)];
            record(0x3F, EDGES, &parts.concat())
        };
        let boxed = |parts: &[Vec<u8>]| record(0, 0xF00D, &parts.concat());
        let drawn = [
            boxed(&[record(0, TEXT_BYTES, b"Tides")]),
            boxed(&[record(0, TEXT_BYTES, b"*"), record(0, 0x0FFA, &[0; 4])]),
        ];
        let slide = record(0xF, SLIDE, &drawn.concat());
        let read = |flags: u8| {
            let document = record(0xF, DOCUMENT, &edges(flags));
            let document = records(&document).next().unwrap();
            let show = Show { stream: &[], places: HashMap::new(), document };
            let slide = Slide { id: 1, record: records(&slide).next(), outline: Vec::new() };
            show.compose(&slide).unit().text
        };
        assert_eq!(read(0x20), "Tides\n\nNordby");
        assert_eq!(read(0), "Tides");
    }
}
