//! Makes new inputs out of known ones: a few small changes, at places and of kinds that chance decides.

use std::io::{Cursor, Read, Write};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::corpus::Corpus;

/// Bytes of an input; what is mutated does not grow over it.
const LONGEST: usize = 256 * 1024;
/// Bytes and numbers at the edges of something.
const EDGES: &[&[u8]] = &[
    b"\0",
    b"\xff",
    b"\x80",
    b"\xc0\x80",
    b"\xed\xa0\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\r\n",
    b"\n\n",
    b"\"",
    b"'",
    b"\\",
    b"<",
    b">",
    b"&",
    b"%",
    b"0",
    b"-1",
    b"1e999",
    b"2147483648",
    b"4294967295",
    b"9007199254740993",
    b"9223372036854775808",
    b"18446744073709551616",
    b"[[[[[[[[",
    b"{{{{{{{{",
    b"((((((((",
    b"<<<<<<<<",
];

pub struct Mutator<'a> {
    corpus: &'a Corpus,
    words: &'a [&'a str],
    random: StdRng,
}

impl<'a> Mutator<'a> {
    pub fn new(corpus: &'a Corpus, words: &'a [&'a str], seed: u64) -> Self {
        Self { corpus, words, random: StdRng::seed_from_u64(seed) }
    }

    pub fn next(&mut self) -> Vec<u8> {
        let input = self.pick().to_vec();
        // Inside an archive, where a changed byte would only spoil a checksum.
        if input.starts_with(b"PK\x03\x04")
            && self.random.random_ratio(9, 10)
            && let Some(changed) = self.change_entry(&input)
        {
            return changed;
        }
        self.change(input)
    }

    fn pick(&mut self) -> &'a [u8] {
        let at = self.random.random_range(0..self.corpus.inputs.len());
        &self.corpus.inputs[at].1
    }

    fn change(&mut self, mut input: Vec<u8>) -> Vec<u8> {
        for _ in 0..self.random.random_range(1..=6) {
            self.change_once(&mut input);
            input.truncate(LONGEST);
        }
        input
    }

    fn change_once(&mut self, input: &mut Vec<u8>) {
        let (begin, end) = self.range(input.len());
        match self.random.random_range(0..10) {
            0 if begin < input.len() => input[begin] ^= 1 << self.random.random_range(0..8),
            1 if begin < input.len() => input[begin] = self.random.random(),
            2 => drop(input.drain(begin..end)),
            3 => {
                let edge = EDGES[self.random.random_range(0..EDGES.len())];
                input.splice(begin..begin, edge.iter().copied());
            }
            4 => {
                let edge = EDGES[self.random.random_range(0..EDGES.len())];
                input.splice(begin..end, edge.iter().copied());
            }
            5 | 6 if !self.words.is_empty() => {
                let word = self.words[self.random.random_range(0..self.words.len())];
                let upto = if self.random.random() { begin } else { end };
                input.splice(begin..upto, word.bytes());
            }
            7 => {
                let part = input[begin..end].to_vec();
                let times = 1 << self.random.random_range(0..10);
                let room = LONGEST.saturating_sub(input.len()) / part.len().max(1);
                let repeated = part.repeat(times.min(room));
                input.splice(begin..begin, repeated);
            }
            8 => {
                let other = self.pick();
                let (from, to) = self.range(other.len());
                input.splice(begin..end, other[from..to].iter().copied());
            }
            _ => input.truncate(end),
        }
    }

    /// A place, and another one behind it, most often close by.
    fn range(&mut self, length: usize) -> (usize, usize) {
        let begin = self.random.random_range(0..=length);
        let longest = if self.random.random_ratio(1, 8) { length - begin } else { (length - begin).min(16) };
        (begin, begin + self.random.random_range(0..=longest))
    }

    /// The same archive with one of its files changed.
    fn change_entry(&mut self, input: &[u8]) -> Option<Vec<u8>> {
        let mut archive = ZipArchive::new(Cursor::new(input)).ok()?;
        let chosen = self.random.random_range(0..archive.len().max(1));
        let mut written = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for at in 0..archive.len() {
            let mut entry = archive.by_index(at).ok()?;
            let (mut name, mut bytes) = (entry.name().ok()?.into_owned(), Vec::new());
            Read::take(&mut entry, LONGEST as u64).read_to_end(&mut bytes).ok()?;
            if at == chosen {
                if self.random.random_ratio(1, 20) {
                    name.insert_str(0, "../");
                }
                bytes = self.change(bytes);
            }
            written.start_file(name, options).ok()?;
            written.write_all(&bytes).ok()?;
        }
        Some(written.finish().ok()?.into_inner())
    }
}
