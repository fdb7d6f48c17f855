//! Projects and who belongs to them.
//!
//! Every statement asks `$2` (may reach everything) or the caller's membership, so that what is not the caller's
//! does not exist.

use super::error::{StoreError, word};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use crate::domain::project::Project;
use crate::domain::{ProjectId, Role, Scope, Timestamp, UserId};

statements! {
    INSERT_PROJECT = "
        INSERT INTO projects (name, description, settings, owner_id, personal_of, created_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $6)
        RETURNING id";
    INSERT_MEMBER = "
        INSERT INTO members (project_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role";
    PERSONAL_PROJECT = "SELECT id FROM projects WHERE personal_of = $1 AND deleted_at IS NULL";
    PROJECT = "
        SELECT p.id, p.name, p.description, p.settings, p.owner_id, p.created_at, p.updated_at, m.role AS role
        FROM projects p
        LEFT JOIN members m ON m.project_id = p.id AND m.user_id = $3
        WHERE p.id = $1 AND p.deleted_at IS NULL AND ($2 OR m.user_id IS NOT NULL)";
    PROJECTS = "
        SELECT p.id, p.name, p.description, p.settings, p.owner_id, p.created_at, p.updated_at, m.role AS role
        FROM projects p
        LEFT JOIN members m ON m.project_id = p.id AND m.user_id = $2
        WHERE p.deleted_at IS NULL AND ($1 OR m.user_id IS NOT NULL)
        ORDER BY p.id
        LIMIT $3 OFFSET $4";
    COUNT_PROJECTS = "
        SELECT COUNT(*) FROM projects p
        LEFT JOIN members m ON m.project_id = p.id AND m.user_id = $2
        WHERE p.deleted_at IS NULL AND ($1 OR m.user_id IS NOT NULL)";
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
    /// Admins and the local owner count as owners of every project.
    pub role: Role,
}

pub struct NewProject<'a> {
    pub name: &'a str,
    pub description: &'a str,
    pub settings: &'a serde_json::Value,
    pub owner: UserId,
    /// The user whose default project it is to be.
    pub personal_of: Option<UserId>,
    pub created_at: Timestamp,
}

impl Tx {
    /// Makes a project with its owner as first member.
    pub async fn insert_project(&mut self, new: &NewProject<'_>) -> Result<ProjectId, StoreError> {
        let (id,) = fetch_one!(
            self,
            (i64,),
            INSERT_PROJECT,
            new.name,
            new.description,
            new.settings.to_string(),
            new.owner.get(),
            new.personal_of.map(UserId::get),
            new.created_at.micros(),
        )?;
        execute!(self, INSERT_MEMBER, id, new.owner.get(), Role::Owner.name(), new.created_at.micros())?;
        Ok(ProjectId::from(id))
    }

    /// The user's own default project, if it exists.
    pub async fn personal_project(&mut self, user: UserId) -> Result<Option<ProjectId>, StoreError> {
        let row = fetch_optional!(self, (i64,), PERSONAL_PROJECT, user.get())?;
        Ok(row.map(|(id,)| ProjectId::from(id)))
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
