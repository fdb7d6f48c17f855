//! A model that has lost its way: it says the same again and again, or only signs and no word. Small models do not find out of
//! that by themselves, and would go on until their window is full.

/// Bytes without a word.
const WORDLESS: usize = 400;

/// Bytes of the text that are looked at for repetition.
const TAIL: usize = 2_400;

/// How often something has to be said again, and for how many bytes: a table may have the same in many rows.
const TIMES: usize = 12;
const BYTES: usize = 600;

/// The longest thing that is looked for.
const LONGEST: usize = 180;

/// Bytes after which it is looked again.
const STEP: usize = 120;

#[derive(Debug, Default)]
pub(super) struct Rut {
    tail: Vec<u8>,
    /// Since it was looked.
    new: usize,
    /// Since the last word.
    wordless: usize,
    inside: bool,
}

impl Rut {
    /// Takes what was said, and tells whether the model has lost its way.
    pub(super) fn push(&mut self, text: &str) -> bool {
        for c in text.chars() {
            self.inside = match c {
                '[' => true,
                ']' => false,
                _ => self.inside,
            };
            let word = c.is_alphabetic() || (c.is_alphanumeric() && !self.inside) || !c.is_ascii();
            self.wordless = if word { 0 } else { self.wordless + 1 };
            if self.wordless >= WORDLESS {
                return true;
            }
        }
        self.tail.extend_from_slice(text.as_bytes());
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
        self.new += text.len();
        if self.new < STEP {
            return false;
        }
        self.new = 0;
        (1..=LONGEST).any(|length| self.repeated(length) >= BYTES.max(TIMES * length))
    }

    /// For how many bytes from the end the text is what it was so many bytes before.
    fn repeated(&self, length: usize) -> usize {
        let before = self.tail.iter().rev().skip(length);
        self.tail.iter().rev().zip(before).take_while(|(now, then)| now == then).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// After how many bytes it is noticed, if it is.
    fn noticed(text: &str) -> Option<usize> {
        let mut rut = Rut::default();
        let mut said = 0;
        text.split_inclusive(' ').find_map(|piece| {
            said += piece.len();
            rut.push(piece).then_some(said)
        })
    }

    #[test]
    fn what_goes_round_is_noticed() {
        let numbers: String = (1..400).map(|n| format!("[{n}] ")).collect();
        assert!(noticed(&numbers).is_some_and(|said| said < 500), "citations of nothing");
        assert!(noticed(&" \n".repeat(900)).is_some());
        assert!(noticed(&"The owl sleeps by day. ".repeat(60)).is_some_and(|said| said < 900));
        let verse =
            "Herons stand in the reeds at dawn, and nobody knows for how long they have stood there [2]. ";
        assert!(noticed(&format!("It is so: {}", verse.repeat(30))).is_some());
    }

    #[test]
    fn what_goes_on_is_left_alone() {
        let list: String =
            (0..200).map(|n| format!("- Heron {n} was ringed at place {} [1]\n", n % 7)).collect();
        assert_eq!(noticed(&list), None);
        let table =
            format!("| a | b |\n|{}|{}|\n{}", "-".repeat(120), "-".repeat(120), "| 0 | 0 |\n".repeat(40));
        assert_eq!(noticed(&table), None);
        assert_eq!(noticed(&"Kestrels hover. ".repeat(20)), None, "twenty times is few bytes");
    }
}
