//! How good a text is, without a dictionary.

/// What a text is made of. Shares of its characters without spaces, or of its words.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Quality {
    /// Characters that are no space.
    pub chars: usize,
    /// Certainly no text: replacement characters, private use, controls.
    pub garbage: f32,
    pub letters: f32,
    pub digits: f32,
    /// Words of at least two letters among those with letters.
    pub whole_words: f32,
    /// Vowels among the letters of scripts that have them; 0.4 where there are too few letters to tell.
    pub vowels: f32,
}

/// With fewer characters nothing can be said.
const ENOUGH: usize = 40;

impl Quality {
    /// Whether this cannot be what the page shows.
    pub fn is_garbled(&self) -> bool {
        let soup = self.chars >= ENOUGH && self.letters + self.digits < 0.4 && self.letters < 0.3;
        let cipher = self.chars >= ENOUGH * 4 && self.vowels < 0.15;
        self.garbage > 0.25 || soup || cipher
    }

    /// Higher is better; 0 is nothing.
    pub fn score(&self) -> f32 {
        if self.chars == 0 {
            return 0.0;
        }
        let good = (self.letters + self.digits * 0.8) * (1.0 - self.garbage) * (0.3 + 0.7 * self.whole_words);
        good * (self.chars as f32).ln_1p()
    }
}

/// Measures a text. Signs that are repeated (dotted lines) count once.
pub fn quality(text: &str) -> Quality {
    let mut counts = Counts::default();
    let mut before = ' ';
    for c in text.chars() {
        if !c.is_whitespace() && (c.is_alphanumeric() || c != before) {
            counts.take(c);
        }
        before = c;
    }
    let (mut words, mut whole) = (0usize, 0usize);
    for word in text.split_whitespace() {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        if letters > 0 {
            words += 1;
            whole += usize::from(letters > 1 || word.chars().any(is_word_by_itself));
        }
    }
    let share = |part: usize, all: usize| if all == 0 { 0.0 } else { part as f32 / all as f32 };
    Quality {
        chars: counts.all,
        garbage: share(counts.garbage, counts.all),
        letters: share(counts.letters, counts.all),
        digits: share(counts.digits, counts.all),
        whole_words: if words == 0 { 1.0 } else { share(whole, words) },
        vowels: if counts.voiced < 100 { 0.4 } else { share(counts.vowels, counts.voiced) },
    }
}

#[derive(Default)]
struct Counts {
    all: usize,
    garbage: usize,
    letters: usize,
    digits: usize,
    /// Letters of Latin, Greek and Cyrillic.
    voiced: usize,
    vowels: usize,
}

impl Counts {
    fn take(&mut self, c: char) {
        self.all += 1;
        self.garbage += usize::from(is_garbage(c));
        self.letters += usize::from(c.is_alphabetic());
        self.digits += usize::from(c.is_numeric());
        if matches!(c, 'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{4FF}') {
            self.voiced += 1;
            self.vowels += usize::from(is_vowel(c));
        }
    }
}

fn is_garbage(c: char) -> bool {
    c == '\u{FFFD}'
        || c.is_control()
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
        || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
}

fn is_vowel(c: char) -> bool {
    let c = c.to_lowercase().next().unwrap_or(c);
    "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿāăąēĕėęěĩīĭįıōŏőœũūŭůűųαάεέηήιίοόυύωώϊϋаеёиоуыэюяіїєў".contains(c)
}

fn is_word_by_itself(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1100}'..='\u{11FF}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{9FFF}'
        | '\u{AC00}'..='\u{D7AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soup_is_garbled_and_text_is_not() {
        let soup = "#$%& '()* +,-./ :;<= >?@[ ]^_` {|}~ !\"#$ %&'( )*+, -./: ;<=>";
        assert!(quality(soup).is_garbled());
        assert!(quality("\u{FFFD}\u{FFFD}ab").is_garbled());
        for text in [
            "The boiler is swept twice a year, in March and in September; ash is carried out.",
            "Chapter one ........................................ 12\nTwo ................... 14",
            "| 16,865.2 | 15,740.4 | (12.3)% |\n| 11,108.4 | 10,304.8 | (4.0)% | $ 12 | $ 14 |",
            "電線接続端子部が次の条件を満たすこと。ケーブル関係の図を参照。",
            "שלום עולם, זה טקסט בעברית עם מספיק אותיות כדי לבדוק",
        ] {
            assert!(!quality(text).is_garbled(), "{text} {:?}", quality(text));
        }
        assert!(!quality("?!").is_garbled(), "too little to tell");
    }

    #[test]
    fn whole_words_are_better_than_pieces() {
        let (whole, pieces) = (quality("Master of science"), quality("M a s t e r o f sci e n c e"));
        assert!(whole.score() > pieces.score());
    }
}
