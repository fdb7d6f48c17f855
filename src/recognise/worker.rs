//! The child process: loads the models, gives up its rights, and reads the pages it is asked for.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use docent_confine::{self as confine, CpuAllowance};

use super::decode::{self, Pictures};
use super::error::RecogniseError;
use super::page::Recognised;
use super::pdf;
use super::picture::Picture;
use super::ppocr::PpOcr;
use super::settings::Kind;
use super::wire::{Job, Said, Setup, Want};
use super::{Found, Recogniser};

/// More pixels on a side than this do not help.
const LONGEST: usize = 4000;

/// What `docent recognise-worker` runs. Talks to its parent over standard input and output and is of no use to people.
///
/// Call it from `main` before anything else: threads that exist already would keep their access to files.
pub fn worker_main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("recognise-worker: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = BufReader::with_capacity(64 * 1024, io::stdin());
    let Some(setup) = read_line::<Setup>(&mut input)? else { return Ok(()) };
    // One process reads many pages: what counts is the time from one to the next.
    let allowance = CpuAllowance::new(setup.cpu_s_per_page, u64::from(u32::MAX));
    let rlimits = confine::limit_resources(setup.memory_bytes, &allowance);
    let pdfium = setup.pdfium.as_deref().is_some_and(pdf::load);
    let mut recogniser = match PpOcr::open(&setup.models, setup.threads) {
        Ok(recogniser) => recogniser,
        Err(error) => return say(&Said::Unavailable(error.to_string())),
    };
    let locked = confine::lock(rlimits);
    say(&Said::Ready { landlock: locked.landlock, seccomp: locked.seccomp, rlimits, pdfium })?;

    let Some(job) = read_line::<Job>(&mut input)? else { return Ok(()) };
    let mut bytes = Vec::new();
    (&mut input).take(job.bytes).read_to_end(&mut bytes)?;
    let bytes: &'static [u8] = bytes.leak();
    let mut pages = guarded(|| Pages::open(job.kind, bytes));
    while let Some(want) = read_line::<Want>(&mut input)? {
        allowance.renew()?;
        let read = match &mut pages {
            Ok(pages) => guarded(|| pages.read(want, &mut recogniser)),
            Err(error) => Err(RecogniseError::Picture(error.to_string())),
        };
        say(&match read {
            Ok(page) => Said::Page(page),
            Err(RecogniseError::Picture(reason)) => Said::Refused(reason),
            Err(error) => Said::Refused(error.to_string()),
        })?;
    }
    Ok(())
}

/// The pages of a file.
enum Pages {
    Pdf(pdf::Document),
    /// Decoded again for each page: a file has few, or is a TIFF.
    Picture(&'static [u8]),
}

impl Pages {
    fn open(kind: Kind, bytes: &'static [u8]) -> Result<Self, RecogniseError> {
        match kind {
            Kind::Pdf => pdf::Document::open(bytes).map(Self::Pdf),
            Kind::Picture => Ok(Self::Picture(bytes)),
        }
    }

    fn read(&mut self, want: Want, recogniser: &mut dyn Recogniser) -> Result<Recognised, RecogniseError> {
        let index = usize::try_from(want.page - 1).map_err(|_| RecogniseError::picture("no such page"))?;
        let longest = if want.small { LONGEST / 2 } else { LONGEST };
        let (picture, known) = match self {
            Self::Pdf(document) => {
                let rendered = document.render(index, longest, want.beside_text)?;
                (rendered.picture, rendered.text)
            }
            Self::Picture(bytes) => {
                let mut pictures: Pictures = decode::open(bytes)?;
                (pictures.page(index)?.within(longest), Vec::new())
            }
        };
        let mut found = self::find(&picture, recogniser)?;
        pdf::leave_out(&mut found, &known);
        Ok(Recognised::from_found(found, recogniser.name()))
    }
}

fn find(picture: &Picture, recogniser: &mut dyn Recogniser) -> Result<Found, RecogniseError> {
    recogniser.read(picture)
}

fn guarded<T>(work: impl FnOnce() -> Result<T, RecogniseError>) -> Result<T, RecogniseError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(RecogniseError::picture("its structure makes no sense")))
}

fn say(said: &Said) -> io::Result<()> {
    let mut line = serde_json::to_vec(said)?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line)?;
    out.flush()
}

fn read_line<T: serde::de::DeserializeOwned>(input: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    input.take(64 * 1024).read_until(b'\n', &mut line)?;
    if line.is_empty() { Ok(None) } else { Ok(Some(serde_json::from_slice(&line)?)) }
}
