//! A share of an amount: a price less its discount, "at most six per cent of the annual charge".

use super::amount::{Amount, writes_comma};
use super::find::named;
use super::sentences::{Sentence, sentences};
use super::words::{Asked, fits_strictly};
use super::{Desk, Reckoned, Said};
use crate::tables::words::{Token, tokens};
use crate::ways::{Text, plain};
use docent_models::terms_of;

/// Words for what is taken off a price, in questions and in what says how much.
const OFF: &[&str] = &[
    "discount",
    "discounts",
    "rebate",
    "reduction",
    "deducted",
    "rabatt",
    "rabatte",
    "nachlass",
    "preisnachlass",
    "skonto",
    "mengenrabatt",
    "remise",
    "descuento",
];
const ALLOWED: &[&str] = &[
    "discount",
    "allow",
    "allows",
    "rebate",
    "reduction",
    "deduct",
    "deducted",
    "off",
    "less",
    "rabatt",
    "nachlass",
    "preisnachlass",
    "skonto",
    "mengenrabatt",
    "gewähren",
    "abzüglich",
    "abzug",
];

/// Words that ask for an amount and not for a share.
const AMOUNTS: &[&str] = &[
    "highest sum",
    "largest sum",
    "maximum amount",
    "maximum sum",
    "in pounds",
    "in euro",
    "in euros",
    "in money",
    "what sum",
    "which sum",
    "most in",
    "highest amount",
    "how much money",
    "what amount",
    "in gbp",
    "in eur",
    "welche summe",
    "welchen betrag",
    "welcher betrag",
    "höchste betrag",
    "wie viel euro",
    "wieviel euro",
    "wie viele euro",
    "in pfund",
    "höchstbetrag",
];

/// Words that the sentence with the share has of the question at least.
const SHARED: usize = 2;

const LESS: Text = Text::new("**{}** = {} − {} % ({}; {})", "**{}** = {} − {} % ({}; {})");
const SHARE: Text = Text::new("**{}** = {} % × {} ({}; {})", "**{}** = {} % × {} ({}; {})");

pub(super) fn is_asked(asked: &Asked) -> bool {
    asked.says(OFF) || asked.says_phrase(AMOUNTS)
}

/// The shares that a text names, in per cent.
fn shares_in(text: &str) -> Vec<f64> {
    const NAMES: &[&str] = &["per", "percent", "prozent", "pct", "v.h."];
    let words: Vec<String> = text.replace('%', " % ").split_whitespace().map(str::to_lowercase).collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let bare = word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')'));
        let next = words.get(at + 1).map_or("", |it| it.trim_end_matches([',', '.', ';', ':', ')']));
        let behind = words.get(at + 2).map_or("", String::as_str);
        let named = next == "%" || NAMES.contains(&next) && (next != "per" || behind.starts_with("cent"));
        let number = bare.replace(',', ".").parse::<f64>().ok();
        let number = number.or_else(|| tokens(bare).first().and_then(|word| word.stem.parse().ok()));
        found.extend(number.filter(|number| named && (0.0..=100.0).contains(number)));
    }
    found
}

/// A price that the question names, less the share that a sentence of its document takes off.
pub(super) fn less(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    if !asked.says(OFF) {
        return None;
    }
    let words: Vec<Token> =
        asked.content.iter().filter(|word| !OFF.contains(&word.text.as_str())).cloned().collect();
    let price = named(desk, &words, &|grid| !desk.is_superseded(grid.paper))?;
    let paper = desk.grids[price.spot.grid].paper;
    if price.words.len() < SHARED || price.amount.is_share() || !desk.explains(paper, &price.words) {
        return None;
    }
    let mut found: Vec<(usize, f64, Sentence)> = Vec::new();
    for sentence in sentences(desk, paper) {
        let takes_off = sentence.words.iter().any(|word| ALLOWED.contains(&word.text.as_str()));
        let [share] = shares_in(&sentence.text)[..] else { continue };
        let shared =
            words.iter().filter(|word| sentence.words.iter().any(|own| fits_strictly(own, word))).count();
        if takes_off && shared > 0 {
            found.push((shared, share, sentence));
        }
    }
    let most = found.iter().map(|(shared, ..)| *shared).max()?;
    found.retain(|(shared, ..)| *shared == most);
    let [(_, share, sentence)] = &found[..] else { return None };
    let total = price.amount.with(price.amount.value * (1.0 - share / 100.0), None).written();
    let grid = &desk.grids[price.spot.grid];
    let what = format!("{}, {}", plain(&grid.rows[price.spot.row].name), plain(grid.head(price.spot.column)));
    let share = crate::tables::written(*share);
    let text = desk.text(&LESS, &[&total, &price.amount.written(), &share, &what, &desk.file(paper)]);
    Some(Reckoned {
        lines: vec![Said { text, places: vec![desk.place(price.spot), (paper, sentence.place)] }],
        way: "share",
    })
}

/// "Six per cent of the annual charge", where the document says how much that is.
pub(super) fn of(desk: &Desk<'_>) -> Option<Reckoned> {
    let asked = &desk.asked;
    if !asked.says_phrase(AMOUNTS) {
        return None;
    }
    let mut found: Vec<(usize, Reckoned)> = Vec::new();
    for paper in (0..desk.papers.len()).filter(|paper| !desk.is_superseded(*paper)) {
        let all = sentences(desk, paper);
        for sentence in &all {
            let shared: Vec<usize> = (0..asked.content.len())
                .filter(|at| sentence.words.iter().any(|own| fits_strictly(own, &asked.content[*at])))
                .collect();
            let ([share], Some(whole)) = (&shares_in(&sentence.text)[..], whole_of(&sentence.text)) else {
                continue;
            };
            if shared.len() < SHARED || !desk.explains(paper, &shared) {
                continue;
            }
            let Some((amount, place)) = amount_of(&whole, &all, writes_comma(&desk.papers[paper].text))
            else {
                continue;
            };
            let total = amount.with(amount.value * share / 100.0, None).written();
            let (share, whole) = (crate::tables::written(*share), plain(&whole));
            let text = desk.text(&SHARE, &[&total, &share, &amount.written(), &whole, &desk.file(paper)]);
            let places = vec![(paper, sentence.place), (paper, place)];
            found.push((shared.len(), Reckoned { lines: vec![Said { text, places }], way: "share" }));
        }
    }
    let most = found.iter().map(|(shared, _)| *shared).max()?;
    found.retain(|(shared, _)| *shared == most);
    let one = found.len() == 1;
    found.into_iter().next().filter(|_| one).map(|(_, reckoned)| reckoned)
}

/// What a share is of: the words behind "per cent of the", up to a small word.
fn whole_of(text: &str) -> Option<String> {
    const OF: &[&str] = &[
        "per cent of the ",
        "percent of the ",
        "% of the ",
        "prozent der ",
        "prozent des ",
        "% der ",
        "% des ",
    ];
    const LONGEST: usize = 4;
    let lower = text.to_lowercase();
    let at = OF.iter().find_map(|of| lower.find(of).map(|at| at + of.len()))?;
    let words = lower[at..].split_whitespace();
    let own: Vec<&str> = words
        .take_while(|word| !terms_of(word).is_empty())
        .take(LONGEST)
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    (!own.is_empty()).then(|| own.join(" "))
}

/// The only amount of money in the only sentence that says how much it is.
fn amount_of(whole: &str, all: &[Sentence], comma: bool) -> Option<(Amount, i64)> {
    let words = tokens(whole);
    let mut found: Vec<(Amount, i64)> = Vec::new();
    for sentence in all {
        if let ([amount], true) =
            (&money_in(&sentence.text, comma)[..], says_how_much(&sentence.text, &words))
        {
            found.push((amount.clone(), sentence.place));
        }
    }
    let one = found.len() == 1;
    found.into_iter().next().filter(|_| one)
}

/// Whether a sentence says of something how much it is: it names it, says "is", and then comes an amount.
fn says_how_much(text: &str, words: &[Token]) -> bool {
    const IS: &[&str] = &[
        "is", "are", "was", "amounts", "equals", "totals", "beträgt", "betragen", "ist", "belief", "beläuft",
        "est", "es",
    ];
    let there = tokens(text);
    let named = words.iter().map(|word| there.iter().position(|own| fits_strictly(own, word)));
    let Some(named) = named.collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max()) else {
        return false;
    };
    let is = (named..there.len()).find(|at| IS.contains(&there[*at].text.as_str()));
    is.is_some_and(|is| there[is..].iter().any(|word| word.text.starts_with(|c: char| c.is_ascii_digit())))
}

/// The amounts of money in a text.
pub(super) fn money_in(text: &str, comma: bool) -> Vec<Amount> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found: Vec<Amount> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let joined = |length: usize| {
            let written = words.get(at..at + length)?.join(" ");
            let bare =
                written.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '!' | '?'));
            Amount::of_cell(bare, comma).filter(Amount::is_money)
        };
        let million = words
            .get(at + 1)
            .is_some_and(|next| matches!(&*next.to_lowercase(), "million" | "mio." | "bn" | "m"));
        match joined(1).map(|amount| (amount, 1)).or_else(|| joined(2).map(|amount| (amount, 2))) {
            Some((amount, length)) if !million => {
                found.push(amount);
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}
