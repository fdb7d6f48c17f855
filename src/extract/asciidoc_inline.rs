//! AsciiDoc within a line: macros are what they show, raised and lowered text keeps its meaning, what is passed through stays.

use super::{entities, latex_math, script};

/// Text within text.
const MAX_DEPTH: usize = 20;

/// A longer stretch is not marked.
const MAX_MARKED: usize = 4_000;

/// A line as it is shown. Marks for bold, italic and code stay: they are those of markdown.
pub(super) fn shown(text: &str) -> String {
    let mut inline = Inline { text, at: 0, out: String::with_capacity(text.len()), depth: 0 };
    inline.read();
    inline.out
}

struct Inline<'a> {
    text: &'a str,
    at: usize,
    out: String,
    depth: usize,
}

impl<'a> Inline<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// A part of the line.
    fn inside(&self, text: &str) -> String {
        if self.depth >= MAX_DEPTH {
            return text.to_owned();
        }
        let mut inline = Inline { text, at: 0, out: String::new(), depth: self.depth + 1 };
        inline.read();
        inline.out
    }

    fn read(&mut self) {
        while let Some(c) = self.rest().chars().next() {
            let taken = match c {
                '\\' => self.escaped(),
                '+' | '$' => self.passed(),
                '^' => self.script('^'),
                '~' => self.script('~'),
                '<' => self.between("<<", ">>").map(|(inside, taken)| (self.reference(inside), taken)),
                '[' => self.bracket(),
                '#' => self.marked("", self.rest()),
                '(' => self.term(),
                '&' => entities::entity(&self.rest()[1..]).map(|(seen, taken)| (seen, taken + 1)),
                '`' => self.code(),
                '-' if self.rest().starts_with("-- ") && self.out.ends_with(' ') => Some(("—".to_owned(), 2)),
                c if c.is_ascii_alphabetic() && !self.follows_word() => self.macro_call(),
                _ => None,
            };
            match taken {
                Some((text, length)) => {
                    self.out.push_str(&text);
                    self.at += length;
                }
                None => {
                    self.out.push(c);
                    self.at += c.len_utf8();
                    // A name that is no macro is not looked at again.
                    if c.is_ascii_alphabetic() {
                        let end =
                            self.rest().find(|c: char| !c.is_alphanumeric()).unwrap_or(self.rest().len());
                        self.out.push_str(&self.rest()[..end]);
                        self.at += end;
                    }
                }
            }
        }
    }

    fn follows_word(&self) -> bool {
        self.text[..self.at].ends_with(|c: char| c.is_alphanumeric() || c == '\\')
    }

    fn escaped(&self) -> Option<(String, usize)> {
        let next = self.rest()[1..].chars().next()?;
        if "*_`#^~<[+(&{".contains(next) {
            return Some((next.to_string(), 2));
        }
        let behind = &self.rest()[1..];
        let names =
            ["http://", "https://", "link:", "xref:", "image:", "pass:", "footnote:", "kbd:", "stem:"];
        let name = names.iter().find(|it| behind.starts_with(**it))?;
        Some(((*name).to_owned(), name.len() + 1))
    }

    /// What lies between two marks on this line, and how long all of it is.
    fn between(&self, open: &str, close: &str) -> Option<(&'a str, usize)> {
        let inside = self.rest().strip_prefix(open)?;
        let near = &inside[..inside.floor_char_boundary(MAX_MARKED)];
        let end = near.find(close).filter(|it| *it > 0)?;
        Some((&inside[..end], open.len() + end + close.len()))
    }

    /// What is passed through as it stands.
    fn passed(&self) -> Option<(String, usize)> {
        if self.ends_name() {
            return Some(("++".to_owned(), 2));
        }
        for mark in ["+++", "$$", "++"] {
            if let Some((inside, taken)) = self.between(mark, mark) {
                return Some((
                    if mark == "+++" { entities::decoded(inside) } else { inside.to_owned() },
                    taken,
                ));
            }
        }
        if self.follows_word() {
            return None;
        }
        let (inside, taken) = self.between("+", "+")?;
        let stands = !inside.starts_with(' ')
            && !inside.ends_with(' ')
            && !self.rest()[taken..].starts_with(|c: char| c.is_alphanumeric());
        stands.then(|| (inside.to_owned(), taken))
    }

    /// The pluses of "C++ and Notepad++", which enclose nothing.
    fn ends_name(&self) -> bool {
        let behind = self.rest().strip_prefix("++");
        self.follows_word()
            && behind.is_some_and(|it| !it.starts_with(|c: char| c.is_alphanumeric() || c == '+'))
    }

    fn code(&self) -> Option<(String, usize)> {
        if let Some((inside, taken)) = self.between("`+", "+`") {
            return Some((format!("`{inside}`"), taken));
        }
        if self.follows_word() {
            return None;
        }
        let (inside, taken) = self.between("`", "`")?;
        let has_blank = inside.starts_with(' ') || inside.ends_with(' ');
        (!has_blank).then(|| (format!("`{}`", self.inside(inside)), taken))
    }

    fn script(&self, mark: char) -> Option<(String, usize)> {
        let mark_text = mark.to_string();
        let (inside, taken) = self.between(&mark_text, &mark_text)?;
        if inside.contains([' ', '\t']) {
            return None;
        }
        let (inside, before) = (self.inside(inside), self.out.chars().last());
        let formed =
            if mark == '^' { script::raised(&inside, before) } else { script::lowered(&inside, before) };
        Some((formed, taken))
    }

    /// `id,words` or an address alone.
    fn reference(&self, inside: &str) -> String {
        match inside.split_once(',') {
            Some((_, words)) => self.inside(words.trim()),
            None => named(inside),
        }
    }

    fn bracket(&self) -> Option<(String, usize)> {
        if let Some((inside, taken)) = self.between("[[[", "]]]") {
            let label = inside.split(',').next_back().unwrap_or(inside).trim();
            return Some((format!("[{label}]"), taken));
        }
        if let Some((_, taken)) = self.between("[[", "]]") {
            return Some((String::new(), taken));
        }
        let (role, taken) = self.between("[", "]")?;
        let (text, more) = self.marked(role, &self.rest()[taken..])?;
        Some((text, taken + more))
    }

    /// `#words#`, with a role that says how they are set.
    fn marked(&self, role: &str, text: &str) -> Option<(String, usize)> {
        if let Some(inside) = text.strip_prefix("##") {
            let end = inside.find("##").filter(|it| *it > 0)?;
            return Some((self.set(role, &inside[..end]), end + 4));
        }
        let inside = text.strip_prefix('#')?;
        let end = inside.find('#').filter(|it| *it > 0)?;
        let behind = &inside[end + 1..];
        let stands = !inside.starts_with(' ')
            && !inside[..end].ends_with(' ')
            && !behind.starts_with(char::is_alphanumeric)
            && !self.follows_word();
        stands.then(|| (self.set(role, &inside[..end]), end + 2))
    }

    fn set(&self, role: &str, words: &str) -> String {
        let words = self.inside(words);
        if role.contains("line-through") { script::struck(&words) } else { words }
    }

    /// Words for the index, and signs in brackets.
    fn term(&self) -> Option<(String, usize)> {
        for (written, sign) in [("(C)", "©"), ("(R)", "®"), ("(TM)", "™")] {
            if self.rest().starts_with(written) {
                return Some((sign.to_owned(), written.len()));
            }
        }
        if let Some((_, taken)) = self.between("(((", ")))") {
            return Some((String::new(), taken));
        }
        let (inside, taken) = self.between("((", "))")?;
        Some((self.inside(inside), taken))
    }

    /// `name:target[words]`, or an address with words behind it.
    fn macro_call(&self) -> Option<(String, usize)> {
        let rest = self.rest();
        let colon = rest.bytes().take(16).position(|it| it == b':')?;
        let name = &rest[..colon];
        if !name.bytes().all(|it| it.is_ascii_alphanumeric()) {
            return None;
        }
        let is_address = matches!(name, "http" | "https" | "ftp" | "irc" | "mailto");
        if !is_address && !MACROS.contains(&name) {
            return None;
        }
        let target_from = colon + 1 + usize::from(rest[colon + 1..].starts_with(':'));
        let end = rest[target_from..].find(|c: char| c == '[' || c.is_whitespace())? + target_from;
        let target = &rest[target_from..end];
        let inside = rest[end..].strip_prefix('[')?;
        let close = closing(inside)?;
        let (inside, taken) = (&inside[..close], end + close + 2);
        let inside = inside.replace("\\]", "]");
        let words = || {
            let first = if inside.contains('=') { positional(&inside) } else { inside.clone() };
            self.inside(first.trim_end_matches('^').trim_matches('"'))
        };
        let or_target =
            |words: String, target: &str| if words.trim().is_empty() { target.to_owned() } else { words };
        let text = match name {
            "link" => or_target(words(), target),
            "mailto" => or_target(words().split(',').next().unwrap_or_default().to_owned(), target),
            "xref" => or_target(words(), &named(target)),
            "image" => {
                self.inside(positional(&inside).split(',').next().unwrap_or_default().trim_matches('"'))
            }
            "kbd" | "btn" | "indexterm2" => self.inside(&inside),
            "menu" => format!("{target} > {inside}").trim_end_matches(" > ").to_owned(),
            "footnote" | "footnoteref" if inside.is_empty() => String::new(),
            "footnote" | "footnoteref" => format!(" ({})", self.inside(&inside)),
            "pass" => match target {
                "" => entities::decoded(&inside),
                _ => self.inside(&inside),
            },
            "stem" | "latexmath" => latex_math::shown(
                inside.trim_matches('$'),
                self.out.chars().last().filter(|it| !it.is_whitespace()),
                0,
            )
            .unwrap_or_else(|| inside.clone()),
            "asciimath" => inside.clone(),
            "icon" | "anchor" | "indexterm" => String::new(),
            name => or_target(words(), &format!("{name}:{target}")),
        };
        Some((text, taken))
    }
}

const MACROS: &[&str] = &[
    "anchor",
    "asciimath",
    "btn",
    "footnote",
    "footnoteref",
    "icon",
    "image",
    "indexterm",
    "indexterm2",
    "kbd",
    "latexmath",
    "link",
    "menu",
    "pass",
    "stem",
    "xref",
];

/// Where the bracket closes that is open.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => depth += 1,
            ']' if depth == 0 => return Some(at),
            ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The attributes of a macro without those that have a name.
fn positional(text: &str) -> String {
    if let Some(quoted) = text.strip_prefix('"').and_then(|it| it.split_once('"')) {
        return quoted.0.to_owned();
    }
    let is_named = |it: &str| {
        it.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.trim().chars().all(|it| it.is_alphanumeric() || it == '-')
        })
    };
    text.split(',').take_while(|it| !is_named(it)).collect::<Vec<_>>().join(",")
}

/// What is referred to without words.
fn named(target: &str) -> String {
    let id = target.rsplit('#').next().filter(|it| !it.is_empty()).unwrap_or(target);
    id.trim_start_matches('_').replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_shows_is_read() {
        for (text, expected) in [
            ("10^6^ l of H~2~O, 4^th^", "10⁶ l of H₂O, 4th"),
            ("see <<fees,the fees>> and <<_high_water>>", "see the fees and high water"),
            (
                "https://x.test/a[the page^], https://x.test/b and link:c.pdf[]",
                "the page, https://x.test/b and c.pdf",
            ),
            ("mailto:a@x.test[Aino] xref:b.adoc#tide[]", "Aino tide"),
            ("image:a.png[A map, 200] kbd:[Ctrl+C] menu:File[Save]", "A map Ctrl+C File > Save"),
            ("a note.footnote:[Not on Sunday [sic].] more", "a note. (Not on Sunday [sic].) more"),
            ("[line-through]#950# 800, [.small]#x#, #y#, C# and F#", "~~950~~ 800, x, y, C# and F#"),
            (
                "pass:[<u>a_b_c</u>] and +++x^2^+++ and +a^b^c+ and `+{x}+`",
                "<u>a_b_c</u> and x^2^ and a^b^c and `{x}`",
            ),
            (r"\*no* \^x^ \https://x.test[y]", "*no* ^x^ https://x.test[y]"),
            ("stem:[x^{10}] M&#252;ller (C) 2024 -- ((tar)) (((a,b)))", "x¹⁰ Müller © 2024 — tar "),
            ("[[here]]at [[[ref,7]]] 5 + 3 + 2, a+b, 2^n", "at [7] 5 + 3 + 2, a+b, 2^n"),
            ("C++ and Notepad++, C++/CLI or g++", "C++ and Notepad++, C++/CLI or g++"),
            ("a ++b_c++ and x++y_z++w", "a b_c and xy_zw"),
            ("at 10:30 note: x[1] y", "at 10:30 note: x[1] y"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
