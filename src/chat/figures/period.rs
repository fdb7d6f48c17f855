//! Years and quarters, in questions and at the heads of tables.

/// A year, or a quarter of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Period {
    pub(crate) year: Option<i32>,
    /// 1 to 4.
    pub(crate) quarter: Option<u8>,
}

/// The years of a text, each once, in its order: "2024", "FY2024", "31.12.2024", "2023/24" as 2024.
pub(crate) fn years_in(text: &str) -> Vec<i32> {
    let mut years = Vec::new();
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = (at..chars.len()).find(|end| !chars[*end].is_ascii_digit()).unwrap_or(chars.len());
        let run: String = chars[at..end].iter().collect();
        // "1.2024" is a date, "1,2024" and "2024.5" are none.
        let fraction = |place: usize| {
            matches!(chars.get(place), Some(',' | '.'))
                && chars.get(place + 1).is_some_and(char::is_ascii_digit)
        };
        let amount =
            fraction(end) || at >= 1 && chars[at - 1] == ',' && at >= 2 && chars[at - 2].is_ascii_digit();
        if let Some(year) =
            run.parse().ok().filter(|year| run.len() == 4 && (1900..2100).contains(year) && !amount)
        {
            let season = chars.get(end) == Some(&'/') && {
                let rest: String = chars[end + 1..].iter().take_while(|c| c.is_ascii_digit()).collect();
                rest.len() == 2 && rest.parse() == Ok((year + 1) % 100)
            };
            let year = if season { year + 1 } else { year };
            if !years.contains(&year) {
                years.push(year);
            }
        }
        at = end;
    }
    years
}

/// The quarter that a text names.
pub(crate) fn quarter_in(text: &str) -> Option<u8> {
    const NAMES: [&[&str]; 4] = [
        &["q1", "first quarter", "1st quarter", "erstes quartal", "ersten quartal", "1. quartal"],
        &["q2", "second quarter", "2nd quarter", "zweites quartal", "zweiten quartal", "2. quartal"],
        &["q3", "third quarter", "3rd quarter", "drittes quartal", "dritten quartal", "3. quartal"],
        &["q4", "fourth quarter", "4th quarter", "viertes quartal", "vierten quartal", "4. quartal"],
    ];
    let spaced: String =
        text.to_lowercase().chars().map(|c| if c.is_alphanumeric() || c == '.' { c } else { ' ' }).collect();
    let spaced = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    let named = |names: &&[&str]| names.iter().any(|name| spaced.contains(&format!(" {name} ")));
    (1..).zip(NAMES.iter()).find(|(_, names)| named(names)).map(|(quarter, _)| quarter)
}

impl Period {
    /// What the head of a column or a row says; `None` where it names no time.
    pub(crate) fn of(name: &str) -> Option<Self> {
        let (years, quarter) = (years_in(name), quarter_in(name));
        let period = Self { year: years.last().copied(), quarter };
        (period.year.is_some() || quarter.is_some()).then_some(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_from_amounts() {
        assert_eq!(years_in("31 December 2024 and FY2023, 2023 again"), [2024, 2023]);
        assert_eq!(years_in("31.12.2024; 2022/23"), [2024, 2023]);
        assert_eq!(years_in("2,024 pieces, 2024.5 km, 12024"), [0_i32; 0]);
    }

    #[test]
    fn quarters_have_names() {
        assert_eq!(quarter_in("revenue in Q3 2024?"), Some(3));
        assert_eq!(quarter_in("im zweiten Quartal"), Some(2));
        assert_eq!(quarter_in("2024"), None);
        assert_eq!(Period::of("Q2 2024"), Some(Period { year: Some(2024), quarter: Some(2) }));
        assert_eq!(Period::of("Total"), None);
    }
}
