//! A formula on one line, written part by part, so that what it says can be read, found and counted with: `10⁶`,
//! `(a + b)/2`, `∑_(i = 1)^n`. The readers of LaTeX, MathML and Word's formulas all write it in this way.

use super::latex_math_signs::{BOUNDED, FUNCTIONS, OPERATORS, RELATIONS};
use super::{latex_units as units, script};
use unicode_normalization::UnicodeNormalization;

/// What stands at the end of the line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Last {
    /// Nothing, or what wants a value behind it.
    #[default]
    Open,
    Value,
    /// A name, or a value that would run together with the next.
    Name,
    /// A sign with bounds.
    Bounded,
}

#[derive(Default)]
pub(super) struct FormulaLine {
    pub text: String,
    pub last: Last,
    /// What stands before the formula: formulas are also used to raise something (`m$^2$`).
    pub before: Option<char>,
}

impl FormulaLine {
    pub(super) fn value(&mut self, text: &str) {
        let runs_on = matches!(self.last, Last::Name | Last::Bounded)
            && text.starts_with(|c: char| {
                c.is_alphanumeric() || c == '√' || c == '(' && self.last == Last::Bounded
            });
        if runs_on {
            self.text.push(' ');
        }
        self.text.push_str(text);
        if !text.is_empty() {
            self.last = Last::Value;
        }
    }

    pub(super) fn name(&mut self, text: &str) {
        if self.text.ends_with(|c: char| c.is_alphanumeric()) {
            self.text.push(' ');
        }
        self.text.push_str(text);
        self.last = Last::Name;
    }

    pub(super) fn bounded(&mut self, text: &str) {
        self.name(text);
        self.last = Last::Bounded;
    }

    /// A sign, a name or a value, as it is: what a formula calls by a name stands apart from what follows.
    pub(super) fn token(&mut self, text: &str) {
        let text = text.trim();
        let letters = text.chars().filter(|it| it.is_alphabetic()).count();
        if BOUNDED.iter().any(|(_, sign)| *sign == text) {
            self.bounded(text);
        } else if FUNCTIONS.contains(&text) || letters > 1 && letters == text.chars().count() {
            self.name(text);
        } else {
            self.value(text);
        }
    }

    /// What a formula prints between values.
    pub(super) fn sign(&mut self, text: &str) {
        let stands_between = |table: &[(&str, &str)]| table.iter().any(|(_, sign)| *sign == text);
        match text {
            "+" | "-" | "*" | "−" => self.operator(text),
            "⋅" | "∙" => self.operator("·"),
            "=" | "<" | ">" => self.relation(text),
            "'" => self.value("′"),
            "," | ";" => {
                self.text.push_str(text);
                self.text.push(' ');
                self.last = Last::Open;
            }
            "(" | "[" | "{" | "/" => {
                self.text.push_str(text);
                self.last = Last::Open;
            }
            _ if stands_between(RELATIONS) => self.relation(text),
            _ if stands_between(OPERATORS) => self.operator(text),
            _ => self.token(text),
        }
    }

    pub(super) fn operator(&mut self, sign: &str) {
        if self.last == Last::Open {
            self.text.push_str(sign);
        } else {
            self.relation(sign);
        }
    }

    pub(super) fn relation(&mut self, sign: &str) {
        self.text.push_str(&format!(" {sign} "));
        self.last = Last::Open;
    }

    pub(super) fn fraction(&mut self, above: &str, under: &str) {
        // "1\frac{1}{2}" is one and a half.
        if self.text.ends_with(|c: char| c.is_alphanumeric()) {
            self.text.push(' ');
        }
        self.text.push_str(&units::fraction(above, under));
        self.last = Last::Name;
    }

    pub(super) fn root(&mut self, degree: &str, part: &str) {
        let one_term = part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
        let part = if one_term { part.to_owned() } else { format!("({part})") };
        let degree = if degree.is_empty() { String::new() } else { script::raised(degree, None) };
        self.value(&format!("{degree}√{part}"));
        self.last = Last::Name;
    }

    /// Under what a script stands: a sum or a fraction is put into brackets.
    pub(super) fn base(&mut self, text: &str) {
        if is_compound(text) {
            self.value(&format!("({text})"));
        } else {
            self.token(text);
        }
    }

    /// What is raised (`^`) or lowered (`_`), digits by characters of their own.
    pub(super) fn script(&mut self, mark: char, text: &str) {
        let before = self.text.chars().last();
        if text.is_empty() {
            return;
        }
        if self.last == Last::Bounded {
            let simple = text.chars().count() == 1 || text.chars().all(char::is_alphanumeric);
            let text = if simple { text.to_owned() } else { format!("({text})") };
            self.text.push_str(&format!("{mark}{text}"));
            return;
        }
        let (after, form): (_, fn(&str, Option<char>) -> String) =
            (before.or(self.before), if mark == '^' { script::raised } else { script::lowered });
        let formed = form(text, after);
        let has_form = formed != text && !formed.starts_with(mark);
        let stands_raised =
            text.chars().all(|c| matches!(c, '′' | '″' | '*' | '†' | '‡' | '®' | '™' | '©' | '§' | '¶'))
                || matches!(text, "th" | "st" | "nd" | "rd" | "er" | "re" | "TM");
        let written = match () {
            () if matches!(text, "∘" | "°" | "○") => "°".to_owned(),
            () if has_form || before.is_none() => formed,
            () if mark == '^' && stands_raised => text.to_owned(),
            () if text.chars().count() == 1 || mark == '_' && text.chars().all(char::is_alphanumeric) => {
                format!("{mark}{text}")
            }
            () => format!("{mark}({text})"),
        };
        let open = written.starts_with(['_', '^']) && !written.ends_with(')');
        self.text.push_str(&written);
        self.last = if open || self.last == Last::Name { Last::Name } else { Last::Value };
    }
}

/// A line or an accent over a part: figures that recur are not the same number.
pub(super) fn marked(part: &str, mark: char) -> String {
    let one = part.chars().count() == 1;
    let figures = !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    if one || figures { part.chars().flat_map(|c| [c, mark]).nfc().collect() } else { part.to_owned() }
}

/// The mark that combines with a letter for an accent that stands by itself.
pub(super) fn combining(accent: &str) -> Option<char> {
    let mut signs = accent.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    Some(match sign {
        '\u{300}'..='\u{30C}' | '\u{20D7}' => sign,
        '¯' | '‾' | '_' | '―' => '\u{305}',
        '^' | 'ˆ' => '\u{302}',
        '~' | '˜' => '\u{303}',
        '→' => '\u{20D7}',
        '.' | '˙' => '\u{307}',
        '¨' => '\u{308}',
        '´' => '\u{301}',
        '`' => '\u{300}',
        '˘' => '\u{306}',
        'ˇ' => '\u{30C}',
        '˚' => '\u{30A}',
        _ => return None,
    })
}

/// Whether a part is more than one term, outside of brackets.
fn is_compound(text: &str) -> bool {
    let mut depth = 0i32;
    text.char_indices().any(|(at, c)| {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        depth == 0 && at > 0 && matches!(c, '+' | '-' | '−' | '/' | '=' | '·' | '×')
    })
}
