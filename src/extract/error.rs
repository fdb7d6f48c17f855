//! What can be wrong with a file, in words for whoever sent it.

use super::format::Format;
use docent_domain::{Code, Coded};

/// Why a file, or the rest of it, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    #[error("{found} files cannot be read; send one of: {}", Format::known())]
    Unsupported { found: String },
    #[error("the name says {named} but the content is {found}; rename the file or convert it")]
    Contradiction { named: Format, found: String },
    #[error("the file has no bytes in it; check where it came from and send it again")]
    EmptyFile,
    #[error("the file is protected by a password; remove the protection and send it again")]
    Encrypted,
    #[error(
        "the file is damaged ({detail}); open it in the program it comes from, save it anew and send that"
    )]
    Corrupt { detail: String },
    #[error("the file goes beyond a limit ({what}); send it in smaller parts")]
    Limit { what: String },
    #[error("no text was found in the file; scanned pages need text recognition (OCR) before they are sent")]
    NoText,
    #[error("reading the file failed again and again ({detail}); save it anew or convert it, and send that")]
    Crashed { detail: String },
    /// Something on our side: the child process cannot be started, or the stored file cannot be read.
    #[error("{doing}")]
    Io { doing: &'static str, source: std::io::Error },
}

impl ExtractError {
    pub(super) fn corrupt(detail: impl Into<String>) -> Self {
        Self::Corrupt { detail: detail.into() }
    }

    pub(super) fn limit(what: impl Into<String>) -> Self {
        Self::Limit { what: what.into() }
    }

    pub(super) fn io(doing: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io { doing, source }
    }
}

impl Coded for ExtractError {
    fn code(&self) -> Code {
        match self {
            Self::Unsupported { .. } | Self::Contradiction { .. } => Code::UnsupportedFileType,
            Self::EmptyFile => Code::EmptyFile,
            Self::Encrypted => Code::EncryptedDocument,
            Self::Corrupt { .. } => Code::CorruptDocument,
            Self::Limit { .. } => Code::ExtractionLimit,
            Self::NoText => Code::NoText,
            Self::Crashed { .. } => Code::ExtractionCrashed,
            Self::Io { .. } => Code::Internal,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use insta::assert_snapshot;

    #[test]
    fn messages_say_what_to_do_next() {
        let unsupported = ExtractError::Unsupported { found: "`.exe`".into() }.to_string();
        assert!(
            unsupported.starts_with("`.exe` files cannot be read; send one of: .adoc, "),
            "{unsupported}"
        );
        assert!(unsupported.ends_with(".zip, or plain text with any ending"), "{unsupported}");
        let lying = ExtractError::Contradiction { named: Format::Pdf, found: "an image (image/png)".into() };
        assert_snapshot!(lying, @"the name says PDF but the content is an image (image/png); rename the file or convert it");
    }

    #[test]
    fn our_own_trouble_is_not_told_to_the_caller() {
        let error = ExtractError::io("start the reader")(std::io::Error::other("/secret/path"));
        assert_eq!(error.code(), Code::Internal);
        assert_eq!(error.public_detail(), None);
    }
}
