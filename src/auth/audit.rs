//! The account of sign-ins, grants, deletions and exports, for admins to read.

use std::net::IpAddr;

use super::Caller;
use docent_domain::Timestamp;
use docent_domain::chat::{Chat, Visibility};
use docent_store::{NewAudit, Side, Store, StoreError, Tx, UserRow};

/// Characters that are kept of what somebody called themselves who did not get in.
const NAME: usize = 64;

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What is written down. Names, once written, stay.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action { $($(#[$doc])* $variant,)* }

        impl Action {
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

actions! {
    ChatDeleted = "chat.deleted",
    DocumentDeleted = "document.deleted",
    EntityGranted = "entity.granted",
    EntityLinked = "entity.linked",
    EntityMade = "entity.made",
    EntityRelated = "entity.related",
    EntityRevoked = "entity.revoked",
    EntityUnlinked = "entity.unlinked",
    EntityUnrelated = "entity.unrelated",
    Exported = "project.exported",
    Imported = "project.imported",
    KeyDeleted = "api_key.deleted",
    KeyMade = "api_key.made",
    Login = "login",
    LoginFailed = "login.failed",
    Logout = "logout",
    MemberRemoved = "member.removed",
    MemberSet = "member.set",
    PasswordChanged = "password.changed",
    /// Somebody was to become a member whom there is not.
    PersonNotFound = "person.not_found",
    /// An admin read a chat that is private to somebody else.
    PrivateChatRead = "chat.read_by_admin",
    ProjectDeleted = "project.deleted",
    ProjectRestored = "project.restored",
    /// A refresh token was used a second time: the sign-in was ended.
    RefreshReplayed = "refresh.replayed",
    Setup = "setup",
    UserChanged = "user.changed",
    UserDeleted = "user.deleted",
    UserMade = "user.made",
}

/// Whose doing it is.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    Caller(&'a Caller),
    /// An account that is not a caller yet, or no more.
    Account(&'a UserRow),
    /// Somebody who did not get in, by what they called themselves.
    Nobody(&'a str),
}

/// Writes down what somebody does to something, in the transaction that does it.
pub async fn of_caller<S: Side>(
    tx: &mut Tx<S>,
    caller: &Caller,
    action: Action,
    target: Option<(&str, i64)>,
    detail: Option<serde_json::Value>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let rest = NewAudit { target, detail: detail.unwrap_or_default(), ..NewAudit::default() };
    note(tx, Who::Caller(caller), action, rest, now).await
}

/// Writes down a sign-in and what becomes of it, with where it came from.
pub(super) async fn of_sign_in(
    tx: &mut Tx,
    who: Who<'_>,
    action: Action,
    address: Option<IpAddr>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let address = address.map(|address| address.to_string());
    let rest = NewAudit { address: address.as_deref(), ..NewAudit::default() };
    note(tx, who, action, rest, now).await
}

async fn note<S: Side>(
    tx: &mut Tx<S>,
    who: Who<'_>,
    action: Action,
    rest: NewAudit<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (actor_id, actor) = match who {
        Who::Caller(caller) => (Some(caller.principal.user), caller.principal.username.as_str()),
        Who::Account(user) => (Some(user.id), user.username.as_str()),
        Who::Nobody(name) => (None, beginning(name)),
    };
    tx.insert_audit(&NewAudit { actor_id, actor, action: action.name(), ..rest }, now).await
}

/// As much of a made-up name as is kept.
fn beginning(name: &str) -> &str {
    name.char_indices().nth(NAME).map_or(name, |(end, _)| &name[..end])
}

/// Writes down that an admin reads what is private to somebody else. The local owner of a machine is no such admin.
pub async fn of_reading<S: Side>(
    store: &Store<S>,
    caller: &Caller,
    chat: &Chat,
    now: Timestamp,
) -> Result<(), StoreError> {
    let foreign = chat.visibility == Visibility::Private && chat.author != caller.principal.user;
    if !foreign || caller.is_local_owner() {
        return Ok(());
    }
    let mut tx = store.begin().await?;
    of_caller(&mut tx, caller, Action::PrivateChatRead, Some(("chat", chat.id.get())), None, now).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_up_names_are_cut_between_letters() {
        assert_eq!(beginning("ann"), "ann");
        assert_eq!(beginning(&"é".repeat(64)), "é".repeat(64));
        assert_eq!(beginning(&"é".repeat(65)), "é".repeat(64));
    }
}
