//! AsciiDoc before it is read: attributes put in, conditions decided, comments left out, files that are taken in noted.

use std::collections::HashMap;

/// A value put into values is put in this far.
const MAX_DEPTH: usize = 5;
/// A line does not grow beyond this.
const MAX_LINE: usize = 1 << 16;

/// A document's own lines, and what it takes in.
#[derive(Default)]
pub(super) struct Prepared {
    pub lines: Vec<String>,
    pub included: Vec<String>,
}

pub(super) fn prepared(text: &str) -> Prepared {
    let mut source = Source::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        source.line(line.trim_end(), &mut lines);
    }
    source.out
}

/// What can be said of a delimiter of a block: whether what is in it is taken as it stands.
pub(super) fn delimiter(line: &str) -> Option<char> {
    let mark = line.chars().next().filter(|it| "-./+=*_`".contains(*it))?;
    let is_fence = mark == '`' && line.starts_with("```") && !line[3..].contains('`');
    let is_rule = line.len() >= 4 && mark != '`' && line.chars().all(|it| it == mark);
    (is_fence || is_rule || line == "--").then_some(mark)
}

struct Source {
    out: Prepared,
    attributes: HashMap<String, String>,
    counters: HashMap<String, i64>,
    /// Of each condition that is open, whether its lines are left out.
    conditions: Vec<bool>,
    /// The delimiter of the block that is taken as it stands.
    verbatim: Option<String>,
    /// Whether attributes are put into the next such block.
    substituted: bool,
    /// Whether the lines below the title have ended.
    has_header: bool,
}

impl Source {
    fn new() -> Self {
        let attributes = BUILT_IN.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Self {
            out: Prepared::default(),
            attributes: attributes.collect(),
            counters: HashMap::new(),
            conditions: Vec::new(),
            verbatim: None,
            substituted: false,
            has_header: false,
        }
    }

    fn line<'a>(&mut self, line: &str, following: &mut impl Iterator<Item = &'a str>) {
        if self.condition(line) || self.conditions.contains(&true) {
            return;
        }
        if let Some(target) = line.strip_prefix("include::").and_then(|it| it.split_once('[')) {
            let target = self.put_in(target.0, 0);
            return self.out.included.push(target);
        }
        let line = ["\\include::", "\\ifdef::", "\\ifndef::", "\\endif::"]
            .iter()
            .find(|it| line.starts_with(**it))
            .map_or(line, |_| &line[1..]);
        if let Some(open) = &self.verbatim {
            let ends = open == line;
            if !open.starts_with('/') {
                let line = if self.substituted && !ends { self.put_in(line, 0) } else { line.to_owned() };
                self.out.lines.push(line);
            }
            if ends {
                self.verbatim = None;
                self.substituted = false;
            }
            return;
        }
        if line.starts_with("//") && !line.starts_with("///") {
            return;
        }
        if self.underlines(line) {
            return;
        }
        if matches!(delimiter(line), Some('-' | '.' | '/' | '+' | '`')) && line != "--" {
            let fence = if line.starts_with('`') { "```" } else { line };
            self.verbatim = Some(fence.to_owned());
            if !line.starts_with('/') {
                self.out.lines.push(line.to_owned());
            }
            return;
        }
        if self.entry(line, following) {
            return;
        }
        if line.starts_with('[') && line.ends_with(']') {
            self.substituted =
                line.contains("subs=") && (line.contains("attributes") || line.contains("normal"));
        }
        let line = self.put_in(line, 0);
        self.header(&line);
        self.out.lines.push(line);
        // The title may name what is set below it.
        if self.out.lines.last().is_some_and(String::is_empty) && !self.has_header {
            self.has_header = true;
            if let Some(title) = self.out.lines.first().cloned().filter(|it| it.starts_with("= ")) {
                self.out.lines[0] = self.put_in(&title, 0);
            }
        }
    }

    /// A line below a title, as long as it: the older way to write one. Says whether the line is one.
    fn underlines(&mut self, line: &str) -> bool {
        let Some(level) = line.chars().next().and_then(|it| "=-~^+".find(it)) else { return false };
        let is_line = line.len() >= 3 && line.bytes().all(|it| it == line.as_bytes()[0]);
        let above = self.out.lines.len().checked_sub(2).is_none_or(|at| self.out.lines[at].is_empty());
        let Some(title) = self.out.lines.last_mut().filter(|_| is_line && above) else { return false };
        let is_title = title.starts_with(|c: char| c.is_alphanumeric())
            && title.chars().count().abs_diff(line.len()) <= 1;
        if is_title {
            *title = format!("{} {title}", "=".repeat(level + 1));
        }
        is_title
    }

    /// `ifdef::name[]` and its siblings. Says whether the line is one.
    fn condition(&mut self, line: &str) -> bool {
        if line.starts_with("endif::") {
            self.conditions.pop();
            return true;
        }
        let Some((kind, rest)) =
            line.split_once("::").filter(|(it, _)| matches!(*it, "ifdef" | "ifndef" | "ifeval"))
        else {
            return false;
        };
        let Some((names, inside)) = rest.split_once('[') else { return false };
        let inside = inside.strip_suffix(']').unwrap_or(inside);
        let holds = match kind {
            "ifeval" => self.compared(inside),
            kind => self.is_set(names) == (kind == "ifdef"),
        };
        if kind != "ifeval" && !inside.is_empty() {
            if holds && !self.conditions.contains(&true) {
                let line = self.put_in(inside, 0);
                if !self.entry(&line, &mut std::iter::empty()) {
                    self.out.lines.push(line);
                }
            }
            return true;
        }
        self.conditions.push(!holds);
        true
    }

    fn is_set(&self, names: &str) -> bool {
        let set = |name: &str| self.attributes.contains_key(&name.trim().to_lowercase());
        if names.contains('+') { names.split('+').all(set) } else { names.split(',').any(set) }
    }

    /// `"{version}" >= "2"`.
    fn compared(&self, condition: &str) -> bool {
        let Some((left, sign, right)) = ["==", "!=", "<=", ">=", "<", ">"]
            .iter()
            .find_map(|sign| condition.split_once(sign).map(|(left, right)| (left, *sign, right)))
        else {
            return false;
        };
        let value = |it: &str| self.value_of(it).trim().trim_matches(['"', '\'']).to_owned();
        let (left, right) = (value(left), value(right));
        let order = match (left.parse::<f64>(), right.parse::<f64>()) {
            (Ok(left), Ok(right)) => left.partial_cmp(&right),
            _ => Some(left.cmp(&right)),
        };
        let Some(order) = order else { return false };
        match sign {
            "==" => order.is_eq(),
            "!=" => order.is_ne(),
            "<=" => order.is_le(),
            ">=" => order.is_ge(),
            "<" => order.is_lt(),
            _ => order.is_gt(),
        }
    }

    fn value_of(&self, text: &str) -> String {
        let mut copy = text.to_owned();
        for (name, value) in &self.attributes {
            if copy.contains('{') {
                copy = copy.replace(&format!("{{{name}}}"), value);
            }
        }
        copy
    }

    /// `:name: value`, at the top or between blocks. Says whether the line is one.
    fn entry<'a>(&mut self, line: &str, following: &mut impl Iterator<Item = &'a str>) -> bool {
        let Some((name, value)) = line.strip_prefix(':').and_then(|it| it.split_once(':')) else {
            return false;
        };
        let bare = name.trim_matches('!');
        let is_name =
            !bare.is_empty() && bare.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'));
        if !is_name || !(value.is_empty() || value.starts_with(' ')) {
            return false;
        }
        let mut value = value.trim().to_owned();
        while let Some(more) = value.strip_suffix(" \\").map(str::to_owned) {
            let next = following.next().map(str::trim).unwrap_or_default();
            value = format!("{} {next}", more.trim_end_matches(" +"));
            if value.len() > MAX_LINE {
                break;
            }
        }
        let name_key = bare.to_lowercase();
        if name.contains('!') {
            self.attributes.remove(&name_key);
        } else {
            let value = self.put_in(&value, 0);
            let value = value
                .strip_prefix("pass:")
                .and_then(|it| it.split_once('['))
                .map_or(value.as_str(), |it| it.1.trim_end_matches(']'))
                .to_owned();
            self.attributes.insert(name_key, value);
        }
        true
    }

    /// What the lines below the title say of the document, which it may refer to.
    fn header(&mut self, line: &str) {
        let is_title = |it: &str| it.starts_with("= ");
        if is_title(line) && self.out.lines.iter().all(String::is_empty) {
            self.attributes.insert("doctitle".to_owned(), line[2..].trim().to_owned());
        }
        if self.out.lines.len() == 1 && is_title(&self.out.lines[0]) && line.contains(char::is_alphabetic) {
            let (author, email) = line.split_once('<').unwrap_or((line, ""));
            self.attributes.insert("author".to_owned(), author.trim().to_owned());
            self.attributes.insert("email".to_owned(), email.trim_end_matches('>').to_owned());
        }
        if self.out.lines.len() == 2 && is_title(&self.out.lines[0]) && !self.out.lines[1].is_empty() {
            let (number, rest) = line.split_once(',').unwrap_or((line, ""));
            let (date, remark) = rest.split_once(':').unwrap_or((rest, ""));
            if let Some(number) =
                number.strip_prefix('v').filter(|it| it.starts_with(|c: char| c.is_ascii_digit()))
            {
                self.attributes.insert("revnumber".to_owned(), number.to_owned());
            }
            self.attributes.insert("revdate".to_owned(), date.trim().to_owned());
            self.attributes.insert("revremark".to_owned(), remark.trim().to_owned());
        }
    }

    /// The text with values for the names of attributes; those that are not set stay as they are written.
    fn put_in(&mut self, text: &str, depth: usize) -> String {
        if !text.contains('{') || depth > MAX_DEPTH {
            return text.to_owned();
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            if out.len() > MAX_LINE {
                break;
            }
            if let Some(before) = before.strip_suffix('\\') {
                out.push_str(before);
                out.push('{');
                rest = after;
                continue;
            }
            out.push_str(before);
            let Some((name, behind)) = after.split_once('}').filter(|(it, _)| it.len() < 100) else {
                out.push('{');
                rest = after;
                continue;
            };
            match self.attribute(name) {
                Some(value) => {
                    let value = if value.contains('{') { self.put_in(&value, depth + 1) } else { value };
                    out.push_str(&value);
                }
                None => out.push_str(&format!("{{{name}}}")),
            }
            rest = behind;
        }
        out.push_str(rest);
        out
    }

    fn attribute(&mut self, name: &str) -> Option<String> {
        if let Some((kind, counter)) = name.split_once(':').filter(|(it, _)| it.starts_with("counter")) {
            let (counter, seed) = counter.split_once(':').unwrap_or((counter, "1"));
            let seed = seed.parse().unwrap_or(1);
            let count = self.counters.entry(counter.to_owned()).and_modify(|it| *it += 1).or_insert(seed);
            let count = count.to_string();
            self.attributes.insert(counter.to_lowercase(), count.clone());
            return Some(if kind == "counter2" { String::new() } else { count });
        }
        self.attributes.get(&name.to_lowercase()).cloned()
    }
}

/// What is set without being said, as for a web page.
const BUILT_IN: &[(&str, &str)] = &[
    ("amp", "&"),
    ("apos", "'"),
    ("asciidoctor", ""),
    ("asterisk", "*"),
    ("backend", "html5"),
    ("backend-html5", ""),
    ("backslash", "\\"),
    ("backtick", "`"),
    ("basebackend", "html"),
    ("basebackend-html", ""),
    ("blank", ""),
    ("brvbar", "¦"),
    ("caret", "^"),
    ("cpp", "C++"),
    ("deg", "°"),
    ("doctype", "article"),
    ("empty", ""),
    ("endsb", "]"),
    ("gt", ">"),
    ("ldquo", "“"),
    ("lsquo", "‘"),
    ("lt", "<"),
    ("nbsp", " "),
    ("plus", "+"),
    ("pp", "++"),
    ("quot", "\""),
    ("rdquo", "”"),
    ("rsquo", "’"),
    ("sp", " "),
    ("startsb", "["),
    ("tilde", "~"),
    ("two-colons", "::"),
    ("two-semicolons", ";;"),
    ("vbar", "|"),
    ("wj", ""),
    ("zwsp", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        prepared(text).lines.join("\n")
    }

    #[test]
    fn attributes_are_put_in() {
        let text = ":price: 950\n:fee: {price} EUR\n:!gone:\nIt costs {fee}, \\{fee} and {unknown}.\n\n----\n{price}\n----\n\n[subs=\"attributes\"]\n----\n{price}\n----";
        assert_eq!(
            lines(text),
            "It costs 950 EUR, {fee} and {unknown}.\n\n----\n{price}\n----\n\n[subs=\"attributes\"]\n----\n950\n----"
        );
        assert_eq!(lines(":a: one \\\n  two\n{a}{nbsp}{counter:x}{counter:x}"), "one two 12");
        assert_eq!(
            lines("= T\nAino Berg <a@x.test>\nv1.2, 2024-05-01\n\n{author} {revnumber} {revdate}")
                .lines()
                .last(),
            Some("Aino Berg 1.2 2024-05-01")
        );
    }

    #[test]
    fn titles_may_be_underlined() {
        assert_eq!(
            lines("Lamps\n=====\n\nWick\n----\n\nno\n----------\nx\n----------"),
            "= Lamps\n\n== Wick\n\nno\n----------\nx\n----------"
        );
    }

    #[test]
    fn conditions_are_decided() {
        let text = ":x:\nifdef::x[]\none\nifndef::y[]\ntwo\nendif::[]\nendif::x[]\nifdef::y[]\nno\nifdef::x[]\nno\nendif::[]\nendif::[]\nifdef::x[three]\nifndef::x[no]\nifdef::y,x[four]\nifdef::y+x[no]\n:v: 2\nifeval::[{v} >= 2]\nfive\nendif::[]\nifeval::[\"{v}\" == \"3\"]\nno\nendif::[]";
        assert_eq!(lines(text), "one\ntwo\nthree\nfour\nfive");
    }

    #[test]
    fn comments_are_no_text_and_files_are_noted() {
        let read = prepared(
            ":dir: parts\none\n// no\n////\nno\n////\ninclude::{dir}/two.adoc[leveloffset=+1]\n\\include::three.adoc[]",
        );
        assert_eq!(read.lines.join("\n"), "one\ninclude::three.adoc[]");
        assert_eq!(read.included, ["parts/two.adoc"]);
    }

    #[test]
    fn values_that_hold_themselves_come_to_an_end() {
        let text = ":a: {b}{b}{b}{b}\n:b: {a}{a}{a}{a}\n:a: {b}{b}{b}{b}\n:b: {a}{a}{a}{a}\n{a}";
        assert!(lines(text).len() < 1 << 20);
    }
}
