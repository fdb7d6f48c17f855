//! Characters of fonts of symbols that mean something.

pub(super) fn symbol(font: &str, code: u32) -> Option<char> {
    let font = font.to_ascii_lowercase();
    let low = code & 0xFF;
    if font.starts_with("wingdings") {
        return Some(match low {
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
        return Some(match low {
            0xB7 => '•',
            0xB0 => '°',
            0xB1 => '±',
            0xA3 => '≤',
            0xB3 => '≥',
            0xB9 => '≠',
            0xB4 => '×',
            0xB5 => '∝',
            0x6D => 'µ',
            0x57 => 'Ω',
            0x61 => 'α',
            0x62 => 'β',
            0x64 => 'δ',
            0x44 => 'Δ',
            0x70 => 'π',
            0x53 => 'Σ',
            0xA5 => '∞',
            0xAE => '→',
            _ => return None,
        });
    }
    char::from_u32(code)
}
