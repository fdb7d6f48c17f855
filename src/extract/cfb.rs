//! The container of Office before 2007 and of Outlook: a small file system of sectors.
//!
//! Read leniently: programs other than Office write files whose headers count wrongly or whose chains are longer than
//! they say, and whose streams are whole all the same.

use super::error::ExtractError;
use std::collections::{HashMap, HashSet};

const END: u32 = 0xFFFF_FFFA;
const HEADER_BYTES: usize = 512;
const ENTRY_BYTES: usize = 128;

/// A container, opened.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    mini_sector: usize,
    mini_limit: u64,
    table: Vec<u32>,
    mini_table: Vec<u32>,
    mini_stream: Vec<u8>,
    streams: HashMap<String, Stream>,
    /// In the order of the directory, with `/` between the names.
    storages: Vec<String>,
}

#[derive(Clone, Copy)]
struct Stream {
    start: u32,
    size: u64,
}

struct Entry {
    name: String,
    kind: u8,
    left: u32,
    right: u32,
    child: u32,
    stream: Stream,
}

impl<'a> Container<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ExtractError> {
        let damaged = || ExtractError::corrupt("its container cannot be followed");
        if bytes.len() < HEADER_BYTES || !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(damaged());
        }
        let shift = u16_at(bytes, 30).ok_or_else(damaged)?;
        let mini_shift = u16_at(bytes, 32).ok_or_else(damaged)?;
        if !(7..=16).contains(&shift) || !(4..=shift).contains(&mini_shift) {
            return Err(damaged());
        }
        let mut container = Self {
            bytes,
            sector: 1 << shift,
            mini_sector: 1 << mini_shift,
            mini_limit: u32_at(bytes, 56).unwrap_or(4096).into(),
            table: Vec::new(),
            mini_table: Vec::new(),
            mini_stream: Vec::new(),
            streams: HashMap::new(),
            storages: Vec::new(),
        };
        container.table = container.read_table();
        container.mini_table = words(&container.chain(u32_at(bytes, 60).unwrap_or(END), None));
        let directory = container.chain(u32_at(bytes, 48).unwrap_or(END), None);
        container.read_directory(&directory).ok_or_else(damaged)?;
        Ok(container)
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.streams.contains_key(path)
    }

    /// A whole stream by its path.
    pub(super) fn read(&self, path: &str) -> Option<Vec<u8>> {
        let stream = *self.streams.get(path)?;
        let bytes = if stream.size < self.mini_limit {
            self.mini_chain(stream)
        } else {
            self.chain(stream.start, Some(stream.size))
        };
        Some(bytes)
    }

    /// The names of the storages directly below `path`, which is empty for the root.
    pub(super) fn storages_in(&self, path: &str) -> Vec<&str> {
        let inside = |it: &&String| match path {
            "" => !it.contains('/'),
            path => {
                it.strip_prefix(path).and_then(|it| it.strip_prefix('/')).is_some_and(|it| !it.contains('/'))
            }
        };
        self.storages.iter().filter(inside).map(String::as_str).collect()
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(sector).ok()?.checked_add(1)?.checked_mul(self.sector)?;
        // The last sector is often cut short.
        self.bytes.get(start..self.bytes.len().min(start + self.sector)).filter(|it| !it.is_empty())
    }

    /// The table of sectors: 109 places in the header, more in sectors of their own.
    fn read_table(&self) -> Vec<u32> {
        let mut places: Vec<u32> = words(&self.bytes[76..HEADER_BYTES]);
        let mut next = u32_at(self.bytes, 68).unwrap_or(END);
        let mut seen = HashSet::new();
        while next < END && seen.insert(next) {
            let Some(sector) = self.at(next) else { break };
            let mut more = words(sector);
            next = more.pop().unwrap_or(END);
            places.extend(more);
        }
        let known: HashSet<u32> = places.iter().copied().filter(|it| *it < END).collect();
        let places = places.into_iter().filter(|it| known.contains(it));
        places.filter_map(|it| self.at(it)).flat_map(words).take(self.bytes.len() / 64 + 1024).collect()
    }

    fn chain(&self, start: u32, size: Option<u64>) -> Vec<u8> {
        let most = size.map_or(self.bytes.len(), |it| usize::try_from(it).unwrap_or(usize::MAX));
        let mut out = Vec::new();
        let mut next = start;
        let mut steps = 0;
        while next < END && out.len() < most && steps <= self.table.len() {
            let Some(sector) = self.at(next) else { break };
            out.extend_from_slice(sector);
            next = self.table.get(next as usize).copied().unwrap_or(END);
            steps += 1;
        }
        out.truncate(most);
        out
    }

    fn mini_chain(&self, stream: Stream) -> Vec<u8> {
        let most = usize::try_from(stream.size).unwrap_or(usize::MAX);
        let mut out = Vec::new();
        let mut next = stream.start;
        let mut steps = 0;
        while next < END && out.len() < most && steps <= self.mini_table.len() {
            let start = next as usize * self.mini_sector;
            let end = self.mini_stream.len().min(start + self.mini_sector);
            let Some(sector) = self.mini_stream.get(start..end) else { break };
            out.extend_from_slice(sector);
            next = self.mini_table.get(next as usize).copied().unwrap_or(END);
            steps += 1;
        }
        out.truncate(most);
        out
    }

    fn read_directory(&mut self, directory: &[u8]) -> Option<()> {
        let entries: Vec<Entry> = directory.chunks_exact(ENTRY_BYTES).map(entry).collect();
        let root = entries.first()?;
        self.mini_stream = self.chain(root.stream.start, Some(root.stream.size));
        let mut seen = HashSet::new();
        let mut open: Vec<(u32, String)> = vec![(root.child, String::new())];
        while let Some((at, folder)) = open.pop() {
            let Some(entry) = entries.get(at as usize).filter(|_| seen.insert(at)) else { continue };
            let path =
                if folder.is_empty() { entry.name.clone() } else { format!("{folder}/{}", entry.name) };
            open.push((entry.left, folder.clone()));
            open.push((entry.right, folder));
            match entry.kind {
                1 => {
                    open.push((entry.child, path.clone()));
                    self.storages.push(path);
                }
                2 => {
                    self.streams.insert(path, entry.stream);
                }
                _ => {}
            }
        }
        self.storages.sort();
        Some(())
    }
}

fn entry(bytes: &[u8]) -> Entry {
    let length = usize::from(u16_at(bytes, 64).unwrap_or(0)).saturating_sub(2).min(64);
    let name = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes[..length]).0.into_owned();
    let word = |at| u32_at(bytes, at).unwrap_or(u32::MAX);
    Entry {
        name,
        kind: bytes[66],
        left: word(68),
        right: word(72),
        child: word(76),
        // The upper half is rubbish in files with small sectors, and no file here is that large.
        stream: Stream { start: word(116), size: word(120).into() },
    }
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]])).collect()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?).map(|it| u16::from_le_bytes([it[0], it[1]]))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?).map(|it| u32::from_le_bytes([it[0], it[1], it[2], it[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_container_is_refused() {
        assert!(Container::open(b"").is_err());
        assert!(Container::open(&[0xD0, 0xCF, 0x11, 0xE0]).is_err());
        let mut junk = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        junk.resize(4096, 0x7F);
        assert!(Container::open(&junk).is_err());
        junk[30] = 9;
        junk[31] = 0;
        junk[32] = 6;
        junk[33] = 0;
        assert!(Container::open(&junk).is_err(), "no directory");
    }
}
