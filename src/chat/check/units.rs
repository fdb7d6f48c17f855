//! Units of measure and words for numbers, in English and German and where they are written alike.

/// A measure. Two different ones never say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit(&'static str);

/// Each unit with the ways to write it, its plural forms included.
const UNITS: &[(&str, &[&str])] = &[
    ("%", &["%", "percent", "percentage", "prozent", "pct", "pour cent", "por ciento"]),
    ("€", &["€", "eur", "euro", "euros"]),
    ("$", &["$", "usd", "us$", "dollar", "dollars"]),
    ("£", &["£", "gbp", "pound", "pounds"]),
    ("¥", &["¥", "jpy", "yen"]),
    ("chf", &["chf", "franken", "francs"]),
    ("second", &["second", "seconds", "sec", "secs", "s", "sekunde", "sekunden"]),
    ("minute", &["minute", "minutes", "min", "mins", "minuten"]),
    ("hour", &["hour", "hours", "h", "hrs", "hr", "stunde", "stunden"]),
    ("day", &["day", "days", "tag", "tage", "tagen"]),
    ("week", &["week", "weeks", "woche", "wochen"]),
    ("month", &["month", "months", "monat", "monate", "monaten", "monats"]),
    ("quarter", &["quarters", "quartale", "quartalen"]),
    ("year", &["year", "years", "yrs", "jahr", "jahre", "jahren"]),
    ("decade", &["decade", "decades", "jahrzehnt", "jahrzehnte"]),
    ("mm", &["mm", "millimetre", "millimetres", "millimeter", "millimeters"]),
    ("cm", &["cm", "centimetre", "centimetres", "centimeter", "centimeters", "zentimeter"]),
    ("m", &["m", "metre", "metres", "meter", "meters", "metern"]),
    ("km", &["km", "kilometre", "kilometres", "kilometer", "kilometers", "kilometern"]),
    ("inch", &["inch", "inches", "zoll"]),
    ("foot", &["ft", "foot", "feet"]),
    ("yard", &["yard", "yards"]),
    ("mile", &["mile", "miles", "mi", "meile", "meilen"]),
    ("m²", &["m²", "m2", "sqm", "quadratmeter"]),
    ("ha", &["ha", "hectare", "hectares", "hektar"]),
    ("acre", &["acre", "acres"]),
    ("km²", &["km²", "km2"]),
    ("mg", &["mg", "milligram", "milligrams", "milligramm"]),
    ("g", &["g", "gram", "grams", "gramm"]),
    ("kg", &["kg", "kilogram", "kilograms", "kilogramm", "kilo", "kilos"]),
    ("t", &["t", "tonne", "tonnes", "tons", "ton", "tonnen"]),
    ("lb", &["lb", "lbs"]),
    ("oz", &["oz", "ounce", "ounces"]),
    ("ml", &["ml", "millilitre", "millilitres", "milliliter", "milliliters"]),
    ("l", &["l", "litre", "litres", "liter", "liters", "litern"]),
    ("gallon", &["gallon", "gallons"]),
    ("°C", &["°c", "celsius", "℃"]),
    ("°F", &["°f", "fahrenheit", "℉"]),
    ("K", &["kelvin"]),
    ("bar", &["bar"]),
    ("Pa", &["pa", "pascal"]),
    ("kPa", &["kpa"]),
    ("MPa", &["mpa"]),
    ("psi", &["psi"]),
    ("N", &["newton", "newtons"]),
    ("Nm", &["nm"]),
    ("W", &["w", "watt", "watts"]),
    ("kW", &["kw", "kilowatt", "kilowatts"]),
    ("MW", &["mw", "megawatt", "megawatts"]),
    ("kWh", &["kwh"]),
    ("MWh", &["mwh"]),
    ("V", &["v", "volt", "volts"]),
    ("A", &["amp", "amps", "ampere", "amperes"]),
    ("mA", &["ma"]),
    ("Hz", &["hz", "hertz"]),
    ("kHz", &["khz"]),
    ("MHz", &["mhz"]),
    ("GHz", &["ghz"]),
    ("rpm", &["rpm"]),
    ("dB", &["db", "decibel"]),
    ("kB", &["kb", "kilobyte", "kilobytes"]),
    ("MB", &["mb", "megabyte", "megabytes"]),
    ("GB", &["gb", "gigabyte", "gigabytes"]),
    ("TB", &["tb", "terabyte", "terabytes"]),
    ("km/h", &["km/h", "kph", "kmh"]),
    ("mph", &["mph"]),
];

pub(super) fn unit(word: &str) -> Option<Unit> {
    let lower = word.to_lowercase();
    UNITS.iter().find(|(_, names)| names.contains(&lower.as_str())).map(|(name, _)| Unit(name))
}

/// So many of `of` make one of these.
const MADE_OF: &[(&str, &str, f64)] = &[
    ("week", "day", 7.0),
    ("year", "month", 12.0),
    ("decade", "year", 10.0),
    ("day", "hour", 24.0),
    ("hour", "minute", 60.0),
    ("minute", "second", 60.0),
    ("km", "m", 1000.0),
    ("m", "cm", 100.0),
    ("cm", "mm", 10.0),
    ("kg", "g", 1000.0),
    ("t", "kg", 1000.0),
    ("g", "mg", 1000.0),
    ("l", "ml", 1000.0),
    ("kW", "W", 1000.0),
    ("MW", "kW", 1000.0),
    ("MWh", "kWh", 1000.0),
    ("GB", "MB", 1000.0),
    ("TB", "GB", 1000.0),
    ("MB", "kB", 1000.0),
    ("A", "mA", 1000.0),
    ("kHz", "Hz", 1000.0),
    ("GHz", "MHz", 1000.0),
    ("MPa", "kPa", 1000.0),
    ("kPa", "Pa", 1000.0),
    ("year", "quarter", 4.0),
    ("quarter", "month", 3.0),
];

impl Unit {
    /// What a value in this unit is in another one, where that is the same kind of measure.
    pub(super) fn converted(self, value: f64, to: Self) -> Option<f64> {
        MADE_OF.iter().find_map(|&(big, small, count)| match (self.0, to.0) {
            (a, b) if a == big && b == small => Some(value * count),
            (a, b) if a == small && b == big => Some(value / count),
            _ => None,
        })
    }
}

/// What a word behind a number multiplies it by.
pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word.to_lowercase().as_str() {
        "hundred" | "hundert" => 1e2,
        "k" | "thousand" | "tausend" | "tsd" | "mille" | "mil" => 1e3,
        "million" | "millions" | "mn" | "mio" | "mln" | "millionen" | "millones" | "milioni" => 1e6,
        "billion" | "billions" | "bn" | "mrd" | "milliarde" | "milliarden" | "miliardi" | "milliards" => 1e9,
        "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

/// The value of a word for a number.
pub(super) fn number_word(word: &str) -> Option<f64> {
    Some(match word.to_lowercase().as_str() {
        "zero" | "null" => 0.0,
        "two" | "zwei" | "deux" | "dos" | "due" | "twice" => 2.0,
        "three" | "drei" | "trois" | "tres" | "tre" => 3.0,
        "four" | "vier" | "quatre" | "cuatro" | "quattro" => 4.0,
        "five" | "fünf" | "cinq" | "cinco" | "cinque" => 5.0,
        "six" | "sechs" | "seis" => 6.0,
        "seven" | "sieben" | "sept" | "siete" => 7.0,
        "eight" | "acht" | "huit" | "ocho" => 8.0,
        "nine" | "neun" | "neuf" | "nueve" => 9.0,
        "ten" | "zehn" | "dix" | "diez" => 10.0,
        "eleven" | "elf" => 11.0,
        "twelve" | "zwölf" | "douze" | "doce" => 12.0,
        "thirteen" | "dreizehn" => 13.0,
        "fourteen" | "vierzehn" => 14.0,
        "fifteen" | "fünfzehn" => 15.0,
        "sixteen" | "sechzehn" => 16.0,
        "seventeen" | "siebzehn" => 17.0,
        "eighteen" | "achtzehn" => 18.0,
        "nineteen" | "neunzehn" => 19.0,
        "twenty" | "zwanzig" => 20.0,
        "thirty" | "dreißig" => 30.0,
        "forty" | "vierzig" => 40.0,
        "fifty" | "fünfzig" => 50.0,
        "sixty" | "sechzig" => 60.0,
        "seventy" | "siebzig" => 70.0,
        "eighty" | "achtzig" => 80.0,
        "ninety" | "neunzig" => 90.0,
        _ => return None,
    })
}
