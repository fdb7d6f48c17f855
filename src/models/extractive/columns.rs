//! A row as it is quoted: of columns that are alike, as those of several places or years, the one that the question names.

use super::forms::is_date;
use super::terms::{presence, terms_of};

/// Beginnings of words that hold one column against others, or ask for several.
const AGAINST: &[&str] = &[
    "more",
    "less",
    "than",
    "fewer",
    "highest",
    "lowest",
    "most",
    "least",
    "bigger",
    "smaller",
    "higher",
    "lower",
    "longer",
    "cheaper",
    "louder",
    "compar",
    "differ",
    "each",
    "every",
    "all",
    "other",
    "both",
    "versus",
    "vs",
    "share",
    "average",
    "mehr",
    "weniger",
    "als",
    "höher",
    "niedriger",
    "größer",
    "kleiner",
    "meist",
    "höchst",
    "vergl",
    "untersch",
    "jede",
    "alle",
    "ander",
    "beide",
    "anteil",
    "plus",
    "moins",
    "autre",
    "chaque",
    "más",
    "menos",
    "cada",
    "otro",
];

/// The row without the columns beside the one that the question names, where their values are of one kind. What says which
/// row it is stays.
pub(super) fn narrowed(row: &str, question: &str) -> String {
    let shown = Shown::of(row);
    shown.kept(question).map_or_else(|| row.to_owned(), |kept| shown.written(&kept))
}

/// What stands in a cell, as far as columns are alike by it.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Date,
    /// With its unit or currency.
    Amount(String),
    Other,
}

struct Cell<'a> {
    text: &'a str,
    name: &'a str,
    value: &'a str,
    kind: Kind,
}

impl<'a> Cell<'a> {
    fn of(text: &'a str) -> Self {
        let (name, value) = text.split_once(": ").unwrap_or(("", text));
        let kind = if name.is_empty() { Kind::Other } else { kind_of(value) };
        Self { text, name, value, kind }
    }
}

/// A row in its cells: "Account: 5020; Leek: 4", "Net sales – 2022: 4; 2021: 3".
struct Shown<'a> {
    /// Before the first column.
    label: &'a str,
    cells: Vec<Cell<'a>>,
}

const DASH: &str = " – ";

impl<'a> Shown<'a> {
    fn of(row: &'a str) -> Self {
        let label = row.find(DASH).filter(|at| row.find(": ").is_some_and(|colon| at < &colon));
        let (label, rest) = label.map_or(("", row), |at| row.split_at(at + DASH.len()));
        Self { label, cells: rest.split("; ").map(Cell::of).collect() }
    }

    /// The cells that are quoted, where some are left out.
    fn kept(&self, question: &str) -> Option<Vec<usize>> {
        let first = usize::from(self.label.is_empty());
        // A semicolon within a cell does not tell where it ends.
        let whole = self.cells.iter().skip(first).all(|cell| !cell.name.is_empty());
        if !whole || holds_against(question) {
            return None;
        }
        let asked = terms_of(question);
        let columns = self.columns(&asked, question)?;
        let named = self.named(&columns, &asked, question)?;
        let stays =
            |at: &usize| *at == named || !columns.contains(at) || stands_in(self.cells[*at].value, question);
        let kept: Vec<usize> = (0..self.cells.len()).filter(stays).collect();
        (kept.len() < self.cells.len()).then_some(kept)
    }

    /// Columns that follow one another, alike by their values, one of which is named.
    fn columns(&self, asked: &[String], question: &str) -> Option<Vec<usize>> {
        let first = usize::from(self.label.is_empty());
        let all: Vec<usize> = (first..self.cells.len()).collect();
        let alike = all.chunk_by(|a, b| self.cells[*a].kind == self.cells[*b].kind);
        let mut groups = alike.filter(|group| group.len() > 1 && self.cells[group[0]].kind != Kind::Other);
        groups.find(|group| self.named(group, asked, question).is_some()).map(<[usize]>::to_vec)
    }

    /// The one of these columns that the question names by a word that the others and the row itself have not.
    fn named(&self, columns: &[usize], asked: &[String], question: &str) -> Option<usize> {
        let names = |at: &usize| terms_of(self.cells[*at].name);
        let row: Vec<String> = (0..self.cells.len())
            .filter(|at| !columns.contains(at))
            .flat_map(|at| terms_of(self.cells[at].value))
            .chain(terms_of(self.label))
            .collect();
        let by = |at: &usize, term: &String| {
            let others = columns.iter().filter(|other| *other != at);
            presence(term, asked) > 0.0
                && presence(term, &row) == 0.0
                && others.into_iter().all(|other| presence(term, &names(other)) == 0.0)
        };
        let is = |at: &&usize| {
            names(at).iter().any(|term| by(at, term)) && !stands_in(self.cells[**at].value, question)
        };
        let mut named = columns.iter().filter(is);
        named.next().copied().filter(|_| named.next().is_none())
    }

    fn written(&self, kept: &[usize]) -> String {
        let cells: Vec<&str> = kept.iter().map(|at| self.cells[*at].text).collect();
        format!("{}{}", self.label, cells.join("; "))
    }
}

fn holds_against(question: &str) -> bool {
    let lower = question.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| AGAINST.iter().any(|begin| word.starts_with(begin)))
}

/// Whether the question has the value: then it tells which row is meant.
fn stands_in(value: &str, question: &str) -> bool {
    let figures = |text: &str| -> Vec<String> {
        let digits = text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
        let bare = digits.map(|word| word.trim_matches(['.', ',']).to_owned());
        bare.filter(|word| !word.is_empty()).collect()
    };
    let asked = figures(question);
    figures(value).first().is_some_and(|first| asked.contains(first))
}

fn kind_of(value: &str) -> Kind {
    const WORDS: usize = 4;
    let words: Vec<&str> = value.split_whitespace().collect();
    let code = |word: &str| word.contains(char::is_alphabetic) && word.contains(|c: char| c.is_ascii_digit());
    let dated = words.iter().any(|word| is_date(word) && !code(word)) && !is_number(value);
    if words.len() <= WORDS && dated {
        return Kind::Date;
    }
    let in_number = |c: char| c.is_ascii_digit() || c.is_whitespace() || is_separator(c) || is_sign(c);
    let bare =
        value.trim_start_matches(|c: char| is_sign(c) || matches!(c, '£' | '$' | '€' | '¥')).trim_start();
    if words.len() > WORDS || !bare.starts_with(|c: char| c.is_ascii_digit()) {
        return Kind::Other;
    }
    Kind::Amount(value.chars().filter(|c| !in_number(*c)).collect())
}

/// "1250", "12.06", "1,250.00": figures alone that are no date with its year.
fn is_number(value: &str) -> bool {
    let parts: Vec<&str> = value.split('.').collect();
    let dated = parts.len() == 3 && parts[2].len() != 3;
    !dated && value.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || is_separator(c))
}

const fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’')
}

const fn is_sign(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '+' | '~' | '<' | '>')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str =
        "Account: 5020; Cost type: Agency staff; North Lane: 412000; Salt Dock: 96000; Total: 508000";

    fn check(row: &str, question: &str, expected: &str) {
        assert_eq!(narrowed(row, question), expected, "{question}");
    }

    #[test]
    fn the_column_that_is_named_is_quoted_with_what_says_which_row_it_is() {
        let dock = "Account: 5020; Cost type: Agency staff; Salt Dock: 96000";
        check(PLAN, "How much is planned for agency workers at Salt Dock?", dock);
        check(PLAN, "Was ist für die Agency am Dock geplant?", dock);
        check(
            PLAN,
            "What is the total for agency staff?",
            "Account: 5020; Cost type: Agency staff; Total: 508000",
        );
        check(
            "Noise; Steri 18: 58 dB(A); Steri 23: 61 dB(A)",
            "How loud is the Steri 23?",
            "Noise; Steri 23: 61 dB(A)",
        );
        check(
            "Net sales – 2022: 394; 2021: 365; 2020: 274",
            "What were the net sales in 2021?",
            "Net sales – 2021: 365",
        );
        check(
            "Hoist: H-3; Inspected: 4 May 2031; Replaced: 9 June 2033; Keeper: Ida",
            "When is the hoist replaced?",
            "Hoist: H-3; Replaced: 9 June 2033; Keeper: Ida",
        );
    }

    #[test]
    fn a_row_stays_whole_where_no_column_or_several_are_named() {
        for question in [
            "How much is planned for agency workers?",
            "What is planned for agency workers at North Lane and Salt Dock?",
            "Is more planned for agency workers at Salt Dock than elsewhere?",
            "What does each depot plan beside Salt Dock?",
            "",
        ] {
            check(PLAN, question, PLAN);
        }
    }

    #[test]
    fn columns_of_other_kinds_stay() {
        let row = "Course: Glazing; Weeks: 4; Hours: 20; Fee: £300";
        check(row, "How many hours has the glazing course?", "Course: Glazing; Hours: 20; Fee: £300");
        check(row, "What is the fee of the glazing course?", row);
        check(row, "What does the course of 4 weeks cost?", row);
        let rota = "Name: Ann; Mon 04.05.: E; Tue 05.05.: L";
        check(rota, "What has Ann on Tue?", rota);
        let tag = "Item: Price tag; Price: 4; Stock: 12";
        check(tag, "How many price tags are there?", tag);
    }

    #[test]
    fn kinds_of_values_are_told_apart() {
        for value in ["1250", "12.06", "1,250.00", "1.234.567", "2 000", "-5"] {
            assert_eq!(kind_of(value), Kind::Amount(String::new()), "{value}");
        }
        assert_eq!((kind_of("61 dB(A)"), kind_of("58 dB(A)")), (kind_of("9 dB(A)"), kind_of("7.5 dB(A)")));
        assert_ne!(kind_of("£12"), kind_of("12 kg"));
        for value in ["12.06.2031", "2031-05-04", "4 May 2031", "4 May", "1.2.31"] {
            assert_eq!(kind_of(value), Kind::Date, "{value}");
        }
        for value in ["Ida Moss", "", "T-12", "3 days after the last of the tours"] {
            assert_eq!(kind_of(value), Kind::Other, "{value}");
        }
    }

    #[test]
    fn a_cell_with_a_semicolon_leaves_the_row_as_it_is() {
        let row = "Kiln: K1; Leek: 4; if dry; Ribe: 5";
        check(row, "What does Ribe have?", row);
        check("It is red.", "What is red?", "It is red.");
    }

    #[test]
    fn an_answer_quotes_the_row_and_the_column_that_are_asked_for() {
        let ask = |text: &str, question: &str| {
            super::super::pick::answer(question, "", &[super::super::tests::source(text)], &[])
        };
        let plan = "# Plan 2031\n\n| Account | Cost type | North Lane | Salt Dock | Total |\n|---|---|---|---|---|\n\
                    | 5010 | Clay | 31000 | 42000 | 73000 |\n| 5020 | Agency staff | 412000 | 96000 | 508000 |";
        assert_eq!(
            ask(plan, "How much is planned for agency workers at Salt Dock?"),
            "Account: 5020; Cost type: Agency staff; Salt Dock: 96000 [1]"
        );
        let bins = "| Container | Emptied | Fee |\n|---|---|---|\n| Container of 770 litres | weekly | £12 |\n\
                    | Container of 1100 litres | weekly | £19 |";
        assert_eq!(
            ask(bins, "What is the fee of the 770 litre container?"),
            "Container: Container of 770 litres; Emptied: weekly; Fee: £12 [1]"
        );
    }
}
