//! What is read in this process.

use std::collections::BTreeMap;
use std::io::Write;
use std::net::IpAddr;
use std::ops::Range;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use async_trait::async_trait;
use axum::http::{HeaderMap, HeaderValue};
use bytes::Bytes;
use docent::archive::{self, Container};
use docent::auth::address::{OverTls, Proxies};
use docent::auth::credentials::{cookie, token_of};
use docent::auth::origin::Origins;
use docent::blobs::{BlobError, BlobKey, BlobWriter, Blobs, Expected, LocalBlob, StoredBlob};
use docent::config::{Config, Sources};
use docent::domain::{Fault, Timestamp};
use docent::doors::PayloadLimits;
use docent::extract::Format;
use futures_util::stream::BoxStream;
use serde_json::Value;
use tokio::runtime::Runtime;

use super::Target;

pub(super) const TARGETS: &[Target] = &[
    Target { name: "body", words: JSON, fixtures: &[], run: body },
    Target { name: "event", words: JSON, fixtures: &[], run: event },
    Target { name: "headers", words: HEADERS, fixtures: &[], run: headers },
    Target { name: "import", words: JSON, fixtures: &[], run: import },
    Target { name: "names", words: NAMES, fixtures: &[], run: names },
    Target { name: "settings", words: SETTINGS, fixtures: &[], run: settings },
    Target { name: "token", words: CLAIMS, fixtures: &[], run: token },
    Target { name: "upload", words: PARTS, fixtures: &[], run: upload },
];

const JSON: &[&str] = &[
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "null",
    "true",
    "\"\"",
    "\"a\":",
    "\"ids\":",
    "\"chat_id\":",
    "\"message\":",
    "\"document_ids\":[",
    "\"name\":\"x\"",
    "\\u0000",
    "\\ud800",
    "\\udc00",
    "1.5",
    "-0",
    "1E400",
    "0x10",
    " ",
    "\u{FEFF}",
];
const HEADERS: &[&str] = &[
    "Bearer ",
    "Basic ",
    "access_token=",
    "visitor=",
    "; ",
    ", ",
    "bytes=",
    "-",
    "::ffff:10.0.0.1",
    "[::1]:80",
    "http://",
    "https://",
    "localhost",
    "127.0.0.1",
    "null",
    ":443",
];
const NAMES: &[&str] = &[
    "/", "\\", "..", "../", ".", ".pdf", ".docx", "\u{202E}", "\u{200B}", "\u{FEFF}", "\"", ";", "%00",
    "CON", "~", " ",
];
const SETTINGS: &[&str] = &[
    "[server]\n",
    "[auth]\n",
    " = ",
    "\"",
    "'''",
    "#",
    "\n",
    "[[",
    "listen",
    "jwt_secret",
    "1_000",
    "inf",
    "nan",
    "{}",
];
const CLAIMS: &[&str] = &[
    "\"iss\":",
    "\"aud\":",
    "\"typ\":",
    "\"exp\":",
    "\"sid\":",
    "\"docent\"",
    "\"access\"",
    "\"visitor\"",
    "null",
    "[]",
    "{}",
    ".",
    "eyJhbGciOiJub25lIn0",
    "=",
    "-",
    "_",
];
const PARTS: &[&str] = &[
    "--x",
    "--x--",
    "\r\n",
    "\r\n\r\n",
    "Content-Disposition: form-data; name=\"file\"; filename=\"",
    "filename*=UTF-8''",
    "name=\"path\"",
    "Content-Type: text/plain",
    "Content-Length: 5",
    "Content-Transfer-Encoding: base64",
    "boundary=",
    "multipart/form-data",
    "charset=",
    "\"",
];

const LIMITS: PayloadLimits =
    PayloadLimits { message_bytes: 4096, metadata_bytes: 16_384, top_k: 50, ids: 100, json_depth: 32 };
const SECRET: &[u8] = b"a secret of the tests, long enough to be one";
const NOW: Timestamp = Timestamp::from_micros(1_800_000_000_000_000);

/// Whatever is refused is the sender's fault, and says so in plain words.
fn assert_refusal(fault: &Fault) {
    assert!((400..500).contains(&fault.code().status()), "{}", fault.chain());
    assert!(!fault.public_detail().is_empty(), "a refusal without advice");
}

fn body(bytes: &[u8]) {
    if let Err(fault) = docent::http::fuzzing::body(bytes) {
        assert_refusal(&fault);
    }
}

fn event(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let event = docent::doors::fuzzing::event(text, &LIMITS);
    assert!(event.name.chars().count() <= 256);
    assert!(event.ids.iter().all(|id| (1..1 << 53).contains(id)), "{:?}", event.ids);
    assert!(event.texts.iter().all(|text| text.len() <= LIMITS.message_bytes && !text.trim().is_empty()));
    assert!(event.numbers.iter().all(|number| (-1.0..=50.0).contains(number)), "{:?}", event.numbers);
    event.faults.iter().for_each(assert_refusal);
}

fn headers(bytes: &[u8]) {
    let Ok(value) = HeaderValue::from_bytes(bytes) else { return };
    let text = value.to_str().unwrap_or_default();
    let mut headers = HeaderMap::new();
    for name in ["authorization", "cookie", "x-forwarded-for", "x-forwarded-proto"] {
        headers.append(name, value.clone());
    }
    if let Some(token) = token_of(&headers) {
        assert!(!token.is_empty() && !token.starts_with(' '));
    }
    if let Some(visitor) = cookie(&headers, "visitor") {
        assert!(!visitor.is_empty() && !visitor.contains(';'));
    }
    let (peer, proxy): (IpAddr, IpAddr) = ([203, 0, 113, 9].into(), [10, 0, 0, 1].into());
    let proxies = Proxies::parse(&["10.0.0.0/8".to_owned()]).unwrap();
    assert_eq!(proxies.client(peer, &headers).0, peer, "somebody unknown names another address");
    proxies.client(proxy, &headers);
    let origins = Origins::new(["https://docs.example.org".to_owned()], true);
    if origins.check_host(Some(text)).is_ok() {
        let folded = text.to_ascii_lowercase();
        assert!(
            ["localhost", "127.", "[::1]", "[0", "[:"].iter().any(|name| folded.starts_with(name)),
            "{text}"
        );
    }
    if origins.check_origin(Some("docent.example.org"), Some(text), OverTls(false)).is_ok() {
        assert!(text.to_ascii_lowercase().contains("example.org"), "{text}");
    }
    if let Some(part) = docent::http::fuzzing::range(text, 1000) {
        assert!(part.start < part.end && part.end <= 1000, "{part:?}");
    }
}

fn import(bytes: &[u8]) {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let now = Timestamp::from_micros(1_000_000);
    let checked = Container::open(file, archive::Limits::default()).and_then(|opened| opened.check(now));
    match checked {
        Ok(contents) => {
            assert!(!contents.project.name.contains('\0') && !contents.project.description.contains('\0'));
            assert!((0..100).contains(&contents.documents) && (0..100).contains(&contents.chats));
        }
        Err(error) => assert_refusal(&Fault::from(error)),
    }
}

fn names(bytes: &[u8]) {
    let given = String::from_utf8_lossy(bytes);
    let (filename, path, header) = docent::http::fuzzing::names(&given);
    if let Some(name) = &filename {
        assert!(
            (1..=255).contains(&name.chars().count()) && !name.contains(['/', '\\', '\0', '\n', '\u{202E}']),
            "{name:?}"
        );
        assert_ne!(name, "..");
        let _ = Format::recognise(name, bytes);
    }
    if let Some(path) = path {
        assert!(
            !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | "..")),
            "{path:?}"
        );
    }
    let header = header.to_str().unwrap();
    assert!(header.starts_with("attachment") && header.matches('"').count() % 2 == 0, "{header}");
}

fn settings(bytes: &[u8]) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, bytes).unwrap();
    let sources = Sources { file: Some(file.path().to_owned()), ..Sources::default() };
    if let Err(error) = Config::load(&sources) {
        assert!(!error.to_string().is_empty());
    }
    let environment: BTreeMap<String, String> = String::from_utf8_lossy(bytes)
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    drop(Config::load(&Sources { environment, ..Sources::default() }));
}

fn token(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // As it stands: nobody knows the secret, so nothing is let in.
    let (access, visitor) = docent::auth::fuzzing::token(SECRET, text.trim(), NOW);
    assert!(access.is_err() && visitor.is_err(), "somebody got in: {text}");
    // As claims that are signed well, to see what is done with them.
    let Ok(claims) = serde_json::from_slice::<Value>(bytes) else { return };
    let key = jsonwebtoken::EncodingKey::from_secret(SECRET);
    let Ok(signed) = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &claims, &key) else { return };
    let (access, visitor) = docent::auth::fuzzing::token(SECRET, &signed, NOW);
    assert!(access.is_err() || visitor.is_err(), "good for two purposes: {claims}");
    if access.is_ok() || visitor.is_ok() {
        assert_eq!((&claims["iss"], &claims["aud"]), (&"docent".into(), &"docent".into()), "{claims}");
        assert!(claims["exp"].as_u64().unwrap() > 1_800_000_000, "{claims}");
        assert_eq!(claims["typ"], if access.is_ok() { "access" } else { "visitor" }, "{claims}");
    }
}

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
});

/// The first line is the content type; the body comes in pieces of the length that the next byte says.
fn upload(bytes: &[u8]) {
    let split = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (kind, body) = (&bytes[..split], bytes.get(split + 1..).unwrap_or_default());
    let kind = String::from_utf8_lossy(kind);
    let piece = usize::from(body.first().copied().unwrap_or(0)) * 8 + 1;
    let pieces = body.chunks(piece).map(Bytes::copy_from_slice).collect();
    let reading = docent::http::fuzzing::upload(kind.trim(), pieces, Arc::new(Nowhere));
    let reading = async { tokio::time::timeout(Duration::from_secs(20), reading).await };
    let (read, faults) = RUNTIME.block_on(reading).expect("an upload does not end");
    assert!(read.iter().all(|text| text.len() <= 8192));
    faults.iter().for_each(assert_refusal);
}

/// Storage that keeps nothing.
struct Nowhere;

#[async_trait]
impl Blobs for Nowhere {
    async fn begin(&self) -> Result<Box<dyn BlobWriter>, BlobError> {
        Ok(Box::new(Counting(0)))
    }

    async fn read(
        &self,
        _key: &BlobKey,
        _range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>, BlobError> {
        unreachable!("nothing is read back")
    }

    async fn local(&self, _key: &BlobKey) -> Result<LocalBlob, BlobError> {
        unreachable!("nothing is read back")
    }

    async fn verify(&self, _key: &BlobKey, _expected: &Expected) -> Result<(), BlobError> {
        unreachable!("nothing is read back")
    }

    async fn is_there(&self, _key: &BlobKey) -> Result<bool, BlobError> {
        Ok(false)
    }

    async fn remove(&self, _key: &BlobKey) -> Result<(), BlobError> {
        Ok(())
    }

    async fn check(&self) -> Result<(), BlobError> {
        Ok(())
    }

    async fn older_than(&self, _age: Duration) -> Result<Vec<BlobKey>, BlobError> {
        Ok(Vec::new())
    }
}

struct Counting(u64);

#[async_trait]
impl BlobWriter for Counting {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), BlobError> {
        self.0 += bytes.len() as u64;
        Ok(())
    }

    fn size(&self) -> u64 {
        self.0
    }

    async fn finish(self: Box<Self>) -> Result<StoredBlob, BlobError> {
        let key = BlobKey::parse(&"0".repeat(32))?;
        Ok(StoredBlob { key, sha256: String::new(), size: self.0 })
    }
}
