//! reStructuredText within a line: roles and references are what they show, substitutions are put in.

use super::compose::one_line;
use super::{latex_math, script};
use std::collections::{HashMap, HashSet};

/// Text within text.
const MAX_DEPTH: usize = 8;
/// A longer stretch is not marked.
const MAX_MARKED: usize = 4_000;

/// What the names of a document stand for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Substitutions.
    pub words: HashMap<String, String>,
    /// Titles below the names of places.
    pub titles: HashMap<String, String>,
    /// Names of places, in small letters.
    pub targets: HashSet<String>,
    /// Roles of the document's own, and what they are based on.
    pub roles: HashMap<String, String>,
}

impl Names {
    /// A text as it is shown. Marks for bold and italic stay: they are those of markdown.
    pub(super) fn shown(&self, text: &str) -> String {
        let mut inline =
            Inline { text, at: 0, out: String::with_capacity(text.len()), names: self, depth: 0 };
        inline.read();
        inline.out
    }
}

struct Inline<'a> {
    text: &'a str,
    at: usize,
    out: String,
    names: &'a Names,
    depth: usize,
}

impl<'a> Inline<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn inside(&self, text: &str) -> String {
        if self.depth >= MAX_DEPTH {
            return text.to_owned();
        }
        let mut inline = Inline { text, at: 0, out: String::new(), names: self.names, depth: self.depth + 1 };
        inline.read();
        inline.out
    }

    fn read(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let taken = match c {
                '\\' => Some(self.escaped()),
                '`' => self.quoted(),
                ':' => self.role(),
                '|' => self.substitution(),
                '[' => self.footnote(),
                '_' => self.reference_end(),
                _ => None,
            };
            let (text, length) = taken.unwrap_or_else(|| (c.to_string(), c.len_utf8()));
            self.out.push_str(&text);
            self.at += length;
        }
    }

    /// A backslash takes its meaning from the next sign; before a blank it only keeps two words apart in the source.
    fn escaped(&self) -> (String, usize) {
        match self.rest()[1..].chars().next() {
            Some(c) if c.is_whitespace() => (String::new(), 1 + c.len_utf8()),
            Some(c) => (c.to_string(), 1 + c.len_utf8()),
            None => (String::new(), 1),
        }
    }

    fn between(&self, open: &str, close: &str) -> Option<(&'a str, usize)> {
        let inside = self.rest().strip_prefix(open)?;
        let near = &inside[..inside.floor_char_boundary(MAX_MARKED)];
        let mut from = 0;
        loop {
            let end = near[from..].find(close).map(|it| it + from)?;
            if end > 0 && !near[..end].ends_with('\\') {
                return Some((&inside[..end], open.len() + end + close.len()));
            }
            from = end + close.len();
        }
    }

    fn quoted(&self) -> Option<(String, usize)> {
        if let Some((code, taken)) = self.between("``", "``") {
            return Some((format!("`{code}`"), taken));
        }
        let (inside, taken) = self.between("`", "`")?;
        let behind = &self.rest()[taken..];
        if let Some(role) = behind.strip_prefix(':') {
            // The role may stand behind what it is for.
            let (name, _) = role.split_once(':').filter(|(it, _)| is_role(it))?;
            return Some((self.set(name, inside), taken + name.len() + 2));
        }
        let marks = behind.bytes().take_while(|it| *it == b'_').count().min(2);
        if marks == 0 {
            return Some((self.inside(inside), taken));
        }
        Some((self.inside(titled(inside).0), taken + marks))
    }

    /// `:name:` and the quoted text behind it.
    fn role(&self) -> Option<(String, usize)> {
        let near = &self.rest()[1..];
        let near = &near[..near.floor_char_boundary(44)];
        let (name, _) = near.split_once(":`").filter(|(it, _)| is_role(it))?;
        let from = self.at + name.len() + 2;
        let quoted =
            Inline { text: self.text, at: from, out: String::new(), names: self.names, depth: self.depth };
        let (inside, taken) = quoted.between("`", "`")?;
        Some((self.set(name, inside), name.len() + 2 + taken))
    }

    fn set(&self, role: &str, text: &str) -> String {
        let role = self.names.roles.get(role).map_or(role, String::as_str);
        let before = self.out.chars().last();
        match role {
            "sup" | "superscript" => script::raised(&self.inside(text), before),
            "sub" | "subscript" => script::lowered(&self.inside(text), before),
            "math" => latex_math::shown(text, before.filter(|it| !it.is_whitespace()), 0)
                .unwrap_or_else(|| format!("${text}$")),
            "code" | "file" | "samp" | "command" | "program" | "envvar" | "option" | "literal"
            | "makevar" => {
                format!("`{}`", text.replace(['{', '}'], ""))
            }
            "menuselection" => text.replace("-->", ">"),
            "pep" => format!("PEP {text}"),
            "rfc" => format!("RFC {text}"),
            "strike" | "del" | "line-through" => script::struck(&self.inside(text)),
            "eq" => format!("({text})"),
            "raw" => String::new(),
            _ => self.referred(role, text),
        }
    }

    /// What a role that refers to something shows.
    fn referred(&self, role: &str, text: &str) -> String {
        let (words, target) = titled(text);
        if target.is_some() {
            return self.inside(words);
        }
        let words = words.trim_start_matches('!');
        if let Some(short) = words.strip_prefix('~') {
            return short.rsplit('.').next().unwrap_or(short).to_owned();
        }
        if matches!(role, "ref" | "numref" | "doc" | "any")
            && let Some(title) = self.names.titles.get(&key(words))
        {
            return title.clone();
        }
        self.inside(words)
    }

    fn substitution(&self) -> Option<(String, usize)> {
        let (name, taken) = self.between("|", "|")?;
        if name.starts_with(' ') || name.ends_with(' ') {
            return None;
        }
        let words = self.names.words.get(&key(name))?;
        let marks = self.rest()[taken..].bytes().take_while(|it| *it == b'_').count().min(2);
        Some((self.inside(words), taken + marks))
    }

    /// `[1]_`
    fn footnote(&self) -> Option<(String, usize)> {
        let (label, taken) = self.between("[", "]_")?;
        let is_label = !label.contains([' ', '[', ']']);
        is_label.then(|| (format!("[{label}]"), taken))
    }

    /// The mark behind a word that names a place of the document.
    fn reference_end(&self) -> Option<(String, usize)> {
        let behind = self.rest().trim_start_matches('_');
        let length = self.rest().len() - behind.len();
        let word_ends = !behind.starts_with(char::is_alphanumeric);
        let before = &self.text[..self.at];
        let word = before
            .rsplit(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '.'))
            .next()
            .unwrap_or_default();
        let is_known = !word.is_empty() && self.names.targets.contains(&key(word));
        // `_`a place in a line``
        let is_place = before.is_empty() || before.ends_with([' ', '(']);
        let places = length == 1 && is_place && behind.starts_with('`');
        (length <= 2 && word_ends && is_known || places).then(|| (String::new(), length))
    }
}

fn is_role(name: &str) -> bool {
    !name.is_empty()
        && name.len() < 40
        && name.chars().all(|it| it.is_ascii_alphanumeric() || ":-_+.".contains(it))
}

/// `words <target>`
fn titled(text: &str) -> (&str, Option<&str>) {
    let Some((words, target)) = text.strip_suffix('>').and_then(|it| it.rsplit_once('<')) else {
        return (text, None);
    };
    if words.trim().is_empty() { (target, None) } else { (words.trim_end(), Some(target)) }
}

/// Names are the same in any case and with any blanks.
pub(super) fn key(name: &str) -> String {
    one_line(&name.trim_matches('`').to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_shows_is_read() {
        let names = Names {
            words: HashMap::from([
                ("fee".to_owned(), "950 |eur|".to_owned()),
                ("eur".to_owned(), "€".to_owned()),
            ]),
            titles: HashMap::from([("tides".to_owned(), "High water".to_owned())]),
            targets: HashSet::from(["python".to_owned()]),
            roles: HashMap::from([("gone".to_owned(), "strike".to_owned())]),
        };
        for (text, expected) in [
            ("10\\ :sup:`6` l, H\\ :sub:`2`\\ O, x :superscript:`2`", "10⁶ l, H₂O, x ²"),
            ("|fee| or |Fee|_, a | b | c", "950 € or 950 €, a | b | c"),
            (":math:`10^{-3} \\times 5`, `x^2`:math:", "10⁻³ × 5, x²"),
            (":ref:`the tides <tides>`, :ref:`tides`, :doc:`/guide/a`", "the tides, High water, /guide/a"),
            (":py:func:`~os.path.join`, :pep:`8`, :kbd:`Ctrl+C`", "join, PEP 8, Ctrl+C"),
            (
                "`the page <http://x.test>`_, `A page`__, Python_ and a_b_ stay",
                "the page, A page, Python and a_b_ stay",
            ),
            (
                "see [1]_ and [#n]_, ``a_b`` and *it* and **b** \\*x",
                "see [1] and [#n], `a_b` and *it* and **b** *x",
            ),
            (":menuselection:`File --> Save`, :gone:`950` 800", "File > Save, ~~950~~ 800"),
            ("at 10:30: `x`", "at 10:30: x"),
        ] {
            assert_eq!(names.shown(text), expected, "{text}");
        }
    }
}
