//! The forms of questions about tables that are understood.

use std::collections::HashSet;

use super::Table;
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

const MOST: &[&str] = &[
    "most",
    "highest",
    "largest",
    "greatest",
    "biggest",
    "longest",
    "maximum",
    "tallest",
    "heaviest",
    "fastest",
    "latest",
    "newest",
    "max",
    "höchste",
    "höchsten",
    "größte",
    "größten",
    "meisten",
    "längste",
    "neueste",
    "teuerste",
    "more",
    "greater",
    "higher",
    "larger",
    "longer",
    "bigger",
    "later",
];
const LEAST: &[&str] = &[
    "least",
    "lowest",
    "smallest",
    "fewest",
    "shortest",
    "minimum",
    "earliest",
    "lightest",
    "oldest",
    "min",
    "niedrigste",
    "niedrigsten",
    "kleinste",
    "kleinsten",
    "wenigsten",
    "kürzeste",
    "älteste",
    "günstigste",
    "less",
    "fewer",
    "lower",
    "smaller",
    "shorter",
    "earlier",
];
const SUM: &[&str] =
    &["total", "sum", "combined", "altogether", "overall", "summe", "gesamt", "insgesamt", "gesamtsumme"];
const AVERAGE: &[&str] =
    &["average", "mean", "durchschnitt", "durchschnittliche", "durchschnittlich", "mittel", "mittelwert"];
const DISTINCT: &[&str] = &["different", "distinct", "unique", "verschiedene", "unterschiedliche"];
const NEXT: &[&str] = &["after", "next", "following", "follows", "below", "subsequent", "nach", "nächste"];
const BEFORE: &[&str] =
    &["before", "previous", "preceding", "prior", "above", "precedes", "vor", "vorherige"];
const FIRST: &[&str] = &["first", "top", "erste", "erster", "ersten"];
const LAST: &[&str] = &["last", "final", "bottom", "letzte", "letzter", "letzten"];
const DIFFERENCE: &[&str] = &["difference", "differenz", "unterschied"];
const BETWEEN: &[&str] = &["between", "zwischen"];

/// How a question may compare with a number, longest first.
const SIGNS: &[(&[&str], Sign)] = &[
    (&["greater", "than", "or", "equal", "to"], Sign::AtLeast),
    (&["less", "than", "or", "equal", "to"], Sign::AtMost),
    (&["no", "more", "than"], Sign::AtMost),
    (&["no", "less", "than"], Sign::AtLeast),
    (&["at", "least"], Sign::AtLeast),
    (&["at", "most"], Sign::AtMost),
    (&["up", "to"], Sign::AtMost),
    (&["more", "than"], Sign::More),
    (&["greater", "than"], Sign::More),
    (&["higher", "than"], Sign::More),
    (&["larger", "than"], Sign::More),
    (&["longer", "than"], Sign::More),
    (&["less", "than"], Sign::Less),
    (&["fewer", "than"], Sign::Less),
    (&["lower", "than"], Sign::Less),
    (&["smaller", "than"], Sign::Less),
    (&["mehr", "als"], Sign::More),
    (&["größer", "als"], Sign::More),
    (&["weniger", "als"], Sign::Less),
    (&["kleiner", "als"], Sign::Less),
    (&["mindestens"], Sign::AtLeast),
    (&["höchstens"], Sign::AtMost),
    (&["exactly"], Sign::Equal),
    (&["genau"], Sign::Equal),
    (&["over"], Sign::More),
    (&["above"], Sign::More),
    (&["exceeding"], Sign::More),
    (&["exceeds"], Sign::More),
    (&["exceed"], Sign::More),
    (&["über"], Sign::More),
    (&["under"], Sign::Less),
    (&["below"], Sign::Less),
    (&["unter"], Sign::Less),
    (&["after"], Sign::More),
    (&["since"], Sign::AtLeast),
    (&["before"], Sign::Less),
    (&["nach"], Sign::More),
    (&["seit"], Sign::AtLeast),
    (&["vor"], Sign::Less),
];

/// Verbs and nouns of questions that stand for whatever a row is.
const LOOSE: &[&str] = &[
    "win",
    "play",
    "finish",
    "place",
    "score",
    "complete",
    "release",
    "air",
    "produce",
    "build",
    "bear",
    "locat",
    "establish",
    "found",
    "serve",
    "born",
    "built",
    "produced",
    "released",
    "come",
    "came",
    "listed",
    "reach",
    "record",
    "achiev",
    "start",
    "end",
    "begin",
    "participat",
    "compet",
    "contain",
    "includ",
    "consist",
    "occur",
    "happen",
    "featur",
    "attend",
    "attended",
    "led",
    "lead",
    "hold",
];

/// A comparison with a number as the question has it.
struct Compared {
    sign: Sign,
    value: f64,
    at: usize,
    to: usize,
    /// The number may be a year.
    year: bool,
}

struct Question<'a> {
    table: &'a Table,
    words: Vec<Token>,
    links: Links,
    compared: Vec<Compared>,
    /// Words that belong to the question's form.
    form: HashSet<usize>,
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
    (asked.unexplained() == 0).then_some(plan)
}

fn comparisons(words: &[Token]) -> Vec<Compared> {
    let mut found: Vec<Compared> = Vec::new();
    let number = |at: usize| {
        words.get(at).and_then(|word| {
            plain(&word.text).filter(|_| word.text.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let mut at = 0;
    while at < words.len() {
        let fits = SIGNS.iter().find(|(sign, _)| {
            sign.iter().enumerate().all(|(n, word)| words.get(at + n).is_some_and(|it| it.text == *word))
        });
        if let Some((sign, meaning)) = fits {
            let place = at + sign.len();
            let place = if words
                .get(place)
                .is_some_and(|word| matches!(word.text.as_str(), "the" | "year" | "dem" | "jahr"))
            {
                place + 1
            } else {
                place
            };
            if let Some(value) = number(place) {
                let mut value = value;
                let mut to = place + 1;
                if let Some(scale) = words.get(to).and_then(|word| match word.text.as_str() {
                    "million" => Some(1e6),
                    "thousand" => Some(1e3),
                    "billion" => Some(1e9),
                    _ => None,
                }) {
                    value *= scale;
                    to += 1;
                }
                let mut sign = *meaning;
                if words.get(to).is_some_and(|it| it.text == "or")
                    && words
                        .get(to + 1)
                        .is_some_and(|it| matches!(it.text.as_str(), "more" | "greater" | "less" | "fewer"))
                {
                    sign = if matches!(words[to + 1].text.as_str(), "more" | "greater") {
                        Sign::AtLeast
                    } else {
                        Sign::AtMost
                    };
                    to += 2;
                }
                found.push(Compared { sign, value, at, to, year: is_year(value) });
                at = to;
                continue;
            }
        }
        // "20 points or more", "10 or more".
        if let Some(value) = number(at) {
            let or = (at + 1..=at + 3).find(|place| words.get(*place).is_some_and(|it| it.text == "or"));
            let sign = or.and_then(|or| match words.get(or + 1)?.text.as_str() {
                "more" | "greater" | "higher" | "above" | "over" | "better" => Some((Sign::AtLeast, or)),
                "less" | "fewer" | "lower" | "below" => Some((Sign::AtMost, or)),
                _ => None,
            });
            if let Some((sign, or)) = sign {
                found.push(Compared { sign, value, at, to: at + 1, year: false });
                found.extend((or == usize::MAX).then_some(Compared {
                    sign,
                    value,
                    at: or,
                    to: or + 2,
                    year: false,
                }));
                at = or + 2;
                continue;
            }
        }
        at += 1;
    }
    found
}

fn is_year(value: f64) -> bool {
    (1000.0..2200.0).contains(&value) && value.fract() == 0.0
}

impl Question<'_> {
    fn has(&self, list: &[&str]) -> Option<usize> {
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
        };
        (0..self.words.len()).filter(open).count()
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
            return Some(Plan { what, conditions: Vec::new() });
        }
        if let Some(at) = self.has(AVERAGE) {
            let what = What::Average(self.measure(at)?);
            return Some(Plan { what, conditions });
        }
        if let Some(at) = self.superlative()
            && how_many.is_none_or(|many| many + 2 < at)
        {
            return self.best(at, conditions);
        }
        if let Some(at) = how_many {
            return self.amount(at, conditions);
        }
        if let Some(at) = self.has(SUM) {
            let column = self.measure(at)?;
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
        let numeric = |named: &&Named| self.orders(named.column);
        let near = |named: &&Named| named.at.abs_diff(compared.at).min(named.at.abs_diff(compared.to));
        let named = self.links.named.iter().filter(numeric).min_by_key(near).filter(|named| near(named) <= 4);
        if let Some(named) = named {
            return Some(named.column);
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

    fn orders(&self, column: usize) -> bool {
        self.table.is_numeric(column) || self.is_dated(column)
    }

    fn is_dated(&self, column: usize) -> bool {
        let rows = self.table.rows.len();
        let years = (0..rows).filter(|row| {
            let value = self.table.value(*row, column);
            value.date.is_some() || value.number.is_some_and(is_year)
        });
        years.count() * 10 >= rows * 7
    }

    /// A numeric column named after this place, or the only one that is named.
    fn measure(&self, at: usize) -> Option<usize> {
        let numeric: Vec<&Named> =
            self.links.named.iter().filter(|named| self.orders(named.column)).collect();
        let after = numeric.iter().find(|named| named.at > at);
        after.or_else(|| numeric.first().filter(|_| numeric.len() == 1)).map(|named| named.column)
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
        let most = MOST.contains(&self.words[at].text.as_str());
        let time = matches!(self.words[at].text.as_str(), "latest" | "newest" | "earliest" | "oldest");
        let by = match self.measure(at) {
            Some(column) => column,
            None if time => (0..self.table.names.len()).find(|column| self.is_dated(*column))?,
            None => return None,
        };
        let target = self.target(at).filter(|column| *column != by);
        let asks_value = self.words[..at].iter().all(|word| is_neutral(&word.text))
            && self.has(&["which", "who", "whose", "wer", "welche", "welcher", "welches"]).is_none();
        let what = match target {
            Some(show) => What::Best { show, by, most },
            None if asks_value => What::Extreme { of: by, most },
            None => What::Best { show: self.label(by)?, by, most },
        };
        Some(Plan { what, conditions })
    }

    /// A column that is named before this place, directly behind the word that asks.
    fn target(&self, before: usize) -> Option<usize> {
        let asks =
            self.has(&["which", "what", "who", "when", "where", "welche", "welcher", "welches", "wer"])?;
        let named = self.links.named.iter().find(|named| named.at > asks && named.at < before)?;
        Some(named.column)
    }

    /// The column that says what a row is: the first of words in which hardly anything stands twice.
    fn label(&self, except: usize) -> Option<usize> {
        let rows = self.table.rows.len();
        (0..self.table.names.len())
            .filter(|column| *column != except && !self.table.is_numeric(*column) && !self.is_dated(*column))
            .find(|column| {
                let distinct: HashSet<&str> = (0..rows).map(|row| self.table.cell(row, *column)).collect();
                distinct.len() * 10 >= rows * 7
            })
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
                    (false, true, _) => What::Sum(named.column),
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
        let target = self.target(only.from).unwrap_or(only.column);
        Some(What::Beside { show: target, step })
    }

    /// Whether such a word stands directly before the row's name, or the question speaks of the next one.
    fn beside(&self, list: &[&str], row: &Found) -> bool {
        self.words[..row.from].iter().rev().take(3).any(|word| list.contains(&word.text.as_str()))
    }

    /// Lookups, and the first and last row.
    fn which(&self, conditions: Vec<Condition>) -> Option<Plan> {
        let edge = match (self.has(FIRST), self.has(LAST)) {
            (Some(_), None) => Some(false),
            (None, Some(_)) => Some(true),
            _ => None,
        };
        if let Some(last) = edge {
            let target =
                self.links.named.first().map(|named| named.column).or_else(|| self.label(usize::MAX))?;
            // "first" of what, by what order? As the table stands, and only where it says so.
            let listed = self.has(&["listed", "table", "chart", "list"]).is_some();
            return listed.then_some(Plan { what: What::Edge { show: target, last }, conditions });
        }
        if conditions.is_empty() {
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

    /// The only column that holds what "when" asks for.
    fn asked_kind(&self, conditions: &[Condition]) -> Option<usize> {
        let conditioned = |column: usize| {
            conditions
                .iter()
                .any(|it| matches!(it, Condition::Among { column: known, .. } if *known == column))
        };
        let columns = 0..self.table.names.len();
        let named = |words: &[&str], column: usize| {
            words.iter().any(|word| self.table.names[column].to_lowercase().contains(word))
        };
        let mut fits: Vec<usize> = if self.has(&["when", "wann"]).is_some() {
            columns.filter(|column| self.is_dated(*column)).collect()
        } else if self.has(&["where", "wo"]).is_some() {
            columns
                .filter(|column| {
                    named(
                        &["location", "venue", "place", "city", "country", "town", "ort", "stadt", "land"],
                        *column,
                    )
                })
                .collect()
        } else if self.has(&["who", "wer"]).is_some() {
            columns
                .filter(|column| {
                    named(
                        &[
                            "name",
                            "player",
                            "driver",
                            "winner",
                            "artist",
                            "person",
                            "rider",
                            "president",
                            "candidate",
                        ],
                        *column,
                    )
                })
                .collect()
        } else {
            return None;
        };
        fits.retain(|column| !conditioned(*column));
        if let [only] = fits[..] { Some(only) } else { None }
    }
}

/// The numbers of a column that are there.
pub(crate) fn filled(table: &Table, rows: &[usize], column: usize) -> Vec<(usize, f64)> {
    let number = |row: &usize| Some((*row, table.value(*row, column).order()?));
    rows.iter().filter(|row| !value::is_empty(table.cell(**row, column))).filter_map(number).collect()
}
