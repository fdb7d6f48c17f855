//! Columns of signs beside numbers.

use super::Lines;

/// A column of nothing but "$" belongs to the numbers behind it, one of "%" or ")" to those before.
pub(super) fn without_columns(lines: &mut Lines, mut columns: Vec<(f32, f32)>) -> (Lines, Vec<(f32, f32)>) {
    let mut at = 0;
    while at < columns.len() && columns.len() > 2 {
        let texts = || lines.iter().flatten().filter(|(column, span, _)| *column == at && *span == 1);
        let all = |signs: &str| {
            texts().count() > 0
                && texts().all(|(_, _, text)| text.chars().all(|c| signs.contains(c) || c == ' '))
        };
        let into = match () {
            () if all("$€£¥₩₽₹(") && at + 1 < columns.len() => at + 1,
            () if all("%)€") && at > 0 => at - 1,
            () => {
                at += 1;
                continue;
            }
        };
        for line in lines.iter_mut() {
            merge(line, at, into);
        }
        let gone = columns.remove(at);
        let kept = &mut columns[into.min(at)];
        *kept = (kept.0.min(gone.0), kept.1.max(gone.1));
    }
    (std::mem::take(lines), columns)
}

fn merge(line: &mut Vec<(usize, usize, String)>, gone: usize, into: usize) {
    let sign = line.iter().position(|(column, span, _)| *column == gone && *span == 1);
    let number = line.iter().position(|(column, _, _)| *column == into);
    match (sign, number) {
        (Some(sign), Some(number)) => {
            let text = std::mem::take(&mut line[sign].2);
            let other = &mut line[number].2;
            *other = if into > gone { format!("{text}{other}") } else { format!("{other}{text}") };
            line.remove(sign);
        }
        (Some(sign), None) => line[sign].0 = into,
        _ => {}
    }
    for (column, span, _) in line.iter_mut() {
        if *column < gone && *column + *span > gone {
            *span -= 1;
        }
        if *column > gone {
            *column -= 1;
        }
    }
}
