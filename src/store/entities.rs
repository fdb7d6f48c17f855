//! Entities: people and organisations that projects are about, who acts for them, and how they belong together.

use super::error::StoreError;
use super::rights::role_in;
use super::side::{Names, Operates, Side};
use super::statement::{execute, fetch_all, fetch_one, fetch_optional, statements};
use super::tx::Tx;
use super::{Listed, Window};
use docent_domain::{EntityId, ProjectId, Scope, Timestamp, UserId};

statements! {
    INSERT_ENTITY = "
        INSERT INTO entities (kind, name, created_at) VALUES ($1, $2, $3) RETURNING id, kind, name, created_at";
    ENTITY = "
        SELECT e.id, e.kind, e.name, e.created_at FROM entities e
        WHERE e.id = $1 AND ($2 OR EXISTS (
            SELECT 1 FROM user_entities a WHERE a.entity_id = e.id AND a.user_id = $3))";
    ENTITIES = "
        SELECT e.id, e.kind, e.name, e.created_at FROM entities e
        WHERE $1 OR EXISTS (SELECT 1 FROM user_entities a WHERE a.entity_id = e.id AND a.user_id = $2)
        ORDER BY e.id LIMIT $3 OFFSET $4";
    COUNT_ENTITIES = "
        SELECT COUNT(*) FROM entities e
        WHERE $1 OR EXISTS (SELECT 1 FROM user_entities a WHERE a.entity_id = e.id AND a.user_id = $2)";
    SET_AGENT = "
        INSERT INTO user_entities (user_id, entity_id, relation, created_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (user_id, entity_id) DO UPDATE SET relation = excluded.relation";
    REMOVE_AGENT = "DELETE FROM user_entities WHERE user_id = $1 AND entity_id = $2";
    LINK_PROJECT = "
        INSERT INTO project_entities (project_id, entity_id, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (project_id, entity_id) DO NOTHING";
    UNLINK_PROJECT = "DELETE FROM project_entities WHERE project_id = $1 AND entity_id = $2";
    RELATE = "
        INSERT INTO entity_relations (entity_id, related_id, created_at) VALUES ($1, $2, $3)
        ON CONFLICT (entity_id, related_id) DO NOTHING";
    UNRELATE = "DELETE FROM entity_relations WHERE entity_id = $1 AND related_id = $2";
    OPENING = "
        SELECT a.entity_id FROM user_entities a
        WHERE a.user_id = $1 AND EXISTS (
            SELECT 1 FROM project_entities b WHERE b.project_id = $2
              AND (b.entity_id = a.entity_id OR EXISTS (
                SELECT 1 FROM entity_relations r WHERE r.entity_id = a.entity_id AND r.related_id = b.entity_id)))
        ORDER BY CASE WHEN a.relation = 'self' THEN 0 ELSE 1 END, a.entity_id";
    ROLE_IN = concat!("SELECT ", role_in!("$1", "$2"));
}

/// Somebody or something that a project is about.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Entity {
    #[sqlx(try_from = "i64")]
    pub id: EntityId,
    /// `doctor`, `patient`, `hospital`, or any other word.
    pub kind: String,
    pub name: String,
    #[sqlx(try_from = "i64")]
    pub created_at: Timestamp,
}

impl<S: Side> Tx<S> {
    /// The entity, if the caller acts for it.
    pub async fn entity(&mut self, scope: &Scope, id: EntityId) -> Result<Option<Entity>, StoreError> {
        fetch_optional!(self, Entity, ENTITY, id.get(), scope.everything(), scope.user().get())
    }

    /// The entities that the caller acts for.
    pub async fn entities(&mut self, scope: &Scope, window: Window) -> Result<Listed<Entity>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let items = fetch_all!(self, Entity, ENTITIES, all, user, window.limit, window.skip)?;
        let (total,) = fetch_one!(self, (i64,), COUNT_ENTITIES, all, user)?;
        Ok(Listed { items, total })
    }

    /// From now on whoever acts for the entity may enter the project. False if the caller does not act for it.
    pub async fn link_entity(
        &mut self,
        scope: &Scope,
        project: S::Named<ProjectId>,
        entity: EntityId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.bump_rights().await?;
        if self.entity(scope, entity).await?.is_none() {
            return Ok(false);
        }
        execute!(self, LINK_PROJECT, project.id().get(), entity.get(), now.micros())?;
        Ok(true)
    }

    /// False if they were not linked.
    pub async fn unlink_entity(
        &mut self,
        project: S::Named<ProjectId>,
        entity: EntityId,
    ) -> Result<bool, StoreError> {
        self.bump_rights().await?;
        let removed = execute!(self, UNLINK_PROJECT, project.id().get(), entity.get())?;
        Ok(removed > 0)
    }

    /// The user's entities that open a project, `self` first.
    pub async fn opening_entities(
        &mut self,
        user: S::Named<UserId>,
        project: ProjectId,
    ) -> Result<Vec<EntityId>, StoreError> {
        let rows = fetch_all!(self, (i64,), OPENING, user.id().get(), project.get())?;
        Ok(rows.into_iter().map(|(id,)| id.into()).collect())
    }
}

impl<S: Operates> Tx<S> {
    pub async fn insert_entity(
        &mut self,
        kind: &str,
        name: &str,
        now: Timestamp,
    ) -> Result<Entity, StoreError> {
        fetch_one!(self, Entity, INSERT_ENTITY, kind, name, now.micros())
    }

    /// From now on the user acts for the entity.
    pub async fn set_agent(
        &mut self,
        entity: EntityId,
        user: UserId,
        relation: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, SET_AGENT, user.get(), entity.get(), relation, now.micros())?;
        Ok(())
    }

    /// False if the user did not act for it.
    pub async fn remove_agent(&mut self, entity: EntityId, user: UserId) -> Result<bool, StoreError> {
        self.bump_rights().await?;
        let removed = execute!(self, REMOVE_AGENT, user.get(), entity.get())?;
        Ok(removed > 0)
    }

    /// From now on whoever acts for `entity` may enter the projects of `related`.
    pub async fn relate_entities(
        &mut self,
        entity: EntityId,
        related: EntityId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.bump_rights().await?;
        execute!(self, RELATE, entity.get(), related.get(), now.micros())?;
        Ok(())
    }

    /// False if they were not related.
    pub async fn unrelate_entities(
        &mut self,
        entity: EntityId,
        related: EntityId,
    ) -> Result<bool, StoreError> {
        self.bump_rights().await?;
        let removed = execute!(self, UNRELATE, entity.get(), related.get())?;
        Ok(removed > 0)
    }
}

impl Tx {
    /// What a user is in a project, in whatever way; the name of the role.
    pub async fn role_in(&mut self, project: ProjectId, user: UserId) -> Result<Option<String>, StoreError> {
        Ok(fetch_one!(self, (Option<String>,), ROLE_IN, project.get(), user.get())?.0)
    }
}
