//! Where on a page the entries of a document's outline stand.

use super::super::page::Heading;

/// Each entry at the place of its words, or where the page begins.
pub(super) fn placed(text: &str, entries: &[(u8, String)]) -> Vec<Heading> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut from = 0;
    for (level, title) in entries {
        let start = find(text, title, from).or_else(|| find(text, title, 0)).unwrap_or(0);
        from = start;
        headings.push(Heading { start, level: *level, title: title.clone() });
    }
    headings.sort_by_key(|heading| heading.start);
    headings
}

/// The first place at or after `from` where the words of `title` follow each other, whatever is between them.
fn find(text: &str, title: &str, from: usize) -> Option<usize> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let first = words.first()?;
    let mut at = from;
    loop {
        at += text[at..].find(first)?;
        let mut rest = &text[at + first.len()..];
        let follows = words[1..].iter().all(|word| match rest.trim_start().strip_prefix(word) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        });
        if follows {
            return Some(at);
        }
        at += first.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_found_across_line_ends() {
        let text = "Header\n1 Long\ntitle here\nbody\n2 Next\nmore";
        let entries =
            [(1, "1 Long title here".to_owned()), (2, "2 Next".to_owned()), (1, "Absent".to_owned())];
        let places: Vec<_> = placed(text, &entries).into_iter().map(|it| (it.start, it.title)).collect();
        assert_eq!(places, [(0, "Absent".into()), (7, "1 Long title here".into()), (30, "2 Next".into())]);
    }

    #[test]
    fn an_empty_title_is_nowhere() {
        assert_eq!(find("text", " ", 0), None);
    }
}
