//! The `docent` program. Everything it does lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A reader of files: locked in before it gets anything, so that nothing of the program may run first.
    if std::env::args_os().nth(1).is_some_and(|command| command == "extract-worker") {
        return docent_extract::worker_main();
    }
    docent::app::run()
}
