//! ONNX Runtime, loaded from a file.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ort::environment::Environment;
use ort::session::Session;
use ort::value::Tensor;

use super::super::error::RecogniseError;

/// Loads the shared library, once for the process.
pub fn start(library: &Path) -> Result<Environment, RecogniseError> {
    static STARTED: Mutex<Option<Environment>> = Mutex::new(None);
    let mut started = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = &*started {
        return Ok(environment.clone());
    }
    let builder = ort::init_from(library).map_err(|error| unavailable(library, &error))?;
    let environment = builder.with_name("docent-recognise").with_telemetry(false).build();
    Ok(started.insert(environment.map_err(|error| unavailable(library, &error))?).clone())
}

pub fn session(environment: &Environment, model: &[u8], threads: usize) -> Result<Session, RecogniseError> {
    let failed = |error: &dyn std::fmt::Display| RecogniseError::Unavailable(error.to_string());
    let mut builder = Session::builder(environment)
        .map_err(|error| failed(&error))?
        .with_intra_threads(threads.max(1))
        .map_err(|error| failed(&error))?
        .with_intra_op_spinning(false)
        .map_err(|error| failed(&error))?;
    builder.commit_from_memory(model).map_err(|error| failed(&error))
}

/// One picture, or some of one size, through a network: the shape and the numbers of its only output.
pub fn run<T>(
    session: &mut Session,
    (shape, input): ([usize; 4], Vec<f32>),
    use_output: impl FnOnce(&[i64], &[f32]) -> T,
) -> Result<T, RecogniseError> {
    let failed = |error: ort::Error| RecogniseError::Failed(error.to_string());
    let name = session.inputs().first().map(|input| input.name().to_owned()).unwrap_or_default();
    let tensor = Tensor::from_array((shape, input)).map_err(failed)?;
    let outputs = session.run(ort::inputs![name.as_str() => tensor]).map_err(failed)?;
    let output = outputs.values().next().ok_or_else(|| RecogniseError::Failed("no output".to_owned()))?;
    let (shape, numbers) = output.try_extract_tensor::<f32>().map_err(failed)?;
    Ok(use_output(shape, numbers))
}

fn unavailable(file: &Path, error: &dyn std::fmt::Display) -> RecogniseError {
    RecogniseError::Unavailable(format!("{}: {error}", file.display()))
}
