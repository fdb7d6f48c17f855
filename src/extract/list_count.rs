//! How the items of a web page's list are counted: with figures, letters or Roman numbers, upwards or down.

use super::numbering::Kind;
use super::page_tree::{attribute, tag};
use markup5ever_rcdom::Handle;

/// Where a counted list stands.
pub(super) struct ListCount {
    next: i64,
    step: i64,
    kind: Kind,
}

impl ListCount {
    pub(super) fn of(list: &Handle) -> Self {
        let start = attribute(list, "start").and_then(|it| it.trim().parse().ok());
        let is_reversed = attribute(list, "reversed").is_some();
        let items = || list.children.borrow().iter().filter(|it| tag(it) == Some("li")).count();
        let first = if is_reversed { i64::try_from(items()).unwrap_or(1) } else { 1 };
        Self {
            next: start.unwrap_or(first),
            step: if is_reversed { -1 } else { 1 },
            kind: kind_of(list).unwrap_or(Kind::Decimal),
        }
    }

    /// The number of the next item, which may say its own.
    pub(super) fn number(&mut self, item: &Handle) -> String {
        let value = attribute(item, "value").and_then(|it| it.trim().parse().ok());
        let own = value.unwrap_or(self.next);
        self.next = own.saturating_add(self.step);
        written(kind_of(item).unwrap_or(self.kind), own)
    }
}

fn written(kind: Kind, number: i64) -> String {
    match kind {
        _ if number < 1 => number.to_string(),
        Kind::LowerLetter => letters(number).to_lowercase(),
        Kind::UpperLetter => letters(number),
        kind => kind.write(number),
    }
}

/// A to Z, then AA, AB and so on; Word writes BB there.
fn letters(number: i64) -> String {
    let mut left = number;
    let mut out = Vec::new();
    while left > 0 {
        left -= 1;
        out.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    out.iter().rev().collect()
}

/// How a list or an item says that it is counted.
fn kind_of(node: &Handle) -> Option<Kind> {
    attribute(node, "style").and_then(|it| by_style(&it)).or_else(|| {
        Some(match attribute(node, "type")?.trim() {
            "1" => Kind::Decimal,
            "a" => Kind::LowerLetter,
            "A" => Kind::UpperLetter,
            "i" => Kind::LowerRoman,
            "I" => Kind::UpperRoman,
            _ => return None,
        })
    })
}

fn by_style(declarations: &str) -> Option<Kind> {
    let declarations = declarations.to_ascii_lowercase();
    let mut of_list = declarations.split(';').filter_map(|it| {
        let (name, value) = it.split_once(':')?;
        matches!(name.trim(), "list-style-type" | "list-style").then_some(value)
    });
    of_list.next()?.split_whitespace().find_map(|word| match word {
        "decimal" => Some(Kind::Decimal),
        "decimal-leading-zero" => Some(Kind::DecimalZero),
        "lower-alpha" | "lower-latin" => Some(Kind::LowerLetter),
        "lower-roman" => Some(Kind::LowerRoman),
        "upper-alpha" | "upper-latin" => Some(Kind::UpperLetter),
        "upper-roman" => Some(Kind::UpperRoman),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::browse::compose;

    #[test]
    fn lists_are_counted_as_they_say() {
        for (list, expected) in [
            ("<ol type=a start=3><li>x<li>y</ol>", "c. x\nd. y"),
            ("<ol type=A start=26><li>x<li>y</ol>", "Z. x\nAA. y"),
            ("<ol type=i start=4><li>x</ol>", "iv. x"),
            ("<ol type=I><li>x<li value=9>y<li>z</ol>", "I. x\nIX. y\nX. z"),
            ("<ol reversed><li>x<li>y<li>z</ol>", "3. x\n2. y\n1. z"),
            ("<ol reversed start=10><li>x<li value=5>y<li>z</ol>", "10. x\n5. y\n4. z"),
            ("<ol style='list-style-type: upper-roman'><li>x<li type=a>y</ol>", "I. x\nb. y"),
            ("<ol start=-1><li>x<li>y<li>z</ol>", "-1. x\n0. y\n1. z"),
        ] {
            assert_eq!(compose(list).unit().text, expected, "{list}");
        }
    }
}
