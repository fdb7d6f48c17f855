//! A project into a file and out of it again, on the command line.

use serde_json::json;

use super::docent;
use crate::support::process::Program;

#[tokio::test]
async fn a_project_goes_into_a_file_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let server = Program::start(&folder.path().join("data"), &[]).await;
    let id = server.upload("kestrel.md", b"# Kestrels\n\nKestrels eat voles.".to_vec()).await;
    server.settled(id).await;
    let file = folder.path().join("birds.zip");
    let file = file.to_str().unwrap();
    let exported = docent(&server, &["project", "export", "1", "--output", file, "--json"]).await;
    assert_eq!(exported.code, 0, "{exported:?}");
    assert_eq!(exported.json()["bytes"], fs_err::metadata(file).unwrap().len());
    assert!(!folder.path().join("birds.zip.part").exists());

    let imported = docent(&server, &["project", "import", file, "--json"]).await;
    assert_eq!(imported.code, 0, "{imported:?}");
    let project = imported.json();
    assert_eq!((&project["document_count"], project.get("import")), (&json!(1), None), "{project}");
    let told = docent(&server, &["project", "import", file]).await;
    assert!(told.out.contains("with 1 documents, which are read now, and 0 chats"), "{told:?}");

    let again = docent(&server, &["project", "export", "1", "--output", file]).await;
    assert!(again.code == 1 && again.err.contains("is there already"), "{again:?}");
    fs_err::write(file, b"PK\x03\x04").unwrap();
    let broken = docent(&server, &["project", "import", file]).await;
    assert!(broken.code == 1 && broken.err.contains("the archive is damaged"), "{broken:?}");
    let missing = docent(&server, &["project", "export", "Nothing"]).await;
    assert!(missing.code == 1 && missing.err.contains("there is no project `Nothing`"), "{missing:?}");
    server.stop().await;
}
