//! reStructuredText: what the names of a document stand for, gathered before it is read.

use super::compose::one_line;
use super::rst::{dedented, field, length, title};
use super::rst_inline::{Names, key};

/// The substitutions, places and roles that a document defines.
pub(super) fn of(lines: &[&str]) -> Names {
    let mut names = Names::default();
    for (at, line) in lines.iter().enumerate() {
        let Some(rest) = line.trim_start().strip_prefix(".. ") else { continue };
        if let Some(rest) = rest.strip_prefix('|') {
            substitution(&mut names, rest, &lines[at + 1..]);
        } else if let Some(rest) = rest.strip_prefix('_') {
            place(&mut names, rest, lines, at);
        } else if let Some(role) = rest.strip_prefix("role:: ") {
            let (name, base) = role.split_once('(').unwrap_or((role, ""));
            let class = lines.get(at + 1).map(|it| it.trim()).and_then(|it| it.strip_prefix(":class:"));
            let base = if base.is_empty() { class.unwrap_or("text") } else { base.trim_end_matches(')') };
            names.roles.insert(name.trim().to_owned(), base.trim().to_owned());
        }
    }
    names
}

/// `name| replace:: words`
fn substitution(names: &mut Names, text: &str, following: &[&str]) {
    let Some((name, rest)) = text.split_once('|') else { return };
    let Some((kind, words)) = rest.trim().split_once("::") else { return };
    let inside = &following[..length(following, |it| it.starts_with(' '))];
    let words = match kind {
        "replace" => {
            let more = inside.iter().map(|it| it.trim()).collect::<Vec<_>>().join(" ");
            one_line(&format!("{words} {more}"))
        }
        "unicode" => characters(words),
        "image" => {
            let alt = dedented(inside).into_iter().filter_map(field).find(|(name, _)| *name == "alt");
            alt.map(|(_, words)| words.trim().to_owned()).unwrap_or_default()
        }
        _ => return,
    };
    names.words.insert(key(name), words);
}

/// `0x20AC`, `U+20AC` and text between them; what follows `..` is a comment.
fn characters(text: &str) -> String {
    let text = text.split(" .. ").next().unwrap_or_default();
    let word = |word: &str| {
        let number = ["0x", "U+", "u+", "\\u", "x", "\\x"].iter().find_map(|it| word.strip_prefix(it));
        let code = number.and_then(|it| u32::from_str_radix(it, 16).ok()).or_else(|| word.parse().ok());
        code.and_then(char::from_u32).map_or_else(|| word.to_owned(), String::from)
    };
    text.split_whitespace().map(word).collect()
}

/// `name:` before what it names, or with an address.
fn place(names: &mut Names, text: &str, lines: &[&str], at: usize) {
    let Some((name, _)) = text.trim_start_matches('_').split_once(':') else { return };
    let name = key(name);
    names.targets.insert(name.clone());
    let gap = 1 + length(&lines[at + 1..], |it| it.is_empty() || it.starts_with(".. _"));
    if at + gap < lines.len()
        && let Some((title, ..)) = title(lines, at + gap)
    {
        names.titles.insert(name, title);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_gathered() {
        let text = ".. |fee| replace:: 950\n   EUR\n.. |c| unicode:: 0xA9 U+20AC Aino .. sign\n.. |map| image:: a.png\n   :alt: a map\n.. _Python: http://x.test\n.. _tides:\n\nHigh water\n==========\n\n.. role:: gone\n   :class: strike\n";
        let lines: Vec<&str> = text.lines().collect();
        let names = of(&lines);
        let word = |name: &str| names.words.get(name).map(String::as_str);
        assert_eq!((word("fee"), word("c"), word("map")), (Some("950 EUR"), Some("©€Aino"), Some("a map")));
        assert_eq!(names.titles.get("tides").map(String::as_str), Some("High water"));
        assert!(names.targets.contains("python"));
        assert_eq!(names.roles.get("gone").map(String::as_str), Some("strike"));
    }
}
