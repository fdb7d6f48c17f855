//! The page: as it is served, and as a person uses it in a browser.

mod round_trip;
mod served;

use std::path::{Path, PathBuf};

/// The folder of the page's sources, with what builds and tries it installed.
fn page() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("web");
    assert!(
        folder.join("node_modules/.docent").exists(),
        "the page's tools are missing: run `make test-tools`"
    );
    folder
}
