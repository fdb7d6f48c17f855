//! The account of sign-ins, grants, deletions and exports, for admins to read.

use std::net::IpAddr;

use super::Caller;
use crate::domain::Timestamp;
use crate::domain::chat::{Chat, Visibility};
use crate::store::{NewAudit, Side, Store, StoreError, Tx, UserRow};

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

/// Writes down what the caller does, in the transaction that does it.
pub async fn of_caller<S: Side>(
    tx: &mut Tx<S>,
    caller: &Caller,
    action: Action,
    target: Option<(&str, i64)>,
    detail: Option<serde_json::Value>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let entry = NewAudit {
        actor_id: Some(caller.principal.user),
        actor: &caller.principal.username,
        action: action.name(),
        target,
        address: None,
        detail: detail.unwrap_or_default(),
    };
    tx.insert_audit(&entry, now).await
}

/// Writes down what an account does that is not a caller yet, or no more.
pub async fn of_user(
    tx: &mut Tx,
    user: &UserRow,
    action: Action,
    address: Option<IpAddr>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let address = address.map(|address| address.to_string());
    let entry = NewAudit {
        actor_id: Some(user.id),
        actor: &user.username,
        action: action.name(),
        address: address.as_deref(),
        ..NewAudit::default()
    };
    tx.insert_audit(&entry, now).await
}

/// Writes down what somebody tried who did not get in; `name` is what they called themselves.
pub(super) async fn of_nobody(
    tx: &mut Tx,
    name: &str,
    action: Action,
    address: Option<IpAddr>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (address, name): (_, String) =
        (address.map(|address| address.to_string()), name.chars().take(64).collect());
    let entry =
        NewAudit { actor: &name, action: action.name(), address: address.as_deref(), ..NewAudit::default() };
    tx.insert_audit(&entry, now).await
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
