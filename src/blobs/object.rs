//! Blobs in an S3-compatible object store: `blobs/abcd…` what is finished, `incoming/abcd…` a note on each upload in
//! parts that is under way, `clock` what tells the store's time.
//!
//! The stores keep the parts of an upload that broke off, and charge for them, until somebody names that upload and
//! calls it off. So each upload in parts leaves a note with its name, dated anew while it grows; the sweep calls off
//! whatever has an old note. Ages are differences between two dates that the store gave: our own clock has no say.

mod errors;
mod writer;

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use fs_err::tokio::{self as fs, File};
use futures_util::stream::{self, BoxStream, StreamExt, TryStreamExt};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{HttpClient, HttpConnector};
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::multipart::MultipartStore;
use object_store::path::Path;
use object_store::{
    BackoffConfig, ClientOptions, GetOptions, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload,
    RetryConfig,
};
use tokio::io::{AsyncSeekExt, AsyncWriteExt};
use tokio_util::task::TaskTracker;

use super::{BlobError, BlobKey, BlobWriter, Blobs, Expected, LocalBlob};
use errors::told;
use writer::ObjectWriter;

const CONNECT: Duration = Duration::from_secs(5);
/// Requests that may be repeated are, so often and for so long; then the store counts as away.
const RETRIES: usize = 3;
const RETRYING: Duration = Duration::from_secs(20);

/// Which store, and where in it.
#[derive(Clone)]
pub struct ObjectSettings {
    pub bucket: String,
    /// Comes before every name; may be empty.
    pub prefix: String,
    /// `https://host`, or `http://host:port` on a network that is trusted; Amazon's if `None`.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: String,
    pub secret_key: String,
    /// Of silence; whole requests may take longer, as long as something comes.
    pub timeout: Duration,
    /// A folder of this process for what it fetches. What lies in there is removed when it is opened.
    pub downloads: PathBuf,
}

impl fmt::Debug for ObjectSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bucket, prefix, endpoint, region, .. } = self;
        write!(f, "ObjectSettings({bucket}/{prefix} in {region} at {endpoint:?})")
    }
}

/// Originals in a bucket, which any number of machines share.
#[derive(Debug, Clone)]
pub struct ObjectBlobs {
    bucket: Arc<Bucket>,
    downloads: PathBuf,
}

/// What writers share with the storage they came from.
#[derive(Debug)]
struct Bucket {
    store: AmazonS3,
    prefix: String,
    /// Calls uploads off that were dropped.
    tasks: TaskTracker,
}

impl ObjectBlobs {
    /// Prepares everything on this side; the store itself is not asked yet.
    pub async fn open(settings: &ObjectSettings) -> Result<Self, BlobError> {
        let downloads = settings.downloads.clone();
        fs::create_dir_all(&downloads).await.map_err(BlobError::of_folder)?;
        let mut left = fs::read_dir(&downloads).await.map_err(BlobError::of_folder)?;
        while let Some(entry) = left.next_entry().await.map_err(BlobError::of_folder)? {
            forget(entry.path()).await;
        }
        let store = connect(settings).map_err(told)?;
        let bucket = Bucket { store, prefix: settings.prefix.clone(), tasks: TaskTracker::new() };
        Ok(Self { bucket: Arc::new(bucket), downloads })
    }

    /// A file without a name: nothing is left of it, whatever ends this process.
    async fn nameless(&self) -> Result<File, BlobError> {
        let path = self.downloads.join(BlobKey::random().as_str());
        let mut options = fs_err::tokio::OpenOptions::new();
        let file = options.read(true).write(true).create_new(true).open(&path).await;
        let file = file.map_err(BlobError::of_folder)?;
        forget(path).await;
        Ok(file)
    }

    /// What the clock says that dates the objects.
    async fn now(&self) -> Result<ObjectMeta, BlobError> {
        let path = self.bucket.path("clock");
        self.bucket.store.put(&path, PutPayload::from_static(b"-")).await.map_err(told)?;
        self.bucket.store.head(&path).await.map_err(told)
    }

    /// What is in a folder of ours and `age` older than `now`, page by page.
    fn older<'a>(
        &'a self,
        folder: &str,
        now: &'a ObjectMeta,
        age: Duration,
    ) -> BoxStream<'a, Result<BlobKey, BlobError>> {
        let listed = self.bucket.store.list(Some(&self.bucket.path(folder)));
        let old = move |meta: ObjectMeta| async move {
            // A second's fraction may make the newest ones later than `now`.
            let passed = (now.last_modified - meta.last_modified).to_std().unwrap_or_default();
            let key = meta.location.filename().and_then(|name| BlobKey::parse(name).ok());
            Ok(key.filter(|_| passed >= age))
        };
        listed.map_err(told).try_filter_map(old).boxed()
    }
}

#[async_trait]
impl Blobs for ObjectBlobs {
    async fn begin(&self) -> Result<Box<dyn BlobWriter>, BlobError> {
        Ok(Box::new(ObjectWriter::new(Arc::clone(&self.bucket))))
    }

    async fn read(
        &self,
        key: &BlobKey,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, Result<Bytes, BlobError>>, BlobError> {
        if range.is_empty() {
            return Ok(stream::empty().boxed());
        }
        let options = GetOptions { range: Some(range.into()), ..GetOptions::default() };
        let found = self.bucket.store.get_opts(&self.bucket.blob(key), options).await.map_err(told)?;
        Ok(found.into_stream().map_err(told).boxed())
    }

    async fn local(&self, key: &BlobKey) -> Result<LocalBlob, BlobError> {
        let found = self.bucket.store.get(&self.bucket.blob(key)).await.map_err(told)?;
        let (size, mut fetched) = (found.meta.size, 0);
        let mut pieces = found.into_stream();
        let mut file = self.nameless().await?;
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(told)?;
            file.write_all(&piece).await?;
            fetched += piece.len() as u64;
        }
        if fetched != size {
            return Err(BlobError::Unavailable(format!("{fetched} of {size} bytes came")));
        }
        file.flush().await?;
        file.rewind().await?;
        Ok(LocalBlob { file: file.into_std().await.into_parts().0 })
    }

    /// The store has checksums of its own.
    async fn verify(&self, key: &BlobKey, expected: &Expected) -> Result<(), BlobError> {
        match self.bucket.store.head(&self.bucket.blob(key)).await.map_err(told) {
            Ok(meta) => expected.compare_size(meta.size),
            Err(BlobError::Missing) => self.check().await.and(Err(BlobError::Missing)),
            Err(error) => Err(error),
        }
    }

    async fn is_there(&self, key: &BlobKey) -> Result<bool, BlobError> {
        match self.bucket.store.head(&self.bucket.blob(key)).await.map_err(told) {
            Ok(_) => Ok(true),
            // A missing bucket looks the same here, and is another matter.
            Err(BlobError::Missing) => self.check().await.map(|()| false),
            Err(error) => Err(error),
        }
    }

    async fn remove(&self, key: &BlobKey) -> Result<(), BlobError> {
        self.bucket.remove(&self.bucket.blob(key)).await
    }

    async fn older_than(&self, age: Duration) -> Result<Vec<BlobKey>, BlobError> {
        let now = self.now().await?;
        let mut broken = self.older(writer::NOTES, &now, age);
        while let Some(key) = broken.try_next().await? {
            if let Err(error) = self.bucket.call_off(&key).await {
                tracing::warn!(%error, "A broken upload could not be called off; the next sweep tries again");
            }
        }
        self.older("blobs", &now, age).try_collect().await
    }

    async fn check(&self) -> Result<(), BlobError> {
        let one = PaginatedListOptions { max_keys: Some(1), ..PaginatedListOptions::default() };
        let prefix = self.bucket.path("blobs");
        match self.bucket.store.list_paginated(Some(prefix.as_ref()), one).await.map_err(told) {
            Err(BlobError::Missing) => Err(BlobError::Unavailable("there is no such bucket".to_owned())),
            answered => answered.map(drop),
        }
    }
}

impl Bucket {
    fn path(&self, name: &str) -> Path {
        Path::from_iter(self.prefix.split('/').chain(name.split('/')).filter(|part| !part.is_empty()))
    }

    fn blob(&self, key: &BlobKey) -> Path {
        self.path(&format!("blobs/{}", key.as_str()))
    }

    async fn remove(&self, path: &Path) -> Result<(), BlobError> {
        match self.store.delete(path).await.map_err(told) {
            Err(BlobError::Missing) => Ok(()),
            removed => removed,
        }
    }

    /// Ends an upload in parts that its note names, and forgets the note.
    async fn call_off(&self, key: &BlobKey) -> Result<(), BlobError> {
        let note = self.path(&format!("{}/{}", writer::NOTES, key.as_str()));
        let ended = async {
            let upload = self.store.get(&note).await?.bytes().await?;
            let upload = String::from_utf8_lossy(&upload).into_owned();
            self.store.abort_multipart(&self.blob(key), &upload).await
        };
        match ended.await.map_err(told) {
            // It came to its end after all, or somebody else was here first.
            Ok(()) | Err(BlobError::Missing) => self.remove(&note).await,
            Err(error) => Err(error),
        }
    }
}

fn connect(settings: &ObjectSettings) -> object_store::Result<AmazonS3> {
    let backoff = BackoffConfig { max_backoff: Duration::from_secs(2), ..BackoffConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(&settings.bucket)
        .with_region(&settings.region)
        .with_access_key_id(&settings.access_key)
        .with_secret_access_key(&settings.secret_key)
        .with_virtual_hosted_style_request(false)
        // One by one: not every store can remove many at once.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig { backoff, max_retries: RETRIES, retry_timeout: RETRYING });
    let mut plain = false;
    if let Some(endpoint) = &settings.endpoint {
        plain = endpoint.starts_with("http://");
        builder = builder.with_endpoint(endpoint);
    }
    builder.with_http_connector(Connector { plain, timeout: settings.timeout }).build()
}

/// The configured server is the only one that is ever asked: redirects are not followed, proxies of the environment
/// not used, and plain HTTP is spoken only where the address says so.
#[derive(Debug)]
struct Connector {
    plain: bool,
    timeout: Duration,
}

impl HttpConnector for Connector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        let client = reqwest::Client::builder()
            .https_only(!self.plain)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .http1_only()
            .connect_timeout(CONNECT)
            .read_timeout(self.timeout)
            .build();
        match client {
            Ok(client) => Ok(HttpClient::new(client)),
            Err(error) => Err(object_store::Error::Generic { store: "S3", source: Box::new(error) }),
        }
    }
}

async fn forget(path: PathBuf) {
    match fs::remove_file(&path).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, "Could not remove a fetched file");
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
