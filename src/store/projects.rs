//! Projects and who belongs to them.
//!
//! Every statement asks `$2` (may reach everything) or the caller's membership, so that what is not the caller's
//! does not exist.

use std::time::Duration;

use super::error::{StoreError, word};
use super::rights::{projects_of, role_in};
use super::side::{Names, Seen, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::document::DocumentStatus;
use docent_domain::job::{Job, Queue};
use docent_domain::project::Project;
use docent_domain::{ProjectId, Role, Scope, Timestamp, UserId};

/// Counts of what the caller (`$2`, or with `$1` everybody) may see: others' private chats are not told of.
macro_rules! counts {
    ($rest:literal) => {
        concat!(
            "SELECT p.id AS project_id,
               (SELECT COUNT(*) FROM documents d WHERE d.project_id = p.id AND d.deleted_at IS NULL) AS documents,
               (SELECT CAST(COALESCE(SUM(g.chunk_count), 0) AS BIGINT) FROM documents d
                  JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
                  WHERE d.project_id = p.id AND d.deleted_at IS NULL) AS chunks,
               (SELECT COUNT(*) FROM chats c WHERE c.project_id = p.id AND c.deleted_at IS NULL
                  AND ($1 OR c.visibility = 'project' OR c.author_id = $2)) AS chats
             FROM projects p ",
            $rest
        )
    };
}

statements! {
    INSERT_PROJECT = "
        INSERT INTO projects (name, description, settings, owner_id, personal_of, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)
        RETURNING id";
    INSERT_MEMBER = "
        INSERT INTO members (project_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role";
    PERSONAL_PROJECT = "SELECT id FROM projects WHERE personal_of = $1 AND deleted_at IS NULL";
    PROJECT = concat!(
        "SELECT x.id, x.name, x.description, x.settings, x.owner_id, x.created_at, x.updated_at, x.role FROM (
           SELECT p.id, p.name, p.description, p.settings, p.owner_id, p.created_at, p.updated_at, ",
        role_in!("p.id", "$3"), " AS role
           FROM projects p WHERE p.id = $1 AND p.deleted_at IS NULL) x
         WHERE $2 OR x.role IS NOT NULL");
    PROJECTS = concat!(
        "SELECT p.id, p.name, p.description, p.settings, p.owner_id, p.created_at, p.updated_at, ",
        role_in!("p.id", "$2"), " AS role
         FROM projects p
         WHERE p.deleted_at IS NULL AND ($1 OR p.id IN (", projects_of!("$2"), "))
         ORDER BY p.id
         LIMIT $3 OFFSET $4");
    COUNT_PROJECTS = concat!(
        "SELECT COUNT(*) FROM projects p
         WHERE p.deleted_at IS NULL AND ($1 OR p.id IN (", projects_of!("$2"), "))");
    UPDATE_PROJECT = "
        UPDATE projects SET name = $2, description = $3, settings = $4, updated_at = $5
        WHERE id = $1 AND deleted_at IS NULL";
    TOUCH_PROJECT = "UPDATE projects SET updated_at = $2 WHERE id = $1 AND deleted_at IS NULL";
    HIDE_PROJECT = "
        UPDATE projects SET deleted_at = $2, personal_of = NULL WHERE id = $1 AND deleted_at IS NULL";
    PURGE_PROJECT = "
        UPDATE projects SET deleted_at = $2, purged_at = $2, personal_of = NULL
        WHERE id = $1 AND deleted_at IS NULL";
    CANCEL_RUNS = "UPDATE runs SET cancel = TRUE WHERE project_id = $1 AND kind = $2 AND finished_at IS NULL";
    RESTORE_PROJECT = "
        UPDATE projects SET deleted_at = NULL, updated_at = $4
        WHERE id = $1 AND deleted_at >= $5 AND purged_at IS NULL
          AND ($2 OR EXISTS (SELECT 1 FROM members m WHERE m.project_id = $1 AND m.user_id = $3
                             AND m.role = 'owner'))";
    PROJECT_COUNTS = counts!("WHERE p.id = $3");
    PROJECTS_COUNTS = concat!(
        counts!("WHERE p.deleted_at IS NULL AND ($1 OR p.id IN ("), projects_of!("$2"), "))
         ORDER BY p.id LIMIT $3 OFFSET $4");
    PROJECT_STATISTICS = "
        SELECT p.id AS project_id,
          (SELECT CAST(COALESCE(SUM(g.size), 0) AS BIGINT) FROM documents d
             JOIN generations g ON g.document_id = d.id AND g.generation = d.generation
             WHERE d.project_id = p.id AND d.deleted_at IS NULL) AS bytes,
          (SELECT CAST(COALESCE(SUM(g.page_count), 0) AS BIGINT) FROM documents d
             JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
             WHERE d.project_id = p.id AND d.deleted_at IS NULL) AS pages,
          (SELECT CAST(COALESCE(SUM(g.word_count), 0) AS BIGINT) FROM documents d
             JOIN generations g ON g.document_id = d.id AND g.generation = d.live_generation
             WHERE d.project_id = p.id AND d.deleted_at IS NULL) AS words,
          (SELECT COUNT(*) FROM messages x JOIN chats c ON c.id = x.chat_id
             WHERE c.project_id = p.id AND c.deleted_at IS NULL AND x.current
             AND ($2 OR c.visibility = 'project' OR c.author_id = $3)) AS messages
        FROM projects p WHERE p.id = $1";
    DOCUMENTS_BY_STATUS = "
        SELECT status, COUNT(*) FROM documents WHERE project_id = $1 AND deleted_at IS NULL GROUP BY status";
}

/// The kind of runs that a deleted project has no use for.
const INGEST: &str = docent_domain::job_kind!(IngestDocument);

/// How long a hidden project can be brought back.
pub const RESTORABLE: Duration = Duration::from_secs(30 * 24 * 3600);

/// How much is in a project, as far as the caller may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct ProjectCounts {
    #[sqlx(try_from = "i64")]
    pub project_id: ProjectId,
    pub documents: i64,
    /// Of live generations.
    pub chunks: i64,
    pub chats: i64,
}

/// Sums over a project that only its statistics need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct ProjectSums {
    /// Of the newest originals.
    pub bytes: i64,
    pub pages: i64,
    pub words: i64,
    pub messages: i64,
}

#[derive(sqlx::FromRow)]
struct ProjectRow {
    id: i64,
    name: String,
    description: String,
    settings: String,
    owner_id: i64,
    created_at: i64,
    updated_at: i64,
    role: Option<String>,
}

/// A project together with what the caller is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Membership {
    pub project: Project,
    pub seen: Seen<ProjectId>,
    /// Admins and the local owner count as owners of every project.
    pub role: Role,
}

/// `U` names the owner.
pub struct NewProject<'a, U = UserId> {
    pub name: &'a str,
    pub description: &'a str,
    pub settings: &'a serde_json::Value,
    pub owner: U,
    /// The user whose default project it is to be.
    pub personal_of: Option<U>,
    pub created_at: Timestamp,
}

impl<S: Side> Tx<S> {
    /// Makes a project with its owner as first member.
    pub async fn insert_project(
        &mut self,
        new: &NewProject<'_, S::Named<UserId>>,
    ) -> Result<ProjectId, StoreError> {
        let owner = new.owner.id().get();
        let (id,) = fetch_one!(
            self,
            (i64,),
            INSERT_PROJECT,
            new.name,
            new.description,
            new.settings.to_string(),
            owner,
            new.personal_of.map(|user| user.id().get()),
            new.created_at.micros(),
        )?;
        execute!(self, INSERT_MEMBER, id, owner, Role::Owner.name(), new.created_at.micros())?;
        Ok(ProjectId::from(id))
    }

    /// The project, if the caller may see it.
    pub async fn project(&mut self, scope: &Scope, id: ProjectId) -> Result<Option<Membership>, StoreError> {
        let row =
            fetch_optional!(self, ProjectRow, PROJECT, id.get(), scope.everything(), scope.user().get())?;
        row.map(|row| row.membership(scope)).transpose()
    }

    pub async fn projects(
        &mut self,
        scope: &Scope,
        window: Window,
    ) -> Result<Listed<Membership>, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        let rows = fetch_all!(self, ProjectRow, PROJECTS, everything, user, window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_PROJECTS, everything, user)?;
        let items = rows.into_iter().map(|row| row.membership(scope)).collect::<Result<_, _>>()?;
        Ok(Listed { items, total })
    }

    /// Writes the fields that people may change; false if the project was deleted meanwhile.
    pub async fn update_project(
        &mut self,
        id: S::Named<ProjectId>,
        project: &Project,
    ) -> Result<bool, StoreError> {
        let changed = execute!(
            self,
            UPDATE_PROJECT,
            id.id().get(),
            project.name.as_str(),
            project.description.as_str(),
            project.settings.to_string(),
            project.updated_at.micros(),
        )?;
        Ok(changed > 0)
    }

    /// Makes every other writer of this project's documents wait until the transaction ends; false if the project
    /// was deleted meanwhile.
    pub async fn lock_project(
        &mut self,
        id: S::Named<ProjectId>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        Ok(execute!(self, TOUCH_PROJECT, id.id().get(), now.micros())? > 0)
    }

    /// Nobody sees it from now on; [`Tx::restore_project`] brings it back.
    pub async fn hide_project(&mut self, id: S::Named<ProjectId>, now: Timestamp) -> Result<(), StoreError> {
        let id = id.id();
        self.bump_rights().await?;
        execute!(self, HIDE_PROJECT, id.get(), now.micros())?;
        self.cancel_reading(id).await
    }

    /// Gone for good. What is left of it in index, storage and database is the queued job's work.
    pub async fn purge_project(&mut self, id: S::Named<ProjectId>, now: Timestamp) -> Result<(), StoreError> {
        let id = id.id();
        self.bump_rights().await?;
        execute!(self, PURGE_PROJECT, id.get(), now.micros())?;
        self.cancel_reading(id).await?;
        self.put(id, &Job::SweepProject { project: id }, Queue::Maintenance, now).await?;
        Ok(())
    }

    async fn cancel_reading(&mut self, id: ProjectId) -> Result<(), StoreError> {
        execute!(self, CANCEL_RUNS, id.get(), INGEST)?;
        Ok(())
    }

    /// Brings back what was hidden at most [`RESTORABLE`] ago; false if there is no such project of the caller's own.
    pub async fn restore_project(
        &mut self,
        scope: &Scope,
        id: ProjectId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        let oldest = now.minus(RESTORABLE).micros();
        Ok(execute!(self, RESTORE_PROJECT, id.get(), everything, user, now.micros(), oldest)? > 0)
    }

    pub async fn project_counts(
        &mut self,
        scope: &Scope,
        id: S::Named<ProjectId>,
    ) -> Result<ProjectCounts, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        fetch_one!(self, ProjectCounts, PROJECT_COUNTS, everything, user, id.id().get())
    }

    /// The counts of the same part of the list that [`Tx::projects`] gives, in the same order.
    pub async fn projects_counts(
        &mut self,
        scope: &Scope,
        window: Window,
    ) -> Result<Vec<ProjectCounts>, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        fetch_all!(self, ProjectCounts, PROJECTS_COUNTS, everything, user, window.limit, window.skip)
    }

    pub async fn project_sums(
        &mut self,
        scope: &Scope,
        id: S::Named<ProjectId>,
    ) -> Result<ProjectSums, StoreError> {
        let (everything, user) = (scope.everything(), scope.user().get());
        fetch_one!(self, ProjectSums, PROJECT_STATISTICS, id.id().get(), everything, user)
    }

    /// How many documents stand where; statuses without a document are left out.
    pub async fn documents_by_status(
        &mut self,
        id: S::Named<ProjectId>,
    ) -> Result<Vec<(DocumentStatus, i64)>, StoreError> {
        let rows = fetch_all!(self, (String, i64), DOCUMENTS_BY_STATUS, id.id().get())?;
        let read = |(name, count): (String, i64)| {
            Ok((word(DocumentStatus::by_name(&name), &name, "a document's status")?, count))
        };
        rows.into_iter().map(read).collect()
    }
}

impl Tx {
    /// The user's own default project, if it exists.
    pub async fn personal_project(&mut self, user: UserId) -> Result<Option<ProjectId>, StoreError> {
        let row = fetch_optional!(self, (i64,), PERSONAL_PROJECT, user.get())?;
        Ok(row.map(|(id,)| ProjectId::from(id)))
    }
}

impl ProjectRow {
    fn membership(self, scope: &Scope) -> Result<Membership, StoreError> {
        let role = match self.role {
            _ if scope.everything() => Role::Owner,
            Some(name) => word(Role::by_name(&name), &name, "a role")?,
            None => {
                return Err(StoreError::Unreadable { value: "no role".into(), expected: "a member's role" });
            }
        };
        let settings = serde_json::from_str(&self.settings)
            .map_err(|_| StoreError::Unreadable { value: self.settings, expected: "JSON" })?;
        Ok(Membership {
            seen: Seen::new(self.id.into()),
            project: Project {
                id: self.id.into(),
                name: self.name,
                description: self.description,
                settings,
                owner: self.owner_id.into(),
                created_at: self.created_at.into(),
                updated_at: self.updated_at.into(),
            },
            role,
        })
    }
}
