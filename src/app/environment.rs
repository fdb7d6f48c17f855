//! The environment that the libraries of this process read by themselves, put right before any of them is loaded.

use std::os::unix::process::CommandExt;
use std::process::Command;

/// ONNX Runtime 1.31 keeps a device id and a database under `~/.cache/Microsoft/DeveloperTools` from the moment it is
/// loaded, unless this variable says otherwise; the switch of its sessions comes too late.
const ORT_DISABLE_TELEMETRY: &str = "ORT_DISABLE_TELEMETRY";

/// Starts this program again, in the same process, with what is missing in its environment. Variables cannot be set
/// safely in a running program: others may be reading them.
///
/// Call it before any thread is started. It returns where nothing is missing.
pub(super) fn complete() {
    if std::env::var_os(ORT_DISABLE_TELEMETRY).is_some() {
        return;
    }
    let mut arguments = std::env::args_os();
    let name = arguments.next();
    // The path of a file that was replaced meanwhile leads nowhere; the system still has the one that runs.
    let program =
        std::env::current_exe().map(|path| if path.exists() { path } else { "/proc/self/exe".into() });
    let error = match program {
        Ok(program) => {
            let mut command = Command::new(program);
            if let Some(name) = name {
                command.arg0(name);
            }
            // Comes back only if it fails.
            command.args(arguments).env(ORT_DISABLE_TELEMETRY, "1").exec()
        }
        Err(error) => error,
    };
    eprintln!(
        "docent: could not start again with {ORT_DISABLE_TELEMETRY}=1 ({error}); ONNX Runtime may write to \
         ~/.cache/Microsoft unless that variable is set"
    );
}
