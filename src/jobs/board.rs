//! The queue library's own board: entries, workers and counts of the queues, as the library sees them. Entries name
//! runs by their numbers and hold nothing else.
//!
//! Its files ask for absolute addresses, so it needs a listener of its own; and it knows no users, so whoever mounts
//! it decides who may come. It can put entries into the queues, too: let only requests through that read.

use apalis_board::axum::framework::{ApiBuilder, RegisterRoute};
use apalis_board::axum::ui::ServeUI;
use axum::Router;
use axum::extract::Request;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tower_http::set_header::SetResponseHeaderLayer;

use docent_store::{Pools, Queue, Store};

const LOG: &str = "/api/v1/events";

/// The board of a database's queues.
pub fn board(store: &Store) -> Router {
    let policy = HeaderValue::try_from(policy()).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    Router::new()
        .nest("/api/v1", api(store))
        .fallback_service(ServeUI::new())
        .layer(from_fn(without_log))
        .layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy))
}

/// It would also like to show this process's log, live; that is for whoever may read the log. Told that there is
/// nothing, it does not ask again.
async fn without_log(request: Request, next: Next) -> Response {
    if request.uri().path() == LOG { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await }
}

/// Both libraries have the same shape, but no trait in common that says so.
macro_rules! register_queues {
    ($storage:ident, $config:path, $pool:expr) => {{
        let register = |api, queue: &Queue| {
            let config = <$config>::default().queue(queue.name());
            let storage = $storage::<Value>::new($pool).with_config(config);
            RegisterRoute::<_, Value>::register(api, queue.name(), storage)
        };
        Queue::ALL.iter().fold(ApiBuilder::new(Router::new()), register).build()
    }};
}

fn api(store: &Store) -> Router {
    use apalis_postgres::PostgresStorage;
    use apalis_sqlite::SqliteStorage;

    match store.pools() {
        // It only looks: readers are never in a writer's way.
        Pools::Sqlite { read, .. } => register_queues!(SqliteStorage, apalis_sqlite::Config, read),
        Pools::Postgres(pool) => register_queues!(PostgresStorage, apalis_postgres::Config, pool),
    }
}

/// Its own files, and of scripts in its page the one that is known by its hash. It runs WebAssembly, and draws its bars
/// and charts by `style` attributes, which run nothing.
fn policy() -> String {
    let page = ServeUI::get_file("index.html").and_then(|file| file.contents_utf8()).unwrap_or_default();
    let hashes: String = inline_scripts(page)
        .map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script))))
        .collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'none'; \
         frame-ancestors 'none'"
    )
}

/// What stands in a page between `<script …>` and its end.
fn inline_scripts(page: &str) -> impl Iterator<Item = &str> {
    page.split("<script").skip(1).filter_map(|rest| {
        let (_, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script>")?;
        (!script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_in_the_page_are_let_in_by_their_hash_alone() {
        let policy = policy();
        assert_eq!(policy.matches("'sha256-").count(), 1, "{policy}");
        let scripts = policy.split(';').find(|rule| rule.trim_start().starts_with("script-src ")).unwrap();
        assert!(!scripts.contains("unsafe-inline") && !scripts.contains("'unsafe-eval'"), "{policy}");
        let found: Vec<_> =
            inline_scripts(r#"<script src="a.js"></script><script type="module">x()</script>"#).collect();
        assert_eq!(found, ["x()"]);
    }
}
