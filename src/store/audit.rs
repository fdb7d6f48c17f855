//! What was done by whom, for those who must be able to tell later.

use super::error::StoreError;
use super::side::{Operates, Side};
use super::statement::{execute, fetch_all, fetch_one, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::{Timestamp, UserId};

statements! {
    INSERT_AUDIT = "
        INSERT INTO audit_log (at, actor_id, actor, action, target_kind, target_id, address, detail)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    AUDIT = "
        SELECT id, at, actor_id, actor, action, target_kind, target_id, address, detail FROM audit_log
        WHERE ($1 = '' OR action = $1) AND ($2 = 0 OR actor_id = $2)
        ORDER BY id DESC LIMIT $3 OFFSET $4";
    COUNT_AUDIT = "
        SELECT COUNT(*) FROM audit_log WHERE ($1 = '' OR action = $1) AND ($2 = 0 OR actor_id = $2)";
    FORGET_AUDIT = "DELETE FROM audit_log WHERE at < $1";
}

/// One entry to be written.
#[derive(Debug, Clone, Default)]
pub struct NewAudit<'a> {
    /// `None`: somebody who did not get in.
    pub actor_id: Option<UserId>,
    pub actor: &'a str,
    pub action: &'a str,
    pub target: Option<(&'a str, i64)>,
    pub address: Option<&'a str>,
    pub detail: serde_json::Value,
}

#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditRow {
    pub id: i64,
    #[sqlx(try_from = "i64")]
    pub at: Timestamp,
    pub actor_id: Option<i64>,
    pub actor: String,
    pub action: String,
    pub target_kind: Option<String>,
    pub target_id: Option<i64>,
    pub address: Option<String>,
    /// JSON.
    pub detail: String,
}

/// Which entries are wanted; all by default.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditFilter<'a> {
    pub action: Option<&'a str>,
    pub actor: Option<UserId>,
}

impl<S: Side> Tx<S> {
    pub async fn insert_audit(&mut self, new: &NewAudit<'_>, now: Timestamp) -> Result<(), StoreError> {
        execute!(
            self,
            INSERT_AUDIT,
            now.micros(),
            new.actor_id.map(UserId::get),
            new.actor,
            new.action,
            new.target.map(|(kind, _)| kind),
            new.target.map(|(_, id)| id),
            new.address,
            new.detail.to_string(),
        )?;
        Ok(())
    }
}

impl<S: Operates> Tx<S> {
    /// The latest first.
    pub async fn audit(
        &mut self,
        filter: AuditFilter<'_>,
        window: Window,
    ) -> Result<Listed<AuditRow>, StoreError> {
        let (action, actor) = (filter.action.unwrap_or_default(), filter.actor.map_or(0, UserId::get));
        let items = fetch_all!(self, AuditRow, AUDIT, action, actor, window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_AUDIT, action, actor)?;
        Ok(Listed { items, total })
    }
}

impl Tx {
    pub async fn forget_audit(&mut self, before: Timestamp) -> Result<(), StoreError> {
        execute!(self, FORGET_AUDIT, before.micros())?;
        Ok(())
    }
}
