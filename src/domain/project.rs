//! Projects.

use super::clock::Timestamp;
use super::ids::{ProjectId, UserId};

/// A project as its members see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Project {
    pub id: ProjectId,
    pub name: String,
    pub description: String,
    pub settings: serde_json::Value,
    pub owner: UserId,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}
