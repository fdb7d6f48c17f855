//! The child process: what it may not do, how it is replaced, and how a reading is resumed and dropped.

use super::{extractors, fixture, pdfium, read, read_from};
use docent::domain::{Code, Coded};
use docent::extract::{ExtractSettings, Extracted, Extractors, Format, Limits, Page};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

const EVERY_KIND: &[(&str, &str)] = &[
    ("birds.pdf", "colony under the eaves of the town hall holds 64 nests"),
    ("kestrel.md", "about 32 voles a day"),
    ("latin1.txt", "sieben Weißstörche über den Wiesen"),
    ("notes.docx", "the bittern fund"),
    ("numbers.xlsx", "Ring: KP-0077 | Species: kingfisher"),
    ("owls.epub", "flies without a sound"),
    ("page.html", "at least 3 metres above the floor"),
    ("slides.pptx", "Thank the Nordby foundation"),
    ("table.csv", "site: Dune End | species: little tern | pairs: 41"),
];

fn text(pages: &[Page]) -> String {
    pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_kind_is_read_in_a_locked_down_child() {
    let extractors = extractors(Limits::default());
    for (name, needle) in EVERY_KIND {
        let pages = read(&extractors, name, &fixture(name)).await.unwrap();
        assert!(text(&pages).contains(needle), "{name}: {}", text(&pages));
    }
}

#[tokio::test]
async fn the_child_is_confined_as_far_as_the_kernel_can() {
    let confinement = extractors(Limits::default()).confinement().await.unwrap();
    println!("{confinement:?}");
    assert!(confinement.rlimits);
    assert!(confinement.seccomp || !cfg!(target_os = "linux"));
    assert_eq!(confinement.pdfium, pdfium().is_some());
}

#[tokio::test]
async fn small_files_of_text_are_read_one_after_the_other_and_know_nothing_of_each_other() {
    let extractors = extractors(Limits::default());
    for n in 0..30 {
        let text = format!("Kestrel number {n} eats {n} voles.");
        let pages = read(&extractors, "note.txt", text.as_bytes()).await.unwrap();
        assert_eq!((pages.len(), pages[0].text.as_str()), (1, text.as_str()));
        if n % 10 == 5 {
            let error = read(&extractors, "empty.json", b"{\"a\":").await.map(drop);
            println!("{error:?}");
        }
    }
    // Many at one time.
    let texts: Vec<String> = (0..20).map(|n| format!("# Part {n}\n\nOwl {n} hunts mice.")).collect();
    let all = texts.iter().map(|text| read(&extractors, "part.md", text.as_bytes()));
    for (pages, text) in futures_util::future::join_all(all).await.into_iter().zip(&texts) {
        assert_eq!(pages.unwrap()[0].text.trim(), text.trim());
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_spare_child_has_given_up_its_rights_before_it_knows_its_file() {
    // Several tests run at one time: the limit tells whose child it is.
    let extractors = extractors(Limits { memory_bytes: (1 << 30) + 8192, ..Limits::default() });
    extractors.warm().await.unwrap();
    let memory = ((1u64 << 30) + 8192).to_string();
    for _ in 0..200 {
        for pid in children() {
            let about =
                |what: &str| std::fs::read_to_string(format!("/proc/{pid}/{what}")).unwrap_or_default();
            let (status, limits, environment) = (about("status"), about("limits"), about("environ"));
            if limits.contains(&memory) && status.contains("Seccomp:\t2") {
                assert!(status.contains("NoNewPrivs:\t1"), "{status}");
                assert!(!environment.contains("PATH="), "{environment}");
                let files = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
                assert!(files.contains(" 16 "), "{files}");
                return;
            }
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no confined spare child was seen");
}

#[tokio::test]
async fn a_resumed_reading_brings_only_what_is_missing() {
    let extractors = extractors(Limits::default());
    let whole = read(&extractors, "birds.pdf", &fixture("birds.pdf")).await.unwrap();
    let rest = read_from(&extractors, Format::Pdf, &fixture("birds.pdf"), 2).await.unwrap();
    assert_eq!(rest, whole[2..]);
    let nothing = read_from(&extractors, Format::Pdf, &fixture("birds.pdf"), 4).await.unwrap();
    assert_eq!(nothing, []);
}

#[tokio::test]
async fn totals_come_before_pages() {
    let extractors = extractors(Limits::default());
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&fixture("birds.pdf")).unwrap();
    let mut reading = extractors.read(file, Format::Pdf, 0).await.unwrap();
    assert_eq!(reading.next().await.unwrap().unwrap(), Extracted::Total { pages: 4 });
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_dropped_reading_leaves_no_process_behind() {
    // Several tests run at one time: the limit tells whose child it is.
    let memory_bytes = (1 << 30) + 4096;
    let ours = || {
        let has_limit = |pid: &u32| {
            let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap_or_default();
            is_running(*pid) && limits.contains(&memory_bytes.to_string())
        };
        children().into_iter().filter(has_limit).count()
    };
    let extractors = extractors(Limits { memory_bytes, ..Limits::default() });
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&fixture("birds.pdf")).unwrap();
    let mut reading = extractors.read(file, Format::Pdf, 0).await.unwrap();
    reading.next().await.unwrap().unwrap();
    assert!(ours() >= 1, "a reader, and soon a spare");
    drop((reading, extractors));
    for _ in 0..200 {
        if ours() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{} processes are still there", ours());
}

/// Processes whose parent this is, whichever test started them.
fn children() -> Vec<u32> {
    let own = std::process::id();
    let tasks = std::fs::read_dir(format!("/proc/{own}/task")).unwrap();
    let lists = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("children")).ok());
    lists
        .flat_map(|list| list.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>())
        .collect()
}

fn is_running(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit(") ").next().and_then(|rest| rest.chars().next());
    state.is_some_and(|state| state != 'Z')
}

/// A stand-in for the binary: a script that speaks as a child would, or does not.
struct Impostor {
    _folder: tempfile::TempDir,
    extractors: Extractors,
}

fn impostor(script: &str, limits: Limits) -> Impostor {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("impostor");
    std::fs::write(&program, format!("#!/bin/sh\nD={}\n{script}\n", folder.path().display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let settings = ExtractSettings { program, pdfium: None, vocabulary: None, limits };
    Impostor { extractors: Extractors::new(settings), _folder: folder }
}

async fn pages_of(impostor: &Impostor) -> Result<Vec<Page>, Code> {
    read_from(&impostor.extractors, Format::Pdf, b"0123456789", 0).await.map_err(|error| error.code())
}

/// Shell words that read the two lines a child gets and then the file, and find out where to begin.
const LISTEN: &str = r#"
read -r setup; read -r job; head -c 10 >/dev/null
skip=${job#*skip_pages\":}; skip=${skip%%,*}
page() { printf '{"page":{"number":%s,"numbered":true,"text":"p%s","verdict":"text","headings":[],"markdown":false,"pictures":false,"warning":null}}\n' "$1" "$1"; }
"#;

#[tokio::test]
async fn a_crash_keeps_the_pages_before_it_and_skips_the_one_it_came_from() {
    let script = format!(
        r#"{LISTEN} echo '{{"total":5}}'; n=$((skip + 1))
        while [ $n -le 5 ]; do [ $n = 3 ] && kill -SEGV $$; page $n; n=$((n + 1)); done; echo '"end"'"#
    );
    let pages = pages_of(&impostor(&script, Limits::default())).await.unwrap();
    let texts: Vec<_> = pages.iter().map(|page| page.text.as_str()).collect();
    assert_eq!(texts, ["p1", "p2", "", "p4", "p5"]);
    assert!(pages[2].warning.as_ref().unwrap().contains("Page 3"));
}

#[tokio::test]
async fn a_crash_that_does_not_repeat_costs_nothing() {
    let script = format!(
        r#"{LISTEN} echo '{{"total":3}}'; n=$((skip + 1))
        while [ $n -le 3 ]; do [ $n = 2 ] && [ ! -e $D/died ] && touch $D/died && kill -SEGV $$; page $n; n=$((n + 1)); done
        echo '"end"'"#
    );
    let pages = pages_of(&impostor(&script, Limits::default())).await.unwrap();
    assert_eq!(text(&pages), "p1\np2\np3");
}

#[tokio::test]
async fn a_file_that_kills_every_child_is_given_up() {
    let at_once = pages_of(&impostor(&format!("{LISTEN} kill -SEGV $$"), Limits::default())).await;
    assert_eq!(at_once, Err(Code::ExtractionCrashed));
    let on_each_page = format!(r#"{LISTEN} echo '{{"total":500}}'; kill -SEGV $$"#);
    assert_eq!(pages_of(&impostor(&on_each_page, Limits::default())).await, Err(Code::ExtractionCrashed));
    let on_its_only_page = format!(r#"{LISTEN} echo '{{"total":1}}'; kill -SEGV $$"#);
    assert_eq!(pages_of(&impostor(&on_its_only_page, Limits::default())).await, Err(Code::ExtractionCrashed));
}

#[tokio::test]
async fn what_a_child_says_is_checked() {
    for said in [
        r#"echo '{"total":1}'; page 2; echo '"end"'"#,
        r#"echo '{"total":2}'; page 1; echo '"end"'"#,
        r#"echo 'hello'"#,
        r#"echo '"end"'"#,
        r#"echo '{"total":-1}'"#,
        "",
    ] {
        let outcome = pages_of(&impostor(&format!("{LISTEN} {said}"), Limits::default())).await;
        assert_eq!(outcome, Err(Code::ExtractionCrashed), "{said}");
    }
}

#[tokio::test]
async fn a_silent_child_is_not_waited_for() {
    let limits = Limits { patience: Duration::from_millis(300), ..Limits::default() };
    let begun = std::time::Instant::now();
    let outcome = pages_of(&impostor(&format!("{LISTEN} sleep 60"), limits)).await;
    assert_eq!(outcome, Err(Code::ExtractionLimit));
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[tokio::test]
async fn a_missing_program_is_our_fault() {
    let settings = ExtractSettings {
        program: PathBuf::from("/nonexistent/docent"),
        pdfium: None,
        vocabulary: None,
        limits: Limits::default(),
    };
    let outcome = read_from(&Extractors::new(settings), Format::Text, b"words", 0).await;
    assert_eq!(outcome.unwrap_err().code(), Code::Internal);
}

#[tokio::test]
async fn a_missing_pdfium_is_not_missed() {
    let settings = ExtractSettings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_docent")),
        pdfium: Some(PathBuf::from("/nonexistent/libpdfium.so")),
        vocabulary: None,
        limits: Limits::default(),
    };
    let extractors = Extractors::new(settings);
    assert!(!extractors.confinement().await.unwrap().pdfium);
    assert_eq!(read(&extractors, "birds.pdf", &fixture("birds.pdf")).await.unwrap().len(), 4);
}
