//! One reading of a plain question as it grows: which of its words are used, and for what.

use super::columns::{core, flags};
use super::freely::{self, Said};
use super::grammar::{AVERAGE, SUM};
use super::link::Fit;
use super::naming::Named;
use super::plain::{Rank, Reader};
use super::plan::{Condition, Sign};
use super::same::is_people;
use super::typed::{ColumnKind, Typed};

const HIGHEST: &[&str] = &[
    "highest",
    "largest",
    "greatest",
    "biggest",
    "maximum",
    "max",
    "heaviest",
    "loudest",
    "longest",
    "höchste",
    "höchsten",
    "höchster",
    "größte",
    "größten",
    "größter",
    "schwerste",
    "lauteste",
    "teuerste",
    "teuersten",
    "längste",
];
const LOWEST: &[&str] = &[
    "lowest",
    "smallest",
    "minimum",
    "min",
    "lightest",
    "cheapest",
    "shortest",
    "niedrigste",
    "niedrigsten",
    "kleinste",
    "kleinsten",
    "kleinster",
    "leichteste",
    "billigste",
    "günstigste",
    "günstigsten",
    "kürzeste",
];

/// Whether the word asks for the row that has most or least of something.
pub(crate) fn is_superlative(word: &str) -> bool {
    HIGHEST.contains(&word) || LOWEST.contains(&word)
}

/// What is asked for, by the words that ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// What is left of an amount.
    Left,
    /// Two columns of a row multiplied.
    Product {
        of: usize,
        by: usize,
        percent: bool,
    },
    /// How far apart two rows are.
    Difference,
    /// Several rows side by side.
    Beside,
    Count {
        different: bool,
    },
    /// `counting`: "how many … together".
    Sum {
        counting: bool,
    },
    Average,
    Extreme {
        most: bool,
        which: bool,
    },
    /// What the rows are called; `whole` where it asks for all of a list.
    List {
        people: bool,
        whole: bool,
    },
    /// One cell; of a date where it asks when.
    Lookup {
        when: bool,
    },
}

/// A column that words of the question name.
#[derive(Debug, Clone)]
pub(super) struct Mention {
    pub(super) column: usize,
    pub(super) places: Vec<usize>,
}

pub(super) struct Uses<'r, 'a> {
    pub(super) reader: &'r Reader<'a>,
    pub(super) used: Vec<bool>,
    pub(super) in_cells: Vec<bool>,
    /// Several cells of one column are meant.
    pub(super) either: bool,
    /// Columns that conditions and results stand in.
    pub(super) columns: Vec<usize>,
    /// A superlative or comparative that names no column, with its place.
    pub(super) superlative: Option<Said>,
    /// What stands in cells for what is counted.
    pub(super) code: Option<String>,
}

impl<'r, 'a> Uses<'r, 'a> {
    pub(super) fn new(reader: &'r Reader<'a>) -> Self {
        let none = vec![false; reader.words.len()];
        Self {
            reader,
            used: none.clone(),
            in_cells: none,
            either: false,
            columns: Vec::new(),
            superlative: None,
            code: None,
        }
    }

    pub(super) fn take(&mut self, places: impl IntoIterator<Item = usize>) {
        for at in places {
            if let Some(used) = self.used.get_mut(at) {
                *used = true;
            }
        }
    }

    /// Takes the words of a phrase, wherever it stands for the first time.
    pub(super) fn says(&mut self, phrase: &[&str]) -> bool {
        let last = self.used.len().saturating_sub(phrase.len() - 1);
        let there = |at: &usize| {
            (0..phrase.len()).all(|n| !self.used[at + n] && self.reader.word(at + n) == phrase[n])
        };
        let Some(at) = (0..last).find(there) else { return false };
        self.take(at..at + phrase.len());
        true
    }

    /// Whether the words of a phrase stand together, used or not.
    pub(super) fn has(&self, phrase: &[&str]) -> bool {
        (0..self.used.len()).any(|at| (0..phrase.len()).all(|n| self.reader.word(at + n) == phrase[n]))
    }

    pub(super) fn says_any(&mut self, words: &[&str]) -> bool {
        let all: Vec<usize> = (0..self.used.len())
            .filter(|at| !self.used[*at] && words.contains(&self.reader.word(*at)))
            .collect();
        self.take(all.clone());
        !all.is_empty()
    }

    /// Conditions by what stands in cells. Two values of one column mean either.
    pub(super) fn by_cells(&mut self, choice: &[Option<usize>]) -> Vec<Condition> {
        let mut found: Vec<(usize, Vec<usize>)> = Vec::new();
        for (span, hit) in self.reader.spans.iter().zip(choice) {
            let Some(hit) = hit.and_then(|hit| span.hits.get(hit)) else { continue };
            self.take(span.from..span.to);
            self.in_cells[span.from..span.to].fill(true);
            match found.iter_mut().find(|(column, _)| *column == hit.column) {
                // Two words of one cell, or one of several cells.
                Some((_, rows)) if rows.iter().any(|row| hit.rows.contains(row)) => {
                    rows.retain(|row| hit.rows.contains(row));
                }
                Some((_, rows)) => {
                    rows.extend(&hit.rows);
                    self.either = true;
                }
                None => found.push((hit.column, hit.rows.clone())),
            }
        }
        self.columns.extend(found.iter().map(|(column, _)| *column));
        let among = |(column, mut rows): (usize, Vec<usize>)| {
            rows.sort_unstable();
            rows.dedup();
            Condition::Among { column, rows }
        };
        found.into_iter().map(among).collect()
    }

    pub(super) fn form(&mut self) -> Form {
        if self.reader.free
            && let Some(form) = self.free_form()
        {
            return form;
        }
        let counting = self.says(&["how", "many"])
            || self.says(&["wie", "viele"])
            || self.says(&["wieviele"])
            || self.counts_number()
            || self.says(&["anzahl"])
            || self.says(&["count"]);
        let (total, together) = (self.says_any(SUM), self.says_any(&["together", "zusammen"]));
        if self.says_any(AVERAGE) {
            self.asks();
            return Form::Average;
        }
        if total || together {
            self.asks();
            return Form::Sum { counting };
        }
        if counting {
            self.counts_codes();
            return Form::Count {
                different: self.says_any(&["different", "distinct", "verschiedene", "unterschiedliche"]),
            };
        }
        let high = self.says(&["most", "expensive"])
            || self.says_any(HIGHEST)
            || self.says_any(&["most", "meisten"]);
        let low = !high && (self.says(&["least", "expensive"]) || self.says_any(LOWEST));
        if high || low {
            let which = self.says_any(&["which", "who", "welche", "welcher", "welches", "wer"]);
            self.asks();
            return Form::Extreme { most: high, which };
        }
        if self.says_any(&["who", "wer"]) || self.reader.free && self.says_any(freely::WHO) {
            return Form::List { people: true, whole: false };
        }
        let when = self.says_any(&["when", "wann"])
            || ["what", "which"].iter().any(|what| ["date", "day"].iter().any(|day| self.says(&[what, day])))
            || self.says(&["welchem", "datum"]);
        if when {
            return Form::Lookup { when };
        }
        let whole = self.says_any(&["list", "show", "liste", "nenne", "zeige", "enumerate", "name"]);
        let which = &["which", "welche", "welcher", "welches", "welchen"];
        let which = self.says_any(which) || self.reader.free && self.says_any(freely::LISTING);
        // "All vehicles with full cover, please."
        let all = self.reader.free && freely::ALL.contains(&self.reader.word(0));
        self.take(0..usize::from(all));
        let whole = whole || all;
        if whole || which {
            self.asks();
            return Form::List { people: false, whole };
        }
        self.asks();
        Form::Lookup { when: false }
    }

    /// "The number of drivers", and not "the serial number of".
    fn counts_number(&mut self) -> bool {
        let fits = |at: &usize| {
            let before = at.checked_sub(1).map_or("the", |at| self.reader.word(at));
            self.reader.word(*at) == "number"
                && self.reader.word(at + 1) == "of"
                && matches!(before, "the" | "total" | "whole" | "overall" | "exact" | "a")
        };
        let Some(at) = (0..self.used.len()).find(fits) else { return false };
        self.take(at..at + 2);
        true
    }

    pub(super) fn asks(&mut self) {
        for phrase in [
            ["how", "much"],
            ["how", "long"],
            ["how", "often"],
            ["wie", "hoch"],
            ["wie", "viel"],
            ["wie", "oft"],
        ] {
            self.says(&phrase);
        }
        self.says_any(&["what", "was", "whats", "give", "welche", "welcher", "welches", "wie"]);
    }

    /// The columns that are named; `fewer`: not by words that may as well name the table. `None` where a word may name
    /// several.
    pub(super) fn mentioned(&mut self, fewer: bool) -> Option<Vec<Mention>> {
        let table = self.reader.table;
        let has_people = self.is_of_people();
        let open = |at: &usize| {
            (!self.used[*at] || is_superlative(self.reader.word(*at)) && !self.in_cells[*at])
                && !(fewer && self.reader.called[*at].is_some() && Some(*at) != self.asked_noun())
                && !(has_people && is_people(&self.reader.words[*at]))
        };
        let open: Vec<usize> = (0..self.used.len()).filter(open).collect();
        let cover = |column: usize| {
            let places: Vec<usize> =
                open.iter().copied().filter(|at| self.reader.columns[*at].contains(&column)).collect();
            let core = core(table, column);
            let said = core
                .iter()
                .filter(|word| places.iter().any(|at| self.reader.same(word, &self.reader.words[*at])));
            let said = said.count();
            (said, said == core.len(), places)
        };
        let mut mentioned: Vec<Mention> = Vec::new();
        for &at in &open {
            let rank = |column: &usize| {
                let (said, full, _) = cover(*column);
                (said, full)
            };
            let Some(best) = self.reader.columns[at].iter().map(rank).max() else { continue };
            let columns: Vec<usize> =
                self.reader.columns[at].iter().copied().filter(|it| rank(it) == best).collect();
            let [column] = columns[..] else {
                if self.reader.free && self.reader.says_nothing(at) {
                    continue;
                }
                if self.people().len() == 2 && columns.iter().all(|column| self.people().contains(column)) {
                    continue;
                }
                return None;
            };
            if !mentioned.iter().any(|known| known.column == column) {
                let places = cover(column).2;
                // "Which driver and co-driver": a word said twice may name two columns.
                let twice = places.iter().enumerate().any(|(n, at)| {
                    let stem = &self.reader.words[*at].stem;
                    places[..n].iter().any(|before| self.reader.words[*before].stem == *stem)
                });
                if twice && self.reader.columns[at].iter().any(|other| *other != column && cover(*other).1) {
                    return None;
                }
                mentioned.push(Mention { column, places });
            }
        }
        Some(mentioned)
    }

    /// Columns of yes and no: "which rooms have a projector?", "which bills are not paid?". `None` where a denial is left.
    pub(super) fn by_flags(&mut self, mentioned: &mut Vec<Mention>) -> Option<Vec<Condition>> {
        const DENIALS: &[&str] = &["not", "no", "without", "nicht", "kein", "keine", "keinen", "ohne"];
        let table = self.reader.table;
        let mut conditions = Vec::new();
        let denied: Vec<usize> = (0..self.used.len())
            .filter(|at| !self.used[*at] && DENIALS.contains(&self.reader.word(*at)))
            .filter(|at| {
                !(self.reader.word(*at) == "no" && *at > 0 && !self.reader.columns[at - 1].is_empty())
            })
            .collect();
        let (is_flag, others): (Vec<Mention>, Vec<Mention>) =
            mentioned.drain(..).partition(|mention| flags(table, mention.column).is_some());
        *mentioned = others;
        if is_flag.len() > 1 || denied.len() > is_flag.len() {
            return None;
        }
        for mention in is_flag {
            let [yes, no] = flags(table, mention.column)?;
            let said = mention.places.iter().any(|at| {
                let of_name = |name: &super::words::Token| self.reader.same(name, &self.reader.words[*at]);
                table.columns[mention.column].name.iter().any(of_name)
            });
            if !said && !denied.is_empty() {
                return None;
            }
            let rows = if said && denied.is_empty() { yes } else { no };
            conditions.push(Condition::Among { column: mention.column, rows });
            self.take(denied.iter().copied());
            self.use_up(&mention);
        }
        Some(conditions)
    }

    /// Comparisons with numbers, each with the column that it is about.
    pub(super) fn by_numbers(&mut self, mentioned: &mut Vec<Mention>, form: Form) -> Option<Vec<Condition>> {
        let table = self.reader.table;
        let mut conditions = Vec::new();
        for number in &self.reader.compared {
            // "Listed above 2007" is a place in the list.
            let is_place = matches!(self.reader.word(number.at), "above" | "below" | "before" | "after")
                && self.reader.words.iter().any(|word| word.text == "listed");
            if is_place || (number.at..number.to).any(|at| self.in_cells[at]) {
                return None;
            }
            let money = (number.at..number.to).any(|at| {
                let text = &self.reader.words[at].text;
                self.reader.money.contains(text)
            });
            let per = self.rate_behind(number.to);
            let unit = self.reader.words.get(number.to);
            let by_unit: Vec<usize> = unit.map_or(Vec::new(), |unit| {
                let has = |column: &usize| {
                    table.columns[*column].name.iter().any(|word| super::same::is_one_word(word, unit))
                };
                (0..table.columns.len()).filter(|at| table.orders(*at)).filter(has).collect()
            });
            let ordered: Vec<usize> =
                mentioned.iter().map(|it| it.column).filter(|at| table.orders(*at)).collect();
            let times = || (0..table.columns.len()).filter(|at| table.columns[*at].kind == ColumnKind::Time);
            let column = match (&by_unit[..], &ordered[..]) {
                _ if per.is_some() => {
                    let (column, words) = per?;
                    self.take(number.to..number.to + words);
                    column
                }
                _ if money => self.money_meant(&ordered)?,
                ([column], _) => {
                    self.take([number.to]);
                    *column
                }
                (_, [column]) if number.year == (table.columns[*column].kind == ColumnKind::Time) => *column,
                (_, []) if number.year && times().count() == 1 => times().next()?,
                _ => return None,
            };
            self.take(number.at..number.to);
            conditions.push(Condition::Compare { column, sign: number.sign, value: number.value });
            conditions.extend(number.upper.map(|value| Condition::Compare {
                column,
                sign: Sign::AtMost,
                value,
            }));
            self.columns.push(column);
        }
        // "A week" behind an amount is no other column.
        mentioned.retain(|mention| {
            mention
                .places
                .iter()
                .any(|at| !self.used[*at] || self.in_cells[*at] || is_superlative(self.reader.word(*at)))
        });
        let columns = self.columns.clone();
        let (said, left): (Vec<Mention>, Vec<Mention>) =
            mentioned.drain(..).partition(|mention| columns.contains(&mention.column));
        // "Which orders have the status open?": the column of a condition is no result, unless nothing else is named.
        let noun = self.asked_noun();
        let asked = |mention: &Mention| noun.is_none_or(|noun| mention.places.contains(&noun));
        let may_show = match form {
            Form::List { .. } => said.iter().any(asked),
            form => matches!(form, Form::Lookup { .. }),
        };
        if left.is_empty() && may_show && self.reader.compared.is_empty() {
            *mentioned = said;
        } else {
            self.take(said.into_iter().flat_map(|mention| mention.places));
            *mentioned = left;
        }
        Some(conditions)
    }

    pub(super) fn people(&self) -> Vec<usize> {
        people_columns(self.reader.table)
    }

    /// Whether the rows are people: a column that is only called "name" may hold other names.
    pub(super) fn is_of_people(&self) -> bool {
        let only_name = |column: &usize| matches!(self.reader.table.columns[*column].name[..], [ref name] if name.text == "name");
        let people = self.people();
        match people[..] {
            [] => false,
            [column] => self.reader.naming.is_of_people() || !only_name(&column),
            _ => true,
        }
    }

    /// Whether every word is used, or may stand in any question to this table.
    pub(super) fn all(&self) -> bool {
        (0..self.used.len()).all(|at| self.is_explained(at))
    }

    /// Whether a word is used, or may stand in any question to this table.
    pub(super) fn is_explained(&self, at: usize) -> bool {
        let has_people = self.is_of_people();
        {
            let word = &self.reader.words[at];
            const NUMBERS: &[&str] = &["number", "no", "nr", "nummer", "code", "id"];
            let numbered = NUMBERS.contains(&word.text.as_str());
            let names = |it: &super::words::Token| {
                it.text == word.text || numbered && NUMBERS.contains(&it.text.as_str())
            };
            let in_names = || {
                self.columns.iter().any(|column| self.reader.table.columns[*column].name.iter().any(names))
            };
            self.used[at]
                || self.reader.says_nothing(at)
                || self.reader.called[at].is_some()
                || (has_people && is_people(word))
                || matches!(word.text.as_str(), "where" | "wo")
                || (self.either && matches!(word.text.as_str(), "or" | "oder"))
                || in_names()
        }
    }

    pub(super) fn rank(&self, choice: &[Option<usize>]) -> Rank {
        let reader = self.reader;
        let mut hits =
            reader.spans.iter().zip(choice).filter_map(|(span, hit)| hit.and_then(|hit| span.hits.get(hit)));
        let called = |wanted: Named| {
            (0..self.used.len())
                .filter(|at| !self.in_cells[*at] && reader.called[*at] == Some(wanted))
                .count()
        };
        let asks_people =
            reader.words.iter().any(|word| is_people(word) || matches!(word.text.as_str(), "who" | "wer"));
        Rank {
            known: true,
            whole: hits.all(|hit| hit.fit == Fit::Whole),
            title: called(Named::Title),
            people: asks_people && self.people().len() == 2,
            file: called(Named::File),
            around: called(Named::Around),
        }
    }
}

/// First and last name, or the one column that has both.
pub(super) fn people_columns(table: &Typed<'_>) -> Vec<usize> {
    let named = |names: &[&[&str]]| {
        (0..table.columns.len()).find(|at| {
            let words: Vec<&str> = table.columns[*at].name.iter().map(|word| word.text.as_str()).collect();
            names.contains(&&words[..])
        })
    };
    let first = named(&[&["first", "name"], &["firstname"], &["forename"], &["given", "name"], &["vorname"]]);
    let last = named(&[
        &["last", "name"],
        &["lastname"],
        &["surname"],
        &["family", "name"],
        &["nachname"],
        &["familienname"],
        &["name"],
        &["nom"],
        &["nombre"],
    ]);
    match (first, last) {
        (Some(first), Some(last)) => vec![first, last],
        (None, Some(only)) => vec![only],
        _ => named(&[&["employee"], &["person"], &["mitarbeiter"], &["who"], &["wer"], &["member"]])
            .into_iter()
            .collect(),
    }
}
