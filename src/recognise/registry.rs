//! Which recogniser reads the pages. A new one is a file here with a type that implements [`Recogniser`], and its line in
//! [`load`].

use super::ppocr::Loaded;
use super::wire::Setup;
use super::{RecogniseError, Recogniser};

/// Makes a recogniser ready: models are loaded already, but a session is made for the first page that has something on it.
pub(super) type Open = Box<dyn Fn() -> Result<Box<dyn Recogniser>, RecogniseError>>;

/// Loads the models of the recogniser that is set up, before the process gives up its files.
pub(super) fn load(setup: &Setup) -> Result<Open, RecogniseError> {
    let ppocr = Loaded::load(&setup.models, setup.threads)?;
    Ok(Box::new(move || Ok(Box::new(ppocr.open()?))))
}
