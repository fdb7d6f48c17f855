//! Metrics, traces, and the queue's board.

use std::net::SocketAddr;

use super::check::{http, long_enough};
use super::declared::declared;
use super::values::{Address, Secret};

declared! {
    /// Metrics, traces, and the queue's board.
    Telemetry "telemetry" {
        /// Whoever shows it as a bearer token may read `/metrics` (admins may in any case); at least 16 characters, the same on
        /// every node. Empty: admins only.
        metrics_token: Secret = "", METRICS_TOKEN, long_enough;
        /// Address and port of the queue's own board, for admins; never the address of the server itself. Empty: there is none.
        board: Option<SocketAddr> = "", BOARD_LISTEN;
        /// Base address of an OpenTelemetry collector that takes traces as OTLP over HTTP, such as `http://localhost:4318`.
        /// Empty: nothing is traced.
        traces: Option<Address> = "", OTEL_EXPORTER_OTLP_ENDPOINT, http("http://localhost:4318");
        /// The name under which traces are told.
        service: String = "docent", OTEL_SERVICE_NAME;
    }
}
