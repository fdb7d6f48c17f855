//! Whether lines stand on their heads.

use ort::environment::Environment;
use ort::session::Session;

use super::super::error::RecogniseError;
use super::super::picture::Picture;
use super::runtime;

/// Lines that are asked about.
pub const ASKED: usize = 12;

const WIDTH: usize = 192;
const HEIGHT: usize = 48;

pub struct Orienter {
    session: Session,
}

impl Orienter {
    pub fn open(environment: &Environment, model: &[u8]) -> Result<Self, RecogniseError> {
        Ok(Self { session: runtime::session(environment, model, 1)? })
    }

    /// The share of lines that seem to be turned by half.
    pub fn share_upside_down(&mut self, lines: &[Picture]) -> Result<f32, RecogniseError> {
        let size = 3 * WIDTH * HEIGHT;
        let mut input = vec![0.0; lines.len() * size];
        for (line, out) in lines.iter().zip(input.chunks_exact_mut(size)) {
            // The beginning of a long line is enough.
            let height = line.height.max(1);
            let width = (line.width * HEIGHT).div_ceil(height);
            let scaled = line.resized(width.clamp(1, WIDTH * 20), HEIGHT);
            scaled.write_planes(out, WIDTH, HEIGHT);
        }
        let shape = [lines.len(), 3, HEIGHT, WIDTH];
        runtime::run(&mut self.session, (shape, input), |_, numbers| {
            let turned = numbers.chunks_exact(2).filter(|pair| pair[1] > pair[0]).count();
            turned as f32 / lines.len().max(1) as f32
        })
    }
}
