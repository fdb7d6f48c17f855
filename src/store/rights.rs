//! What somebody is in a project, as SQL; and a number that grows with every change of anybody's rights, so that
//! every process notices within a moment.

use super::error::StoreError;
use super::side::Side;
use super::statement::{execute, fetch_optional, statements};
use super::tx::Tx;

/// The role of a user in a project, or NULL: as a member; through an entity (viewer); or as a visitor of the public
/// project. Both arguments are SQL expressions.
macro_rules! role_in {
    ($project:literal, $user:literal) => {
        concat!(
            "COALESCE(
               (SELECT rm.role FROM members rm WHERE rm.project_id = ",
            $project,
            " AND rm.user_id = ",
            $user,
            "),
               (SELECT 'viewer' FROM user_entities ru
                  JOIN project_entities rp ON rp.project_id = ",
            $project,
            " AND (rp.entity_id = ru.entity_id OR EXISTS (
                    SELECT 1 FROM entity_relations rr
                    WHERE rr.entity_id = ru.entity_id AND rr.related_id = rp.entity_id))
                  WHERE ru.user_id = ",
            $user,
            " LIMIT 1),
               (SELECT 'visitor' FROM visitors rv
                  JOIN facts rf ON rf.name = 'public_project' AND rf.value = CAST(",
            $project,
            " AS TEXT)
                  WHERE rv.user_id = ",
            $user,
            "))"
        )
    };
}

/// The projects of a user: as a member, or through an entity. For `IN (…)`.
macro_rules! projects_of {
    ($user:literal) => {
        concat!(
            "SELECT m.project_id FROM members m WHERE m.user_id = ",
            $user,
            " UNION SELECT pe.project_id FROM user_entities ue
                JOIN project_entities pe ON pe.entity_id = ue.entity_id WHERE ue.user_id = ",
            $user,
            " UNION SELECT pe.project_id FROM user_entities ue
                JOIN entity_relations er ON er.entity_id = ue.entity_id
                JOIN project_entities pe ON pe.entity_id = er.related_id WHERE ue.user_id = ",
            $user
        )
    };
}

pub(super) use {projects_of, role_in};

statements! {
    RIGHTS_VERSION = "SELECT value FROM facts WHERE name = 'rights_version'";
    BUMP_RIGHTS = "
        INSERT INTO facts (name, value) VALUES ('rights_version', '1')
        ON CONFLICT (name) DO UPDATE SET value = CAST(CAST(facts.value AS BIGINT) + 1 AS TEXT)";
}

impl<S: Side> Tx<S> {
    /// Waits for everybody else who changes rights, until the end of this transaction. To be called before what a
    /// change depends on is read: two who each see another admin must not both stop being one.
    pub async fn lock_rights(&mut self) -> Result<(), StoreError> {
        self.bump_rights().await
    }

    /// The first statement of whatever changes rights: so all of them wait here, and never for each other.
    pub(super) async fn bump_rights(&mut self) -> Result<(), StoreError> {
        execute!(self, BUMP_RIGHTS)?;
        Ok(())
    }
}

impl Tx {
    /// Grows with every change of anybody's rights.
    pub async fn rights_version(&mut self) -> Result<i64, StoreError> {
        let row = fetch_optional!(self, (String,), RIGHTS_VERSION)?;
        Ok(row.and_then(|(value,)| value.parse().ok()).unwrap_or(0))
    }
}
