//! Checks the citations of an answer while it streams.
//!
//! `[n]` means the n-th source. A marker without a source behind it is taken out before anyone sees it; what looks
//! like one inside code is code. A marker may arrive in pieces, so its beginning is held back until it is decided.

use std::collections::BTreeSet;

/// Longer brackets are no list of sources.
const LONGEST_MARKER: usize = 48;

/// The state between one piece of an answer and the next.
#[derive(Debug)]
pub(super) struct Citations {
    sources: i64,
    cited: BTreeSet<i64>,
    code: Code,
    line: Line,
    held: Held,
}

/// What cannot be streamed yet.
#[derive(Debug, PartialEq)]
enum Held {
    Nothing,
    /// Blanks, which go away together with a marker that follows.
    Blanks(String),
    Marker {
        blanks: String,
        text: String,
    },
    /// A marker was taken out here; the blanks before it stay only if a word follows.
    Gap {
        blanks: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Code {
    None,
    /// A run of backticks (or tildes) that is still growing.
    Opening {
        mark: char,
        run: usize,
        at_line_start: bool,
    },
    Span {
        open: usize,
        run: usize,
    },
    Fence {
        mark: char,
        open: usize,
        run: usize,
        closing: bool,
    },
}

/// What has been seen of the current line.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Line {
    /// Only so many blanks.
    Start(usize),
    Middle,
}

impl Citations {
    pub(super) const fn new(sources: i64) -> Self {
        Self { sources, cited: BTreeSet::new(), code: Code::None, line: Line::Start(0), held: Held::Nothing }
    }

    /// A tool has found more: there are so many now.
    pub(super) const fn sources(&mut self, sources: i64) {
        self.sources = sources;
    }

    /// Takes the next piece and gives what of it, and of what was held, may be streamed.
    pub(super) fn push(&mut self, piece: &str) -> String {
        let mut out = String::with_capacity(piece.len() + 8);
        for c in piece.chars() {
            self.step(c, &mut out);
        }
        out
    }

    /// The answer is over: what is left.
    pub(super) fn finish(&mut self) -> String {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing | Held::Gap { .. } => String::new(),
            Held::Blanks(blanks) => blanks,
            Held::Marker { blanks, text } => blanks + &text,
        }
    }

    /// The sources cited so far, ascending.
    pub(super) fn cited(&self) -> Vec<i64> {
        self.cited.iter().copied().collect()
    }

    fn step(&mut self, c: char, out: &mut String) {
        self.settle_code(c);
        if self.in_code() || c == '`' {
            self.release(out);
            out.push(c);
        } else {
            self.prose(c, out);
        }
        self.advance(c);
    }

    const fn in_code(&self) -> bool {
        matches!(self.code, Code::Span { .. } | Code::Fence { .. })
    }

    /// A run of marks is known for what it is once another character follows.
    fn settle_code(&mut self, c: char) {
        self.code = match self.code {
            Code::Opening { mark, run, at_line_start } if c != mark => {
                match (mark, at_line_start && run >= 3) {
                    (_, true) => Code::Fence { mark, open: run, run: 0, closing: false },
                    ('`', false) => Code::Span { open: run, run: 0 },
                    _ => Code::None,
                }
            }
            Code::Span { open, run } if c != '`' && run == open => Code::None,
            // An empty line ends a paragraph, and with it a span that was never closed.
            Code::Span { .. } if c == '\n' && matches!(self.line, Line::Start(_)) => Code::None,
            Code::Fence { closing: true, .. } if c == '\n' => Code::None,
            other => other,
        };
    }

    fn advance(&mut self, c: char) {
        let at_line_start = matches!(self.line, Line::Start(blanks) if blanks <= 3);
        self.code = match self.code {
            Code::None if c == '`' || (c == '~' && at_line_start) => {
                Code::Opening { mark: c, run: 1, at_line_start }
            }
            Code::Opening { mark, run, at_line_start } if c == mark => {
                Code::Opening { mark, run: run + 1, at_line_start }
            }
            Code::Span { open, run } => Code::Span { open, run: if c == '`' { run + 1 } else { 0 } },
            Code::Fence { mark, open, run, closing } => {
                let run = if c == mark && (run > 0 || at_line_start) { run + 1 } else { 0 };
                let closing = run >= open || (closing && c.is_whitespace() && c != '\n');
                Code::Fence { mark, open, run, closing }
            }
            other => other,
        };
        self.line = match (self.line, c) {
            (_, '\n') => Line::Start(0),
            (Line::Start(blanks), ' ') => Line::Start(blanks + 1),
            _ => Line::Middle,
        };
    }

    fn prose(&mut self, c: char, out: &mut String) {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing => self.begin(String::new(), c, out),
            Held::Blanks(blanks) => self.begin(blanks, c, out),
            Held::Gap { blanks } => {
                let blanks = if c == '[' || c.is_alphanumeric() { blanks } else { String::new() };
                self.begin(blanks, c, out);
            }
            Held::Marker { blanks, mut text } => {
                if c == ']' && text.len() > 1 {
                    text.push(c);
                    self.decide(blanks, &text, out);
                } else if may_continue(&text, c) {
                    text.push(c);
                    self.held = Held::Marker { blanks, text };
                } else {
                    out.push_str(&blanks);
                    out.push_str(&text);
                    self.begin(String::new(), c, out);
                }
            }
        }
    }

    fn begin(&mut self, mut blanks: String, c: char, out: &mut String) {
        match c {
            ' ' => {
                blanks.push(c);
                self.held = Held::Blanks(blanks);
            }
            '[' => self.held = Held::Marker { blanks, text: c.to_string() },
            _ => {
                out.push_str(&blanks);
                out.push(c);
            }
        }
    }

    fn release(&mut self, out: &mut String) {
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing => {}
            Held::Blanks(blanks) | Held::Gap { blanks } => out.push_str(&blanks),
            Held::Marker { blanks, text } => {
                out.push_str(&blanks);
                out.push_str(&text);
            }
        }
    }

    fn decide(&mut self, blanks: String, marker: &str, out: &mut String) {
        let Some(items) = items(marker) else {
            out.push_str(&blanks);
            out.push_str(marker);
            return;
        };
        let backed = |&(first, last): &(i64, i64)| 1 <= first && first <= last && last <= self.sources;
        let kept: Vec<(i64, i64)> = items.iter().copied().filter(backed).collect();
        if kept.is_empty() {
            self.held = Held::Gap { blanks };
            return;
        }
        for &(first, last) in &kept {
            self.cited.extend(first..=last);
        }
        out.push_str(&blanks);
        if kept.len() == items.len() {
            out.push_str(marker);
        } else {
            let list: Vec<String> = kept
                .iter()
                .map(
                    |&(first, last)| {
                        if first == last { first.to_string() } else { format!("{first}-{last}") }
                    },
                )
                .collect();
            out.push('[');
            out.push_str(&list.join(", "));
            out.push(']');
        }
    }
}

fn may_continue(text: &str, c: char) -> bool {
    text.len() < LONGEST_MARKER
        && (c.is_ascii_digit() || c == ' ' || (text.len() > 1 && matches!(c, ',' | ';' | '-' | '–')))
}

/// The numbers and ranges in `[1, 3-5]`; `None` if that is not what it is.
fn items(marker: &str) -> Option<Vec<(i64, i64)>> {
    let inner = marker.strip_prefix('[')?.strip_suffix(']')?;
    let items = inner.split([',', ';']).map(|item| {
        let (first, last) = item.split_once(['-', '–']).unwrap_or((item, item));
        // A number too long for any list of sources has no source behind it.
        let number = |text: &str| match text.trim() {
            digits if !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) => {
                Some(digits.parse().unwrap_or(i64::MAX))
            }
            _ => None,
        };
        Some((number(first)?, number(last)?))
    });
    items.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Streams `text` whole, and cut in two at every place, and letter by letter: all must come out the same.
    fn check(sources: i64, text: &str) -> (String, Vec<i64>) {
        let run = |pieces: &[&str]| {
            let mut citations = Citations::new(sources);
            let mut out: String = pieces.iter().map(|piece| citations.push(piece)).collect();
            out.push_str(&citations.finish());
            (out, citations.cited())
        };
        let whole = run(&[text]);
        for (cut, _) in text.char_indices() {
            assert_eq!(run(&[&text[..cut], &text[cut..]]), whole, "cut at {cut} in {text:?}");
        }
        let letters: Vec<String> = text.chars().map(String::from).collect();
        assert_eq!(
            run(&letters.iter().map(String::as_str).collect::<Vec<_>>()),
            whole,
            "letters of {text:?}"
        );
        whole
    }

    fn text(sources: i64, input: &str) -> String {
        check(sources, input).0
    }

    #[test]
    fn markers_with_a_source_stay_and_are_counted() {
        assert_eq!(
            check(3, "Voles [2], mice [1][3]."),
            ("Voles [2], mice [1][3].".to_owned(), vec![1, 2, 3])
        );
        assert_eq!(
            check(5, "All [1, 2] and [3-5]"),
            ("All [1, 2] and [3-5]".to_owned(), vec![1, 2, 3, 4, 5])
        );
    }

    #[test]
    fn markers_without_a_source_go_with_the_blank_before_them() {
        assert_eq!(check(1, "Voles [7]. Mice [1] [9] too [0]"), ("Voles. Mice [1] too".to_owned(), vec![1]));
        assert_eq!(text(1, "Voles[2]here"), "Voleshere");
        assert_eq!(text(1, "Voles [2]here"), "Voles here");
        assert_eq!(text(1, "[2]\nVoles [99999999999999999999]!"), "\nVoles!");
        assert_eq!(text(0, "None [1]."), "None.");
    }

    #[test]
    fn of_a_list_what_has_a_source_is_kept() {
        assert_eq!(check(2, "Both [1, 2, 3]; [4,1]"), ("Both [1, 2]; [1]".to_owned(), vec![1, 2]));
        assert_eq!(text(2, "Range [1-9][2–2]"), "Range [2–2]");
    }

    #[test]
    fn code_is_left_alone() {
        for code in [
            "Use `a[9]` here",
            "``b[9] ` c[8]`` end",
            "```\nx[9]\n```\n",
            "```rust\nlet a = b[9];\n~~~\n[8]\n```\n",
            "~~~\n[9]\n~~~\n",
            "   ```\n[7]\n   ```\n",
        ] {
            assert_eq!(text(1, code), code);
        }
    }

    #[test]
    fn after_code_markers_count_again() {
        assert_eq!(text(1, "`a[9]` [9] b"), "`a[9]` b");
        assert_eq!(text(1, "```\n[9]\n```\nb [9]"), "```\n[9]\n```\nb");
        assert_eq!(text(1, "an open ` tick [9]\n\nnext [9]."), "an open ` tick [9]\n\nnext.");
        assert_eq!(text(1, "a ~ b [9]"), "a ~ b");
    }

    #[test]
    fn other_brackets_are_text() {
        for other in
            ["[link](http://x)", "[ ]", "[]", "[x] done", "[1 apple", "a [", "[[", "[,1]", "[1,]", "[-1]"]
        {
            assert_eq!(text(1, other), other);
        }
        assert_eq!(text(1, "[[9]]"), "[]");
    }

    #[test]
    fn any_text_comes_out_the_same_however_it_is_cut() {
        let seed: u64 = rand::random();
        let mut random: rand::rngs::StdRng = rand::SeedableRng::seed_from_u64(seed);
        let parts = [
            "[1]", "[2]", "[9]", "[", "]", "1", ",", " ", "\n", "`", "```", "~~~", "word", "é", "红",
            "[1, 9]",
        ];
        for _ in 0..500 {
            let length = rand::Rng::random_range(&mut random, 0..14);
            let text: String =
                (0..length).map(|_| parts[rand::Rng::random_range(&mut random, 0..parts.len())]).collect();
            let (out, cited) = check(2, &text);
            assert!(cited.iter().all(|n| (1..=2).contains(n)), "seed {seed}: {text:?}");
            let kept = out.contains("[9]") && !text.contains(['`', '~']);
            assert!(!kept || text.contains("[["), "seed {seed}: {text:?} gives {out:?}");
        }
    }

    #[test]
    fn an_open_marker_is_held_back_and_nothing_else() {
        let mut citations = Citations::new(2);
        assert_eq!(citations.push("Voles [1"), "Voles");
        assert_eq!(citations.push("] and"), " [1] and");
        assert_eq!(citations.finish(), "");
    }
}
