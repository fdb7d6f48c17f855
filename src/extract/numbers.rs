//! Numbers of spreadsheets, written as their cells show them.

use super::eras;
use super::month_names::Names;
use super::number_codes::{Section, Token, sections};

/// How the cells of one style show their numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NumberFormat {
    sections: Vec<Section>,
    /// A date in the order of whoever looks at it: written the way that has only one meaning.
    by_viewer: bool,
}

/// A moment as a calendar says it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Moment {
    pub year: u16,
    pub month: u8,
    pub day: u8,
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub milli: u16,
    /// 0 is Sunday.
    pub weekday: usize,
    /// Days since the epoch, with their fraction.
    pub serial: f64,
}

impl NumberFormat {
    pub(super) fn new(code: &str) -> Self {
        let by_viewer =
            matches!(code, "mm-dd-yy" | "m/d/yy" | "m/d/yyyy" | "m/d/yy h:mm" | "m/d/yyyy h:mm" | "");
        // Excel names the code 47 so, and shows a colon.
        let code = if code == "mmss.0" { "mm:ss.0" } else { code };
        Self { sections: sections(code), by_viewer }
    }

    /// Whether the code shows a number as a moment or a time.
    pub(super) fn is_date(&self) -> bool {
        self.sections.first().is_some_and(|it| {
            it.tokens.iter().any(|it| matches!(it, Token::Date(..) | Token::Elapsed(..) | Token::Calendar(_)))
        })
    }

    pub(super) fn number(&self, value: f64) -> String {
        let (section, value) = self.chosen(value);
        let Some(section) = section else { return general(value) };
        if section.tokens.is_empty() && self.sections.len() == 1 {
            return general(value);
        }
        number(section, value)
    }

    pub(super) fn moment(&self, moment: &Moment) -> String {
        let section = self.sections.first().filter(|_| !self.by_viewer && self.is_date());
        match section {
            // No day is that long ago; a time may be negative.
            _ if moment.serial < 0.0 && section.is_none_or(shows_day) => general(moment.serial),
            Some(section) if moment.serial < 0.0 => {
                format!("-{}", date(section, &Moment { serial: -moment.serial, ..*moment }))
            }
            Some(section) => date(section, moment),
            None => iso(moment),
        }
    }

    /// Text, where the code puts something around it.
    pub(super) fn text(&self, text: &str) -> String {
        let section = self
            .sections
            .get(3)
            .or_else(|| self.sections.first().filter(|it| it.tokens.contains(&Token::Text)));
        if self.sections.get(3).is_some_and(|it| it.tokens.is_empty()) {
            // ";;;" shows nothing.
            return String::new();
        }
        let Some(section) = section.filter(|it| it.tokens.len() > 1) else { return text.to_owned() };
        let piece = |it: &Token| match it {
            Token::Literal(words) => words.clone(),
            Token::Text => text.to_owned(),
            _ => String::new(),
        };
        section.tokens.iter().map(piece).collect()
    }

    /// The part of the code that is for a value, and the value as that part writes it.
    fn chosen(&self, value: f64) -> (Option<&Section>, f64) {
        let sections: Vec<&Section> = self.sections.iter().take(3).collect();
        if sections.iter().any(|it| it.condition.is_some()) {
            let fits =
                |it: &&&Section| it.condition.is_none_or(|(comparison, than)| comparison.holds(value, than));
            let found = sections.iter().find(fits).copied();
            // A section that is alone has nothing else to say that a number is negative.
            let is_one_of_several = sections.len() > 1 && found.is_some_and(|it| it.condition.is_some());
            return (found, if is_one_of_several { value.abs() } else { value });
        }
        match (sections.len(), value) {
            (2.., value) if value < 0.0 => (Some(sections[1]), value.abs()),
            (3.., 0.0) => (Some(sections[2]), value),
            _ => (sections.first().copied(), value),
        }
    }
}

/// As many digits as a double is sure of, and no exponent where people would write none.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let size = value.abs();
    if size != 0.0 && !(1e-9..1e21).contains(&size) {
        let written = format!("{value:.14e}");
        let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        let exponent: i32 = exponent.parse().unwrap_or(0);
        return format!("{mantissa}E{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    let (whole, fraction) = decimal(size, 20);
    let fraction = fraction.trim_end_matches('0');
    let sign = if value < 0.0 { "-" } else { "" };
    if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

/// The digits before and behind the point, rounded as a spreadsheet does: by the fifteen digits it shows.
fn decimal(value: f64, places: usize) -> (String, String) {
    let written = format!("{:.14e}", value.abs());
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|it| it - b'0').collect();
    // The place of the point among the digits.
    let mut point = exponent + 1;
    let keep = point + i64::try_from(places).unwrap_or(20);
    if keep < 0 {
        return ("0".to_owned(), "0".repeat(places));
    }
    let keep = usize::try_from(keep).unwrap_or(usize::MAX);
    if keep < digits.len() {
        let up = digits[keep] >= 5;
        digits.truncate(keep);
        if up {
            let mut at = keep;
            loop {
                if at == 0 {
                    digits.insert(0, 1);
                    point += 1;
                    break;
                }
                at -= 1;
                if digits[at] < 9 {
                    digits[at] += 1;
                    break;
                }
                digits[at] = 0;
            }
        }
    }
    let at = |place: i64| {
        let digit = usize::try_from(place).ok().and_then(|it| digits.get(it)).copied().unwrap_or(0);
        char::from(b'0' + digit)
    };
    let whole: String = if point <= 0 { "0".to_owned() } else { (0..point.min(400)).map(at).collect() };
    let fraction = (0..i64::try_from(places).unwrap_or(20)).map(|it| at(point + it)).collect();
    (whole, fraction)
}

fn number(section: &Section, value: f64) -> String {
    let tokens = &section.tokens;
    if tokens.contains(&Token::General) {
        let piece = |it: &Token| match it {
            Token::General => general(value),
            Token::Literal(text) => text.clone(),
            _ => String::new(),
        };
        return one_space(&tokens.iter().map(piece).collect::<String>());
    }
    if !tokens.iter().any(|it| matches!(it, Token::Digit(_))) {
        // A code that is only words shows only words; one for text leaves numbers as they are.
        let words: String = tokens
            .iter()
            .filter_map(|it| if let Token::Literal(text) = it { Some(text.as_str()) } else { None })
            .collect();
        return if tokens.contains(&Token::Text) { general(value) } else { one_space(&words) };
    }
    if let Some(slash) = tokens.iter().position(|it| *it == Token::Slash) {
        return fraction(tokens, slash, value);
    }
    let percents = tokens.iter().filter(|it| **it == Token::Percent).count();
    let scaled = value.abs() * 100f64.powi(i32::try_from(percents).unwrap_or(0));
    let written = if tokens.iter().any(|it| matches!(it, Token::Exponent(_))) {
        exponential(tokens, scaled)
    } else {
        plain(tokens, scaled)
    };
    let zero = !written.chars().any(|it| it.is_ascii_digit() && it != '0');
    let sign = if value < 0.0 && !zero { "-" } else { "" };
    one_space(&format!("{sign}{written}"))
}

/// The place of the last digit of the whole number, of the first behind the point, and the commas that divide.
fn plain(tokens: &[Token], value: f64) -> String {
    let is_digit = |it: &Token| matches!(it, Token::Digit(_));
    let point = tokens.iter().position(|it| *it == Token::Point).unwrap_or(tokens.len());
    let last_digit = tokens.iter().rposition(is_digit).unwrap_or(0);
    let last_whole = tokens[..point].iter().rposition(is_digit);
    let first_whole = tokens[..point].iter().position(is_digit);
    let thousands = match (first_whole, last_whole) {
        (Some(first), Some(last)) => tokens[first..last].contains(&Token::Comma),
        _ => false,
    };
    // Commas behind all digits, or right before the point, divide by a thousand each.
    let dividing = |from: usize| tokens[from + 1..].iter().take_while(|it| **it == Token::Comma).count();
    let divided = dividing(last_digit) + last_whole.filter(|it| *it != last_digit).map_or(0, dividing);
    let value = value / 1000f64.powi(i32::try_from(divided).unwrap_or(0));
    let behind: Vec<char> = tokens[point..]
        .iter()
        .filter_map(|it| if let Token::Digit(c) = it { Some(*c) } else { None })
        .collect();
    let (whole, fraction) = decimal(value, behind.len());
    let before: Vec<char> = tokens[..point]
        .iter()
        .filter_map(|it| if let Token::Digit(c) = it { Some(*c) } else { None })
        .collect();
    let least = before.iter().position(|it| *it == '0').map_or(0, |it| before.len() - it);
    let whole = if whole == "0" && least == 0 { String::new() } else { whole };
    let whole = format!("{whole:0>least$}");
    let whole = if thousands { grouped(&whole) } else { whole };
    let mut fraction: Vec<char> = fraction.chars().collect();
    while let (Some('0'), Some('#' | '?')) = (fraction.last(), behind.get(fraction.len().wrapping_sub(1))) {
        fraction.pop();
    }
    lay_out(tokens, point, &whole, &fraction)
}

/// Digits and words in the order of the code. Words between digits, as in "000-00", stay between them.
fn lay_out(tokens: &[Token], point: usize, whole: &str, fraction: &[char]) -> String {
    let mut out = String::new();
    let places = tokens[..point].iter().filter(|it| matches!(it, Token::Digit(_))).count();
    let digits: Vec<char> = whole.chars().collect();
    let split = tokens[..point].windows(2).any(|it| matches!(it, [Token::Digit(_), Token::Literal(_)]))
        && tokens[..point].windows(2).any(|it| matches!(it, [Token::Literal(_), Token::Digit(_)]))
        && places > 1;
    let (mut place, mut fraction_at, mut begun) = (0, 0, false);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            Token::Digit(_) if at < point && split => {
                // The first place takes all digits that are left over.
                let left = places - place;
                let end = digits.len().saturating_sub(left - 1);
                let from = if begun { end.saturating_sub(1) } else { 0 };
                out.extend(digits.get(from..end).unwrap_or_default());
                begun |= end > 0;
                place += 1;
            }
            Token::Digit(_) if at < point && begun => {}
            Token::Digit(_) if at < point => {
                out.push_str(whole);
                begun = true;
            }
            Token::Digit(_) => {
                out.extend(fraction.get(fraction_at));
                fraction_at += 1;
            }
            Token::Point if !fraction.is_empty() => {
                if places == 0 {
                    out.push_str(whole);
                }
                out.push('.');
            }
            _ => {}
        }
    }
    out
}

fn exponential(tokens: &[Token], value: f64) -> String {
    let at = tokens.iter().position(|it| matches!(it, Token::Exponent(_))).unwrap_or(tokens.len());
    let plus = matches!(tokens.get(at), Some(Token::Exponent(true)));
    let (mantissa, exponent_digits) =
        (&tokens[..at], tokens[at..].iter().filter(|it| matches!(it, Token::Digit(_))).count());
    let point = mantissa.iter().position(|it| *it == Token::Point).unwrap_or(at);
    let whole_places = mantissa[..point].iter().filter(|it| matches!(it, Token::Digit(_))).count().max(1);
    let places = mantissa[point..].iter().filter(|it| matches!(it, Token::Digit(_))).count();
    let mut exponent = if value == 0.0 { 0 } else { value.log10().floor() as i32 };
    // "##0.0E+0" goes in steps of three.
    let step = i32::try_from(whole_places).unwrap_or(1);
    exponent = exponent.div_euclid(step) * step;
    let (mut whole, mut fraction) = decimal(value / 10f64.powi(exponent), places);
    if step == 1 && whole.len() > 1 {
        exponent += 1;
        (whole, fraction) = decimal(value / 10f64.powi(exponent), places);
    }
    let sign = if exponent < 0 {
        "-"
    } else if plus {
        "+"
    } else {
        ""
    };
    let size = exponent.abs();
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{whole}{point}{fraction}E{sign}{size:0exponent_digits$}")
}

/// Halves and quarters: "2 1/4".
fn fraction(tokens: &[Token], slash: usize, value: f64) -> String {
    let is_digit = |it: &Token| matches!(it, Token::Digit(_));
    let below: Vec<String> = tokens[slash + 1..]
        .iter()
        .map_while(|it| match it {
            Token::Digit(c) => Some(c.to_string()),
            Token::Literal(text)
                if !text.trim().is_empty() && text.trim().chars().all(|c| c.is_ascii_digit()) =>
            {
                Some(text.trim().to_owned())
            }
            _ => None,
        })
        .collect();
    let end = slash + 1 + below.len();
    let below = below.concat();
    let words = |part: &[Token]| -> String {
        part.iter()
            .filter_map(|it| if let Token::Literal(text) = it { Some(text.as_str()) } else { None })
            .collect()
    };
    let first = tokens.iter().position(is_digit).unwrap_or(slash);
    let (before, behind) = (words(&tokens[..first.min(slash)]), words(&tokens[end..]));
    let upper = tokens[..slash].iter().rev().take_while(|it| is_digit(it)).count();
    let has_whole = tokens[..slash].iter().filter(|it| is_digit(it)).count() > upper;
    let size = value.abs();
    let (whole, rest) = if has_whole { (size.trunc(), size.fract()) } else { (0.0, size) };
    let (above, under) = match below.parse::<u32>() {
        Ok(fixed) if fixed > 0 => ((rest * f64::from(fixed)).round(), f64::from(fixed)),
        _ => nearest(rest, 10u32.saturating_pow(u32::try_from(below.len()).unwrap_or(1).clamp(1, 4)) - 1),
    };
    let (whole, above) = if above == under { (whole + 1.0, 0.0) } else { (whole, above) };
    let sign = if value < 0.0 { "-" } else { "" };
    let written = match (whole > 0.0, above > 0.0) {
        (true, true) => format!("{whole} {above}/{under}"),
        (false, true) => format!("{above}/{under}"),
        (_, false) => whole.to_string(),
    };
    one_space(&format!("{sign}{before}{written}{behind}"))
}

fn nearest(value: f64, most: u32) -> (f64, f64) {
    let candidates = (1..=most).map(|under| {
        let above = (value * f64::from(under)).round();
        ((value - above / f64::from(under)).abs(), above, f64::from(under))
    });
    let best = candidates.min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.total_cmp(&b.2)));
    best.map_or((0.0, 1.0), |(_, above, under)| (above, under))
}

fn grouped(whole: &str) -> String {
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

fn one_space(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// ISO, with the time only where there is one.
fn iso(moment: &Moment) -> String {
    let Moment { year, month, day, hour, minute, second, .. } = *moment;
    let time = if second == 0 {
        format!("{hour:02}:{minute:02}")
    } else {
        format!("{hour:02}:{minute:02}:{second:02}")
    };
    match (moment.serial, (hour, minute, second)) {
        // Less than a day since the epoch: a time of day.
        (..1.0, _) => time,
        (_, (0, 0, 0)) => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    }
}

fn date(section: &Section, moment: &Moment) -> String {
    let has = |wanted: fn(&Token) -> bool| section.tokens.iter().any(wanted);
    let rounds = has(|it| matches!(it, Token::Date('s', _))) && !has(|it| matches!(it, Token::Fraction(_)));
    let moment = &if rounds { to_seconds(moment) } else { *moment };
    let half = section.tokens.iter().any(|it| matches!(it, Token::HalfDay(_)));
    let mut out = String::new();
    // Elapsed time counts whole seconds unless fractions are shown.
    let seconds = if section.tokens.iter().any(|it| matches!(it, Token::Fraction(_))) {
        moment.serial * 86_400.0
    } else {
        (moment.serial * 86_400.0).round()
    };
    for (at, token) in section.tokens.iter().enumerate() {
        let minutes = *token == Token::Date('m', 1) || *token == Token::Date('m', 2);
        match token {
            Token::Date('m', width) if minutes && is_minutes(&section.tokens, at) => {
                out.push_str(&format!("{:0width$}", moment.minute));
            }
            Token::Date(kind, width) => out.push_str(&part(*kind, *width, moment, half, section)),
            Token::Calendar(run) => out.push_str(&eras::part(run, moment, section)),
            Token::Elapsed(kind, width) => {
                let count = match kind {
                    'h' => seconds / 3600.0,
                    'm' => seconds / 60.0,
                    _ => seconds,
                };
                // Guarded against 2.9999999 hours.
                out.push_str(&format!("{:0width$}", (count + 1e-9).trunc()));
            }
            Token::HalfDay(long) => out.push_str(match (long, moment.hour < 12) {
                (true, true) => "AM",
                (true, false) => "PM",
                (false, true) => "A",
                (false, false) => "P",
            }),
            Token::Fraction(digits) => {
                let written = format!("{:.digits$}", f64::from(moment.milli) / 1000.0);
                out.push_str(written.trim_start_matches('0'));
            }
            Token::Literal(text) => out.push_str(text),
            Token::Slash => out.push('/'),
            Token::Comma => out.push(','),
            Token::Point => out.push('.'),
            _ => {}
        }
    }
    one_space(&out)
}

/// Rounded to the second, within its day.
fn to_seconds(moment: &Moment) -> Moment {
    let [hour, minute, second] = [moment.hour, moment.minute, moment.second].map(u32::from);
    let seconds = hour * 3600 + minute * 60 + second + u32::from(moment.milli >= 500);
    if seconds >= 86_400 {
        return *moment;
    }
    let part = |of: u32| u8::try_from(of).unwrap_or(0);
    Moment {
        hour: part(seconds / 3600),
        minute: part(seconds / 60 % 60),
        second: part(seconds % 60),
        milli: 0,
        ..*moment
    }
}

/// Whether it shows more than a time.
fn shows_day(section: &Section) -> bool {
    section.tokens.iter().enumerate().any(|(at, token)| match token {
        Token::Date('m', _) => !is_minutes(&section.tokens, at),
        Token::Date(kind, _) => matches!(kind, 'y' | 'd'),
        Token::Calendar(_) => true,
        _ => false,
    })
}

/// Behind hours or before seconds, m is for minutes.
fn is_minutes(tokens: &[Token], at: usize) -> bool {
    let time = |it: &&Token| matches!(it, Token::Date(..) | Token::Elapsed(..));
    let before = tokens[..at].iter().rev().find(time);
    let after = tokens[at + 1..].iter().find(time);
    matches!(before, Some(Token::Date('h', _) | Token::Elapsed('h', _)))
        || matches!(after, Some(Token::Date('s', _)))
}

fn part(kind: char, width: usize, moment: &Moment, half: bool, section: &Section) -> String {
    let names = Names::of(section.locale);
    let year = eras::year(moment, section);
    match (kind, width) {
        ('y', ..=2) => format!("{:02}", year % 100),
        ('y', _) => format!("{year:04}"),
        ('m', 3) => names.short_month(moment.month.into()).to_owned(),
        ('m', 5) => names.month(moment.month.into()).chars().take(1).collect(),
        ('m', 4..) => names.month(moment.month.into()).to_owned(),
        ('m', width) => format!("{:0width$}", moment.month),
        ('d', 3) => names.days[moment.weekday % 7].chars().take(names.short_day).collect(),
        ('d', 4..) => names.days[moment.weekday % 7].to_owned(),
        ('d', width) => format!("{:0width$}", moment.day),
        ('h', width) => {
            let hour = if half { (moment.hour + 11) % 12 + 1 } else { moment.hour };
            format!("{hour:0width$}", width = width.min(2))
        }
        (_, width) => format!("{:0width$}", moment.second, width = width.min(2)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_shown() {
        for (code, value, expected) in [
            ("General", 0.1 + 0.2, "0.3"),
            ("General", 12_345_678_901_234.0, "12345678901234"),
            ("General", -1599.5, "-1599.5"),
            ("General", 6.02e23, "6.02E+23"),
            ("00000", 742.0, "00742"),
            ("0.0%", 0.075, "7.5%"),
            ("0%", 1.0, "100%"),
            ("0.00%", 0.1234, "12.34%"),
            ("#,##0", 1_500_000.0, "1,500,000"),
            ("#,##0.00", 1234.5, "1,234.50"),
            ("0.00", 1.005, "1.01"),
            ("0.00", 2.675, "2.68"),
            ("$#,##0.00;[Red]($#,##0.00)", -310.25, "($310.25)"),
            ("$#,##0.00;[Red]($#,##0.00)", 1599.994, "$1,599.99"),
            ("#,##0.00\\ [$€-407]", 12.5, "12.50 €"),
            ("_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", 0.0, "-"),
            ("_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)", -5.0, "(5.00)"),
            ("0 \"days\"", 12.0, "12 days"),
            ("0.0##", 1.5, "1.5"),
            ("#.##", 0.5, ".5"),
            ("0.00E+00", 6.02e23, "6.02E+23"),
            ("0.00E+00", 9.999e5, "1.00E+06"),
            ("# ?/?", 2.25, "2 1/4"),
            ("# ??/??", 0.3333, "1/3"),
            ("\"about \"# ?/? \"mile\"", -2.25, "-about 2 1/4 mile"),
            ("[<-10]0\" below\"", -11.0, "-11 below"),
            ("0,", 12_345.0, "12"),
            ("0.0,,\" m\"", 1_250_000.0, "1.3 m"),
            ("000-00-0000", 123_456_789.0, "123-45-6789"),
            ("(000) 000-0000", 5_551_234_567.0, "(555) 123-4567"),
            ("[>=1000]0.0,\"k\";0", 1500.0, "1.5k"),
            ("[>=1000]0.0,\"k\";0", 500.0, "500"),
            ("0;-0;\"none\"", 0.0, "none"),
            ("0", -0.4, "0"),
            ("@", 42.0, "42"),
            ("", 42.0, "42"),
        ] {
            assert_eq!(NumberFormat::new(code).number(value), expected, "{code} of {value}");
        }
        assert_eq!(NumberFormat::new("0;0;0;\"<\"@\">\"").text("a"), "<a>");
        assert_eq!(NumberFormat::new("General").text("a"), "a");
        assert_eq!(NumberFormat::new("0;-0;0;@").text("a"), "a");
        assert_eq!(NumberFormat::new(";;;").text("a") + &NumberFormat::new(";;;").number(5.0), "");
    }

    #[test]
    fn moments_are_written_as_shown() {
        let moment = Moment {
            year: 2024,
            month: 3,
            day: 5,
            hour: 15,
            minute: 4,
            second: 9,
            milli: 250,
            weekday: 2,
            serial: 45_356.627_882,
        };
        for (code, expected) in [
            ("dd.mm.yyyy", "05.03.2024"),
            ("yyyy-mm-dd", "2024-03-05"),
            ("d-mmm-yy", "5-Mar-24"),
            ("[$-407]dddd, d. mmmm yyyy", "Dienstag, 5. März 2024"),
            ("h:mm AM/PM", "3:04 PM"),
            ("hh:mm:ss", "15:04:09"),
            ("mm:ss.00", "04:09.25"),
            ("m/d/yyyy", "2024-03-05 15:04:09"),
            ("General", "2024-03-05 15:04:09"),
        ] {
            assert_eq!(NumberFormat::new(code).moment(&moment), expected, "{code}");
        }
        let long = Moment { hour: 2, minute: 30, serial: 26.5 / 24.0, ..Moment::default() };
        assert_eq!(NumberFormat::new("[h]:mm").moment(&long), "26:30");
        assert_eq!(NumberFormat::new("[h]:mm:ss").moment(&long), "26:30:00");
        let late = Moment { hour: 1, minute: 15, second: 59, milli: 640, ..moment };
        for (code, expected) in
            [("mm:ss", "16:00"), ("h:mm:ss", "1:16:00"), ("mmss.0", "15:59.6"), ("h:mm", "1:15")]
        {
            assert_eq!(NumberFormat::new(code).moment(&late), expected, "{code}");
        }
        let negative = Moment { hour: 2, minute: 30, serial: -26.5 / 24.0, ..Moment::default() };
        for (code, expected) in [
            ("[h]:mm", "-26:30"),
            ("[m]", "-1590"),
            ("h:mm", "-2:30"),
            ("[h]:mm;[Red]-[h]:mm", "-26:30"),
            ("yyyy-mm-dd", "-1.10416666666667"),
        ] {
            assert_eq!(NumberFormat::new(code).moment(&negative), expected, "{code}");
        }
        assert!(NumberFormat::new("[mm]:ss").is_date() && !NumberFormat::new("0.00").is_date());
    }
}
