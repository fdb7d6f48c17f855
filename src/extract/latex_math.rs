//! LaTeX: formulas as text on a line, so that what they say can be read, found and counted with: `10^{6}` is 10⁶ and
//! `5\times3` is 5 × 3. A formula with a command that is not known stays as it is written.

use super::formula::{FormulaLine, Last, marked};
use super::latex_math_signs::{BOUNDED, FUNCTIONS, LETTERS, OPERATORS, RELATIONS};
use super::latex_source::{end_of_environment, group, optional};
use super::{compose, latex, script};
use unicode_normalization::UnicodeNormalization;

/// Formulas within formulas.
const MAX_DEPTH: usize = 20;
/// A longer one is not read but kept.
const MAX_BYTES: usize = 8_000;

/// The formula as text, where all of it is known. `before` is what stands before it on the line: formulas are also used to
/// raise something (`m$^2$`).
pub(super) fn shown(formula: &str, before: Option<char>, depth: usize) -> Option<String> {
    if formula.len() > MAX_BYTES || depth >= MAX_DEPTH || has_words(formula) {
        return None;
    }
    let line = FormulaLine { before, ..FormulaLine::default() };
    let mut math = Math { rest: formula, line, depth };
    math.read()?;
    let lines = math.line.text.lines().map(compose::one_line).filter(|it| !it.is_empty());
    Some(lines.collect::<Vec<_>>().join("\n"))
}

/// The sign that a command stands for in a formula.
pub(super) fn sign(name: &str) -> Option<&'static str> {
    [RELATIONS, OPERATORS, LETTERS, BOUNDED].into_iter().find_map(|it| in_table(it, name))
}

fn in_table(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(it, _)| *it == name).map(|(_, sign)| *sign)
}

/// Words between dollar signs are no formula: blanks between them would be lost.
fn has_words(formula: &str) -> bool {
    let is_word = |it: &str| it.len() > 2 && it.bytes().all(|it| it.is_ascii_alphabetic());
    let words: Vec<&str> = formula.split_ascii_whitespace().collect();
    words.windows(2).any(|it| is_word(it[0]) && is_word(it[1]))
}

#[derive(Default)]
struct Math<'a> {
    rest: &'a str,
    line: FormulaLine,
    depth: usize,
}

impl<'a> Math<'a> {
    fn read(&mut self) -> Option<()> {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.command()?,
                '{' => {
                    let (inside, rest) = group(self.rest)?;
                    self.rest = rest;
                    let text = self.inside(inside)?;
                    self.line.value(&text);
                }
                '^' | '_' => {
                    self.rest = &self.rest[1..];
                    let part = self.part()?;
                    self.line.script(c, &part);
                }
                _ => {
                    self.rest = &self.rest[c.len_utf8()..];
                    self.plain(c)?;
                }
            }
        }
        Some(())
    }

    /// A part of the formula, read by itself.
    fn inside(&self, text: &str) -> Option<String> {
        if self.depth >= MAX_DEPTH {
            return None;
        }
        let mut math = Math { rest: text, depth: self.depth + 1, ..Math::default() };
        math.read()?;
        Some(compose::one_line(&math.line.text))
    }

    fn plain(&mut self, c: char) -> Option<()> {
        match c {
            c if c.is_whitespace() => {}
            '~' => self.line.text.push(' '),
            '&' => self.line.text.push(' '),
            '+' | '-' | '*' => self.line.operator(c.encode_utf8(&mut [0; 4])),
            '=' | '<' | '>' => self.line.relation(c.encode_utf8(&mut [0; 4])),
            '\'' => self.line.value("′"),
            '(' | '[' | '/' => {
                self.line.text.push(c);
                self.line.last = Last::Open;
            }
            ',' | ';' => {
                self.line.text.push(c);
                let figure = self.rest.starts_with(|c: char| c.is_ascii_digit());
                if !figure {
                    self.line.text.push(' ');
                }
                self.line.last = if figure { Last::Value } else { Last::Open };
            }
            '}' | '$' | '#' => return None,
            c => self.line.value(c.encode_utf8(&mut [0; 4])),
        }
        Some(())
    }

    fn command(&mut self) -> Option<()> {
        let after = &self.rest[1..];
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        if letters == 0 {
            let sign = after.chars().next()?;
            self.rest = &after[sign.len_utf8()..];
            return self.escaped(sign);
        }
        let (name, after) = after.split_at(letters);
        self.rest = after.strip_prefix('*').unwrap_or(after).trim_start();
        if let Some(sign) = in_table(RELATIONS, name) {
            self.line.relation(sign);
        } else if let Some(sign) = in_table(OPERATORS, name) {
            self.line.operator(sign);
        } else if let Some(sign) = in_table(LETTERS, name) {
            self.line.value(sign);
        } else if FUNCTIONS.contains(&name) {
            self.line.name(name);
        } else if let Some(sign) = in_table(BOUNDED, name) {
            self.line.bounded(sign);
        } else {
            return self.set(name);
        }
        Some(())
    }

    fn escaped(&mut self, sign: char) -> Option<()> {
        match sign {
            '\\' => {
                self.option();
                self.line.text.push('\n');
                self.line.last = Last::Open;
            }
            ',' | ':' | ';' | ' ' | '>' | '\n' => self.line.text.push(' '),
            '!' | '/' | '-' => {}
            '|' => self.line.value("‖"),
            '{' => {
                self.line.text.push('{');
                self.line.last = Last::Open;
            }
            '%' | '$' | '&' | '#' | '_' | '}' => self.line.value(sign.encode_utf8(&mut [0; 4])),
            _ => return None,
        }
        Some(())
    }

    /// Commands that set what follows them in some way.
    fn set(&mut self, name: &str) -> Option<()> {
        match name {
            "left" | "right" | "middle" => {
                self.rest = self.rest.strip_prefix('.').unwrap_or(self.rest);
            }
            "big" | "Big" | "bigg" | "Bigg" | "bigl" | "bigr" | "Bigl" | "Bigr" | "biggl" | "biggr"
            | "Biggl" | "Biggr" | "bigm" | "Bigm" | "displaystyle" | "textstyle" | "scriptstyle"
            | "scriptscriptstyle" | "limits" | "nolimits" | "nonumber" | "notag" | "mathstrut" | "strut"
            | "boldmath" | "allowbreak" | "nobreak" | "hline" | "bf" | "rm" | "it" | "mathsurround"
            | "centering" | "qedhere" | "normalsize" | "small" | "protect" => {}
            "label" | "phantom" | "hphantom" | "vphantom" | "color" | "vspace" => {
                self.take()?;
            }
            "hspace" | "mspace" | "hskip" => {
                self.take()?;
                self.line.text.push(' ');
            }
            "quad" | "qquad" | "enspace" | "enskip" | "thinspace" | "space" | "hfill" => {
                self.line.text.push(' ')
            }
            "textcolor" | "colorbox" => {
                self.take()?;
            }
            "frac" | "dfrac" | "tfrac" | "cfrac" | "nicefrac" | "sfrac" | "xfrac" => self.fraction()?,
            "sqrt" => self.root()?,
            "binom" | "dbinom" | "tbinom" => {
                let (above, under) = (self.part()?, self.part()?);
                self.line.name(&format!("binom({above}, {under})"));
            }
            "text" | "textrm" | "textit" | "textbf" | "textsf" | "textup" | "textnormal" | "mbox"
            | "hbox" | "emph" | "texttt" => {
                let words = self.take()?;
                self.words(words);
            }
            "mathrm" | "mathbf" | "mathit" | "mathsf" | "mathtt" | "mathcal" | "mathbb" | "mathfrak"
            | "mathscr" | "mathnormal" | "boldsymbol" | "bm" | "boxed" | "underline" | "fbox" | "mathop"
            | "mathbin" | "mathrel" | "mathord" | "mathopen" | "mathclose" | "ensuremath" | "symbf"
            | "symrm" | "underbrace" | "overbrace" | "pmb" | "mathclap" | "mathstrike" | "vcenter"
            | "smash" | "overrightarrow" | "overleftarrow" | "widehat" | "widetilde" | "substack" => {
                let part = self.part()?;
                self.line.value(&part);
            }
            "operatorname" => {
                let part = self.part()?;
                self.line.name(&part);
            }
            "overline" | "bar" | "hat" | "tilde" | "vec" | "dot" | "ddot" | "acute" | "grave" | "breve"
            | "check" | "mathring" => self.marked(name)?,
            "not" => {
                let before = self.line.text.len();
                self.atom()?;
                let sign: String = self.line.text.split_off(before);
                let denied: String = sign.trim().chars().chain(['\u{338}']).nfc().collect();
                self.line.text.push_str(&format!(" {denied} "));
            }
            "cancel" | "bcancel" | "xcancel" | "sout" | "st" => {
                let part = self.part()?;
                self.line.value(&script::struck(&part));
            }
            "bmod" | "mod" => self.line.relation("mod"),
            "pmod" => {
                let part = self.part()?;
                self.line.text.push_str(&format!(" (mod {part})"));
                self.line.last = Last::Value;
            }
            "tag" => {
                let words = self.take()?;
                self.line.text.push_str(" (");
                self.words(words);
                self.line.text.push(')');
            }
            "begin" => self.environment()?,
            _ => self.measured(name)?,
        }
        Some(())
    }

    fn fraction(&mut self) -> Option<()> {
        self.option();
        let (above, under) = (self.part()?, self.part()?);
        self.line.fraction(&above, &under);
        Some(())
    }

    fn root(&mut self) -> Option<()> {
        let degree = self.option().map(|it| self.inside(it)).unwrap_or(Some(String::new()))?;
        let part = self.part()?;
        self.line.root(&degree, &part);
        Some(())
    }

    /// A line or an accent over what follows: figures that recur are not the same number.
    fn marked(&mut self, name: &str) -> Option<()> {
        let part = self.part()?;
        let mark = match name {
            "overline" | "bar" => '\u{305}',
            "hat" => '\u{302}',
            "tilde" => '\u{303}',
            "vec" => '\u{20D7}',
            "dot" => '\u{307}',
            "ddot" => '\u{308}',
            "acute" => '\u{301}',
            "grave" => '\u{300}',
            "breve" => '\u{306}',
            "check" => '\u{30C}',
            _ => '\u{30A}',
        };
        self.line.value(&marked(&part, mark));
        Some(())
    }

    fn words(&mut self, words: &str) {
        let blank = |it: &str| if it.is_empty() { "" } else { " " };
        let start = blank(&words[..words.len() - words.trim_start().len()]);
        let end = blank(&words[words.trim_end().len()..]);
        let text = latex::inline(words, self.depth + 1);
        self.line.text.push_str(&format!("{start}{text}{end}"));
        self.line.last = Last::Value;
    }

    /// Commands with units and the like, which are read as in text.
    fn measured(&mut self, name: &str) -> Option<()> {
        let known = matches!(
            name,
            "SI" | "si"
                | "qty"
                | "unit"
                | "num"
                | "ang"
                | "SIrange"
                | "qtyrange"
                | "numrange"
                | "SIlist"
                | "qtylist"
                | "numlist"
                | "ce"
                | "ch"
                | "EUR"
                | "unitfrac"
                | "textsuperscript"
                | "textsubscript"
        );
        if known {
            let start = self.rest;
            while self.option().is_some() || self.rest.starts_with('{') && self.take().is_some() {}
            let arguments = &start[..start.len() - self.rest.len()];
            self.words(&format!("\\{name}{arguments}"));
            return Some(());
        }
        let sign = super::latex_signs::sign(name)?;
        self.line.value(sign);
        Some(())
    }

    /// Lines below each other, cases, and matrices.
    fn environment(&mut self) -> Option<()> {
        let name = self.take()?;
        let end = end_of_environment(self.rest, name);
        let inside = &self.rest[..end];
        self.rest = self.rest[end..].strip_prefix(&format!("\\end{{{name}}}"))?;
        let rows = |inside: &str| {
            let rows = super::latex_tables::rows_of(inside);
            let cells = rows
                .into_iter()
                .map(|row| row.into_iter().map(|cell| self.inside(cell)).collect::<Option<Vec<_>>>());
            cells.collect::<Option<Vec<_>>>()
        };
        let joined = |rows: Vec<Vec<String>>, between: &str| {
            let rows = rows.iter().filter(|it| it.iter().any(|it| !it.is_empty()));
            rows.map(|row| row.join(between).trim().to_owned()).collect::<Vec<_>>().join("; ")
        };
        let text = match name.trim_end_matches('*') {
            "aligned" | "split" | "gathered" | "align" | "gather" | "multlined" | "alignedat" => {
                let inside = if name == "alignedat" { group(inside)?.1 } else { inside };
                joined(rows(inside)?, " ")
            }
            "cases" | "dcases" | "rcases" => format!("{{{}}}", joined(rows(inside)?, ", ")),
            "matrix" | "smallmatrix" => joined(rows(inside)?, ", "),
            "pmatrix" => format!("({})", joined(rows(inside)?, ", ")),
            "bmatrix" | "Bmatrix" => format!("[{}]", joined(rows(inside)?, ", ")),
            "vmatrix" | "Vmatrix" => format!("|{}|", joined(rows(inside)?, ", ")),
            "array" => format!("[{}]", joined(rows(group(inside.trim_start())?.1)?, ", ")),
            _ => return None,
        };
        self.line.value(&text);
        Some(())
    }

    /// The next sign or group, whatever it is.
    fn atom(&mut self) -> Option<()> {
        match self.rest.chars().next()? {
            '\\' => self.command(),
            c => {
                self.rest = &self.rest[c.len_utf8()..];
                self.plain(c)
            }
        }
    }

    /// An argument as text: a group, a command with what belongs to it, or one sign.
    fn part(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        if let Some(inside) = self.take() {
            return self.inside(inside);
        }
        if self.depth >= MAX_DEPTH {
            return None;
        }
        let mut math = Math { rest: self.rest, depth: self.depth + 1, ..Math::default() };
        math.atom()?;
        self.rest = math.rest;
        Some(compose::one_line(&math.line.text))
    }

    fn take(&mut self) -> Option<&'a str> {
        let (inside, rest) = group(self.rest.trim_start())?;
        self.rest = rest;
        Some(inside)
    }

    fn option(&mut self) -> Option<&'a str> {
        let (inside, rest) = optional(self.rest)?;
        self.rest = rest;
        Some(inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_keep_their_meaning_on_a_line() {
        for (formula, expected) in [
            (r"10^6", "10⁶"),
            (r"10^{-3}", "10⁻³"),
            (r"3\times10^{5}", "3 × 10⁵"),
            (r"x_{2} \leq 5", "x₂ ≤ 5"),
            (r"x_{max}y", "x_max y"),
            (r"E = mc^2", "E = mc²"),
            (r"\pm 5", "±5"),
            (r"5\pm0{,}1", "5 ± 0,1"),
            (r"-3", "-3"),
            (r"a-b", "a - b"),
            (r"1\frac{1}{2}", "1 1/2"),
            (r"\frac12x", "1/2 x"),
            (r"\frac{a+b}{2}", "(a + b)/2"),
            (r"\sqrt{2}", "√2"),
            (r"\sqrt[3]{x+1}", "³√(x + 1)"),
            (r"20^\circ\mathrm{C}", "20°C"),
            (r"5\,\text{kg of rope}", "5 kg of rope"),
            (r"10\,000", "10 000"),
            (r"0.\overline{3}", "0.3\u{305}"),
            (r"\sum_{i=1}^{n} i^2", "∑_(i = 1)^n i²"),
            (r"\int_0^1 x\,dx", "∫_0^1 x dx"),
            (r"x^{a+b}", "x^(a + b)"),
            (r"x^{ab}", "x^(ab)"),
            (r"4^{th}", "4th"),
            (r"\sin x + \log_{10} y", "sin x + log₁₀ y"),
            (r"a \not= b", "a ≠ b"),
            (r"\left( \frac{1}{2} \right)", "(1/2)"),
            (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "(1, 2; 3, 4)"),
            (r"f = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}", "f = {1, x > 0; 0, else}"),
            (r"a &= b \\ c &= d", "a = b\nc = d"),
            (r"\SI{5}{\kilo\metre}", "5 km"),
            (r"\%", "%"),
        ] {
            assert_eq!(shown(formula, None, 0).as_deref(), Some(expected), "{formula}");
        }
        assert_eq!(shown("^2", Some('m'), 0).as_deref(), Some("²"));
        assert_eq!(shown("_2", Some('H'), 0).as_deref(), Some("₂"));
    }

    #[test]
    fn what_is_not_known_is_not_read() {
        for formula in [r"\unknown{x}", "per month and per year", "x^", r"\frac{1}", "}"] {
            assert_eq!(shown(formula, None, 0), None, "{formula}");
        }
        let deep = format!("{}x{}", "\\sqrt{".repeat(1000), "}".repeat(1000));
        assert_eq!(shown(&deep, None, 0), None);
    }
}
