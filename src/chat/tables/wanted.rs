//! What a plain question wants computed: its form with the columns and conditions that were found for it.

use super::columns::{holds_numbers, is_identifier};
use super::naming::Named;
use super::plain::MOST_ITEMS;
use super::plan::What;
use super::same::is_people;
use super::typed::{ColumnKind, Typed};
use super::uses::{Form, Mention, Uses, is_superlative};

impl Uses<'_, '_> {
    /// What is computed, with the words that say so.
    pub(super) fn what(
        &mut self,
        form: Form,
        mentioned: &[Mention],
        rows: &[usize],
        chosen: bool,
    ) -> Option<What> {
        let table = self.reader.table;
        let number = |mention: &&Mention| holds_numbers(table, mention.column);
        let numbers: Vec<&Mention> = mentioned.iter().filter(number).collect();
        let others: Vec<&Mention> = mentioned.iter().filter(|mention| !number(mention)).collect();
        let single = || if let [one] = numbers[..] { Some(one.clone()) } else { None };
        match form {
            Form::Left => self.left(mentioned, rows),
            Form::Product { of, by, percent } => self.product_of((of, by, percent), mentioned, rows),
            Form::Difference => self.two_rows(mentioned, rows),
            Form::Beside => self.beside(mentioned, rows),
            Form::Average => {
                let of = self.use_up(&single()?);
                self.names_rows(&others)?;
                Some(What::Average(of))
            }
            Form::Sum { counting } if counting && numbers.is_empty() => {
                self.names_rows(&others)?;
                Some(What::Count)
            }
            Form::Sum { .. } => {
                let of = self.use_up(&single()?);
                self.names_rows(&others)?;
                Some(What::Sum(of))
            }
            Form::Count { .. } if self.code.is_some() => {
                self.names_rows(&others)?;
                let code = self.code.clone()?;
                chosen.then_some(What::Codes(code))
            }
            Form::Count { different } => match (single(), &others[..]) {
                (None, [only]) if different => Some(What::CountDistinct(self.use_up(only))),
                (None, _) if numbers.is_empty() && !different => {
                    self.names_rows(&others)?;
                    Some(What::Count)
                }
                (Some(of), _) if chosen && rows.len() == 1 => {
                    self.names_rows(&others)?;
                    Some(What::Lookup(self.use_up(&of)))
                }
                (Some(of), _) if chosen && adds_up(table, of.column) => {
                    self.names_rows(&others)?;
                    Some(What::Sum(self.use_up(&of)))
                }
                _ => None,
            },
            Form::Extreme { most, which } => {
                let times: Vec<&&Mention> = others.iter().filter(|it| table.orders(it.column)).collect();
                let by = single().or_else(|| if let [one] = times[..] { Some((*one).clone()) } else { None });
                if let Some((ordered, most)) =
                    self.ordered(most).filter(|(at, _)| by.as_ref().is_none_or(|by| by.column == *at))
                {
                    return self.foremost(mentioned, ordered, most, which);
                }
                let by = by?;
                let labels: Vec<&Mention> =
                    others.iter().copied().filter(|it| it.column != by.column).collect();
                let by = self.use_up(&by);
                match labels[..] {
                    // Where it stands in several rows, they may be meant together.
                    [label] if !table.columns[label.column].repeats => {
                        Some(What::Best { show: self.use_up(label), by, most })
                    }
                    [] if which => self.best(by, most),
                    [] => Some(What::Extreme { of: by, most }),
                    _ => None,
                }
            }
            Form::List { people: true, .. } => {
                if let Some(all) = self.all_people(mentioned, chosen) {
                    return Some(all);
                }
                let people = self.people();
                if let ([one], true, true) = (&others[..], chosen, numbers.is_empty())
                    && table.columns[one.column].kind == ColumnKind::Words
                    && !self.names_a_row(one)
                {
                    return Some(What::List(vec![self.use_up(one)]));
                }
                self.names_rows(&others)?;
                (chosen && !people.is_empty() && numbers.is_empty()).then_some(What::List(people))
            }
            Form::List { whole, .. } if self.reader.free => self.free_list(mentioned, rows, chosen, whole),
            Form::List { whole, .. } => self.list(&numbers, &others, rows, chosen, whole),
            Form::Lookup { when } => self.lookup(mentioned, rows, chosen, when),
        }
    }

    /// Which row has most: what it is called, unless the amount itself is asked for ("which price is the highest?").
    fn best(&self, by: usize, most: bool) -> Option<What> {
        let table = self.reader.table;
        let asks_amount = self.asked_noun().is_some_and(|noun| self.reader.columns[noun].contains(&by));
        let named =
            |at: &&usize| table.columns[**at].is_distinct && table.columns[**at].kind == ColumnKind::Words;
        let chosen_among = self.columns.iter().find(named).copied().filter(|_| self.either);
        let show = chosen_among
            .or_else(|| self.names_rows_otherwise().then(|| self.label().last().copied()).flatten());
        match show.filter(|_| !asks_amount) {
            Some(show) => Some(What::Best { show, by, most }),
            None => Some(What::Extreme { of: by, most }),
        }
    }

    /// Which row an adjective fits best; the value itself where that is asked for.
    fn foremost(&mut self, mentioned: &[Mention], by: usize, most: bool, which: bool) -> Option<What> {
        let table = self.reader.table;
        let noun = self.asked_noun();
        let mut labels: Vec<&Mention> = mentioned.iter().filter(|it| it.column != by).collect();
        for mention in mentioned.iter().filter(|it| it.column == by) {
            self.use_up(mention);
        }
        let asks_amount = noun.is_some_and(|noun| self.reader.columns[noun].contains(&by));
        if asks_amount || !which && labels.is_empty() && mentioned.iter().any(|it| it.column == by) {
            return labels.is_empty().then_some(What::Extreme { of: by, most });
        }
        labels.retain(|it| !self.columns.contains(&it.column));
        for mention in mentioned {
            self.take(mention.places.iter().copied());
        }
        let show = match labels[..] {
            [label] if table.columns[label.column].kind != ColumnKind::Number => self.use_up(label),
            [] => *self.label().last()?,
            _ => return None,
        };
        Some(What::Best { show, by, most })
    }

    fn list(
        &mut self,
        numbers: &[&Mention],
        others: &[&Mention],
        rows: &[usize],
        chosen: bool,
        whole: bool,
    ) -> Option<What> {
        if rows.len() > MOST_ITEMS {
            return None;
        }
        // What is listed stands behind the word that asks.
        let noun = self.asked_noun()?;
        match (numbers, others) {
            ([], [one]) if (chosen || whole) && one.places.contains(&noun) => {
                Some(What::List(vec![self.use_up(one)]))
            }
            ([], []) => {
                let people = self.is_of_people() && is_people(&self.reader.words[noun]);
                let titled = self.reader.called[noun] == Some(Named::Title);
                (titled || people && chosen).then(|| What::List(self.label()))
            }
            ([one], []) if chosen && rows.len() == 1 && one.places.contains(&noun) => {
                Some(What::Lookup(self.use_up(one)))
            }
            _ => None,
        }
    }

    /// The first word behind the one that asks that says anything.
    pub(super) fn asked_noun(&self) -> Option<usize> {
        const ASKING: &[&str] = &[
            "which",
            "all",
            "alle",
            "tous",
            "toutes",
            "todos",
            "todas",
            "names",
            "namen",
            "noms",
            "nombres",
            "qué",
            "list",
            "show",
            "name",
            "enumerate",
            "welche",
            "welcher",
            "welches",
            "welchen",
            "quel",
            "quelle",
            "quels",
            "quelles",
            "cuál",
            "cuáles",
            "liste",
            "nenne",
            "zeige",
        ];
        let asks = (0..self.used.len()).find(|at| ASKING.contains(&self.reader.word(*at)))?;
        (asks + 1..self.used.len()).find(|at| {
            !self.reader.says_nothing(*at) && !self.in_cells[*at] && !is_superlative(self.reader.word(*at))
        })
    }

    fn lookup(&mut self, mentioned: &[Mention], rows: &[usize], chosen: bool, when: bool) -> Option<What> {
        let table = self.reader.table;
        if !chosen || rows.is_empty() {
            return None;
        }
        let is_time = |column: usize| table.columns[column].kind == ColumnKind::Time;
        let mut wanted: Vec<&Mention> = mentioned.iter().collect();
        if when {
            wanted.retain(|mention| is_time(mention.column));
        }
        let together = self.asked_together(&wanted);
        if !together && wanted.len() > 1 {
            // "The status of the order": what the rows are called is no result.
            let rest: Vec<&Mention> = wanted.iter().copied().filter(|it| !self.names_a_row(it)).collect();
            let labels: Vec<&Mention> = wanted.iter().copied().filter(|it| self.names_a_row(it)).collect();
            self.names_rows(&labels)?;
            wanted = rest;
        }
        if wanted.len() > 1 && self.reader.free && rows.len() == 1 && !when {
            let columns: Vec<usize> = wanted.iter().map(|one| self.use_up(one)).collect();
            return Some(What::List(columns));
        }
        let column = match wanted[..] {
            [one] => self.use_up(one),
            [] if when => {
                let mut times = (0..table.columns.len()).filter(|at| is_time(*at));
                times.next().filter(|_| times.next().is_none())?
            }
            _ => return None,
        };
        if self.columns[..self.columns.len().saturating_sub(1)].contains(&column) {
            return None;
        }
        let first = table.table.cell(*rows.first()?, column);
        rows.iter().all(|row| table.table.cell(*row, column) == first).then_some(What::Lookup(column))
    }

    /// "Room and extension": all of them are asked for.
    fn asked_together(&self, wanted: &[&Mention]) -> bool {
        const AND: &[&str] = &["and", "und", "et", "y", "sowie"];
        let mut places: Vec<usize> =
            wanted.iter().flat_map(|mention| mention.places.iter().copied()).collect();
        places.sort_unstable();
        places.windows(2).any(|pair| {
            let between = pair[0] + 1..pair[1];
            let plain = between.clone().all(|at| self.reader.says_nothing(at) && !self.in_cells[at]);
            plain && between.into_iter().any(|at| AND.contains(&self.reader.word(at)))
        })
    }

    /// A word that is left says what the rows are.
    fn names_rows_otherwise(&self) -> bool {
        let people = self.is_of_people();
        let asks_people = self.reader.words.iter().any(|word| matches!(word.text.as_str(), "who" | "wer"));
        let says = |at: usize| {
            self.reader.called[at] == Some(Named::Title) || people && is_people(&self.reader.words[at])
        };
        people && asks_people || (0..self.used.len()).any(|at| !self.used[at] && says(at))
    }

    pub(super) fn use_up(&mut self, mention: &Mention) -> usize {
        self.take(mention.places.iter().copied());
        self.columns.push(mention.column);
        mention.column
    }

    /// Whether the name of a column is what the rows are: an order, by its number.
    fn names_a_row(&self, mention: &Mention) -> bool {
        let column = &self.reader.table.columns[mention.column];
        let titled = mention.places.iter().all(|at| self.reader.called[*at] == Some(Named::Title));
        titled
            || (column.kind == ColumnKind::Words || is_identifier(self.reader.table, mention.column))
                && !column.repeats
    }

    pub(super) fn names_rows(&mut self, mentions: &[&Mention]) -> Option<()> {
        for mention in mentions {
            if !self.names_a_row(mention) {
                return None;
            }
            self.take(mention.places.iter().copied());
        }
        Some(())
    }

    /// The columns that the rows are called by.
    pub(super) fn label(&self) -> Vec<usize> {
        let table = self.reader.table;
        let people = self.people();
        if !people.is_empty() {
            return people;
        }
        let named = |at: &usize| {
            table.columns[*at].is_distinct
                && (table.columns[*at].kind == ColumnKind::Words || is_identifier(table, *at))
        };
        vec![(0..table.columns.len()).find(named).unwrap_or(0)]
    }
}

/// Whether what stands in several rows of the column is told as its sum.
fn adds_up(table: &Typed<'_>, column: usize) -> bool {
    const ADDED: &[&str] = &[
        "hours",
        "quantity",
        "qty",
        "units",
        "pieces",
        "sold",
        "spent",
        "stunden",
        "menge",
        "anzahl",
        "stück",
        "stückzahl",
    ];
    table.columns[column].name.iter().any(|word| ADDED.contains(&word.text.as_str()))
}
