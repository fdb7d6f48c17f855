//! Who is asking, and what they may reach. The only maker of [`Scope`]s.

pub mod origin;

use crate::domain::{Principal, Scope, Timestamp, UserId};
use crate::store::{NewProject, Store, StoreError};

/// The account that everybody is while authentication is off.
pub const LOCAL_OWNER: &str = "owner";

/// Somebody who was let in, and what their queries may reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub principal: Principal,
    pub scope: Scope,
}

/// Decides who is asking.
#[derive(Debug, Clone)]
pub struct Auth {
    local_owner: Caller,
}

impl Auth {
    /// With authentication off: everybody is the local owner, who is made here, with a default project, when there is none.
    pub async fn off(store: &Store, now: Timestamp) -> Result<Self, StoreError> {
        let mut tx = store.begin().await?;
        let user = tx.ensure_user(LOCAL_OWNER, "admin", now).await?;
        if tx.personal_project(user.id).await?.is_none() {
            let settings = serde_json::json!({});
            tx.insert_project(&NewProject {
                name: "Default",
                description: "",
                settings: &settings,
                owner: user.id,
                personal_of: Some(user.id),
                created_at: now,
            })
            .await?;
        }
        tx.commit().await?;
        let principal = Principal { user: user.id, username: user.username };
        let scope = Scope::made_by_auth(user.id, true);
        Ok(Self { local_owner: Caller { principal, scope } })
    }

    /// Whoever sends a request or opens a connection, by the token it carries.
    pub fn caller(&self, _token: Option<&str>) -> Caller {
        self.local_owner.clone()
    }
}

/// The scope of the server's own work: queue, sweeps, repairs.
pub const fn server_scope() -> Scope {
    Scope::made_by_auth(NOBODY, true)
}

const NOBODY: UserId = UserId::NOBODY;
