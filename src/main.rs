//! The `docent` program. Everything it does lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    docent::app::run()
}
