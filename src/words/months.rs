//! The names of the months, language by language: one table for all that read or write them.
//!
//! A name in full says that a month is meant; a short one often means something else in another language ("set", "mag",
//! "ago"). So who reads short ones says of which languages.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::language::Language;

/// What the months are called in a language, from January on.
#[derive(Debug)]
pub struct Months {
    pub language: Language,
    /// In full, as a date has them.
    pub full: [&'static str; 12],
    /// Cut short, without a full stop.
    pub short: [&'static str; 12],
    /// Other words for one, in full.
    others: &'static [(u32, &'static str)],
    /// Other ways to cut one short.
    other_short: &'static [(u32, &'static str)],
}

static TABLE: [Months; 9] = [
    Months {
        language: Language::English,
        full: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        short: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        others: &[],
        other_short: &[(9, "Sept")],
    },
    Months {
        language: Language::German,
        full: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        short: ["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
        others: &[(1, "Jänner")],
        other_short: &[(3, "Mär")],
    },
    Months {
        language: Language::French,
        full: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        short: ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
        others: &[],
        other_short: &[(2, "fév")],
    },
    Months {
        language: Language::Spanish,
        full: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
        short: ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        others: &[],
        other_short: &[],
    },
    Months {
        language: Language::Italian,
        full: [
            "gennaio",
            "febbraio",
            "marzo",
            "aprile",
            "maggio",
            "giugno",
            "luglio",
            "agosto",
            "settembre",
            "ottobre",
            "novembre",
            "dicembre",
        ],
        short: ["gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
        others: &[],
        other_short: &[],
    },
    Months {
        language: Language::Portuguese,
        full: [
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ],
        short: ["jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
        others: &[],
        other_short: &[],
    },
    Months {
        language: Language::Dutch,
        full: [
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ],
        short: ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
        others: &[],
        other_short: &[],
    },
    Months {
        language: Language::Chinese,
        full: [
            "一月",
            "二月",
            "三月",
            "四月",
            "五月",
            "六月",
            "七月",
            "八月",
            "九月",
            "十月",
            "十一月",
            "十二月",
        ],
        short: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        others: &[],
        other_short: &[],
    },
    Months {
        language: Language::Japanese,
        full: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        short: ["1月", "2月", "3月", "4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月"],
        others: &[],
        other_short: &[],
    },
];

/// What a word says: the month, whether it is its name in full, and in which language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Form {
    month: u32,
    is_full: bool,
    language: Language,
}

/// All forms in lower case.
static FORMS: LazyLock<HashMap<String, Vec<Form>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<Form>> = HashMap::new();
    for months in &TABLE {
        for (month, is_full, word) in months.forms() {
            let form = Form { month, is_full, language: months.language };
            forms.entry(word.to_lowercase()).or_default().push(form);
        }
    }
    forms
});

impl Months {
    /// Those of a language; `None` where the table does not have them.
    pub fn of(language: Language) -> Option<&'static Self> {
        TABLE.iter().find(|months| months.language == language)
    }

    /// Each with the number of its month and whether it is in full.
    fn forms(&self) -> impl Iterator<Item = (u32, bool, &'static str)> {
        let full = (1..).zip(self.full).chain(self.others.iter().copied()).map(|(n, word)| (n, true, word));
        let short = (1..).zip(self.short).chain(self.other_short.iter().copied());
        full.chain(short.map(|(n, word)| (n, false, word)))
    }
}

/// The month (1 to 12) that a word in lower case names in full, in whichever language.
pub fn month_named(word: &str) -> Option<u32> {
    FORMS.get(word)?.iter().find(|form| form.is_full).map(|form| form.month)
}

/// The month that a word in lower case names in full in one of these languages.
pub fn month_in_full(word: &str, languages: &[Language]) -> Option<u32> {
    let mut forms = FORMS.get(word)?.iter().filter(|form| form.is_full);
    forms.find(|form| languages.contains(&form.language)).map(|form| form.month)
}

/// The month that a word in lower case names in one of these languages, in full or cut short.
pub fn month_in(word: &str, languages: &[Language]) -> Option<u32> {
    FORMS.get(word)?.iter().find(|form| languages.contains(&form.language)).map(|form| form.month)
}

/// Whether a word in lower case begins with the short form of a month in one of these languages.
pub fn begins_with_month(word: &str, languages: &[Language]) -> bool {
    let tables = TABLE.iter().filter(|months| languages.contains(&months.language));
    tables
        .flat_map(Months::forms)
        .any(|(_, is_full, form)| !is_full && word.starts_with(&*form.to_lowercase()))
}

/// The names of a month in full, in lower case, each once; those in letters only.
pub fn month_names(month: u32) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (number, is_full, name) in TABLE.iter().flat_map(Months::forms) {
        let name = name.to_lowercase();
        if is_full && number == month && name.chars().all(char::is_alphabetic) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_means_one_month_whatever_the_language() {
        for (word, forms) in FORMS.iter() {
            assert!(forms.iter().all(|form| form.month == forms[0].month), "{word}: {forms:?}");
        }
    }

    #[test]
    fn names_in_full_are_known_in_all_languages_and_short_ones_in_those_asked_for() {
        for (word, month) in [
            ("january", 1),
            ("jänner", 1),
            ("février", 2),
            ("maart", 3),
            ("abril", 4),
            ("maggio", 5),
            ("mei", 5),
            ("août", 8),
            ("settembre", 9),
            ("十二月", 12),
        ] {
            assert_eq!(month_named(word), Some(month), "{word}");
        }
        assert_eq!(month_in_full("outubro", &[Language::French, Language::Portuguese]), Some(10));
        assert_eq!(month_in_full("may", &[Language::French, Language::Spanish]), None, "short, and English");
        for word in ["set", "okt", "mrz", "ago", "sept", "monday", ""] {
            assert_eq!(month_named(word), None, "{word}");
        }
        let both = [Language::English, Language::German];
        for (word, month) in [("sept", 9), ("okt", 10), ("mär", 3), ("mrz", 3), ("mai", 5), ("may", 5)] {
            assert_eq!(month_in(word, &both), Some(month), "{word}");
        }
        for word in ["set", "ago", "mars", "mei", "janvier"] {
            assert_eq!(month_in(word, &both), None, "{word}");
        }
    }

    #[test]
    fn what_begins_like_a_month_is_told_by_language() {
        assert!(begins_with_month("marbles", &[Language::English]));
        assert!(
            begins_with_month("févr", &[Language::French]) && begins_with_month("fév", &[Language::French])
        );
        assert!(!begins_with_month("oktober", &[Language::English]));
        assert!(begins_with_month("oktober", &[Language::German]));
    }

    #[test]
    fn the_names_of_a_month_are_told_once_each() {
        assert_eq!(
            month_names(1).join(" "),
            "january januar jänner janvier enero gennaio janeiro januari 一月"
        );
        assert_eq!(month_names(4).join(" "), "april avril abril aprile 四月");
        assert!(month_names(13).is_empty());
    }
}
