//! LaTeX: fractions, and numbers with their units, as the commands of siunitx set them.

use super::latex_source::group;
use super::script;

/// A fraction on one line: what has more than one term gets brackets.
pub(super) fn fraction(above: &str, under: &str) -> String {
    let bracketed = |part: &str| {
        let part = part.trim();
        let one_term = part
            .trim_start_matches('-')
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | '\\' | '%'))
            || part.starts_with('(') && part.ends_with(')') && part.matches('(').count() == 1;
        if one_term { part.to_owned() } else { format!("({part})") }
    };
    format!("{}/{}", bracketed(above), bracketed(under))
}

/// `1.5e3` is 1.5×10³.
pub(super) fn number(written: &str) -> String {
    let written: String = written.split_whitespace().collect::<String>().replace("\\pm", "±");
    let written = written.replace("+-", "±").replace('x', " × ");
    let Some(at) = written.find(['e', 'E', 'd', 'D']) else { return written };
    let (mantissa, exponent) = (&written[..at], written[at + 1..].trim_start_matches('+'));
    let power = format!("10{}", script::raised(exponent, Some('0')));
    match mantissa {
        "" => power,
        "-" => format!("-{power}"),
        mantissa => format!("{mantissa}×{power}"),
    }
}

/// Several numbers between semicolons.
pub(super) fn numbers(list: &str) -> String {
    list.split(';').map(number).collect::<Vec<_>>().join(", ")
}

pub(super) fn range(from: &str, to: &str) -> String {
    let (from, to) = (number(from), number(to));
    if from.starts_with('-') || to.starts_with('-') {
        format!("{from} to {to}")
    } else {
        format!("{from}–{to}")
    }
}

/// A formula of chemistry: counts stand lowered, charges raised (`H2O`, `SO4^2-`, `2H2 + O2 -> 2H2O`).
pub(super) fn chemistry(written: &str) -> String {
    let mut out = String::new();
    let mut rest = written.trim();
    while let Some(c) = rest.chars().next() {
        let counted = out.ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | ']'));
        if let Some((arrow, sign)) = ARROWS.iter().find(|(arrow, _)| rest.starts_with(arrow)) {
            out.push_str(&format!(" {sign} "));
            rest = &rest[arrow.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        match c {
            '0'..='9' if counted => out.push_str(&script::lowered(&c.to_string(), Some('H'))),
            '0'..='9' if out.ends_with(|c| ('₀'..='₉').contains(&c)) => {
                out.push_str(&script::lowered(&c.to_string(), Some('H')));
            }
            '^' | '_' => {
                let (inside, behind) = group(rest).unwrap_or_else(|| {
                    let sign = rest[end..].starts_with(['+', '-']);
                    rest.split_at(end + usize::from(sign))
                });
                let form = if c == '^' { script::raised } else { script::lowered };
                out.push_str(&form(inside, out.chars().last()));
                rest = behind;
            }
            // A charge at the end of a word.
            '+' | '-' if counted && !rest.starts_with(|c: char| c.is_alphanumeric()) => {
                out.push_str(&script::raised(&c.to_string(), Some('H')));
            }
            '$' | '{' | '}' => {}
            c => out.push(c),
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

const ARROWS: &[(&str, &str)] = &[("<=>", "⇌"), ("<->", "↔"), ("->", "→"), ("<-", "←")];

/// Degrees, or degrees, minutes and seconds between semicolons.
pub(super) fn angle(written: &str) -> String {
    let parts = written.split(';').map(number).zip(["°", "′", "″"]);
    parts.filter(|(part, _)| !part.is_empty()).map(|(part, sign)| format!("{part}{sign}")).collect()
}

/// A number before its unit: signs of an angle stand close.
pub(super) fn quantity(number: &str, unit: &str) -> String {
    let gap = if unit.is_empty() || unit.starts_with(['°', '′', '″']) && unit.chars().count() == 1 {
        ""
    } else {
        " "
    };
    format!("{number}{gap}{unit}")
}

/// A unit as it is written: in macros (`\kilo\metre\per\hour`) or in letters (`kg.m/s^2`).
pub(super) fn unit(written: &str) -> String {
    let mut unit = Unit::default();
    let mut rest = written.trim();
    while let Some(c) = rest.chars().next() {
        rest = if c == '\\' { unit.command(&rest[1..]) } else { unit.letters(rest) };
    }
    unit.written()
}

#[derive(Default)]
struct Unit {
    above: Vec<String>,
    under: Vec<String>,
    prefix: String,
    power: String,
    is_under: bool,
    last_is_under: bool,
}

impl Unit {
    /// What comes next is a command; hands back what follows it.
    fn command<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        let rest = rest.trim_start();
        match name {
            "" => {
                // `\%`, `\,` and the like.
                let sign = text.chars().next();
                let is_space = sign.is_none_or(|it| matches!(it, ',' | ' ' | ';' | ':' | '!'));
                if let Some(sign) = sign.filter(|_| !is_space) {
                    self.literal(&sign.to_string());
                }
                return &text[sign.map_or(0, char::len_utf8)..];
            }
            "per" => self.is_under = true,
            "square" => self.power = "²".to_owned(),
            "cubic" => self.power = "³".to_owned(),
            "squared" => self.raise("²"),
            "cubed" => self.raise("³"),
            "raiseto" | "tothe" | "of" | "highlight" | "cancel" | "text" | "mathrm" | "textup" => {
                if let Some((inside, behind)) = group(rest) {
                    match name {
                        "raiseto" => self.power = script::raised(inside, Some('m')),
                        "tothe" => self.raise(&script::raised(inside, Some('m'))),
                        "of" => self.raise(&format!(" {inside}")),
                        "text" | "mathrm" | "textup" => self.literal(inside),
                        _ => {}
                    }
                    return behind;
                }
            }
            name => match (PREFIXES.iter().find(|it| it.0 == name), UNITS.iter().find(|it| it.0 == name)) {
                (Some((_, sign)), _) => self.prefix.push_str(sign),
                (None, Some((_, sign))) => self.literal(sign),
                // The short forms are called as they are written: `\kg`, `\mL`.
                (None, None) => self.literal(&short(name)),
            },
        }
        rest
    }

    /// Letters up to the next command; the signs between them are those of the file.
    fn letters<'a>(&mut self, text: &'a str) -> &'a str {
        let end = text.find(['\\', '{', '}', '.', '~', '/', '^', ' ']).unwrap_or(text.len());
        if end > 0 {
            self.literal(&text[..end]);
            return &text[end..];
        }
        let rest = &text[1..];
        match &text[..1] {
            "/" => self.is_under = true,
            "^" => {
                let (power, behind) = group(rest).unwrap_or_else(|| {
                    let end = rest.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(rest.len());
                    rest.split_at(end)
                });
                self.raise(&script::raised(power, Some('m')));
                return behind;
            }
            _ => {}
        }
        rest
    }

    fn literal(&mut self, sign: &str) {
        let whole = format!("{}{sign}{}", std::mem::take(&mut self.prefix), std::mem::take(&mut self.power));
        self.last_is_under = std::mem::take(&mut self.is_under);
        if self.last_is_under { self.under.push(whole) } else { self.above.push(whole) }
    }

    /// Adds to the unit written last.
    fn raise(&mut self, power: &str) {
        let side = if self.last_is_under { &mut self.under } else { &mut self.above };
        if let Some(last) = side.last_mut() {
            last.push_str(power);
        }
    }

    fn written(self) -> String {
        let above = self.above.join(" ");
        match (above.is_empty(), self.under.as_slice()) {
            (_, []) => above,
            (true, [one]) => format!("1/{one}"),
            (false, [one]) => format!("{above}/{one}"),
            (none, several) => format!("{}/({})", if none { "1" } else { &above }, several.join(" ")),
        }
    }
}

/// `\um` and `\uL` are for micro; the others are called as they are written.
fn short(name: &str) -> String {
    match name.strip_prefix('u') {
        Some(unit) if !unit.is_empty() && unit.len() <= 3 => format!("µ{unit}"),
        _ => name.replace("ohm", "Ω"),
    }
}

const PREFIXES: &[(&str, &str)] = &[
    ("quecto", "q"),
    ("ronto", "r"),
    ("yocto", "y"),
    ("zepto", "z"),
    ("atto", "a"),
    ("femto", "f"),
    ("pico", "p"),
    ("nano", "n"),
    ("micro", "µ"),
    ("milli", "m"),
    ("centi", "c"),
    ("deci", "d"),
    ("deca", "da"),
    ("deka", "da"),
    ("hecto", "h"),
    ("kilo", "k"),
    ("mega", "M"),
    ("giga", "G"),
    ("tera", "T"),
    ("peta", "P"),
    ("exa", "E"),
    ("zetta", "Z"),
    ("yotta", "Y"),
    ("ronna", "R"),
    ("quetta", "Q"),
    ("kibi", "Ki"),
    ("mebi", "Mi"),
    ("gibi", "Gi"),
    ("tebi", "Ti"),
];

const UNITS: &[(&str, &str)] = &[
    ("ampere", "A"),
    ("angstrom", "Å"),
    ("arcminute", "′"),
    ("arcsecond", "″"),
    ("astronomicalunit", "au"),
    ("atomicmassunit", "u"),
    ("bar", "bar"),
    ("becquerel", "Bq"),
    ("bel", "B"),
    ("bit", "bit"),
    ("byte", "B"),
    ("candela", "cd"),
    ("celsius", "°C"),
    ("coulomb", "C"),
    ("dalton", "Da"),
    ("day", "d"),
    ("decibel", "dB"),
    ("degree", "°"),
    ("degreeCelsius", "°C"),
    ("electronvolt", "eV"),
    ("farad", "F"),
    ("gram", "g"),
    ("gray", "Gy"),
    ("hectare", "ha"),
    ("henry", "H"),
    ("hertz", "Hz"),
    ("hour", "h"),
    ("joule", "J"),
    ("katal", "kat"),
    ("kelvin", "K"),
    ("kilogram", "kg"),
    ("liter", "L"),
    ("litre", "L"),
    ("lumen", "lm"),
    ("lux", "lx"),
    ("meter", "m"),
    ("metre", "m"),
    ("minute", "min"),
    ("mmHg", "mmHg"),
    ("mole", "mol"),
    ("neper", "Np"),
    ("newton", "N"),
    ("ohm", "Ω"),
    ("pascal", "Pa"),
    ("percent", "%"),
    ("radian", "rad"),
    ("second", "s"),
    ("siemens", "S"),
    ("sievert", "Sv"),
    ("steradian", "sr"),
    ("tesla", "T"),
    ("tonne", "t"),
    ("volt", "V"),
    ("watt", "W"),
    ("weber", "Wb"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_written_as_they_are_set() {
        for (written, expected) in [
            (r"\milli\gram", "mg"),
            (r"\mg", "mg"),
            (r"\um", "µm"),
            (r"\kilo\metre\per\hour", "km/h"),
            (r"\metre\per\second\squared", "m/s²"),
            (r"\kilogram\per\cubic\metre", "kg/m³"),
            (r"\joule\per\mole\per\kelvin", "J/(mol K)"),
            (r"\per\second", "1/s"),
            (r"\newton\metre", "N m"),
            (r"\metre\tothe{-2}", "m⁻²"),
            (r"\degreeCelsius", "°C"),
            (r"\%", "%"),
            ("kg.m/s^2", "kg m/s²"),
            ("m^{-1}", "m⁻¹"),
            ("mg", "mg"),
        ] {
            assert_eq!(unit(written), expected, "{written}");
        }
    }

    #[test]
    fn numbers_keep_their_meaning() {
        for (written, expected) in [
            ("1.5e3", "1.5×10³"),
            ("e-6", "10⁻⁶"),
            ("12 345", "12345"),
            ("5 +- 0.1", "5±0.1"),
            ("3,5", "3,5"),
        ] {
            assert_eq!(number(written), expected, "{written}");
        }
        assert_eq!(angle("12.5"), "12.5°");
        assert_eq!(angle("6;7;6.5"), "6°7′6.5″");
        assert_eq!(range("-5", "10"), "-5 to 10");
        assert_eq!(quantity("5", "%"), "5 %");
        assert_eq!(quantity("5", "°"), "5°");
    }

    #[test]
    fn formulas_of_chemistry_are_read() {
        for (written, expected) in [
            ("H2O", "H₂O"),
            ("Ca(OH)2", "Ca(OH)₂"),
            ("SO4^2-", "SO₄²⁻"),
            ("Na+", "Na⁺"),
            ("C12H22O11", "C₁₂H₂₂O₁₁"),
            ("2H2 + O2 -> 2H2O", "2H₂ + O₂ → 2H₂O"),
        ] {
            assert_eq!(chemistry(written), expected, "{written}");
        }
    }

    #[test]
    fn fractions_keep_their_terms_together() {
        assert_eq!(fraction("1", "2"), "1/2");
        assert_eq!(fraction("a+b", "2"), "(a+b)/2");
        assert_eq!(fraction("(a+b)", "2c d"), "(a+b)/(2c d)");
        assert_eq!(fraction("-1", "2"), "-1/2");
    }
}
