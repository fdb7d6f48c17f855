//! What the store's library says, as our own errors: without the answers' bodies, which repeat keys and signatures.

use std::error::Error;

use crate::BlobError;

/// What stores say when they have no room: the status, and the words of those that use another one.
const FULL: &[&str] = &["507 Insufficient Storage", "XMinioStorageFull", "QuotaExceeded"];

pub fn told(error: object_store::Error) -> BlobError {
    let text = error.to_string();
    match error {
        object_store::Error::NotFound { .. } if !text.contains("NoSuchBucket") => BlobError::Missing,
        _ if FULL.iter().any(|words| text.contains(words)) => {
            BlobError::Full(std::io::Error::other(short(&error)))
        }
        _ => BlobError::Unavailable(short(&error)),
    }
}

/// The first and the last of what led to it.
fn short(error: &dyn Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    let (first, last) = (without_body(&error.to_string()), without_body(&last.to_string()));
    if first.contains(&last) { first } else { format!("{first}: {last}") }
}

/// Bodies are XML, and the code in there is worth keeping.
fn without_body(text: &str) -> String {
    let Some((before, body)) = text.split_once('<') else { return text.trim().to_owned() };
    let code = body.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    let before = before.trim().trim_end_matches(':');
    code.map_or_else(|| before.to_owned(), |(code, _)| format!("{before}: {code}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> BlobError {
        told(object_store::Error::Generic { store: "S3", source: text.into() })
    }

    #[test]
    fn bodies_do_not_get_through() {
        let said = check(
            "Server returned non-2xx status code: 403 Forbidden: <?xml version=\"1.0\"?><Error>\
             <Code>SignatureDoesNotMatch</Code><AWSAccessKeyId>AKIA1</AWSAccessKeyId></Error>",
        );
        insta::assert_snapshot!(said, @"the storage for files cannot be reached: Generic S3 error: Server returned non-2xx status code: 403 Forbidden: SignatureDoesNotMatch");
    }

    #[test]
    fn a_full_store_and_a_missing_bucket_are_told_apart() {
        assert!(matches!(
            check("Server returned non-2xx status code: 507 Insufficient Storage: "),
            BlobError::Full(_)
        ));
        let missing = |text: &str| {
            told(object_store::Error::NotFound { path: "blobs/a".to_owned(), source: text.to_owned().into() })
        };
        assert!(matches!(
            missing("404 Not Found: <Error><Code>NoSuchKey</Code></Error>"),
            BlobError::Missing
        ));
        let bucket = missing("404 Not Found: <Error><Code>NoSuchBucket</Code></Error>");
        assert!(matches!(bucket, BlobError::Unavailable(_)), "{bucket}");
    }
}
