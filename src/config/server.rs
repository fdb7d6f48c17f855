//! The server itself: where it listens, where it keeps its things, who may come in.

use std::net::SocketAddr;
use std::path::PathBuf;

use super::declared::declared;
use super::values::{LogFormat, Switch};

declared! {
    /// The server itself: where it listens, where it keeps its things, who may come in.
    Server "server" {
        /// Address and port to listen on. Without authentication only a loopback address is allowed.
        listen: SocketAddr = "127.0.0.1:8000", DOCENT_LISTEN;
        /// Folder for the database, the originals and the index.
        data_dir: PathBuf = "./data", DOCENT_DATA_DIR;
        /// Folder with the ONNX Runtime, libpdfium and the local models, as `make run` fetches them. Where it is not there, an
        /// unpacked archive of Docent has one beside its program: `../share/docent`.
        home: PathBuf = "./.docent", DOCENT_HOME;
        /// Who may come in: `off` (everybody on this machine is the local owner) or `on`.
        auth: Switch = "off", DOCENT_AUTH;
        /// Web pages of other origins that may call the API and open sockets, separated by commas.
        allowed_origins: Vec<String> = "", ALLOWED_ORIGINS;
        /// Whether `docent serve` also works on documents: `on`, or `off` where `docent-worker` processes do.
        worker: Switch = "on", DOCENT_WORKER;
        /// Seconds that a stopping server gives running work to finish.
        shutdown_s: u64 = 20, DOCENT_SHUTDOWN_S;
        /// Megabytes that stay free on the disks of the data folder and the originals (on a small disk a twentieth of it): with
        /// less, uploads are refused and readings wait. 0: they are not watched.
        keep_free_mb: u64 = 512, KEEP_FREE_MB;
        /// What is logged: a level, or `tracing` directives.
        log: String = "info,qdrant_edge=error,async_openai=off,sqlx::postgres::notice=warn", RUST_LOG;
        /// How it is logged: `text` or `json`.
        log_format: LogFormat = "text", DOCENT_LOG_FORMAT;
    }
}
