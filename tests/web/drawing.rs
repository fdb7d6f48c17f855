//! PDFs that ask a viewer for fonts, character maps and decoders are drawn as libpdfium draws them.

use std::path::Path;

use serde_json::json;
use tokio::process::Command;

use super::trip;
use crate::support::home;
use crate::support::process::Program;

/// Size of the pictures that are compared, in pixels; the pages are 300 by 200 points.
const WIDTH: u32 = 600;
const HEIGHT: u32 = 400;

#[tokio::test]
async fn what_a_pdf_leaves_to_its_viewer_is_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let drawings = root.join("fixtures/drawing");
    let mut files: Vec<_> = fs_err::read_dir(&drawings).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    assert_eq!(files.len(), 4, "{files:?}");
    let drawn = Command::new("python3")
        .arg(root.join("tests/web/drawn.py"))
        .arg(home().join("lib/libpdfium.so"))
        .arg(WIDTH.to_string())
        .arg(folder.path())
        .args(files)
        .output()
        .await
        .unwrap();
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));

    let program = Program::start(&folder.path().join("data"), &[]).await;
    let settings =
        json!({"width": WIDTH, "height": HEIGHT, "drawings": drawings, "references": folder.path()});
    trip("drawing", program.url(), settings).await;
    program.stop().await;
}
