//! How a camera was held, as its pictures say.

use super::picture::Quarter;

/// First turned, then mirrored left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orientation {
    pub quarter: Quarter,
    pub mirrored: bool,
}

const TAG: u16 = 0x0112;

impl Orientation {
    /// The eight codes of EXIF and TIFF.
    pub fn from_code(code: u16) -> Self {
        let (quarter, mirrored) = match code {
            2 => (Quarter::None, true),
            3 => (Quarter::Half, false),
            4 => (Quarter::Half, true),
            5 => (Quarter::Right, true),
            6 => (Quarter::Right, false),
            7 => (Quarter::Left, true),
            8 => (Quarter::Left, false),
            _ => (Quarter::None, false),
        };
        Self { quarter, mirrored }
    }
}

/// Upright, where nothing else can be made out.
pub fn orientation(exif: &[u8]) -> Orientation {
    code(exif).map(Orientation::from_code).unwrap_or_default()
}

fn code(exif: &[u8]) -> Option<u16> {
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    let little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let two = <[u8; 2]>::try_from(tiff.get(at..at.checked_add(2)?)?).ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let four = <[u8; 4]>::try_from(tiff.get(4..8)?).ok()?;
    let first = if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    let first = usize::try_from(first).ok()?;
    let entries = usize::from(short(first)?);
    let entry = (0..entries).map(|n| first + 2 + n * 12).find(|at| short(*at) == Some(TAG))?;
    short(entry + 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_is_found_in_both_byte_orders() {
        let little = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        assert_eq!(orientation(little).quarter, Quarter::Right);
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0";
        assert_eq!(orientation(big).quarter, Quarter::Half);
        assert_eq!(orientation(b"II*\0\xff\xff\xff\xff"), Orientation::default());
        assert_eq!(orientation(b""), Orientation::default());
    }
}
