//! Lines of a length that people write. Everything behind the readers works line by line, and some of it not in
//! proportion to their length.

use super::page::Heading;
use super::sink::Unit;

/// What is read of one line.
const MOST: usize = 1 << 20;

/// A line is broken when it is longer than this, where there is a space.
const BREAK: usize = 16 << 10;

/// Breaks long lines, and leaves out what nobody can have written as one.
pub(super) fn bounded(unit: Unit) -> Unit {
    if unit.text.len() <= BREAK || !unit.text.split('\n').any(|line| line.len() > BREAK) {
        return unit;
    }
    let mut text = String::with_capacity(unit.text.len());
    let (mut left_out, mut old) = (0, 0);
    let mut headings = unit.headings.into_iter().peekable();
    let mut moved: Vec<Heading> = Vec::new();
    for line in unit.text.split_inclusive('\n') {
        // Breaks take the place of spaces or come between, so places inside a line move by a few bytes at most.
        while let Some(heading) = headings.next_if(|it| it.start < old + line.len()) {
            moved.push(Heading { start: text.len(), ..heading });
        }
        old += line.len();
        let body = line.trim_end_matches('\n');
        let kept = &body[..body.floor_char_boundary(MOST)];
        left_out += body.len() - kept.len();
        broken(kept, &mut text);
        text.push_str(&line[body.len()..]);
    }
    let warning = (left_out > 0).then(|| {
        format!("Lines longer than {} MiB: {} kB of them are left out", MOST >> 20, left_out.div_ceil(1000))
    });
    let warning = [unit.warning, warning].into_iter().flatten().collect::<Vec<_>>();
    Unit {
        headings: moved,
        markdown: unit.markdown,
        numbered: unit.numbered,
        pictures: unit.pictures,
        doubtful: unit.doubtful,
        tables: unit.tables,
        verdict: unit.verdict,
        warning: (!warning.is_empty()).then(|| warning.join(". ")),
        text,
    }
}

fn broken(line: &str, out: &mut String) {
    let mut rest = line;
    while rest.len() > BREAK {
        let end = rest.floor_char_boundary(BREAK);
        let near = rest.ceil_char_boundary(BREAK / 2);
        match rest[near..end].rfind(' ') {
            Some(space) => {
                out.push_str(&rest[..near + space]);
                rest = &rest[near + space + 1..];
            }
            None => {
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
        out.push('\n');
    }
    out.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_and_endless_ones_end() {
        let words = "word ".repeat(10_000);
        let bounded_words = bounded(Unit::text(format!("{words}\nnext")));
        assert!(bounded_words.text.lines().all(|it| it.len() <= BREAK));
        assert_eq!(bounded_words.text.replace('\n', " "), format!("{words} next"));
        assert_eq!(bounded_words.warning, None);
        let endless = bounded(Unit::text(format!("{}\nnext", "é".repeat(2 << 20))));
        assert!(endless.text.len() < MOST + MOST / 100 && endless.text.ends_with("\nnext"));
        assert_eq!(endless.warning.as_deref(), Some("Lines longer than 1 MiB: 3146 kB of them are left out"));
    }

    #[test]
    fn headings_move_along() {
        let text = format!("{}\n# B\nend", "x".repeat(40_000));
        let unit = bounded(Unit::markdown(text));
        assert_eq!(&unit.text[unit.headings[0].start..], "# B\nend");
    }
}
