//! An archive from outside, opened with distrust.
//!
//! Its directory is walked once, entry by entry. What means nothing here, comes twice, is a link, is locked, overlaps
//! another entry or says something else in its own header is refused before any of it is inflated. Then each entry is
//! read at most once, and counted while it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};

use zip::read::{Config, ZipFileEntry};
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

use super::chats::{ChatText, MessageText};
use super::parts::{LONGEST_NAME, Part};
use super::text::{DocumentText, read_manifest};
use super::{ArchiveError, Limits, ProjectText};
use docent_domain::{DocumentId, Timestamp};

/// Entries of an archive.
const ENTRIES: usize = 200_000;
/// Bytes that one entry may take in the directory, with whatever programs add to it.
const LISTED: u64 = 1024;
/// Bytes of a manifest, and of what is known about a document.
const SMALL: usize = 256 * 1024;
/// Bytes of a message with its sources.
const LINE: usize = 4 * 1024 * 1024;
/// Messages of a chat.
const MESSAGES: i64 = 100_000;
/// Bytes of all chats.
const CHATS: u64 = 1 << 30;
/// An archive may inflate to so many times its size, and to [`ROOM`] in any case.
const RATIO: u64 = 100;
const ROOM: u64 = 256 << 20;
/// Bytes of an original that are handed on at once.
const PIECE: usize = 64 * 1024;

type Entry = ZipFileEntry<'static>;

/// An archive whose directory is sound.
pub struct Container {
    file: File,
    limits: Limits,
    manifest: Option<Entry>,
    documents: BTreeMap<u32, Option<Entry>>,
    originals: BTreeMap<u32, Option<Entry>>,
    chats: BTreeMap<u32, Option<Entry>>,
    /// Bytes that may still be inflated.
    left: u64,
    left_for_chats: u64,
}

/// What an archive turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    pub project: ProjectText,
    pub documents: i64,
    pub chats: i64,
}

/// Takes lines, by their numbers.
pub(super) type Sink<'a> = &'a mut dyn FnMut(i64, &[u8]) -> Result<(), ArchiveError>;

impl Container {
    pub fn open(file: File, limits: Limits) -> Result<Self, ArchiveError> {
        let size = file.metadata().map_err(ArchiveError::Io)?.len();
        let found = listed(&file)?;
        let mut container = Self {
            limits,
            manifest: None,
            documents: BTreeMap::new(),
            originals: BTreeMap::new(),
            chats: BTreeMap::new(),
            left: ROOM.saturating_add(size.saturating_mul(RATIO)),
            left_for_chats: CHATS,
            file,
        };
        for (part, entry) in found {
            match part {
                Part::Manifest => container.manifest = Some(entry),
                Part::Document(number) => drop(container.documents.insert(number, Some(entry))),
                Part::Original(number) => drop(container.originals.insert(number, Some(entry))),
                Part::Chat(number) => drop(container.chats.insert(number, Some(entry))),
                Part::Folder => {}
            }
        }
        if container.manifest.is_none() {
            return Err(ArchiveError::Foreign("it has no `manifest.json`".to_owned()));
        }
        container.check_pairs()?;
        Ok(container)
    }

    fn check_pairs(&self) -> Result<(), ArchiveError> {
        if let Some(number) = self.documents.keys().find(|number| !self.originals.contains_key(number)) {
            let part = Part::Document(*number).name("");
            return Err(ArchiveError::content(part, "its original is missing"));
        }
        if let Some(number) = self.originals.keys().find(|number| !self.documents.contains_key(number)) {
            return Err(ArchiveError::content(Part::Document(*number).name(""), "is missing"));
        }
        Ok(())
    }

    /// Reads everything but the originals, and tells what there is.
    pub fn check(mut self, now: Timestamp) -> Result<Contents, ArchiveError> {
        let project = self.project()?;
        let (documents, chats) = (self.documents(), self.chats());
        for number in &documents {
            self.document(*number)?;
        }
        let known = |number| documents.binary_search(&number).is_ok().then(|| DocumentId::new(0));
        for number in &chats {
            let part = Part::Chat(*number).name("");
            self.chat(*number, &mut |line, text| {
                match line {
                    0 => drop(ChatText::read(&part, text, now)?),
                    number => drop(MessageText::read(&part, text, number, &known, now)?),
                }
                Ok(())
            })?;
        }
        let count = |list: &[u32]| i64::try_from(list.len()).unwrap_or(i64::MAX);
        Ok(Contents { project, documents: count(&documents), chats: count(&chats) })
    }

    pub(super) fn project(&mut self) -> Result<ProjectText, ArchiveError> {
        let entry = self.manifest.take();
        read_manifest(&self.small(entry, Part::Manifest)?)
    }

    /// The numbers of the documents, ascending.
    pub(super) fn documents(&self) -> Vec<u32> {
        self.documents.keys().copied().collect()
    }

    /// The numbers of the chats, ascending.
    pub(super) fn chats(&self) -> Vec<u32> {
        self.chats.keys().copied().collect()
    }

    pub(super) fn document(&mut self, number: u32) -> Result<DocumentText, ArchiveError> {
        let part = Part::Document(number);
        let entry = self.documents.get_mut(&number).and_then(Option::take);
        DocumentText::read(&part.name(""), &self.small(entry, part)?, &self.limits)
    }

    /// Hands the original on piece by piece, until it ends or is not wanted any more.
    pub(super) fn original(
        &mut self,
        number: u32,
        sink: &mut dyn FnMut(&[u8]) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        let entry = self.originals.get_mut(&number).and_then(Option::take);
        let entry = entry.ok_or_else(|| read_already(Part::Original(number)))?;
        let most = self.left.min(self.limits.original);
        let mut source = BufReader::new(&self.file);
        let mut reader = entry.with_reader(&mut source, ZipReadOptions::new())?;
        let mut piece = vec![0; PIECE];
        let mut size = 0;
        loop {
            let read = reader.read(&mut piece)?;
            if read == 0 {
                break;
            }
            size += read as u64;
            if size > most {
                let part = Part::Original(number).name("…");
                return Err(ArchiveError::Limit(format!("`{part}` is too large when it is unpacked")));
            }
            sink(&piece[..read])?;
        }
        self.left -= size;
        Ok(())
    }

    /// Hands the chat on line by line; the lines are counted from 0, and empty ones are none.
    pub(super) fn chat(&mut self, number: u32, sink: Sink<'_>) -> Result<(), ArchiveError> {
        let part = Part::Chat(number);
        let entry = self.chats.get_mut(&number).and_then(Option::take);
        let entry = entry.ok_or_else(|| read_already(part))?;
        let mut most = self.left.min(self.left_for_chats);
        let before = most;
        let mut source = BufReader::new(&self.file);
        let mut reader = BufReader::new(entry.with_reader(&mut source, ZipReadOptions::new())?);
        let (mut line, mut lines) = (Vec::new(), 0);
        loop {
            line.clear();
            let room = most.min(LINE as u64);
            let read = reader.by_ref().take(room + 1).read_until(b'\n', &mut line)? as u64;
            if read == 0 {
                break;
            }
            if read > room {
                return Err(ArchiveError::Limit(format!("`{}` has too long a line", part.name(""))));
            }
            most -= read;
            let text = line.trim_ascii();
            if text.is_empty() {
                continue;
            }
            if lines > MESSAGES {
                return Err(ArchiveError::Limit(format!("`{}` has too many messages", part.name(""))));
            }
            sink(lines, text)?;
            lines += 1;
        }
        if lines == 0 {
            return Err(ArchiveError::content(part.name(""), "is empty"));
        }
        self.left -= before - most;
        self.left_for_chats -= before - most;
        Ok(())
    }

    fn small(&mut self, entry: Option<Entry>, part: Part) -> Result<Vec<u8>, ArchiveError> {
        let entry = entry.ok_or_else(|| read_already(part))?;
        let mut source = BufReader::new(&self.file);
        let mut bytes = Vec::new();
        let reader = entry.with_reader(&mut source, ZipReadOptions::new())?;
        let most = self.left.min(SMALL as u64);
        let read = reader.take(most + 1).read_to_end(&mut bytes)? as u64;
        if read > most {
            return Err(ArchiveError::Limit(format!("`{}` has more than {SMALL} bytes", part.name(""))));
        }
        self.left -= read;
        Ok(bytes)
    }
}

fn read_already(part: Part) -> ArchiveError {
    ArchiveError::Damaged(format!("`{}` was read already", part.name("…")))
}

/// The entries that mean something, each in order.
fn listed(file: &File) -> Result<Vec<(Part, Entry)>, ArchiveError> {
    let source = BufReader::new(file);
    let mut directory = ZipIterable::try_new(source, Config::default())?.enforce_header_consistency(true);
    if directory.len() > ENTRIES {
        return Err(ArchiveError::Limit(format!(
            "it has {} entries, at most {ENTRIES} may be",
            directory.len()
        )));
    }
    let (mut found, mut seen, mut spans) = (Vec::new(), BTreeSet::new(), Vec::new());
    let mut before = None;
    for entry in directory.files()? {
        let entry = entry?;
        let begins = entry.central_header_start();
        if before.is_some_and(|before| begins - before > LISTED) {
            return Err(ArchiveError::Limit("an entry takes too much of the directory".to_owned()));
        }
        before = Some(begins);
        let part = meaning(&entry)?;
        if part == Part::Folder {
            continue;
        }
        if !seen.insert(part) {
            return Err(ArchiveError::Damaged(format!("`{}` is in it twice", part.name("…"))));
        }
        let header = 30 + entry.name_raw().len() as u64;
        let end = entry.header_start().saturating_add(header).saturating_add(entry.compressed_size());
        spans.push((entry.header_start(), end));
        found.push((part, entry));
    }
    spans.sort_unstable();
    if spans.windows(2).any(|two| two[0].1 > two[1].0) {
        return Err(ArchiveError::Damaged("its entries overlap".to_owned()));
    }
    Ok(found)
}

/// What an entry is for, if it is one that an export may have.
fn meaning(entry: &Entry) -> Result<Part, ArchiveError> {
    let shown = || {
        let name = String::from_utf8_lossy(entry.name_raw());
        name.chars().filter(|it| !it.is_control()).take(LONGEST_NAME).collect::<String>()
    };
    let name = std::str::from_utf8(entry.name_raw()).ok();
    let Some(part) = name.and_then(Part::parse) else {
        return Err(ArchiveError::Foreign(format!("nothing in one is called `{}`", shown())));
    };
    if entry.is_symlink() || (part != Part::Folder && entry.is_dir()) {
        return Err(ArchiveError::Damaged(format!("`{}` is a link", shown())));
    }
    if entry.encrypted() {
        return Err(ArchiveError::Damaged(format!("`{}` is locked with a password", shown())));
    }
    if !matches!(entry.compression(), CompressionMethod::Stored | CompressionMethod::Deflated) {
        return Err(ArchiveError::Damaged(format!("`{}` is packed in an unknown way", shown())));
    }
    Ok(part)
}
