//! Who is what in a project.

use super::error::{StoreError, word};
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::{ProjectId, Role, Timestamp, UserId};

statements! {
    SET_MEMBER = "
        INSERT INTO members (project_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (project_id, user_id) DO UPDATE SET role = excluded.role";
    REMOVE_MEMBER = "DELETE FROM members WHERE project_id = $1 AND user_id = $2";
    MEMBER_ROLE = "SELECT role FROM members WHERE project_id = $1 AND user_id = $2";
    MEMBERS = "
        SELECT u.id, u.username, u.email, m.role, m.created_at FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.project_id = $1 ORDER BY m.created_at, u.id LIMIT $2 OFFSET $3";
    COUNT_MEMBERS = "SELECT COUNT(*) FROM members WHERE project_id = $1";
    OTHER_OWNERS = "
        SELECT COUNT(*) FROM members m JOIN users u ON u.id = m.user_id
        WHERE m.project_id = $1 AND m.user_id <> $2 AND m.role = 'owner' AND u.disabled = FALSE";
    OWNED_ALONE = "
        SELECT m.project_id, p.name, m.role FROM members m
        JOIN projects p ON p.id = m.project_id AND p.deleted_at IS NULL
        WHERE m.user_id = $1 AND m.role = 'owner' AND (p.personal_of IS NULL OR p.personal_of <> $1)
          AND NOT EXISTS (
            SELECT 1 FROM members o JOIN users u ON u.id = o.user_id AND u.disabled = FALSE
            WHERE o.project_id = m.project_id AND o.user_id <> $1 AND o.role = 'owner')
        ORDER BY m.project_id LIMIT $2";
    HAND_OVER = "UPDATE projects SET owner_id = $2 WHERE id = $1";
    MEMBERSHIPS = "
        SELECT m.project_id, p.name, m.role FROM members m
        JOIN projects p ON p.id = m.project_id AND p.deleted_at IS NULL
        WHERE m.user_id = $1 ORDER BY m.project_id LIMIT 1000";
}

/// One member of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub user: UserId,
    pub username: String,
    pub email: Option<String>,
    pub role: Role,
    pub since: Timestamp,
}

/// One project of a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belonging {
    pub project: ProjectId,
    pub name: String,
    pub role: Role,
}

impl<S: Side> Tx<S> {
    /// Makes or changes a membership.
    pub async fn set_member(
        &mut self,
        project: S::Named<ProjectId>,
        user: UserId,
        role: Role,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, SET_MEMBER, project.id().get(), user.get(), role.name(), now.micros())?;
        Ok(())
    }

    /// False if there was no such member.
    pub async fn remove_member(
        &mut self,
        project: S::Named<ProjectId>,
        user: UserId,
    ) -> Result<bool, StoreError> {
        self.bump_rights().await?;
        let removed = execute!(self, REMOVE_MEMBER, project.id().get(), user.get())?;
        Ok(removed > 0)
    }

    pub async fn member_role(
        &mut self,
        project: S::Named<ProjectId>,
        user: UserId,
    ) -> Result<Option<Role>, StoreError> {
        let row = fetch_optional!(self, (String,), MEMBER_ROLE, project.id().get(), user.get())?;
        row.map(|(name,)| word(Role::by_name(&name), &name, "a member's role")).transpose()
    }

    pub async fn members(
        &mut self,
        project: S::Named<ProjectId>,
        window: Window,
    ) -> Result<Listed<Member>, StoreError> {
        type Row = (i64, String, Option<String>, String, i64);
        let project = project.id();
        let rows = fetch_all!(self, Row, MEMBERS, project.get(), window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_MEMBERS, project.get())?;
        let read = |(id, username, email, role, since): Row| {
            let role = word(Role::by_name(&role), &role, "a member's role")?;
            Ok(Member { user: id.into(), username, email, role, since: since.into() })
        };
        Ok(Listed { items: rows.into_iter().map(read).collect::<Result<_, StoreError>>()?, total })
    }

    /// Whether somebody else owns the project, who is not disabled.
    pub async fn has_other_owner(
        &mut self,
        project: S::Named<ProjectId>,
        than: UserId,
    ) -> Result<bool, StoreError> {
        Ok(fetch_one!(self, (i64,), OTHER_OWNERS, project.id().get(), than.get())?.0 > 0)
    }

    /// The projects of which a user is a member; at most 1,000.
    pub async fn memberships(&mut self, user: S::Named<UserId>) -> Result<Vec<Belonging>, StoreError> {
        belongings(fetch_all!(self, (i64, String, String), MEMBERSHIPS, user.id().get())?)
    }
}

impl Tx {
    /// The projects that nobody else owns who can sign in, apart from the user's own default project.
    pub async fn owned_alone(&mut self, user: UserId, limit: i64) -> Result<Vec<Belonging>, StoreError> {
        belongings(fetch_all!(self, (i64, String, String), OWNED_ALONE, user.get(), limit)?)
    }

    /// Makes somebody the owner of a project, in the place of whoever made it.
    pub async fn hand_over(
        &mut self,
        project: ProjectId,
        to: UserId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.set_member(project, to, Role::Owner, now).await?;
        execute!(self, HAND_OVER, project.get(), to.get())?;
        Ok(())
    }
}

fn belongings(rows: Vec<(i64, String, String)>) -> Result<Vec<Belonging>, StoreError> {
    let read = |(project, name, role): (i64, String, String)| {
        let role = word(Role::by_name(&role), &role, "a member's role")?;
        Ok(Belonging { project: project.into(), name, role })
    };
    rows.into_iter().map(read).collect()
}
