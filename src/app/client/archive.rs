//! `docent project export` and `docent project import`: a project as one file, and back.

use std::path::{Path, PathBuf};
use std::time::Duration;

use futures_util::StreamExt;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio_util::io::ReaderStream;

use super::api::{Api, ClientError};
use super::show::printable;
use super::{Connection, Outcome, Output, say, say_json};

/// How often the server is asked how far it is.
const EVERY: Duration = Duration::from_millis(300);

/// Writes the archive beside its place first, so that what stands there is whole.
pub(super) async fn export(connection: &Connection, wanted: &str, output: Option<&Path>) -> Outcome {
    let (api, shown) = connection.open()?;
    let project = api.project(wanted).await?;
    let path = output.map_or_else(|| PathBuf::from(format!("project-{}.zip", project["id"])), Path::to_owned);
    if path.exists() {
        return Err(format!("{} is there already; nothing was exported", path.display()).into());
    }
    let unfinished = path.with_added_extension("part");
    let size = match download(&api, &project["id"], &unfinished).await {
        Ok(size) => size,
        Err(error) => {
            // The error matters more than what it leaves.
            drop(fs_err::remove_file(&unfinished));
            return Err(error);
        }
    };
    fs_err::rename(&unfinished, &path)?;
    match shown {
        Output::Json => say_json(&json!({"project_id": project["id"], "file": path, "bytes": size})),
        Output::Text => {
            say(format_args!("{} holds project {} ({size} bytes).", path.display(), project["id"]))
        }
    }
    Ok(())
}

async fn download(api: &Api, project: &Value, path: &Path) -> Result<u64, Box<dyn std::error::Error>> {
    let response = api.send(api.request(Method::POST, &format!("/api/projects/{project}/export"))).await?;
    let mut file = fs_err::tokio::File::create(path).await?;
    let (mut pieces, mut size) = (response.bytes_stream(), 0);
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(ClientError::Broken)?;
        size += piece.len() as u64;
        file.write_all(&piece).await?;
    }
    file.sync_all().await?;
    Ok(size)
}

/// Sends the archive, and waits until everything in it is there.
pub(super) async fn import(connection: &Connection, path: &Path, wait: Wait) -> Outcome {
    let (api, shown) = connection.open()?;
    let file = fs_err::tokio::File::open(path).await?;
    let size = file.metadata().await?.len();
    let body = reqwest::Body::wrap_stream(ReaderStream::new(file));
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let form = Form::new().part("file", Part::stream_with_length(body, size).file_name(name));
    let mut project = api.json(api.request(Method::POST, "/api/projects/import").multipart(form)).await?;
    let (documents, chats) = (project["import"]["documents"].clone(), project["import"]["chats"].clone());
    while wait == Wait::Yes && project["import"]["status"] == "importing" {
        tokio::time::sleep(EVERY).await;
        project = api.get(&format!("/api/projects/{}", project["id"])).await?;
    }
    if project["import"]["status"] == "failed" {
        let reason = printable(project["import"]["error_message"].as_str().unwrap_or_default());
        return Err(format!("project {} was not imported: {reason}", project["id"]).into());
    }
    match shown {
        Output::Json => say_json(&project),
        Output::Text => {
            let name = printable(project["name"].as_str().unwrap_or_default());
            say(format_args!(
                "Project {} is made: {name}, with {documents} documents, which are read now, and {chats} chats",
                project["id"]
            ));
        }
    }
    Ok(())
}

/// Whether to wait until an import is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    Yes,
    No,
}
