//! Every family of metrics: its name, what it says, and what its labels may be.

use docent_domain::Code;

/// What is known of a family of metrics.
#[derive(Debug, Clone, Copy)]
pub struct Family {
    pub name: &'static str,
    pub kind: Kind,
    /// One sentence, without a full stop.
    pub help: &'static str,
    pub labels: &'static [Label],
}

/// A label, and the values that it may have; `None`: the ones that the program's tables hold.
pub type Label = (&'static str, Option<&'static [&'static str]>);

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    Counter,
    Gauge,
    /// With the upper bounds of its buckets.
    Histogram(&'static [f64]),
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram(_) => "histogram",
        }
    }
}

/// From a request answered out of memory to one that waits for a person's file.
const REQUEST: Kind =
    Kind::Histogram(&[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0]);
/// From a note to a book of a thousand pages.
const WORK: Kind = Kind::Histogram(&[
    0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 900.0, 3600.0,
]);
/// What a reader waits for.
const WAIT: Kind =
    Kind::Histogram(&[0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0]);
const SEARCH: Kind =
    Kind::Histogram(&[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 20.0]);
const RATE: Kind = Kind::Histogram(&[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0]);

pub(super) const OUTCOMES: &[&str] = &["completed", "failed", "cancelled"];
pub(super) const ENDS: &[&str] = &["completed", "failed", "cancelled", "interrupted"];
pub(super) const STAGES: &[&str] = &["extract", "chunk", "embed", "index", "publish"];
pub(super) const KINDS: &[&str] = docent_domain::job::Job::KINDS;
pub(super) const STATES: &[&str] = &["queued", "running"];
pub(super) const PARTINGS: &[&str] =
    &["client", "closing", "lost", "malformed", "overrun", "put_out", "timeout"];
pub(super) const LIMITS: &[&str] = &["handshakes", "login", "sockets", "user", "visitor", "waiting_events"];
pub(super) const SURFACES: &[&str] = &["http", "job", "openai", "socket", "turn"];
pub(super) const STEPS: &[&str] = &["embed", "index", "check", "total"];
pub(super) const FINDS: &[&str] = &["found", "irrelevant", "failed"];
pub(super) const MISMATCHES: &[&str] =
    &["points", "stray_points", "chunks", "original_damaged", "original_missing", "stray_file", "garbage"];

macro_rules! families {
    ($($const:ident = $kind:expr, $name:literal, $help:literal $(, $label:literal: $values:expr)*;)*) => {
        $(pub(super) const $const: &str = $name;)*

        /// Every family that this program has.
        pub const CATALOGUE: &[Family] = &[$(
            Family { name: $name, kind: $kind, help: $help, labels: &[$(($label, $values)),*] },
        )*];
    };
}

#[rustfmt::skip]
families! {
    // Reading documents.
    DOCUMENTS = Kind::Counter, "docent_documents_total", "Readings of documents that came to rest", "outcome": Some(OUTCOMES);
    DOCUMENT_SECONDS = WORK, "docent_document_seconds", "From the upload of a document until searches show it";
    STAGE_SECONDS = WORK, "docent_ingest_stage_seconds", "Time that one reading spent in a stage; stages of one reading run side by side", "stage": Some(STAGES);
    VECTORS = Kind::Counter, "docent_vectors_total", "Vectors of passages that readings needed: computed, or known from before", "origin": Some(&["computed", "known"]);
    EMBEDDING_SECONDS = SEARCH, "docent_embedding_seconds", "Seconds for one batch of passages, or for one question", "what": Some(&["passages", "query"]);
    // The queue.
    QUEUE_DEPTH = Kind::Gauge, "docent_queue_depth", "Work in the queue, of all nodes", "kind": Some(KINDS), "state": Some(STATES);
    QUEUE_OLDEST = Kind::Gauge, "docent_queue_oldest_seconds", "Age of the oldest work in the queue; 0 if there is none", "kind": Some(KINDS), "state": Some(STATES);
    JOBS_FAILED = Kind::Gauge, "docent_jobs_failed", "Work that rests as failed, of all nodes, by the code of its error", "code": None;
    LAST_SUCCESS = Kind::Gauge, "docent_last_success_timestamp_seconds", "When work of that kind last came to a good end (Unix time)", "kind": Some(KINDS);
    RETRIES = Kind::Counter, "docent_job_retries_total", "Attempts that failed and are tried again", "kind": Some(KINDS);
    OUTAGES = Kind::Counter, "docent_job_outages_total", "Attempts that wait because a dependency is away", "kind": Some(KINDS);
    RECOVERIES = Kind::Counter, "docent_lease_recoveries_total", "Work taken over from a process that died or fell silent", "what": Some(&["job", "turn"]);
    OWED = Kind::Gauge, "docent_sweep_owed", "What is deleted or replaced, and not yet removed from index and storage", "what": Some(&["generations", "projects"]);
    MISMATCHED = Kind::Counter, "docent_mismatches_total", "What was found to differ between database, files and index", "kind": Some(MISMATCHES), "repaired": Some(&["no", "yes"]);
    // Questions.
    MESSAGES = Kind::Counter, "docent_messages_total", "Questions taken, by the door they came through; those of MCP come by `rest`", "door": None;
    TURNS = Kind::Counter, "docent_turns_total", "Answers that came to an end", "outcome": Some(ENDS);
    TURN_SECONDS = WAIT, "docent_turn_seconds", "From the question to the end of its answer", "outcome": Some(ENDS);
    TURNS_RUNNING = Kind::Gauge, "docent_turns_running", "Answers that this process is writing";
    FIRST_TOKEN = WAIT, "docent_first_token_seconds", "From the question to the first word of its answer";
    TOKEN_RATE = RATE, "docent_tokens_per_second", "Tokens per second, from the first word of an answer to its last";
    TOKENS = Kind::Counter, "docent_model_tokens_total", "Tokens that models say they read and wrote", "direction": Some(&["prompt", "completion"]);
    MODEL_FAILURES = Kind::Counter, "docent_model_failures_total", "Answers that a language model did not give, or not to the end", "provider": Some(&["extractive", "openai", "scripted"]);
    // Searches.
    SEARCHES = Kind::Counter, "docent_searches_total", "Searches, by what came of them", "outcome": Some(FINDS);
    SEARCH_SECONDS = SEARCH, "docent_search_seconds", "Time of a search: embedding the question, the index (dense and sparse in one round trip), checking in the database", "step": Some(STEPS);
    // Requests and connections.
    REQUESTS = Kind::Counter, "docent_http_requests_total", "HTTP requests answered", "route": None, "method": None, "status": Some(&["1xx", "2xx", "3xx", "4xx", "5xx"]);
    REQUEST_SECONDS = REQUEST, "docent_http_request_seconds", "From the head of a request to the head of its answer", "route": None, "method": None;
    SOCKETS = Kind::Gauge, "docent_sockets_open", "Open connections: Socket.IO's main namespace, assistant rooms, native WebSockets", "door": None;
    SOCKET_EVENTS = Kind::Counter, "docent_socket_events_total", "Socket events handled", "event": None, "outcome": Some(&["ok", "refused"]);
    DISCONNECTS = Kind::Counter, "docent_disconnects_total", "Connections that ended", "reason": Some(PARTINGS);
    SLOW_PAUSES = Kind::Counter, "docent_slow_client_pauses_total", "Times that sending waited for a client that did not read";
    LIMITED = Kind::Counter, "docent_rate_limited_total", "What was refused because there was too much of it", "kind": Some(LIMITS);
    ERRORS = Kind::Counter, "docent_errors_total", "Errors, by where they came up and their code", "surface": Some(SURFACES), "code": None;
    // Dependencies and the process.
    BUS_LOST = Kind::Counter, "docent_bus_lost_total", "Times that a listener missed news and looked into the database instead";
    DATABASE_UP = Kind::Gauge, "docent_database_up", "Whether the database answered when it was asked for this page";
    DISK_FREE = Kind::Gauge, "docent_disk_free_bytes", "Free on the fullest of the disks that this process writes to";
    CONNECTIONS = Kind::Gauge, "docent_database_connections", "Connections to the database", "pool": Some(&["all", "read", "write"]), "state": Some(&["idle", "used"]);
    BUILD = Kind::Gauge, "docent_build_info", "Always 1", "version": None;
    // Of every process; the names are the usual ones.
    CPU = Kind::Counter, "process_cpu_seconds_total", "Processor time used";
    RESIDENT = Kind::Gauge, "process_resident_memory_bytes", "Memory in use";
    VIRTUAL = Kind::Gauge, "process_virtual_memory_bytes", "Memory reserved";
    FILES = Kind::Gauge, "process_open_fds", "Open files and connections";
    MOST_FILES = Kind::Gauge, "process_max_fds", "Most files and connections that may be open";
    THREADS = Kind::Gauge, "process_threads", "Threads";
    STARTED = Kind::Gauge, "process_start_time_seconds", "When the process began (Unix time)";
}

/// The values of a label that tables of the program hold, where they can be listed.
pub(super) fn listed(label: &Label) -> Vec<&'static str> {
    match label {
        (_, Some(values)) => values.to_vec(),
        ("code", None) => Code::ALL.iter().map(|code| code.name()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_end_as_prometheus_wants_them() {
        let names: BTreeSet<_> = CATALOGUE.iter().map(|family| family.name).collect();
        assert_eq!(names.len(), CATALOGUE.len());
        for family in CATALOGUE {
            assert_eq!(family.name.ends_with("_total"), family.kind == Kind::Counter, "{}", family.name);
            assert!(!family.help.ends_with('.') && !family.help.contains('\n'), "{}", family.name);
            if let Kind::Histogram(bounds) = family.kind {
                assert!(bounds.is_sorted(), "{}", family.name);
            }
        }
    }
}
