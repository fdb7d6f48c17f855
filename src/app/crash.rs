//! Telling a process that ended itself from one that was killed from outside: what it worked on may have been the reason
//! of the one, and has nothing to do with the other.

use std::path::Path;

use signal_hook::consts::SIGABRT;
use signal_hook::low_level::pipe;

/// Holds the name of the worker that runs, and behind it a sign if that has ended itself.
const MARK: &str = "crashed";

/// The name of the last worker with this data folder, if that ended itself and could say so; and from now on, this one
/// does: a stack that overflowed, memory that could not be had and most faults in libraries end in `SIGABRT`.
pub fn watch(data: &Path, name: &str) -> Option<String> {
    let path = data.join(MARK);
    let found = fs_err::read_to_string(&path).unwrap_or_default();
    let crashed =
        found.split_once('\n').filter(|(_, sign)| !sign.is_empty()).map(|(name, _)| name.to_owned());
    let opened = fs_err::write(&path, format!("{name}\n"))
        .and_then(|()| fs_err::OpenOptions::new().append(true).open(&path))
        .and_then(|file| pipe::register(SIGABRT, file.into_parts().0));
    if let Err(error) = opened {
        tracing::warn!(%error, "A crash of this process will be taken for a kill from outside");
    }
    crashed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_marked_was_killed() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(watch(folder.path(), "one"), None);
        assert_eq!(watch(folder.path(), "two"), None);
        let path = folder.path().join(MARK);
        let written = fs_err::read_to_string(&path).unwrap();
        fs_err::write(&path, format!("{written}X")).unwrap();
        assert_eq!(watch(folder.path(), "three").as_deref(), Some("two"));
        assert_eq!(watch(folder.path(), "four"), None, "it is said once");
    }
}
