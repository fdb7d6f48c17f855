//! Tokens of SentencePiece's unigram kind, as XLM-R and the multilingual e5 models have them, in a few megabytes: 250,000
//! pieces in Hugging Face's own structures take 280.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, decompose_compatible};
use unicode_normalization::{IsNormalized, is_nfkc_quick};

/// Stands for a blank within pieces, and begins each word.
const BLANK: char = '▁';
/// What an unknown character costs beyond the worst piece, as in SentencePiece.
const UNKNOWN_COSTS: f32 = 10.0;

/// The pieces, to be looked up by their text.
pub(super) struct Unigram {
    text: Box<str>,
    /// Where each piece ends; the next one begins there.
    ends: Box<[u32]>,
    scores: Box<[f32]>,
    /// Numbers of pieces plus one, open addressing; 0 is free.
    slots: Box<[u32]>,
    longest: usize,
    unknown: u32,
    unknown_score: f32,
    before: Vec<u32>,
    /// Of two texts.
    between: Vec<u32>,
    after: Vec<u32>,
}

/// A token, and where it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub id: u32,
    pub start: usize,
    pub end: usize,
}

impl Unigram {
    /// `None` where the file describes another kind of tokenizer, or steps that are not known here.
    pub(super) fn from_json(bytes: &[u8]) -> Option<Self> {
        let file: File = serde_json::from_slice(bytes).ok()?;
        let blanks = json!({"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "});
        let normalizer =
            json!({"type": "Sequence", "normalizers": [{"type": "Nmt"}, {"type": "NFKC"}, blanks]});
        let pre_tokenizer =
            json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
        if file.normalizer != normalizer || file.pre_tokenizer != pre_tokenizer || file.model.byte_fallback {
            return None;
        }
        let [before, after] = around(&file.post_processor, "single")?.try_into().ok()?;
        let [_, between, _] = around(&file.post_processor, "pair")?.try_into().ok()?;
        let Vocabulary::Scored { text, ends, scores } = file.model.vocab else { return None };
        let unknown = file.model.unk_id?;
        scores.get(unknown as usize)?;
        let lowest = scores.iter().copied().fold(f32::INFINITY, f32::min);
        let mut pieces = Self {
            text: text.into_boxed_str(),
            ends: ends.into_boxed_slice(),
            slots: vec![0; (scores.len() * 2).next_power_of_two()].into_boxed_slice(),
            scores: scores.into_boxed_slice(),
            longest: 0,
            unknown,
            unknown_score: lowest - UNKNOWN_COSTS,
            before,
            between,
            after,
        };
        let special: Vec<u32> =
            file.added_tokens.iter().filter(|one| one.special).map(|one| one.id).collect();
        pieces.fill_slots(&special);
        Some(pieces)
    }

    /// Special tokens are not found in texts: what looks like one there is text.
    fn fill_slots(&mut self, special: &[u32]) {
        for id in 0..u32::try_from(self.ends.len()).unwrap_or(u32::MAX) {
            let piece = self.piece(id);
            if piece.is_empty() || id == self.unknown || special.contains(&id) {
                continue;
            }
            let length = piece.len();
            let mut slot = self.first_slot(piece.bytes().fold(HASH_OF_NOTHING, hashed));
            while self.slots[slot] != 0 {
                slot = (slot + 1) % self.slots.len();
            }
            self.slots[slot] = id + 1;
            self.longest = self.longest.max(length);
        }
    }

    fn piece(&self, id: u32) -> &str {
        let id = id as usize;
        let start = if id == 0 { 0 } else { self.ends[id - 1] };
        &self.text[start as usize..self.ends[id] as usize]
    }

    const fn first_slot(&self, hash: u64) -> usize {
        (hash ^ (hash >> 32)) as usize & (self.slots.len() - 1)
    }

    fn look_up(&self, hash: u64, piece: &str) -> Option<u32> {
        let mut slot = self.first_slot(hash);
        loop {
            let id = self.slots[slot].checked_sub(1)?;
            if self.piece(id) == piece {
                return Some(id);
            }
            slot = (slot + 1) % self.slots.len();
        }
    }

    /// The tokens of a text, without the special ones.
    pub(super) fn tokens(&self, text: &str) -> Vec<Token> {
        let normal = Normal::of(text);
        let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 3);
        let mut start = 0;
        while start < normal.chars.len() {
            let rest = &normal.chars[start + 1..];
            let end =
                rest.iter().position(|one| one.is_blank).map_or(normal.chars.len(), |at| start + 1 + at);
            self.word(&normal, start, end, &mut tokens);
            start = end;
        }
        tokens
    }

    /// The ids of a text within the special tokens, cut where there would be more than `limit`.
    pub(super) fn ids(&self, text: &str, limit: usize) -> Vec<i64> {
        let room = limit.saturating_sub(self.before.len() + self.after.len());
        let tokens = self.tokens(text);
        let inner = tokens.iter().take(room).map(|token| token.id);
        let all = self.before.iter().copied().chain(inner).chain(self.after.iter().copied());
        all.map(i64::from).collect()
    }

    /// The ids of a question and a passage together; the question gets at most half of the room.
    pub(super) fn pair(&self, query: &str, passage: &str, limit: usize) -> Vec<i64> {
        let special = self.before.len() + self.between.len() + self.after.len();
        let room = limit.saturating_sub(special);
        let first: Vec<u32> = self.tokens(query).iter().take(room / 2).map(|token| token.id).collect();
        let second = self.tokens(passage);
        let second = second.iter().take(room - first.len()).map(|token| token.id);
        let begin = self.before.iter().chain(&first).chain(&self.between).copied();
        begin.chain(second).chain(self.after.iter().copied()).map(i64::from).collect()
    }

    /// The best way to cut a word: the one whose pieces have the greatest sum of scores.
    fn word(&self, normal: &Normal, start: usize, end: usize, tokens: &mut Vec<Token>) {
        let count = end - start;
        // For each place: the best sum up to it, where its last piece begins, and that piece.
        let mut best = vec![(f64::NEG_INFINITY, 0_usize, self.unknown); count + 1];
        best[0].0 = 0.0;
        for from in 0..count {
            let (sum, ..) = best[from];
            let (mut hash, mut is_known) = (HASH_OF_NOTHING, false);
            let begin = normal.chars[start + from].at;
            for (to, place) in best.iter_mut().enumerate().skip(from + 1) {
                let (last, stop) = (normal.chars[start + to - 1].at, normal.end_of(start + to - 1));
                if stop - begin > self.longest {
                    break;
                }
                hash = normal.text.as_bytes()[last..stop].iter().copied().fold(hash, hashed);
                if let Some(id) = self.look_up(hash, &normal.text[begin..stop]) {
                    let sum = sum + f64::from(self.scores[id as usize]);
                    if sum > place.0 {
                        *place = (sum, from, id);
                    }
                    is_known |= to == from + 1;
                }
            }
            let sum = sum + f64::from(self.unknown_score);
            if !is_known && sum > best[from + 1].0 {
                best[from + 1] = (sum, from, self.unknown);
            }
        }
        let first = tokens.len();
        let mut at = count;
        while at > 0 {
            let (_, from, id) = best[at];
            let (start_of, end_of) = normal.place(start + from, start + at);
            match tokens[first..].last_mut() {
                // Unknown characters side by side are one token.
                Some(after) if id == self.unknown && after.id == id => after.start = start_of,
                _ => tokens.push(Token { id, start: start_of, end: end_of }),
            }
            at = from;
        }
        tokens[first..].reverse();
    }
}

/// A text as the pieces are written, and where each of its characters comes from.
struct Normal {
    text: String,
    chars: Vec<One>,
}

struct One {
    /// In the normal text.
    at: usize,
    is_blank: bool,
    /// In the text as it was given.
    from: (usize, usize),
}

impl Normal {
    fn of(text: &str) -> Self {
        let mut normal =
            Self { text: String::with_capacity(text.len() + 8), chars: Vec::with_capacity(text.len() + 1) };
        // Characters that are composed together, and where they stand.
        let (mut run, mut place) = (String::new(), (0, 0));
        for (at, character) in text.char_indices() {
            let Some(character) = cleaned(character) else { continue };
            let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
            if begins(character) {
                normal.push_run(&run, place);
                run.clear();
                place.0 = at;
            }
            run.push(character);
            place.1 = end;
        }
        normal.push_run(&run, place);
        normal
    }

    fn push_run(&mut self, run: &str, place: (usize, usize)) {
        if run.is_ascii() {
            run.chars().for_each(|character| self.push(character, place));
        } else {
            run.nfkc().for_each(|character| self.push(character, place));
        }
    }

    fn push(&mut self, character: char, from: (usize, usize)) {
        let is_blank = character == ' ';
        match self.chars.last_mut() {
            Some(last) if is_blank && last.is_blank => {
                last.from.1 = from.1;
                return;
            }
            // Each text begins with a blank.
            None if !is_blank => self.add(BLANK, true, (from.0, from.0)),
            _ => {}
        }
        self.add(if is_blank { BLANK } else { character }, is_blank, from);
    }

    fn add(&mut self, character: char, is_blank: bool, from: (usize, usize)) {
        self.chars.push(One { at: self.text.len(), is_blank, from });
        self.text.push(character);
    }

    fn end_of(&self, index: usize) -> usize {
        self.chars.get(index + 1).map_or(self.text.len(), |next| next.at)
    }

    /// Where characters come from; a word does not begin with the blank before it.
    fn place(&self, start: usize, end: usize) -> (usize, usize) {
        let first = if self.chars[start].is_blank && end > start + 1 { start + 1 } else { start };
        (self.chars[first].from.0, self.chars[end - 1].from.1)
    }
}

/// What SentencePiece's `nmt` rule takes away or takes for a blank.
const fn cleaned(character: char) -> Option<char> {
    match character as u32 {
        0x01..=0x08 | 0x0b | 0x0e..=0x1f | 0x7f | 0x8f | 0x9f => None,
        0x09 | 0x0a | 0x0c | 0x0d | 0x1680 | 0x200b..=0x200f | 0x2028 | 0x2029 | 0x2581 | 0xfeff | 0xfffd => {
            Some(' ')
        }
        _ => Some(character),
    }
}

/// Whether nothing before the character can be composed with it.
fn begins(character: char) -> bool {
    if character.is_ascii() {
        return true;
    }
    let mut first = None;
    decompose_compatible(character, |part| {
        first.get_or_insert(part);
    });
    let first = first.unwrap_or(character);
    canonical_combining_class(first) == 0 && is_nfkc_quick(std::iter::once(first)) != IsNormalized::Maybe
}

const HASH_OF_NOTHING: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a, byte by byte: the hash of a longer piece goes on from that of the shorter one.
const fn hashed(hash: u64, byte: u8) -> u64 {
    (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3)
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    added_tokens: Vec<Added>,
    #[serde(default)]
    normalizer: Value,
    #[serde(default)]
    pre_tokenizer: Value,
    #[serde(default)]
    post_processor: Value,
    model: Model,
}

#[derive(Deserialize)]
struct Added {
    id: u32,
    #[serde(default)]
    special: bool,
}

#[derive(Deserialize)]
struct Model {
    #[serde(default)]
    unk_id: Option<u32>,
    #[serde(default)]
    byte_fallback: bool,
    vocab: Vocabulary,
}

/// Read piece by piece into its final form.
enum Vocabulary {
    Scored {
        text: String,
        ends: Vec<u32>,
        scores: Vec<f32>,
    },
    /// Of another kind of tokenizer.
    Other,
}

impl<'de> Deserialize<'de> for Vocabulary {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OfVocabulary)
    }
}

struct OfVocabulary;

impl<'de> Visitor<'de> for OfVocabulary {
    type Value = Vocabulary;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("pieces with scores, or words with numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vocabulary, A::Error> {
        let (mut text, mut ends, mut scores) = (String::new(), Vec::new(), Vec::new());
        while let Some((piece, score)) = sequence.next_element::<(std::borrow::Cow<'de, str>, f32)>()? {
            text.push_str(&piece);
            ends.push(u32::try_from(text.len()).map_err(serde::de::Error::custom)?);
            scores.push(score);
        }
        Ok(Vocabulary::Scored { text, ends, scores })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Vocabulary, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Vocabulary::Other)
    }
}

/// The special tokens before, between and after the texts of a template such as `<s> A </s></s> B </s>`.
fn around(template: &Value, which: &str) -> Option<Vec<Vec<u32>>> {
    if template.get("type")? != "TemplateProcessing" {
        return None;
    }
    let mut places = vec![Vec::new()];
    for part in template.get(which)?.as_array()? {
        let Some(special) = part.get("SpecialToken") else {
            part.get("Sequence")?;
            places.push(Vec::new());
            continue;
        };
        let ids =
            template.get("special_tokens")?.get(special.get("id")?.as_str()?)?.get("ids")?.as_array()?;
        for id in ids {
            places.last_mut()?.push(u32::try_from(id.as_u64()?).ok()?);
        }
    }
    Some(places)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A tokenizer of few pieces.
    pub(in super::super) fn file(pieces: &[(&str, f64)]) -> Value {
        let first = [("<s>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)];
        let vocab: Vec<(&str, f64)> = first.iter().chain(pieces).copied().collect();
        let special = |name: &str| json!({"SpecialToken": {"id": name, "type_id": 0}});
        let flags = |id: u32, name: &str| json!({"id": id, "content": name, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true});
        json!({
            "version": "1.0", "truncation": null, "padding": null,
            "added_tokens": [flags(0, "<s>"), flags(1, "</s>"), flags(2, "<unk>")],
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "Nmt"}, {"type": "NFKC"},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "}]},
            "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true},
            "post_processor": {"type": "TemplateProcessing",
                "single": [special("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, special("</s>")],
                "pair": [special("<s>"), {"Sequence": {"id": "A", "type_id": 0}}, special("</s>"), {"Sequence": {"id": "B", "type_id": 0}}],
                "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}, "</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
            "decoder": null,
            "model": {"type": "Unigram", "unk_id": 2, "vocab": vocab, "byte_fallback": false},
        })
    }

    fn small() -> Unigram {
        let pieces = [
            ("▁", -3.0),
            ("▁kestrel", -6.0),
            ("▁ke", -4.0),
            ("strel", -4.0),
            ("s", -3.0),
            ("é", -3.0),
            ("がき", -4.0),
            ("1", -2.0),
            ("⁄", -2.0),
            ("2", -2.0),
            ("<", -5.0),
            (">", -5.0),
        ];
        Unigram::from_json(file(&pieces).to_string().as_bytes()).unwrap()
    }

    fn cut<'a>(pieces: &Unigram, text: &'a str) -> Vec<(String, &'a str)> {
        let tokens = pieces.tokens(text);
        tokens.iter().map(|one| (pieces.piece(one.id).to_owned(), &text[one.start..one.end])).collect()
    }

    #[test]
    fn the_best_pieces_win_and_know_their_places() {
        let pieces = small();
        let found = cut(&pieces, "kestrels  kes");
        let found: Vec<(&str, &str)> = found.iter().map(|(piece, text)| (piece.as_str(), *text)).collect();
        assert_eq!(found, [("▁kestrel", "kestrel"), ("s", "s"), ("▁ke", "ke"), ("s", "s")]);
        assert!(pieces.tokens("").is_empty());
        assert_eq!(pieces.ids("kestrels", 512), [0, 4, 7, 1]);
        assert_eq!(pieces.ids("kestrels kestrels", 4), [0, 4, 7, 1], "cut within the special tokens");
        assert_eq!(pieces.pair("kestrel", "kestrels", 512), [0, 4, 1, 4, 7, 1]);
        assert_eq!(
            pieces.pair("kestrels kestrels", "kestrels", 7),
            [0, 4, 7, 1, 4, 7, 1],
            "each has its half"
        );
    }

    #[test]
    fn characters_are_normalised_and_found_again() {
        let pieces = small();
        // A letter and its accent, half-width kana and their mark, a fraction, a control character.
        for (text, expected) in [
            ("se\u{301}s", vec![("▁", ""), ("s", "s"), ("é", "e\u{301}"), ("s", "s")]),
            ("ｶﾞ", vec![("▁", ""), ("<unk>", "ｶﾞ")]),
            ("か\u{3099}き", vec![("▁", ""), ("がき", "か\u{3099}き")]),
            ("½", vec![("▁", ""), ("1", "½"), ("⁄", "½"), ("2", "½")]),
            ("s\u{1}s", vec![("▁", ""), ("s", "s"), ("s", "s")]),
            ("s\ns", vec![("▁", ""), ("s", "s"), ("▁", "\n"), ("s", "s")]),
        ] {
            let found = cut(&pieces, text);
            let found: Vec<(&str, &str)> =
                found.iter().map(|(piece, text)| (piece.as_str(), *text)).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    #[test]
    fn special_tokens_in_a_text_are_text() {
        let pieces = small();
        let ids = pieces.ids("<s>", 512);
        assert_eq!(ids.iter().filter(|id| **id == 0).count(), 1, "{ids:?}");
        assert_eq!(
            cut(&pieces, "<s>").iter().map(|(piece, _)| piece.as_str()).collect::<Vec<_>>(),
            ["▁", "<", "s", ">"]
        );
    }

    #[test]
    fn other_kinds_are_left_to_others() {
        let mut other = file(&[]);
        other["model"] = json!({"type": "WordPiece", "vocab": {"a": 1}, "unk_token": "a"});
        assert!(Unigram::from_json(other.to_string().as_bytes()).is_none());
        for (key, value) in [
            ("normalizer", json!({"type": "NFC"})),
            ("pre_tokenizer", json!(null)),
            ("post_processor", json!(null)),
        ] {
            let mut other = file(&[]);
            other[key] = value;
            assert!(Unigram::from_json(other.to_string().as_bytes()).is_none(), "{key}");
        }
        assert!(Unigram::from_json(b"{").is_none());
    }
}
