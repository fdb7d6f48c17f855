//! Rows of tables in extracted text: what stands in each, and what its columns are called.

/// The cells of a line that is a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Row {
    /// Between bars: Markdown, or as spreadsheets are written down.
    Barred(Vec<String>),
    /// A label and the figures after it, as tables in PDF files come out.
    Figures { label: String, figures: Vec<String> },
    /// The rule below a header.
    Rule,
}

/// The row that a line is, if it is one.
pub(super) fn read(line: &str) -> Option<Row> {
    if line.starts_with('|') || line.contains(" | ") {
        let inner = line.trim_start_matches('|').trim_end_matches('|');
        let cells: Vec<String> = inner.split('|').map(|cell| cell.trim().to_owned()).collect();
        let rule = |cell: &String| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':' | ' '));
        if cells.iter().all(rule) {
            return Some(Row::Rule);
        }
        return Some(Row::Barred(cells));
    }
    figures(line)
}

/// A label of words, and then figures alone, at least two of them.
fn figures(line: &str) -> Option<Row> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let first = words.iter().rposition(|word| !is_figure(word) && !is_sign(word))? + 1;
    let values: Vec<&str> = words[first..].iter().copied().filter(|word| is_figure(word)).collect();
    let label = words[..first].join(" ");
    let is_label = label.chars().any(char::is_alphabetic) && label.chars().count() <= 90;
    // The end of a sentence that is broken into lines has small words before its figures.
    let sentence = words[..first].last().is_some_and(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "in" | "of" | "and" | "to" | "from" | "the" | "und" | "von" | "bis" | "y" | "et"
        ) || word.ends_with(',')
    });
    (values.len() >= 2 && is_label && !sentence && !only_years(&values))
        .then(|| Row::Figures { label, figures: values.into_iter().map(str::to_owned).collect() })
}

fn is_figure(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| {
        matches!(c, '$' | '€' | '£' | '¥' | '%' | '(' | ')' | '+' | '-' | '−' | '–' | '*')
    });
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    digits > 0 && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’'))
        || matches!(word, "—" | "–" | "n/a")
}

fn is_sign(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, '$' | '€' | '£' | '%' | ')' | '('))
}

fn is_year(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() == 4 && bare.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

fn only_years(values: &[&str]) -> bool {
    values.iter().all(|value| is_year(value))
}

/// What the columns of the rows that follow are called.
#[derive(Debug, Default)]
pub(super) struct Names {
    barred: Option<Vec<String>>,
    /// The rows say each what a thing is, under its name.
    form: Option<Form>,
    years: Vec<String>,
}

impl Names {
    /// The row as it may be quoted; `None` for a header and its rule. What stands above a rule is a header.
    pub(super) fn row(&mut self, line: &str, row: Row, below: Option<&str>) -> Option<String> {
        match row {
            Row::Rule => None,
            Row::Barred(cells) if below.and_then(read) == Some(Row::Rule) => {
                self.form = form_of(&cells);
                let first = self.form.filter(|form| *form == Form::Begun).and_then(|_| field(&cells));
                self.barred = Some(cells);
                first
            }
            Row::Barred(cells) if self.form.is_some() && field(&cells).is_some() => field(&cells),
            Row::Barred(cells) => {
                let named = cells.iter().filter(|cell| cell.contains(": ")).count();
                if 2 * named > cells.len() {
                    return Some(cells.join("; "));
                }
                match &self.barred {
                    Some(names) if names.len() == cells.len() => Some(written(names, &cells)),
                    None if is_header(line, &cells, below) => None,
                    _ => Some(filled(&cells).join(" – ")),
                }
            }
            Row::Figures { label, figures } if figures.len() == self.years.len() => {
                let pairs: Vec<String> = self
                    .years
                    .iter()
                    .zip(&figures)
                    .map(|(year, figure)| format!("{year}: {figure}"))
                    .collect();
                Some(format!("{label} – {}", pairs.join("; ")))
            }
            Row::Figures { .. } => Some(line.split_whitespace().collect::<Vec<_>>().join(" ")),
        }
    }

    /// A line between rows: years in it name the columns below.
    pub(super) fn line(&mut self, line: &str) {
        let years: Vec<String> = line
            .split_whitespace()
            .filter(|word| is_year(word))
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
            .collect();
        if years.len() >= 2 {
            self.years = years;
        }
    }
}

/// A table of two columns that is a form: a label, and what holds for the one thing that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Its columns are called so.
    Named,
    /// Its first row, which looks like the names of columns, is one of its lines, too.
    Begun,
}

/// "Field | Entry", "Report no. | KL-7/31".
fn form_of(header: &[String]) -> Option<Form> {
    const LABELS: &[&str] =
        &["field", "feld", "champ", "campo", "attribute", "merkmal", "property", "rubrik", "rubrique"];
    const VALUES: &[&str] = &[
        "entry",
        "eintrag",
        "value",
        "wert",
        "angabe",
        "valeur",
        "valor",
        "detail",
        "details",
        "inhalt",
        "contenido",
    ];
    let [label, value] = header else { return None };
    let is = |cell: &str, list: &[&str]| list.contains(&cell.to_lowercase().as_str());
    if is(label, LABELS) || is(value, VALUES) {
        return Some(Form::Named);
    }
    let has = |is: fn(&char) -> bool| value.chars().any(|c| is(&c));
    let number = has(|c| c.is_alphabetic()) && has(char::is_ascii_digit) && has(|c| matches!(c, '-' | '/'));
    (number && !value.contains(' ') && !label.is_empty()).then_some(Form::Begun)
}

fn field(cells: &[String]) -> Option<String> {
    let [label, value] = cells else { return None };
    let whole = !label.is_empty() && !value.is_empty();
    whole.then(|| format!("{}: {value}", label.trim_end_matches(':')))
}

/// The names of a spreadsheet's columns, above rows that say them again, or at the end of a passage.
fn is_header(line: &str, cells: &[String], below: Option<&str>) -> bool {
    let names =
        |line: &str| cells.iter().any(|cell| !cell.is_empty() && line.starts_with(&format!("{cell}: ")));
    let is_name = |cell: &String| cell.chars().any(char::is_alphabetic) && cell.chars().count() <= 40;
    let goes_on = below.is_none_or(|below| below.trim().is_empty() || names(below));
    !line.starts_with('|') && cells.len() >= 3 && goes_on && cells.iter().all(is_name)
}

fn written(names: &[String], cells: &[String]) -> String {
    let pairs = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let pair = |(name, cell): (&String, &String)| match name.as_str() {
        "" => cell.clone(),
        name => format!("{name}: {cell}"),
    };
    pairs.map(pair).collect::<Vec<_>>().join("; ")
}

fn filled(cells: &[String]) -> Vec<&str> {
    cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<String> {
        let mut names = Names::default();
        let mut rows = Vec::new();
        let lines: Vec<&str> = text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            match read(line) {
                Some(row) => rows.extend(names.row(line, row, lines.get(at + 1).copied())),
                None => names.line(line),
            }
        }
        rows
    }

    #[test]
    fn rows_carry_the_names_of_their_columns() {
        assert_eq!(quoted("| Item | Euro |\n|---|---|\n| Tea | 2 |"), ["Item: Tea; Euro: 2"]);
        assert_eq!(quoted("site: Alder Marsh | pairs: 14"), ["site: Alder Marsh; pairs: 14"]);
        assert_eq!(quoted("a | b"), ["a – b"]);
        let sheet = "Name | Mon 04.05. | Tue 05.05.\nName: Ann | Mon 04.05.: E | Tue 05.05.: L";
        assert_eq!(quoted(sheet), ["Name: Ann; Mon 04.05.: E; Tue 05.05.: L"]);
        assert!(quoted("Name | Mon 04.05. | Tue 05.05.").is_empty(), "its rows are in the next passage");
    }

    #[test]
    fn the_lines_of_a_form_stand_under_their_own_labels() {
        let named = "| Field | Entry |\n|---|---|\n| Kiln | No. 7 |\n| Keeper | Ida Moss |";
        assert_eq!(quoted(named), ["Kiln: No. 7", "Keeper: Ida Moss"]);
        let begun = "| Report no. | KL-7/31 |\n|---|---|\n| Keeper | Ida Moss |";
        assert_eq!(quoted(begun), ["Report no.: KL-7/31", "Keeper: Ida Moss"]);
        let years = "| Item | 2031 |\n|---|---|\n| Clay | 40 |";
        assert_eq!(quoted(years), ["Item: Clay; 2031: 40"]);
    }

    #[test]
    fn figures_of_reports_are_rows_and_sentences_are_not() {
        let text = "Years ended 2022 2021 2020\nTotal net sales $ 394,328 $ 365,817 $ 274,515";
        assert_eq!(quoted(text), ["Total net sales – 2022: 394,328; 2021: 365,817; 2020: 274,515"]);
        assert_eq!(read("The plant was closed between 2020 and 2021"), None);
        assert_eq!(read("Sales rose in 2021 2022"), None);
        assert_eq!(read("It costs 12 euros"), None);
    }
}
