//! Spellings of one word that are to meet. For matching only: nothing that is stored or shown goes through here.

use unicode_normalization::UnicodeNormalization;

use super::Language;

/// Before the stemmer: compatibility forms, lower case, one apostrophe, and no marks that only help reading.
pub(crate) fn lower(word: &str, language: Option<Language>) -> String {
    if word.is_ascii() && language != Some(Language::Turkish) {
        return word.to_ascii_lowercase();
    }
    let mut lowered = String::with_capacity(word.len());
    for c in word.nfkc() {
        match c {
            // Dotted and dotless i are two letters there.
            'I' if language == Some(Language::Turkish) => lowered.push('ı'),
            'İ' => lowered.push('i'),
            '’' | 'ʼ' | '＇' => lowered.push('\''),
            'ё' | 'Ё' => lowered.push('е'),
            // Tatweel, vowel marks of Arabic and Hebrew, soft hyphen, joiners.
            '\u{640}'
            | '\u{64b}'..='\u{652}'
            | '\u{670}'
            | '\u{591}'..='\u{5c7}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{feff}' => {}
            _ => lowered.extend(c.to_lowercase()),
        }
    }
    lowered
}

/// After the stemmer: without the marks on letters of the European scripts. Those of Thai, of Indian scripts and of kana
/// are letters in their own right and stay.
pub(crate) fn unmarked(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'þ' => plain.push_str("th"),
            'ς' => plain.push('σ'),
            'أ' | 'إ' | 'آ' | 'ٱ' => plain.push('ا'),
            'ى' => plain.push('ي'),
            'ة' => plain.push('ه'),
            // As decomposition leaves alef with its hamza or madda.
            '\u{653}'..='\u{655}' => {}
            _ => plain.push(c),
        }
    }
    plain.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        let folded = |word: &str| unmarked(&lower(word, None));
        for (one, other) in [
            ("Café", "CAFE"),
            ("cafe\u{301}", "café"),
            ("Straße", "STRASSE"),
            ("ﬁnance", "finance"),
            ("ＡＢＣ１２", "abc12"),
            ("Øresund", "oresund"),
            ("Łódź", "lodz"),
            ("İSTANBUL", "istanbul"),
            ("счёт", "счет"),
            ("كِتاب", "كتاب"),
            ("أحمد", "احمد"),
            ("Kündi\u{ad}gung", "kundigung"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} and {other}");
        }
    }

    #[test]
    fn marks_that_are_letters_stay() {
        for (one, other) in [("ดี", "ดู"), ("が", "か"), ("कि", "की")] {
            assert_ne!(unmarked(&lower(one, None)), unmarked(&lower(other, None)), "{one} and {other}");
        }
    }
}
