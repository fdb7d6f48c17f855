//! Tokens as the embedding model counts them, for whoever cuts text to fit.

use std::ops::Range;

use tokenizers::{PostProcessor, Tokenizer, TruncationDirection};

use super::EmbeddingError;
use super::unigram::{Token, Unigram};

/// Long texts are tokenised in blocks of lines, because the tokenizer's own buffers are many times the text.
const BLOCK_BYTES: usize = 8 * 1024;

/// Counts tokens and says where they are. Nothing is added, padded or cut off.
pub struct TokenCounter(Kind);

enum Kind {
    Exact(Box<Tokenizer>),
    /// The same for one kind of tokenizer, in a fraction of the memory.
    Unigram(Box<Unigram>),
    Approximate,
}

impl TokenCounter {
    /// From a `tokenizer.json`. Its padding and truncation, which describe how somebody once trained or
    /// served the model, are switched off.
    pub(super) fn from_json(json: &[u8]) -> Result<Self, EmbeddingError> {
        if let Some(unigram) = Unigram::from_json(json) {
            return Ok(Self(Kind::Unigram(Box::new(unigram))));
        }
        let broken = |error: tokenizers::Error| EmbeddingError::Tokenise(error.to_string());
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(broken)?;
        tokenizer.with_truncation(None).map_err(broken)?;
        tokenizer.with_padding(None);
        Ok(Self(Kind::Exact(Box::new(tokenizer))))
    }

    /// For models whose tokenizer is not at hand: four bytes of a word are a token, and so is every
    /// character outside words and every character of scripts written without spaces. It counts
    /// somewhat more than real tokenizers do, so that what is cut by it fits.
    pub const fn approximate() -> Self {
        Self(Kind::Approximate)
    }

    /// How many tokens the text has, special ones not counted.
    pub fn count(&self, text: &str) -> usize {
        match &self.0 {
            Kind::Exact(tokenizer) => blocks(text)
                .map(|block| {
                    tokenizer.encode_fast(&text[block.clone()], false).map_or(block.len(), |e| e.len())
                })
                .sum(),
            Kind::Unigram(unigram) => blocks(text).map(|block| unigram.tokens(&text[block]).len()).sum(),
            Kind::Approximate => approximate(text).len(),
        }
    }

    /// Where each token is: byte offsets, ascending, on character boundaries of the text.
    pub fn offsets(&self, text: &str) -> Result<Vec<(usize, usize)>, EmbeddingError> {
        let tokenizer = match &self.0 {
            Kind::Exact(tokenizer) => tokenizer,
            Kind::Unigram(unigram) => {
                let tokens = blocks(text).flat_map(|block| {
                    let start = block.start;
                    let place = move |token: Token| (start + token.start, start + token.end);
                    unigram.tokens(&text[block]).into_iter().map(place)
                });
                return Ok(tokens.collect());
            }
            Kind::Approximate => return Ok(approximate(text)),
        };
        let mut offsets = Vec::with_capacity(text.len() / 4);
        for block in blocks(text) {
            let encoding = tokenizer
                .encode(&text[block.clone()], false)
                .map_err(|error| EmbeddingError::Tokenise(error.to_string()))?;
            offsets.extend(encoding.get_offsets().iter().map(|(a, b)| (block.start + a, block.start + b)));
        }
        Ok(offsets)
    }

    /// What the model reads of a text: its ids within the special tokens, at most `limit` in all.
    pub(super) fn ids(&self, text: &str, limit: usize) -> Result<Vec<i64>, EmbeddingError> {
        let failed = |error: tokenizers::Error| EmbeddingError::Tokenise(error.to_string());
        let tokenizer = match &self.0 {
            Kind::Exact(tokenizer) => tokenizer,
            Kind::Unigram(unigram) => return Ok(unigram.ids(text, limit)),
            Kind::Approximate => {
                return Err(EmbeddingError::Tokenise("the tokenizer is not at hand".to_owned()));
            }
        };
        let mut encoding = tokenizer.encode(text, false).map_err(failed)?;
        let special = tokenizer.get_post_processor().map_or(0, |processor| processor.added_tokens(false));
        encoding.truncate(limit.saturating_sub(special), 0, TruncationDirection::Right);
        let whole = tokenizer.post_process(encoding, None, true).map_err(failed)?;
        Ok(whole.get_ids().iter().copied().map(i64::from).collect())
    }

    /// What a model reads of a question and a passage: ids, and which of the two each belongs to. The question gets at
    /// most half of the room, the passage what is left.
    pub(super) fn pair(
        &self,
        query: &str,
        passage: &str,
        limit: usize,
    ) -> Result<(Vec<i64>, Vec<i64>), EmbeddingError> {
        let failed = |error: tokenizers::Error| EmbeddingError::Tokenise(error.to_string());
        let tokenizer = match &self.0 {
            Kind::Exact(tokenizer) => tokenizer,
            Kind::Unigram(unigram) => {
                let ids = unigram.pair(query, passage, limit);
                let types = vec![0; ids.len()];
                return Ok((ids, types));
            }
            Kind::Approximate => {
                return Err(EmbeddingError::Tokenise("the tokenizer is not at hand".to_owned()));
            }
        };
        let special = tokenizer.get_post_processor().map_or(0, |processor| processor.added_tokens(true));
        let room = limit.saturating_sub(special);
        let mut first = tokenizer.encode(query, false).map_err(failed)?;
        first.truncate(room / 2, 0, TruncationDirection::Right);
        let mut second = tokenizer.encode(passage, false).map_err(failed)?;
        second.truncate(room.saturating_sub(first.len()), 0, TruncationDirection::Right);
        let whole = tokenizer.post_process(first, Some(second), true).map_err(failed)?;
        let numbers = |values: &[u32]| values.iter().copied().map(i64::from).collect();
        Ok((numbers(whole.get_ids()), numbers(whole.get_type_ids())))
    }
}

/// Cuts after a line's end where there is one, else after a blank, else between any two characters.
fn blocks(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start == text.len() {
            return None;
        }
        let limit = text.floor_char_boundary(start + BLOCK_BYTES);
        let end = if limit == text.len() {
            limit
        } else {
            let window = &text[start..limit];
            let cut = window.rfind('\n').or_else(|| window.rfind(' ')).map_or(window.len(), |at| at + 1);
            start + cut
        };
        let block = start..end;
        start = end;
        Some(block)
    })
}

fn approximate(text: &str) -> Vec<(usize, usize)> {
    let mut offsets: Vec<(usize, usize)> = Vec::with_capacity(text.len() / 4);
    // Whether the last token is part of a word that still has room in it.
    let mut open = false;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        let in_word = character.is_alphanumeric() && !is_unspaced(character);
        match offsets.last_mut() {
            _ if character.is_whitespace() => {}
            Some(last) if open && in_word && end - last.0 <= 4 => last.1 = end,
            _ => offsets.push((at, end)),
        }
        open = in_word;
    }
    offsets
}

/// Han, kana, Hangul, Thai and their neighbours: words are not separated, tokenizers take character by character.
const fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens<'a>(counter: &TokenCounter, text: &'a str) -> Vec<&'a str> {
        counter.offsets(text).unwrap().into_iter().map(|(a, b)| &text[a..b]).collect()
    }

    #[test]
    fn the_approximation_cuts_words_and_unspaced_scripts() {
        let counter = TokenCounter::approximate();
        assert_eq!(tokens(&counter, "Kestrels eat, often."), ["Kest", "rels", "eat", ",", "ofte", "n", "."]);
        assert_eq!(tokens(&counter, "日本語 ok"), ["日", "本", "語", "ok"]);
        assert_eq!(tokens(&counter, "naïve"), ["naï", "ve"]);
        assert_eq!(counter.count(" \n\t"), 0);
    }

    #[test]
    fn blocks_cover_the_text_without_cutting_characters() {
        let line = "ein Satz mit Umlauten: äöü\n";
        for text in [line.repeat(2_000), "ä".repeat(20_000), "wort ".repeat(9_000), String::new()] {
            let mut at = 0;
            for block in blocks(&text) {
                assert_eq!(block.start, at, "no gap");
                assert!(block.len() <= BLOCK_BYTES && !block.is_empty());
                at = block.end;
                assert!(text.is_char_boundary(at));
            }
            assert_eq!(at, text.len());
        }
        assert!(blocks(&line.repeat(2_000)).all(|block| line.repeat(2_000)[block].ends_with('\n')));
    }

    #[test]
    fn a_broken_tokenizer_is_an_error() {
        assert!(TokenCounter::from_json(b"{\"model\":").is_err());
    }
}
