//! A picture in memory: three bytes a pixel, and what is done with it before it is read.

use serde::{Deserialize, Serialize};

/// A raster of red, green and blue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub rgb: Vec<u8>,
}

/// Turned clockwise by so many quarters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Quarter {
    #[default]
    None,
    Right,
    Half,
    Left,
}

impl Quarter {
    pub const fn degrees(self) -> i64 {
        self.count() as i64 * 90
    }

    const fn count(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Right => 1,
            Self::Half => 2,
            Self::Left => 3,
        }
    }

    /// Where a point of the turned picture is in the one that was turned; both sizes 1.
    pub const fn undo(self, (x, y): (f32, f32)) -> (f32, f32) {
        match self {
            Self::None => (x, y),
            Self::Right => (y, 1.0 - x),
            Self::Half => (1.0 - x, 1.0 - y),
            Self::Left => (1.0 - y, x),
        }
    }
}

impl Picture {
    pub fn white(width: usize, height: usize) -> Self {
        Self { width, height, rgb: vec![255; width * height * 3] }
    }

    /// `None` when there are fewer bytes than the size asks for.
    pub fn from_rgb(width: usize, height: usize, mut rgb: Vec<u8>) -> Option<Self> {
        let bytes = width.checked_mul(height)?.checked_mul(3)?;
        if width == 0 || height == 0 || rgb.len() < bytes {
            return None;
        }
        rgb.truncate(bytes);
        Some(Self { width, height, rgb })
    }

    pub fn longest(&self) -> usize {
        self.width.max(self.height)
    }

    pub fn turned(&self, quarter: Quarter) -> Self {
        let (width, height) = match quarter {
            Quarter::None => return self.clone(),
            Quarter::Half => (self.width, self.height),
            Quarter::Right | Quarter::Left => (self.height, self.width),
        };
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match quarter {
                    Quarter::None => (x, y),
                    Quarter::Right => (y, self.height - 1 - x),
                    Quarter::Half => (self.width - 1 - x, self.height - 1 - y),
                    Quarter::Left => (self.width - 1 - y, x),
                };
                let at = (from_y * self.width + from_x) * 3;
                rgb.extend_from_slice(&self.rgb[at..at + 3]);
            }
        }
        Self { width, height, rgb }
    }

    /// Mirrored left to right.
    pub fn mirrored(&self) -> Self {
        let mut rgb = Vec::with_capacity(self.rgb.len());
        for row in self.rgb.chunks_exact(self.width * 3) {
            row.chunks_exact(3).rev().for_each(|pixel| rgb.extend_from_slice(pixel));
        }
        Self { width: self.width, height: self.height, rgb }
    }

    /// Scaled with a triangle filter, which takes in all pixels when it shrinks.
    pub fn resized(&self, width: usize, height: usize) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        if (width, height) == (self.width, self.height) {
            return self.clone();
        }
        let across = Weights::new(self.width, width);
        let mut narrow = vec![0u8; width * self.height * 3];
        for (row, out) in self.rgb.chunks_exact(self.width * 3).zip(narrow.chunks_exact_mut(width * 3)) {
            for (pixel, (first, weights)) in out.chunks_exact_mut(3).zip(across.iter()) {
                let mut sum = [0.5f32; 3];
                for (from, weight) in row[first * 3..].chunks_exact(3).zip(weights) {
                    for (sum, from) in sum.iter_mut().zip(from) {
                        *sum += f32::from(*from) * weight;
                    }
                }
                for (pixel, sum) in pixel.iter_mut().zip(sum) {
                    *pixel = sum as u8;
                }
            }
        }
        let down = Weights::new(self.height, height);
        let mut rgb = vec![0u8; width * height * 3];
        let mut sums = vec![0f32; width * 3];
        for (out, (first, weights)) in rgb.chunks_exact_mut(width * 3).zip(down.iter()) {
            sums.fill(0.5);
            for (from, weight) in narrow[first * width * 3..].chunks_exact(width * 3).zip(weights) {
                for (sum, from) in sums.iter_mut().zip(from) {
                    *sum += f32::from(*from) * weight;
                }
            }
            for (out, sum) in out.iter_mut().zip(&sums) {
                *out = *sum as u8;
            }
        }
        Self { width, height, rgb }
    }

    /// With the longest side no longer than that.
    pub fn within(self, longest: usize) -> Self {
        if self.longest() <= longest {
            return self;
        }
        let scale = longest as f32 / self.longest() as f32;
        let scaled = |side: usize| ((side as f32 * scale).round() as usize).max(1);
        self.resized(scaled(self.width), scaled(self.height))
    }

    /// The rectangle around a centre whose sides are `along` and across it, upright. White outside the picture.
    pub fn upright(&self, centre: (f32, f32), along: (f32, f32), width: usize, height: usize) -> Self {
        let mut cut = Self::white(width, height);
        let across = (-along.1, along.0);
        let (half_width, half_height) = (width as f32 / 2.0, height as f32 / 2.0);
        for (y, row) in cut.rgb.chunks_exact_mut(width * 3).enumerate() {
            let down = y as f32 + 0.5 - half_height;
            for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
                let right = x as f32 + 0.5 - half_width;
                let from_x = centre.0 + right * along.0 + down * across.0 - 0.5;
                let from_y = centre.1 + right * along.1 + down * across.1 - 0.5;
                self.sample(from_x, from_y, pixel);
            }
        }
        cut
    }

    /// Turned by a small angle (the direction of its lines becomes horizontal), in a frame of the same size.
    pub fn levelled(&self, along: (f32, f32)) -> Self {
        self.upright((self.width as f32 / 2.0, self.height as f32 / 2.0), along, self.width, self.height)
    }

    fn sample(&self, x: f32, y: f32, pixel: &mut [u8]) {
        let (left, top) = (x.floor(), y.floor());
        let (right_share, low_share) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let inside = |x: i64, y: i64| {
            let (x, y) = (usize::try_from(x).ok()?, usize::try_from(y).ok()?);
            (x < self.width && y < self.height).then_some((y * self.width + x) * 3)
        };
        let mut sum = [0.5f32; 3];
        for (dx, dy, weight) in [
            (0, 0, (1.0 - right_share) * (1.0 - low_share)),
            (1, 0, right_share * (1.0 - low_share)),
            (0, 1, (1.0 - right_share) * low_share),
            (1, 1, right_share * low_share),
        ] {
            match inside(left + dx, top + dy) {
                Some(at) => {
                    for (sum, from) in sum.iter_mut().zip(&self.rgb[at..at + 3]) {
                        *sum += f32::from(*from) * weight;
                    }
                }
                None => sum.iter_mut().for_each(|sum| *sum += 255.0 * weight),
            }
        }
        for (pixel, sum) in pixel.iter_mut().zip(sum) {
            *pixel = sum as u8;
        }
    }

    /// As a network takes it: planes of blue, green and red between -1 and 1, into a frame that may be larger.
    pub fn write_planes(&self, out: &mut [f32], frame_width: usize, frame_height: usize) {
        let plane = frame_width * frame_height;
        for (y, row) in self.rgb.chunks_exact(self.width * 3).enumerate().take(frame_height) {
            for (x, pixel) in row.chunks_exact(3).enumerate().take(frame_width) {
                let at = y * frame_width + x;
                for (channel, value) in pixel.iter().rev().enumerate() {
                    out[channel * plane + at] = f32::from(*value) / 127.5 - 1.0;
                }
            }
        }
    }
}

impl Picture {
    /// White outside these rectangles: left, top, right, bottom.
    pub fn keep_only(&mut self, areas: &[[f32; 4]]) {
        for (y, row) in self.rgb.chunks_exact_mut(self.width * 3).enumerate() {
            let y = y as f32 + 0.5;
            let mut spans: Vec<(f32, f32)> =
                areas.iter().filter(|it| y >= it[1] && y <= it[3]).map(|it| (it[0], it[2])).collect();
            spans.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut white_from = 0usize;
            for (left, right) in spans {
                let (left, right) = (left.max(0.0) as usize, right.max(0.0).ceil() as usize);
                let end = (left * 3).min(row.len());
                if white_from * 3 < end {
                    row[white_from * 3..end].fill(255);
                }
                white_from = white_from.max(right);
            }
            if let Some(rest) = row.get_mut(white_from * 3..) {
                rest.fill(255);
            }
        }
    }

    /// Whether all of it has about one colour.
    pub fn is_blank(&self) -> bool {
        let near = |at: usize| {
            let first = self.rgb.get(at).copied().unwrap_or_default();
            self.rgb.iter().skip(at).step_by(3).all(|value| value.abs_diff(first) < 24)
        };
        (0..3).all(near)
    }

    /// One byte a pixel.
    pub fn grey(&self) -> Vec<u8> {
        let grey = |pixel: &[u8]| {
            let weighed = u32::from(pixel[0]) * 77 + u32::from(pixel[1]) * 150 + u32::from(pixel[2]) * 29;
            u8::try_from(weighed >> 8).unwrap_or(255)
        };
        self.rgb.chunks_exact(3).map(grey).collect()
    }
}

/// For each new pixel: the first old one that it takes from, and how much of each.
struct Weights {
    starts: Vec<(usize, usize)>,
    weights: Vec<f32>,
}

impl Weights {
    fn new(from: usize, to: usize) -> Self {
        let scale = from as f32 / to as f32;
        let reach = scale.max(1.0);
        let (mut starts, mut weights) = (Vec::with_capacity(to), Vec::new());
        for at in 0..to {
            let centre = (at as f32 + 0.5) * scale;
            let first = ((centre - reach).floor().max(0.0)) as usize;
            let end = ((centre + reach).ceil() as usize).min(from);
            let begin = weights.len();
            let weigh = |pixel: usize| (1.0 - ((pixel as f32 + 0.5 - centre) / reach).abs()).max(0.0);
            weights.extend((first..end).map(weigh));
            let sum: f32 = weights[begin..].iter().sum();
            weights[begin..].iter_mut().for_each(|weight| *weight /= sum.max(f32::MIN_POSITIVE));
            starts.push((first, begin));
        }
        Self { starts, weights }
    }

    fn iter(&self) -> impl Iterator<Item = (usize, &[f32])> {
        let ends = self.starts.iter().skip(1).map(|(_, begin)| *begin).chain([self.weights.len()]);
        self.starts.iter().zip(ends).map(|((first, begin), end)| (*first, &self.weights[*begin..end]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered() -> Picture {
        Picture::from_rgb(3, 2, (0..6).flat_map(|n| [n * 10; 3]).collect()).unwrap()
    }

    fn values(picture: &Picture) -> Vec<u8> {
        picture.rgb.chunks(3).map(|pixel| pixel[0] / 10).collect()
    }

    #[test]
    fn turning_is_clockwise_and_can_be_undone() {
        let picture = numbered();
        assert_eq!(values(&picture.turned(Quarter::Right)), [3, 0, 4, 1, 5, 2]);
        assert_eq!(values(&picture.turned(Quarter::Half)), [5, 4, 3, 2, 1, 0]);
        assert_eq!(values(&picture.turned(Quarter::Left)), [2, 5, 1, 4, 0, 3]);
        assert_eq!(picture.turned(Quarter::Left).turned(Quarter::Right), picture);
        // The left upper corner of the turned picture was the left lower one.
        assert_eq!(Quarter::Right.undo((0.0, 0.0)), (0.0, 1.0));
        assert_eq!(Quarter::Left.undo((0.0, 0.0)), (1.0, 0.0));
        assert_eq!(values(&picture.mirrored()), [2, 1, 0, 5, 4, 3]);
    }

    #[test]
    fn shrinking_takes_in_every_pixel() {
        let mut picture = Picture::white(64, 64);
        picture.rgb.iter_mut().step_by(6).for_each(|value| *value = 0);
        let small = picture.resized(4, 4);
        assert!(small.rgb.iter().all(|value| (100..=255).contains(value)), "{small:?}");
        assert_eq!(Picture::white(10, 5).within(4).rgb, [255; 4 * 2 * 3]);
        assert_eq!(Picture::white(3, 3).resized(7, 9).rgb, [255; 7 * 9 * 3]);
    }

    #[test]
    fn what_is_not_kept_becomes_white() {
        let mut picture = numbered();
        picture.keep_only(&[[0.0, 0.0, 1.0, 1.0], [2.0, 0.0, 3.0, 2.0]]);
        assert_eq!(values(&picture), [0, 25, 2, 25, 25, 5]);
        assert!(!picture.is_blank() && Picture::white(9, 9).is_blank());
    }

    #[test]
    fn what_lies_outside_is_white() {
        let cut = Picture::from_rgb(2, 2, vec![0; 12]).unwrap().upright((0.0, 1.0), (1.0, 0.0), 4, 2);
        assert_eq!(cut.rgb[0], 255);
        assert_eq!(cut.rgb[9], 0);
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        assert!(Picture::from_rgb(2, 2, vec![0; 11]).is_none());
        assert!(Picture::from_rgb(usize::MAX, 2, vec![0; 11]).is_none());
    }
}
