//! The packing of rich text in Outlook mails.

/// What every packed text can refer to from its first byte on.
const DICTIONARY: &[u8] = b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

const WINDOW: usize = 4096;
const MOST: usize = 64 << 20;

/// The rich text, as far as it can be unpacked.
pub(super) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let word = |at: usize| super::cfb::u32_at(packed, at);
    let size = (word(4)? as usize).min(MOST);
    let body = packed.get(16..)?;
    match word(8)? {
        0x414C_454D => return Some(body[..size.min(body.len())].to_vec()),
        0x7546_5A4C => {}
        _ => return None,
    }
    let mut window = vec![b' '; WINDOW];
    window[..DICTIONARY.len()].copy_from_slice(DICTIONARY);
    let mut write = DICTIONARY.len();
    let mut out = Vec::with_capacity(size);
    let mut bytes = body.iter().copied();
    'blocks: while let Some(control) = bytes.next() {
        for bit in 0..8 {
            if out.len() >= size {
                break 'blocks;
            }
            let Some(byte) = bytes.next() else { break 'blocks };
            if control & (1 << bit) == 0 {
                out.push(byte);
                window[write] = byte;
                write = (write + 1) % WINDOW;
                continue;
            }
            let Some(second) = bytes.next() else { break 'blocks };
            let reference = usize::from(byte) << 8 | usize::from(second);
            let (offset, length) = (reference >> 4, (reference & 0xF) + 2);
            if offset == write {
                break 'blocks;
            }
            for step in 0..length {
                let byte = window[(offset + step) % WINDOW];
                out.push(byte);
                window[write] = byte;
                write = (write + 1) % WINDOW;
            }
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_specification_is_unpacked() {
        let packed = [
            0x2d, 0x00, 0x00, 0x00, 0x2b, 0x00, 0x00, 0x00, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7,
            0x03, 0x00, 0x0a, 0x00, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a, 0xf3, 0x20,
            0x68, 0x65, 0x6c, 0x09, 0x00, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f,
            0xa0,
        ];
        assert_eq!(unpack(&packed).unwrap(), b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    }
}
