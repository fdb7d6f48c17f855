//! What stands in an archive's entries, as JSON. These are its own types: a field of the database is not in an archive
//! because it is in the database.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ArchiveError, Limits};
use docent_domain::document::Document;
use docent_domain::{json, names};

const FORMAT: &str = "docent-project";

/// Grows when an older server would misread a newer archive.
pub(super) const VERSION: i64 = 1;

/// How deep arrays and objects may stand in each other, as in requests.
const DEPTH: usize = 32;
/// Characters of what is told about a text that cannot be read.
const TOLD: usize = 200;

/// `manifest.json`.
#[derive(Debug, Serialize, Deserialize)]
struct ManifestText {
    format: String,
    version: i64,
    project: ProjectText,
}

/// What names an archive, whatever else is in its manifest.
#[derive(Deserialize)]
struct Name {
    format: Option<Value>,
    version: Option<Value>,
}

/// A project, as far as it travels. Whoever takes it checks it like any project that somebody makes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProjectText {
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub settings: Map<String, Value>,
}

/// `documents/1/document.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct DocumentText {
    pub path: String,
    pub filename: String,
    /// In bytes; only said, never believed.
    pub size: i64,
    pub sha256: String,
    #[serde(default)]
    pub metadata: Map<String, Value>,
}

pub(super) fn manifest(project: &ProjectText) -> Result<Vec<u8>, ArchiveError> {
    let project = project.clone();
    written(&ManifestText { format: FORMAT.to_owned(), version: VERSION, project })
}

/// The project of a manifest. What it is and in which version comes first: only then its fields mean something.
pub(super) fn read_manifest(bytes: &[u8]) -> Result<ProjectText, ArchiveError> {
    const PART: &str = "manifest.json";
    let name: Name = parse(PART, bytes)?;
    if name.format.as_ref().and_then(Value::as_str) != Some(FORMAT) {
        return Err(ArchiveError::Foreign(format!("its manifest does not say `{FORMAT}`")));
    }
    match name.version.as_ref().and_then(Value::as_i64) {
        Some(VERSION) => {}
        Some(other) => return Err(ArchiveError::Version(other)),
        None => return Err(ArchiveError::content(PART, "it names no version")),
    }
    let ManifestText { mut project, .. } = parse(PART, bytes)?;
    project.name = without_nul(project.name);
    project.description = without_nul(project.description);
    Ok(project)
}

impl DocumentText {
    pub(super) fn of(document: &Document) -> Self {
        Self {
            path: document.path.clone(),
            filename: document.filename.clone(),
            size: document.size,
            sha256: document.sha256.clone(),
            metadata: document.metadata.as_object().cloned().unwrap_or_default(),
        }
    }

    /// Names are labels: cleaned like those of an upload.
    pub(super) fn read(part: &str, bytes: &[u8], limits: &Limits) -> Result<Self, ArchiveError> {
        let mut document: Self = parse(part, bytes)?;
        document.filename = names::filename(&document.filename)
            .ok_or_else(|| ArchiveError::content(part, "the file name has nothing in it that shows"))?;
        document.path = names::path(&document.path)
            .ok_or_else(|| ArchiveError::content(part, "the path is empty or too long"))?;
        let digits = document.sha256.len() == 64 && document.sha256.bytes().all(|it| it.is_ascii_hexdigit());
        if !digits {
            return Err(ArchiveError::content(part, "the checksum is none"));
        }
        document.sha256.make_ascii_lowercase();
        if Value::Object(document.metadata.clone()).to_string().len() > limits.metadata {
            return Err(ArchiveError::content(part, format!("more than {} bytes of notes", limits.metadata)));
        }
        Ok(document)
    }
}

pub(super) fn written(text: &impl Serialize) -> Result<Vec<u8>, ArchiveError> {
    serde_json::to_vec(text).map_err(|error| ArchiveError::Io(error.into()))
}

pub(super) fn parse<T: DeserializeOwned>(part: &str, bytes: &[u8]) -> Result<T, ArchiveError> {
    if json::depth(bytes) > DEPTH {
        return Err(ArchiveError::Limit(format!("`{part}` is nested more than {DEPTH} deep")));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let told: String = error.to_string().chars().filter(|it| !it.is_control()).take(TOLD).collect();
        ArchiveError::content(part, told)
    })
}

/// Postgres cannot store it.
pub(super) fn without_nul(text: String) -> String {
    if text.contains('\0') { text.replace('\0', "\u{FFFD}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(manifest: &str) -> String {
        match read_manifest(manifest.as_bytes()) {
            Ok(project) => format!("{project:?}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_manifest_is_known_by_its_format_and_version() {
        let project = ProjectText { name: "Birds".into(), description: String::new(), settings: Map::new() };
        assert_eq!(read_manifest(&manifest(&project).unwrap()).unwrap(), project);
        insta::assert_snapshot!(check("{}"), @"this is no export of a project: its manifest does not say `docent-project`");
        insta::assert_snapshot!(check("[]"), @"`manifest.json`: invalid length 0, expected struct Name with 2 elements at line 1 column 2");
        insta::assert_snapshot!(check(r#"{"format": "docent-project"}"#), @"`manifest.json`: it names no version");
        insta::assert_snapshot!(check(r#"{"format": "docent-project", "version": 2, "new": 1}"#), @"the archive has version 2, this server reads version 1; update the server");
        insta::assert_snapshot!(check(r#"{"format": "docent-project", "version": 1}"#), @"`manifest.json`: missing field `project` at line 1 column 42");
        let deep = format!("{{\"format\": {}", "[".repeat(100));
        insta::assert_snapshot!(check(&deep), @"the archive asks for more than the limits allow: `manifest.json` is nested more than 32 deep");
    }

    #[test]
    fn names_in_an_archive_are_labels() {
        let text = |filename: &str, path: &str| {
            let sha256 = "AB".repeat(32);
            let fields = serde_json::json!({"filename": filename, "path": path, "size": 1, "sha256": sha256});
            DocumentText::read("d", fields.to_string().as_bytes(), &Limits::default())
        };
        let read = text("../../etc/pass\u{202E}wd.txt", "/a/../../b\0.txt").unwrap();
        assert_eq!((read.filename.as_str(), read.path.as_str()), ("passwd.txt", "a/b.txt"));
        assert_eq!(read.sha256, "ab".repeat(32));
        assert!(text("..", "a").is_err());
        assert!(text("a.txt", "../..").is_err());
    }
}
