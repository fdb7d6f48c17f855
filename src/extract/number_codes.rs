//! The codes by which spreadsheets say how a number is shown, taken apart.

/// One of up to four parts of a code: for positive numbers, negative ones, zero, and text.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Section {
    pub tokens: Vec<Token>,
    /// For which numbers it is, where it says so itself.
    pub condition: Option<(Comparison, f64)>,
    /// The language of its names, as Windows numbers them.
    pub locale: u32,
    /// The calendar of its years, as Windows numbers them.
    pub calendar: u32,
    /// Whether the first year of an era has a name of its own.
    pub says_first_year: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

impl Comparison {
    pub(super) fn holds(self, value: f64, than: f64) -> bool {
        match self {
            Self::Less => value < than,
            Self::LessOrEqual => value <= than,
            Self::Equal => value == than,
            Self::NotEqual => value != than,
            Self::GreaterOrEqual => value >= than,
            Self::Greater => value > than,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// With whether a plus is written.
    Exponent(bool),
    Slash,
    /// A run of y, m, d, h or s.
    Date(char, usize),
    /// A run of a, b, e, g or r: days and years of other calendars.
    Calendar(String),
    /// Hours, minutes or seconds that go on counting.
    Elapsed(char, usize),
    HalfDay(bool),
    /// Digits of a second behind the point.
    Fraction(usize),
    Text,
    General,
}

/// Takes a code apart at its semicolons.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut start = 0;
    let (mut quoted, mut escaped, mut bracket) = (false, false, false);
    for (at, c) in code.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            ';' if !bracket => {
                sections.push(section(&code[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    sections.push(section(&code[start..]));
    sections
}

fn section(code: &str) -> Section {
    let mut section = Section::default();
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let lower = rest.get(..rest.floor_char_boundary(7)).unwrap_or_default().to_ascii_lowercase();
        if lower == "general" {
            section.tokens.push(Token::General);
            rest = &rest[7..];
            continue;
        }
        if lower.starts_with("am/pm") || lower.starts_with("a/p") {
            let long = lower.starts_with("am/pm");
            section.tokens.push(Token::HalfDay(long));
            rest = &rest[if long { 5 } else { 3 }..];
            continue;
        }
        rest = token(&mut section, c, rest);
    }
    point_of_seconds(&mut section.tokens);
    letters_beside_digits(&mut section.tokens);
    section
}

fn token<'a>(section: &mut Section, c: char, rest: &'a str) -> &'a str {
    let after = &rest[c.len_utf8()..];
    let mut literal = |text: &str| match section.tokens.last_mut() {
        Some(Token::Literal(before)) => before.push_str(text),
        _ => section.tokens.push(Token::Literal(text.to_owned())),
    };
    match c {
        '"' => {
            let end = after.find('"').unwrap_or(after.len());
            literal(&after[..end]);
            return after.get(end + 1..).unwrap_or_default();
        }
        '\\' | '_' | '*' => {
            let next = after.chars().next();
            match c {
                '\\' => literal(&next.map(String::from).unwrap_or_default()),
                '_' => literal(" "),
                _ => {}
            }
            return &after[next.map_or(0, char::len_utf8)..];
        }
        '[' => {
            let end = after.find(']').unwrap_or(after.len());
            bracket(section, &after[..end]);
            return after.get(end + 1..).unwrap_or_default();
        }
        '0' | '#' | '?' => section.tokens.push(Token::Digit(c)),
        '.' => section.tokens.push(Token::Point),
        ',' => section.tokens.push(Token::Comma),
        '%' => section.tokens.push(Token::Percent),
        '/' => section.tokens.push(Token::Slash),
        '@' => section.tokens.push(Token::Text),
        'E' | 'e' if after.starts_with(['+', '-']) => {
            section.tokens.push(Token::Exponent(after.starts_with('+')));
            return &after[1..];
        }
        'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' => {
            let kind = c.to_ascii_lowercase();
            let run = rest.chars().take_while(|it| it.to_ascii_lowercase() == kind).count();
            section.tokens.push(Token::Date(kind, run));
            return &rest[run..];
        }
        'a' | 'A' | 'b' | 'B' | 'e' | 'E' | 'g' | 'G' | 'r' | 'R' => {
            let run = rest.chars().take_while(|it| it.eq_ignore_ascii_case(&c)).count();
            return calendar(section, &rest[..run], &rest[run..]);
        }
        c => literal(&c.to_string()),
    }
    after
}

fn calendar<'a>(section: &mut Section, run: &str, after: &'a str) -> &'a str {
    // "B1" and "B2" choose a calendar; the common one is written for both.
    if run.eq_ignore_ascii_case("b") && after.starts_with(['1', '2']) {
        return &after[1..];
    }
    let is_day = run.len() >= 3 || !run.starts_with(['a', 'A']);
    let is_known = is_day && (section.locale & 0xFF == 0x11 || !run.starts_with(['r', 'R']));
    section.tokens.push(if is_known {
        Token::Calendar(run.to_owned())
    } else {
        Token::Literal(run.to_owned())
    });
    after
}

/// In a code for numbers, letters of calendars are letters.
fn letters_beside_digits(tokens: &mut [Token]) {
    if tokens.iter().any(|it| matches!(it, Token::Digit(_) | Token::General | Token::Text)) {
        for token in tokens {
            if let Token::Calendar(run) = token {
                *token = Token::Literal(std::mem::take(run));
            }
        }
    }
}

fn bracket(section: &mut Section, inside: &str) {
    if let Some(currency) = inside.strip_prefix('$') {
        let (sign, locale) = currency.split_once('-').unwrap_or((currency, ""));
        let number = u32::from_str_radix(locale, 16).unwrap_or_else(|_| by_tag(locale));
        section.locale = number & 0xFFFF;
        section.calendar = number >> 16 & 0xFF;
        section.says_first_year = locale.contains("gannen");
        if !sign.is_empty() {
            section.tokens.push(Token::Literal(sign.to_owned()));
        }
        return;
    }
    let first = inside.chars().next().unwrap_or(' ').to_ascii_lowercase();
    if matches!(first, 'h' | 'm' | 's') && inside.chars().all(|it| it.to_ascii_lowercase() == first) {
        section.tokens.push(Token::Elapsed(first, inside.len()));
        return;
    }
    let comparisons = [
        ("<=", Comparison::LessOrEqual),
        (">=", Comparison::GreaterOrEqual),
        ("<>", Comparison::NotEqual),
        ("<", Comparison::Less),
        (">", Comparison::Greater),
        ("=", Comparison::Equal),
    ];
    let found =
        comparisons.iter().find_map(|(sign, comparison)| Some((*comparison, inside.strip_prefix(sign)?)));
    if let Some((comparison, number)) = found {
        section.condition = number.trim().parse().ok().map(|it| (comparison, it));
    }
    // Colours say nothing.
}

/// The number of a language that is named by its tag: `de-DE`, `ja-JP-x-gannen`.
fn by_tag(tag: &str) -> u32 {
    let language = tag.split(['-', '_', ',']).next().unwrap_or_default().to_ascii_lowercase();
    match language.as_str() {
        "de" => 0x407,
        "es" => 0x40A,
        "fr" => 0x40C,
        "ja" => 0x411,
        "th" => 0x41E,
        "zh" if tag.to_ascii_lowercase().contains("tw") => 0x404,
        "zh" => 0x804,
        _ => 0,
    }
}

/// `ss.00`: the point and the zeros are part of the seconds.
fn point_of_seconds(tokens: &mut Vec<Token>) {
    if !tokens.iter().any(|it| matches!(it, Token::Date(..) | Token::Elapsed(..))) {
        return;
    }
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at] == Token::Point {
            let digits = tokens[at + 1..].iter().take_while(|it| **it == Token::Digit('0')).count();
            let fraction = if digits > 0 { Token::Fraction(digits) } else { Token::Literal(".".to_owned()) };
            tokens.splice(at..=at + digits, [fraction]);
        }
        at += 1;
    }
}
