//! The security page names the tests behind each promise: they must be there.

use std::path::Path;

#[test]
fn the_tests_that_the_security_page_names_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs_err::read_to_string(root.join("docs/security.md")).unwrap();
    let (_, table) = page.split_once("## Where each promise is tested").unwrap();
    let (table, _) = table.split_once("\n## ").unwrap();
    let (mut named, mut missing) = (0, Vec::new());
    for line in table.lines().filter(|line| line.starts_with('|')) {
        let mut file: Option<(&str, String)> = None;
        // Every second piece stands between backticks.
        for word in line.split('`').skip(1).step_by(2) {
            if word.ends_with(".rs") {
                file = Some((word, fs_err::read_to_string(root.join(word)).unwrap()));
                continue;
            }
            let (path, source) = file.as_ref().unwrap_or_else(|| panic!("no file before `{word}`"));
            named += 1;
            let is_test = [format!("async fn {word}("), format!("fn {word}("), format!("!({word}")];
            if !is_test.iter().any(|form| source.contains(form)) {
                missing.push(format!("{path}: {word}"));
            }
        }
    }
    assert!(named > 80, "{named}");
    assert!(missing.is_empty(), "{missing:#?}");
}
