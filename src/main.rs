fn main() -> std::process::ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("extract-worker") => docent::extract::worker_main(),
        _ => std::process::ExitCode::SUCCESS,
    }
}
