//! LaTeX: the numbers of lists, as the classes of documents have them or as a list says.

use super::latex_source::group;
use super::numbering::Kind;

pub(super) struct Numbered {
    count: i64,
    /// What stands before and behind the number, and its kind, if the list says so.
    label: Option<(String, Kind, String)>,
}

/// Which of the lists within each other a counter belongs to.
pub(super) fn level_of(counter: &str) -> Option<usize> {
    ["enumi", "enumii", "enumiii", "enumiv"].iter().position(|it| *it == counter.trim())
}

impl Numbered {
    /// A list with these options: `label=(\alph*), start=3`, or the short form `(a)`.
    pub(super) fn new(options: &str) -> Self {
        let value = |key: &str| {
            let (_, after) = options.split_once(key)?;
            let after = after.trim_start().strip_prefix('=')?.trim_start();
            Some(
                group(after)
                    .map_or_else(|| after.split(',').next().unwrap_or_default(), |(inside, _)| inside),
            )
        };
        let start: i64 = value("start").and_then(|it| it.trim().parse().ok()).unwrap_or(1);
        let label = match value("label") {
            Some(label) => by_command(label),
            None => by_example(options),
        };
        Self { count: start.saturating_sub(1), label }
    }

    pub(super) const fn set(&mut self, count: i64) {
        self.count = count;
    }

    pub(super) fn next(&mut self, depth: usize) -> String {
        self.count = self.count.saturating_add(1);
        let count = self.count;
        if let Some((before, kind, after)) = &self.label {
            return format!("{before}{}{after}", kind.write(count));
        }
        match depth {
            1 => format!("{count}."),
            2 => format!("({})", Kind::LowerLetter.write(count)),
            3 => format!("{}.", Kind::LowerRoman.write(count)),
            _ => format!("{}.", Kind::UpperLetter.write(count)),
        }
    }
}

/// `Article \arabic*:`.
fn by_command(label: &str) -> Option<(String, Kind, String)> {
    let kinds = [
        ("\\arabic", Kind::Decimal),
        ("\\alph", Kind::LowerLetter),
        ("\\Alph", Kind::UpperLetter),
        ("\\roman", Kind::LowerRoman),
        ("\\Roman", Kind::UpperRoman),
    ];
    let (at, command, kind) =
        kinds.into_iter().find_map(|(command, kind)| Some((label.find(command)?, command, kind)))?;
    let after = &label[at + command.len()..];
    let after = after.strip_prefix('*').or_else(|| group(after).map(|it| it.1)).unwrap_or(after);
    let words = |text: &str| super::latex::inline(&text.replace(['{', '}'], ""), 1);
    let before = words(&label[..at]);
    let gap = if label[..at].ends_with([' ', '~']) { " " } else { "" };
    Some((format!("{before}{gap}"), kind, words(after)))
}

/// `(a)`, `i.`, `1)`: the first of these signs is the kind.
fn by_example(label: &str) -> Option<(String, Kind, String)> {
    if label.contains('=') || label.chars().count() > 12 {
        return None;
    }
    let at = label.find(['1', 'a', 'A', 'i', 'I'])?;
    let kind = match &label[at..=at] {
        "1" => Kind::Decimal,
        "a" => Kind::LowerLetter,
        "A" => Kind::UpperLetter,
        "i" => Kind::LowerRoman,
        _ => Kind::UpperRoman,
    };
    let sides = (&label[..at], &label[at + 1..]);
    // A word is no example, unless it stands apart as a group.
    let is_word = sides.0.ends_with(char::is_alphabetic) || sides.1.starts_with(char::is_alphabetic);
    let plain = |text: &str| text.replace(['{', '}'], "");
    (!is_word).then(|| (plain(sides.0), kind, plain(sides.1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_they_say() {
        for (options, expected) in [
            ("", ["1.", "2."]),
            ("label=(\\alph*)", ["(a)", "(b)"]),
            ("label={Article~\\Roman*:}, start=4", ["Article IV:", "Article V:"]),
            ("a)", ["a)", "b)"]),
            ("(i)", ["(i)", "(ii)"]),
            ("start=7", ["7.", "8."]),
            ("noitemsep", ["1.", "2."]),
        ] {
            let mut list = Numbered::new(options);
            assert_eq!([list.next(1), list.next(1)], expected, "{options}");
        }
    }
}
