//! Module boundaries, held by reading the sources: arrows point down only, and the scope is made in one place.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// From the top down. Modules of one row do not import each other, apart from what [`TOGETHER`] says.
const LAYERS: &[&[&str]] = &[
    &["app", "config"],
    &["http", "doors", "jobs"],
    &["wire"],
    &["archive", "chat", "ingest", "auth"],
    &["retrieve"],
    // Beside the edges by what it does; it uses the one ONNX Runtime that a process can have, which `embedding` holds.
    &["rerank"],
    &["store", "blobs", "vectors", "embedding", "models", "extract", "recognise", "bus"],
    // Below everything that has something to tell; words have nothing to tell.
    &["telemetry", "confine", "layout", "words"],
    &["domain"],
];

/// `app` reads its own settings.
const TOGETHER: &[(&str, &str)] = &[("app", "config")];

/// Outside crates that may be named in one module only.
const EDGES: &[(&str, &str)] = &[
    ("apalis_board", "jobs"),
    ("async_openai", "models"),
    ("calamine", "extract"),
    ("fastembed", "embedding"),
    ("image_webp", "recognise"),
    ("lopdf", "extract"),
    ("mail_parser", "extract"),
    ("metrics", "telemetry"),
    ("metrics_exporter_prometheus", "telemetry"),
    ("object_store", "blobs"),
    ("opentelemetry", "telemetry"),
    ("opentelemetry_otlp", "telemetry"),
    ("opentelemetry_sdk", "telemetry"),
    ("pdf_oxide", "extract"),
    ("qdrant_client", "vectors"),
    ("qdrant_edge", "vectors"),
    ("rbook", "extract"),
    ("redis", "bus"),
    ("rmcp", "doors"),
    ("snowball_stemmers_rs", "words"),
    ("socketioxide", "doors"),
    ("seccompiler", "confine"),
    ("sqlx", "store"),
    ("tracing_opentelemetry", "telemetry"),
    ("whichlang", "words"),
];

struct Source {
    module: String,
    path: PathBuf,
    /// Without comments.
    code: String,
}

#[test]
fn arrows_point_down_only() {
    let mut wrong = Vec::new();
    let sources = sources();
    for source in &sources {
        let Some(row) = row_of(&source.module) else {
            wrong.push(format!("{}: `{}` is in no layer", source.path.display(), source.module));
            continue;
        };
        for imported in imports(&source.code) {
            let Some(below) = row_of(&imported) else { continue };
            let allowed = imported == source.module
                || below > row
                || TOGETHER.contains(&(source.module.as_str(), imported.as_str()));
            if !allowed {
                wrong.push(format!("{}: {} → {imported}", source.path.display(), source.module));
            }
        }
    }
    assert!(sources.len() > 20);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn outside_crates_stay_in_their_module() {
    let mut wrong = Vec::new();
    for source in sources() {
        for (name, home) in EDGES {
            let path = format!("{name}::");
            // Right after a quote or a comma it is no path but a directive of the log.
            let used =
                source.code.match_indices(&path).any(|(at, _)| !source.code[..at].ends_with(['"', ',']));
            if source.module != *home && used {
                wrong.push(format!("{}: {name} belongs to {home}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn scopes_are_made_by_auth_alone() {
    let makers: BTreeSet<String> = sources()
        .into_iter()
        .filter(|source| source.code.contains("made_by_auth"))
        .map(|source| source.module)
        .collect();
    assert_eq!(makers, BTreeSet::from(["auth".to_owned(), "domain".to_owned()]));
}

/// Methods that those who answer requests have, without a scope and without anything that was found through one; and
/// why that is safe.
const WITHOUT_SCOPE: &[&str] = &[
    // Whom an owner may name: that an account exists is no secret from people with an account.
    "account",
    // Tells nothing but that it answers.
    "answers",
    "commit",
    // Writes down what the caller does.
    "insert_audit",
    // Waits.
    "lock_rights",
];

#[test]
fn what_requests_may_ask_takes_a_scope() {
    let (mut methods, mut unscoped) = (0, BTreeSet::new());
    for source in sources().iter().filter(|source| source.module == "store") {
        for block in source.code.split("impl<S: Side> Tx<S> {").skip(1) {
            let block = block.split("\n}\n").next().unwrap();
            for (at, _) in block.match_indices("pub async fn ") {
                let signature = block[at + "pub async fn ".len()..].split("->").next().unwrap();
                let (name, parameters) = signature.split_once('(').unwrap();
                methods += 1;
                if !parameters.contains("&Scope") && !parameters.contains("S::Named<") {
                    unscoped.insert(name.trim().to_owned());
                }
            }
        }
    }
    assert!(methods > 50, "{methods}");
    assert_eq!(unscoped, WITHOUT_SCOPE.iter().map(|&name| name.to_owned()).collect());
}

#[test]
fn requests_are_answered_from_the_callers_side_of_the_store() {
    let sides = ["<ForCallers>", "<ForOperators>"];
    let (mut seen, mut wrong) = (0, Vec::new());
    for source in sources().iter().filter(|source| matches!(source.module.as_str(), "http" | "doors")) {
        let mut refuse = |what: &str| wrong.push(format!("{}: {what}", source.path.display()));
        for name in ["Store", "Tx"] {
            for (at, _) in source.code.match_indices(name) {
                let (before, after) = (&source.code[..at], &source.code[at + name.len()..]);
                let is_word = !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
                    && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                let is_import =
                    before.rsplit('\n').next().unwrap_or_default().trim_start().starts_with("use ");
                if is_word && !is_import {
                    seen += 1;
                    if !sides.iter().any(|side| after.starts_with(side)) {
                        refuse(name);
                    }
                }
            }
        }
        // The parts of a lower layer hold the server's own side.
        for word in ["ForServer", ".parts()"] {
            if source.code.contains(word) {
                refuse(word);
            }
        }
    }
    assert!(seen > 5, "{seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sql_stands_in_the_store_alone() {
    for source in sources() {
        if source.module != "store" {
            assert!(!source.code.contains("sqlx::query"), "{}", source.path.display());
        }
    }
}

#[test]
fn nothing_below_app_reads_the_environment() {
    for source in sources() {
        if source.module != "app" && !source.path.ends_with("tests.rs") {
            let reads = source.code.contains("env::var") || source.code.contains("env::set_var");
            assert!(!reads, "{}", source.path.display());
        }
    }
}

fn row_of(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

/// The layers that a file names: crates `docent_…`, and modules of the root package in `crate::…`.
fn imports(code: &str) -> BTreeSet<String> {
    let word = |rest: &str| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for prefix in ["docent_", "crate::"] {
        for (at, _) in code.match_indices(prefix) {
            let is_whole = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let name = word(&code[at + prefix.len()..]);
            if is_whole && (prefix == "docent_" || row_of(&name).is_some_and(|row| row == 0)) {
                found.insert(name);
            }
        }
    }
    found
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&root, &mut found);
    found
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(&root).unwrap();
            let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
            let module = first.trim_end_matches(".rs").to_owned();
            if module == "lib" || module == "main" || path.ends_with("build.rs") {
                return None;
            }
            let text = fs_err::read_to_string(&path).unwrap();
            let code = text
                .lines()
                .map(|line| line.split("//").next().unwrap_or_default())
                .collect::<Vec<_>>()
                .join("\n");
            Some(Source { module, path, code })
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_are_seen() {
    let found = imports(
        "use docent_domain::{Code, Fault}; use crate::config::Config; docent_store::Tx; crate::parts::x()",
    );
    let expected = ["config", "domain", "store"].map(str::to_owned);
    assert_eq!(found, BTreeSet::from(expected));
}

/// What a crate may import is also what its manifest may name.
#[test]
fn manifests_depend_downwards_only() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut seen = 0;
    for (row, modules) in LAYERS.iter().enumerate().skip(1) {
        for module in *modules {
            let manifest = fs_err::read_to_string(root.join(module).join("Cargo.toml")).unwrap();
            for line in manifest.lines().filter_map(|line| line.strip_prefix("docent-")) {
                let below = line.split(['.', ' ', '=']).next().unwrap();
                assert!(row_of(below).is_some_and(|other| other > row), "{module} depends on {below}");
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "{seen}");
}
