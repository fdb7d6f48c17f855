//! File names and paths are labels: cleaned on the way in, never used to find anything on a disk.

use unicode_normalization::UnicodeNormalization;

/// Characters of a name, and of a path.
const LONGEST_NAME: usize = 255;
const LONGEST_PATH: usize = 1024;

/// The last part of whatever a client calls a file; `None` if nothing is left of it.
pub fn filename(given: &str) -> Option<String> {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = visible(last);
    if matches!(name.as_str(), "" | "." | "..") {
        return None;
    }
    Some(shortened(&name))
}

/// A name as it was before it was put into a form: forms of web pages escape three characters in it and no other (HTML
/// Standard, multipart/form-data).
pub fn from_form(given: &str) -> String {
    given.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
}

/// A relative path with `/` between its parts; `None` if nothing is left of it.
pub fn path(given: &str) -> Option<String> {
    let parts: Vec<String> = given
        .split(['/', '\\'])
        .map(visible)
        .filter(|part| !matches!(part.as_str(), "" | "." | ".."))
        .collect();
    let path = parts.join("/");
    (!path.is_empty() && path.chars().count() <= LONGEST_PATH).then_some(path)
}

/// Without what would not be seen, or would change how the rest is seen.
fn visible(text: &str) -> String {
    let hidden = |it: char| {
        it.is_control()
            || matches!(it, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    // Some systems write "Ü" as a letter and its dots: composed, both are one name.
    text.chars().filter(|it| !hidden(*it)).nfc().collect::<String>().trim().to_owned()
}

/// Cut in the middle, so that the ending stays.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST_NAME {
        return name.to_owned();
    }
    let ending: String = name.rsplit_once('.').map_or("", |(_, ending)| ending).chars().take(16).collect();
    let stem: String = name.chars().take(LONGEST_NAME - ending.chars().count() - 1).collect();
    format!("{stem}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decomposed_names_are_the_composed_ones() {
        assert_eq!(filename("U\u{308}bersicht.txt"), filename("Übersicht.txt"));
        assert_eq!(path("Gro\u{308}ße/a.txt").as_deref(), Some("Größe/a.txt"));
    }

    #[test]
    fn what_forms_escape_in_names_is_undone() {
        let named = |given: &str| filename(&from_form(given));
        assert_eq!(named("12%22 pipe.pdf").as_deref(), Some("12\" pipe.pdf"));
        assert_eq!(named("a%0D%0Ab.pdf").as_deref(), Some("ab.pdf"));
        assert_eq!(named("100%25 wool%20.pdf").as_deref(), Some("100%25 wool%20.pdf"));
    }

    #[test]
    fn names_lose_their_folders_and_hidden_characters() {
        for (given, expected) in [
            ("report.pdf", Some("report.pdf")),
            ("../../etc/passwd.txt", Some("passwd.txt")),
            ("C:\\Users\\me\\plan.docx", Some("plan.docx")),
            ("a\r\nSet-Cookie: x.txt", Some("aSet-Cookie: x.txt")),
            ("nul\0.txt", Some("nul.txt")),
            ("evil\u{202E}fdp.txt", Some("evilfdp.txt")),
            ("Größe 日本.txt", Some("Größe 日本.txt")),
            ("  padded.txt  ", Some("padded.txt")),
            ("folder/", None),
            ("..", None),
            ("\u{7}", None),
        ] {
            assert_eq!(filename(given).as_deref(), expected, "{given:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let name = filename(&format!("{}.pdf", "ü".repeat(400))).unwrap();
        assert_eq!(name.chars().count(), 255);
        assert!(name.ends_with(".pdf"));
    }

    #[test]
    fn paths_stay_inside() {
        assert_eq!(path("/a//b/../c.txt").as_deref(), Some("a/b/c.txt"));
        assert_eq!(path("a\\b.txt").as_deref(), Some("a/b.txt"));
        assert_eq!(path("../..").as_deref(), None);
        assert_eq!(path(&"a/".repeat(2000)).as_deref(), None);
    }
}
