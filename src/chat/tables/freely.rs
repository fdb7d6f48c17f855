//! Plain questions in freer words: verbs that only join, a noun that the table has not, superlatives by adjectives, what is
//! left of an amount, two rows or several columns side by side.

use super::columns::{holds_numbers, is_identifier};
use super::dimensions::{Superlative, comparative, superlative};
use super::free_words::{BESIDE, GONE, JOINING, LEFT, MONEY, SMALL, THINGS, WHOLE};
use super::grammar::DIFFERENCE;
use super::link::Fit;
use super::naming::Named;
use super::plain::MOST_ITEMS;
use super::plan::{Condition, Unit, What};
use super::same::{is_kind_of, is_known, is_people};
use super::typed::ColumnKind;
use super::uses::{Form, Mention, Uses, is_superlative};
use super::words::{Token, tokens};

/// Whether a word stands in a question for its grammar alone, or joins what is asked with what it is asked of.
pub(crate) fn is_joining(word: &str) -> bool {
    is_small(word) || JOINING.contains(&word)
}

pub(super) fn is_small(word: &str) -> bool {
    SMALL.contains(&word)
}

/// Whether a word may stand for the rows of any table of things.
pub(super) fn is_thing(word: &Token) -> bool {
    THINGS.iter().flat_map(|thing| tokens(thing)).any(|thing| is_kind_of(&thing, word))
}

/// Whether it asks how many there are of what is behind it.
pub(super) fn counts(word: &str) -> bool {
    const COUNTING: &[&str] = &[
        "many", "viele", "wieviele", "anzahl", "combien", "cuántos", "cuántas", "cuantos", "cuantas",
        "number",
    ];
    COUNTING.contains(&word)
}

impl Uses<'_, '_> {
    /// The forms that only freer questions have.
    pub(super) fn free_form(&mut self) -> Option<Form> {
        let counting = self.says(&["combien", "de"])
            || self.says(&["combien", "d"])
            || self.says_any(&["cuántos", "cuántas", "cuantos", "cuantas"]);
        if counting {
            self.counts_codes();
            return Some(Form::Count { different: false });
        }
        if let Some(form) = self.product() {
            return Some(form);
        }
        if self.left_of().is_some() && self.says_any(LEFT) {
            self.says_any(MONEY);
            self.asks();
            return Some(Form::Left);
        }
        if let Some(form) = self.difference() {
            return Some(form);
        }
        if self.says_any(BESIDE) {
            self.says_any(&["how", "wie", "worin", "what", "please"]);
            return Some(Form::Beside);
        }
        let open = |at: &usize| !self.in_cells[*at] && !self.used[*at];
        let found = (0..self.used.len()).filter(open).find_map(|at| {
            let said = superlative(self.reader.word(at), self.reader.word(at + 1))?;
            Some((at, said))
        });
        let (at, said) = found?;
        // "The latest list" is a list; what nothing is ordered by may be a word of another kind.
        said.column(self.reader.table)?;
        self.take(at..at + said.words);
        self.superlative = Some((at, said));
        let which = self.says_any(WHICH);
        self.asks();
        Some(Form::Extreme { most: said.most, which })
    }

    /// "How many night shifts": what a legend says is written as a letter in the cells.
    pub(super) fn counts_codes(&mut self) {
        if !self.reader.free {
            return;
        }
        let Some(at) = self.counted().filter(|at| !self.used[*at]) else { return };
        let Some(code) = self.reader.naming.code_of(&self.reader.words[at]) else { return };
        let table = self.reader.table;
        let times = (0..table.columns.len())
            .filter(|column| (0..table.rows()).any(|row| table.table.cell(row, *column).trim() == code))
            .count();
        if times < 2 {
            return;
        }
        self.code = Some(code.to_owned());
        self.take([at]);
        // What they are: "night shifts", where the first says which.
        let noun = at + 1;
        if noun < self.used.len() && !self.is_explained(noun) && !self.in_cells[noun] {
            self.take([noun]);
        }
    }

    fn difference(&mut self) -> Option<Form> {
        const MORE: &[&str] = &["différence", "diferencia", "differ"];
        let says =
            |word: &str| DIFFERENCE.contains(&word) || MORE.contains(&word) || of_difference(word).is_some();
        let place = (0..self.used.len()).find(|at| !self.in_cells[*at] && says(self.reader.word(*at)));
        if let Some(at) = place {
            // "Preisunterschied" names the column, too.
            if self.reader.columns[at].is_empty() {
                self.take([at]);
            }
            self.asks();
            return Some(Form::Difference);
        }
        // "How much heavier is the one than the other?"
        let much =
            self.has(&["how", "much"]) || self.has(&["wie", "viel"]) || self.has(&["um", "wie", "viel"]);
        let than = ["than", "als", "que"].iter().any(|than| self.has(&[than]));
        if !much || !than {
            return None;
        }
        let (at, said) = (0..self.used.len())
            .find_map(|at| Some((at, comparative(self.reader.word(at), self.reader.word(at + 1))?)))?;
        self.take(at..at + said.words);
        self.says_any(&["um", "than", "als", "que"]);
        self.superlative = Some((at, said));
        self.asks();
        Some(Form::Difference)
    }

    /// The columns of what there is and of what of it is gone.
    fn left_of(&self) -> Option<[usize; 2]> {
        let table = self.reader.table;
        let one = |words: &[&str]| {
            let says = |at: &usize| {
                holds_numbers(table, *at)
                    && table.columns[*at].name.iter().any(|name| words.contains(&name.text.as_str()))
            };
            let mut found = (0..table.columns.len()).filter(says);
            found.next().filter(|_| found.next().is_none())
        };
        let (whole, gone) = (one(WHOLE)?, one(GONE)?);
        (whole != gone).then_some([whole, gone])
    }

    /// What is left in one row.
    pub(super) fn left(&mut self, mentioned: &[Mention], rows: &[usize]) -> Option<What> {
        let [whole, gone] = self.left_of()?;
        let (own, others): (Vec<&Mention>, Vec<&Mention>) =
            mentioned.iter().partition(|mention| [whole, gone].contains(&mention.column));
        self.names_rows(&others)?;
        for mention in own {
            self.use_up(mention);
        }
        self.columns.extend([whole, gone]);
        (rows.len() == 1).then_some(What::Apart([whole, gone]))
    }

    /// The one column of numbers that is asked for, or that the comparative is about.
    fn measured(&mut self, mentioned: &[Mention]) -> Option<usize> {
        let table = self.reader.table;
        let numbers: Vec<&Mention> = mentioned.iter().filter(|it| holds_numbers(table, it.column)).collect();
        match numbers[..] {
            [one] => Some(self.use_up(one)),
            [] => self.superlative.and_then(|(_, said)| said.column(table)),
            _ => None,
        }
    }

    /// How far apart two rows are.
    pub(super) fn two_rows(&mut self, mentioned: &[Mention], rows: &[usize]) -> Option<What> {
        let of = self.measured(mentioned)?;
        let others: Vec<Mention> = mentioned.iter().filter(|it| it.column != of).cloned().collect();
        self.skip_the_columns_of_conditions(&others)?;
        let [one, other] = *rows else { return None };
        self.either.then_some(What::Difference { of, rows: [one, other], unit: Unit::None })
    }

    /// What stands in the columns that are asked for, of each of the rows.
    pub(super) fn beside(&mut self, mentioned: &[Mention], rows: &[usize]) -> Option<What> {
        let conditions = self.columns.clone();
        let asked: Vec<&Mention> = mentioned.iter().filter(|it| !conditions.contains(&it.column)).collect();
        let several = self.either && (2..=MOST_SIDE_BY_SIDE).contains(&rows.len());
        if asked.is_empty() || !several {
            return None;
        }
        let mut columns: Vec<usize> = conditions.first().copied().into_iter().collect();
        for mention in asked {
            columns.push(self.use_up(mention));
        }
        Some(What::List(columns))
    }

    /// Conditions name their columns, too: "the variants A and B".
    fn skip_the_columns_of_conditions(&mut self, mentions: &[Mention]) -> Option<()> {
        for mention in mentions {
            let known = self.columns.contains(&mention.column);
            if !known {
                self.names_rows(&[mention])?;
            }
            self.take(mention.places.iter().copied());
        }
        Some(())
    }

    /// The column that the superlative orders; and whether the most of it is asked for, which is the least of a date where
    /// the oldest has the highest age.
    pub(super) fn ordered(&self, most: bool) -> Option<(usize, bool)> {
        let (_, said) = self.superlative?;
        Some((said.column(self.reader.table)?, most))
    }

    /// The rows, by what they are called and by what else is asked for.
    pub(super) fn free_list(
        &mut self,
        mentioned: &[Mention],
        rows: &[usize],
        chosen: bool,
        whole: bool,
    ) -> Option<What> {
        if rows.len() > MOST_ITEMS {
            return None;
        }
        let noun = self.asked_noun();
        let titled = noun.is_some_and(|noun| self.reader.called[noun].is_some());
        if !(chosen || whole && titled || noun.is_some_and(|noun| self.is_of_the_whole(noun))) {
            return None;
        }
        let conditions = self.columns.clone();
        let asked: Vec<&Mention> = mentioned.iter().filter(|it| !conditions.contains(&it.column)).collect();
        for mention in mentioned {
            self.take(mention.places.iter().copied());
        }
        let of_noun = |mention: &&&Mention| noun.is_some_and(|noun| mention.places.contains(&noun));
        let first = asked.iter().find(of_noun).map(|mention| mention.column);
        let table = self.reader.table;
        // "Which makers …?" asks for what stands in that column, and not for the rows.
        if let Some(column) = first.filter(|at| table.columns[*at].repeats && !titled) {
            return (asked.len() == 1).then(|| What::List(vec![self.listed(column)]));
        }
        let mut columns = self.label();
        columns.extend(self.described(&columns, &conditions));
        columns.extend(asked.iter().map(|mention| mention.column));
        let mut seen = Vec::new();
        columns.retain(|column| {
            !seen.contains(column) && {
                seen.push(*column);
                true
            }
        });
        Some(What::List(columns))
    }

    /// "Which depots are in the agreement?": the noun is what the rows are called by, and another word says which table.
    fn is_of_the_whole(&self, noun: usize) -> bool {
        let reader = self.reader;
        let is_label = reader.columns[noun].iter().any(|column| self.label().contains(column));
        let named = |least: Named| {
            (0..self.used.len())
                .any(|at| at != noun && !self.in_cells[at] && reader.called[at] >= Some(least))
        };
        // What stands in several rows is a list of its own where the table itself is named: "all makers of the boats".
        is_label && named(Named::Head) || reader.columns[noun].len() == 1 && named(Named::Title)
    }

    /// "Who were the trainers?", where the table is one of trainers.
    pub(super) fn all_people(&mut self, mentioned: &[Mention], chosen: bool) -> Option<What> {
        let people = self.people();
        let titled = (0..self.used.len())
            .any(|at| self.reader.called[at] == Some(Named::Title) && !is_people(&self.reader.words[at]));
        if !self.reader.free || chosen || people.is_empty() || !titled || !mentioned.is_empty() {
            return None;
        }
        Some(What::List(people))
    }

    fn listed(&mut self, column: usize) -> usize {
        self.columns.push(column);
        column
    }

    /// What a row is, where it is only called by a number: the next column of words.
    pub(super) fn described(&self, label: &[usize], conditions: &[usize]) -> Option<usize> {
        let table = self.reader.table;
        let [key] = label[..] else { return None };
        let is_code = |at: usize| {
            let coded = (0..table.rows())
                .filter(|row| table.table.cell(*row, at).contains(|c: char| c.is_ascii_digit()));
            2 * coded.count() > table.rows()
        };
        let says = |at: &usize| {
            table.columns[*at].kind == ColumnKind::Words
                && !conditions.contains(at)
                && *at != key
                && !is_identifier(table, *at)
                && !is_code(*at)
        };
        (is_identifier(table, key) || is_code(key)).then(|| (key..table.columns.len()).find(says)).flatten()
    }

    /// Whether all words but the noun for the rows are used, and that noun may be one for them.
    pub(super) fn all_but_the_rows(&self, what: &What, conditions: &[Condition]) -> bool {
        let left: Vec<usize> = (0..self.used.len()).filter(|at| !self.is_explained(*at)).collect();
        let [noun] = left[..] else { return false };
        let reader = self.reader;
        let word = &reader.words[noun];
        if word.text.chars().any(|c| c.is_ascii_digit()) || is_people(word) && !self.is_of_people() {
            return false;
        }
        let sure = conditions.iter().any(|condition| !matches!(condition, Condition::Among { .. }))
            || self.in_cells.iter().enumerate().any(|(at, cell)| *cell && self.is_whole(at));
        let is_thing = is_thing(word);
        let titled = (0..self.used.len()).any(|at| reader.called[at] >= Some(Named::File));
        let place = match what {
            What::Count => self.counted(),
            What::List(_) => self.asked_noun(),
            What::Best { .. } => {
                self.superlative.map(|(at, said)| at + said.words).or_else(|| self.asked_noun())
            }
            What::Lookup(column) => {
                // "How many guests in 2022", where a column is called by the year.
                let is_year = self.reader.table.columns[*column]
                    .name
                    .iter()
                    .any(|name| name.text.len() == 4 && name.text.parse::<u32>().is_ok());
                let counted = is_year && self.counted() == Some(noun);
                return sure && self.is_named(*column) && (counted || self.stands_by_a_name(noun));
            }
            What::Apart(_) | What::Difference { .. } => {
                return sure && self.stands_by_a_name(noun);
            }
            _ => return false,
        };
        let is_rows =
            place == Some(noun) || matches!(what, What::Best { .. }) && self.asked_noun() == Some(noun);
        // What the question names itself is no answer.
        let own = |column: &usize| {
            conditions.iter().any(|it| matches!(it, Condition::Among { column: of, .. } if of == column))
        };
        if let What::List(columns) = what
            && columns.iter().any(own)
        {
            return false;
        }
        match what {
            What::Best { .. } => is_rows && (is_thing || titled || sure),
            What::Count => is_rows && sure && (is_thing || titled),
            // "Which PO is on it?" asks for one thing, which the rows need not be.
            _ => is_rows && sure && (is_thing || !self.is_one(noun) && (titled || !is_known(word))),
        }
    }

    /// Whether the verb behind a noun says that it is one thing.
    fn is_one(&self, noun: usize) -> bool {
        matches!(
            self.reader.word(noun + 1),
            "is" | "was" | "has" | "ist" | "war" | "hat" | "wird" | "est" | "es"
        )
    }

    /// "The pump P-7": a noun beside what stands in a cell as a whole.
    fn stands_by_a_name(&self, noun: usize) -> bool {
        let before = noun + 1 < self.used.len() && self.in_cells[noun + 1] && self.is_whole(noun + 1);
        let behind = noun > 0 && self.in_cells[noun - 1] && self.is_whole(noun - 1);
        before || behind
    }

    /// Whether the word is one of a run that is all of a cell.
    fn is_whole(&self, at: usize) -> bool {
        self.reader.spans.iter().any(|span| {
            (span.from..span.to).contains(&at) && span.hits.iter().any(|hit| hit.fit == Fit::Whole)
        })
    }

    /// The noun behind the words that count.
    fn counted(&self) -> Option<usize> {
        const COUNTING: &[&str] = &[
            "many", "viele", "wieviele", "anzahl", "combien", "cuántos", "cuántas", "cuantos", "cuantas",
            "number",
        ];
        let counts = (0..self.used.len()).find(|at| COUNTING.contains(&self.reader.word(*at)))?;
        (counts + 1..self.used.len())
            .find(|at| !matches!(self.reader.word(*at), "de" | "d" | "of" | "der" | "the" | "different"))
    }
}

/// Whether a question asks for rows by what they have most or least of, by what is left, or by how far they are apart.
pub(crate) fn asks_of_rows(question: &str) -> bool {
    let words = tokens(question);
    let word = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    let which =
        matches!(word(0), "which" | "welche" | "welcher" | "welches" | "quels" | "quelles" | "cuáles");
    which
        || (0..words.len()).any(|at| {
            superlative(word(at), word(at + 1)).is_some()
                || is_superlative(word(at))
                || counts(word(at))
                || LEFT.contains(&word(at))
                || BESIDE.contains(&word(at))
                || DIFFERENCE.contains(&word(at))
                || of_difference(word(at)).is_some()
        })
}

/// Columns that are held beside one another, in so many rows.
const MOST_SIDE_BY_SIDE: usize = 6;

pub(super) const WHICH: &[&str] = &[
    "which", "who", "what", "welche", "welcher", "welches", "welchen", "wer", "quel", "quelle", "quels",
    "quelles", "qué", "cuál", "cuáles", "quién", "qui",
];

/// Words that ask for rows, beside those of plain questions.
pub(super) const LISTING: &[&str] = &["quel", "quelle", "quels", "quelles", "cuál", "cuáles", "qué"];

/// Words that ask for people, beside those of plain questions.
pub(super) const WHO: &[&str] = &["qui", "quién", "quiénes"];

/// Words that a list of everything begins with.
pub(super) const ALL: &[&str] =
    &["all", "alle", "tous", "toutes", "todos", "todas", "names", "namen", "noms", "nombres"];

/// "Preisunterschied": the difference of what.
pub(super) fn of_difference(word: &str) -> Option<&str> {
    let of = word.strip_suffix("unterschied").or_else(|| word.strip_suffix("differenz"))?;
    (of.chars().count() >= 3).then_some(of)
}

/// A superlative or comparative, with its place.
pub(super) type Said = (usize, Superlative);
