//! Pages that a question names: "on page 12", "Seite 12", "slide 3", "第12页".
//!
//! A page's number is a term of its own, for "12" alone would find every passage of page 12.

use super::term::term_of;

/// What a page is called before its number, in lower case.
const BEFORE: &[&str] = &[
    "page",
    "pages",
    "p",
    "pg",
    "slide",
    "seite",
    "folie",
    "página",
    "pagina",
    "pág",
    "pag",
    "diapositive",
    "diapositiva",
    "bladzijde",
    "blz",
    "sida",
    "sidan",
    "side",
    "sivu",
    "strona",
    "stronie",
    "str",
    "strana",
    "straně",
    "slajd",
    "страница",
    "странице",
    "стр",
    "слайд",
    "слайде",
    "сторінка",
    "oldal",
    "sayfa",
    "trang",
    "صفحة",
    "الصفحة",
    "עמוד",
    "halaman",
    "หน้า",
];
/// What follows the number of a page.
const AFTER: &[&str] = &["页", "頁", "ページ", "페이지", "쪽", "sayfa", "oldal"];
/// More digits are no page.
const LONGEST: usize = 5;

/// The term of a page.
pub fn page_term(number: i64) -> u32 {
    term_of(&format!("\u{b6}{number}"))
}

/// The numbers of the pages that a question names.
pub(crate) fn named(question: &str) -> Vec<i64> {
    let text = question.to_lowercase();
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|found| at + found) {
        let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |found| start + found);
        let (head, digits, tail) = (&text[..start], &text[start..end], &text[end..]);
        let is_page = is_called_page(head) || AFTER.iter().any(|word| follows(tail, word));
        if is_page && digits.len() <= LONGEST && stands_alone(tail) {
            numbers.extend(digits.parse::<i64>().ok().filter(|number| !numbers.contains(number)));
        }
        at = end;
    }
    numbers
}

fn is_called_page(head: &str) -> bool {
    let head = head.trim_end_matches([' ', '.', '\u{a0}', '#']);
    BEFORE.iter().any(|word| {
        let before = head.strip_suffix(word);
        // Thai has no blanks.
        before.is_some_and(|before| word.starts_with('ห') || !before.ends_with(char::is_alphanumeric))
    })
}

fn follows(tail: &str, word: &str) -> bool {
    tail.trim_start_matches(['.', ' ']).starts_with(word)
}

/// Whether the number is over where its digits are.
fn stands_alone(tail: &str) -> bool {
    let mut chars = tail.chars();
    let next = chars.next();
    let goes_on =
        matches!(next, Some('.' | ',' | '-' | '/')) && chars.next().is_some_and(char::is_alphanumeric);
    !goes_on && next != Some('%')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_from_other_numbers() {
        for (question, pages) in [
            ("What does page 12 say?", vec![12]),
            ("Was steht auf Seite 3 und auf Seite 4?", vec![3, 4]),
            ("p. 7 or slide 9.", vec![7, 9]),
            ("第12页讲什么", vec![12]),
            ("12. sayfa", vec![12]),
            ("หน้า 5", vec![5]),
            ("What was revenue in 2022?", vec![]),
            ("homepage 12", vec![]),
            ("page 12-B", vec![]),
            ("page 3.5", vec![]),
        ] {
            assert_eq!(named(question), pages, "{question}");
        }
    }
}
