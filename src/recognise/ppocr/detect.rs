//! Where text is: the network's map of it, and rectangles around what belongs together.

use ort::environment::Environment;
use ort::session::Session;

use super::super::error::RecogniseError;
use super::super::geometry::{Point, Slanted, median, smallest_around};
use super::super::picture::Picture;
use super::runtime;

/// The longest side that the network sees at first.
const LONGEST: usize = 1472;
/// And where letters turn out to be small.
const LONGEST_AGAIN: usize = 2240;
/// Lines lower than this on the map are small.
const SMALL: f32 = 15.0;
/// Both sides of what the network takes are multiples of this.
const STEP: usize = 32;

/// A point of the map is text from here on.
const TEXT: f32 = 0.3;
/// A rectangle is kept if its points are this much text on average.
const KEPT: f32 = 0.5;
/// The map shows the heart of lines: they are this much larger.
const UNCLIP: f32 = 1.6;
const MIN_SIDE: f32 = 3.0;
const MAX_BOXES: usize = 3000;

pub struct Detector {
    session: Session,
}

impl Detector {
    pub fn open(environment: &Environment, model: &[u8], threads: usize) -> Result<Self, RecogniseError> {
        Ok(Self { session: runtime::session(environment, model, threads)? })
    }

    /// Rectangles around lines, in the picture's own measures.
    pub fn boxes(&mut self, picture: &Picture) -> Result<Vec<Slanted>, RecogniseError> {
        let (boxes, scale) = self.at(picture, LONGEST)?;
        if picture.longest() <= LONGEST || boxes.is_empty() {
            return Ok(boxes);
        }
        let low = median(boxes.iter().map(|it| it.height.min(it.width) * scale).collect());
        if low < SMALL { Ok(self.at(picture, LONGEST_AGAIN)?.0) } else { Ok(boxes) }
    }

    fn at(&mut self, picture: &Picture, longest: usize) -> Result<(Vec<Slanted>, f32), RecogniseError> {
        let scale = (longest as f32 / picture.longest() as f32).min(1.0);
        let side = |side: usize| (side as f32 * scale).round().max(1.0) as usize;
        let (width, height) = (side(picture.width), side(picture.height));
        let frame = |side: usize| side.div_ceil(STEP).max(2) * STEP;
        let (frame_width, frame_height) = (frame(width), frame(height));
        // White, as paper: what is filled in must not look like an edge.
        let mut input = vec![1.0; 3 * frame_width * frame_height];
        picture.resized(width, height).write_planes(&mut input, frame_width, frame_height);
        let shape = [1, 3, frame_height, frame_width];
        let found = runtime::run(&mut self.session, (shape, input), |shape, map| {
            let matches = shape.last() == i64::try_from(frame_width).ok().as_ref();
            if matches { boxes_on(map, frame_width, frame_height) } else { Vec::new() }
        })?;
        let (x, y) = (picture.width as f32 / width as f32, picture.height as f32 / height as f32);
        Ok((found.into_iter().map(|it| it.scaled(x, y)).collect(), scale))
    }
}

/// Rectangles around the connected parts of a map.
fn boxes_on(map: &[f32], width: usize, height: usize) -> Vec<Slanted> {
    let mut left = thick(map, width, height);
    let (mut boxes, mut stack, mut points) = (Vec::new(), Vec::new(), Vec::new());
    for start in 0..left.len() {
        if !std::mem::take(&mut left[start]) {
            continue;
        }
        points.clear();
        stack.push(start);
        while let Some(at) = stack.pop() {
            let (x, y) = (at % width, at / width);
            points.push((x as f32, y as f32));
            for near_y in y.saturating_sub(1)..(y + 2).min(height) {
                for near_x in x.saturating_sub(1)..(x + 2).min(width) {
                    let near = near_y * width + near_x;
                    if std::mem::take(&mut left[near]) {
                        stack.push(near);
                    }
                }
            }
        }
        boxes.extend(around(&mut points, map, width, height));
        if boxes.len() >= MAX_BOXES {
            break;
        }
    }
    boxes
}

/// Which points are text, each grown by one to the right and down: breaks of one point close.
fn thick(map: &[f32], width: usize, height: usize) -> Vec<bool> {
    let mut mask = vec![false; width * height];
    for y in 0..height {
        for x in 0..width {
            if map[y * width + x] > TEXT {
                for near_y in y..(y + 2).min(height) {
                    for near_x in x..(x + 2).min(width) {
                        mask[near_y * width + near_x] = true;
                    }
                }
            }
        }
    }
    mask
}

fn around(points: &mut Vec<Point>, map: &[f32], width: usize, height: usize) -> Option<Slanted> {
    let heart = smallest_around(points)?;
    if heart.width.min(heart.height) < MIN_SIDE || score(&heart, map, width, height) < KEPT {
        return None;
    }
    let distance = heart.width * heart.height * UNCLIP / (2.0 * (heart.width + heart.height));
    let grown = heart.grown(distance);
    (grown.width.min(grown.height) >= MIN_SIDE + 2.0).then_some(grown)
}

fn score(area: &Slanted, map: &[f32], width: usize, height: usize) -> f32 {
    let [left, top, right, bottom] = area.around(0.0, 1.0);
    let (mut sum, mut count) = (0.0f32, 0.0f32);
    for y in (top.max(0.0) as usize)..=(bottom.max(0.0) as usize).min(height - 1) {
        for x in (left.max(0.0) as usize)..=(right.max(0.0) as usize).min(width - 1) {
            if area.holds((x as f32, y as f32)) {
                sum += map[y * width + x];
                count += 1.0;
            }
        }
    }
    sum / count.max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_map_become_rectangles() {
        let (width, height) = (100, 60);
        let mut map = vec![0.0; width * height];
        for y in 10..20 {
            map[y * width + 10..y * width + 60].fill(0.9);
        }
        // Faint, and a speck.
        for y in 40..50 {
            map[y * width + 10..y * width + 60].fill(0.4);
        }
        map[55 * width + 90] = 1.0;
        let boxes = boxes_on(&map, width, height);
        assert_eq!(boxes.len(), 1, "{boxes:?}");
        assert!((boxes[0].centre.0 - 35.0).abs() < 1.0 && (boxes[0].centre.1 - 15.0).abs() < 1.0);
        assert!(boxes[0].width > 60.0 && boxes[0].height > 20.0, "{boxes:?}");
    }
}
