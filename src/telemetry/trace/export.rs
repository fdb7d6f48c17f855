//! The way of finished spans to the collector: stripped to what may leave, and sent on the program's own runtime.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use opentelemetry::trace::SpanKind;
use opentelemetry_otlp::SpanExporter as Otlp;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::{OTelSdkError, OTelSdkResult};
use opentelemetry_sdk::trace::{SpanData, SpanExporter};
use tokio::runtime::Handle;

/// The attributes that leave: ids, numbers and words of our own. A field of a span that is not here stays in the log.
const TOLD: &[&str] = &[
    "answer.id",
    "attempt",
    "chat.id",
    "document.id",
    "generation",
    "http.method",
    "http.route",
    "http.status_code",
    "job.kind",
    "model.provider",
    "outcome",
    "project.id",
    "request.id",
    "run.id",
    "socket.event",
];

const REQUEST: &str = "http.request";

/// Routes that are asked for by machines.
const ROUTINE: &[&str] = &["/health", "/healthz", "/metrics", "/readyz"];

/// The library gathers spans on a thread of its own, where nothing asynchronous runs: sending is done here.
#[derive(Debug)]
pub(super) struct OnRuntime {
    exporter: Arc<Otlp>,
    runtime: Handle,
}

impl OnRuntime {
    pub(super) fn new(exporter: Otlp) -> Self {
        Self { exporter: Arc::new(exporter), runtime: Handle::current() }
    }
}

impl SpanExporter for OnRuntime {
    async fn export(&self, mut batch: Vec<SpanData>) -> OTelSdkResult {
        batch.retain(|span| !is_routine(span));
        batch.iter_mut().for_each(dress);
        let exporter = Arc::clone(&self.exporter);
        let sent = self.runtime.spawn(async move { exporter.export(batch).await });
        sent.await.unwrap_or_else(|error| Err(OTelSdkError::InternalFailure(error.to_string())))
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        // Told once, before anything is sent: nobody else has it yet.
        if let Some(exporter) = Arc::get_mut(&mut self.exporter) {
            exporter.set_resource(resource);
        }
    }
}

/// What is asked for every few seconds by machines tells nobody anything.
fn is_routine(span: &SpanData) -> bool {
    span.name == REQUEST && attribute(span, "http.route").is_some_and(|route| ROUTINE.contains(&&*route))
}

/// Leaves what may be told, and says it in the collector's words.
fn dress(span: &mut SpanData) {
    span.attributes.retain(|attribute| TOLD.contains(&attribute.key.as_str()));
    span.span_kind = match &*span.name {
        REQUEST => SpanKind::Server,
        "job.attempt" => SpanKind::Consumer,
        "chat.model" => SpanKind::Client,
        _ => SpanKind::Internal,
    };
    if span.name == REQUEST
        && let Some(name) = name_of_request(span)
    {
        span.name = name.into();
    }
}

fn name_of_request(span: &SpanData) -> Option<String> {
    Some(format!("{} {}", attribute(span, "http.method")?, attribute(span, "http.route")?))
}

fn attribute<'a>(span: &'a SpanData, name: &str) -> Option<Cow<'a, str>> {
    let found = span.attributes.iter().find(|attribute| attribute.key.as_str() == name)?;
    Some(found.value.as_str())
}
