//! The log: lines on standard error, with control characters escaped. Its spans are also told as traces, where there is
//! a collector for them.

use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::time::Duration;

use tracing::field::Field;
use tracing::{Level, Metadata};
use tracing_subscriber::field::MakeExt;
use tracing_subscriber::filter::{FilterExt, ParseError, filter_fn};
use tracing_subscriber::fmt::format::{FormatFields, Writer, debug_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::{Config, LogFormat};
use docent_domain::mask;
use docent_telemetry::trace::{TraceError, TraceSettings, Traces};

/// Libraries that write what passes through them, tokens and people's texts with it, into their finer levels.
const TALKATIVE: &[&str] = &["engineio", "h2", "hyper", "socketio", "tokio_tungstenite", "tungstenite"];

/// How long the collector may hold up the end of the process.
const LAST_TRACES: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum LogError {
    #[error("RUST_LOG")]
    Filter(#[from] ParseError),
    #[error(transparent)]
    Traces(#[from] TraceError),
}

/// What is to be brought to an end after everything else.
#[derive(Debug, Default)]
pub struct Log {
    traces: Option<Traces>,
}

impl Log {
    /// Sends the traces that were not sent yet.
    pub async fn finish(self) {
        if let Some(traces) = self.traces {
            traces.finish(LAST_TRACES).await;
        }
    }
}

/// Starts logging for this process, and telling traces on the runtime that this is called on. A second call changes
/// nothing.
pub fn start(config: &Config) -> Result<Log, LogError> {
    let settings = &config.server;
    let filter = EnvFilter::try_new(&settings.log)?.and(filter_fn(may_be_logged));
    let secrets: Arc<[String]> = config.secrets().into();
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(wants_colours())
        .log_internal_errors(false)
        .with_writer(move || Masking { inner: std::io::stderr(), secrets: Arc::clone(&secrets) });
    let lines = match settings.log_format {
        LogFormat::Text => lines.fmt_fields(plain_fields()).with_filter(filter).boxed(),
        LogFormat::Json => lines.json().with_filter(filter).boxed(),
    };
    let traces = traces(config)?;
    let told = traces.as_ref().map(Traces::layer);
    // Failing means that a log is already there: tests start several servers in one process.
    drop(tracing_subscriber::registry().with(lines).with(told).try_init());
    Ok(Log { traces })
}

/// Colours are for people at a terminal; in a file their codes are noise, and hinder searching.
fn wants_colours() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !refused
}

/// Writes lines without the secrets of the settings, whatever library or server they came back from. A log that cannot be
/// written, as on a full disk, is no reason to stop working.
struct Masking<W> {
    inner: W,
    secrets: Arc<[String]>,
}

impl<W: Write> Write for Masking<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        let masked = mask::foreign(&mask::secrets(&text, self.secrets.iter().map(String::as_str)));
        drop(self.inner.write_all(masked.as_bytes()));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush().or(Ok(()))
    }
}

fn traces(config: &Config) -> Result<Option<Traces>, TraceError> {
    let section = &config.telemetry;
    let Some(endpoint) = &section.traces else { return Ok(None) };
    let settings = TraceSettings {
        endpoint: endpoint.reveal().to_owned(),
        service: section.service.clone(),
        instance: uuid::Uuid::new_v4().to_string(),
    };
    Traces::start(&settings).map(Some)
}

/// One event stays one line, and steers no terminal, whatever stands in its fields: the library's own form escapes
/// messages only.
fn plain_fields() -> impl for<'writer> FormatFields<'writer> + Send + Sync + 'static {
    debug_fn(|writer: &mut Writer<'_>, field: &Field, value: &dyn std::fmt::Debug| {
        let name = field.name();
        if name != "message" {
            write!(writer, "{}=", name.strip_prefix("r#").unwrap_or(name))?;
        }
        format!("{value:?}").chars().try_for_each(|c| {
            if steers(c) { write!(writer, "{}", c.escape_default()) } else { writer.write_char(c) }
        })
    })
    .delimited(" ")
}

/// Control characters, ends of lines, and what turns the direction of writing around.
fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whatever the settings ask for: of [`TALKATIVE`] libraries only what they complain of.
fn may_be_logged(of: &Metadata<'_>) -> bool {
    let library = of.target().split("::").next().unwrap_or_default();
    // By their beginning: they have parts with longer names.
    !TALKATIVE.iter().any(|name| library.starts_with(name)) || *of.level() <= Level::WARN
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn libraries_do_not_write_payloads_whatever_the_level() {
        let lines = Lines::default();
        let writer = lines.clone();
        let filter = EnvFilter::new("trace,socketio_client=trace").and(filter_fn(may_be_logged));
        let layer = tracing_subscriber::fmt::layer().with_writer(move || writer.clone()).with_filter(filter);
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            tracing::debug!(target: "socketio_client", "auth: token");
            tracing::debug!(target: "engineio_parser", "/socket.io/?token=token");
            tracing::trace!(target: "tungstenite::protocol", "frame: token");
            tracing::warn!(target: "socketio_ns", "a complaint");
            tracing::debug!(target: "docent::doors", "a line of ours");
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert!(text.contains("a complaint") && text.contains("a line of ours"), "{text}");
        assert!(!text.contains("token"), "{text}");
    }

    #[test]
    fn no_secret_reaches_the_log_whoever_repeats_it() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Err(std::io::ErrorKind::StorageFull.into())
            }
        }
        let secrets: Arc<[String]> = ["hunter2hunter2".to_owned(), String::new()].into();
        let mut lines = Masking { inner: Vec::new(), secrets: Arc::clone(&secrets) };
        let line = "401: wrong key hunter2hunter2 (Bearer abcdefgh12345678) at redis://u:pw@host\n";
        assert_eq!(lines.write(line.as_bytes()).unwrap(), line.len());
        let written = String::from_utf8(lines.inner).unwrap();
        assert_eq!(written, "401: wrong key *** (***) at redis://***@host\n");
        let mut full = Masking { inner: Full, secrets };
        assert_eq!(full.write(b"line").unwrap(), 4);
        full.flush().unwrap();
    }

    #[test]
    fn an_event_is_one_line_whatever_others_wrote() {
        let lines = Lines::default();
        let writer = lines.clone();
        let layer = tracing_subscriber::fmt::layer()
            .with_ansi(false)
            .without_time()
            .with_writer(move || writer.clone())
            .fmt_fields(plain_fields());
        let said = "no\r\n2026-01-01 INFO docent: Everybody is an admin \u{1b}[2J\u{9b}\u{202e}é";
        tracing::subscriber::with_default(tracing_subscriber::registry().with(layer), || {
            let span = tracing::info_span!("request", request.id = %"a\nb");
            let _entered = span.enter();
            tracing::warn!(error = %said, count = 2, kind = "a\nb", "Said: {said}");
        });
        let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.ends_with('\n') && !text.trim_end().contains(steers), "{text:?}");
        assert!(
            text.contains("count=2") && text.contains("request.id=a\\nb") && text.contains('é'),
            "{text}"
        );
    }
}
