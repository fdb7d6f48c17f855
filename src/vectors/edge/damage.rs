//! What becomes of an embedded index that cannot be used as it is: it holds nothing that could not be built again, so it
//! is set aside under a dated name, and a new one is begun.

use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::shard::{Shard, panic_text};
use super::{EdgeSettings, VectorError, shard_folder, spare, upgrade};
use docent_domain::Clock;
use docent_domain::clock::SystemClock;

/// The name of the lock, which stays where it is.
pub(super) const LOCK_FILE: &str = "owner.lock";

/// Says that not everything is built again, and where the damaged index is.
const UNFINISHED_FILE: &str = "unfinished";

/// What was read from the folder.
pub(super) struct Opened {
    pub(super) shard: Shard,
    /// Where the damaged index is, if there was one and not everything of it is built again.
    pub(super) set_aside: Option<PathBuf>,
    /// Whether not everything is built again.
    pub(super) incomplete: bool,
}

/// Opens the index in its locked folder, or begins one; one that is damaged is set aside first.
pub(super) fn open(settings: &EdgeSettings) -> Result<Opened, VectorError> {
    let error = match load(settings) {
        Ok(shard) => {
            let place = unfinished(&settings.folder);
            let incomplete = place.is_some();
            return Ok(Opened { shard, set_aside: place.flatten(), incomplete });
        }
        Err(error) if is_damage(&error) => error,
        Err(error) => return Err(error),
    };
    let place = set_aside(&settings.folder)?;
    tracing::error!(
        error = ?error,
        set_aside = %place.display(),
        "The search index is damaged; it is set aside and built anew in the background"
    );
    begun(&settings.folder, Some(&place))?;
    let shard = load(settings)?;
    Ok(Opened { shard, set_aside: Some(place), incomplete: true })
}

/// Writes down that this index is being built, and where the damaged one is, if there is one.
pub(super) fn begun(folder: &Path, damaged: Option<&Path>) -> Result<(), VectorError> {
    let place = damaged.map_or_else(String::new, |place| place.display().to_string());
    Ok(fs_err::write(folder.join(UNFINISHED_FILE), place)?)
}

/// If the index is still being built, where the damaged one is in whose place it comes, if there is one.
fn unfinished(folder: &Path) -> Option<Option<PathBuf>> {
    let place = fs_err::read_to_string(folder.join(UNFINISHED_FILE)).ok()?;
    Some(Some(place).filter(|place| !place.is_empty()).map(PathBuf::from))
}

/// Everything is built again.
pub(super) fn finished(folder: &Path) -> Result<(), VectorError> {
    match fs_err::remove_file(folder.join(UNFINISHED_FILE)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn load(settings: &EdgeSettings) -> Result<Shard, VectorError> {
    let guarded = catch_unwind(AssertUnwindSafe(|| {
        let folder = shard_folder(settings);
        let earlier = settings.folder.join("shard");
        let is_there = [&folder, &earlier].iter().any(|folder| folder.join("edge_config.json").exists());
        if is_there && !settings.model.is_recorded(&settings.folder) {
            return Err(VectorError::Damaged("nothing says which model it was built with".into()));
        }
        settings.model.claim(&settings.folder)?;
        upgrade(settings)?;
        fs_err::create_dir_all(&folder)?;
        spare::for_much(settings)?;
        let shard = Shard::open(&folder, settings)?;
        shard.probe()?;
        Ok(shard)
    }));
    guarded.unwrap_or_else(|panic| Err(spare::engine_error(panic_text(&*panic))))
}

/// Whether a new index would serve: not where the folder itself cannot be used, or is somebody else's.
fn is_damage(error: &VectorError) -> bool {
    match error {
        VectorError::Engine(text) => !says_that_it_may_not(text),
        VectorError::Damaged(_) => true,
        VectorError::Io(error) => matches!(
            error.kind(),
            ErrorKind::InvalidData
                | ErrorKind::UnexpectedEof
                | ErrorKind::IsADirectory
                | ErrorKind::NotADirectory
                | ErrorKind::NotFound
                | ErrorKind::AlreadyExists
                | ErrorKind::InvalidInput
        ),
        _ => false,
    }
}

/// The engine keeps the kind of an error to itself.
fn says_that_it_may_not(text: &str) -> bool {
    ["Permission denied", "os error 13", "Too many open files"].iter().any(|said| text.contains(said))
}

/// Moves everything but the lock into a folder with a dated name beside this one.
pub(super) fn set_aside(folder: &Path) -> Result<PathBuf, VectorError> {
    let place = free_name(folder);
    fs_err::create_dir_all(&place)?;
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() != LOCK_FILE {
            fs_err::rename(entry.path(), place.join(entry.file_name()))?;
        }
    }
    Ok(place)
}

/// Makes the folder; a file in its place is set aside.
pub(super) fn make_folder(folder: &Path) -> Result<(), VectorError> {
    if folder.exists() && !folder.is_dir() {
        let place = free_name(folder);
        fs_err::rename(folder, &place)?;
        tracing::error!(set_aside = %place.display(), "A file stood where the search index belongs; it is set aside");
    }
    fs_err::create_dir_all(folder)?;
    let lock = folder.join(LOCK_FILE);
    if lock.is_dir() {
        fs_err::rename(&lock, free_name(&lock))?;
    }
    Ok(())
}

/// `index.damaged-2026-11-29T06-38-07Z`, with a number behind it if there is one already.
fn free_name(path: &Path) -> PathBuf {
    let date = SystemClock.now().in_file_names();
    let name = path.file_name().map_or_else(|| "index".into(), |name| name.to_string_lossy().into_owned());
    let named = |n: u32| match n {
        0 => path.with_file_name(format!("{name}.damaged-{date}")),
        n => path.with_file_name(format!("{name}.damaged-{date}-{n}")),
    };
    (0..).map(named).find(|place| !place.exists()).unwrap_or_else(|| named(0))
}

#[cfg(test)]
mod tests {
    use super::super::super::{IndexModel, Point, SearchQuery, VectorIndex};
    use super::super::EdgeIndex;
    use super::*;

    fn settings(folder: &Path) -> EdgeSettings {
        EdgeSettings::new(folder.join("index"), IndexModel { name: "m".into(), dimension: 2 })
    }

    fn stork() -> SearchQuery<'static> {
        let (project, words) = (1.into(), Some(&[(7, 1.0)][..]));
        SearchQuery { project, dense: None, words, limit: 1, documents: None, hidden: &[] }
    }

    fn aside(folder: &Path) -> usize {
        let names = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().starts_with("index.damaged-")).count()
    }

    /// Opens, damages and opens again.
    async fn survives(damage: impl FnOnce(&Path)) {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        drop(EdgeIndex::open(settings.clone()).unwrap());
        damage(&settings.folder);
        let index = EdgeIndex::open(settings.clone()).unwrap();
        let state = index.state().await;
        assert!(state.set_aside.as_ref().is_some_and(|place| place.exists()), "{state:?}");
        assert!(index.search(stork()).await.is_err(), "it is not built yet");
        index.built_again();
        assert!(index.search(stork()).await.is_ok());
        assert_eq!(aside(folder.path()), 1);
        drop(index);
        assert!(EdgeIndex::open(settings).unwrap().state().await.set_aside.is_none());
    }

    #[tokio::test]
    async fn a_damaged_index_is_set_aside() {
        survives(|folder| fs_err::write(folder.join("model.json"), "{\"name\":").unwrap()).await;
        survives(|folder| fs_err::write(folder.join("model.json"), "").unwrap()).await;
        survives(|folder| fs_err::remove_file(folder.join("model.json")).unwrap()).await;
        survives(|folder| {
            for segment in fs_err::read_dir(folder.join("points/segments")).unwrap() {
                fs_err::write(segment.unwrap().path().join("segment.json"), "{").unwrap();
            }
        })
        .await;
        survives(|folder| {
            fs_err::remove_dir_all(folder.join("points")).unwrap();
            fs_err::write(folder.join("points"), "a file").unwrap();
        })
        .await;
    }

    #[tokio::test]
    async fn a_lost_index_is_not_searched_until_it_is_built_again_whatever_is_restarted() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        let index = EdgeIndex::open(settings.clone()).unwrap();
        assert!(index.search(stork()).await.is_ok(), "a new index is complete");
        index.being_built();
        assert!(index.search(stork()).await.is_err());
        drop(index);
        let index = EdgeIndex::open(settings.clone()).unwrap();
        assert!(index.search(stork()).await.is_err());
        let state = index.state().await;
        assert_eq!((state.incomplete, state.set_aside), (true, None));
        index.built_again();
        drop(index);
        assert!(EdgeIndex::open(settings).unwrap().search(stork()).await.is_ok());
    }

    /// Three points with vectors, on disk.
    async fn filled(settings: &EdgeSettings) {
        let index = EdgeIndex::open(settings.clone()).unwrap();
        let point = |position: i64| Point {
            project: 1.into(),
            document: 1.into(),
            generation: 1,
            position,
            dense: Some(vec![0.6, 0.8]),
            words: vec![(7, 1.0)],
        };
        index.upsert((0..3).map(point).collect()).await.unwrap();
        index.settle().await.unwrap();
    }

    #[tokio::test]
    async fn an_index_with_other_bytes_in_the_place_of_vectors_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        filled(&settings).await;
        drop(EdgeIndex::open(settings.clone()).unwrap());
        assert_eq!(aside(folder.path()), 0, "nothing is damaged");
        for segment in fs_err::read_dir(settings.folder.join("points/segments")).unwrap() {
            let path = segment.unwrap().path().join("vector_storage-dense/vectors/chunk_0.mmap");
            if let Ok(mut file) = fs_err::OpenOptions::new().write(true).open(path) {
                std::io::Write::write_all(&mut file, &[0x5a; 512]).unwrap();
            }
        }
        drop(EdgeIndex::open(settings).unwrap());
        assert_eq!(aside(folder.path()), 1);
    }

    /// Damages a file of each part of a filled index that has it, and opens it again.
    async fn is_noticed(name: &str, content: impl Fn(usize) -> Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        filled(&settings).await;
        let mut damaged = 0;
        for segment in fs_err::read_dir(settings.folder.join("points/segments")).unwrap() {
            for path in files(&segment.unwrap().path()) {
                if path.to_string_lossy().contains(name) {
                    let size = usize::try_from(path.metadata().unwrap().len()).unwrap();
                    fs_err::write(path, content(size)).unwrap();
                    damaged += 1;
                }
            }
        }
        assert!(damaged > 0, "there is no {name}");
        drop(EdgeIndex::open(settings).unwrap());
        assert_eq!(aside(folder.path()), 1, "{name}");
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
    }

    #[tokio::test]
    async fn fields_that_no_longer_lead_to_their_points_are_noticed() {
        is_noticed("-p-map/tracker.dat", |size| vec![0; size]).await;
        is_noticed("-d-map/tracker.dat", |size| vec![0; size]).await;
        is_noticed("-r-map/tracker.dat", |size| vec![0; size]).await;
    }

    #[tokio::test]
    async fn points_that_lead_nowhere_are_noticed() {
        is_noticed("payload_storage/tracker.dat", |size| vec![0; size]).await;
    }

    #[tokio::test]
    async fn another_models_index_is_not_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = settings(folder.path());
        drop(EdgeIndex::open(settings.clone()).unwrap());
        settings.model.name = "other".into();
        assert!(matches!(EdgeIndex::open(settings), Err(VectorError::ModelMismatch { .. })));
        assert_eq!(aside(folder.path()), 0);
    }

    #[tokio::test]
    async fn a_file_in_the_place_of_the_folder_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings(folder.path());
        fs_err::write(&settings.folder, "a file").unwrap();
        EdgeIndex::discard(&settings).unwrap();
        drop(EdgeIndex::open(settings.clone()).unwrap());
        EdgeIndex::discard(&settings).unwrap();
        assert!(EdgeIndex::open(settings).unwrap().state().await.set_aside.is_none());
    }
}
