//! One function for each thing that is told. Cheap enough for every request; none is called for every token.

use std::time::Duration;

use metrics::{counter, gauge, histogram};

use super::catalogue as names;
use super::catalogue::listed;
use docent_domain::chat::MessageStatus;
use docent_domain::document::DocumentStatus;
use docent_domain::job::{Job, RunState};
use docent_domain::{Code, Timestamp};

macro_rules! labels {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $label:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($variant,)* }

        impl $name {
            /// The value of its label.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $label,)* }
            }

            #[cfg(test)]
            const NAMES: &[&str] = &[$($label,)*];
        }
    )*};
}

labels! {
    /// A step of a reading.
    Stage {
        Extract = "extract",
        Chunk = "chunk",
        Embed = "embed",
        Index = "index",
        Publish = "publish",
    }

    /// Why a connection ended.
    Parting {
        Client = "client",
        Closing = "closing",
        Lost = "lost",
        Malformed = "malformed",
        Overrun = "overrun",
        PutOut = "put_out",
        Timeout = "timeout",
    }

    /// What there was too much of.
    Limit {
        Handshakes = "handshakes",
        Login = "login",
        Sockets = "sockets",
        User = "user",
        Visitor = "visitor",
        WaitingEvents = "waiting_events",
    }

    /// Where an error came up.
    Surface {
        Http = "http",
        Job = "job",
        OpenAi = "openai",
        Socket = "socket",
        Turn = "turn",
    }

    /// What became of a search.
    Finding {
        Found = "found",
        Irrelevant = "irrelevant",
        Failed = "failed",
    }
}

/// A reading came to rest.
pub fn document_finished(status: DocumentStatus) {
    counter!(names::DOCUMENTS, "outcome" => status.name()).increment(1);
}

/// Searches show a document that was uploaded so long ago.
pub fn document_published(after: Duration) {
    histogram!(names::DOCUMENT_SECONDS).record(after);
}

/// One reading has left a stage behind.
pub fn stage(stage: Stage, took: Duration) {
    histogram!(names::STAGE_SECONDS, "stage" => stage.name()).record(took);
}

/// A batch of passages has its vectors.
pub fn passages_embedded(computed: usize, known: usize, took: Duration) {
    counter!(names::VECTORS, "origin" => "computed").increment(computed as u64);
    counter!(names::VECTORS, "origin" => "known").increment(known as u64);
    if computed > 0 {
        histogram!(names::EMBEDDING_SECONDS, "what" => "passages").record(took);
    }
}

/// An attempt failed, and will be repeated.
pub fn job_retried(job: &Job) {
    counter!(names::RETRIES, "kind" => job.kind()).increment(1);
}

/// An attempt waits for a dependency.
pub fn job_waits_for_dependency(job: &Job) {
    counter!(names::OUTAGES, "kind" => job.kind()).increment(1);
}

/// Jobs of dead or silent processes were taken over.
pub fn jobs_recovered(count: usize) {
    counter!(names::RECOVERIES, "what" => "job").increment(count as u64);
}

/// Answers of dead processes were ended.
pub fn turns_recovered(count: usize) {
    counter!(names::RECOVERIES, "what" => "turn").increment(count as u64);
}

/// A check found something that differs.
pub fn mismatch(kind: &'static str, repaired: bool) {
    let repaired = if repaired { "yes" } else { "no" };
    counter!(names::MISMATCHED, "kind" => kind, "repaired" => repaired).increment(1);
}

/// These doors are open: what came through them begins at 0.
pub fn begin_doors(doors: impl Iterator<Item = &'static str>) {
    doors.for_each(|door| counter!(names::MESSAGES, "door" => door).absolute(0));
}

/// A question was taken. `door` is the label of one that is open.
pub fn message(door: &'static str) {
    counter!(names::MESSAGES, "door" => door).increment(1);
}

/// An answer is being written.
pub fn turn_begun() {
    gauge!(names::TURNS_RUNNING).increment(1.0);
}

/// An answer has its end.
pub fn turn_ended(outcome: MessageStatus, took: Duration) {
    gauge!(names::TURNS_RUNNING).decrement(1.0);
    counter!(names::TURNS, "outcome" => outcome.name()).increment(1);
    histogram!(names::TURN_SECONDS, "outcome" => outcome.name()).record(took);
}

/// The first word of an answer came so long after its question.
pub fn first_token(after: Duration) {
    histogram!(names::FIRST_TOKEN).record(after);
}

/// A model wrote `written` tokens (pieces of text, where it does not count them itself) in this time.
pub fn spoken(written: u64, took: Duration) {
    // A single piece has no pace.
    if written > 1 && took > Duration::ZERO {
        histogram!(names::TOKEN_RATE).record(written as f64 / took.as_secs_f64());
    }
}

/// What a model says it has read and written.
pub fn tokens(prompt: i64, completion: i64) {
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    counter!(names::TOKENS, "direction" => "prompt").increment(count(prompt));
    counter!(names::TOKENS, "direction" => "completion").increment(count(completion));
}

/// A model gave no answer, or broke off.
pub fn model_failed(provider: &'static str) {
    counter!(names::MODEL_FAILURES, "provider" => provider).increment(1);
}

/// A search is over.
pub fn searched(finding: Finding) {
    counter!(names::SEARCHES, "outcome" => finding.name()).increment(1);
}

/// The parts of a search, in milliseconds: embedding, index, database, all.
pub fn search_took([embed, index, check, total]: [f64; 4]) {
    for (step, ms) in names::STEPS.iter().zip([embed, index, check, total]) {
        histogram!(names::SEARCH_SECONDS, "step" => *step).record(ms / 1e3);
    }
    if embed > 0.0 {
        histogram!(names::EMBEDDING_SECONDS, "what" => "query").record(embed / 1e3);
    }
}

/// A request was answered. `route` is the template that matched, never the path that was asked for.
pub fn request(route: &str, method: &'static str, status: u16, took: Duration) {
    let class = match status / 100 {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    let route = route.to_owned();
    counter!(names::REQUESTS, "route" => route.clone(), "method" => method, "status" => class).increment(1);
    histogram!(names::REQUEST_SECONDS, "route" => route, "method" => method).record(took);
}

/// A connection opened; it counts until this is dropped. `line` is the kind of connection.
pub fn connected(line: &'static str) -> Connected {
    gauge!(names::SOCKETS, "door" => line).increment(1.0);
    Connected(line)
}

/// An open connection.
#[derive(Debug)]
pub struct Connected(&'static str);

impl Drop for Connected {
    fn drop(&mut self) {
        gauge!(names::SOCKETS, "door" => self.0).decrement(1.0);
    }
}

/// Why a connection is gone.
pub fn parted(reason: Parting) {
    counter!(names::DISCONNECTS, "reason" => reason.name()).increment(1);
}

/// A socket event was handled. `event` is one that the doors know.
pub fn socket_event(event: &'static str, taken: bool) {
    let outcome = if taken { "ok" } else { "refused" };
    counter!(names::SOCKET_EVENTS, "event" => event, "outcome" => outcome).increment(1);
}

/// Sending waits for a client.
pub fn slow_client() {
    counter!(names::SLOW_PAUSES).increment(1);
}

/// Something was refused because there was too much of it.
pub fn limited(what: Limit) {
    counter!(names::LIMITED, "kind" => what.name()).increment(1);
}

/// An error was told to whoever caused or met it.
pub fn error(surface: Surface, code: Code) {
    counter!(names::ERRORS, "surface" => surface.name(), "code" => code.name()).increment(1);
}

/// A listener of the bus missed news.
pub fn bus_lost() {
    counter!(names::BUS_LOST).increment(1);
}

/// So many bytes are free on the fullest disk.
pub fn disk_free(bytes: u64) {
    gauge!(names::DISK_FREE).set(bytes as f64);
}

/// The state of the database, as it was just looked at; `None`: it did not answer.
pub fn database(seen: Option<&DatabaseSeen>, now: Timestamp) {
    gauge!(names::DATABASE_UP).set(if seen.is_some() { 1.0 } else { 0.0 });
    let Some(seen) = seen else { return };
    for kind in names::KINDS {
        for state in [RunState::Queued, RunState::Running] {
            let (count, oldest) = seen
                .work(kind, state)
                .map_or((0, 0.0), |work| (work.count, now.since(work.oldest).as_secs_f64()));
            gauge!(names::QUEUE_DEPTH, "kind" => *kind, "state" => state.name()).set(count as f64);
            gauge!(names::QUEUE_OLDEST, "kind" => *kind, "state" => state.name()).set(oldest);
        }
        if let Some((_, at)) = seen.successes.iter().find(|(found, _)| found == kind) {
            gauge!(names::LAST_SUCCESS, "kind" => *kind).set(at.micros() as f64 / 1e6);
        }
    }
    for code in listed(&("code", None)) {
        let failed = seen.failed.iter().find(|(found, _)| found == code).map_or(0, |(_, count)| *count);
        gauge!(names::JOBS_FAILED, "code" => code).set(failed as f64);
    }
    gauge!(names::OWED, "what" => "generations").set(seen.owed_generations as f64);
    gauge!(names::OWED, "what" => "projects").set(seen.owed_projects as f64);
}

/// A pool of connections, as it is.
pub fn connections(pool: &'static str, idle: usize, all: u32) {
    let idle = idle as f64;
    gauge!(names::CONNECTIONS, "pool" => pool, "state" => "idle").set(idle);
    gauge!(names::CONNECTIONS, "pool" => pool, "state" => "used").set((f64::from(all) - idle).max(0.0));
}

/// What a look at the database says of all nodes together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DatabaseSeen {
    pub waiting: Vec<Work>,
    /// What rests as failed, by the code of its error.
    pub failed: Vec<(String, i64)>,
    /// When each kind of work last came to a good end.
    pub successes: Vec<(String, Timestamp)>,
    pub owed_generations: i64,
    pub owed_projects: i64,
}

/// Work of a kind in a state.
#[derive(Debug, Clone, PartialEq)]
pub struct Work {
    pub kind: String,
    pub state: String,
    pub count: i64,
    pub oldest: Timestamp,
}

impl DatabaseSeen {
    fn work(&self, kind: &str, state: RunState) -> Option<&Work> {
        self.waiting.iter().find(|work| work.kind == kind && work.state == state.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_the_catalogue() {
        assert_eq!(Stage::NAMES, names::STAGES);
        assert_eq!(Parting::NAMES, names::PARTINGS);
        assert_eq!(Limit::NAMES, names::LIMITS);
        assert_eq!(Surface::NAMES, names::SURFACES);
        assert_eq!(Finding::NAMES, names::FINDS);
        for end in [
            MessageStatus::Completed,
            MessageStatus::Failed,
            MessageStatus::Cancelled,
            MessageStatus::Interrupted,
        ] {
            assert!(names::ENDS.contains(&end.name()));
        }
        for status in [DocumentStatus::Completed, DocumentStatus::Failed, DocumentStatus::Cancelled] {
            assert!(names::OUTCOMES.contains(&status.name()));
        }
    }
}
