//! What can be seen without a store; the rest is tried on a real one, in the integration tests.

use tokio::net::TcpListener;

use super::*;

fn settings(endpoint: &str, downloads: &std::path::Path) -> ObjectSettings {
    ObjectSettings {
        bucket: "docent".to_owned(),
        prefix: "team/originals".to_owned(),
        endpoint: Some(endpoint.to_owned()),
        region: "eu-central-1".to_owned(),
        access_key: "AKIATEST".to_owned(),
        secret_key: "hunter2".to_owned(),
        timeout: Duration::from_millis(300),
        downloads: downloads.to_owned(),
    }
}

async fn answering(answer: String) -> (String, TcpListener) {
    let (first, second) =
        (TcpListener::bind("127.0.0.1:0").await.unwrap(), TcpListener::bind("127.0.0.1:0").await.unwrap());
    let address = format!("http://{}", first.local_addr().unwrap());
    let answer = answer.replace("{other}", &second.local_addr().unwrap().to_string());
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = first.accept().await {
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (address, second)
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let redirect =
        "HTTP/1.1 307 Elsewhere\r\nlocation: http://{other}/\r\ncontent-length: 0\r\n\r\n".to_owned();
    let (address, other) = answering(redirect).await;
    let blobs = ObjectBlobs::open(&settings(&address, folder.path())).await.unwrap();
    let error = blobs.is_there(&BlobKey::random()).await.unwrap_err();
    assert!(matches!(error, BlobError::Unavailable(_)), "{error}");
    let asked = tokio::time::timeout(Duration::from_millis(200), other.accept()).await;
    assert!(asked.is_err(), "the request, and its signature, went somewhere else");
}

#[tokio::test]
async fn a_store_that_breaks_its_answer_off_is_an_outage() {
    let folder = tempfile::tempdir().unwrap();
    let date = "last-modified: Fri, 20 Nov 2026 12:00:00 GMT\r\netag: \"a\"";
    let half = format!("HTTP/1.1 200 OK\r\n{date}\r\ncontent-length: 1000\r\n\r\nhalf of it");
    let (address, _other) = answering(half).await;
    let blobs = ObjectBlobs::open(&settings(&address, folder.path())).await.unwrap();
    let error = blobs.local(&BlobKey::random()).await.unwrap_err();
    assert!(matches!(error, BlobError::Unavailable(_)), "{error}");
    assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 0, "nothing of it stays");
}

#[tokio::test]
async fn plain_http_needs_an_address_that_says_so() {
    let (connector, options) =
        (Connector { plain: false, timeout: Duration::from_secs(1) }, ClientOptions::default());
    let client = connector.connect(&options).unwrap();
    let request = object_store::client::HttpRequest::new(object_store::client::HttpRequestBody::empty());
    let (mut parts, body) = request.into_parts();
    parts.uri = "http://127.0.0.1:9/".parse().unwrap();
    let error = client.execute(object_store::client::HttpRequest::from_parts(parts, body)).await.unwrap_err();
    assert!(short_chain(&error).contains("scheme"), "{}", short_chain(&error));
}

fn short_chain(error: &dyn std::error::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {}", short_chain(source)))
}

#[tokio::test]
async fn what_a_killed_process_was_fetching_is_gone_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    fs_err::write(folder.path().join(BlobKey::random().as_str()), b"left").unwrap();
    let blobs = ObjectBlobs::open(&settings("http://127.0.0.1:9", folder.path())).await.unwrap();
    assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 0);
    let mut file = blobs.nameless().await.unwrap();
    file.write_all(b"fetched").await.unwrap();
    assert_eq!(fs_err::read_dir(folder.path()).unwrap().count(), 0, "it has no name from the start");
}

#[tokio::test]
async fn names_lie_under_the_prefix_and_settings_print_no_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = settings("https://s3.example.org", folder.path());
    let said = format!("{settings:?}");
    assert!(!said.contains("hunter2") && !said.contains("AKIA"), "{said}");
    let key = BlobKey::parse("00112233445566778899aabbccddeeff").unwrap();
    let blobs = ObjectBlobs::open(&settings).await.unwrap();
    assert_eq!(blobs.bucket.blob(&key).as_ref(), "team/originals/blobs/00112233445566778899aabbccddeeff");
    settings.prefix.clear();
    let blobs = ObjectBlobs::open(&settings).await.unwrap();
    assert_eq!(blobs.bucket.blob(&key).as_ref(), "blobs/00112233445566778899aabbccddeeff");
}
