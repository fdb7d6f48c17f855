//! Where metrics are kept, and the page that they are read from. There is no listener here: whoever has one answers
//! with [`render`].

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Label, counter, describe_counter, describe_gauge, describe_histogram, gauge};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio_util::sync::CancellationToken;

use super::catalogue::{BUILD, CATALOGUE, Family, Kind, listed};
use super::process;

/// Of the page.
pub const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How often what histograms have taken in is sorted into their buckets, if nobody asks.
const UPKEEP: Duration = Duration::from_secs(5);

static PAGE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Begins to record, for this whole process; a second call changes nothing. Without it, recording costs and does
/// nothing.
pub fn install() {
    PAGE.get_or_init(|| {
        let page = begin();
        if page.is_none() {
            tracing::warn!("Metrics are not recorded: something else in this process records them");
        }
        page
    });
}

/// Everything recorded, in Prometheus's text format.
pub fn render() -> String {
    let mut text = PAGE.get().and_then(Option::as_ref).map(PrometheusHandle::render).unwrap_or_default();
    process::render(&mut text);
    text
}

/// Keeps what is held in memory small until `stop`, when nobody asks for the page.
pub async fn upkeep(stop: CancellationToken) {
    let Some(page) = PAGE.get().and_then(Option::as_ref) else { return };
    while stop.run_until_cancelled(tokio::time::sleep(UPKEEP)).await.is_some() {
        page.run_upkeep();
    }
}

fn begin() -> Option<PrometheusHandle> {
    let mut builder = PrometheusBuilder::new();
    for family in CATALOGUE {
        if let Kind::Histogram(bounds) = family.kind {
            builder = builder.set_buckets_for_metric(Matcher::Full(family.name.to_owned()), bounds).ok()?;
        }
    }
    let recorder = builder.build_recorder();
    let page = recorder.handle();
    metrics::set_global_recorder(recorder).ok()?;
    for family in CATALOGUE {
        match family.kind {
            Kind::Counter => describe_counter!(family.name, family.help),
            Kind::Gauge => describe_gauge!(family.name, family.help),
            Kind::Histogram(_) => describe_histogram!(family.name, family.help),
        }
        if family.kind == Kind::Counter {
            begin_at_zero(family);
        }
    }
    gauge!(BUILD, "version" => env!("CARGO_PKG_VERSION")).set(1.0);
    Some(page)
}

/// What has not happened yet is 0, not absent: a rule over it must hold from the start. Only of families with few
/// known members, and not of the process's own, which are read elsewhere.
fn begin_at_zero(family: &Family) {
    if family.name.starts_with("process_") || family.labels.iter().any(|(_, values)| values.is_none()) {
        return;
    }
    let mut members: Vec<Vec<Label>> = vec![Vec::new()];
    for label in family.labels {
        let longer = members.iter().flat_map(|member| {
            listed(label).into_iter().map(|value| {
                let mut member = member.clone();
                member.push(Label::from_static_parts(label.0, value));
                member
            })
        });
        members = longer.collect();
    }
    for member in members {
        counter!(family.name, member).absolute(0);
    }
}
