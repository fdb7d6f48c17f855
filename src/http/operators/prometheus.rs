//! *root* `GET /metrics`: what there is to measure, for Prometheus. Admins, or whoever shows the token of the settings.

use axum::extract::{FromRequestParts, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::response::IntoResponse;
use subtle::ConstantTimeEq;

use crate::access::Operator;
use crate::services::Services;
use docent_auth::credentials::{bearer_of, fingerprint};
use docent_telemetry as telemetry;
use docent_wire::Refused;

/// May read metrics.
pub(crate) struct Scraper;

impl FromRequestParts<Services> for Scraper {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, services: &Services) -> Result<Self, Self::Rejection> {
        if services.metrics_token.as_ref().is_some_and(|token| token.is_shown(&parts.headers)) {
            return Ok(Self);
        }
        Operator::from_request_parts(parts, services).await.map(|_| Self)
    }
}

/// The token for metrics; only its hash is kept.
#[derive(Clone)]
pub struct MetricsToken(String);

impl MetricsToken {
    pub fn new(token: &str) -> Self {
        Self(fingerprint(token))
    }

    /// Whether a request carries it.
    pub fn is_shown(&self, headers: &HeaderMap) -> bool {
        bearer_of(headers).is_some_and(|shown| self.is(shown))
    }

    /// Takes the same time whatever is shown.
    fn is(&self, shown: &str) -> bool {
        self.0.as_bytes().ct_eq(fingerprint(shown).as_bytes()).into()
    }
}

/// In the text format of Prometheus; docs/metrics.md lists every family.
#[utoipa::path(
    get,
    path = "/metrics",
    operation_id = "metrics",
    tag = "Operators",
    responses((status = 200, body = String, content_type = "text/plain"))
)]
pub(super) async fn handler(State(services): State<Services>, _: Scraper) -> impl IntoResponse {
    services.store.measure(services.clock.now()).await;
    ([(CONTENT_TYPE, telemetry::CONTENT_TYPE), (CACHE_CONTROL, "no-store")], telemetry::render())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_itself_is_the_token() {
        let token = MetricsToken::new("0123456789abcdef");
        assert!(token.is("0123456789abcdef"));
        for other in ["", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeF"] {
            assert!(!token.is(other), "{other}");
        }
    }
}
