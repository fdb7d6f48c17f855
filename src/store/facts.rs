//! Facts about the installation, by name: which model the index was made with, and the like.

use super::error::StoreError;
use super::side::Side;
use super::statement::{execute, fetch_optional, statements};
use super::tx::Tx;

statements! {
    FACT = "SELECT value FROM facts WHERE name = $1";
    SET_FACT = "
        INSERT INTO facts (name, value) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    CLAIM_FACT = "INSERT INTO facts (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
}

impl<S: Side> Tx<S> {
    /// Whether the database answers; nothing else is told.
    pub async fn answers(&mut self) -> Result<(), StoreError> {
        fetch_optional!(self, (String,), FACT, "schema")?;
        Ok(())
    }
}

impl Tx {
    pub async fn fact(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        Ok(fetch_optional!(self, (String,), FACT, name)?.map(|(value,)| value))
    }

    pub async fn set_fact(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        execute!(self, SET_FACT, name, value)?;
        Ok(())
    }

    /// Sets a fact that is not there; false if somebody was faster.
    pub async fn claim_fact(&mut self, name: &str, value: &str) -> Result<bool, StoreError> {
        Ok(execute!(self, CLAIM_FACT, name, value)? > 0)
    }
}
