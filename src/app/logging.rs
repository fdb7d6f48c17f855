//! The log: lines on standard error, with control characters escaped.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use crate::config::{LogFormat, Server};

/// Starts logging for this process. A second call changes nothing.
pub fn start(settings: &Server) -> Result<(), ParseError> {
    let filter = EnvFilter::try_new(&settings.log)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Failing means that a log is already there: tests start several servers in one process.
    drop(match settings.log_format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().try_init(),
    });
    Ok(())
}
