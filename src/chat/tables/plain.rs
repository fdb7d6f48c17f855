//! Questions in plain forms: every word of them is used for something in the table, and in one way only.
//!
//! What is read so is sure, whatever the learned weights say; where two ways to use all words give different answers, it
//! is left to them. The forms: how many rows, the sum, average, highest or lowest of a column, a list of what the rows are
//! called, one cell of a row; each with conditions by cells, comparisons and times.

use std::collections::BTreeSet;

use super::ask::key;
use super::columns::{core, flags};
use super::freely::{self, is_joining, is_small, of_difference};
use super::grammar::{self, AVERAGE, Compared, LEAST, MOST, SUM, comparisons};
use super::link::{Fit, Hit, Index, Span, named};
use super::naming::{BETWEEN, Named, Naming};
use super::plan::Plan;
use super::run::{compute, matching};
use super::same::{is_kind_of, is_one_word, may_stand_for, mean_the_same};
use super::typed::Typed;
use super::uses::Uses;
use super::words::{Token, tokens};

/// Longer questions are stories.
const LONGEST: usize = 40;

/// Runs of words that stand in cells, more are not put together.
const SPANS: usize = 5;

/// Words of a cell that one of them may stand for.
const LONGEST_CELL: usize = 6;

/// Rows of a list.
pub(super) const MOST_ITEMS: usize = 200;

/// Words that every question may have: what they say does not change what is asked.
pub(super) const FREE: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "at",
    "to",
    "for",
    "by",
    "from",
    "with",
    "and",
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "did",
    "do",
    "does",
    "has",
    "have",
    "had",
    "there",
    "that",
    "this",
    "these",
    "those",
    "it",
    "its",
    "they",
    "their",
    "our",
    "my",
    "your",
    "you",
    "me",
    "i",
    "we",
    "us",
    "please",
    "tell",
    "can",
    "could",
    "would",
    "will",
    "all",
    "any",
    "per",
    "pro",
    "je",
    "as",
    "listed",
    "according",
    "recorded",
    "shown",
    "given",
    "contained",
    "contains",
    "contain",
    "currently",
    "still",
    "took",
    "take",
    "takes",
    "noch",
    "now",
    "exist",
    "agreed",
    "planned",
    "work",
    "works",
    "working",
    "employed",
    "based",
    "come",
    "comes",
    "came",
    "belong",
    "belongs",
    "got",
    "get",
    "know",
    "s",
    "whats",
    "need",
    "entries",
    "entry",
    "rows",
    "row",
    "items",
    "item",
    "records",
    "record",
    "altogether",
    "overall",
    "der",
    "die",
    "das",
    "den",
    "dem",
    "des",
    "ein",
    "eine",
    "einen",
    "einem",
    "einer",
    "im",
    "am",
    "von",
    "vom",
    "bei",
    "mit",
    "für",
    "zu",
    "zum",
    "zur",
    "auf",
    "aus",
    "nach",
    "laut",
    "und",
    "ist",
    "sind",
    "war",
    "waren",
    "hat",
    "haben",
    "wir",
    "uns",
    "unser",
    "unsere",
    "unserer",
    "mir",
    "ich",
    "es",
    "gibt",
    "bitte",
    "alle",
    "aller",
    "allen",
    "arbeiten",
    "arbeitet",
    "stehen",
    "steht",
    "kommen",
    "kommt",
    "insgesamt",
    "zeilen",
    "einträge",
    "beschlossenen",
    "vereinbarten",
];

/// A plan that uses all words of a question.
#[derive(Debug, Clone)]
pub(crate) struct Sure {
    pub(crate) plan: Plan,
    pub(crate) rank: Rank,
}

/// How well a table fits a question: the better the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    /// Every word is one of the table's.
    pub(super) known: bool,
    /// No condition is a part of what stands in a cell.
    pub(super) whole: bool,
    /// Words that its own title explains.
    pub(super) title: usize,
    /// People are asked for, and its rows are people.
    pub(super) people: bool,
    pub(super) file: usize,
    pub(super) around: usize,
}

impl Rank {
    /// The question says what this table, and not only its file, is called.
    pub(crate) const fn is_titled(&self) -> bool {
        self.title > 0
    }
}

/// What the question asks of the table, where all of its words say so.
pub(crate) fn plainly(question: &str, table: &Typed<'_>, naming: &Naming) -> Option<Sure> {
    reading(question, table, naming, false)
}

/// The same, where words that only join, and the noun that the rows are called by, need not be the table's.
pub(crate) fn freely(question: &str, table: &Typed<'_>, naming: &Naming) -> Option<Sure> {
    reading(question, table, naming, true)
}

fn reading(question: &str, table: &Typed<'_>, naming: &Naming, free: bool) -> Option<Sure> {
    let words = tokens(question);
    if table.rows() == 0 || words.is_empty() || words.len() > LONGEST || has_decade(question) {
        return None;
    }
    let mut reader = Reader::new(table, naming, &words, free);
    reader.money = money_in(question);
    if free {
        reader.add_letters(question);
        reader.leave_the_rows();
    }
    let mut found: Vec<(String, Sure)> = Vec::new();
    for choice in reader.choices() {
        for fewer in [false, true] {
            let Some(sure) = reader.read(&choice, fewer) else { continue };
            let rows = matching(table, &sure.plan.conditions);
            // That there is none is as often a word that was misread.
            if rows.is_empty() {
                continue;
            }
            let Some((answers, _)) = compute(table, &rows, &sure.plan.what) else { continue };
            if answers.len() > MOST_ITEMS {
                return None;
            }
            found.push((key(&answers), sure));
            if free {
                break;
            }
        }
    }
    let best = found.iter().map(|(_, sure)| sure.rank).max()?;
    if free {
        found.retain(|(_, sure)| sure.rank == best);
    }
    let answers: BTreeSet<&String> = found.iter().map(|(answers, _)| answers).collect();
    (answers.len() == 1).then_some(())?;
    found.into_iter().map(|(_, sure)| sure).find(|sure| sure.rank == best)
}

/// The numbers with a sign or a word for a currency beside them.
fn money_in(question: &str) -> Vec<String> {
    const SIGNS: &[char] = &['£', '€', '$', '¥'];
    const WORDS: &[&str] =
        &["eur", "euro", "euros", "usd", "gbp", "chf", "dollar", "dollars", "pound", "pounds", "pfund"];
    let spaced: String =
        question.chars().flat_map(|c| if SIGNS.contains(&c) { vec![' ', c, ' '] } else { vec![c] }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let says = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !SIGNS.contains(&c)).to_lowercase();
        bare.chars().any(|c| SIGNS.contains(&c)) || WORDS.contains(&bare.as_str())
    };
    let beside =
        |at: usize| at > 0 && says(words[at - 1]) || words.get(at + 1).is_some_and(|word| says(word));
    let numbers = (0..words.len()).filter(|at| words[*at].starts_with(|c: char| c.is_ascii_digit()));
    numbers.filter(|at| beside(*at)).flat_map(|at| tokens(words[at])).map(|word| word.text).collect()
}

/// "The 1980s": years that are no one year.
fn has_decade(question: &str) -> bool {
    question.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(|word| {
        let bare = word.trim_end_matches('s').trim_end_matches(['\'', '’']);
        bare.len() < word.len()
            && bare.len() >= 2
            && bare.ends_with('0')
            && bare.chars().all(|c| c.is_ascii_digit())
    })
}

pub(super) struct Reader<'a> {
    pub(super) table: &'a Typed<'a>,
    pub(super) naming: &'a Naming,
    pub(super) words: &'a [Token],
    pub(super) spans: Vec<Span>,
    pub(super) compared: Vec<Compared>,
    /// What the table's name explains, by word.
    pub(super) called: Vec<Option<Named>>,
    /// The columns that each word may name.
    pub(super) columns: Vec<Vec<usize>>,
    /// Words may be others than the table's: [`freely`].
    pub(super) free: bool,
    /// Numbers of the question that are amounts of money.
    pub(super) money: Vec<String>,
}

/// What the table's name explains. A word that only stands around the table names it with others beside it: "open bills"
/// may be those that are open, "the list of open bills" is a list.
fn called(words: &[Token], naming: &Naming, free: bool) -> Vec<Option<Named>> {
    let explains = |word: &Token| match free {
        true if is_joining(&word.text) => None,
        true => naming.explains_freely(word),
        false => naming.explains(word),
    };
    let mut called: Vec<Option<Named>> = words.iter().map(explains).collect();
    let names = |at: &usize| called[*at].is_some() || BETWEEN.contains(&words[*at].text.as_str());
    let alone: Vec<usize> = (0..words.len())
        .filter(|at| called[*at] == Some(Named::Around))
        .filter(|at| {
            let before = (0..*at).rev().take_while(names).filter(|at| called[*at].is_some()).count();
            let behind = (at + 1..words.len()).take_while(names).filter(|at| called[*at].is_some()).count();
            before + behind == 0
        })
        .collect();
    for at in alone {
        called[at] = None;
    }
    called
}

/// Which spans are conditions, by which of their hits.
type Choice = Vec<Option<usize>>;

impl<'a> Reader<'a> {
    pub(super) fn new(table: &'a Typed<'a>, naming: &'a Naming, words: &'a [Token], free: bool) -> Self {
        let named = named(words, table);
        let index = Index::of(table);
        let mut spans = index.spans(words, &named, table);
        // "Couriers" are found in "Courier".
        for span in spans.iter_mut().filter(|span| span.hits.iter().all(|hit| hit.fit > Fit::Part)) {
            span.hits = index.forms(&words[span.from]);
        }
        for span in &mut spans {
            let says = words[span.from..span.to].iter().any(|word| !grammar::is_form(&word.text));
            span.hits.retain(|hit| hit.fit == Fit::Whole || hit.fit == Fit::Part && says);
            for hit in span.hits.iter_mut().filter(|hit| hit.fit == Fit::Part) {
                hit.rows.retain(|row| tokens(table.table.cell(*row, hit.column)).len() <= LONGEST_CELL);
            }
            span.hits.retain(|hit| !hit.rows.is_empty());
            // Where it is all of a cell, it is no part of another.
            if span.hits.iter().any(|hit| hit.fit == Fit::Whole) {
                span.hits.retain(|hit| hit.fit == Fit::Whole);
            }
        }
        let compared = comparisons(words);
        let is_compared = |at: usize| compared.iter().any(|it| (it.at..it.to).contains(&at));
        spans.retain(|span| !span.hits.is_empty() && !(span.from..span.to).any(is_compared));
        let columns = words.iter().map(|word| named_by(word, table, free)).collect();
        let called = called(words, naming, free);
        let money = Vec::new();
        Self { table, naming, spans, compared, called, columns, words, free, money }
    }

    /// "Which machines": a word for the rows is no condition, though it may be a part of a cell.
    fn leave_the_rows(&mut self) {
        let words = self.words;
        let asks = |at: usize| {
            at > 0
                && (freely::WHICH.contains(&words[at - 1].text.as_str())
                    || freely::counts(&words[at - 1].text))
        };
        self.spans.retain(|span| {
            let part = span.hits.iter().all(|hit| hit.fit == Fit::Part);
            !(part && span.to - span.from == 1 && asks(span.from) && freely::is_thing(&words[span.from]))
        });
    }

    /// Single letters that are names, "variant A": in small letters they may be any word.
    fn add_letters(&mut self, question: &str) {
        let parts: Vec<&str> =
            question.split(|c: char| !c.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
        let is_letter = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
        for letter in parts.iter().skip(1).filter(|part| is_letter(part)) {
            let lower = letter.to_lowercase();
            let open = |at: &usize| {
                self.words[*at].text == lower
                    && !self.spans.iter().any(|span| (span.from..span.to).contains(at))
            };
            // "What does a variant A cost?": the name stands behind.
            let Some(at) = (0..self.words.len()).rev().find(open) else { continue };
            let whole = |column: usize| -> Vec<usize> {
                let same = |row: &usize| self.table.table.cell(*row, column).trim() == *letter;
                (0..self.table.rows()).filter(same).collect()
            };
            let hits: Vec<Hit> = (0..self.table.columns.len())
                .map(|column| Hit { column, rows: whole(column), fit: Fit::Whole })
                .filter(|hit| !hit.rows.is_empty())
                .collect();
            if !hits.is_empty() {
                self.spans.push(Span { from: at, to: at + 1, hits });
            }
        }
        self.spans.sort_by_key(|span| span.from);
    }

    /// Whether two words mean the same, as far as the question is read.
    pub(super) fn same(&self, one: &Token, other: &Token) -> bool {
        mean_the_same(one, other) || self.free && (is_kind_of(one, other) || may_stand_for(one, other))
    }

    /// Whether a word changes nothing of what is asked.
    pub(super) fn says_nothing(&self, at: usize) -> bool {
        FREE.contains(&self.word(at))
            || self.free && (is_joining(self.word(at)) || self.joins_a_name(at) || self.is_courtesy(at))
    }

    /// "Mr" before a name that stands in a cell.
    fn is_courtesy(&self, at: usize) -> bool {
        const COURTESY: &[&str] = &[
            "mr",
            "mrs",
            "ms",
            "miss",
            "dr",
            "prof",
            "professor",
            "herr",
            "herrn",
            "frau",
            "monsieur",
            "madame",
            "mme",
            "señor",
            "señora",
            "sr",
            "sra",
            "doctor",
            "doctora",
        ];
        let named = |at: usize| self.spans.iter().any(|span| (span.from..span.to).contains(&at));
        COURTESY.contains(&self.word(at)) && (named(at + 1) || named(at + 2))
    }

    /// "Cleaned under LC-38": it joins what names the table, and compares with no number.
    fn joins_a_name(&self, at: usize) -> bool {
        const UNDER: &[&str] = &["under", "unter", "gemäß", "als", "sous", "comme", "bajo", "como"];
        let names = |at: usize| self.called.get(at).is_some_and(|named| *named >= Some(Named::File));
        UNDER.contains(&self.word(at)) && names(at + 1)
    }

    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// Every way to take the spans as conditions or as other words.
    fn choices(&self) -> Vec<Choice> {
        if self.spans.len() > SPANS {
            return Vec::new();
        }
        let mut choices: Vec<Choice> = vec![Vec::new()];
        for span in &self.spans {
            let places = span.from..span.to;
            let other = |at: usize| {
                self.called[at].is_some_and(|named| named > Named::Around)
                    || !self.columns[at].is_empty()
                    || self.says_nothing(at)
                    || is_form(self.word(at))
            };
            let around = |at: usize| other(at) || self.called[at].is_some();
            let part = span.hits.iter().all(|hit| hit.fit == Fit::Part);
            let (in_name, in_cell) = self.exactly(span);
            let mut ways: Vec<Option<usize>> = Vec::new();
            // The name of the table comes before a part of a cell, and a whole cell before what only stands around.
            // "Opened" is the column "Opened" before it is the cell "Open", and the other way round.
            let named = part && places.clone().all(around) || in_name && !in_cell;
            if named || (in_name || !in_cell) && places.clone().all(other) {
                ways.push(None);
            }
            if !named {
                ways.extend((0..span.hits.len()).map(Some));
            }
            choices = choices
                .into_iter()
                .flat_map(|choice| ways.iter().map(move |way| [choice.clone(), vec![*way]].concat()))
                .collect();
        }
        choices
    }

    /// Whether a single word stands so, and not in another form, in the name of a column, and in a cell.
    fn exactly(&self, span: &Span) -> (bool, bool) {
        if span.to - span.from != 1 {
            return (false, false);
        }
        let word = self.word(span.from);
        let has = |tokens: &[Token]| tokens.iter().any(|token| token.text == word);
        let in_name = self.columns[span.from].iter().any(|column| has(&self.table.columns[*column].name));
        let cells = span.hits.iter().flat_map(|hit| hit.rows.iter().map(|row| (*row, hit.column)));
        let in_cell = cells.into_iter().any(|(row, column)| has(&tokens(self.table.table.cell(row, column))));
        (in_name, in_cell)
    }

    fn read(&self, choice: &Choice, fewer: bool) -> Option<Sure> {
        let mut uses = Uses::new(self);
        let mut conditions = uses.by_cells(choice);
        conditions.extend(uses.by_times()?);
        conditions.extend(uses.by_columns());
        let form = uses.form();
        let mut mentioned = uses.mentioned(fewer)?;
        conditions.extend(uses.by_flags(&mut mentioned)?);
        conditions.extend(uses.by_numbers(&mut mentioned, form)?);
        let rows = matching(self.table, &conditions);
        let what = uses.what(form, &mentioned, &rows, !conditions.is_empty())?;
        if uses.all() {
            return Some(Sure { rank: uses.rank(choice), plan: Plan { what, conditions } });
        }
        let fits = self.free && uses.all_but_the_rows(&what, &conditions);
        let rank = Rank { known: false, ..uses.rank(choice) };
        fits.then_some(Sure { rank, plan: Plan { what, conditions } })
    }
}

fn is_form(word: &str) -> bool {
    [MOST, LEAST, SUM, AVERAGE].iter().any(|list| list.contains(&word))
}

/// Columns with this word in their names; with one that means the same, where none has it itself.
fn named_by(word: &Token, table: &Typed<'_>, free: bool) -> Vec<usize> {
    if FREE.contains(&word.text.as_str()) || free && is_small(&word.text) {
        return Vec::new();
    }
    if let Some(of) = of_difference(&word.text).filter(|_| free) {
        let part = |of: &str| named_by(&Token { text: of.to_owned(), stem: of.to_owned() }, table, free);
        let whole = part(of);
        return match of.strip_suffix('s') {
            Some(bare) if whole.is_empty() => part(bare),
            _ => whole,
        };
    }
    let with = |same: &dyn Fn(&Token, &Token) -> bool| -> Vec<usize> {
        let has = |column: &usize| core(table, *column).iter().any(|known| same(known, word));
        (0..table.columns.len()).filter(has).collect()
    };
    let itself = with(&is_one_word);
    if !itself.is_empty() {
        return itself;
    }
    // "Unpaid" names the column "Paid".
    let flag = word.text.strip_prefix("un").filter(|rest| rest.chars().count() > 3);
    let flag = flag.map(|rest| Token { text: rest.to_owned(), stem: rest.to_owned() });
    let denied: Vec<usize> = flag.map_or(Vec::new(), |flag| {
        let has = |column: &usize| core(table, *column).iter().any(|known| is_one_word(known, &flag));
        (0..table.columns.len()).filter(has).filter(|column| flags(table, *column).is_some()).collect()
    });
    if !denied.is_empty() {
        return denied;
    }
    let same = with(&mean_the_same);
    if !same.is_empty() || !free || is_joining(&word.text) {
        return same;
    }
    let kind = with(&is_kind_of);
    if kind.is_empty() { with(&may_stand_for) } else { kind }
}
