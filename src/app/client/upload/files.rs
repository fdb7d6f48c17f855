//! Which files there are to upload.

use std::path::{Path, PathBuf};

/// A file, and the name it gets in its project.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) path: PathBuf,
    /// Relative to the folder that was named, with `/` between its parts.
    pub(super) name: String,
    pub(super) size: u64,
    /// Whether it was found there, rather than named itself.
    pub(super) from_folder: bool,
}

/// All files, in the order of their names. What cannot be looked at is an error.
pub(super) fn find(paths: &[PathBuf]) -> std::io::Result<Vec<Found>> {
    let mut found = Vec::new();
    for path in paths {
        let about = fs_err::metadata(path)?;
        if about.is_dir() {
            walk(path, "", &mut found)?;
        } else {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push(Found { path: path.clone(), name, size: about.len(), from_folder: false });
        }
    }
    Ok(found)
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<Found>) -> std::io::Result<()> {
    let mut entries = fs_err::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(fs_err::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let full = format!("{prefix}{name}");
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&entry.path(), &format!("{full}/"), found)?;
            continue;
        }
        // A link to a folder may lead back up here; one to a file is as good as the file.
        let Ok(about) = fs_err::metadata(entry.path()) else { continue };
        if about.is_file() {
            found.push(Found { path: entry.path(), name: full, size: about.len(), from_folder: true });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_and_hidden_files_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| fs_err::write(folder.path().join(name), "text").unwrap();
        fs_err::create_dir_all(folder.path().join("b/c")).unwrap();
        fs_err::create_dir_all(folder.path().join(".git")).unwrap();
        ["z.txt", "b/c/x.md", "b/a.txt", ".hidden.txt", ".git/config"].into_iter().for_each(write);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("b/loop")).unwrap();
        let found = find(&[folder.path().to_owned(), folder.path().join("z.txt")]).unwrap();
        let names: Vec<(&str, bool)> =
            found.iter().map(|file| (file.name.as_str(), file.from_folder)).collect();
        assert_eq!(names, [("b/a.txt", true), ("b/c/x.md", true), ("z.txt", true), ("z.txt", false)]);
        assert!(find(&[folder.path().join("nothing")]).is_err());
    }
}
