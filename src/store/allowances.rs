//! How much of a limit somebody used, in windows of time; one count for all nodes and doors.

use std::time::Duration;

use super::error::StoreError;
use super::statement::{execute, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use crate::domain::Timestamp;

statements! {
    USE_ALLOWANCE = "
        INSERT INTO allowances (name, used, since) VALUES ($1, 1, $2)
        ON CONFLICT (name) DO UPDATE SET
            used = CASE WHEN allowances.since <= $3 THEN 1 ELSE allowances.used + 1 END,
            since = CASE WHEN allowances.since <= $3 THEN excluded.since ELSE allowances.since END
        RETURNING used, since";
    ALLOWANCE = "SELECT used, since FROM allowances WHERE name = $1 AND since > $2";
    FORGET_ALLOWANCE = "DELETE FROM allowances WHERE name = $1";
    FORGET_ALLOWANCES = "DELETE FROM allowances WHERE since < $1";
}

/// What was used in the present window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    pub count: i64,
    pub since: Timestamp,
}

impl Tx {
    /// Counts one use of `name`; a window begins with its first use.
    pub async fn use_allowance(
        &mut self,
        name: &str,
        window: Duration,
        now: Timestamp,
    ) -> Result<Used, StoreError> {
        let (count, since) =
            fetch_one!(self, (i64, i64), USE_ALLOWANCE, name, now.micros(), now.minus(window).micros())?;
        Ok(Used { count, since: since.into() })
    }

    /// What was used, without using any.
    pub async fn allowance(
        &mut self,
        name: &str,
        window: Duration,
        now: Timestamp,
    ) -> Result<Used, StoreError> {
        let row = fetch_optional!(self, (i64, i64), ALLOWANCE, name, now.minus(window).micros())?;
        Ok(row.map_or(Used { count: 0, since: now }, |(count, since)| Used { count, since: since.into() }))
    }

    pub async fn forget_allowance(&mut self, name: &str) -> Result<(), StoreError> {
        execute!(self, FORGET_ALLOWANCE, name)?;
        Ok(())
    }

    pub async fn forget_allowances(&mut self, before: Timestamp) -> Result<(), StoreError> {
        execute!(self, FORGET_ALLOWANCES, before.micros())?;
        Ok(())
    }
}
