//! Fields of forms in Word files from before 2007: what a box or a list of choices is set to.

use super::cfb::{u16_at, u32_at};

/// Says that a field was never filled in, and so shows what it began with.
const NOT_SET: u16 = 25;

/// What a field shows whose data begin at `at`. Fields for text show it as their result.
pub(super) fn shown(data: &[u8], at: usize) -> Option<String> {
    let length = u32_at(data, at)? as usize;
    let head = usize::from(u16_at(data, at + 4)?);
    let own = data.get(at.checked_add(head)?..at.checked_add(length)?)?;
    if u32_at(own, 0)? != u32::MAX {
        return None;
    }
    let bits = u16_at(own, 4)?;
    let (kind, set) = (bits & 3, bits >> 2 & 0x1F);
    let mut at = after_text(own, 10)?;
    let first = u16_at(own, at)?;
    at += 2;
    let value = if set == NOT_SET { first } else { set };
    match kind {
        1 => Some(if value == 1 { "☒" } else { "☐" }.to_owned()),
        2 => {
            for _ in 0..5 {
                at = after_text(own, at)?;
            }
            choice(own.get(at..)?, usize::from(value))
        }
        _ => None,
    }
}

/// Where the text that begins at `at` ends: its length, its characters, a zero.
fn after_text(bytes: &[u8], at: usize) -> Option<usize> {
    Some(at + 2 + usize::from(u16_at(bytes, at)?) * 2 + 2)
}

fn choice(list: &[u8], wanted: usize) -> Option<String> {
    let count = usize::from(u16_at(list, 2)?);
    let mut at = 6;
    for index in 0..count {
        let length = usize::from(u16_at(list, at)?) * 2;
        if index == wanted {
            let text = list.get(at + 2..at + 2 + length)?;
            return Some(encoding_rs::UTF_16LE.decode_without_bom_handling(text).0.into_owned());
        }
        at += 2 + length;
    }
    None
}
