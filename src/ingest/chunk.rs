//! Cutting a page into chunks by the tokens of the embedding model, along its structure.

use text_splitter::{ChunkConfig, ChunkConfigError, ChunkSizer, MarkdownSplitter, TextSplitter};

use super::context::ROOM;
use super::hold::held;
use super::marks::before_marks;
use docent_embedding::{EmbeddingError, TokenCounter};

/// How chunks are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChunkSettings {
    /// The most tokens of a chunk. The model's own limit (less its two special tokens and room for the context) holds, too.
    pub tokens: usize,
    /// Tokens that a chunk shares with the one before it.
    pub overlap: usize,
}

impl Default for ChunkSettings {
    fn default() -> Self {
        Self { tokens: 254, overlap: 32 }
    }
}

/// A chunk is cut where a section begins in it, if both parts have so many tokens: a passage says one thing, and its
/// heading is its own.
const SECTION: usize = 48;

/// Below this a chunk is joined to a neighbour, where they fit together.
const FRAGMENT: usize = 20;

/// Below this a chunk takes whole lines from the one after it, where they do not: the header of a table is no passage.
const HEADER: usize = 48;

/// Tokens a chunk may lack to the limit before it is counted again by itself: tokenizers other than WordPiece can
/// count one or two more at the edges of a slice.
const EDGE: usize = 8;

/// A chunk of a text: byte offsets on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub start: usize,
    pub end: usize,
    pub tokens: usize,
}

impl ChunkSettings {
    /// As far as the model goes along with it, with the context of a passage beside it.
    pub const fn fitted(self, max_tokens: usize) -> Self {
        let limit = max_tokens.saturating_sub(2);
        // A model that reads little keeps some of it for what the passage belongs to.
        let limit = if limit > 4 * ROOM { limit - ROOM } else { limit };
        let tokens = if self.tokens < limit { self.tokens } else { limit };
        let tokens = if tokens < 16 { 16 } else { tokens };
        let overlap = if self.overlap < tokens / 2 { self.overlap } else { tokens / 2 };
        Self { tokens, overlap }
    }

    /// Cuts a text in which sections begin at these bytes, ascending. Every chunk is within the limit; between them they
    /// cover everything but white space.
    pub fn split(
        self,
        text: &str,
        markdown: bool,
        sections: &[usize],
        counter: &TokenCounter,
    ) -> Result<Vec<Piece>, EmbeddingError> {
        let starts = counter.offsets(text)?.into_iter().map(|(start, _)| start).collect();
        let held = held(text, markdown);
        let sizer = PrefixCount { base: held.as_ptr() as usize, len: held.len(), starts, counter };
        let pieces = self.cut(&held, markdown, &sizer);
        let mut fitting = Vec::with_capacity(pieces.len());
        for piece in sectioned(text, self.joined(&held, pieces, &sizer), sections, &sizer) {
            let counted = if piece.tokens + EDGE > self.tokens {
                counter.count(&text[piece.start..piece.end])
            } else {
                piece.tokens
            };
            if counted <= self.tokens || self.tokens <= 2 * EDGE {
                fitting.push(Piece { tokens: counted, ..piece });
            } else {
                let smaller = Self { tokens: self.tokens - EDGE, overlap: 0 };
                let inner = smaller.cut(&held[piece.start..piece.end], markdown, &sizer);
                let shifted = |inner: Piece| Piece {
                    start: piece.start + inner.start,
                    end: piece.start + inner.end,
                    tokens: inner.tokens,
                };
                fitting.extend(inner.into_iter().map(shifted));
            }
        }
        Ok(self.marked((text, &held), fitting, &sizer))
    }

    /// Lets pieces begin with the marks of their first line, a quotation's or a list's, and none end with them.
    fn marked(self, texts: (&str, &str), pieces: Vec<Piece>, sizer: &PrefixCount<'_>) -> Vec<Piece> {
        let text = texts.0;
        let mut marked: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let start = before_marks(text, piece.start);
            let parts =
                if start < piece.start { self.within(texts, (start, piece.end), sizer) } else { None };
            if parts.is_some() {
                end_before(text, &mut marked, start, piece.start, sizer);
            }
            let parts = parts.unwrap_or_else(|| vec![piece]);
            // One that begins no later holds all of the last one.
            let begin = parts.first().map_or(piece.start, |first| first.start);
            while marked.last().is_some_and(|last| last.start >= begin && last.end <= piece.end) {
                marked.pop();
            }
            marked.extend(parts);
        }
        marked
    }

    /// One piece, or two where it is too long for one.
    fn within(
        self,
        (text, held): (&str, &str),
        (start, end): (usize, usize),
        sizer: &PrefixCount<'_>,
    ) -> Option<Vec<Piece>> {
        let piece = |start: usize, end: usize| {
            let near = sizer.between(start, end);
            let tokens =
                if near + EDGE > self.tokens { sizer.counter.count(&text[start..end]) } else { near };
            (tokens <= self.tokens).then_some(Piece { start, end, tokens })
        };
        piece(start, end).map(|one| vec![one]).or_else(|| {
            let (first, second) = halves(&held[start..end])?;
            Some(vec![piece(start, start + first)?, piece(start + second, end)?])
        })
    }

    fn cut(self, text: &str, markdown: bool, sizer: &PrefixCount<'_>) -> Vec<Piece> {
        let piece = |(start, chunk): (usize, &str)| Piece {
            start,
            end: start + chunk.len(),
            tokens: sizer.size(chunk),
        };
        // An overlap that does not fit is no overlap.
        let config = ChunkConfig::new(self.tokens)
            .with_sizer(sizer)
            .with_overlap(self.overlap)
            .or_else(|_: ChunkConfigError| ChunkConfig::new(self.tokens).with_sizer(sizer).with_overlap(0));
        match config {
            Ok(config) if markdown => MarkdownSplitter::new(config).chunk_indices(text).map(piece).collect(),
            Ok(config) => TextSplitter::new(config).chunk_indices(text).map(piece).collect(),
            Err(_) => Vec::new(),
        }
    }

    /// Joins fragments to the chunk after them (a heading belongs to what follows), else to the one before; what lies
    /// within another chunk is dropped.
    fn joined(self, text: &str, pieces: Vec<Piece>, sizer: &PrefixCount<'_>) -> Vec<Piece> {
        let mut joined: Vec<Piece> = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let Some(last) = joined.last_mut() else {
                joined.push(piece);
                continue;
            };
            if piece.end <= last.end {
                continue;
            }
            let tokens = sizer.between(last.start, piece.end);
            let fragment = last.tokens < FRAGMENT || piece.tokens < FRAGMENT;
            if fragment && tokens <= self.tokens {
                *last = Piece { start: last.start, end: piece.end, tokens };
            } else if let Some((longer, rest)) = self.lines_over(text, *last, piece, sizer) {
                *last = longer;
                joined.push(rest);
            } else {
                joined.push(piece);
            }
        }
        joined
    }

    /// A small chunk with as many lines of the one after it as fit, and what is left of that one.
    fn lines_over(
        self,
        text: &str,
        small: Piece,
        next: Piece,
        sizer: &PrefixCount<'_>,
    ) -> Option<(Piece, Piece)> {
        if small.tokens >= HEADER || next.start < small.end {
            return None;
        }
        let room = self.tokens.saturating_sub(EDGE);
        let lines = text[next.start..next.end].match_indices('\n').map(|(at, _)| next.start + at);
        let fits = |at: &usize| sizer.between(small.start, *at) <= room;
        let end = lines.take_while(fits).filter(|&at| sizer.between(at, next.end) >= FRAGMENT).last()?;
        let start = end + text[end..next.end].find(|letter: char| !letter.is_whitespace())?;
        let longer = Piece { start: small.start, end, tokens: sizer.between(small.start, end) };
        Some((longer, Piece { start, end: next.end, tokens: sizer.between(start, next.end) }))
    }
}

/// Where a text ends and goes on that is cut between two sentences, else two words, nearest to its middle.
fn halves(text: &str) -> Option<(usize, usize)> {
    let mut end = 0;
    let ends = docent_words::sentences(text).into_iter().map(|sentence| {
        end += sentence.len();
        end
    });
    let blanks = text.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    let second = middle(text, ends).or_else(|| middle(text, blanks))?;
    let blank = text[second..].len() - text[second..].trim_start().len();
    Some((text[..second].trim_end().len(), second + blank))
}

/// The one of these places that is nearest to the middle, has text on both sides, and is not behind a mark.
fn middle(text: &str, places: impl Iterator<Item = usize>) -> Option<usize> {
    let parts = |at: &usize| {
        let (before, behind) = text.split_at(*at);
        !before.trim().is_empty() && !behind.trim().is_empty() && before_marks(text, *at) == *at
    };
    places.filter(parts).min_by_key(|at| at.abs_diff(text.len() / 2))
}

/// Takes the marks from `start` to `at`, with which the next piece begins, from the end of the last one.
fn end_before(text: &str, pieces: &mut Vec<Piece>, start: usize, at: usize, sizer: &PrefixCount<'_>) {
    let end = text[..start].trim_end().len();
    while let Some(last) = pieces.pop() {
        if last.start >= end {
            continue;
        }
        let end = if last.end <= at { last.end.min(end) } else { last.end };
        if pieces.last().is_none_or(|before| before.end < end) {
            pieces.push(Piece { start: last.start, end, tokens: sizer.between(last.start, end) });
        }
        return;
    }
}

/// Cuts chunks at the beginnings of sections within them.
fn sectioned(text: &str, pieces: Vec<Piece>, sections: &[usize], sizer: &PrefixCount<'_>) -> Vec<Piece> {
    let mut cut = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        // What overlaps with a chunk that was cut begins no earlier than its last part.
        if let Some(last) = cut.last().filter(|last: &&Piece| last.start > piece.start) {
            piece = Piece { start: last.start, end: piece.end, tokens: sizer.between(last.start, piece.end) };
        }
        let first = sections.partition_point(|&at| at <= piece.start);
        let last = sections.partition_point(|&at| at < piece.end);
        for &at in sections.get(first..last).unwrap_or_default() {
            let (tokens, after) = (sizer.between(piece.start, at), sizer.between(at, piece.end));
            if tokens >= SECTION && after >= SECTION {
                let end = piece.start + text[piece.start..at].trim_end().len();
                cut.push(Piece { start: piece.start, end, tokens });
                piece = Piece { start: at, end: piece.end, tokens: after };
            }
        }
        // It can hold all of that part, which says nothing of its own then.
        if cut.last().is_some_and(|last| last.start >= piece.start && last.end <= piece.end) {
            cut.pop();
        }
        cut.push(piece);
    }
    cut
}

/// Counts the tokens of a slice by the places where tokens begin in the whole text: the splitter hands slices of it,
/// so that nothing is tokenised twice.
struct PrefixCount<'a> {
    base: usize,
    len: usize,
    starts: Vec<usize>,
    counter: &'a TokenCounter,
}

impl PrefixCount<'_> {
    fn between(&self, start: usize, end: usize) -> usize {
        self.starts.partition_point(|&at| at < end) - self.starts.partition_point(|&at| at < start)
    }
}

impl ChunkSizer for PrefixCount<'_> {
    fn size(&self, chunk: &str) -> usize {
        let start = (chunk.as_ptr() as usize).wrapping_sub(self.base);
        if start > self.len || start + chunk.len() > self.len {
            return self.counter.count(chunk);
        }
        self.between(start, start + chunk.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(tokens: usize, overlap: usize, text: &str, markdown: bool) -> Vec<Piece> {
        ChunkSettings { tokens, overlap }.split(text, markdown, &[], &TokenCounter::approximate()).unwrap()
    }

    fn shown<'a>(pieces: &[Piece], text: &'a str) -> Vec<&'a str> {
        pieces.iter().map(|piece| &text[piece.start..piece.end]).collect()
    }

    #[test]
    fn the_model_limits_what_is_asked_for() {
        let wanted = ChunkSettings { tokens: 400, overlap: 300 };
        assert_eq!(wanted.fitted(256), ChunkSettings { tokens: 206, overlap: 103 });
        assert_eq!(ChunkSettings::default().fitted(512), ChunkSettings::default());
    }

    #[test]
    fn chunks_stay_within_the_limit_and_cover_the_text() {
        let counter = TokenCounter::approximate();
        let text = (0..400).map(|n| format!("Satz Nummer {n} über Türme. ")).collect::<String>();
        let pieces = cut(60, 10, &text, false);
        assert!(pieces.len() > 20);
        let mut covered = 0;
        for piece in &pieces {
            assert!(counter.count(&text[piece.start..piece.end]) <= 60);
            assert!(piece.start <= covered || text[covered..piece.start].trim().is_empty());
            assert!(piece.end > covered, "no chunk lies within another");
            covered = piece.end;
        }
        assert!(text[covered..].trim().is_empty());
    }

    #[test]
    fn a_small_heading_goes_with_what_follows() {
        let section = "Kestrels hover in the wind and eat voles. ".repeat(12);
        let text = format!("# Birds\n\n{section}\n\n# Fish\n\n{section}");
        let pieces = cut(160, 0, &text, true);
        let starts: Vec<&str> = shown(&pieces, &text).iter().map(|chunk| &chunk[..6]).collect();
        assert!(starts.contains(&"# Bird") && starts.contains(&"# Fish"), "{starts:?}");
        assert!(pieces.iter().all(|piece| piece.tokens >= FRAGMENT), "{pieces:?}");
    }

    #[test]
    fn the_header_of_a_table_goes_with_its_first_rows() {
        let row = |n: usize| format!("tool: T-{n} | kind: adze | bay: B{n} | guarantee in months: {n}\n");
        let text =
            format!("tool | kind | bay | guarantee in months\n\n{}", (10..40).map(row).collect::<String>());
        let pieces = cut(100, 0, &text, false);
        let shown = shown(&pieces, &text);
        assert!(shown[0].contains("T-10") && shown[0].starts_with("tool | kind"), "{shown:#?}");
        assert!(
            shown.iter().all(|chunk| chunk.trim_end().ends_with(|it: char| it.is_numeric())),
            "{shown:#?}"
        );
        assert!(pieces.iter().all(|piece| piece.tokens <= 100), "{pieces:?}");
        let rows = shown.iter().map(|chunk| chunk.matches("T-").count()).sum::<usize>();
        assert_eq!(rows, 30, "each row once");
    }

    #[test]
    fn a_section_of_some_length_is_a_chunk_of_its_own() {
        let section = "Kestrels hover in the wind and eat voles. ".repeat(6);
        let text = format!("# Birds\n\n{section}\n\n## Note\n\nShort.\n\n## Owls\n\n{section}");
        let sections: Vec<usize> = text.match_indices("##").map(|(at, _)| at).collect();
        let settings = ChunkSettings { tokens: 400, overlap: 0 };
        let pieces = settings.split(&text, true, &sections, &TokenCounter::approximate()).unwrap();
        let shown = shown(&pieces, &text);
        assert_eq!(shown.len(), 2, "{shown:#?}");
        assert!(shown[0].starts_with("# Birds") && shown[1].starts_with("## Note"), "{shown:#?}");
        assert!(pieces.iter().all(|piece| piece.tokens >= SECTION));
    }

    #[test]
    fn chunks_begin_one_after_the_other() {
        let section =
            |n: usize| format!("## Part {n}\n\n{}", "Kestrels hover in the wind. ".repeat(10 + n % 7));
        let text = (0..40).map(section).collect::<Vec<_>>().join("\n\n");
        let sections: Vec<usize> = text.match_indices("##").map(|(at, _)| at).collect();
        for overlap in [0, 30, 60] {
            let settings = ChunkSettings { tokens: 150, overlap };
            let pieces = settings.split(&text, true, &sections, &TokenCounter::approximate()).unwrap();
            assert!(pieces.len() >= 40, "{}", pieces.len());
            for pair in pieces.windows(2) {
                // None holds all of another.
                assert!(pair[0].start < pair[1].start && pair[0].end < pair[1].end, "{pair:?}");
            }
        }
    }

    /// Texts of many kinds, the same each time: sentences with stops within them, quotations, notes, lists.
    fn texts() -> Vec<String> {
        const SENTENCES: &[&str] = &[
            "Die Miete ist bis zum 5. Mai 2024 an Dr. Moss zu zahlen. ",
            "Im 3. Quartal gilt Nr. 5, z. B. Der Brand bei Nacht. ",
            "It opens at 8 a.m. Monday for approx. 3 hours. ",
            "Ask J. R. Moss of St. Stefan, room No. 12. ",
            "Åbent fra den 5. Maj til kl. 17. ",
            "Kestrels hover in the wind.\n",
        ];
        const LINES: &[&str] =
            &["\n\n> ", "\n> ", "\n\n[^1]: ", "\n\n- ", "\n1. ", "\n\n## ", "\n\n", "\n  - [ ] ", " "];
        let mut seed = 7_u64;
        let mut next = |among: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).unwrap() % among
        };
        let text = |_: usize| {
            let mut text = String::new();
            for _ in 0..40 {
                text.push_str(LINES[next(LINES.len())]);
                for _ in 0..next(12) {
                    text.push_str(SENTENCES[next(SENTENCES.len())]);
                }
            }
            text
        };
        (0..30).map(text).collect()
    }

    #[test]
    fn no_cut_parts_a_date_or_a_quotation_from_its_mark_and_nothing_is_lost() {
        let counter = TokenCounter::approximate();
        for (n, text) in texts().iter().enumerate() {
            let sections: Vec<usize> = text.match_indices("## ").map(|(at, _)| at).collect();
            for (tokens, overlap) in [(60, 0), (60, 20), (150, 0), (254, 32)] {
                for markdown in [true, false] {
                    let settings = ChunkSettings { tokens, overlap };
                    let pieces = settings.split(text, markdown, &sections, &counter).unwrap();
                    let of = format!("text {n}, {tokens} tokens, overlap {overlap}, Markdown {markdown}");
                    let mut covered = 0;
                    for piece in &pieces {
                        let shown = &text[piece.start..piece.end];
                        assert!(counter.count(shown) <= tokens, "{of}: {shown}");
                        assert!(piece.end > covered, "{of}: {shown}");
                        assert!(
                            piece.start <= covered || text[covered..piece.start].trim().is_empty(),
                            "{of}: {:?} is lost",
                            &text[covered..piece.start]
                        );
                        covered = piece.end;
                        assert_eq!(before_marks(text, piece.start), piece.start, "{of}: {shown}");
                        for begun in
                            ["Mai 2024", "Quartal", "Moss", "B. Der", "Der Brand", "Stefan", "12. ", "Maj"]
                        {
                            assert!(!shown.trim_start().starts_with(begun), "{of}: {shown}");
                        }
                    }
                    assert!(text[covered..].trim().is_empty(), "{of}");
                    for pair in pieces.windows(2) {
                        assert!(pair[0].start < pair[1].start && pair[0].end < pair[1].end, "{of}: {pair:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_date_stays_in_one_passage() {
        let before = "Kestrels hover in the wind. ".repeat(8);
        for date in ["zum 5. Mai 2024", "in Nr. 5 Ost", "mit z. B. Ida", "von Dr. Moss"] {
            for words in 0..40 {
                let text = format!("{before}{}{date} wird gezahlt. {before}", "Tag ".repeat(words));
                let pieces = cut(60, 0, &text, false);
                let tail = date.split_once(' ').unwrap().1;
                assert!(shown(&pieces, &text).iter().any(|chunk| chunk.contains(tail)), "{words}: {date}");
            }
        }
    }

    #[test]
    fn a_long_quotation_begins_with_its_mark() {
        let before = "Kestrels hover in the wind. ".repeat(6);
        let long = "The owl sleeps until it is dark. ".repeat(12);
        for mark in ["> ", "[^1]: ", "- ", "1. "] {
            let text = format!("{before}\n\n{mark}{long}\n\n{before}");
            let pieces = cut(70, 0, &text, true);
            let shown = shown(&pieces, &text);
            let first = shown.iter().find(|chunk| chunk.contains("The owl")).unwrap();
            assert!(first.contains(&format!("{mark}The owl")), "{mark}: {shown:#?}");
            assert!(!shown.iter().any(|chunk| chunk.ends_with(mark.trim())), "{mark}: {shown:#?}");
        }
    }

    #[test]
    fn a_text_without_gaps_is_cut_all_the_same() {
        let text = "x".repeat(5_000);
        let pieces = cut(50, 0, &text, false);
        assert_eq!(pieces.iter().map(|piece| piece.end - piece.start).sum::<usize>(), 5_000);
        assert!(cut(50, 0, " \n ", false).is_empty());
    }
}
