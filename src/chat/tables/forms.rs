//! Plain questions made from a table itself, with their answers, and questions that it cannot answer: learned from beside
//! those that people asked.

use super::plan::{Condition, Plan, Sign, Unit, What, Words};
use super::run::run;
use super::typed::{ColumnKind, Typed};
use super::value::written;

/// A question and its answers; none where the table does not say.
pub(super) struct Made {
    pub(super) question: String,
    pub(super) answers: Vec<String>,
}

/// Questions to this table. `n` chooses among columns and wordings; `foreign` is the name of another table's column.
pub(super) fn made(table: &Typed<'_>, n: usize, foreign: &str) -> Vec<Made> {
    let of_kind = |kind: ColumnKind| -> Vec<usize> {
        let named = |column: &usize| {
            let name = &table.table.names[*column];
            name.chars().any(char::is_alphabetic) && name.len() < 25
        };
        (0..table.columns.len()).filter(|at| table.columns[*at].kind == kind).filter(named).collect()
    };
    let (numbers, words) = (of_kind(ColumnKind::Number), of_kind(ColumnKind::Words));
    let label = words.iter().copied().find(|at| table.columns[*at].is_distinct);
    let (Some(label), false) = (label, numbers.is_empty()) else { return Vec::new() };
    let number = numbers[n % numbers.len()];
    let maker =
        Maker { table, n, label, number, group: words.into_iter().find(|at| table.columns[*at].repeats) };
    let mut all = maker.answered();
    all.extend(maker.unanswered(foreign));
    all
}

struct Maker<'a> {
    table: &'a Typed<'a>,
    n: usize,
    label: usize,
    number: usize,
    group: Option<usize>,
}

impl Maker<'_> {
    fn name(&self, column: usize) -> &str {
        &self.table.table.names[column]
    }

    fn one_of<'t>(&self, texts: &[&'t str]) -> &'t str {
        texts[self.n % texts.len()]
    }

    fn cell(&self, row: usize, column: usize) -> &str {
        self.table.table.cell(row % self.table.rows(), column)
    }

    fn answered(&self) -> Vec<Made> {
        let (label, number) = (self.name(self.label), self.name(self.number));
        let mut all = Vec::new();
        let mut push = |question: String, what: What, conditions: Vec<Condition>| {
            if let Some(outcome) = run(self.table, &Plan { what, conditions }) {
                all.push(Made { question, answers: outcome.answers });
            }
        };
        let of = self.number;
        let sum = self.one_of(&[
            "What is the sum of",
            "What is the total of",
            "Add up the",
            "Wie hoch ist die Summe von",
            "What is the total number of",
            "What is the total",
        ]);
        push(format!("{sum} {number}?"), What::Sum(of), Vec::new());
        let average = self.one_of(&[
            "What is the average",
            "What is the average number of",
            "What is the mean",
            "Was ist der Durchschnitt von",
        ]);
        push(format!("{average} {number}?"), What::Average(of), Vec::new());
        let (words, most) =
            [("most", true), ("highest", true), ("lowest", false), ("fewest", false)][self.n % 4];
        push(
            format!("Which {label} has the {words} {number}?"),
            What::Best { show: self.label, by: of, most },
            Vec::new(),
        );
        let (words, most) = [
            ("die meisten", true),
            ("das höchste", true),
            ("das niedrigste", false),
            ("die wenigsten", false),
        ][self.n / 4 % 4];
        push(
            format!("Welche {label} hat {words} {number}?"),
            What::Best { show: self.label, by: of, most },
            Vec::new(),
        );
        let (words, most) = [("highest", true), ("lowest", false), ("höchste", true)][self.n % 3];
        push(format!("What is the {words} {number}?"), What::Extreme { of, most }, Vec::new());
        if let Some(limit) = self.table.order(self.n % self.table.rows(), of) {
            let (words, sign) = [
                ("more than", Sign::More),
                ("at least", Sign::AtLeast),
                ("less than", Sign::Less),
                ("mehr als", Sign::More),
            ][self.n % 4];
            let start = if words == "mehr als" {
                format!("Wie viele {label} haben")
            } else {
                format!("How many {label} have")
            };
            let condition = Condition::Compare { column: of, sign, value: limit };
            push(format!("{start} {words} {} {number}?", written(limit)), What::Count, vec![condition]);
        }
        let row = self.n % self.table.rows();
        let named = Condition::Among { column: self.label, rows: self.same(row, self.label) };
        let is = self.one_of(&["What is the", "Tell me the", "Wie hoch ist das", "What was the"]);
        push(format!("{is} {number} of {}?", self.cell(row, self.label)), What::Lookup(of), vec![named]);
        let named = vec![Condition::Among { column: self.label, rows: self.same(row, self.label) }];
        let cell = self.cell(row, self.label);
        let has = if self.n.is_multiple_of(2) {
            format!("Wie viele {number} hat {cell}?")
        } else {
            format!("How many {number} does {cell} have?")
        };
        push(has, What::Lookup(of), named);
        let other = (row + 1) % self.table.rows();
        let between = format!("between {} and {}", self.cell(row, self.label), self.cell(other, self.label));
        push(
            format!("What is the difference in {number} {between}?"),
            What::Difference { of, rows: [row, other], unit: Unit::None },
            Vec::new(),
        );
        for (question, what) in self.compared(row, other) {
            push(question, what, Vec::new());
        }
        for (question, conditions, words) in self.asked_for(row) {
            push(question, What::Exists { words }, conditions);
        }
        if self.table.columns[of].repeats {
            let what = What::Same { show: self.label, by: of, row };
            push(
                format!("Which {label} has the same {number} as {}?", self.cell(row, self.label)),
                what,
                Vec::new(),
            );
        }
        if let Some(group) = self.group {
            let (name, cell) = (self.name(group), self.cell(row, group));
            let rows = self.same(row, group);
            let several = rows.len() > 1;
            let among = vec![Condition::Among { column: group, rows }];
            let how = self.one_of(&[
                "How many different",
                "Wie viele verschiedene",
                "What is the number of different",
            ]);
            push(format!("{how} {name} are there?"), What::CountDistinct(group), Vec::new());
            if several {
                push(format!("{sum} {number} for {cell}?"), What::Sum(of), among.clone());
                push(format!("{average} {number} for {cell}?"), What::Average(of), among.clone());
                push(format!("How many {label} have {name} {cell}?"), What::Count, among);
            }
        }
        all
    }

    /// Questions after two rows, and after two columns.
    fn compared(&self, row: usize, other: usize) -> Vec<(String, What)> {
        let (number, of) = (self.name(self.number), self.number);
        let (one, two) = (self.cell(row, self.label), self.cell(other, self.label));
        let rows = [row, other];
        let exceeds = |words: Words| What::Exceeds { of, rows, words };
        let mut all = vec![match self.n % 3 {
            0 => (format!("Does {one} have more {number} than {two}?"), exceeds(Words("yes", "no"))),
            1 => (format!("Hat {one} mehr {number} als {two}?"), exceeds(Words("ja", "nein"))),
            _ => {
                (format!("Is the {number} of {one} higher than that of {two}?"), exceeds(Words("yes", "no")))
            }
        }];
        let second = (0..self.table.columns.len())
            .find(|at| *at != of && self.table.columns[*at].kind == ColumnKind::Number);
        if let Some(second) = second.filter(|_| self.n.is_multiple_of(2)) {
            let question = format!("What is the total of {number} and {}?", self.name(second));
            all.push((question, What::Together([of.min(second), of.max(second)])));
        }
        if let Some(group) = self.group {
            let name = self.name(group);
            let groups =
                |sign: Sign, times: usize, counted: bool| What::Groups { of: group, sign, times, counted };
            all.push(match self.n % 3 {
                0 => (format!("Which {name} appears more than once?"), groups(Sign::More, 1, false)),
                1 => (format!("How many {name} appear at least twice?"), groups(Sign::AtLeast, 2, true)),
                _ => (format!("Welche {name} kommt mehr als einmal vor?"), groups(Sign::More, 1, false)),
            });
            let most = self.n.is_multiple_of(2);
            let words = if most { "most" } else { "fewest" };
            let question = format!("Which {name} has the {words} {number} in total?");
            all.push((question, What::BestSum { show: group, by: of, most }));
        }
        all
    }

    /// Questions after whether there is something.
    fn asked_for(&self, row: usize) -> Vec<(String, Vec<Condition>, Words)> {
        let (label, number) = (self.name(self.label), self.name(self.number));
        let named = Condition::Among { column: self.label, rows: self.same(row, self.label) };
        let cell = self.cell(row, self.label);
        let (yes, ja) = (Words("yes", "no"), Words("ja", "nein"));
        let mut all = vec![match self.n % 3 {
            0 => (format!("Is {cell} listed?"), vec![named], yes),
            1 => (format!("Is {cell} still in the list?"), vec![named], yes),
            _ => (format!("Steht {cell} in der Liste?"), vec![named], ja),
        }];
        let limit = self.table.order((row + 3) % self.table.rows(), self.number);
        if let Some(value) = limit {
            let more = Condition::Compare { column: self.number, sign: Sign::More, value };
            let value = written(value);
            all.push(if self.n.is_multiple_of(2) {
                (format!("Is there a {label} with more than {value} {number}?"), vec![more], yes)
            } else {
                (format!("Gibt es {label} mit mehr als {value} {number}?"), vec![more], ja)
            });
        }
        all
    }

    /// Rows with the same cell.
    fn same(&self, row: usize, column: usize) -> Vec<usize> {
        let cell = self.cell(row, column);
        (0..self.table.rows()).filter(|other| self.cell(*other, column) == cell).collect()
    }

    fn unanswered(&self, foreign: &str) -> Vec<Made> {
        let (label, number) = (self.name(self.label), self.name(self.number));
        let named = self.cell(self.n, self.label);
        let all = [
            format!("What will the {number} of {named} be in 2037?"),
            format!("How many {number} will there be at {named} in 2041?"),
            format!("Which {label} has the most {foreign}?"),
            format!("What is the sum of {foreign}?"),
            format!("How many {label} are {foreign}?"),
            format!("Why does {named} have {foreign}?"),
            format!("What is the {foreign} of {named}?"),
            format!("Is {named} allowed by {foreign}?"),
            format!("Does {named} have {foreign}?"),
            format!("Hat {named} {foreign}?"),
        ];
        let (first, second) = (self.n % all.len(), (self.n + 3) % all.len());
        let chosen = all.into_iter().enumerate().filter(|(at, _)| *at == first || *at == second);
        chosen.map(|(_, question)| Made { question, answers: Vec::new() }).collect()
    }
}
