//! Where sentences end. Unicode's rules take every full stop before a capital for an end: that of "5. Mai", "Nr. 5",
//! "z. B.", "Dr. Moss" and "J. R. Moss" is none.

use unicode_segmentation::UnicodeSegmentation;

/// A name or a sentence follows, never the next sentence.
const TITLES: &[&str] = &[
    "Bc", "Capt", "Col", "Dipl", "Dott", "Dr", "Dra", "Fr", "Frl", "Gov", "Hon", "Hr", "Ing", "Judr", "Lt",
    "Mag", "Mgr", "Mme", "Mlle", "Mr", "Mrs", "Ms", "Mudr", "Prof", "Rev", "Sgt", "Sig", "Sra", "dr", "hr",
    "ing", "mgr", "mr", "prof",
];

/// Something of the same sentence follows.
const AMID: &[&str] = &[
    "approx", "bijv", "bl.a", "bzw", "ca", "cca", "cf", "d.h", "d.v.s", "e.g", "esim", "evtl", "ev", "exkl",
    "f.eks", "ggf", "i.e", "inkl", "m.in", "mind", "napr", "např", "p.ex", "pl", "popř", "resp", "sog",
    "stv", "t.ex", "tj", "tzn", "tzv", "tzw", "vgl", "vs", "vö", "z.B", "zzgl", "örn", "напр", "см", "т.е",
];

/// Followed by a name or a number, and at times by the next sentence.
const SHORT: &[&str] = &[
    "Abb", "Abs", "Abt", "Anl", "Anm", "Art", "Aufl", "Bd", "Chr", "Co", "Corp", "Fig", "Inc", "Jr", "Kap",
    "Ltd", "Nr", "Pos", "Sr", "St", "Ste", "Str", "Tab", "Tel", "Vol", "Ziff", "art", "max", "min", "pp",
];

/// Followed by a number, else they are words or ends.
const COUNTING: &[&str] = &[
    "abb", "abs", "anm", "app", "bd", "bl", "ch", "fig", "kap", "lit", "no", "nos", "nr", "num", "núm",
    "pag", "pkt", "pos", "rozdz", "sec", "str", "sv", "tel", "tab", "ust", "vol", "ziff", "čl", "čís", "рис",
    "стр", "ст",
];

/// The end of a list.
const AND_SO_ON: &[&str] = &["apod", "atd", "etc", "itd", "itp", "osv", "usw", "vb"];

/// Behind them stands an ordinal number: "zum 100. Geburtstag", "im III. Quartal".
const DETERMINERS: &[&str] = &[
    "am", "beim", "das", "dem", "den", "der", "des", "det", "die", "ein", "eine", "einem", "einen", "einer",
    "eines", "fra", "ihr", "ihrem", "ihren", "im", "ins", "sein", "seinem", "seinen", "til", "unser", "vom",
    "zum", "zur",
];

/// With a capital they begin sentences, and are no part of a name.
const STARTERS: &[&str] = &[
    "A", "About", "Aber", "After", "Also", "All", "An", "And", "Als", "Am", "Auch", "Auf", "Aus", "Az",
    "Before", "Bei", "Bu", "But", "Ces", "Cette", "Da", "Damit", "Danach", "Dans", "Das", "Den", "Denne",
    "Der", "Det", "Die", "Dies", "Diese", "Dieser", "Dieses", "During", "Each", "Ein", "Eine", "Elle", "Er",
    "Es", "Every", "Ez", "For", "From", "Für", "Han", "He", "Her", "His", "How", "However", "Hun", "If",
    "Il", "Im", "In", "It", "Its", "Los", "Man", "Mit", "Most", "Nach", "No", "Nous", "Nur", "On", "Once",
    "Only", "Our", "Per", "Pour", "Se", "Seit", "She", "Sie", "Since", "So", "Some", "Sowohl", "The",
    "Their", "Then", "There", "These", "They", "This", "Those", "Tämä", "Und", "Une", "Unter", "Until", "Vi",
    "Vom", "Von", "Vor", "Vous", "Was", "We", "Wenn", "Wer", "What", "When", "Where", "Which", "While",
    "Who", "Wie", "Wir", "With", "Wo", "You", "Your", "Zu", "Zum", "Zur",
];

const DAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Words of a label with its number, at most: "Article 5. The tenant …".
const LABEL: usize = 2;

/// The sentences of a text with the blanks behind them: together they are the text.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, part) in text.split_sentence_bound_indices() {
        let end = at + part.len();
        if ends_sentence(&text[start..end], &text[end..]) {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    if start < text.len() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// The same of what is typed in haste: the next sentence may begin with a small letter.
pub fn typed_sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, stop) in text.match_indices(['.', '?', '!', '？', '。', '！']) {
        let end = at + stop.len();
        let over = stop != "." || text[end..].is_empty() || text[end..].starts_with(char::is_whitespace);
        if over && ends_sentence(&text[start..end], &text[end..]) {
            sentences.push(&text[start..end]);
            start = end;
        }
    }
    if start < text.len() {
        sentences.push(&text[start..]);
    }
    sentences
}

/// Whether a sentence is over where Unicode's rules may end it. `behind` is what follows, as far as it is known.
pub fn ends_sentence(sentence: &str, behind: &str) -> bool {
    let Some(head) = sentence.trim_end().strip_suffix('.') else { return true };
    let opening =
        |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '„' | '“' | '«' | '»' | '‚' | '*');
    let start = head.char_indices().rfind(|(_, c)| opening(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let (before, word) = head.split_at(start);
    let place = Place {
        label: before.split_whitespace().nth(LABEL - 1).is_none(),
        before: before.split_whitespace().next_back().unwrap_or_default(),
        next: first_word(behind),
    };
    !place.goes_on(word)
}

/// A full stop behind a word.
struct Place<'a> {
    /// No more than a label stands before it.
    label: bool,
    /// The word before.
    before: &'a str,
    /// The word behind.
    next: &'a str,
}

impl Place<'_> {
    fn goes_on(&self, word: &str) -> bool {
        let starts = STARTERS.contains(&self.next);
        if TITLES.contains(&word) || AMID.contains(&word) {
            return true;
        }
        if AND_SO_ON.contains(&word) {
            return self.next.is_empty() || self.next.starts_with(char::is_lowercase);
        }
        if SHORT.contains(&word) && !starts {
            return true;
        }
        self.is_hour(word).unwrap_or_else(|| {
            is_initials(word) && (!starts || self.is_second_part(word))
                || self.is_ordinal(word, starts)
                || COUNTING.contains(&word.to_lowercase().as_str()) && self.counts(word)
        })
    }

    /// "No. 5": where nothing is known to follow, the capital tells it from "no".
    fn counts(&self, word: &str) -> bool {
        if self.next.is_empty() { word.starts_with(char::is_uppercase) } else { is_number(self.next) }
    }

    /// "8 a.m. on", "8 a. m. Monday": `None` for other words.
    fn is_hour(&self, word: &str) -> Option<bool> {
        let parted = word == "m" && matches!(self.before, "a." | "p.");
        if !parted && !matches!(word, "a.m" | "p.m") {
            return None;
        }
        let zone = (2..=4).contains(&self.next.len()) && self.next.chars().all(|c| c.is_ascii_uppercase());
        Some(
            self.next.is_empty()
                || self.next.starts_with(char::is_lowercase)
                || zone
                || DAYS.contains(&self.next),
        )
    }

    /// The capital of "z. B.": a sentence that follows would not begin with it.
    fn is_second_part(&self, word: &str) -> bool {
        let first = self.before.strip_suffix('.').is_some_and(|part| part.chars().count() == 1);
        first && self.before.starts_with(char::is_lowercase) && word.starts_with(char::is_uppercase)
    }

    /// "3. Mai", "1. bis 3. Mai", "III. Quartal".
    fn is_ordinal(&self, word: &str, starts: bool) -> bool {
        let determined = DETERMINERS.contains(&self.before.to_lowercase().as_str());
        let mut parts = word.split(['.', '-', '–', '/']);
        let digits = !word.is_empty() && parts.clone().all(|part| part.bytes().all(|c| c.is_ascii_digit()));
        let length = parts.next_back().map_or(0, str::len);
        let number = digits && (length == 1 || length == 2 || length == 3 && determined);
        let roman = is_roman(word) && (determined || self.label);
        (number || roman) && (!starts || self.label)
    }
}

/// "J", "U.S", "i.d.R".
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

fn is_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) || is_roman(word) || word.chars().count() == 1
}

/// Up to XXXIX.
fn is_roman(word: &str) -> bool {
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let rest = word.trim_start_matches('X');
    !word.is_empty() && word.len() - rest.len() <= 3 && ones.contains(&rest)
}

/// Without what opens a quotation or brackets before it.
fn first_word(text: &str) -> &str {
    let word = text.split_whitespace().next().unwrap_or_default();
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let cut = sentences(text);
        assert_eq!(cut.concat(), text);
        let shown: Vec<&str> = cut.iter().map(|sentence| sentence.trim()).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_date_is_not_parted_in_any_language() {
        for one in [
            "Sie gilt bis zum 5. Mai 2024 und länger.",
            "Zahlbar im 3. Quartal, spätestens am 1. Oktober.",
            "Vom 1. bis 3. Mai ist zu.",
            "Mødet er den 5. Maj 2024 i Ribe.",
            "Møtet er 17. Mai klokken ni.",
            "Schůze je 5. Května v Brně.",
            "Kokous on 5. Toukokuuta klo 9.",
            "Az ülés május 5. Napján lesz.",
            "Toplantı 5. Katta yapılır.",
            "Zum 100. Geburtstag kam der 2. Vorsitzende.",
            "Im III. Quartal ruht der Ofen.",
        ] {
            check(one, &[one]);
        }
    }

    #[test]
    fn abbreviations_do_not_end_sentences() {
        for one in [
            "Siehe Nr. 5 und § 7 Abs. 2 Satz 1.",
            "Es gibt z. B. Öfen und d. h. Kilns.",
            "Sie kommt z. B. Der Reihe nach.",
            "Dr. Moss und Prof. Lind kommen.",
            "See No. 5 and Fig. 3 of St. Stefan.",
            "It holds approx. 3 litres, e.g. Clay.",
            "J. R. Moss wrote to Moss Inc. Board members.",
            "It opens at 8 a.m. Monday and 9 p.m. CET on.",
            "Voir art. 5 et M. Moss.",
            "Viz č. 5 a např. Brno.",
            "Made by the U.S. Army in vol. IV of it.",
            "Katso esim. Kokkola.",
        ] {
            check(one, &[one]);
        }
    }

    #[test]
    fn what_follows_tells_where_a_sentence_is_over() {
        check("Er endet am 5. Der Mieter zahlt.", &["Er endet am 5.", "Der Mieter zahlt."]);
        check("We took plan B. The kiln is red.", &["We took plan B.", "The kiln is red."]);
        check("It opens at 8 a.m. Visitors pay.", &["It opens at 8 a.m.", "Visitors pay."]);
        check("Clay, sand etc. The kiln is red.", &["Clay, sand etc.", "The kiln is red."]);
        check("It was in 2024. Kestrels came.", &["It was in 2024.", "Kestrels came."]);
        check("It cost £12. Delivery is free.", &["It cost £12.", "Delivery is free."]);
        check("Oh no. Two came.", &["Oh no.", "Two came."]);
        check("Fire it for 20 min. Then wait.", &["Fire it for 20 min.", "Then wait."]);
        check("Sie waren im Kiln II. Kestrels came.", &["Sie waren im Kiln II.", "Kestrels came."]);
        check("Wait... Then go! Is it? Yes.", &["Wait...", "Then go!", "Is it?", "Yes."]);
    }

    #[test]
    fn the_number_of_a_paragraph_goes_with_it() {
        for one in ["Article 5. The tenant pays.", "1. The kiln is fired.", "II. Der Ofen brennt."] {
            check(one, &[one]);
        }
    }

    #[test]
    fn what_is_typed_in_small_letters_is_parted_at_its_stops() {
        let text = "wer kommt am 5. mai um 9.30 zu dr. moss? alle bitte. auch nr. 5";
        assert_eq!(
            typed_sentences(text),
            ["wer kommt am 5. mai um 9.30 zu dr. moss?", " alle bitte.", " auch nr. 5"]
        );
        assert!(typed_sentences("").is_empty());
    }

    #[test]
    fn what_is_not_known_yet_may_go_on() {
        assert!(!ends_sentence("Er kommt am 5. ", ""));
        assert!(!ends_sentence("It is held by Dr.", ""));
        assert!(!ends_sentence("See No.", "") && ends_sentence("They say no.", ""));
        assert!(ends_sentence("It is red.", "") && ends_sentence("Is it?", "No") && ends_sentence("", ""));
    }
}
