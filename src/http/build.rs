//! Puts the built page into the program: a table of every file under `web/dist/page`, which `make web` makes. Without
//! it the table is empty, and the program serves a notice in the page's place.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    // The folder above is always there; a path that is missing would make every build a new one.
    println!("cargo::rerun-if-changed=../../web/dist");
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("../../web/dist/page");
    let mut files = Vec::new();
    if root.join("index.html").is_file() {
        collect(&root, &mut files)?;
    }
    files.sort();
    let mut table = String::from("&[\n");
    for file in &files {
        let name = file.strip_prefix(&root)?.to_str().ok_or("a built file has no readable name")?;
        let name = name.replace('\\', "/");
        // Found from the crate that is compiled: a target folder may serve more than one clone.
        let path = format!("/../../web/dist/page/{name}");
        writeln!(table, "    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),")?;
    }
    table.push_str("]\n");
    std::fs::write(PathBuf::from(std::env::var("OUT_DIR")?).join("page.rs"), table)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
