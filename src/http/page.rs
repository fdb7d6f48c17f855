//! *root* `/` and the addresses below it that people see: the page, out of the program itself. It was built and packed
//! beforehand (`web/`, `build.rs`); here it is only chosen which form of a file a browser gets.

use axum::Router;
use axum::extract::Path;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::services::Services;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

/// Every file of the page with its content, sorted by name; empty where the page was not built.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/page.rs"));

/// What stands in for a page that was not built.
const NOTICE: &str = include_str!("../../web/notice.html");

/// The page's own files and its own server, nothing else; no script or style stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; \
                      connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
                      frame-ancestors 'none'";

/// A worker is governed by the policy that its own script came with. The reader of PDFs fetches character maps, fonts
/// and picture decoders, and compiles the latter; pages and their scripts may not.
const WORKER_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
                             base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How the name of a file that is started as a worker begins.
const WORKER: &str = "pdf.worker";

/// Names of files below it change with their content.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// The forms of a packed file, the smallest first.
const PACKED: &[(&str, &str)] = &[("br", ".br"), ("gzip", ".gz")];

/// Addresses that the page knows itself. They are no part of the described interface.
pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route("/", get(index))
        .route("/account", get(index))
        .route("/assets/{*file}", get(asset))
        .route("/favicon.svg", get(icon))
        .route("/operators", get(index))
        .route("/projects", get(index))
        .route("/projects/{*view}", get(index))
        .route("/setup", get(index))
        .route("/sign-in", get(index))
}

async fn index(headers: HeaderMap) -> Response {
    let mut response = match packed("index.html", &headers) {
        Some(file) => file,
        None => ([(CONTENT_TYPE, kind("html"))], NOTICE).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN));
    response
}

async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Result<Response, Refused> {
    let mut response = packed(&format!("assets/{file}"), &headers).ok_or_else(missing)?;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
    if file.starts_with(WORKER) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(WORKER_POLICY));
    }
    Ok(response)
}

async fn icon(headers: HeaderMap) -> Result<Response, Refused> {
    let mut response = packed("favicon.svg", &headers).ok_or_else(missing)?;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(ASK_AGAIN));
    Ok(response)
}

fn missing() -> Fault {
    Fault::new(Code::NotFound, "The page has no such file; load it again")
}

/// The file in the smallest form that the browser reads.
fn packed(name: &str, headers: &HeaderMap) -> Option<Response> {
    let plain = content(name)?;
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let form = PACKED.iter().find_map(|&(encoding, ending)| {
        let bytes = content(&format!("{name}{ending}")).filter(|_| accepts(accepted, encoding))?;
        Some((encoding, bytes))
    });
    let (encoding, bytes) = form.map_or((None, plain), |(encoding, bytes)| (Some(encoding), bytes));
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, kind(name.rsplit('.').next().unwrap_or_default()));
    headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Some(response)
}

fn content(name: &str) -> Option<&'static [u8]> {
    let at = FILES.binary_search_by_key(&name, |&(known, _)| known).ok()?;
    FILES.get(at).map(|(_, bytes)| *bytes)
}

/// Whether `Accept-Encoding` names the encoding, and not to refuse it.
fn accepts(accepted: &str, encoding: &str) -> bool {
    accepted.split(',').any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts
            .filter_map(|part| part.strip_prefix("q="))
            .any(|weight| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0));
        named && !refused
    })
}

fn kind(ending: &str) -> HeaderValue {
    HeaderValue::from_static(match ending {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_in_the_order_that_finds_them() {
        assert!(FILES.is_sorted_by_key(|(name, _)| name));
        for (name, _) in FILES {
            assert!(content(name).is_some(), "{name}");
        }
    }

    #[test]
    fn an_encoding_is_used_only_where_it_is_accepted() {
        assert!(accepts("gzip, deflate, br, zstd", "br"));
        assert!(accepts("GZIP;q=0.5", "gzip"));
        assert!(!accepts("gzip, br;q=0", "br"));
        assert!(!accepts("gzip;q=0.0", "gzip"));
        assert!(!accepts("*", "br"));
        assert!(!accepts("", "gzip"));
    }

    #[test]
    fn neither_the_page_nor_the_notice_has_a_script_or_style_of_its_own() {
        let page = content("index.html").map_or("", |bytes| std::str::from_utf8(bytes).unwrap());
        for text in [page, NOTICE] {
            assert_eq!(text.matches("<script").count(), text.matches("src=\"/assets/").count(), "{text}");
            assert!(!text.contains("<style") && !text.contains(" style="), "{text}");
            assert!(!text.contains("unsafe") && !POLICY.contains("unsafe"), "{text}");
        }
    }
}
