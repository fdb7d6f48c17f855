//! A transaction on either database. The queries are methods on it, in the files beside this one.

use std::marker::PhantomData;

use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::error::StoreError;
use super::side::{ForServer, Side};
use super::wake::{Bells, Queue};

/// One transaction, on behalf of `S`. Dropped without [`Tx::commit`] it leaves nothing behind.
#[derive(Debug)]
pub struct Tx<S = ForServer> {
    inner: Inner,
    bells: Bells,
    /// The queues that got something in this transaction.
    filled: Vec<Queue>,
    /// How often a failing reading is tried.
    pub(super) max_attempts: i64,
    side: PhantomData<S>,
}

#[derive(Debug)]
enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// The connection inside a transaction, for the statement macros.
pub(super) enum Connection<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl<S: Side> Tx<S> {
    pub(super) fn sqlite(inner: Transaction<'static, Sqlite>, bells: &Bells, max_attempts: i64) -> Self {
        Self::new(Inner::Sqlite(inner), bells, max_attempts)
    }

    pub(super) fn postgres(inner: Transaction<'static, Postgres>, bells: &Bells, max_attempts: i64) -> Self {
        Self::new(Inner::Postgres(inner), bells, max_attempts)
    }

    fn new(inner: Inner, bells: &Bells, max_attempts: i64) -> Self {
        Self { inner, bells: bells.clone(), filled: Vec::new(), max_attempts, side: PhantomData }
    }

    /// Wakes that queue's workers once this transaction is committed.
    pub(super) fn wake_after_commit(&mut self, queue: Queue) {
        if !self.filled.contains(&queue) {
            self.filled.push(queue);
        }
    }

    pub(super) fn connection(&mut self) -> Connection<'_> {
        match &mut self.inner {
            Inner::Sqlite(tx) => Connection::Sqlite(tx),
            Inner::Postgres(tx) => Connection::Postgres(tx),
        }
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        self.filled.into_iter().for_each(|queue| self.bells.ring(queue));
        Ok(())
    }
}
