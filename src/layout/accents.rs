//! Accents that are printed as signs of their own, over the letters they belong to.

use super::words::{Baseline, Placed};

/// An accent over a capital stands higher than one over a small letter, by no more than this, in ems.
const HIGHEST: f32 = 0.45;

/// The combining form of an accent.
pub(crate) fn combining(text: &str) -> Option<char> {
    Some(match text {
        "´" | "\u{2CA}" => '\u{301}',
        "`" | "\u{2CB}" => '\u{300}',
        "¨" => '\u{308}',
        "^" | "ˆ" => '\u{302}',
        "~" | "˜" => '\u{303}',
        "¸" => '\u{327}',
        "ˇ" => '\u{30C}',
        "˚" => '\u{30A}',
        _ => return None,
    })
}

/// Brings accents that stand above the line of their capital into it.
pub(crate) fn attach(lines: &mut [Baseline]) {
    for at in 0..lines.len() {
        let mut start = 0;
        while let Some(accent) = lines[at].marks.get(start).copied() {
            match host(lines, at, &accent) {
                Some(other) => {
                    lines[at].marks.remove(start);
                    let line = &mut lines[other];
                    let mut mark = accent.mark;
                    mark.base = line.base;
                    line.marks.push(Placed { mark, hosted: true, ..accent });
                    line.marks.sort_by(|a, b| a.mark.rect.left.total_cmp(&b.mark.rect.left));
                }
                None => start += 1,
            }
        }
    }
}

/// The line below that has a capital under an accent.
fn host(lines: &[Baseline], at: usize, accent: &Placed) -> Option<usize> {
    if !is_accent(accent) || lines[at].marks.iter().any(|it| is_under(accent, it)) {
        return None;
    }
    let below = at + 1..(at + 5).min(lines.len());
    below.into_iter().find(|&other| {
        let line = &lines[other];
        let depth = line.base - accent.mark.base;
        depth > 0.0
            && depth <= HIGHEST * accent.mark.size
            && line.marks.iter().any(|it| it.mark.c.is_uppercase() && is_under(accent, it))
    })
}

fn is_accent(placed: &Placed) -> bool {
    combining(placed.mark.c.encode_utf8(&mut [0; 4])).is_some()
}

/// Whether a letter stands where an accent is.
pub(crate) fn is_under(accent: &Placed, letter: &Placed) -> bool {
    let (a, b) = (&accent.mark.rect, &letter.mark.rect);
    let overlap = a.right.min(b.right) - a.left.max(b.left);
    letter.mark.c.is_alphabetic() && !is_accent(letter) && overlap > 0.6 * a.width().min(b.width())
}

#[cfg(test)]
mod tests {
    use super::super::words::{rows, tests::marks};

    #[test]
    fn an_accent_over_a_capital_belongs_to_it() {
        let mut all = marks("SEDIVY rows", 0.0, 20.0, 10.0);
        all.extend(marks("ˇ", 0.6, 17.6, 10.0));
        all.extend(marks("´", 25.2, 17.6, 10.0));
        let lines: Vec<String> = rows(&all, &[]).into_iter().map(|row| row.into_line().text).collect();
        assert_eq!(lines, ["ŠEDIVÝ rows"]);
        let mut apart = marks("SEDIVY", 0.0, 20.0, 10.0);
        apart.extend(marks("ˇ", 0.6, 12.0, 10.0));
        assert_eq!(rows(&apart, &[]).len(), 2, "too high to belong to it");
    }
}
