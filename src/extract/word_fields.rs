//! Fields of Word that keep no result: what they show stands in their instruction.

use super::xml::{attr, child, name};
use roxmltree::Node;

use super::{symbols, word_equations};

/// What a field shows by its instruction alone: `SYMBOL 179 \f "Symbol"` is ≥, `EQ \f(1;2)` is 1/2.
pub(super) fn shown(instruction: &str) -> Option<String> {
    let instruction = instruction.trim();
    let (name, rest) = instruction.split_once(char::is_whitespace)?;
    match name.to_ascii_uppercase().as_str() {
        "SYMBOL" => symbol(rest),
        "EQ" => word_equations::shown(rest),
        // What is to be clicked on, behind the name of what that does.
        "MACROBUTTON" | "GOTOBUTTON" => {
            let words = rest.trim_start().split_once(char::is_whitespace)?.1.trim();
            (!words.is_empty()).then(|| words.to_owned())
        }
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

/// What is chosen in a list of a form.
pub(super) fn choice<'d>(choices: Node<'d, 'd>) -> Option<&'d str> {
    let value = |wanted: &str| child(choices, wanted).and_then(|it| attr(it, "val"));
    let chosen = value("result").or_else(|| value("default")).and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut entries = choices.children().filter(|it| name(*it) == "listEntry");
    entries.nth(chosen).and_then(|it| attr(it, "val"))
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
            (r" EQ \f(\r(2);3)", Some("(√2)/3")),
            (" MACROBUTTON NoMacro [Name of the boat] ", Some("[Name of the boat]")),
            (" MACROBUTTON NoMacro", None),
            (" PAGE ", None),
        ] {
            assert_eq!(shown(instruction).as_deref(), expected, "{instruction}");
        }
    }
}
