//! Sentences of documents, and what two editions say of the same in them.

use super::editions::{Editions, all_editions};
use super::words::fits_strictly;
use super::{Desk, Reckoned, Said};
use crate::tables::words::{Token, tokens};
use crate::ways::{Quantity, Text, plain, quantity_in};
use docent_models::{sentences_of, terms_of};

/// Words of the question that a sentence has at least.
const SHARED: usize = 2;

/// Of ten words of the longer one, those that two sentences on the same have in common.
const ALIKE: usize = 5;

const SAID: Text = Text::new(
    "{}: **{}** – {}: **{}** (change {}): “{}” – “{}” ({} and {})",
    "{}: **{}** – {}: **{}** (Veränderung {}): „{}“ – „{}“ ({} und {})",
);

/// A sentence and where its line stands.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) words: Vec<Token>,
    pub(super) place: i64,
}

/// The sentences of a document that are in no table.
pub(super) fn sentences(desk: &Desk<'_>, paper: usize) -> Vec<Sentence> {
    let of = &desk.papers[paper];
    let mut at = of.start;
    let mut all = Vec::new();
    for line in of.text.split('\n') {
        let begin = at;
        at += i64::try_from(line.chars().count()).unwrap_or_default() + 1;
        if !line.contains('|') {
            all.extend(sentences_of(line).into_iter().map(|text| Sentence {
                words: tokens(&text),
                text,
                place: begin,
            }));
        }
    }
    all
}

/// A sentence with the only quantity in it, and how many words of the question it has.
struct Measured {
    sentence: Sentence,
    quantity: Quantity,
    shared: usize,
}

/// What two editions say of the same in sentences made alike, where each names one quantity.
pub(super) fn changed(desk: &Desk<'_>) -> Option<Reckoned> {
    if !desk.asked.asks_change() && !desk.asked.asks_how_far() {
        return None;
    }
    let mut found: Vec<(usize, Reckoned)> = Vec::new();
    for of in all_editions(desk) {
        let words = of.asked(desk);
        let names = words.iter().filter(|word| desk.is_name(word));
        let said = |word: &Token| of.papers.iter().any(|paper| desk.is_said(*paper, word));
        let unknown = words.iter().filter(|word| !said(word)).count();
        if unknown > 2 || names.into_iter().any(|word| !said(word)) {
            continue;
        }
        let [before, after] = of.papers.map(|paper| measured(desk, paper, &words));
        found.extend(pair(desk, &of, &before, &after));
    }
    let most = found.iter().map(|(shared, _)| *shared).max()?;
    found.retain(|(shared, _)| *shared == most);
    let one = found.len() == 1;
    found.into_iter().next().filter(|_| one).map(|(_, reckoned)| reckoned)
}

fn measured(desk: &Desk<'_>, paper: usize, words: &[Token]) -> Vec<Measured> {
    let of = |sentence: Sentence| {
        let shared =
            words.iter().filter(|word| sentence.words.iter().any(|own| fits_strictly(own, word))).count();
        let quantity = quantity_in(without_number(&sentence.text)).filter(|_| shared >= SHARED)?;
        Some(Measured { sentence, quantity, shared })
    };
    sentences(desk, paper).into_iter().filter_map(of).collect()
}

/// A clause without its number: "16.  A warden may ask".
fn without_number(text: &str) -> &str {
    let text = text.trim_start();
    let number = text.find(char::is_whitespace).map(|end| &text[..end]);
    let is_number = |word: &str| {
        let bare = word.trim_start_matches('(').trim_end_matches([')', '.']);
        bare.starts_with(|c: char| c.is_ascii_digit())
            && (word.ends_with(['.', ')']) || bare.contains('.'))
            && bare.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
    };
    number.filter(|word| is_number(word)).map_or(text, |word| text[word.len()..].trim_start())
}

/// The two sentences that have most of the question and of each other; `None` where others have as much.
fn pair(
    desk: &Desk<'_>,
    of: &Editions,
    before: &[Measured],
    after: &[Measured],
) -> Option<(usize, Reckoned)> {
    let mut pairs: Vec<((usize, usize), &Measured, &Measured)> = Vec::new();
    for one in before {
        for other in after {
            let alike = alike(&one.sentence, &other.sentence);
            let same_unit = one.quantity.is_like(&other.quantity);
            if same_unit && alike >= ALIKE {
                pairs.push(((one.shared + other.shared, alike), one, other));
            }
        }
    }
    let best = pairs.iter().map(|(rank, ..)| *rank).max()?;
    // A sentence with more of the question that has no counterpart may be what is meant.
    let most = |all: &[Measured]| all.iter().map(|one| one.shared).max().unwrap_or_default();
    pairs.retain(|(rank, ..)| *rank == best);
    let [(_, one, other)] = pairs[..] else { return None };
    let whole = one.shared == most(before) && other.shared == most(after);
    let far = other.quantity.apart_from(&one.quantity).filter(|_| whole)?;
    let years = of.years.map(|year| year.to_string());
    let files = of.papers.map(|paper| desk.file(paper));
    let quoted = [one, other].map(|it| plain(it.sentence.text.trim()));
    let text = desk.text(
        &SAID,
        &[
            &years[0],
            one.quantity.written(),
            &years[1],
            other.quantity.written(),
            &far,
            &quoted[0],
            &quoted[1],
            &files[0],
            &files[1],
        ],
    );
    let places = vec![(of.papers[0], one.sentence.place), (of.papers[1], other.sentence.place)];
    Some((best.0, Reckoned { lines: vec![Said { text, places }], way: "editions" }))
}

/// How many of ten words of the longer one both have.
fn alike(one: &Sentence, other: &Sentence) -> usize {
    let content = |sentence: &Sentence| {
        sentence.words.iter().filter(|word| !terms_of(&word.text).is_empty()).cloned().collect::<Vec<_>>()
    };
    let (one, other) = (content(one), content(other));
    let both = one.iter().filter(|word| other.iter().any(|own| fits_strictly(own, word))).count();
    (10 * both).checked_div(one.len().max(other.len())).unwrap_or_default()
}
