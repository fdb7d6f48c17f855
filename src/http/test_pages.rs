//! *root* `/static/…`: pages on which the doors are tried by hand, with everything that is said on them. They ask
//! for nothing but what this server serves, and run no script but their own.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::services::Services;

/// Scripts and styles of ours, and connections to us; nothing else is loaded, and nothing inline runs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

/// Path, type and content of every file.
const FILES: [(&str, &str, &str); 7] = [
    // From the npm package `socket.io-client`, as it is, but for the address of its source map.
    ("/static/socket.io.min.js", SCRIPT, include_str!("static/socket.io.min.js")),
    ("/static/socketio_ai_test.html", HTML, include_str!("static/socketio_ai_test.html")),
    ("/static/socketio_ai_test.js", SCRIPT, include_str!("static/socketio_ai_test.js")),
    ("/static/socketio_test.html", HTML, include_str!("static/socketio_test.html")),
    ("/static/socketio_test.js", SCRIPT, include_str!("static/socketio_test.js")),
    ("/static/test_page.css", STYLE, include_str!("static/test_page.css")),
    ("/static/test_page.js", SCRIPT, include_str!("static/test_page.js")),
];

pub(super) fn routes() -> Router<Services> {
    FILES.into_iter().fold(Router::new(), |router, (path, kind, content)| {
        router.route(path, get(async move || served(kind, content)))
    })
}

fn served(kind: &'static str, content: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
        // A new version of the server brings new files under the same names.
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inline_runs_on_a_page() {
        for (path, kind, content) in FILES {
            if kind == HTML {
                assert_eq!(
                    content.matches("<script").count(),
                    content.matches("<script src=\"/static/").count()
                );
                for inline in ["style=", "<style", " onclick", " onload", " onerror", "javascript:"] {
                    assert!(!content.contains(inline), "{path}: {inline}");
                }
            }
        }
    }

    #[test]
    fn scripts_of_ours_make_no_markup() {
        for (path, kind, content) in FILES {
            if kind == SCRIPT && !path.ends_with(".min.js") {
                for way in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("] {
                    assert!(!content.contains(way), "{path}: {way}");
                }
            }
        }
    }

    #[test]
    fn the_client_names_its_licence() {
        let (_, _, client) = FILES[0];
        assert!(client.starts_with("/*!\n * Socket.IO v4.8.4\n") && client.contains("MIT License"));
    }
}
