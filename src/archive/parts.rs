//! What the names of an archive's entries mean. A name that means nothing belongs to no export, and no name is used
//! for anything but this.

/// Characters of the longest name that means something.
pub(super) const LONGEST_NAME: usize = 64;

/// An entry by what it is for. Numbers begin with 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    Manifest,
    /// What is known about a document.
    Document(u32),
    /// Its bytes.
    Original(u32),
    Chat(u32),
    /// Programs that pack archives add folders; there is nothing in them.
    Folder,
}

impl Part {
    pub(super) fn parse(name: &str) -> Option<Self> {
        if name.len() > LONGEST_NAME {
            return None;
        }
        match name.split('/').collect::<Vec<_>>().as_slice() {
            ["manifest.json"] => Some(Self::Manifest),
            ["documents" | "chats", ""] => Some(Self::Folder),
            ["documents", document, ""] => number(document).map(|_| Self::Folder),
            ["documents", document, "document.json"] => number(document).map(Self::Document),
            ["documents", document, original] => {
                let ending = original.strip_prefix("original")?;
                let known = ending.is_empty()
                    || ending.strip_prefix('.').is_some_and(|it| {
                        (1..=8).contains(&it.len()) && it.bytes().all(|b| b.is_ascii_alphanumeric())
                    });
                if known { number(document).map(Self::Original) } else { None }
            }
            ["chats", chat] => number(chat.strip_suffix(".jsonl")?).map(Self::Chat),
            _ => None,
        }
    }

    /// The name that an export gives it; `ending` is that of an original.
    pub(super) fn name(self, ending: &str) -> String {
        match self {
            Self::Manifest => "manifest.json".to_owned(),
            Self::Document(number) => format!("documents/{number}/document.json"),
            Self::Original(number) => format!("documents/{number}/original.{ending}"),
            Self::Chat(number) => format!("chats/{number}.jsonl"),
            Self::Folder => "documents/".to_owned(),
        }
    }
}

/// Written in one way only, so that no two names mean the same.
fn number(text: &str) -> Option<u32> {
    let plain = (1..=7).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain && !text.starts_with('0') { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_mean_what_an_export_means_by_them() {
        for part in [Part::Manifest, Part::Document(7), Part::Original(12), Part::Chat(1), Part::Folder] {
            assert_eq!(Part::parse(&part.name("pdf")), Some(part));
        }
        assert_eq!(Part::parse("documents/3/original"), Some(Part::Original(3)));
        assert_eq!(Part::parse("documents/3/"), Some(Part::Folder));
    }

    #[test]
    fn whatever_could_be_a_path_means_nothing() {
        for name in [
            "",
            "/manifest.json",
            "../manifest.json",
            "documents/../../etc/passwd",
            "documents/1/../2/document.json",
            "documents/01/document.json",
            "documents/0/document.json",
            "documents/-1/document.json",
            "documents/99999999/document.json",
            "documents/1/original.tar.gz",
            "documents/1/original./..",
            "documents\\1\\document.json",
            "documents/١/document.json",
            "chats/1.jsonl/",
            "chats/1.json",
            "C:manifest.json",
            "MANIFEST.JSON",
        ] {
            assert_eq!(Part::parse(name), None, "{name}");
        }
    }
}
