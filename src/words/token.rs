//! Text cut into what terms are made of.

use unicode_normalization::char::is_combining_mark;

use super::number;

/// What one or more terms are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// A word of letters, for the stemmer.
    Word(&'a str),
    /// A run of a script without blanks between words, as characters with their marks.
    Unspaced(Vec<&'a str>),
    /// A number, an identifier: lower case, never stemmed.
    Exact(String),
}

/// A piece with what it counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token<'a> {
    pub piece: Piece<'a>,
    pub weight: f32,
    /// Belongs to the token before it that is no part: another reading of it, or a piece of it.
    pub part: bool,
}

/// A piece of a word or an identifier.
const PART: f32 = 0.5;
/// Words of one row that are also taken as one, at most.
const ROW: usize = 6;
/// Longer words are data and not asked for in parts.
const LONGEST_WHOLE: usize = 40;

/// French, Italian and Catalan write these before the word they belong to.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "dell", "nell",
    "sull", "dall", "all", "coll", "un", "quell", "quest", "bell", "sant", "o",
];

/// Hands over the tokens of a text, in their order.
pub(crate) fn tokens<'a>(text: &'a str, mut take: impl FnMut(Token<'a>)) {
    let mut rest = text;
    while let Some(start) = rest.find(is_word_char) {
        rest = &rest[start..];
        let (row, length) = row(rest);
        let after = &rest[length..];
        emit(&row, after, &mut take);
        rest = after;
    }
}

/// Words that hang together, each with the character before it.
struct Row<'a> {
    words: Vec<&'a str>,
    separators: Vec<char>,
    whole: &'a str,
}

fn row(text: &str) -> (Row<'_>, usize) {
    let mut words = vec![word(text)];
    let mut separators = Vec::new();
    let mut end = words[0].len();
    while let Some(separator) = text[end..].chars().next() {
        let next = word(&text[end + separator.len_utf8()..]);
        let last = words.last().copied().unwrap_or_default();
        if next.is_empty() || !joins(last, separator, next, words.len()) {
            break;
        }
        separators.push(separator);
        words.push(next);
        end += separator.len_utf8() + next.len();
    }
    (Row { words, separators, whole: &text[..end] }, end)
}

fn word(text: &str) -> &str {
    let end = text.find(|c| !is_word_char(c)).unwrap_or(text.len());
    &text[..end]
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}')
}

fn joins(last: &str, separator: char, next: &str, count: usize) -> bool {
    let digits = is_digits(last) && is_digits(next);
    match separator {
        '-' | '\u{2010}' | '\u{2011}' | '_' | '.' | '&' => true,
        '\'' | '’' | 'ʼ' => true,
        '/' => has_digit(last) || has_digit(next),
        ',' | ':' => digits,
        // Groups of a number, such as 12 500.
        '\u{a0}' | '\u{202f}' | '\u{2009}' => digits && next.len() == 3 && (count > 1 || last.len() <= 3),
        _ => false,
    }
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn has_digit(word: &str) -> bool {
    word.chars().any(char::is_numeric)
}

fn emit<'a>(row: &Row<'a>, after: &str, take: &mut impl FnMut(Token<'a>)) {
    let Row { words, separators, .. } = row;
    if let [word] = words[..] {
        return alone(word, after, take);
    }
    let numeric = words.iter().all(|word| is_digits(word));
    let forms = if numeric { number::forms(words, separators) } else { Vec::new() };
    if !forms.is_empty() {
        return number_forms(forms, take);
    }
    let joined: String = words.concat().to_lowercase();
    let short = words.len() <= ROW && joined.len() <= LONGEST_WHOLE;
    if words.iter().any(|word| has_digit(word)) {
        // A number of its own kind: 2024-03-12 is not 20240312.
        let whole = if numeric { format!("#{joined}") } else { joined };
        let weight = if short {
            take(Token { piece: Piece::Exact(whole), weight: 1.0, part: false });
            PART
        } else {
            1.0
        };
        for word in words {
            pieces(word, weight, short, take);
        }
        return;
    }
    for (n, word) in words.iter().enumerate() {
        let apostrophe = |at: usize| separators.get(at).is_some_and(|c| matches!(c, '\'' | '’' | 'ʼ'));
        let elided = apostrophe(n) && ELIDED.contains(&word.to_lowercase().as_str());
        let before = n.checked_sub(1).filter(|&before| apostrophe(before));
        let ending = before.is_some_and(|before| !ELIDED.contains(&words[before].to_lowercase().as_str()));
        if !elided && !ending {
            pieces(word, 1.0, false, take);
        }
    }
    if short && row.whole.chars().all(|c| !is_unspaced(c)) {
        take(Token { piece: Piece::Exact(joined), weight: PART, part: true });
    }
}

/// The likeliest form, the others, and the whole part of each.
fn number_forms<'a>(forms: Vec<String>, take: &mut impl FnMut(Token<'a>)) {
    let wholes: Vec<String> =
        forms.iter().filter_map(|form| Some(form.split_once('.')?.0.to_owned())).collect();
    for (n, form) in forms.into_iter().enumerate() {
        take(Token { piece: Piece::Exact(form), weight: if n == 0 { 1.0 } else { PART }, part: n > 0 });
    }
    for whole in wholes.into_iter().filter(|whole| whole.len() > 2) {
        take(Token { piece: Piece::Exact(whole), weight: PART / 2.0, part: true });
    }
}

fn alone<'a>(word: &'a str, after: &str, take: &mut impl FnMut(Token<'a>)) {
    // C++, C#.
    if word.len() <= 2 && word.is_ascii() && !has_digit(word) {
        let sign = if after.starts_with("++") {
            "++"
        } else if after.starts_with('#') {
            "#"
        } else {
            ""
        };
        if !sign.is_empty() {
            let name = format!("{}{sign}", word.to_lowercase());
            return take(Token { piece: Piece::Exact(name), weight: 1.0, part: false });
        }
    }
    pieces(word, 1.0, false, take);
}

/// A word without separators: by script, by digits, by the humps of its capitals.
fn pieces<'a>(word: &'a str, weight: f32, part: bool, take: &mut impl FnMut(Token<'a>)) {
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let end = rest.find(|c| is_unspaced(c) != unspaced && !is_combining_mark(c)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        if unspaced {
            take(Token { piece: Piece::Unspaced(clusters(run)), weight, part });
        } else {
            spaced(run, weight, part, take);
        }
    }
}

fn spaced<'a>(run: &'a str, weight: f32, part: bool, take: &mut impl FnMut(Token<'a>)) {
    if run.chars().all(char::is_numeric) {
        return take(Token { piece: Piece::Exact(run.to_owned()), weight, part });
    }
    if has_digit(run) {
        take(Token { piece: Piece::Exact(run.to_lowercase()), weight, part });
        if run.len() <= LONGEST_WHOLE {
            for piece in split(run, |a, b| a.is_numeric() != b.is_numeric()).filter(|piece| piece.len() > 1) {
                let weight = weight * PART;
                let piece =
                    if has_digit(piece) { Piece::Exact(piece.to_owned()) } else { Piece::Word(piece) };
                take(Token { piece, weight, part: true });
            }
        }
        return;
    }
    take(Token { piece: Piece::Word(run), weight, part });
    let humped = |a: char, b: char| a.is_lowercase() && b.is_uppercase();
    if run.len() <= LONGEST_WHOLE && run.chars().zip(run.chars().skip(1)).any(|(a, b)| humped(a, b)) {
        for piece in split(run, humped).filter(|piece| piece.len() > 1) {
            take(Token { piece: Piece::Word(piece), weight: weight * PART, part: true });
        }
    }
}

/// Cuts between neighbours of which `between` says so.
fn split<'a>(run: &'a str, between: impl Fn(char, char) -> bool + 'a) -> impl Iterator<Item = &'a str> + 'a {
    let mut rest = run;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices();
        let (_, mut last) = chars.next()?;
        let cut = chars.find_map(|(at, c)| {
            let found = between(last, c).then_some(at);
            last = c;
            found
        });
        let (piece, after) = rest.split_at(cut.unwrap_or(rest.len()));
        rest = after;
        Some(piece)
    })
}

/// Scripts whose words are not separated, and Hangul, whose words carry their endings.
pub(crate) const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Characters with the marks above and below them.
fn clusters(run: &str) -> Vec<&str> {
    let mut clusters = Vec::new();
    let mut start = 0;
    for (at, c) in run.char_indices().skip(1) {
        if !is_combining_mark(c) && !matches!(c, '\u{200c}' | '\u{200d}') {
            clusters.push(&run[start..at]);
            start = at;
        }
    }
    clusters.push(&run[start..]);
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut list = Vec::new();
        tokens(text, |token| {
            let piece = match token.piece {
                Piece::Word(word) => word.to_owned(),
                Piece::Exact(exact) => format!("={exact}"),
                Piece::Unspaced(clusters) => clusters.join("|"),
            };
            list.push(if token.weight < 1.0 { format!("({piece})") } else { piece });
        });
        list.join(" ")
    }

    #[test]
    fn words_and_their_joints() {
        assert_eq!(shown("The kestrel, hovering; eats."), "The kestrel hovering eats");
        assert_eq!(
            shown("e-mail and/or state-of-the-art"),
            "e mail (=email) and or state of the art (=stateoftheart)"
        );
        assert_eq!(
            shown("l'eau dell’acqua company's istanbul'da"),
            "eau (=leau) acqua (=dellacqua) company (=companys) istanbul (=istanbulda)"
        );
        assert_eq!(shown("C++ and C#, R&D"), "=c++ and =c# R D (=rd)");
        assert_eq!(shown("PowerPoint USA"), "PowerPoint (Power) (Point) USA");
    }

    #[test]
    fn identifiers_are_whole_and_in_parts() {
        assert_eq!(shown("PPR-9087"), "=ppr9087 (PPR) (=9087)");
        assert_eq!(shown("E-1402 E1402"), "=e1402 (E) (=1402) =e1402 (=1402)");
        assert_eq!(shown("XJ-4471-B"), "=xj4471b (XJ) (=4471) (B)");
        assert_eq!(shown("FY2022"), "=fy2022 (FY) (=2022)");
        assert_eq!(shown("2024-03-12"), "=#20240312 (=2024) (=03) (=12)");
    }

    #[test]
    fn numbers_are_one_whatever_their_separators() {
        assert_eq!(shown("56,230.75"), "=56230.75 (=56230)");
        assert_eq!(shown("56230.75"), "=56230.75 (=56230)");
        assert_eq!(shown("1.234,5"), "=1234.5 (=1234)");
        assert_eq!(shown("12\u{a0}500 Euro"), "=12500 Euro");
        assert_eq!(shown("1999, 2000"), "=1999 =2000");
    }

    #[test]
    fn scripts_without_blanks_keep_their_marks() {
        assert_eq!(shown("南京市"), "南|京|市");
        assert_eq!(shown("ABC株式会社"), "ABC 株|式|会|社");
        assert_eq!(shown("ที่นี่"), "ที่|นี่");
        assert_eq!(shown("계약은 끝"), "계|약|은 끝");
    }
}
