//! Thoughts that a model writes into its answer, between marks of its own: they are not for the reader.

/// How models begin and end their thoughts.
const MARKS: &[(&str, &str)] = &[
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<|channel|>analysis<|message|>", "<|end|>"),
    ("[THINK]", "[/THINK]"),
];

/// Takes thoughts out of a text that comes in pieces. They stand at its beginning, if anywhere: what looks like a mark
/// further on is part of the answer, but for an end whose beginning was in the prompt.
#[derive(Debug, Default)]
pub(super) struct Thoughts {
    held: String,
    state: State,
    /// Something was left out: blanks after it go, too.
    thought: bool,
}

#[derive(Debug, Default, Clone, Copy, PartialEq)]
enum State {
    /// Nothing but blanks and what may become a mark was seen.
    #[default]
    Beginning,
    /// Inside the pair with this place in `MARKS`.
    Inside(usize),
    Answering,
}

impl Thoughts {
    /// What of the text is for the reader, as far as that is known.
    pub(super) fn push(&mut self, piece: &str) -> String {
        if self.state == State::Answering {
            return piece.to_owned();
        }
        self.held.push_str(piece);
        loop {
            match self.state {
                State::Answering => {
                    let held = std::mem::take(&mut self.held);
                    return if self.thought { held.trim_start().to_owned() } else { held };
                }
                State::Beginning => {
                    let text = self.held.trim_start();
                    if let Some(at) = MARKS.iter().position(|(open, _)| text.starts_with(open)) {
                        self.state = State::Inside(at);
                    } else if MARKS.iter().any(|(open, _)| open.starts_with(text)) {
                        return String::new();
                    } else {
                        self.state = State::Answering;
                    }
                }
                State::Inside(at) => {
                    let close = MARKS[at].1;
                    let Some(end) = self.held.find(close) else { return String::new() };
                    self.held = self.held.split_off(end + close.len());
                    self.state = State::Beginning;
                    self.thought = true;
                }
            }
        }
    }

    /// The text is over: what may still be read of it. Thoughts without an end are thoughts.
    pub(super) fn finish(self) -> String {
        match self.state {
            State::Beginning if !self.thought => self.held,
            State::Beginning => self.held.trim_start().to_owned(),
            State::Inside(_) | State::Answering => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let whole = {
            let mut thoughts = Thoughts::default();
            let said = thoughts.push(text);
            said + &thoughts.finish()
        };
        let mut thoughts = Thoughts::default();
        let said: String = text.chars().map(|c| thoughts.push(&c.to_string())).collect();
        assert_eq!(said + &thoughts.finish(), whole, "letter by letter: {text:?}");
        whole
    }

    #[test]
    fn thoughts_are_left_out() {
        assert_eq!(read("<think>Let me see [1].</think>\n\nVoles [1]."), "Voles [1].");
        assert_eq!(read("\n<think>\n\n</think>\n\nVoles."), "Voles.");
        assert_eq!(read("<think>never ends"), "");
        assert_eq!(read("[THINK]a[/THINK]Voles."), "Voles.");
    }

    #[test]
    fn answers_without_thoughts_are_whole() {
        for text in ["Voles.", "<b>Voles</b>", "  a", "<", "", "In HTML <think> is no element."] {
            assert_eq!(read(text), text);
        }
    }
}
