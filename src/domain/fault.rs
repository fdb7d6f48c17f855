//! The one table of error codes, and the error that carries one of them to whoever must answer.
//!
//! Each module keeps its own `thiserror` enum and maps it here by implementing [`Coded`]. Three translators read
//! the result: REST (a problem document), sockets (an `error` event), the job runner (again later, or record and stop).

use std::error::Error;
use std::fmt;

/// Whether trying the same thing again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// The same input will fail in the same way.
    Never,
    /// Something passing stood in the way; it counts as a failed attempt.
    Later,
    /// A dependency is away. Tried again like `Later`, but it does not use up attempts.
    Outage,
}

macro_rules! codes {
    ($($variant:ident $name:literal = $status:literal, $retry:ident, $title:literal;)*) => {
        /// What went wrong, in a word that clients can match on. Names, once published, stay.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($variant,)* }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name on every wire.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$variant => $status,)* }
            }

            pub const fn retry(self) -> Retry {
                match self { $(Self::$variant => Retry::$retry,)* }
            }

            /// A sentence for people, the same for every occurrence.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The code with this name, as stored in the database.
            pub fn by_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

codes! {
    // code               name on the wire          status retry  title
    BadRequest            "bad_request"            = 400, Never,  "The request cannot be read";
    Cancelled             "cancelled"              = 409, Never,  "Cancelled";
    ChatBusy              "chat_busy"              = 409, Never,  "An answer is still being written";
    Conflict              "conflict"               = 409, Never,  "That is not possible in the present state";
    CorruptDocument       "corrupt_document"       = 422, Never,  "The file is damaged and cannot be read";
    DiskFull              "disk_full"              = 507, Outage, "There is no room left to store this";
    EmbeddingFailed       "embedding_failed"       = 502, Later,  "The embedding model gave no usable vectors";
    EmbeddingUnavailable  "embedding_unavailable"  = 503, Outage, "The embedding model cannot be reached";
    EmptyFile             "empty_file"             = 400, Never,  "The file is empty";
    EncryptedDocument     "encrypted_document"     = 422, Never,  "The file is protected by a password";
    ExtractionCrashed     "extraction_crashed"     = 422, Later,  "Reading the file failed";
    ExtractionLimit       "extraction_limit"       = 422, Never,  "The file asks for more than the limits allow";
    FileTooLarge          "file_too_large"         = 413, Never,  "The file is too large";
    Forbidden             "forbidden"              = 403, Never,  "You may see this, but not do that";
    IdempotencyKeyReused  "idempotency_key_reused" = 422, Never,  "The key stands for another request";
    Internal              "internal"               = 500, Later,  "Something went wrong here";
    Interrupted           "interrupted"            = 500, Later,  "The server stopped before this was done";
    InvalidPayload        "invalid_payload"        = 422, Never,  "Some fields are missing or wrong";
    LlmUnavailable        "llm_unavailable"        = 503, Outage, "The language model cannot be reached";
    MethodNotAllowed      "method_not_allowed"     = 405, Never,  "This address does not take that method";
    NoText                "no_text"                = 422, Never,  "No text was found in the file";
    NotFound              "not_found"              = 404, Never,  "Not found";
    OriginalDamaged       "original_damaged"       = 422, Never,  "The stored original is not the file that was uploaded";
    OriginalMissing       "original_missing"       = 410, Never,  "The stored original is gone";
    Overloaded            "overloaded"             = 503, Later,  "Too much at once";
    PayloadTooLarge       "payload_too_large"      = 413, Never,  "The request is too large";
    RangeNotSatisfiable   "range_not_satisfiable"  = 416, Never,  "The file has no such bytes";
    RateLimited           "rate_limited"           = 429, Later,  "Too many requests";
    RequestTimeout        "request_timeout"        = 408, Later,  "The request arrived too slowly";
    RequestUnderWay       "request_under_way"      = 409, Later,  "The same request is still under way";
    RetrievalUnavailable  "retrieval_unavailable"  = 503, Outage, "The search index cannot be reached";
    StorageUnavailable    "storage_unavailable"    = 503, Outage, "The storage cannot be reached";
    TooManyAttempts       "too_many_attempts"      = 422, Never,  "Every attempt at this failed";
    Unauthenticated       "unauthenticated"        = 401, Never,  "Sign in first";
    UnsupportedFileType   "unsupported_file_type"  = 400, Never,  "This file type cannot be read";
    UnsupportedMediaType  "unsupported_media_type" = 415, Never,  "The body is of another media type than this address takes";
}

/// An error that knows its code.
pub trait Coded: Error + Send + Sync + 'static {
    fn code(&self) -> Code;

    /// What the caller may read beside the title; `None` where the message speaks of internals.
    fn public_detail(&self) -> Option<String> {
        (self.code().status() < 500).then(|| self.to_string())
    }

    /// The fields that are missing or wrong, where it is about some.
    fn fields(&self) -> Vec<FieldError> {
        Vec::new()
    }

    /// Seconds until it makes sense to ask again, where known.
    fn retry_after_s(&self) -> Option<u64> {
        None
    }
}

/// One field of a request, and what it should have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FieldError {
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }
}

/// Any module's error on its way to the boundary, where it is logged once and translated.
pub struct Fault {
    code: Code,
    detail: Option<String>,
    fields: Vec<FieldError>,
    retry_after_s: Option<u64>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl Fault {
    /// A fault of our own making, with advice for the caller.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: Some(detail.into()), fields: Vec::new(), retry_after_s: None, source: None }
    }

    /// Nothing by that id, or nothing of yours: the two are not told apart.
    pub fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what}, or you have no access to it"))
    }

    /// A field that is missing or wrong.
    pub fn field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let error = FieldError::new(field, message);
        let mut fault = Self::new(Code::InvalidPayload, format!("`{}`: {}", error.field, error.message));
        fault.fields.push(error);
        fault
    }

    /// Something that should not have happened; the cause goes to the log, never to the caller.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            code: Code::Internal,
            detail: None,
            fields: Vec::new(),
            retry_after_s: None,
            source: Some(source.into()),
        }
    }

    pub fn with_retry_after(mut self, seconds: u64) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    pub const fn code(&self) -> Code {
        self.code
    }

    /// Advice for the caller; safe to send.
    pub fn public_detail(&self) -> &str {
        self.detail.as_deref().unwrap_or_else(|| self.code.title())
    }

    pub fn fields(&self) -> &[FieldError] {
        &self.fields
    }

    pub const fn retry_after_s(&self) -> Option<u64> {
        self.retry_after_s
    }

    /// The whole story, for the log only.
    pub fn chain(&self) -> String {
        let mut text = format!("{}: {}", self.code.name(), self.public_detail());
        let mut next = self.source.as_deref().map(|source| source as &dyn Error);
        while let Some(error) = next {
            text.push_str(": ");
            text.push_str(&error.to_string());
            next = error.source();
        }
        text
    }
}

impl<E: Coded> From<E> for Fault {
    fn from(error: E) -> Self {
        Self {
            code: error.code(),
            detail: error.public_detail(),
            fields: error.fields(),
            retry_after_s: error.retry_after_s(),
            source: Some(Box::new(error)),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chain())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.public_detail())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("disk at /var/secret is on fire")]
    struct Burning;

    impl Coded for Burning {
        fn code(&self) -> Code {
            Code::Internal
        }
    }

    #[test]
    fn names_lead_back_to_their_codes_and_are_unique() {
        for &code in Code::ALL {
            assert_eq!(Code::by_name(code.name()), Some(code));
        }
    }

    #[test]
    fn internals_stay_in_the_log() {
        let fault = Fault::from(Burning);
        assert_eq!(fault.public_detail(), "Something went wrong here");
        assert!(fault.chain().contains("/var/secret"), "{}", fault.chain());
    }
}
