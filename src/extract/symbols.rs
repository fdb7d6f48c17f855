//! Characters of fonts of symbols that mean something.

/// The font Symbol from the blank to the tilde.
const LETTERS: &str = concat!(
    " !∀#∃%&∋()*+,−./0123456789:;<=>?",
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "\u{305}αβχδεφγηιϕκλµνοπθρστυϖωξψζ{|}∼",
);

/// The font Symbol from the sign of the euro on.
const SIGNS: &str = concat!(
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√·¬∧∨⇔⇐⇑⇒⇓",
    "◊⟨®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\u{FFFD}⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭\u{FFFD}",
);

/// Whether the characters of a font are symbols instead of letters.
pub(super) fn is_symbol_font(font: &str) -> bool {
    let font = font.to_ascii_lowercase();
    font == "symbol" || font.starts_with("wingdings")
}

/// Text in a font of symbols, whose characters are numbered from U+F000 on.
pub(super) fn in_font(font: &str, text: &str) -> String {
    let shown = |c: char| match c {
        '\u{F020}'..='\u{F0FF}' => symbol(font, c.into()).unwrap_or(c),
        c => c,
    };
    text.chars().map(shown).collect()
}

pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let font = font.to_ascii_lowercase();
    let low = code & 0xFF;
    if font.starts_with("wingdings") {
        return Some(match low {
            0x20 => ' ',
            0xA8 | 0x6F | 0x71 | 0xA3 => '☐',
            0xFE | 0x52 => '☑',
            0xFD | 0x53 | 0x54 => '☒',
            0xFC => '✓',
            0xFB => '✗',
            0xE0 | 0xE8 | 0xF0 => '→',
            _ => '•',
        });
    }
    if font == "symbol" {
        let (first, table) = if low < 0xA0 { (0x20, LETTERS) } else { (0xA0, SIGNS) };
        let at = usize::try_from(low.checked_sub(first)?).ok()?;
        return table.chars().nth(at).filter(|it| *it != '\u{FFFD}');
    }
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_where_the_font_has_them() {
        for (code, sign) in [
            (0x61, 'α'),
            (0x6D, 'µ'),
            (0x57, 'Ω'),
            (0x7A, 'ζ'),
            (0x7E, '∼'),
            (0xA3, '≤'),
            (0xB0, '°'),
            (0xB3, '≥'),
            (0xB9, '≠'),
            (0xC5, '⊕'),
            (0xD6, '√'),
            (0xDE, '⇒'),
            (0xE5, '∑'),
            (0xF2, '∫'),
            (0xF0B7, '•'),
        ] {
            assert_eq!(symbol("Symbol", code), Some(sign), "{code:X}");
        }
        assert_eq!(
            (symbol("Symbol", 0x10), symbol("Symbol", 0x90), symbol("Symbol", 0xFF)),
            (None, None, None)
        );
        assert_eq!(in_font("Symbol", "\u{F0B3} 5"), "≥ 5");
    }
}
