//! LaTeX: the words of a document, with its sections as headings, its tables, and what its signs mean.

use super::compose::{Composer, one_line};
use super::error::ExtractError;
use super::format::Format;
use super::latex_names::{ASIDES, FORMULAS, LAYOUTS, LISTS, SECTIONS, SETTINGS, VERBATIM};
use super::latex_source::{self, delimited, group};
use super::sink::{Sink, Source};
use super::{
    elsewhere, latex_items, latex_math, latex_signs, latex_tables, latex_units as units, script, text,
};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::decoded(&source, Format::Latex)?;
    sink.flat(compose(&text).unit())
}

fn compose(text: &str) -> Composer {
    let text = latex_source::plain(text);
    let parts = latex_source::parts(&text);
    let (preamble, body) = text.split_once("\\begin{document}").unwrap_or(("", &text));
    let body = body.split_once("\\end{document}").map_or(body, |(body, _)| body);
    let mut reader = Reader::new(body, 0);
    if let Some(note) = elsewhere::note(&parts) {
        reader.out.note(note);
    }
    for (command, level) in [("\\title", 1), ("\\subtitle", 0), ("\\author", 0), ("\\date", 0)] {
        if let Some(argument) = argument_of(preamble, command) {
            let words = inline(argument, 1);
            match level {
                0 => reader.out.paragraph(&words),
                level => reader.out.heading(level, &words),
            }
        }
    }
    reader.read();
    reader.out
}

fn argument_of<'a>(text: &'a str, command: &str) -> Option<&'a str> {
    let after = &text[text.find(command)? + command.len()..];
    let after = latex_source::bracketed(after.trim_start()).1;
    group(after.trim_start()).map(|(argument, _)| argument)
}

/// Groups within groups are looked into this far.
const MAX_DEPTH: usize = 60;

struct Reader<'a> {
    rest: &'a str,
    line: String,
    out: Composer,
    depth: usize,
    /// Lists that are open: those with numbers, and how far they have come.
    lists: Vec<Option<latex_items::Numbered>>,
    /// Where `\=` and `\>` go to a stop.
    tabbing: bool,
}

impl<'a> Reader<'a> {
    fn new(rest: &'a str, depth: usize) -> Self {
        let out = Composer::default();
        Self { rest, line: String::new(), out, depth, lists: Vec::new(), tabbing: false }
    }

    /// The words of an argument.
    fn words(&self, argument: &str) -> String {
        inline(argument, self.depth + 1)
    }

    fn read(&mut self) {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\\' => self.command(),
                '\n' if self.rest[1..].trim_start_matches([' ', '\t']).starts_with('\n') => {
                    self.flush();
                    self.rest = self.rest.trim_start();
                }
                '$' => self.formula(),
                _ => {
                    self.rest = &self.rest[c.len_utf8()..];
                    self.plain(c);
                }
            }
        }
        self.flush();
    }

    fn plain(&mut self, c: char) {
        match c {
            '~' => self.line.push(' '),
            '{' | '}' => {}
            '&' => self.line.push_str(" | "),
            '-' if self.line.ends_with('–') => {
                self.line.pop();
                self.line.push('—');
            }
            '-' if self.line.ends_with('-') => {
                self.line.pop();
                self.line.push('–');
            }
            '\'' if self.line.ends_with('\'') => {
                self.line.pop();
                self.line.push('”');
            }
            '`' if self.line.ends_with('`') => {
                self.line.pop();
                self.line.push('“');
            }
            '\n' => self.line.push(' '),
            c => self.line.push(c),
        }
    }

    fn formula(&mut self) {
        let mark = if self.rest.starts_with("$$") { "$$" } else { "$" };
        let inside = &self.rest[mark.len()..];
        let Some(end) = end_of_formula(inside, mark) else {
            self.line.push_str(mark);
            self.rest = inside;
            return;
        };
        self.rest = &inside[end + mark.len()..];
        if mark == "$$" { self.display(&inside[..end]) } else { self.inline_formula(&inside[..end]) }
    }

    fn inline_formula(&mut self, formula: &str) {
        let before = self.line.chars().last().filter(|it| !it.is_whitespace());
        match latex_math::shown(formula, before, self.depth) {
            Some(shown) => self.line.push_str(&shown.replace('\n', " ")),
            None => self.line.push_str(&format!("${}$", formula.trim())),
        }
    }

    /// A formula in lines of its own.
    fn display(&mut self, formula: &str) {
        self.flush();
        match latex_math::shown(formula, None, self.depth) {
            Some(shown) => self.out.paragraph(&shown),
            None => self.out.paragraph(&format!("$${}$$", formula.trim())),
        }
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.out.paragraph(&line.split('\n').map(one_line).collect::<Vec<_>>().join("\n"));
    }

    fn command(&mut self) {
        let after = &self.rest[1..];
        let letters = after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len());
        if letters == 0 {
            return self.sign(after);
        }
        let (name, after) = after.split_at(letters);
        let after = after.strip_prefix('*').unwrap_or(after);
        self.rest = after.trim_start_matches([' ', '\t']);
        match name {
            "begin" => self.begin(),
            "end" => {
                let name = self.take().unwrap_or_default();
                self.flush();
                self.tabbing &= name != "tabbing";
                if LISTS.contains(&name.trim_end_matches('*')) {
                    self.lists.pop();
                }
            }
            "item" => {
                self.flush();
                let label = self.option().map(|it| self.words(it));
                let label = label.map_or_else(|| self.counted(), |it| format!("- {it}"));
                self.line.push_str(&format!("{label} "));
            }
            "par" | "newpage" | "clearpage" | "maketitle" => self.flush(),
            "hline" | "toprule" | "midrule" | "bottomrule" => {}
            "caption" | "captionof" => self.caption(name),
            "newline" | "linebreak" | "tabularnewline" => self.line.push('\n'),
            "setcounter" => {
                let (counter, value) = (self.take().unwrap_or_default(), self.take().unwrap_or_default());
                if let (Some(level), Ok(value)) = (latex_items::level_of(counter), value.trim().parse()) {
                    let open = self.lists.iter_mut().flatten().nth(level);
                    if let Some(list) = open {
                        list.set(value);
                    }
                }
            }
            name if SETTINGS.contains(&name) => self.drop_arguments(),
            "hspace" | "hskip" => {
                self.drop_arguments();
                self.line.push(' ');
            }
            "xspace" => {
                if self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '(') {
                    self.line.push(' ');
                }
            }
            "url" | "path" | "nolinkurl" => {
                if let Some(address) = self.take() {
                    self.line.push_str(address);
                }
            }
            "ensuremath" => {
                if let Some(formula) = self.take() {
                    self.inline_formula(formula);
                }
            }
            "EUR" if self.rest.starts_with('{') => {
                let amount = self.take().map(|it| self.words(it)).unwrap_or_default();
                self.line.push_str(format!("{amount} €").trim());
            }
            "sout" | "st" | "xout" | "cancel" | "hcancel" => {
                let words = self.take().map(|it| self.words(it)).unwrap_or_default();
                self.line.push_str(&script::struck(&words));
            }
            // Changes that are kept track of: what is deleted no longer holds.
            "deleted" => {
                self.option();
                self.take();
            }
            "replaced" => {
                self.option();
                let words = self.take().map(|it| self.words(it)).unwrap_or_default();
                self.line.push_str(&words);
                self.take();
            }
            "enquote" => {
                let words = self.take().map(|it| self.words(it)).unwrap_or_default();
                self.line.push_str(&format!("“{words}”"));
            }
            "tnote" => {
                let mark = self.take().map(|it| self.words(it)).unwrap_or_default();
                self.line.push_str(&format!(" ({mark})"));
            }
            "ce" | "ch" => {
                let formula = self.take().map(units::chemistry).unwrap_or_default();
                self.line.push_str(&formula);
            }
            "cite" | "citep" | "citet" | "nocite" => {
                self.option();
                if let Some(keys) = self.take().filter(|_| name != "nocite") {
                    self.line.push_str(&format!("[{keys}]"));
                }
            }
            "footnote" | "footnotetext" | "thanks" => {
                self.option();
                if let Some(note) = self.take() {
                    let note = self.words(note);
                    self.line.push_str(&format!(" ({note})"));
                }
            }
            "verb" | "lstinline" | "mintinline" => self.code(name),
            "frac" | "dfrac" | "tfrac" | "cfrac" | "nicefrac" | "sfrac" | "xfrac" | "unitfrac" => {
                self.fraction()
            }
            "textsuperscript" | "textsubscript" => {
                let words = self.take().map(|it| self.words(it)).unwrap_or_default();
                let before = self.line.chars().last();
                let formed = match name {
                    "textsuperscript" => script::raised(&words, before),
                    _ => script::lowered(&words, before),
                };
                self.line.push_str(&formed);
            }
            name => self.named(name),
        }
    }

    /// The mark of the next item, as the classes of documents have it or the list says.
    fn counted(&mut self) -> String {
        let depth = self.lists.iter().filter(|it| it.is_some()).count();
        match self.lists.last_mut() {
            Some(Some(list)) => list.next(depth),
            _ => "-".to_owned(),
        }
    }

    fn caption(&mut self, name: &str) {
        if name == "captionof" {
            self.take();
        }
        self.option();
        if let Some(caption) = self.take() {
            self.flush();
            let caption = self.words(caption);
            self.out.paragraph(&caption);
        }
    }

    fn named(&mut self, name: &str) {
        if let Some((_, level)) = SECTIONS.iter().find(|(it, _)| *it == name) {
            self.option();
            if let Some(title) = self.take() {
                self.flush();
                let title = self.words(title);
                self.out.heading(*level, &title);
            }
            return;
        }
        if self.measured(name) {
            return;
        }
        if let Some((_, asides)) = ASIDES.iter().find(|(it, _)| *it == name) {
            for _ in 0..*asides {
                self.option();
                self.take();
            }
            self.option();
            return;
        }
        if let Some(mark) = latex_signs::accent(name)
            && let Some((letter, rest)) = latex_signs::accented(mark, self.rest)
        {
            self.line.push_str(&letter);
            self.rest = rest;
            return;
        }
        match latex_signs::sign(name) {
            Some(sign) => {
                self.line.push_str(sign);
                self.rest = self.rest.strip_prefix("{}").unwrap_or(self.rest);
            }
            // Whatever sets text in some way: the text stays, the way goes.
            None => {
                self.option();
                self.keep_apart(name);
            }
        }
    }

    /// A command that is not known may have printed something: two values do not become one without it.
    fn keep_apart(&mut self, name: &str) {
        let rest = self.rest.strip_prefix("{}").unwrap_or(self.rest);
        let between = self.line.ends_with(char::is_alphanumeric) && rest.starts_with(char::is_alphanumeric);
        if between && !matches!(name, "allowbreak" | "nobreak" | "penalty" | "noindent" | "relax") {
            self.line.push(' ');
        }
    }

    /// Code within a line: `\verb|a_b|`.
    fn code(&mut self, name: &str) {
        self.option();
        if name == "mintinline" {
            self.take();
        }
        let braced = if name == "verb" { None } else { group(self.rest) };
        if let Some((code, rest)) = braced.or_else(|| delimited(self.rest)) {
            self.line.push_str(code);
            self.rest = rest;
        }
    }

    fn fraction(&mut self) {
        self.option();
        let (Some(above), Some(under)) = (self.argument(), self.argument()) else { return };
        let formed = units::fraction(&self.words(above), &self.words(under));
        // "1\nicefrac{1}{2}" is one and a half.
        if self.line.ends_with(|c: char| c.is_ascii_digit()) {
            self.line.push(' ');
        }
        self.line.push_str(&formed);
    }

    /// A group, or the one character that stands for one.
    fn argument(&mut self) -> Option<&'a str> {
        if let Some(inside) = self.take() {
            return Some(inside);
        }
        let text = self.rest.trim_start();
        let c = text.chars().next().filter(|it| it.is_alphanumeric())?;
        self.rest = &text[c.len_utf8()..];
        Some(&text[..c.len_utf8()])
    }

    /// The commands of siunitx. Says whether it was one.
    fn measured(&mut self, name: &str) -> bool {
        let numbers = match name {
            "num" | "tablenum" | "ang" | "numlist" | "numproduct" | "SI" | "qty" | "SIlist" | "qtylist"
            | "qtyproduct" => 1,
            "numrange" | "SIrange" | "qtyrange" => 2,
            "si" | "unit" => 0,
            _ => return false,
        };
        let has_unit = !name.starts_with("num") && !matches!(name, "tablenum" | "ang");
        self.option();
        let first = if numbers > 0 { self.take().unwrap_or_default() } else { "" };
        let second = if numbers > 1 { self.take().unwrap_or_default() } else { "" };
        // What stands before the number: a currency.
        let before = if has_unit { self.option().map(|it| self.words(it)) } else { None };
        let unit = if has_unit { self.take().map(units::unit).unwrap_or_default() } else { String::new() };
        let number = match name {
            "ang" => units::angle(first),
            _ if name.ends_with("list") => units::numbers(first),
            _ if numbers == 2 => units::range(first, second),
            _ => units::number(first),
        };
        let formed = if numbers == 0 { unit } else { units::quantity(&number, &unit) };
        self.line.push_str(&format!("{}{formed}", before.unwrap_or_default()));
        true
    }

    /// `\%`, `\\`, `\"u` and the like.
    fn sign(&mut self, after: &'a str) {
        let Some(sign) = after.chars().next() else {
            self.rest = "";
            return;
        };
        self.rest = &after[sign.len_utf8()..];
        match sign {
            '\\' => {
                self.option();
                self.line.push('\n');
            }
            '(' | '[' => {
                let close = if sign == '(' { "\\)" } else { "\\]" };
                let end = self.rest.find(close).unwrap_or(self.rest.len());
                let inside = &self.rest[..end];
                self.rest = self.rest.get(end + 2..).unwrap_or_default();
                if sign == '(' { self.inline_formula(inside) } else { self.display(inside) }
            }
            '=' | '>' if self.tabbing => self.line.push(' '),
            '"' | '\'' | '`' | '^' | '~' | '=' | '.' => self.accent(sign),
            '%' | '&' | '$' | '#' | '_' | '{' | '}' => self.line.push(sign),
            ' ' | ',' | ';' | ':' | '\n' => self.line.push(' '),
            _ => {}
        }
    }

    fn accent(&mut self, sign: char) {
        let letter = latex_signs::accent(sign.encode_utf8(&mut [0; 4]))
            .and_then(|mark| latex_signs::accented(mark, self.rest));
        if let Some((letter, rest)) = letter {
            self.line.push_str(&letter);
            self.rest = rest;
        }
    }

    fn begin(&mut self) {
        let name = self.take().unwrap_or_default();
        if name == "math" {
            let inside = self.inside(name);
            return self.inline_formula(inside);
        }
        self.flush();
        match name.trim_end_matches('*') {
            "filecontents" | "comment" => {
                self.inside(name);
            }
            code if VERBATIM.contains(&code) => {
                let options = self.option().is_some();
                if name.starts_with("minted") || (options && name.is_empty()) {
                    self.take();
                }
                let code = self.inside(name);
                self.out.code(code.trim_matches('\n'), "");
            }
            formula if FORMULAS.contains(&formula) => {
                let inside = self.inside(name);
                let inside =
                    if formula == "alignat" { group(inside).map_or(inside, |it| it.1) } else { inside };
                self.display(inside);
            }
            list if LISTS.contains(&list) => {
                let how = self.option().unwrap_or_default();
                self.lists.push((list == "enumerate").then(|| latex_items::Numbered::new(how)));
                self.drop_arguments();
            }
            _ if latex_tables::is_table(name) => self.table(name),
            "frame" => {
                self.option();
                if let Some(title) = self.take() {
                    let title = self.words(title);
                    self.out.heading(2, &title);
                }
            }
            "tabbing" => self.tabbing = true,
            layout if LAYOUTS.contains(&layout) => self.drop_arguments(),
            _ => self.titled(),
        }
    }

    /// What stands up to the end of an environment, whose end is still to come.
    fn inside(&mut self, name: &str) -> &'a str {
        let end = self.rest.find(&format!("\\end{{{name}}}")).unwrap_or(self.rest.len());
        let (inside, rest) = self.rest.split_at(end);
        self.rest = rest;
        inside
    }

    /// Theorems, boxes and the like, whose arguments are titles if they are words.
    fn titled(&mut self) {
        loop {
            let argument = match self.option() {
                Some(option) => option,
                None if self.rest.starts_with('{') => match self.take() {
                    Some(argument) => argument,
                    None => return,
                },
                None => return,
            };
            let title = argument.split(',').find_map(|it| it.trim().strip_prefix("title="));
            let title = title.or_else(|| (!argument.contains('=')).then_some(argument));
            let Some(title) = title else { continue };
            let is_words =
                title.chars().filter(|it| it.is_alphabetic()).count() > 3 && !title.contains("width");
            if is_words {
                let title = self.words(title.trim_start_matches('{').trim_end_matches('}'));
                self.out.paragraph(&title);
            }
        }
    }

    fn table(&mut self, name: &str) {
        let end = latex_source::end_of_environment(self.rest, name);
        let inside = &self.rest[..end];
        self.rest = &self.rest[end..];
        if self.depth >= MAX_DEPTH {
            return;
        }
        let grid = latex_tables::table(name, inside, self.depth + 1);
        if self.depth > 0 {
            let rows = grid.into_rows();
            let between = if rows.iter().all(|it| it.len() < 2) { " " } else { "; " };
            let rows: Vec<String> = rows.iter().map(|row| row.join(", ")).collect();
            return self.out.paragraph(&rows.join(between));
        }
        let headed = grid.looks_headed();
        self.out.table(grid, headed);
    }

    fn take(&mut self) -> Option<&'a str> {
        let (argument, rest) = group(self.rest.trim_start_matches([' ', '\t']))?;
        self.rest = rest;
        Some(argument)
    }

    fn option(&mut self) -> Option<&'a str> {
        let (inside, rest) = latex_source::optional(self.rest)?;
        self.rest = rest;
        Some(inside)
    }

    fn drop_arguments(&mut self) {
        while self.option().is_some() || self.rest.starts_with('{') && self.take().is_some() {}
    }
}

/// Where a formula ends: not within its groups, and not at a sign for money.
fn end_of_formula(text: &str, mark: &str) -> Option<usize> {
    let (mut depth, mut escaped) = (0i64, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '{' => depth += 1,
            '}' => depth -= 1,
            '$' if depth <= 0 && text[at..].starts_with(mark) => return Some(at),
            '\n' if mark == "$" && text[at + 1..].trim_start_matches([' ', '\t']).starts_with('\n') => {
                return None;
            }
            _ => {}
        }
    }
    None
}

/// The words of an argument.
pub(super) fn inline(text: &str, depth: usize) -> String {
    if depth > MAX_DEPTH {
        return one_line(text);
    }
    let mut reader = Reader::new(text, depth);
    reader.read();
    one_line(reader.out.text())
}

#[cfg(test)]
#[path = "latex_tests.rs"]
mod tests;
