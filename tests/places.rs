//! Where a new thing goes: the table in docs/development.md, held against the sources. What is declared in one place may
//! be named in the files of its row, and in no others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use docent::domain::job::Job;
use docent::extract::Format;
use docent::telemetry::CATALOGUE;

/// Rows whose things take at most five files, and those that take one and a line.
const AT_MOST: &[(&str, usize)] = &[
    ("file format", 5),
    ("socket event", 5),
    ("setting", 5),
    ("job", 5),
    ("reranker", 2),
    ("recogniser", 2),
];

/// Doors that speak of another door, and why.
const NEIGHBOURS: &[(&str, &str)] = &[
    // `docent mcp` serves the same tools over standard input and output.
    ("src/app/client/mcp.rs", "mcp"),
    // Who joins a conversation hears its answers as they grow, in the words of project rooms.
    ("src/doors/conversations/mod.rs", "project_rooms"),
    ("src/doors/conversations/translate.rs", "project_rooms"),
    // What has been said in those words is not said again.
    ("src/doors/ai_session/translate.rs", "project_rooms"),
];

/// The sources without comments and tests, by their paths below the root.
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    walk(root, "src", &mut found);
    assert!(found.len() > 500, "{}", found.len());
    found
}

fn walk(root: &Path, folder: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs_err::read_dir(root.join(folder)).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            walk(root, &path, found);
        } else if path.ends_with(".rs") && !path.ends_with("tests.rs") {
            let text = fs_err::read_to_string(entry.path()).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
            found.insert(path, code.collect::<Vec<_>>().join("\n"));
        }
    }
}

/// The files that say `word`, as a whole word.
fn files_with<'a>(sources: &'a BTreeMap<String, String>, word: &str) -> BTreeSet<&'a str> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let says = |code: &str| {
        code.match_indices(word)
            .any(|(at, _)| !code[..at].ends_with(part) && !code[at + word.len()..].starts_with(part))
    };
    sources.iter().filter(|(_, code)| says(code)).map(|(path, _)| path.as_str()).collect()
}

/// The first two columns of the table: what is new, and the files it takes.
fn table() -> Vec<(String, String)> {
    let page = include_str!("../docs/development.md");
    let rows = page.split("## Where a new thing goes").nth(1).unwrap().split("\n## ").next().unwrap();
    let cells = |line: &str| {
        let mut cells = line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned());
        (cells.next().unwrap(), cells.next().unwrap_or_default())
    };
    rows.lines().filter(|line| line.starts_with("| ")).skip(1).map(cells).collect()
}

/// The paths of a row, as they are written there.
fn paths(files: &str) -> Vec<&str> {
    let quoted = files.split('`').skip(1).step_by(2);
    quoted.filter(|text| text.contains('/') && !text.contains(' ')).collect()
}

#[test]
fn the_rows_say_few_files_and_these_are_there() {
    let (root, table) = (Path::new(env!("CARGO_MANIFEST_DIR")), table());
    for (thing, most) in AT_MOST {
        let (_, files) = table.iter().find(|(row, _)| row.starts_with(thing)).expect(thing);
        let paths = paths(files);
        assert!((1..=*most).contains(&paths.len()), "{thing}: {paths:?}");
    }
    for (thing, files) in &table {
        for path in paths(files) {
            // What varies stands in angle brackets or braces: the folder around it has to be there.
            let fixed = path.split(['<', '{', '*']).next().unwrap();
            let there = if fixed == path { path } else { fixed.rsplit_once('/').unwrap().0 };
            let there = there.split("/NNNN").next().unwrap();
            assert!(root.join(there).exists(), "{thing}: {path}");
        }
    }
}

#[test]
fn a_job_is_named_by_its_list_and_its_own_file() {
    let sources = sources();
    for kind in Job::KINDS {
        let own = format!("src/jobs/{kind}.rs");
        assert!(sources.contains_key(&own), "{own}");
        let literal = files_with(&sources, &format!("\"{kind}\""));
        // The operation of REST that queues the job has the same name.
        let others: Vec<_> = literal.iter().filter(|path| !path.starts_with("src/http/")).collect();
        assert_eq!(others, [&"src/domain/job.rs"], "{kind}");
        let in_sql = files_with(&sources, &format!("'{kind}'"));
        assert!(in_sql.is_empty(), "{kind} is bound, not written into statements: {in_sql:?}");
    }
}

#[test]
fn a_door_is_named_by_the_registry_and_by_itself() {
    let sources = sources();
    let folders: BTreeSet<&str> = sources
        .keys()
        .filter_map(|path| path.strip_prefix("src/doors/")?.split_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| *folder != "hub")
        .collect();
    assert!(folders.len() > 6, "{folders:?}");
    let mut strangers = Vec::new();
    for door in folders {
        let inside = format!("src/doors/{door}/");
        for path in files_with(&sources, &format!("{door}::")) {
            let known = path == "src/doors/registry.rs" || path.starts_with(&inside);
            let is_ours =
                path.starts_with("src/doors/") || sources[path].contains(&format!("docent_doors::{door}"));
            if is_ours && !known && !NEIGHBOURS.contains(&(path, door)) {
                strangers.push((path.to_owned(), door.to_owned()));
            }
        }
    }
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn an_event_is_named_by_its_door_alone() {
    let sources = sources();
    let events: Vec<&str> = docent::doors::namespaces().flat_map(docent::doors::events).collect();
    assert!(events.len() > 20, "{events:?}");
    for event in events {
        let quoted = format!("\"{event}\"");
        let listed: BTreeSet<&str> = sources
            .iter()
            .filter(|(path, code)| {
                path.starts_with("src/doors/") && code.contains(&format!("client({quoted}"))
            })
            .map(|(path, _)| path.as_str())
            .collect();
        // One that stands behind a constant is listed by it.
        assert!(listed.iter().all(|path| path.ends_with("/events.rs")), "{event}: {listed:?}");
        // What a client is told of that sends an event there is not.
        let says = |code: &str| code.replace("Fault::field(\"event\"", "").contains(&quoted);
        let core =
            sources.iter().filter(|(path, code)| path.starts_with("src/doors/hub/") && says(code.as_str()));
        let core: Vec<_> = core.map(|(path, _)| path).collect();
        assert!(core.is_empty(), "{event}: {core:?}");
    }
}

#[test]
fn a_metric_is_named_by_its_catalogue_alone() {
    let sources = sources();
    for family in CATALOGUE {
        let named = files_with(&sources, family.name);
        assert_eq!(named, BTreeSet::from(["src/telemetry/catalogue.rs"]), "{}", family.name);
    }
}

#[test]
fn a_setting_is_declared_in_its_section_alone() {
    let sources = sources();
    for setting in docent::config::settings() {
        // `key: Type = default, VARIABLE;`, with a check behind it where there is one.
        let ends = [format!(", {};", setting.variable), format!(", {},", setting.variable)];
        let is_one = |line: &str| line.ends_with(';') && ends.iter().any(|end| line.contains(end.as_str()));
        let declares = |code: &str| code.lines().any(is_one);
        let declared: Vec<_> = sources
            .iter()
            .filter(|(path, code)| path.starts_with("src/config/") && declares(code))
            .map(|(path, _)| path.as_str())
            .collect();
        assert_eq!(declared.len(), 1, "{}: {declared:?}", setting.variable);
        let read = files_with(&sources, &format!("var(\"{}\"", setting.variable));
        assert!(read.is_empty(), "{}: {read:?}", setting.variable);
    }
}

#[test]
fn a_format_is_one_line_of_the_list() {
    let sources = sources();
    for format in Format::ALL {
        let named = files_with(&sources, &format!("Format::{format:?}"));
        // Formats that hold pictures with text are told to the recogniser.
        let known = |path: &&&str| path.starts_with("src/extract/") || **path == "src/ingest/sight.rs";
        let beside: Vec<_> = named.iter().filter(|path| !known(path)).collect();
        assert!(beside.is_empty(), "{format:?} is named in {beside:?}");
        let types = files_with(&sources, &format!("\"{}\"", format.mime()));
        assert!(types.contains("src/extract/format.rs"), "{format:?}");
    }
}
