//! One word to its stem.

use snowball_stemmers_rs::Stemmer;

use super::Language;
#[cfg(test)]
use super::fold::lower;
use super::fold::unmarked;

/// Longer words are no words of a language.
const LONGEST: usize = 64;

/// The term of a word as it stands in a text of this language.
#[cfg(test)]
pub(crate) fn stem(word: &str, language: Option<Language>) -> String {
    stem_lowered(&lower(word, language), language)
}

/// The same for what has been through [`lower`] already.
pub(crate) fn stem_lowered(word: &str, language: Option<Language>) -> String {
    let algorithm = language.and_then(Language::algorithm).filter(|_| word.len() <= LONGEST && is_word(word));
    match algorithm {
        Some(algorithm) => unmarked(&Stemmer::create(algorithm).stem(word)),
        // Tones tell Vietnamese words apart.
        None if language == Some(Language::Vietnamese) => word.to_owned(),
        None => unmarked(word),
    }
}

fn is_word(word: &str) -> bool {
    word.chars().all(|c| !c.is_numeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meet(language: Language, words: &[&str]) {
        let stems: Vec<String> = words.iter().map(|word| stem(word, Some(language))).collect();
        assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words:?}: {stems:?}");
    }

    #[test]
    fn forms_of_a_word_meet() {
        meet(Language::English, &["Kestrel", "kestrels", "KESTRELS"]);
        meet(Language::German, &["Haus", "Häuser", "HÄUSER", "Haeuser", "ha\u{308}user"]);
        meet(Language::German, &["Straße", "Strasse", "STRASSEN"]);
        meet(Language::Dutch, &["huis", "huizen"]);
        meet(Language::Russian, &["счёт", "счёта", "счета"]);
        meet(Language::Turkish, &["kitabı", "KİTAP", "kitap"]);
        meet(Language::Spanish, &["contraseña", "contraseñas", "CONTRASENAS"]);
        meet(Language::Arabic, &["المكتبات", "مكتبة"]);
    }

    #[test]
    fn without_a_language_words_stay_as_they_are() {
        assert_eq!(stem("Kestrels", None), "kestrels");
        assert_eq!(stem("Häuser", None), "hauser");
        assert_eq!(stem("mã", Some(Language::Vietnamese)), "mã");
    }
}
