//! Windows bitmaps: 1 to 32 bits a pixel, as they are or run-length encoded.

use super::error::RecogniseError;

/// Width, height, and three bytes a pixel from the top.
pub type Decoded = (usize, usize, Vec<u8>);

struct Header {
    width: usize,
    height: usize,
    from_top: bool,
    bits: usize,
    compression: u32,
    /// Where in the file the pixels begin.
    data: usize,
    /// Red, green, blue.
    palette: Vec<[u8; 3]>,
    /// Of pixels of 16 and 32 bits.
    masks: [u32; 3],
}

/// Decodes a bitmap of at most so many pixels.
pub fn decode(bytes: &[u8], most: usize) -> Result<Decoded, RecogniseError> {
    let header = header(bytes).ok_or_else(|| RecogniseError::picture("its head is cut short"))?;
    match header.width.checked_mul(header.height) {
        Some(1..) if header.width * header.height <= most => {}
        _ => {
            let (width, height) = (header.width, header.height);
            return Err(RecogniseError::picture(format!("it has {width} × {height} pixels")));
        }
    }
    let data = bytes.get(header.data..).unwrap_or_default();
    let rows = match (header.compression, header.bits) {
        (0, 1 | 2 | 4 | 8 | 16 | 24 | 32) | (3 | 6, 16 | 32) => plain(&header, data),
        (1, 8) | (2, 4) => run_lengths(&header, data),
        (compression, bits) => {
            let kind = format!("its kind of compression ({compression}, {bits} bits) is not read");
            return Err(RecogniseError::picture(kind));
        }
    };
    let mut rgb = Vec::with_capacity(header.width * header.height * 3);
    let order: Box<dyn Iterator<Item = usize>> =
        if header.from_top { Box::new(0..header.height) } else { Box::new((0..header.height).rev()) };
    for row in order {
        rgb.extend(rows[row * header.width..(row + 1) * header.width].iter().flatten());
    }
    Ok((header.width, header.height, rgb))
}

fn header(bytes: &[u8]) -> Option<Header> {
    let four = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let two = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let size = four(14)? as usize;
    let old = size == 12;
    let (width, height) = match old {
        true => (i64::from(two(18)?), i64::from(two(20)?)),
        false => (i64::from(four(18)?.cast_signed()), i64::from(four(22)?.cast_signed())),
    };
    let bits = usize::from(if old { two(24)? } else { two(28)? });
    let compression = if old { 0 } else { four(30)? };
    let data = four(10)? as usize;
    let masks_behind = !old && size == 40 && matches!(compression, 3 | 6);
    let masks = match compression {
        3 | 6 => [four(54)?, four(58)?, four(62)?],
        _ if bits == 16 => [0x7C00, 0x03E0, 0x001F],
        _ => [0x00FF_0000, 0x0000_FF00, 0x0000_00FF],
    };
    let start = 14 + size + if masks_behind { 12 } else { 0 };
    let entry = if old { 3 } else { 4 };
    let colours = if bits <= 8 { 1usize << bits } else { 0 };
    let palette = bytes.get(start..data).unwrap_or_default().chunks_exact(entry).take(colours);
    let palette = palette.map(|it| [it[2], it[1], it[0]]).collect();
    Some(Header {
        width: usize::try_from(width).ok()?,
        height: usize::try_from(height.unsigned_abs()).ok()?,
        from_top: height < 0,
        bits,
        compression,
        data,
        palette,
        masks,
    })
}

/// Rows in the order of the file; what is missing at the end is white.
fn plain(header: &Header, data: &[u8]) -> Vec<[u8; 3]> {
    let stride = (header.width * header.bits).div_ceil(32) * 4;
    let mut pixels = vec![[255; 3]; header.width * header.height];
    for (row, out) in data.chunks(stride).zip(pixels.chunks_exact_mut(header.width)) {
        for (x, pixel) in out.iter_mut().enumerate() {
            *pixel = match header.bits {
                bits @ 1..=8 => {
                    let at = x * bits;
                    let mask = u8::try_from((1u16 << bits) - 1).unwrap_or(u8::MAX);
                    let index = row.get(at / 8).map(|byte| (byte >> (8 - bits - at % 8)) & mask);
                    index.map_or([255; 3], |index| header.colour(index))
                }
                24 => row.get(x * 3..x * 3 + 3).map_or([255; 3], |it| [it[2], it[1], it[0]]),
                bits => {
                    let value = row.get(x * bits / 8..(x + 1) * bits / 8);
                    let fold =
                        |it: &[u8]| it.iter().rev().fold(0u32, |value, byte| value << 8 | u32::from(*byte));
                    value.map_or([255; 3], |it| header.masks.map(|mask| share(fold(it), mask)))
                }
            };
        }
    }
    pixels
}

fn run_lengths(header: &Header, data: &[u8]) -> Vec<[u8; 3]> {
    let mut pixels = vec![header.colour(0); header.width * header.height];
    let (mut x, mut y) = (0usize, 0usize);
    let mut put = |x: usize, y: usize, index: u8| {
        if x < header.width && y < header.height {
            pixels[y * header.width + x] = header.colour(index);
        }
    };
    let wide = header.bits == 8;
    let nth = |byte: u8, at: usize| match (wide, at % 2) {
        (true, _) => byte,
        (false, 0) => byte >> 4,
        (false, _) => byte & 15,
    };
    let mut rest = data;
    while let [count, value, after @ ..] = rest {
        rest = after;
        match (*count, *value) {
            (0, 0) => (x, y) = (0, y + 1),
            (0, 1) => break,
            (0, 2) => {
                let [right, down, after @ ..] = rest else { break };
                (x, y) = (x + usize::from(*right), y + usize::from(*down));
                rest = after;
            }
            (0, literal) => {
                let literal = usize::from(literal);
                let bytes = if wide { literal } else { literal.div_ceil(2) };
                let Some(values) = rest.get(..bytes) else { break };
                for at in 0..literal {
                    put(x, y, nth(values[if wide { at } else { at / 2 }], at));
                    x += 1;
                }
                rest = rest.get(bytes.next_multiple_of(2)..).unwrap_or_default();
            }
            (count, value) => {
                for at in 0..usize::from(count) {
                    put(x, y, nth(value, at));
                    x += 1;
                }
            }
        }
    }
    pixels
}

impl Header {
    fn colour(&self, index: u8) -> [u8; 3] {
        self.palette.get(usize::from(index)).copied().unwrap_or_default()
    }
}

/// The part of a pixel under a mask, in 8 bits.
fn share(value: u32, mask: u32) -> u8 {
    if mask == 0 {
        return 0;
    }
    let most = mask >> mask.trailing_zeros();
    let part = (value & mask) >> mask.trailing_zeros();
    u8::try_from(u64::from(part) * 255 / u64::from(most)).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bitmap(bits: u16, compression: u32, palette: &[u8], data: &[u8]) -> Vec<u8> {
        let start = 54 + palette.len();
        let mut bytes = b"BM\0\0\0\0\0\0\0\0".to_vec();
        bytes.extend(u32::try_from(start).unwrap().to_le_bytes());
        for value in [40u32, 4, 2] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend([1, 0]);
        bytes.extend(bits.to_le_bytes());
        bytes.extend(compression.to_le_bytes());
        bytes.extend([0; 20]);
        bytes.extend(palette);
        bytes.extend(data);
        bytes
    }

    fn first(decoded: Result<Decoded, RecogniseError>) -> Vec<u8> {
        let (width, height, rgb) = decoded.unwrap();
        assert_eq!((width, height), (4, 2));
        rgb.chunks(3).map(|pixel| pixel[0]).collect()
    }

    #[test]
    fn rows_are_turned_over_and_colours_looked_up() {
        let palette = [0, 0, 9, 0, 0, 0, 200, 0];
        let two = bitmap(1, 0, &palette, &[0b1010_0000, 0, 0, 0, 0b0001_0000, 0, 0, 0]);
        assert_eq!(first(decode(&two, 100)), [9, 9, 9, 200, 200, 9, 200, 9]);
        let full = bitmap(24, 0, &[], &(0..24).collect::<Vec<u8>>());
        assert_eq!(first(decode(&full, 100)), [14, 17, 20, 23, 2, 5, 8, 11]);
        assert!(decode(&two, 7).is_err());
        assert_eq!(first(decode(&two[..two.len() - 8], 100)), [255; 8], "what is missing is white");
    }

    #[test]
    fn run_lengths_are_followed() {
        let palette = [0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0];
        let data = [3, 1, 1, 2, 0, 0, 0, 3, 2, 1, 2, 0, 0, 1];
        assert_eq!(first(decode(&bitmap(8, 1, &palette, &data), 100)), [3, 2, 3, 1, 2, 2, 2, 3]);
        assert!(decode(&bitmap(8, 4, &palette, &data), 100).is_err());
    }
}
