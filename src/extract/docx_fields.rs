//! Fields of Word that keep no result: what they show stands in their instruction.

use super::{latex_units as units, symbols};

/// What a field shows by its instruction alone: `SYMBOL 179 \f "Symbol"` is ≥, `EQ \f(1;2)` is 1/2.
pub(super) fn shown(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    let (name, rest) = instruction.split_once(char::is_whitespace)?;
    match name.to_ascii_uppercase().as_str() {
        "SYMBOL" => symbol(rest),
        "EQ" => fraction(rest.trim()),
        _ => None,
    }
}

fn symbol(arguments: &str) -> Option<String> {
    let code = arguments.split_whitespace().next()?;
    let code = match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
        Some(code) => u32::from_str_radix(code, 16).ok()?,
        None => code.parse().ok()?,
    };
    let font = arguments.split_once(r"\f").map(|(_, font)| font.trim_start()).unwrap_or_default();
    let font = match font.strip_prefix('"') {
        Some(font) => font.split('"').next(),
        None => font.split_whitespace().next(),
    };
    symbols::symbol(font.unwrap_or_default(), code).map(String::from)
}

/// One fraction and nothing else; lists are parted as the language of the writer parts them.
fn fraction(equation: &str) -> Option<String> {
    let inside = equation.strip_prefix(r"\f").or_else(|| equation.strip_prefix(r"\F"))?;
    let inside = inside.trim_start().strip_prefix('(')?.strip_suffix(')')?;
    let (above, under) = inside.split_once(';').or_else(|| inside.split_once(','))?;
    let has_more = |it: &str| it.contains(['\\', '(', ';']);
    (!has_more(above) && !has_more(under)).then(|| units::fraction(above.trim(), under.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_say_what_is_shown() {
        for (instruction, expected) in [
            (r#" SYMBOL 179 \f "Symbol" \s 10 "#, Some("≥")),
            (r" SYMBOL 0xB1 \f Symbol", Some("±")),
            (r" EQ \f(1;2) ", Some("1/2")),
            (r" EQ \F(a + b,2)", Some("(a + b)/2")),
            (r" EQ \o(a,b)", None),
            (r" EQ \f(\r(2);3)", None),
            (" PAGE ", None),
        ] {
            assert_eq!(shown(instruction).as_deref(), expected, "{instruction}");
        }
    }
}
