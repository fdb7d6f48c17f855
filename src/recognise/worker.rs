//! The child process: loads the models, gives up its rights, and reads the pages it is asked for.

use std::io::{self, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use base64::Engine;
use docent_confine::{self as confine, CpuAllowance, read_line, say};

use super::decode;
use super::error::RecogniseError;
use super::package::Package;
use super::page::Recognised;
use super::pdf;
use super::picture::Picture;
use super::registry::{self, Open};
use super::settings::Kind;
use super::tesseract::Sheet;
use super::wire::{Job, Said, Setup, Want};
use super::{Found, Recogniser};

/// Pictures inside documents that are lower or narrower than this are ornaments.
const LEAST: usize = 24;

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
    let open = match registry::load(&setup) {
        Ok(open) => open,
        Err(error) => return say(&Said::Unavailable(error.to_string())),
    };
    let locked = confine::lock(rlimits);
    say(&Said::Ready { landlock: locked.landlock, seccomp: locked.seccomp, rlimits, pdfium })?;

    let Some(job) = read_line::<Job>(&mut input)? else { return Ok(()) };
    let mut bytes = Vec::new();
    (&mut input).take(job.bytes).read_to_end(&mut bytes)?;
    let bytes: &'static [u8] = bytes.leak();
    // Made for the first page that has something on it.
    let mut recogniser: Option<Box<dyn Recogniser>> = None;
    let mut pages = guarded(|| Pages::open(job.kind, bytes));
    while let Some(want) = read_line::<Want>(&mut input)? {
        allowance.renew()?;
        let read = match &mut pages {
            Ok(pages) => guarded(|| pages.read(want, &open, &mut recogniser)),
            Err(error) => Err(RecogniseError::Picture(error.to_string())),
        };
        say(&match read {
            Ok(None) => Said::Nothing,
            Ok(Some((page, sheet))) => Said::Page(page, sheet.filter(|_| setup.has_second)),
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
    Package(Package),
}

impl Pages {
    fn open(kind: Kind, bytes: &'static [u8]) -> Result<Self, RecogniseError> {
        match kind {
            Kind::Pdf => pdf::Document::open(bytes).map(Self::Pdf),
            Kind::Picture => Ok(Self::Picture(bytes)),
            Kind::Package(layout) => Package::open(bytes, layout).map(Self::Package),
        }
    }

    fn read(
        &mut self,
        want: Want,
        open: &Open,
        recogniser: &mut Option<Box<dyn Recogniser>>,
    ) -> Result<Option<(Recognised, Option<Sheet>)>, RecogniseError> {
        let index = usize::try_from(want.page - 1).map_err(|_| RecogniseError::picture("no such page"))?;
        let longest = if want.small { LONGEST / 2 } else { LONGEST };
        let (picture, known) = match self {
            Self::Pdf(document) => match document.render(index, longest, want.beside_text)? {
                Some(rendered) => (rendered.picture, rendered.text),
                None => return Ok(Some((Recognised::nothing(), None))),
            },
            Self::Picture(bytes) => (decode::open(bytes)?.page(index)?.within(longest), Vec::new()),
            Self::Package(package) => {
                let Some(bytes) = package.picture(index, want.part)? else { return Ok(None) };
                let picture = decode::open(&bytes)?.page(0)?;
                if picture.width.min(picture.height) < LEAST {
                    return Ok(Some((Recognised::nothing(), None)));
                }
                (picture.within(longest), Vec::new())
            }
        };
        let recogniser = match recogniser {
            Some(recogniser) => recogniser,
            None => recogniser.insert(open()?),
        };
        let mut found = recogniser.read(&picture)?;
        pdf::leave_out(&mut found, &known);
        let sheet = (!found.readable).then(|| sheet(&picture, &found));
        Ok(Some((Recognised::from_found(found, recogniser.name()), sheet)))
    }
}

/// The page upright and level, for others to read.
fn sheet(picture: &Picture, found: &Found) -> Sheet {
    let level = picture.turned(found.frame.quarter).levelled((found.angle.cos(), found.angle.sin()));
    let grey = base64::engine::general_purpose::STANDARD.encode(level.grey());
    Sheet { frame: found.frame, angle: found.angle, grey }
}

/// What `docent confined program arguments…` runs: another program, which may read files and write none, and has no
/// network.
pub fn confined_main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(2);
    let Some(program) = arguments.next() else { return ExitCode::FAILURE };
    confine::limit_other(1 << 30, CONFINED_CPU_S);
    let error = std::process::Command::new(program).args(arguments).exec();
    eprintln!("confined: {error}");
    ExitCode::FAILURE
}

/// Processor seconds of a confined program.
const CONFINED_CPU_S: u64 = 300;

fn guarded<T>(work: impl FnOnce() -> Result<T, RecogniseError>) -> Result<T, RecogniseError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(RecogniseError::picture("its structure makes no sense")))
}
