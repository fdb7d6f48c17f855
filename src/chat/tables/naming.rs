//! What a table is called: by its sheet or heading, by its file, and by what stands above it.

use super::Table;
use super::grammar::{HARD, comparisons};
use super::same::{is_kind_of, is_one_word, is_people, mean_the_same};
use super::words::{Token, is_neutral, month, short_month, tokens};

/// Words that may stand between those that name a table.
pub(super) const BETWEEN: &[&str] = &[
    "according",
    "to",
    "the",
    "our",
    "of",
    "for",
    "in",
    "on",
    "from",
    "at",
    "by",
    "per",
    "this",
    "der",
    "die",
    "das",
    "dem",
    "den",
    "des",
    "in",
    "im",
    "aus",
    "von",
    "vom",
    "laut",
    "nach",
    "auf",
    "für",
    "zur",
    "zum",
    "unserer",
];

/// Words for tables and files, whichever they are.
const LISTS: &[&str] = &[
    "list",
    "table",
    "sheet",
    "file",
    "spreadsheet",
    "export",
    "overview",
    "register",
    "document",
    "liste",
    "tabelle",
    "blatt",
    "datei",
    "übersicht",
    "auszug",
    "verzeichnis",
    "tableau",
    "feuille",
    "fichier",
    "registre",
    "lista",
    "tabla",
    "hoja",
    "archivo",
    "registro",
    "xlsx",
    "csv",
    "excel",
];

/// The words by which a question may name a table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Naming {
    title: Vec<Token>,
    file: Vec<Token>,
    around: Vec<Token>,
    /// The names that the document begins with: of its parties, of what it is on.
    head: Vec<Token>,
    /// "q1", "h2": quarters and halves of a year.
    periods: Vec<String>,
    /// What stands for what in its cells.
    legend: Vec<(String, Vec<Token>)>,
}

/// How well a word is explained by what the table is called; the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    /// It is one for a table.
    List,
    /// What stands around the table has it.
    Around,
    /// The document begins with it.
    Head,
    File,
    Title,
}

impl Naming {
    pub(crate) fn of(title: &str, file: &str, around: &str) -> Self {
        let bare =
            file.rsplit_once('.').map_or(file, |(name, ending)| if ending.len() <= 5 { name } else { file });
        let raw_title = title;
        let title = if title == file { Vec::new() } else { dated(&spaced(title)) };
        let periods = [raw_title, bare, around].into_iter().flat_map(periods).collect();
        let file = dated(&spaced(bare));
        Self { title, file, around: dated(around), periods, ..Self::default() }
    }

    /// With the names among the first words of the document.
    pub(crate) fn with_head(mut self, text: &str) -> Self {
        self.head = head(text);
        self
    }

    /// With what the lines of a document say that letters in cells stand for: "E = early, L = late".
    pub(crate) fn with_legend(mut self, text: &str) -> Self {
        self.legend = text.lines().filter(|line| !line.contains(" | ")).flat_map(legend).collect();
        self
    }

    /// What stands in cells for what the word says.
    pub(super) fn code_of(&self, word: &Token) -> Option<&str> {
        let says = |meaning: &Token| {
            // "Nachtschicht" is what "Nacht" stands for.
            is_kind_of(meaning, word)
                || meaning.text.chars().count() >= LISTED && word.text.starts_with(&meaning.text)
        };
        let found = self.legend.iter().find(|(_, meaning)| meaning.iter().any(says));
        found.map(|(code, _)| code.as_str())
    }

    /// What all of these are called.
    pub(crate) fn shared(all: &[&Self]) -> Self {
        let Some((first, others)) = all.split_first() else { return Self::default() };
        let shared = |part: &dyn Fn(&Self) -> &Vec<Token>| {
            let in_all = |word: &&Token| others.iter().all(|other| part(other).contains(word));
            part(first).iter().filter(in_all).cloned().collect()
        };
        Self {
            title: shared(&|naming| &naming.title),
            file: shared(&|naming| &naming.file),
            around: shared(&|naming| &naming.around),
            head: shared(&|naming| &naming.head),
            legend: first.legend.clone(),
            periods: {
                let in_all = |period: &&String| others.iter().all(|other| other.periods.contains(period));
                first.periods.iter().filter(in_all).cloned().collect()
            },
        }
    }

    /// Whether the rows are people, as the table or its file is called.
    pub(super) fn is_of_people(&self) -> bool {
        self.title.iter().chain(&self.file).any(is_people)
    }

    /// Whether it is called by a quarter of a year.
    pub(super) fn has_quarter(&self, number: u32) -> bool {
        let quarter = format!("q{number}");
        [&self.title, &self.file, &self.around].into_iter().flatten().any(|word| word.text == quarter)
    }

    /// Whether it is called by that half of a year.
    pub(super) fn has_half(&self, number: u32) -> bool {
        self.periods.contains(&format!("h{number}"))
    }

    /// Whether the table is called by a year, and the question names others alone, of which the table has none.
    pub(crate) fn is_of_another_year(&self, question: &str, table: &Table) -> bool {
        let is_year = |word: &&Token| {
            word.text.len() == 4 && word.text.parse().is_ok_and(|year| (1900..2100).contains(&year))
        };
        let words = tokens(question);
        let compared = comparisons(&words);
        let bound = |at: usize| compared.iter().any(|one| (one.at..one.to).contains(&at));
        let asked: Vec<&Token> = words
            .iter()
            .enumerate()
            .filter(|(at, word)| is_year(word) && !bound(*at))
            .map(|(_, word)| word)
            .collect();
        let own: Vec<&Token> = self.title.iter().filter(is_year).collect();
        let says = |text: &str| asked.iter().any(|year| text.contains(year.text.as_str()));
        let within =
            || table.names.iter().chain(table.rows.iter().flat_map(|row| &row.cells)).any(|cell| says(cell));
        !asked.is_empty() && !own.is_empty() && !own.iter().any(|own| asked.contains(own)) && !within()
    }

    /// The question without what only says which table is meant: "according to the price list of 2024".
    pub(crate) fn without(&self, question: &str) -> String {
        let words: Vec<&str> = question.split_whitespace().collect();
        let named: Vec<Option<Named>> = words
            .iter()
            .map(|word| {
                let parts = tokens(word);
                let all = parts.iter().map(|part| self.explains(part)).collect::<Option<Vec<_>>>();
                all.and_then(|all| all.into_iter().max())
            })
            .collect();
        let joins = |at: usize| {
            let bare = words[at].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            BETWEEN.contains(&bare.as_str())
        };
        let mut kept: Vec<&str> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let run = (at..words.len()).take_while(|at| named[*at].is_some() || joins(*at)).count();
            let names: Vec<Named> = named[at..at + run].iter().flatten().copied().collect();
            let choosing = names.len() > 1 && names.iter().any(|named| *named >= Named::File);
            if joins(at) && choosing {
                at += run;
            } else {
                kept.push(words[at]);
                at += 1;
            }
        }
        kept.join(" ")
    }

    /// The same, where words that mean the same and parts of compounds count: a "Werkzeugliste" is a list of tools.
    pub(super) fn explains_freely(&self, word: &Token) -> Option<Named> {
        let found = self.explains(word);
        if found >= Some(Named::File) || HARD.contains(&word.text.as_str()) {
            return found;
        }
        let (bare, is_list) = without_list(word);
        let says = |known: &[Token]| {
            known.iter().any(|known| is_kind_of(&without_list(known).0, &bare) || is_kind_of(known, &bare))
        };
        if says(&self.title) {
            Some(Named::Title)
        } else if says(&self.file) {
            Some(Named::File)
        } else if says(&self.around) {
            Some(Named::Around)
        } else {
            found.filter(|_| !is_list)
        }
    }

    pub(super) fn explains(&self, word: &Token) -> Option<Named> {
        if HARD.contains(&word.text.as_str()) {
            return None;
        }
        let says = |known: &[Token]| known.iter().any(|known| is_one_word(known, word));
        if self.title.iter().any(|known| mean_the_same(known, word)) {
            Some(Named::Title)
        } else if says(&self.file) {
            Some(Named::File)
        } else if self.head.iter().any(|known| known.text == word.text) {
            Some(Named::Head)
        } else if says(&self.around) {
            Some(Named::Around)
        } else {
            LISTS.iter().any(|known| *known == word.text || *known == word.stem).then_some(Named::List)
        }
    }
}

/// Letters before "liste" and the like that say what is listed.
const LISTED: usize = 4;

/// Words of a question that name a file, beside those for lists and times.
pub(crate) fn names_file(question: &str, file: &str) -> usize {
    let naming = Naming::of("", file, "");
    let says = |word: &&Token| {
        month(&word.text).is_none()
            && !is_neutral(&word.text)
            && !word.text.chars().any(|c| c.is_ascii_digit())
            && !LISTS.contains(&word.text.as_str())
            && naming.explains_freely(word) == Some(Named::File)
    };
    tokens(question).iter().filter(says).count()
}

/// What a word says is listed: "Werkzeug" of "Werkzeugliste"; and whether it says so.
fn without_list(word: &Token) -> (Token, bool) {
    let cut = |list: &&&str| word.text.strip_suffix(**list).filter(|rest| rest.chars().count() >= LISTED);
    let Some(rest) = LISTS.iter().filter(|list| list.len() > LISTED).find_map(|list| cut(&list)) else {
        return (word.clone(), false);
    };
    // "Wartungsliste" has an s between its parts.
    let bare = rest.strip_suffix('s').filter(|bare| bare.chars().count() >= LISTED).unwrap_or(rest);
    let bare = tokens(bare).into_iter().next().unwrap_or_else(|| word.clone());
    (bare, true)
}

/// Characters of a document that its head has, and letters of a name in it.
const HEAD: usize = 800;
const NAME: usize = 4;

/// The words with capitals in the running text that a document begins with; none of German, where every noun has one.
fn head(text: &str) -> Vec<Token> {
    let text: String = text.chars().take(HEAD).collect();
    if ["der", "die", "und"].iter().any(|small| text.split_whitespace().any(|word| word == *small)) {
        return Vec::new();
    }
    let is_name = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().count() >= NAME
            && word.chars().all(char::is_alphabetic)
    };
    let lines = text.lines().filter(|line| !line.contains('|'));
    let words = lines.flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    words.filter(is_name).flat_map(tokens).filter(|word| !is_neutral(&word.text)).collect()
}

/// Letters of a code.
const CODE: usize = 3;

/// "E = early, N = night": at least two of them.
fn legend(line: &str) -> Vec<(String, Vec<Token>)> {
    let entry = |part: &str| {
        let (code, meaning) = part.split_once('=')?;
        let code = code.split_whitespace().last()?;
        let meaning: Vec<Token> =
            tokens(meaning).into_iter().filter(|word| word.text.chars().all(char::is_alphabetic)).collect();
        (code.chars().count() <= CODE && !meaning.is_empty()).then(|| (code.to_owned(), meaning))
    };
    let found: Vec<_> = line.split([',', ';', '/']).filter_map(entry).collect();
    if found.len() > 1 { found } else { Vec::new() }
}

/// Quarters and halves of a year, as names of files and sheets have them.
fn periods(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let short = |word: &&String| matches!(word.as_bytes(), [b'h', b'1' | b'2'] | [b'q', b'1'..=b'4']);
    let mut found: Vec<String> = words.iter().filter(short).cloned().collect();
    found.extend(words.windows(2).filter_map(|pair| Some(format!("h{}", half(&pair[0], &pair[1])?))));
    found
}

/// "First half", "1. Halbjahr": which half of a year.
pub(super) fn half(place: &str, noun: &str) -> Option<u32> {
    const FIRST: &[&str] = &["first", "1st", "1", "erstes", "ersten", "erste", "premier", "primer", "1er"];
    const SECOND: &[&str] =
        &["second", "2nd", "2", "zweites", "zweiten", "zweite", "deuxième", "segundo", "2e"];
    if !matches!(noun, "half" | "halbjahr" | "halbjahres" | "semester" | "semestre") {
        return None;
    }
    let at = [FIRST, SECOND].iter().position(|list| list.contains(&place))?;
    u32::try_from(at + 1).ok()
}

/// Words that stand together in a file's name, apart.
fn spaced(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 8);
    let mut last = ' ';
    for c in name.chars() {
        let border = (last.is_lowercase() && c.is_uppercase())
            || (last.is_alphabetic() && last.is_lowercase() && c.is_ascii_digit());
        if border {
            text.push(' ');
        }
        text.push(if c == '_' { ' ' } else { c });
        last = c;
    }
    text
}

/// The words, and the months and days of dates in figures.
fn dated(text: &str) -> Vec<Token> {
    let words = tokens(text);
    let mut all = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let year = |word: &Token| word.text.len() == 4 && word.text.parse::<u32>().is_ok();
        if at > 0
            && year(&words[at - 1])
            && word.text.len() == 2
            && let Some(short) = word.text.parse().ok().and_then(short_month)
        {
            all.push(Token { text: short.to_owned(), stem: short.to_owned() });
        }
        let known = month(&word.text).is_some() || !is_neutral(&word.text);
        all.extend(known.then(|| word.clone()));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_one_year_is_none_of_another() {
        let table = |cell: &str| Table {
            title: "Tolls 2020".to_owned(),
            names: vec!["Lock".to_owned(), "Toll".to_owned()],
            rows: vec![super::super::Row {
                cells: vec!["Alder".to_owned(), cell.to_owned()],
                start: 0,
                end: 0,
            }],
        };
        let of = |question: &str, cell: &str| {
            Naming::of("Tolls 2020", "tolls_2020_2021.xlsx", "").is_of_another_year(question, &table(cell))
        };
        assert!(of("What was the toll at Alder in 2021?", "12"));
        assert!(!of("What was the toll at Alder in 2020?", "12"));
        assert!(!of("What was the toll at Alder?", "12"));
        assert!(!of("What was the toll at Alder in 2021?", "12 (from 2021: 13)"));
        assert!(!of("Which locks were built before 1980?", "12"));
    }

    #[test]
    fn a_table_is_named_by_its_sheet_its_file_and_what_stands_around_it() {
        let naming = Naming::of("Drivers", "Fleet_Roster_2024-05.xlsx", "Minutes of the board");
        let explains = |word: &str| naming.explains(&tokens(word)[0]);
        assert_eq!(explains("driver"), Some(Named::Title));
        assert_eq!(explains("fleet"), Some(Named::File));
        assert_eq!(explains("May"), Some(Named::File));
        assert_eq!(explains("2024"), Some(Named::File));
        assert_eq!(explains("minutes"), Some(Named::Around));
        assert_eq!(explains("spreadsheet"), Some(Named::List));
        assert_eq!(explains("tyres"), None);
        assert!(!naming.has_quarter(2));
        for (question, left) in [
            ("How many drivers are in the fleet roster of May 2024?", "How many drivers are"),
            ("According to the fleet roster, who drives on Monday?", "who drives on Monday?"),
            ("How many drivers are there?", "How many drivers are there?"),
        ] {
            assert_eq!(naming.without(question), left);
        }
    }
}
