//! Sentences of our own, in the languages that have them; the others read English.

/// A sentence in English and in German.
pub(in super::super) struct Text {
    en: &'static str,
    de: &'static str,
}

impl Text {
    pub(in super::super) const fn new(en: &'static str, de: &'static str) -> Self {
        Self { en, de }
    }

    /// With `{}` replaced by these, in turn.
    pub(in super::super) fn with(&self, language: &str, values: &[&str]) -> String {
        let mut text = String::new();
        let mut parts = if language == "de" { self.de } else { self.en }.split("{}");
        text.push_str(parts.next().unwrap_or_default());
        for (part, value) in parts.zip(values.iter().chain(std::iter::repeat(&""))) {
            text.push_str(value);
            text.push_str(part);
        }
        text
    }
}

/// How many are left of what an answer shows in part.
pub(super) const MORE_TO_SHOW: Text = Text::new("{} more: ask “show more”.", "{} weitere: „mehr“ zeigt sie.");

const MORE_DOCUMENTS: Text =
    Text::new("{} more documents: ask “show more”.", "{} weitere Dokumente: „mehr“ zeigt sie.");
const ONE_MORE_DOCUMENT: Text =
    Text::new("One more document: ask “show more”.", "Ein weiteres Dokument: „mehr“ zeigt es.");

/// The same of documents.
pub(super) fn more_documents(left: usize, language: &str) -> String {
    if left == 1 {
        ONE_MORE_DOCUMENT.with(language, &[])
    } else {
        MORE_DOCUMENTS.with(language, &[&count(left, language)])
    }
}

/// Names and headings as they may stand in an answer: numbers in square brackets would read as citations.
pub(in super::super) fn plain(name: &str) -> String {
    name.replace(['[', ']', '*'], "")
}

/// 12,345 or 12.345.
pub(super) fn count(number: usize, language: &str) -> String {
    let digits = number.to_string();
    let sign = if language == "de" { '.' } else { ',' };
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(sign);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_in() {
        let text = Text::new("{} of {}", "{} von {}");
        assert_eq!(text.with("de", &["1", "2"]), "1 von 2");
        assert_eq!(text.with("fr", &["1", "2"]), "1 of 2");
        assert_eq!(count(1_234_567, "en"), "1,234,567");
        assert_eq!(count(12, "de"), "12");
    }
}
