//! Takes out of a model's text what belongs to the prompt and not to the answer: the marks around passages, which small
//! models repeat, and brings their other ways of citing into the one form.

/// Longer things in angle or square brackets are none of ours.
const LONGEST: usize = 240;
const LONGEST_MARKER: usize = 48;

/// Words that models put before the number of a passage.
const NAMES: &[&str] = &[
    "sources",
    "source",
    "passages",
    "passage",
    "documents",
    "document",
    "doc",
    "references",
    "reference",
    "ref",
    "quellen",
    "quelle",
    "number",
    "nr",
    "no",
    "fuente",
    "bron",
    "cite",
    "citation",
];

/// The state between one piece and the next.
#[derive(Debug, Default)]
pub(super) struct Markup {
    held: String,
    /// The last character given out.
    last: Option<char>,
}

impl Markup {
    pub(super) fn push(&mut self, piece: &str) -> String {
        let mut out = String::with_capacity(piece.len());
        for c in piece.chars() {
            let c = match c {
                '【' => '[',
                '】' => ']',
                other => other,
            };
            self.step(c, &mut out);
        }
        out
    }

    /// The text is over: what was held is what it looks like.
    pub(super) fn finish(&mut self) -> String {
        let held = std::mem::take(&mut self.held);
        // The beginning of a mark that was cut off.
        if is_mark(&held) { String::new() } else { held }
    }

    fn step(&mut self, c: char, out: &mut String) {
        if self.held.is_empty() {
            let word = !self.last.is_some_and(char::is_alphanumeric);
            if matches!(c, '<' | '[') || (matches!(c, 's' | 'S') && word) {
                self.held.push(c);
            } else {
                self.give(c, out);
            }
            return;
        }
        let first = self.held.chars().next().unwrap_or_default();
        match first {
            '<' => self.angle(c, out),
            '[' => self.square(c, out),
            _ => self.bare(c, out),
        }
    }

    fn angle(&mut self, c: char, out: &mut String) {
        self.held.push(c);
        let name = self.held.trim_start_matches(['<', '/']).to_ascii_lowercase();
        let may_be = "source-".starts_with(&name) || name.starts_with("source-");
        if !may_be || self.held.len() > LONGEST {
            self.release(out);
        } else if c == '>' {
            self.held.clear();
        }
    }

    fn square(&mut self, c: char, out: &mut String) {
        if c == ']' {
            let held = std::mem::take(&mut self.held);
            let marker = marker(&held[1..]);
            for c in marker.unwrap_or(format!("{held}]")).chars() {
                self.give(c, out);
            }
        } else if c == '\n' || c == '[' || self.held.len() > LONGEST_MARKER || !may_lead(&self.held, c) {
            self.release(out);
            self.step(c, out);
        } else {
            self.held.push(c);
        }
    }

    fn bare(&mut self, c: char, out: &mut String) {
        let is_whole = is_mark(&self.held);
        let lower = format!("{}{c}", self.held).to_ascii_lowercase();
        let hex =
            lower.strip_prefix("source-").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_hexdigit()));
        if "source-".starts_with(&lower) || hex {
            self.held.push(c);
        } else {
            if is_whole {
                self.held.clear();
            } else {
                self.release(out);
            }
            self.step(c, out);
        }
    }

    fn release(&mut self, out: &mut String) {
        for c in std::mem::take(&mut self.held).chars() {
            self.give(c, out);
        }
    }

    fn give(&mut self, c: char, out: &mut String) {
        self.last = Some(c);
        out.push(c);
    }
}

/// Whether the text begins as a mark of a passage does, with enough of its nonce.
fn is_mark(text: &str) -> bool {
    let lower = text.trim_start_matches(['<', '/']).to_ascii_lowercase();
    let nonce =
        lower.strip_prefix("source-").map(|rest| rest.chars().take_while(char::is_ascii_hexdigit).count());
    nonce.is_some_and(|digits| digits >= 8)
}

/// Whether what stands in square brackets may still be a way to cite.
fn may_lead(held: &str, c: char) -> bool {
    let inner: String = held.chars().skip(1).chain([c]).collect::<String>().to_lowercase();
    let word: String =
        inner.trim_start_matches(['^', '#', ' ']).chars().take_while(|c| c.is_alphabetic()).collect();
    word.is_empty() || NAMES.iter().any(|name| name.starts_with(&word)) || word.starts_with("source")
}

/// The marker that is meant; `None` if none is.
fn marker(inner: &str) -> Option<String> {
    // 【4†report.pdf】 cites 4.
    let inner = inner.split('†').next().unwrap_or_default();
    let mut rest = inner.trim().trim_start_matches(['^', '#']).to_lowercase();
    if rest == inner.trim() && rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("[{rest}]"));
    }
    // source-000000000000feed number="2"
    if is_mark(&rest) {
        let number = rest.split("number").nth(1).unwrap_or_default();
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        return Some(if digits.is_empty() { String::new() } else { format!("[{digits}]") });
    }
    for name in NAMES {
        rest = rest.replace(name, "");
    }
    let kept: String = rest.chars().filter(|c| !matches!(c, ':' | '.' | '#' | '^' | '"' | '=')).collect();
    let kept = kept.trim();
    let numbers = kept.chars().any(|c| c.is_ascii_digit())
        && kept.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–' | ';'));
    numbers.then(|| format!("[{kept}]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let run = |pieces: Vec<String>| {
            let mut markup = Markup::default();
            let said: String = pieces.iter().map(|piece| markup.push(piece)).collect();
            said + &markup.finish()
        };
        let whole = run(vec![text.to_owned()]);
        assert_eq!(run(text.chars().map(String::from).collect()), whole, "letter by letter: {text}");
        whole
    }

    #[test]
    fn marks_of_the_prompt_do_not_come_through() {
        for (text, left) in [
            (
                "<source-00000000deadbeef number=\"1\" file=\"a.md\">\nVoles.</source-00000000deadbeef>",
                "\nVoles.",
            ),
            ("As source-00000000deadbeef says, voles.", "As  says, voles."),
            ("Voles [source-00000000deadbeef number=\"2\"].", "Voles [2]."),
            ("Voles <source-00000000dead", "Voles "),
        ] {
            assert_eq!(read(text), left, "{text}");
        }
    }

    #[test]
    fn other_ways_to_cite_are_understood() {
        for (text, left) in [
            ("Voles 【1†guide.md】.", "Voles [1]."),
            ("Voles [Source 2] and mice [source: 3].", "Voles [2] and mice [3]."),
            ("Voles [^1] [Passage 1, 2].", "Voles [1] [1, 2]."),
        ] {
            assert_eq!(read(text), left, "{text}");
        }
    }

    #[test]
    fn everything_else_is_left_alone() {
        for text in [
            "a < b and <b>c</b>",
            "[x] and [see below] and [1] [2-3]",
            "sources say so; open-source-code",
            "a[0]",
            "<",
            "[",
            "s",
            "",
            "[source text](http://a.b)",
            "source-code and Source-2024",
        ] {
            assert_eq!(read(text), text);
        }
    }
}
