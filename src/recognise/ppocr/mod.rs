//! PP-OCR on ONNX Runtime: where lines are, which way up they stand, and what they say.

mod detect;
mod line;
mod orient;
mod runtime;

use std::path::{Path, PathBuf};

use ort::environment::Environment;
use serde::{Deserialize, Serialize};

use super::error::RecogniseError;
use super::geometry::{Slanted, median};
use super::layout::{Frame, Line};
use super::picture::{Picture, Quarter};
use super::{Found, Recogniser};

/// Where runtime and models are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ModelFiles {
    /// libonnxruntime.
    pub runtime: PathBuf,
    /// DB: a map of where text is.
    pub detection: PathBuf,
    /// CTC: a picture of a line to its text.
    pub recognition: PathBuf,
    /// Whether a line stands on its head.
    pub orientation: PathBuf,
}

pub struct PpOcr {
    detector: detect::Detector,
    reader: line::Reader,
    orienter: orient::Orienter,
}

/// The runtime and the bytes of the models: all that needs the file system. Sessions are made when a page wants them.
pub struct Loaded {
    environment: Environment,
    detection: Vec<u8>,
    recognition: Vec<u8>,
    orientation: Vec<u8>,
    threads: usize,
}

impl Loaded {
    pub fn load(files: &ModelFiles, threads: usize) -> Result<Self, RecogniseError> {
        let read = |path: &Path| {
            let failed = |error| RecogniseError::Unavailable(format!("{}: {error}", path.display()));
            std::fs::read(path).map_err(failed)
        };
        Ok(Self {
            environment: runtime::start(&files.runtime)?,
            detection: read(&files.detection)?,
            recognition: read(&files.recognition)?,
            orientation: read(&files.orientation)?,
            threads,
        })
    }

    pub fn open(&self) -> Result<PpOcr, RecogniseError> {
        Ok(PpOcr {
            detector: detect::Detector::open(&self.environment, &self.detection, self.threads)?,
            reader: line::Reader::open(&self.environment, &self.recognition, self.threads)?,
            orienter: orient::Orienter::open(&self.environment, &self.orientation)?,
        })
    }
}

/// A line that is surer than this is not tried again.
const SURE: f32 = 0.8;

/// Below this on average, the models do not know the script, or there is none.
const READABLE: f32 = 0.6;

impl PpOcr {
    /// Boxes that came back empty or unsure: once more with more room around them, and once more at another scale.
    fn try_again(
        &mut self,
        picture: &Picture,
        boxes: &[Slanted],
        read: &mut [line::Reading],
    ) -> Result<(), RecogniseError> {
        for (room, shrink) in [(0.18, 1.0), (-0.12, 1.0), (0.05, 0.7)] {
            let doubtful: Vec<usize> = (0..read.len())
                .filter(|&at| read[at].text.is_empty() || read[at].confidence < SURE)
                .collect();
            if doubtful.is_empty() {
                break;
            }
            let again: Vec<Slanted> = doubtful.iter().map(|&at| with_room(boxes[at], room)).collect();
            let crops = again.iter().map(|it| line::Crop::cut(picture, it, shrink)).collect();
            for (at, better) in doubtful.into_iter().zip(self.reader.read(crops)?) {
                let gains = better.confidence > read[at].confidence + 0.02;
                if !better.text.is_empty() && (read[at].text.is_empty() || gains) {
                    read[at] = better;
                }
            }
        }
        Ok(())
    }

    /// The picture upright, and the boxes on it.
    fn stand_up(
        &mut self,
        picture: &Picture,
    ) -> Result<(Quarter, Option<Picture>, Vec<Slanted>), RecogniseError> {
        let boxes = self.detector.boxes(picture)?;
        let area = |tall: bool| -> f32 {
            boxes.iter().filter(|it| it.is_tall() == tall).map(|it| it.width.max(it.height)).sum()
        };
        if area(true) <= area(false) {
            if self.stands_on_its_head(picture, &boxes)? {
                let turned = picture.turned(Quarter::Half);
                return Ok((Quarter::Half, Some(turned), over(&boxes, picture)));
            }
            return Ok((Quarter::None, None, boxes));
        }
        let turned = picture.turned(Quarter::Right);
        let on_turned = self.detector.boxes(&turned)?;
        if self.stands_on_its_head(&turned, &on_turned)? {
            let boxes = over(&on_turned, &turned);
            return Ok((Quarter::Left, Some(picture.turned(Quarter::Left)), boxes));
        }
        Ok((Quarter::Right, Some(turned), on_turned))
    }

    /// The classifier is asked about the longest lines; where it is unsure, both ways are read.
    fn stands_on_its_head(&mut self, picture: &Picture, boxes: &[Slanted]) -> Result<bool, RecogniseError> {
        let mut longest: Vec<&Slanted> = boxes.iter().filter(|it| !it.is_tall()).collect();
        longest.sort_by(|a, b| (b.width / b.height.max(1.0)).total_cmp(&(a.width / a.height.max(1.0))));
        longest.truncate(orient::ASKED);
        if longest.is_empty() {
            return Ok(false);
        }
        let crops: Vec<Picture> =
            longest.iter().map(|it| line::Crop::cut(picture, it, 1.0).picture).collect();
        let share = self.orienter.share_upside_down(&crops)?;
        if share < 0.25 {
            return Ok(false);
        }
        let crops: Vec<Picture> = crops.into_iter().take(5).collect();
        let both =
            |quarter: Quarter| crops.iter().map(move |it| line::Crop::of(it.turned(quarter))).collect();
        let (upright, turned) =
            (self.reader.read(both(Quarter::None))?, self.reader.read(both(Quarter::Half))?);
        Ok(line::mean_confidence(&turned) > line::mean_confidence(&upright))
    }
}

impl Recogniser for PpOcr {
    fn name(&self) -> &'static str {
        "pp-ocr"
    }

    fn read(&mut self, picture: &Picture) -> Result<Found, RecogniseError> {
        let (quarter, turned, boxes) = self.stand_up(picture)?;
        let upright = turned.as_ref().unwrap_or(picture);
        let crops = boxes.iter().map(|it| line::Crop::cut(upright, it, 1.0).narrower()).collect();
        let mut read = self.reader.read(crops)?;
        self.try_again(upright, &boxes, &mut read)?;
        let confidence = line::mean_confidence(&read);
        let readable = confidence >= READABLE && !is_sparse(&boxes, &read) || boxes.is_empty();
        let angle = level(&boxes);
        let lines = boxes.into_iter().zip(read).filter(|(_, it)| !it.text.trim().is_empty());
        let lines = lines.map(|(area, it)| Line::new(area, it.text, it.confidence, it.places)).collect();
        let frame = Frame { quarter, width: upright.width, height: upright.height };
        Ok(Found { frame, angle, lines, readable })
    }
}

/// Where rectangles are once their picture is turned by half.
fn over(boxes: &[Slanted], picture: &Picture) -> Vec<Slanted> {
    let (width, height) = (picture.width as f32, picture.height as f32);
    let turned = |it: &Slanted| Slanted { centre: (width - it.centre.0, height - it.centre.1), ..*it };
    boxes.iter().map(turned).collect()
}

/// Whether lines hold far fewer characters than fit into them: of a script that it does not know, the network sees little
/// but marks. A line of any known script has one or two characters for each time that it is as long as high.
fn is_sparse(boxes: &[Slanted], read: &[line::Reading]) -> bool {
    let room: f32 = boxes.iter().map(|it| it.width.max(it.height) / it.width.min(it.height).max(1.0)).sum();
    let characters: usize =
        read.iter().map(|it| it.text.chars().filter(|it| it.is_alphanumeric()).count()).sum();
    room > LITTLE_ROOM && (characters as f32) < room * SPARSE
}

const LITTLE_ROOM: f32 = 12.0;
const SPARSE: f32 = 0.4;

/// The angle of most of the text, in radians.
fn level(boxes: &[Slanted]) -> f32 {
    let long: Vec<f32> = boxes.iter().filter(|it| it.width > it.height * 4.0).map(Slanted::angle).collect();
    if long.len() < 3 { 0.0 } else { median(long) }
}

fn with_room(area: Slanted, room: f32) -> Slanted {
    area.grown(area.height * room)
}
