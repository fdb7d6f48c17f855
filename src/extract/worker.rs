//! The child process: sets itself up, gives up its rights, reads one file (or some small ones of text, one after the
//! other), and ends.

use super::error::ExtractError;
use super::format::Format;
use super::sink::{Sink, Source};
use super::wire::{Job, Refusal, Said, Setup};
use super::{pdf, vocabulary};
use docent_confine::{self as confine, CpuAllowance, read_line, say};
use std::io::{self, BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Deep enough for honest documents; the guard page behind it ends the others.
pub(super) const STACK_BYTES: usize = 32 << 20;

/// What `docent extract-worker` runs. Talks to its parent over standard input and output and is of no use to people.
///
/// Call it from `main` before anything else: threads that exist already would keep their access to files.
pub fn worker_main() -> ExitCode {
    match serve() {
        Ok(()) => ExitCode::SUCCESS,
        // The parent sees a stream without an end, and this line.
        Err(error) => {
            eprintln!("extract-worker: {error}");
            ExitCode::FAILURE
        }
    }
}

fn serve() -> io::Result<()> {
    // A caught panic becomes an error of its page; its message would only be noise on the server's log.
    std::panic::set_hook(Box::new(|_| {}));
    let mut input = BufReader::with_capacity(64 * 1024, io::stdin());
    let Some(setup) = read_line::<Setup>(&mut input)? else {
        return Err(io::ErrorKind::UnexpectedEof.into());
    };
    let allowance = CpuAllowance::new(setup.cpu_s_per_page, setup.cpu_s);
    let rlimits = confine::limit_resources(setup.memory_bytes, &allowance);
    let pdfium = setup.pdfium.as_deref().is_some_and(pdf::load_engine);
    if let Some(path) = &setup.vocabulary {
        vocabulary::load(path);
    }
    let locked = confine::lock(rlimits);
    say(&Said::Ready { landlock: locked.landlock, seccomp: locked.seccomp, rlimits, pdfium })?;

    while let Some(job) = read_line::<Job>(&mut input)? {
        allowance.renew()?;
        let mut bytes = Vec::new();
        let taken = take(&mut input, &job, &setup, &mut bytes);
        if !job.again {
            if taken.is_ok() {
                end_with_parent(input);
            }
            return conclude(taken.and_then(|()| read_on_own_stack(job, setup, bytes, allowance)));
        }
        conclude(taken.and_then(|()| read_on_own_stack(job, setup.clone(), bytes, allowance.clone())))?;
    }
    Ok(())
}

fn conclude(outcome: Result<(), ExtractError>) -> io::Result<()> {
    match outcome {
        Ok(()) => say(&Said::End),
        Err(error) => say(&Said::Error(Refusal::from(error))),
    }
}

fn take(input: &mut impl Read, job: &Job, setup: &Setup, bytes: &mut Vec<u8>) -> Result<(), ExtractError> {
    // The engines keep up to three copies of a PDF.
    let most = setup.memory_bytes / 5;
    if job.bytes > most {
        return Err(ExtractError::limit(format!("{} MiB, at most {} MiB", job.bytes >> 20, most >> 20)));
    }
    let read = input.take(job.bytes).read_to_end(bytes).map_err(ExtractError::io("read the file"))?;
    if read == 0 {
        return Err(ExtractError::EmptyFile);
    }
    Ok(())
}

/// Nothing more comes on standard input; its end means that the parent is gone, and so is any use for the result.
fn end_with_parent(mut input: BufReader<io::Stdin>) {
    let watch = move || {
        let mut byte = [0];
        while matches!(input.read(&mut byte), Ok(1..)) {}
        std::process::exit(1);
    };
    // Without the watch, an orphan still ends at its first write or its processor limit.
    let _ = std::thread::Builder::new().stack_size(64 * 1024).spawn(watch);
}

fn read_on_own_stack(
    job: Job,
    setup: Setup,
    bytes: Vec<u8>,
    allowance: CpuAllowance,
) -> Result<(), ExtractError> {
    let Some(format) = Format::by_name(&job.format) else {
        return Err(ExtractError::Unsupported { found: job.format });
    };
    let read = move || {
        let mut send = |said: Said| {
            say(&said).map_err(ExtractError::io("write to the parent"))?;
            allowance.renew().map_err(ExtractError::io("renew the processor limit"))
        };
        let source = Source { bytes, budget: setup.budget.clone(), attempt: job.attempt };
        let mut sink = Sink::new(&setup.budget, job.skip_pages, &mut send);
        catch_unwind(AssertUnwindSafe(|| format.read(source, &mut sink)))
            .unwrap_or_else(|_| Err(ExtractError::corrupt("its structure makes no sense")))
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(read);
    let thread = thread.map_err(ExtractError::io("start the reading thread"))?;
    thread.join().unwrap_or_else(|_| Err(ExtractError::corrupt("its structure makes no sense")))
}
