//! Identifiers. All are `i64` in the database and integers below 2^53 in JSON; the newtypes keep one kind from
//! being passed where another is meant.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(i64);

        impl $name {
            pub const fn new(raw: i64) -> Self {
                Self(raw)
            }

            /// The number as the database and the wire carry it.
            pub const fn get(self) -> i64 {
                self.0
            }
        }

        impl From<i64> for $name {
            fn from(raw: i64) -> Self {
                Self(raw)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIntError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A secret that a program signs in with.
    ApiKeyId;
    /// A conversation inside one project.
    ChatId;
    /// An uploaded file in all its versions.
    DocumentId;
    /// Somebody or something that projects are about.
    EntityId;
    /// A question or an answer; the answer's id also names its turn.
    MessageId;
    /// The boundary of access: documents and chats live in exactly one.
    ProjectId;
    /// One piece of queued work, through all its attempts.
    RunId;
    /// One sign-in, through all its tokens.
    SessionId;
    /// Somebody with an account, or the local owner.
    UserId;
}

impl UserId {
    /// No account has it: the server itself.
    pub const NOBODY: Self = Self(0);
}
