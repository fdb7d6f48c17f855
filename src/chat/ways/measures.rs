//! Quantities that are held against each other: one number with one unit in each of several answers.

/// A number with its unit, and how it is written.
#[derive(Debug, Clone, PartialEq)]
pub(in super::super) struct Quantity {
    value: f64,
    unit: String,
    written: String,
}

impl Quantity {
    pub(in super::super) fn written(&self) -> &str {
        &self.written
    }

    pub(in super::super) fn is_like(&self, other: &Self) -> bool {
        self.unit == other.unit
    }

    /// By how much it is more or less than the other; `None` where both are the same.
    pub(in super::super) fn apart_from(&self, other: &Self) -> Option<String> {
        let (more, less) = if self.value > other.value { (self, other) } else { (other, self) };
        let far = apart(more, less)?;
        Some(if self.value > other.value { far } else { far.replacen('+', "−", 1) })
    }
}

/// Numbers as words.
const WORDS: &[(&str, f64)] = &[
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("ein", 1.0),
    ("eine", 1.0),
    ("einen", 1.0),
    ("zwei", 2.0),
    ("drei", 3.0),
    ("vier", 4.0),
    ("fünf", 5.0),
    ("sechs", 6.0),
    ("sieben", 7.0),
    ("acht", 8.0),
    ("neun", 9.0),
    ("zehn", 10.0),
    ("elf", 11.0),
    ("zwölf", 12.0),
];

/// What may follow a number and measures it.
const UNITS: &[&str] = &[
    "t",
    "kg",
    "g",
    "lb",
    "tonnes",
    "tons",
    "mm",
    "cm",
    "m",
    "km",
    "miles",
    "kw",
    "w",
    "mw",
    "kwh",
    "v",
    "a",
    "nm",
    "bar",
    "db",
    "db(a)",
    "°c",
    "%",
    "l",
    "litres",
    "liter",
    "euro",
    "euros",
    "eur",
    "usd",
    "gbp",
    "chf",
    "pounds",
    "dollars",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "hour",
    "hours",
    "minutes",
    "seconds",
    "tag",
    "tage",
    "tagen",
    "woche",
    "wochen",
    "monat",
    "monate",
    "monaten",
    "jahr",
    "jahre",
    "jahren",
    "stunden",
    "minuten",
    "m²",
    "m³",
    "rpm",
    "metre",
    "metres",
    "meter",
    "metern",
    "kilometres",
    "kilometer",
    "mph",
    "pence",
    "cent",
    "cents",
    "prozent",
    "percent",
    "hz",
    "gb",
    "mb",
];

/// The one quantity of a text; `None` where there is none, or more than one.
pub(in super::super) fn quantity_in(text: &str) -> Option<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let tokens: Vec<&str> = text.split_whitespace().collect();
    for (at, token) in tokens.iter().enumerate() {
        let bare = token.trim_matches(|c: char| {
            matches!(c, ',' | '.' | ';' | ':' | '(' | ')' | '?' | '!' | '*' | '“' | '”' | '\'')
        });
        if token.starts_with('[') {
            continue;
        }
        let next = tokens
            .get(at + 1)
            .map(|next| next.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | '\'' | '’' | ')')));
        found.extend(quantity(bare, next));
    }
    found.dedup();
    let first = found.first()?.clone();
    found.iter().all(|other| *other == first).then_some(first)
}

fn quantity(bare: &str, next: Option<&str>) -> Option<Quantity> {
    let sign = bare.chars().next().filter(|c| matches!(c, '€' | '£' | '$' | '¥'));
    if let Some(sign) = sign {
        let value = number(bare.trim_start_matches(sign))?;
        return Some(Quantity { value, unit: sign.to_string(), written: bare.to_owned() });
    }
    let split = bare.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
    if let Some(split) = split.filter(|split| *split > 0) {
        let (digits, unit) = bare.split_at(split);
        let unit = unit.to_lowercase();
        let value = number(digits).filter(|_| UNITS.contains(&unit.as_str()))?;
        return Some(Quantity { value, unit, written: bare.to_owned() });
    }
    let value = number(bare).or_else(|| {
        let lower = bare.to_lowercase();
        WORDS.iter().find(|(word, _)| *word == lower).map(|(_, value)| *value)
    })?;
    let unit = next?.to_lowercase();
    let written = format!("{bare} {}", next?);
    UNITS.contains(&unit.as_str()).then_some(Quantity { value, unit: singular(&unit), written })
}

/// "1 month" and "6 months" are of one unit.
fn singular(unit: &str) -> String {
    let bare = unit.strip_suffix("en").filter(|bare| bare.len() > 2).unwrap_or(unit);
    let bare = if unit.len() > 3 { bare.trim_end_matches('s') } else { bare };
    if unit.len() > 3 { bare.trim_end_matches('e').to_owned() } else { bare.to_owned() }
}

/// 26.8, 26,8, 1,400, 1.400: three digits behind the only sign are thousands, where nothing else says so.
fn number(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
    {
        return None;
    }
    let last = text.rfind(['.', ',']);
    let Some(last) = last else { return text.parse().ok() };
    let behind = text.len() - last - 1;
    let digits = |part: &str| part.chars().filter(char::is_ascii_digit).collect::<String>();
    if behind == 3 && (last <= 3 || text.matches(['.', ',']).count() > 1) {
        return digits(text).parse().ok();
    }
    format!("{}.{}", digits(&text[..last]), &text[last + 1..]).parse().ok()
}

/// "A: 3 kg > B: 2 kg"; `None` where the units differ, so that nothing is said that is not sure.
pub(super) fn ordered(mut things: Vec<(&str, Quantity)>) -> Option<String> {
    let unit = things.first()?.1.unit.clone();
    if things.len() < 2 || things.iter().any(|(_, quantity)| quantity.unit != unit) {
        return None;
    }
    things.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
    let mut line = String::new();
    for (at, (name, quantity)) in things.iter().enumerate() {
        if at > 0 {
            let same = things[at - 1].1.value.total_cmp(&quantity.value).is_eq();
            line.push_str(if same { " = " } else { " > " });
        }
        line.push_str(&format!("{name}: {}", quantity.written));
    }
    if let [(_, more), (_, less)] = &things[..]
        && let Some(apart) = apart(more, less)
    {
        line.push_str(&format!(" ({apart})"));
    }
    Some(line)
}

/// How much the one has more than the other, written as both are.
fn apart(more: &Quantity, less: &Quantity) -> Option<String> {
    let far = more.value - less.value;
    let comma =
        |it: &Quantity| it.value.fract() != 0.0 && it.written.contains(',') && !it.written.contains('.');
    let alike = more.value.fract() == 0.0 || less.value.fract() == 0.0 || comma(more) == comma(less);
    if far <= 0.0 || !alike {
        return None;
    }
    // A tenth beside a tenth makes tenths; an amount of money has none or two.
    let decimals = if far.fract() == 0.0 { 0 } else { decimals(more).max(decimals(less)) };
    let number = format!("{far:.decimals$}");
    let number = if comma(more) || comma(less) { number.replace('.', ",") } else { number };
    let sign = more.unit.chars().next().filter(|c| matches!(c, '€' | '£' | '$' | '¥'));
    Some(match (sign, more.written.split_once(' ')) {
        (Some(sign), _) => format!("+{sign}{number}"),
        (None, Some((_, unit))) => format!("+{number} {unit}"),
        (None, None) => format!("+{number} {}", more.unit),
    })
}

/// How many figures stand behind the point or the comma.
fn decimals(quantity: &Quantity) -> usize {
    if quantity.value.fract() == 0.0 {
        return 0;
    }
    let behind = quantity.written.rsplit_once(['.', ',']).map_or("", |(_, behind)| behind);
    behind.chars().take_while(char::is_ascii_digit).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_ordered_where_they_are_of_one_unit() {
        let of = |texts: &[(&'static str, &str)]| {
            let things: Option<Vec<_>> =
                texts.iter().map(|(name, text)| Some((*name, quantity_in(text)?))).collect();
            things.and_then(ordered)
        };
        let line = of(&[("B-7", "Field: Weight; Value: 9.5 t [2]"), ("QX-30", "Its weight is 12,8 t. [1]")]);
        assert_eq!(line.as_deref(), Some("QX-30: 12,8 t > B-7: 9.5 t"));
        let line = of(&[("a", "one month's notice"), ("b", "The notice period is six months.")]);
        assert_eq!(line.as_deref(), None, "what is said of a month is no amount of it");
        let line = of(&[("a", "up to €1,400 a year"), ("b", "€900 each")]);
        assert_eq!(line.as_deref(), Some("a: €1,400 > b: €900 (+€500)"));
        let line = of(&[("a", "It weighs 12.8 t."), ("b", "It weighs 9.5 t.")]);
        assert_eq!(line.as_deref(), Some("a: 12.8 t > b: 9.5 t (+3.3 t)"));
        assert_eq!(of(&[("a", "3 kg"), ("b", "4 km")]), None);
        assert_eq!(of(&[("a", "3 kg or 5 kg"), ("b", "4 kg")]), None, "which one counts is not sure");
    }
}
