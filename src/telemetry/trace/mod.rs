//! Traces: who called whom, from a request through queue and model, told to an OpenTelemetry collector.
//!
//! The spans are those of the log. Where work goes on in another process or at another time, it carries a *traceparent*
//! (W3C Trace Context) along: [`here`] writes it, [`go_on`] reads it.
//!
//! What leaves this process are names, numbers and codes: attributes are told by a list (`export`), and none of
//! them holds a text, a name, or a token. Without an address nothing of this exists, and all functions do nothing.

mod export;

use std::time::Duration;

use opentelemetry::trace::{
    SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState, TracerProvider,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Metadata, Span, Subscriber};
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

use export::OnRuntime;

/// How long the collector may take for one batch.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where traces go, and who is said to have sent them.
#[derive(Debug, Clone)]
pub struct TraceSettings {
    /// The collector's base address, such as `http://localhost:4318`.
    pub endpoint: String,
    pub service: String,
    /// Names this process among others of the same service.
    pub instance: String,
}

/// Traces that are being told. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Traces {
    provider: SdkTracerProvider,
}

#[derive(Debug, thiserror::Error)]
#[error("OTEL_EXPORTER_OTLP_ENDPOINT: traces cannot be sent to `{endpoint}`")]
pub struct TraceError {
    endpoint: String,
    #[source]
    source: ExporterBuildError,
}

impl Traces {
    /// Sends on the runtime that this is called on.
    pub fn start(settings: &TraceSettings) -> Result<Self, TraceError> {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_endpoint(format!("{}/v1/traces", settings.endpoint.trim_end_matches('/')))
            .with_protocol(Protocol::HttpBinary)
            .with_timeout(PATIENCE)
            .build()
            .map_err(|source| TraceError { endpoint: settings.endpoint.clone(), source })?;
        let resource = Resource::builder()
            .with_service_name(settings.service.clone())
            .with_attributes([
                KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
                KeyValue::new("service.instance.id", settings.instance.clone()),
            ])
            .build();
        let exporter = OnRuntime::new(exporter);
        let provider =
            SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
        Ok(Self { provider })
    }

    /// Turns spans of ours into traces. Events stay in the log: they are written for it.
    pub fn layer<S>(&self) -> impl Layer<S> + Send + Sync + 'static
    where
        S: Subscriber + for<'span> LookupSpan<'span> + Send + Sync,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.provider.tracer("docent"))
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_level(false)
            .with_tracked_inactivity(false)
            .with_filter(filter_fn(is_told))
    }

    /// Sends what is left, and nothing after that; waits no longer than `most`.
    pub async fn finish(self, most: Duration) {
        // It blocks, and what it waits for runs here.
        let finished = tokio::task::spawn_blocking(move || self.provider.shutdown_with_timeout(most)).await;
        match finished {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "The last traces could not be sent"),
            Err(error) => tracing::warn!(%error, "The last traces could not be sent"),
        }
    }
}

fn is_told(of: &Metadata<'_>) -> bool {
    of.is_span() && *of.level() <= tracing::Level::INFO && of.target().starts_with("docent")
}

/// The place in a trace where this task is, to be carried along with what it begins.
pub fn here() -> Option<String> {
    let context = Span::current().context();
    let place = context.span().span_context().clone();
    place.is_valid().then(|| written(&place))
}

/// Makes a span that has not begun the child of a place that was carried along. What is no such place is let be.
pub fn go_on(span: &Span, from: Option<&str>) {
    if let Some(place) = from.and_then(read) {
        // An error says that nothing is traced.
        let _ = span.set_parent(Context::new().with_remote_span_context(place));
    }
    note_trace(span);
}

/// Notes on a span that somebody outside has a trace of their own of it. Theirs is not gone on with: whoever sends
/// requests could join what is told of others, or switch off what is told of theirs.
pub fn link(span: &Span, from: Option<&str>) {
    if let Some(place) = from.and_then(read) {
        span.add_link(place);
    }
    note_trace(span);
}

/// Names the trace on every line that is logged in the span, if it has a field for that.
fn note_trace(span: &Span) {
    let context = span.context();
    let place = context.span().span_context().clone();
    if place.is_valid() {
        span.record("trace.id", tracing::field::display(place.trace_id()));
    }
}

fn written(place: &SpanContext) -> String {
    format!("00-{}-{}-{:02x}", place.trace_id(), place.span_id(), place.trace_flags().to_u8())
}

fn read(text: &str) -> Option<SpanContext> {
    let mut parts = text.split('-');
    let (version, trace, span, flags) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    // Later versions may have more at the end.
    let known = version == "00" && parts.next().is_none();
    let later = version.len() == 2 && version != "00" && version != "ff";
    let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let sound = (trace.len(), span.len(), flags.len()) == (32, 16, 2)
        && [version, trace, span, flags].into_iter().all(hex);
    if !(known || later) || !sound {
        return None;
    }
    let place = SpanContext::new(
        TraceId::from_hex(trace).ok()?,
        SpanId::from_hex(span).ok()?,
        TraceFlags::new(u8::from_str_radix(flags, 16).ok()? & 1),
        true,
        TraceState::default(),
    );
    place.is_valid().then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn a_place_is_read_as_it_was_written() {
        assert_eq!(written(&read(PLACE).unwrap()), PLACE);
        assert!(read("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").is_some());
    }

    #[test]
    fn what_is_no_place_is_none() {
        for text in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-600f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn without_a_collector_nothing_is_carried() {
        let span = tracing::info_span!("work", trace.id = tracing::field::Empty);
        go_on(&span, Some(PLACE));
        link(&span, Some(PLACE));
        assert_eq!(span.in_scope(here), None);
    }
}
