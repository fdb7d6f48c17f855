//! Reading files the way the server does it: with real child processes.

mod bombs;
mod corpus;
mod process;
mod recall;

use docent::extract::{
    ExtractError, ExtractSettings, Extracted, Extractors, Format, HEAD_BYTES, Limits, Page,
};
use std::io::Write;
use std::path::{Path, PathBuf};

/// libpdfium, where `make setup` puts it, if it has been run.
fn pdfium() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join(".docent");
    let library = std::env::var_os("DOCENT_HOME").map_or(beside, PathBuf::from).join("lib");
    ["libpdfium.so", "libpdfium.dylib"].iter().map(|name| library.join(name)).find(|path| path.is_file())
}

fn extractors(limits: Limits) -> Extractors {
    Extractors::new(ExtractSettings {
        program: PathBuf::from(env!("CARGO_BIN_EXE_docent")),
        pdfium: pdfium(),
        vocabulary: None,
        limits,
    })
}

/// What the developers share beside the repository; tests over it say so when it is not there.
fn shared(what: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("DOCENT_SHARED").map_or(beside, PathBuf::from).join(what);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: {} is not there", folder.display());
    None
}

/// Everything an upload goes through: by name and first bytes, then page by page.
async fn read(extractors: &Extractors, filename: &str, bytes: &[u8]) -> Result<Vec<Page>, ExtractError> {
    let format = Format::recognise(filename, &bytes[..bytes.len().min(HEAD_BYTES)])?;
    read_from(extractors, format, bytes, 0).await
}

async fn read_from(
    extractors: &Extractors,
    format: Format,
    bytes: &[u8],
    skip_pages: i64,
) -> Result<Vec<Page>, ExtractError> {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(bytes).expect("room for a temporary file");
    let mut reading = extractors.read(file, format, skip_pages).await?;
    let mut pages: Vec<Page> = Vec::new();
    let mut total = None;
    while let Some(step) = reading.next().await {
        match step? {
            Extracted::Total { pages } => assert_eq!(total.replace(pages), None, "one total"),
            Extracted::Page(page) => {
                assert_eq!(page.number, skip_pages + pages.len() as i64 + 1, "pages without gaps");
                pages.push(page);
            }
        }
    }
    assert_eq!(total, Some(skip_pages + pages.len() as i64), "as many pages as announced");
    Ok(pages)
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents").join(name);
    std::fs::read(path).expect("a fixture")
}
