//! What a line says: its picture through the network, the most likely character at each place, and where it stands.

use std::sync::Mutex;

use ort::environment::Environment;
use ort::session::Session;

use super::super::error::RecogniseError;
use super::super::geometry::Slanted;
use super::super::picture::Picture;
use super::runtime;

const HEIGHT: usize = 48;
/// Narrower pictures are filled up to this, as in training.
const MIN_WIDTH: usize = 320;
/// Wider ones are squeezed.
const MAX_WIDTH: usize = 3200;

/// Long lines are looked at a little narrower than they are: less work, and no letter is lost by it.
const NARROWER: f32 = 0.8;
const LONG: usize = 480;

/// The picture of a line, upright.
pub struct Crop {
    pub picture: Picture,
    narrower: bool,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reading {
    pub text: String,
    pub confidence: f32,
    /// For each character of the text, where it stands: share of the line's width.
    pub places: Vec<f32>,
}

pub struct Reader {
    /// One thread each.
    sessions: Vec<Session>,
    characters: Vec<String>,
}

impl Crop {
    /// Cuts a line out. `shrink` below 1 makes it smaller first, which blurs specks away.
    pub fn cut(picture: &Picture, area: &Slanted, shrink: f32) -> Self {
        let side = |side: f32| (side.round().max(1.0) as usize).min(20_000);
        let (width, height) = (side(area.width), side(area.height));
        let mut cut = picture.upright(area.centre, area.along, width, height);
        if area.is_tall() {
            // A line that runs down the page.
            cut = cut.turned(super::super::picture::Quarter::Left);
        }
        if shrink < 1.0 {
            cut = cut.resized(side(cut.width as f32 * shrink), side(cut.height as f32 * shrink));
        }
        Self::of(cut)
    }

    pub const fn of(picture: Picture) -> Self {
        Self { picture, narrower: false }
    }

    /// For a first look.
    pub fn narrower(self) -> Self {
        Self { narrower: true, ..self }
    }

    fn width(&self) -> usize {
        let width = (self.picture.width * HEIGHT).div_ceil(self.picture.height.max(1));
        let width = if self.narrower && width > LONG { (width as f32 * NARROWER) as usize } else { width };
        width.clamp(1, MAX_WIDTH)
    }
}

impl Reader {
    pub fn open(environment: &Environment, model: &[u8], threads: usize) -> Result<Self, RecogniseError> {
        let sessions = (0..threads.max(1)).map(|_| runtime::session(environment, model, 1));
        let sessions = sessions.collect::<Result<Vec<_>, _>>()?;
        let listed = sessions.first().and_then(|it| it.metadata().ok()?.custom("character"));
        let listed =
            listed.ok_or_else(|| RecogniseError::Unavailable("the model names no characters".to_owned()))?;
        // The first output means "nothing here", the last a space.
        let mut characters = vec![String::new()];
        characters.extend(listed.lines().map(str::to_owned));
        characters.push(" ".to_owned());
        Ok(Self { sessions, characters })
    }

    /// Reads all, in their order. One by one: several at once take longer, and what fills up the shorter ones costs time.
    pub fn read(&mut self, crops: Vec<Crop>) -> Result<Vec<Reading>, RecogniseError> {
        let mut order: Vec<usize> = (0..crops.len()).collect();
        // The longest first, so that no thread is left with one at the end.
        order.sort_by_key(|&at| crops[at].width());
        let waiting = Mutex::new(order);
        let done = Mutex::new(vec![Reading::default(); crops.len()]);
        let (characters, crops) = (&self.characters, &crops);
        let work = |session: &mut Session| -> Result<(), RecogniseError> {
            while let Some(at) = waiting.lock().ok().and_then(|mut it| it.pop()) {
                let reading = read_one(session, characters, &crops[at])?;
                if let Ok(mut done) = done.lock() {
                    done[at] = reading;
                }
            }
            Ok(())
        };
        let failed = std::thread::scope(|scope| {
            let mut sessions = self.sessions.iter_mut();
            let own = sessions.next();
            let others: Vec<_> = sessions.map(|session| scope.spawn(|| work(session))).collect();
            let mut failed = own.and_then(|session| work(session).err());
            for other in others {
                let ended = other
                    .join()
                    .unwrap_or_else(|_| Err(RecogniseError::Failed("a thread broke down".to_owned())));
                failed = failed.or(ended.err());
            }
            failed
        });
        match failed {
            Some(error) => Err(error),
            None => done.into_inner().map_err(|_| RecogniseError::Failed("a thread broke down".to_owned())),
        }
    }
}

fn read_one(session: &mut Session, characters: &[String], crop: &Crop) -> Result<Reading, RecogniseError> {
    let (width, frame) = (crop.width(), crop.width().max(MIN_WIDTH));
    let mut input = vec![0.0; 3 * HEIGHT * frame];
    crop.picture.resized(width, HEIGHT).write_planes(&mut input, frame, HEIGHT);
    let shape = [1, 3, HEIGHT, frame];
    runtime::run(session, (shape, input), |shape, numbers| {
        let classes = shape.get(2).and_then(|it| usize::try_from(*it).ok()).unwrap_or(0);
        decoded(numbers, classes, characters, frame as f32 / width as f32)
    })
}

/// Repeated characters without "nothing" between them are one.
fn decoded(line: &[f32], classes: usize, characters: &[String], share: f32) -> Reading {
    let mut reading = Reading::default();
    let steps = line.len() / classes.max(1);
    let (mut last, mut sum, mut count) = (0, 0.0, 0);
    for (step, chances) in line.chunks_exact(classes.max(1)).enumerate() {
        let (best, chance) = most_likely(chances);
        if best != 0 && best != last {
            let place = ((step as f32 + 0.5) / steps as f32 * share).min(1.0);
            let character = characters.get(best).map_or("", String::as_str);
            reading.places.extend(character.chars().map(|_| place));
            reading.text.push_str(character);
            sum += chance;
            count += 1;
        }
        last = best;
    }
    reading.confidence = if count == 0 { 0.0 } else { sum / count as f32 };
    reading
}

fn most_likely(chances: &[f32]) -> (usize, f32) {
    // In blocks, so that most of it is a maximum without an index.
    let mut best = (0, f32::MIN);
    for (block, values) in chances.chunks(64).enumerate() {
        let highest = values.iter().fold(f32::MIN, |highest, value| highest.max(*value));
        if highest > best.1 {
            let at = values.iter().position(|value| *value == highest).unwrap_or(0);
            best = (block * 64 + at, highest);
        }
    }
    best
}

/// By character.
pub fn mean_confidence(read: &[Reading]) -> f32 {
    let weight = |it: &Reading| it.places.len().max(1) as f32;
    let sum: f32 = read.iter().map(|it| it.confidence * weight(it)).sum();
    sum / read.iter().map(weight).sum::<f32>().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_and_gaps_are_told_apart() {
        let characters = ["", "a", "b", " "].map(str::to_owned);
        let line: Vec<f32> = [1, 1, 0, 1, 2, 3, 0, 0]
            .iter()
            .flat_map(|&best| (0..4).map(move |class| if class == best { 0.9 } else { 0.01 }))
            .collect();
        let reading = decoded(&line, 4, &characters, 2.0);
        assert_eq!(reading.text, "aab ");
        assert_eq!(reading.places, [0.125, 0.875, 1.0, 1.0]);
        assert!((reading.confidence - 0.9).abs() < 1e-6);
        assert_eq!(decoded(&[0.9, 0.1], 2, &characters, 1.0), Reading::default());
    }

    #[test]
    fn the_most_likely_is_found_in_any_block() {
        let mut chances = vec![0.0; 200];
        chances[130] = 0.7;
        assert_eq!(most_likely(&chances), (130, 0.7));
    }
}
