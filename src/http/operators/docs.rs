//! *root* `/docs`: the interface, to read and to try, for admins; `/docs/errors`: what each error code means, for
//! everybody who got one.

use std::fmt::Write;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use utoipa_swagger_ui::Config;

use crate::access::Operator;
use crate::services::Services;
use docent_domain::fault::Retry;
use docent_domain::{Code, Fault};
use docent_wire::Refused;

/// The pages' own scripts run, nothing else; Swagger UI sets styles on elements, and carries its icons along.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Docent: the interface</title>
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/swagger-ui-standalone-preset.js"></script>
<script src="/docs/assets/swagger-initializer.js"></script>
</body>
</html>
"#;

fn policy() -> (HeaderName, HeaderValue) {
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY))
}

/// `/api/openapi.json`: every route of the server, made from the same lines as the routes.
#[utoipa::path(
    get,
    path = "/openapi.json",
    operation_id = "openapi",
    tag = "Operators",
    responses((status = 200, body = Object))
)]
pub(super) async fn openapi(_operator: Operator, State(services): State<Services>) -> Response {
    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], (services.openapi)()).into_response()
}

#[utoipa::path(
    get,
    path = "/docs",
    operation_id = "docs",
    tag = "Operators",
    responses((status = 200, body = String, content_type = "text/html"))
)]
pub(super) async fn page(_operator: Operator) -> Response {
    ([policy()], Html(PAGE)).into_response()
}

#[utoipa::path(
    get,
    path = "/docs/assets/{file}",
    operation_id = "docs_asset",
    tag = "Operators",
    params(("file" = String, Path)),
    responses((status = 200, body = String))
)]
pub(super) async fn asset(
    _operator: Operator,
    path: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Response, Refused> {
    let missing = || Fault::not_found("file");
    let Path(file) = path.map_err(|_| missing())?;
    let config = std::sync::Arc::new(Config::from("/api/openapi.json"));
    let served =
        utoipa_swagger_ui::serve(&file, config).map_err(|error| Fault::internal(error.to_string()))?;
    let served = served.ok_or_else(missing)?;
    let kind = HeaderValue::try_from(served.content_type).map_err(Fault::internal)?;
    Ok(([(CONTENT_TYPE, kind), policy()], served.bytes.into_owned()).into_response())
}

/// Every code, with its status and whether to try again.
#[utoipa::path(
    get,
    path = "/docs/errors",
    operation_id = "docs_errors",
    tag = "Operators",
    responses((status = 200, body = String, content_type = "text/html"))
)]
pub(super) async fn errors() -> Response {
    ([policy()], Html(error_page())).into_response()
}

fn error_page() -> String {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Docent: error codes</title>\n\
         </head>\n<body>\n<h1>Error codes</h1>\n<p>Codes stay; titles and details are for people.</p>\n\
         <table>\n<tr><th>code</th><th>status</th><th>meaning</th><th>try again</th></tr>\n",
    );
    for &code in Code::ALL {
        let again = match code.retry() {
            Retry::Never => "no: the same request fails in the same way",
            Retry::Later => "yes, in a moment",
            Retry::Outage => "yes, when what it needs is back",
        };
        let (name, status, title) = (code.name(), code.status(), code.title());
        // Writing to a string cannot fail.
        let _ = writeln!(
            page,
            "<tr id=\"{name}\"><td><code>{name}</code></td><td>{status}</td><td>{title}</td><td>{again}</td></tr>"
        );
    }
    page.push_str("</table>\n</body>\n</html>\n");
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_where_problems_point() {
        let page = error_page();
        for code in Code::ALL {
            assert!(page.contains(&format!("id=\"{}\"", code.name())), "{}", code.name());
        }
    }

    #[test]
    fn the_page_has_no_script_of_its_own() {
        assert!(PAGE.matches("<script").count() == PAGE.matches("<script src=\"/docs/assets/").count());
    }
}
