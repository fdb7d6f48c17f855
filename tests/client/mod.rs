//! The commands that are clients: the real program against a real server.

mod archive;
mod commands;
mod eval;
mod mcp;
mod terminal;

use std::process::Stdio;

use serde_json::Value;
use tokio::process::Command;

use crate::support::process::Program;

/// What a command came to.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }
}

/// Runs `docent …` against a server.
async fn docent(server: &Program, arguments: &[&str]) -> Ran {
    run(Command::new(env!("CARGO_BIN_EXE_docent")).args(arguments).env("DOCENT_URL", &server.base)).await
}

async fn run(command: &mut Command) -> Ran {
    let done = command.stdin(Stdio::null()).kill_on_drop(true).output();
    let done = tokio::time::timeout(std::time::Duration::from_secs(60), done).await.unwrap().unwrap();
    Ran {
        code: done.status.code().unwrap_or(-1),
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
    }
}
