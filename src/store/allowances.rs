//! How much of a limit somebody used, in windows of time; one count for all nodes and doors.

use std::time::Duration;

use super::error::StoreError;
use super::statement::{execute, fetch_one, statements};
use super::tx::Tx;
use docent_domain::Timestamp;

statements! {
    USE_ALLOWANCE = "
        INSERT INTO allowances (name, used, since) VALUES ($1, 1, $2)
        ON CONFLICT (name) DO UPDATE SET
            used = CASE WHEN allowances.since <= $3 THEN 1 ELSE allowances.used + 1 END,
            since = CASE WHEN allowances.since <= $3 THEN excluded.since ELSE allowances.since END
        RETURNING used, since";
    GIVE_BACK = "UPDATE allowances SET used = used - 1 WHERE name = $1 AND used > 0";
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

    /// Takes one use back.
    pub async fn give_back_allowance(&mut self, name: &str) -> Result<(), StoreError> {
        execute!(self, GIVE_BACK, name)?;
        Ok(())
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
