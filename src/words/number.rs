//! Numbers as people write them, in one form.

/// The forms of a number that is written in groups of digits with the separators between them, most likely first:
/// `1.234,5` and `1,234.5` are `1234.5`, `1.234` is `1234` or `1.234`. Empty for what is no number, such as a date.
pub(crate) fn forms(groups: &[&str], separators: &[char]) -> Vec<String> {
    let Some(last) = separators.last().copied() else { return Vec::new() };
    if groups.iter().any(|group| group.is_empty() || !group.bytes().all(|byte| byte.is_ascii_digit())) {
        return Vec::new();
    }
    let in_threes = |groups: &[&str]| {
        groups
            .split_first()
            .is_some_and(|(first, rest)| first.len() <= 3 && rest.iter().all(|group| group.len() == 3))
    };
    let one_kind = |separators: &[char]| separators.windows(2).all(|pair| pair[0] == pair[1]);
    let (whole, fraction) = groups.split_at(groups.len() - 1);
    let before = &separators[..separators.len() - 1];
    let decimal = matches!(last, '.' | ',');
    let mut forms = Vec::new();
    if in_threes(groups) && one_kind(separators) && groups[0] != "0" {
        forms.push(groups.concat());
    }
    // Blanks and apostrophes only ever group.
    let grouped = whole.len() == 1 || in_threes(whole) && one_kind(before) && before.first() != Some(&last);
    if decimal && grouped {
        let fraction = fraction.concat();
        let kept = fraction.trim_end_matches('0');
        forms.push(if kept.is_empty() { whole.concat() } else { format!("{}.{kept}", whole.concat()) });
    }
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(groups: &[&str], separators: &str, expect: &[&str]) {
        let separators: Vec<char> = separators.chars().collect();
        assert_eq!(forms(groups, &separators), expect, "{groups:?} {separators:?}");
    }

    #[test]
    fn one_number_has_one_form() {
        check(&["56", "230", "75"], ",.", &["56230.75"]);
        check(&["56230", "75"], ".", &["56230.75"]);
        check(&["56", "230", "75"], ".,", &["56230.75"]);
        check(&["1", "234", "5"], ".,", &["1234.5"]);
        check(&["1", "234", "567"], "..", &["1234567"]);
        check(&["1", "234", "50"], "'.", &["1234.5"]);
        check(&["12", "500"], " ", &["12500"]);
        check(&["3", "00"], ",", &["3"]);
    }

    #[test]
    fn what_may_be_either_is_both() {
        check(&["1", "234"], ".", &["1234", "1.234"]);
        check(&["1", "234"], ",", &["1234", "1.234"]);
        check(&["0", "125"], ".", &["0.125"]);
    }

    #[test]
    fn dates_and_sections_are_no_numbers() {
        check(&["12", "03", "2024"], "..", &[]);
        check(&["3", "2", "1"], "..", &[]);
    }
}
