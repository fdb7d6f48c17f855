//! The worker process of a scaled-out installation: it runs the queue's jobs, whose bodies live in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A reader of files: locked in before it gets anything, so that nothing of the program may run first.
    match std::env::args_os().nth(1) {
        Some(command) if command == "extract-worker" => return docent_extract::worker_main(),
        Some(command) if command == "recognise-worker" => return docent_recognise::worker_main(),
        Some(command) if command == "confined" => return docent_recognise::confined_main(),
        _ => {}
    }
    docent::app::work()
}
