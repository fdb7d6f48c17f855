//! `docent project members`, `add-member` and `remove-member`: who belongs to a project, as what.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::show::printable;
use super::{Connection, Outcome, Output, say, say_json};

/// Which project, by number or name.
#[derive(Debug, Args)]
pub struct Members {
    /// Number or name.
    project: String,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Debug, Args)]
pub struct AddMember {
    /// Number or name.
    project: String,
    /// As they sign in.
    username: String,
    /// What they may do; of members it is changed.
    #[arg(long, value_enum, default_value_t = MemberRole::Viewer)]
    role: MemberRole,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Debug, Args)]
pub struct RemoveMember {
    /// Number or name.
    project: String,
    username: String,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MemberRole {
    Viewer,
    Editor,
    Owner,
}

impl Members {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        let project = api.project(&self.project).await?;
        let members = api.list(&format!("/api/projects/{}/members", project["id"])).await?;
        if output == Output::Json {
            say_json(&Value::Array(members));
            return Ok(());
        }
        for member in members {
            say(format_args!("{:<7}  {}", text(&member["role"]), text(&member["username"])));
        }
        Ok(())
    }
}

impl AddMember {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        let project = api.project(&self.project).await?;
        let role = match self.role {
            MemberRole::Viewer => "viewer",
            MemberRole::Editor => "editor",
            MemberRole::Owner => "owner",
        };
        let path = format!("/api/projects/{}/members", project["id"]);
        let member = api.put(&path, &json!({"username": self.username, "role": role})).await?;
        match output {
            Output::Json => say_json(&member),
            Output::Text => say(format_args!(
                "{} is {role} of {} now.",
                text(&member["username"]),
                text(&project["name"])
            )),
        }
        Ok(())
    }
}

impl RemoveMember {
    pub(super) async fn run(&self) -> Outcome {
        let (api, output) = self.connection.open()?;
        let project = api.project(&self.project).await?;
        let path = format!("/api/projects/{}/members", project["id"]);
        let members = api.list(&path).await?;
        let is_meant = |member: &&Value| {
            member["username"].as_str().is_some_and(|name| name.eq_ignore_ascii_case(&self.username))
        };
        let Some(member) = members.iter().find(is_meant) else {
            return Err(format!("`{}` is no member of that project", self.username).into());
        };
        api.delete(&format!("{path}/{}", member["user_id"])).await?;
        match output {
            Output::Json => say_json(&json!({"removed": member["user_id"]})),
            Output::Text => say(format_args!("{} is no member any more.", text(&member["username"]))),
        }
        Ok(())
    }
}

fn text(value: &Value) -> String {
    printable(value.as_str().unwrap_or_default())
}
