//! From the bytes of a file to pictures: PNG, JPEG, TIFF of many pages, WebP, BMP.

use std::io::Cursor;

use tiff::ColorType;
use tiff::decoder::DecodingResult;
use tiff::tags::Tag;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::error::RecogniseError;
use super::exif;
use super::picture::{Picture, Quarter};

/// Larger than this is no page. A sheet of A3 at 600 dpi has 70 million.
const MAX_PIXELS: usize = 120_000_000;

/// A file of pictures. Those of a TIFF are decoded one by one.
pub enum Pictures<'a> {
    One(Option<Picture>),
    Tiff(Box<tiff::decoder::Decoder<Cursor<&'a [u8]>>>),
}

/// Opens a file by what its first bytes say.
pub fn open(bytes: &[u8]) -> Result<Pictures<'_>, RecogniseError> {
    let one = |picture: Result<Picture, RecogniseError>| Ok(Pictures::One(Some(picture?)));
    match bytes.get(..12).unwrap_or(bytes) {
        [0x89, b'P', b'N', b'G', ..] => one(png(bytes)),
        [0xFF, 0xD8, 0xFF, ..] => one(jpeg(bytes)),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => one(webp(bytes)),
        [b'B', b'M', ..] => one(bmp(bytes)),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => {
            let decoder = tiff::decoder::Decoder::new(Cursor::new(bytes)).map_err(damaged)?;
            let mut limits = tiff::decoder::Limits::default();
            limits.decoding_buffer_size = MAX_PIXELS * 4;
            limits.intermediate_buffer_size = MAX_PIXELS * 4;
            Ok(Pictures::Tiff(Box::new(decoder.with_limits(limits))))
        }
        _ => Err(RecogniseError::picture("it is no PNG, JPEG, TIFF, WebP or BMP")),
    }
}

impl Pictures<'_> {
    /// The page with this 0-based number, as people see it. Each may be asked for once.
    pub fn page(&mut self, index: usize) -> Result<Picture, RecogniseError> {
        match self {
            Self::One(picture) => picture
                .take()
                .filter(|_| index == 0)
                .ok_or_else(|| RecogniseError::picture("it has no such page")),
            Self::Tiff(decoder) => {
                decoder.seek_to_image(index).map_err(damaged)?;
                tiff(decoder)
            }
        }
    }
}

fn damaged(error: impl std::fmt::Display) -> RecogniseError {
    RecogniseError::picture(error.to_string())
}

fn checked(width: usize, height: usize) -> Result<(usize, usize), RecogniseError> {
    match width.checked_mul(height) {
        Some(1..=MAX_PIXELS) => Ok((width, height)),
        _ => Err(RecogniseError::picture(format!("it has {width} × {height} pixels"))),
    }
}

fn whole(width: usize, height: usize, rgb: Vec<u8>) -> Result<Picture, RecogniseError> {
    Picture::from_rgb(width, height, rgb).ok_or_else(|| RecogniseError::picture("it is cut short"))
}

fn png(bytes: &[u8]) -> Result<Picture, RecogniseError> {
    let mut decoder =
        png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MAX_PIXELS * 4 });
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(damaged)?;
    let info = reader.info();
    let orientation = info.exif_metadata.as_deref().map(exif::orientation).unwrap_or_default();
    let (width, height) = checked(info.width as usize, info.height as usize)?;
    let size = reader.output_buffer_size().ok_or_else(|| RecogniseError::picture("it is too large"))?;
    let mut pixels = vec![0; size];
    let frame = reader.next_frame(&mut pixels).map_err(damaged)?;
    pixels.truncate(frame.buffer_size());
    let channels = frame.color_type.samples();
    whole(width, height, to_rgb(&pixels, channels)).map(|picture| orientation.apply(picture))
}

fn jpeg(bytes: &[u8]) -> Result<Picture, RecogniseError> {
    let options = DecoderOptions::default()
        .jpeg_set_out_colorspace(ColorSpace::RGB)
        .set_max_width(65_500)
        .set_max_height(65_500);
    let mut decoder = zune_jpeg::JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().map_err(damaged)?;
    let (width, height) = decoder.dimensions().ok_or_else(|| RecogniseError::picture("it has no size"))?;
    checked(width, height)?;
    let rgb = decoder.decode().map_err(damaged)?;
    let orientation = decoder.exif().map(|exif| exif::orientation(exif)).unwrap_or_default();
    whole(width, height, rgb).map(|picture| orientation.apply(picture))
}

fn webp(bytes: &[u8]) -> Result<Picture, RecogniseError> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(damaged)?;
    let (width, height) = decoder.dimensions();
    let (width, height) = checked(width as usize, height as usize)?;
    decoder.set_memory_limit(MAX_PIXELS * 4);
    let size = decoder.output_buffer_size().ok_or_else(|| RecogniseError::picture("it is too large"))?;
    let channels = if decoder.has_alpha() { 4 } else { 3 };
    let exif = decoder.exif_metadata().ok().flatten();
    let mut pixels = vec![0; size];
    decoder.read_image(&mut pixels).map_err(damaged)?;
    let orientation = exif.as_deref().map(exif::orientation).unwrap_or_default();
    whole(width, height, to_rgb(&pixels, channels)).map(|picture| orientation.apply(picture))
}

fn bmp(bytes: &[u8]) -> Result<Picture, RecogniseError> {
    let (width, height, rgb) = super::bmp::decode(bytes, MAX_PIXELS)?;
    whole(width, height, rgb)
}

fn tiff(decoder: &mut tiff::decoder::Decoder<Cursor<&[u8]>>) -> Result<Picture, RecogniseError> {
    let (width, height) = decoder.dimensions().map_err(damaged)?;
    let (width, height) = checked(width as usize, height as usize)?;
    let colours = decoder.colortype().map_err(damaged)?;
    let orientation = decoder.find_tag_unsigned::<u16>(Tag::Orientation).ok().flatten();
    let map = match colours {
        ColorType::Palette(_) => decoder.get_tag_u16_vec(Tag::ColorMap).map_err(damaged)?,
        _ => Vec::new(),
    };
    let samples = match decoder.read_image().map_err(damaged)? {
        DecodingResult::U8(samples) => samples,
        DecodingResult::U16(samples) => samples.iter().map(|it| (it >> 8) as u8).collect(),
        DecodingResult::F32(samples) => samples.iter().map(|it| (it.clamp(0.0, 1.0) * 255.0) as u8).collect(),
        _ => return Err(RecogniseError::picture("its kind of numbers is not read")),
    };
    let row = samples.len() / height;
    let rgb = match colours {
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let step = 255 / ((1u16 << bits) - 1) as u8;
            unpacked(&samples, row, width, bits).flat_map(|value| [value * step; 3]).collect()
        }
        ColorType::Palette(bits) => {
            let entries = map.len() / 3;
            let colour = |index: u8| {
                let part = |plane: usize| {
                    map.get(plane * entries + usize::from(index)).map_or(0, |value| (value >> 8) as u8)
                };
                [part(0), part(1), part(2)]
            };
            unpacked(&samples, row, width, bits).flat_map(colour).collect()
        }
        ColorType::Gray(_) => to_rgb(&samples, 1),
        ColorType::GrayA(_) => to_rgb(&samples, 2),
        ColorType::RGB(_) => samples,
        ColorType::RGBA(_) => to_rgb(&samples, 4),
        ColorType::CMYK(_) => samples.chunks_exact(4).flat_map(printed).collect(),
        ColorType::CMYKA(_) => samples.chunks_exact(5).flat_map(printed).collect(),
        ColorType::YCbCr(_) => samples.chunks_exact(3).flat_map(from_video).collect(),
        ColorType::Multiband { num_samples, .. } if num_samples > 0 => {
            let grey = samples.chunks_exact(usize::from(num_samples)).map(|pixel| pixel[0]);
            grey.flat_map(|value| [value; 3]).collect()
        }
        _ => return Err(RecogniseError::picture("its kind of colours is not read")),
    };
    let orientation = orientation.map(exif::Orientation::from_code).unwrap_or_default();
    whole(width, height, rgb).map(|picture| orientation.apply(picture))
}

/// Values of a few bits each, whose rows begin at a byte.
fn unpacked(bytes: &[u8], row: usize, width: usize, bits: u8) -> impl Iterator<Item = u8> {
    let bits = usize::from(bits.clamp(1, 8));
    let mask = u8::try_from((1u16 << bits) - 1).unwrap_or(u8::MAX);
    bytes.chunks_exact(row.max(1)).flat_map(move |row| {
        (0..width).map(move |x| {
            let at = x * bits;
            row.get(at / 8).map_or(0, |byte| (byte >> (8 - bits - at % 8)) & mask)
        })
    })
}

fn printed(ink: &[u8]) -> [u8; 3] {
    let mixed = |part: u8| {
        let light = u16::from(255 - part) * u16::from(255 - ink[3]) / 255;
        u8::try_from(light).unwrap_or(u8::MAX)
    };
    [mixed(ink[0]), mixed(ink[1]), mixed(ink[2])]
}

fn from_video(pixel: &[u8]) -> [u8; 3] {
    let [luma, blue, red] = [f32::from(pixel[0]), f32::from(pixel[1]) - 128.0, f32::from(pixel[2]) - 128.0];
    [luma + 1.402 * red, luma - 0.344_14 * blue - 0.714_14 * red, luma + 1.772 * blue]
        .map(|value| value.round().clamp(0.0, 255.0) as u8)
}

/// What is transparent shows white paper.
fn to_rgb(pixels: &[u8], channels: usize) -> Vec<u8> {
    let over_white = |value: u8, alpha: u8| {
        let alpha = u16::from(alpha);
        let mixed = (u16::from(value) * alpha + 255 * (255 - alpha)) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    match channels {
        1 => pixels.iter().flat_map(|value| [*value; 3]).collect(),
        2 => pixels.chunks_exact(2).flat_map(|pixel| [over_white(pixel[0], pixel[1]); 3]).collect(),
        4 => pixels
            .chunks_exact(4)
            .flat_map(|pixel| [0, 1, 2].map(|channel| over_white(pixel[channel], pixel[3])))
            .collect(),
        _ => pixels.to_vec(),
    }
}

/// How the picture must be turned so that people see it upright.
impl exif::Orientation {
    fn apply(self, picture: Picture) -> Picture {
        let turned = match self.quarter {
            Quarter::None => picture,
            quarter => picture.turned(quarter),
        };
        if self.mirrored { turned.mirrored() } else { turned }
    }
}
