//! Finding people to let them in. Whoever may do that learns whether somebody is there, and how they are called: so
//! tries are counted, and those that found nobody written down.

use std::time::Duration;

use serde_json::json;

use super::audit::{self, Action};
use super::limits::Rate;
use super::{Auth, Caller};
use docent_domain::{Code, Fault, Role, Timestamp, UserId};
use docent_store::UserRow;

/// How somebody is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person<'a> {
    /// As they sign in, in any case.
    Named(&'a str),
    Numbered(UserId),
}

/// People that one user may look for, found or not. Admins see everybody anyway.
const LOOKUPS: Rate = Rate { count: 60, window: Duration::from_secs(15 * 60) };

impl Auth {
    /// Who that is; counted against the caller.
    pub async fn find_person(
        &self,
        caller: &Caller,
        person: Person<'_>,
        now: Timestamp,
    ) -> Result<UserRow, Fault> {
        let mut tx = self.inner.store.begin().await?;
        if !caller.scope.everything() {
            let name = format!("people:user:{}", caller.principal.user);
            let used = tx.use_allowance(&name, LOOKUPS.window, now).await?;
            if used.count > i64::from(LOOKUPS.count) {
                // Not looked for, so not counted.
                let left = used.since.plus(LOOKUPS.window).since(now).as_secs().max(1);
                let detail =
                    format!("You have looked for {} people already; go on in {left} s", LOOKUPS.count);
                return Err(Fault::new(Code::RateLimited, detail).with_retry_after(left));
            }
        }
        let found = match person {
            Person::Named(name) => tx.user_by_name(name).await?,
            Person::Numbered(id) => tx.user(id).await?.filter(|user| user.role != Role::Visitor.name()),
        };
        if found.is_none() {
            let tried = match person {
                Person::Named(name) => json!({ "username": name.chars().take(64).collect::<String>() }),
                Person::Numbered(id) => json!({ "user_id": id.get() }),
            };
            audit::of_caller(&mut tx, caller, Action::PersonNotFound, None, Some(tried), now).await?;
        }
        tx.commit().await?;
        found.ok_or_else(|| Fault::not_found("user"))
    }
}
