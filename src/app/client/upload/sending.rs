//! One file on its way to the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::TryStreamExt;
use indicatif::ProgressBar;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use tokio_util::io::ReaderStream;

use super::files::Found;
use crate::app::client::api::{Api, ClientError};

/// What the server said to a file.
pub(super) enum Sent {
    Kept { document: Value, duplicate: bool },
    Refused { code: String, reason: String },
}

/// Further tries of a file that the server had no room for, or that was cut off.
const RETRIES: u32 = 3;

/// Streams the file. An error means that nothing can be uploaded at all.
pub(super) async fn send(
    api: &Api,
    project: &str,
    on_duplicate: Option<&str>,
    file: &Found,
    bar: &ProgressBar,
) -> Result<Sent, ClientError> {
    // Trying again is safe: the server knows the key.
    let key = uuid::Uuid::new_v4().to_string();
    let mut tries = 0;
    loop {
        let on_its_way = Arc::new(AtomicU64::new(0));
        let error = match once(api, project, on_duplicate, file, &key, (bar, &on_its_way)).await {
            Ok(answer) => {
                let duplicate = answer["duplicate"] == Value::Bool(true);
                return Ok(Sent::Kept { document: answer["document"].clone(), duplicate });
            }
            Err(error) => error,
        };
        let passing = match &error {
            Failure::Local(_) => false,
            Failure::Client(ClientError::Refused { status, code, .. }) => {
                matches!(status, 429 | 503) || code == "request_under_way"
            }
            Failure::Client(_) => true,
        };
        if passing && tries < RETRIES {
            tries += 1;
            bar.dec(on_its_way.load(Ordering::Relaxed));
            tokio::time::sleep(std::time::Duration::from_secs(u64::from(tries))).await;
            continue;
        }
        return match error {
            Failure::Local(error) => {
                Ok(Sent::Refused { code: "unreadable".to_owned(), reason: error.to_string() })
            }
            Failure::Client(ClientError::Refused { status, code, detail })
                if !matches!(status, 401 | 403 | 404) =>
            {
                Ok(Sent::Refused { code, reason: detail })
            }
            Failure::Client(error) => Err(error),
        };
    }
}

enum Failure {
    Local(std::io::Error),
    Client(ClientError),
}

async fn once(
    api: &Api,
    project: &str,
    on_duplicate: Option<&str>,
    file: &Found,
    key: &str,
    (bar, on_its_way): (&ProgressBar, &Arc<AtomicU64>),
) -> Result<Value, Failure> {
    let opened = fs_err::tokio::File::open(&file.path).await.map_err(Failure::Local)?;
    let (bar, counted) = (bar.clone(), Arc::clone(on_its_way));
    let bytes = ReaderStream::new(opened).inspect_ok(move |piece| {
        let length = u64::try_from(piece.len()).unwrap_or(0);
        counted.fetch_add(length, Ordering::Relaxed);
        bar.inc(length);
    });
    let filename = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let part = Part::stream_with_length(reqwest::Body::wrap_stream(bytes), file.size).file_name(filename);
    let form = Form::new().text("path", file.name.clone()).part("file", part);
    let mut request = api.request(Method::POST, &format!("/api/projects/{project}/documents"));
    if let Some(what) = on_duplicate {
        request = request.query(&[("on_duplicate", what)]);
    }
    let request = request.header("idempotency-key", key).multipart(form);
    api.json(request).await.map_err(Failure::Client)
}
