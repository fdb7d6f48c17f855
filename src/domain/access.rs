//! Who is asking, what they may do in a project, and the scope that every query carries.

use super::ids::UserId;

/// What a member may do in a project; each role includes the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Somebody without an account: asks in the public project, and sees nothing but their own.
    Visitor,
    /// Reads documents and asks.
    Viewer,
    /// Also uploads, deletes and reprocesses.
    Editor,
    /// Also manages members and settings, and deletes the project.
    Owner,
}

impl Role {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    pub fn by_name(name: &str) -> Option<Self> {
        [Self::Visitor, Self::Viewer, Self::Editor, Self::Owner].into_iter().find(|role| role.name() == name)
    }
}

/// Whoever stands behind a request or a connection. Authority is not in here: it is asked of the database each time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Principal {
    pub user: UserId,
    pub username: String,
}

/// What a query may reach. Every method of the store takes one, and only `auth` makes them, so that a query
/// without a scope cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    user: UserId,
    everything: bool,
}

impl Scope {
    /// For `auth` alone; a test reads the sources and finds no other caller.
    pub const fn made_by_auth(user: UserId, everything: bool) -> Self {
        Self { user, everything }
    }

    /// Whose memberships count.
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// True for admins, the local owner, and the server's own work: memberships are not asked.
    pub const fn everything(&self) -> bool {
        self.everything
    }
}
