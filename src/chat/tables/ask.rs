//! The forms of questions about tables that are understood.

use std::collections::HashSet;

use super::Table;
use super::grammar::{
    AVERAGE, BEFORE, BETWEEN, Compared, DIFFERENCE, DISTINCT, FIRST, HARD, LAST, LEAST, LOOSE, MOST, NEXT,
    SUM, comparisons,
};
use super::link::{Found, Links, Named, link};
use super::value::{self, plain};
use super::words::{Token, is_neutral, tokens};

/// What is to be computed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) what: What,
    /// All of them have to hold.
    pub(crate) conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    Count,
    /// Of different values in a column.
    CountDistinct(usize),
    Sum(usize),
    Average(usize),
    /// The highest or lowest value itself.
    Extreme {
        of: usize,
        most: bool,
    },
    /// What stands in `show` where `by` is highest or lowest.
    Best {
        show: usize,
        by: usize,
        most: bool,
    },
    Lookup(usize),
    /// The first or last row.
    Edge {
        show: usize,
        last: bool,
    },
    /// The row after or before the one that the conditions name.
    Beside {
        show: usize,
        step: i64,
    },
    /// Which of two rows has more.
    Better {
        show: usize,
        by: usize,
        rows: [usize; 2],
        most: bool,
    },
    Difference {
        of: usize,
        rows: [usize; 2],
    },
    /// The other rows with the same value in `by`.
    Same {
        show: usize,
        by: usize,
        row: usize,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// What stands in the cell has these words.
    Among {
        column: usize,
        rows: Vec<usize>,
    },
    Compare {
        column: usize,
        sign: Sign,
        value: f64,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

pub(super) struct Question<'a> {
    pub(super) table: &'a Table,
    pub(super) words: Vec<Token>,
    pub(super) links: Links,
    pub(super) compared: Vec<Compared>,
    /// Words that belong to the question's form.
    pub(super) form: HashSet<usize>,
}

/// What the question asks of the table; `None` unless all of it is understood.
pub(crate) fn parse(question: &str, table: &Table) -> Option<Plan> {
    if table.rows.is_empty() || table.names.len() < 2 {
        return None;
    }
    let words = tokens(question);
    let compared = comparisons(&words);
    let mut form: HashSet<usize> = compared.iter().flat_map(|it| it.at..it.to).collect();
    let lists = [MOST, LEAST, SUM, AVERAGE, DISTINCT, NEXT, BEFORE, FIRST, LAST, DIFFERENCE, BETWEEN];
    for (at, word) in words.iter().enumerate() {
        if lists.iter().any(|list| list.contains(&word.text.as_str())) || word.text == "same" {
            form.insert(at);
        }
    }
    let links = link(&words, table, &form);
    let mut asked = Question { table, words, links, compared, form };
    let plan = asked.plan()?;
    (asked.unexplained() == 0 && !shows_condition(&plan)).then_some(plan)
}

/// Whether what is asked for is what is already said: then the question was taken wrongly.
fn shows_condition(plan: &Plan) -> bool {
    let shown = match plan.what {
        What::Sum(column) | What::Average(column) | What::Lookup(column) | What::CountDistinct(column) => {
            column
        }
        What::Best { show, .. } | What::Edge { show, .. } => show,
        _ => return false,
    };
    plan.conditions.iter().any(|it| matches!(it, Condition::Among { column, .. } if *column == shown))
}

impl Question<'_> {
    pub(super) fn has(&self, list: &[&str]) -> Option<usize> {
        self.words.iter().position(|word| list.contains(&word.text.as_str()))
    }

    fn says(&self, phrase: &[&str]) -> Option<usize> {
        self.words
            .windows(phrase.len())
            .position(|words| words.iter().zip(phrase).all(|(word, said)| word.text == *said))
    }

    /// Words that nothing explains.
    fn unexplained(&self) -> usize {
        let open = |at: &usize| {
            let word = &self.words[*at];
            !self.links.used.contains(at)
                && !self.form.contains(at)
                && !is_neutral(&word.text)
                && !LOOSE.contains(&word.stem.as_str())
                && !LOOSE.contains(&word.text.as_str())
                && !self.in_title(word)
                && !self.is_kind(*at)
                && !self.is_topic(*at)
        };
        (0..self.words.len()).filter(open).count()
    }

    /// A word that stands nowhere in the table, behind "in the", "of the" and the like: what the table is about.
    fn is_topic(&self, at: usize) -> bool {
        let place = |back: usize| at.checked_sub(back).map(|at| self.words[at].text.as_str());
        let behind = (2..=8).any(|back| {
            let opens =
                matches!(place(back), Some("in" | "of" | "at" | "for" | "during" | "on" | "im" | "bei"));
            opens && place(back - 1).is_some_and(|word| word == "the" || plain(word).is_some())
        });
        let number = self.words[at].text.chars().all(|c| c.is_ascii_digit());
        behind && (number || !self.in_cells(at)) && !HARD.contains(&self.words[at].text.as_str())
    }

    fn in_cells(&self, at: usize) -> bool {
        let stem = &self.words[at].stem;
        let cells = self.table.rows.iter().flat_map(|row| &row.cells);
        cells.into_iter().any(|cell| tokens(cell).iter().any(|token| token.stem == *stem))
    }

    /// The noun behind the word that asks, and the one behind the name of a column, say what kind of thing is meant.
    fn is_kind(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|at| self.words[at].text.as_str());
        let asks = matches!(
            before,
            Some("which" | "what" | "many" | "whose" | "welche" | "welcher" | "welches" | "viele")
        );
        let of_column =
            at.checked_sub(1).is_some_and(|before| self.links.named.iter().any(|named| named.at == before));
        (asks || of_column) && !HARD.contains(&self.words[at].text.as_str())
    }

    fn in_title(&self, word: &Token) -> bool {
        tokens(&self.table.title).iter().any(|token| token.stem == word.stem)
    }

    fn plan(&mut self) -> Option<Plan> {
        let conditions = self.conditions()?;
        let how_many = self
            .says(&["how", "many"])
            .or_else(|| self.says(&["how", "much"]))
            .or_else(|| self.says(&["how", "often"]))
            .or_else(|| self.says(&["number", "of"]))
            .or_else(|| self.says(&["wie", "viele"]))
            .or_else(|| self.says(&["wie", "viel"]))
            .or_else(|| self.says(&["wie", "oft"]))
            .or_else(|| self.says(&["anzahl"]));
        if let Some(what) = self.pairs() {
            let conditions = if matches!(what, What::Beside { .. }) { conditions } else { Vec::new() };
            return Some(Plan { what, conditions });
        }
        // Such words change what is meant, and nothing below knows how.
        if self.has(HARD).is_some() || self.has(DIFFERENCE).is_some() {
            return None;
        }
        if let Some(at) = self.has(AVERAGE) {
            let what = What::Average(self.measure(at)?);
            return Some(Plan { what, conditions });
        }
        if let Some(at) = self.superlative()
            && how_many.is_none_or(|many| many + 2 < at || many > at)
        {
            return self.best(at, conditions);
        }
        if let Some(at) = how_many {
            return self.amount(at, conditions);
        }
        if let Some(at) = self.has(SUM) {
            let column = self.measure(at).filter(|column| !self.is_years(*column))?;
            return Some(Plan { what: What::Sum(column), conditions });
        }
        self.which(conditions)
    }

    /// The conditions that the question's words make; `None` if one of them cannot be placed.
    fn conditions(&mut self) -> Option<Vec<Condition>> {
        let mut conditions: Vec<Condition> = Vec::new();
        for compared in &self.compared {
            let column = self.compared_column(compared)?;
            conditions.push(Condition::Compare { column, sign: compared.sign, value: compared.value });
        }
        conditions.extend(
            self.links
                .found
                .iter()
                .map(|found| Condition::Among { column: found.column, rows: found.rows.clone() }),
        );
        Some(conditions)
    }

    /// The column that a number is compared with: a numeric one named near it, one of dates for a year, or the only one.
    fn compared_column(&self, compared: &Compared) -> Option<usize> {
        // "listed above 2007" is about places in the table.
        if self.words[..compared.at].iter().rev().take(2).any(|word| word.text == "listed") {
            return None;
        }
        let numeric = |named: &&Named| self.orders(named.column);
        let near = |named: &&Named| named.at.abs_diff(compared.at).min(named.at.abs_diff(compared.to));
        let mut named: Vec<&Named> =
            self.links.named.iter().filter(numeric).filter(|named| near(named) <= 4).collect();
        named.sort_by_key(near);
        named.dedup_by_key(|named| named.column);
        match named[..] {
            [only] => return Some(only.column),
            [] => {}
            // Two columns stand around the number.
            _ => return None,
        }

        if compared.year {
            let dated: Vec<usize> =
                (0..self.table.names.len()).filter(|column| self.is_dated(*column)).collect();
            if let [only] = dated[..] {
                return Some(only);
            }
            return dated
                .into_iter()
                .find(|column| self.table.names[*column].to_lowercase().contains("year"));
        }
        None
    }

    fn superlative(&self) -> Option<usize> {
        let alone = |list: &[&str]| {
            self.words.iter().enumerate().position(|(at, word)| {
                list.contains(&word.text.as_str())
                    && !self.compared.iter().any(|it| (it.at..it.to + 3).contains(&at))
                    && !word.text.ends_with("er")
                    && !matches!(word.text.as_str(), "more" | "less")
            })
        };
        alone(MOST).or_else(|| alone(LEAST))
    }

    fn best(&self, at: usize, conditions: Vec<Condition>) -> Option<Plan> {
        if self.has(NEXT).or_else(|| self.has(BEFORE)).is_some_and(|place| !self.form_of_comparison(place)) {
            return None;
        }
        let most = MOST.contains(&self.words[at].text.as_str());
        let time = matches!(self.words[at].text.as_str(), "latest" | "newest" | "earliest" | "oldest");
        let by = match self.measure(at) {
            Some(column) => column,
            None if time => (0..self.table.names.len()).find(|column| self.is_dated(*column))?,
            None => return None,
        };
        let named_measure = self.measure(at).is_some();
        let asks = self.has(&["which", "what", "welche", "welcher", "welches"]);
        let own = self.target(at) == Some(by)
            && self
                .links
                .named
                .iter()
                .any(|named| named.column == by && asks.is_some_and(|asks| named.at == asks + 1));
        if asks.is_some_and(|asks| {
            self.words[asks..at.max(asks)].iter().any(|word| matches!(word.text.as_str(), "and" | "und"))
        }) {
            return None;
        }
        let target = self.target(at).filter(|column| *column != by);
        let asks_value = own
            || named_measure
                && self.words[..at].iter().all(|word| is_neutral(&word.text))
                && self.has(&["which", "who", "whose", "wer", "welche", "welcher", "welches"]).is_none();
        let what = match target {
            Some(show) => What::Best { show, by, most },
            None if asks_value => What::Extreme { of: by, most },
            None => What::Best { show: self.label(by)?, by, most },
        };
        Some(Plan { what, conditions })
    }

    /// The first column whose whole name is said.
    fn target_in_full(&self) -> Option<usize> {
        self.links.named.iter().find(|named| named.hits == named.of).map(|named| named.column)
    }

    /// Whether a word is part of a comparison with a number.
    fn form_of_comparison(&self, place: usize) -> bool {
        self.compared.iter().any(|compared| (compared.at..compared.to).contains(&place))
    }

    /// A column that is named before this place, directly behind the word that asks.
    fn target(&self, before: usize) -> Option<usize> {
        let asks =
            self.has(&["which", "what", "who", "when", "where", "welche", "welcher", "welches", "wer"])?;
        let named: Vec<&Named> =
            self.links.named.iter().filter(|named| named.at > asks && named.at < before).collect();
        // "which driver and co-driver" asks for two things.
        let two = named.len() > 1
            && self.words[asks..before].iter().any(|word| matches!(word.text.as_str(), "and" | "und"));
        named.first().filter(|_| !two).map(|named| named.column)
    }

    fn amount(&mut self, at: usize, conditions: Vec<Condition>) -> Option<Plan> {
        let distinct = self.has(DISTINCT).is_some();
        let named = self.links.named.iter().find(|named| named.at > at && named.at <= at + 5);
        // The noun behind "how many" says what a row is; it need not be a column.
        let noun = (at + 1..self.words.len()).find(|place| !is_neutral(&self.words[*place].text));
        if let Some(named) =
            named.filter(|named| self.table.is_numeric(named.column) && !self.is_dated(named.column))
        {
            let used = conditions
                .iter()
                .any(|it| matches!(it, Condition::Compare { column, .. } if *column == named.column));
            if !used {
                let entity = self.single_row(&conditions);
                let what = match (entity, self.has(SUM).is_some(), conditions.is_empty()) {
                    (true, ..) => What::Lookup(named.column),
                    (false, true, _) if !self.is_years(named.column) => What::Sum(named.column),
                    // Several rows and no word for a sum: counting them and adding them up are both possible.
                    _ => return None,
                };
                return Some(Plan { what, conditions });
            }
        }
        if distinct {
            return Some(Plan { what: What::CountDistinct(named?.column), conditions });
        }
        if conditions.is_empty() && named.is_none_or(|named| self.table.is_numeric(named.column)) {
            return None;
        }
        // Something that is there once was hardly meant to be counted; a sum may stand in another column.
        if conditions.iter().any(|it| matches!(it, Condition::Among { .. }))
            && super::run::matching(self.table, &conditions).len() < 2
        {
            return None;
        }
        if let Some(noun) = noun.filter(|noun| !self.links.used.contains(noun) && *noun <= at + 3) {
            self.form.insert(noun);
        }
        Some(Plan { what: What::Count, conditions })
    }

    fn single_row(&self, conditions: &[Condition]) -> bool {
        !conditions.is_empty() && super::run::matching(self.table, conditions).len() == 1
    }

    /// Questions about two rows, or one and its neighbours.
    fn pairs(&self) -> Option<What> {
        let singles: Vec<&Found> = self.links.found.iter().filter(|found| found.rows.len() == 1).collect();
        let several = self.links.found.len();
        if let ([one, other], 2) = (&singles[..], several)
            && one.column == other.column
            && one.rows != other.rows
        {
            let rows = [one.rows[0], other.rows[0]];
            let numeric: Vec<&Named> =
                self.links.named.iter().filter(|named| self.orders(named.column)).collect();
            let by = if let [only] = numeric[..] { only.column } else { return None };
            let many = self
                .says(&["how", "many", "more"])
                .or_else(|| self.says(&["how", "much", "more"]))
                .or_else(|| self.says(&["how", "many", "fewer"]));
            if self.has(DIFFERENCE).is_some() || many.is_some() {
                return Some(What::Difference { of: by, rows });
            }
            let between =
                self.words[one.to..other.from].iter().any(|word| matches!(word.text.as_str(), "or" | "oder"));
            let more = self.has(MOST).is_some();
            let less = self.has(LEAST).is_some();
            if between && more != less {
                return Some(What::Better { show: one.column, by, rows, most: more });
            }
            return None;
        }
        let [only] = singles[..] else { return None };
        if several != 1 {
            return None;
        }
        if let Some(same) = self.words.iter().position(|word| word.text == "same") {
            let by = self.links.named.iter().find(|named| named.at > same)?.column;
            return Some(What::Same { show: only.column, by, row: only.rows[0] });
        }
        let count = self.says(&["how", "many"]).is_some() || self.says(&["how", "long"]).is_some();
        let step = match (self.beside(NEXT, only), self.beside(BEFORE, only)) {
            (true, false) => 1,
            (false, true) => -1,
            _ => return None,
        };
        // In a table that is in order of time, "before" is as it stands; one in reverse order would mislead.
        if count || !only.whole {
            return None;
        }
        let target = self.target_in_full().filter(|column| !self.orders(*column)).unwrap_or(only.column);
        let listed = self.has(&["listed", "table", "chart", "list", "above", "below"]).is_some();
        let step = if !listed && self.order_of_time() == Some(false) { -step } else { step };
        Some(What::Beside { show: target, step })
    }

    /// Whether such a word stands directly before the row's name, or the question speaks of the next one.
    fn beside(&self, list: &[&str], row: &Found) -> bool {
        self.words[..row.from].iter().rev().take(5).any(|word| list.contains(&word.text.as_str()))
    }

    /// Lookups, and the first and last row.
    fn which(&self, conditions: Vec<Condition>) -> Option<Plan> {
        let edge = match (self.has(FIRST), self.has(LAST)) {
            (Some(_), None) => Some(false),
            (None, Some(_)) => Some(true),
            _ => None,
        };
        if let Some(last) = edge {
            let place = self.has(FIRST).or_else(|| self.has(LAST))?;
            let spoilt = self.words.get(place + 1).is_some_and(|word| {
                matches!(word.text.as_str(), "place" | "and" | "time" | "year" | "two" | "three" | "five")
            });
            let loose = self.links.found.iter().any(|found| !found.whole);
            if spoilt || loose || self.words.iter().any(|word| word.text == "and" || word.text == "second") {
                return None;
            }
            let target = match self.target_in_full() {
                Some(column) => column,
                // Whatever else is asked for is in no column that is named.
                None if self.has(&["who", "wer"]).is_some() => self.label(usize::MAX)?,
                None => return None,
            };
            // "first" by what order? As the table stands where the question says so or the table is in order of time.
            let listed = self.has(&["listed", "table", "chart", "list"]).is_some();
            let last = match (listed, self.order_of_time()) {
                (true, _) | (false, Some(true)) => last,
                (false, Some(false)) => !last,
                (false, None) => return None,
            };
            return Some(Plan { what: What::Edge { show: target, last }, conditions });
        }
        let beside =
            self.has(NEXT).or_else(|| self.has(BEFORE)).is_some_and(|place| !self.form_of_comparison(place));
        if conditions.is_empty() || beside {
            return None;
        }
        let conditioned = |column: usize| {
            conditions.iter().any(|it| matches!(it, Condition::Among { column: known, .. } | Condition::Compare { column: known, .. } if *known == column))
        };
        let free: Vec<usize> = self
            .links
            .named
            .iter()
            .map(|named| named.column)
            .filter(|column| !conditioned(*column))
            .collect();
        let show = match free[..] {
            [only] => only,
            [] => self.asked_kind(&conditions)?,
            _ => self.target(self.words.len())?,
        };
        let rows = super::run::matching(self.table, &conditions);
        // An answer that is a list of many cells is no answer to "what is".
        (1..=6).contains(&rows.len()).then_some(Plan { what: What::Lookup(show), conditions })
    }
}

/// The numbers of a column that are there.
pub(crate) fn filled(table: &Table, rows: &[usize], column: usize) -> Vec<(usize, f64)> {
    let number = |row: &usize| Some((*row, table.value(*row, column).order()?));
    rows.iter().filter(|row| !value::is_empty(table.cell(**row, column))).filter_map(number).collect()
}
