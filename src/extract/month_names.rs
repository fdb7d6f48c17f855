//! The months and days of dates, in the languages whose formats name them.

use docent_words::{Language, Months};

/// Names of months and days in a language.
pub(super) struct Names {
    language: Language,
    pub days: [&'static str; 7],
    /// How many letters of a day make its short name.
    pub short_day: usize,
}

impl Names {
    /// The names in a language, by the lower half of its number; English where it is not known.
    pub(super) fn of(locale: u32) -> &'static Self {
        match locale & 0xFF {
            0x04 => &CHINESE,
            0x07 => &GERMAN,
            0x0A => &SPANISH,
            0x0C => &FRENCH,
            0x10 => &ITALIAN,
            0x11 => &JAPANESE,
            0x13 => &DUTCH,
            _ => &ENGLISH,
        }
    }

    /// In full, by the number of the month.
    pub(super) fn month(&self, number: u32) -> &'static str {
        self.name(number, |months| &months.full)
    }

    pub(super) fn short_month(&self, number: u32) -> &'static str {
        self.name(number, |months| &months.short)
    }

    fn name(&self, number: u32, which: fn(&'static Months) -> &'static [&'static str; 12]) -> &'static str {
        let at = usize::try_from(number.clamp(1, 12)).unwrap_or(1) - 1;
        Months::of(self.language).map_or("", |months| which(months)[at])
    }
}

const ENGLISH: Names = Names {
    language: Language::English,
    days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    short_day: 3,
};

const GERMAN: Names = Names {
    language: Language::German,
    days: ["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"],
    short_day: 2,
};

const SPANISH: Names = Names {
    language: Language::Spanish,
    days: ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"],
    short_day: 3,
};

const FRENCH: Names = Names {
    language: Language::French,
    days: ["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"],
    short_day: 3,
};

const JAPANESE: Names = Names {
    language: Language::Japanese,
    days: ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"],
    short_day: 1,
};

const CHINESE: Names = Names {
    language: Language::Chinese,
    days: ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
    short_day: 3,
};

const ITALIAN: Names = Names {
    language: Language::Italian,
    days: ["domenica", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato"],
    short_day: 3,
};

const DUTCH: Names = Names {
    language: Language::Dutch,
    days: ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"],
    short_day: 2,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_of_formats_has_its_months() {
        for locale in [0x04, 0x07, 0x09, 0x0A, 0x0C, 0x10, 0x11, 0x13] {
            let names = Names::of(locale);
            assert!(!names.month(1).is_empty() && !names.short_month(12).is_empty(), "{locale}");
        }
    }
}
