//! `docent serve`: runs until SIGTERM or Ctrl-C.

use std::io::Write;

use super::server::{Options, Server};
use super::told_to_stop;
use crate::config::Config;

/// Starts the server, says where it is and what to try, and waits to be told to stop.
pub async fn run(config: &Config) -> Result<(), Box<dyn std::error::Error>> {
    let server = Server::start(config, Options::default()).await?;
    greet(&server).await?;
    told_to_stop()?.await;
    server.shutdown().await;
    Ok(())
}

async fn greet(server: &Server) -> Result<(), Box<dyn std::error::Error>> {
    let base = format!("http://{}", server.address);
    if let Some(code) = server.setup_code().await? {
        say(&format!(
            "\nThere is no account yet. Make the first one, an admin, with this one-time code: {code}\n\n\
             at {base}/setup, or by\n\n  \
             curl -H 'content-type: application/json' -d '{{\"code\": \"{code}\", \"username\": \"admin\", \
             \"password\": \"…\"}}' {base}/api/auth/setup\n\n\
             or stop the server and run `docent user create --admin --username admin`.\n"
        ));
        return Ok(());
    }
    say(&format!(
        "\nDocent is ready: {base}\n\nOr without the page ({base}/docs):\n  \
         curl -F file=@fixtures/documents/birds.pdf '{base}/api/projects/1/documents?wait=30'\n  \
         curl -H 'content-type: application/json' -d '{{\"project_id\": 1}}' {base}/api/chats\n  \
         curl -H 'content-type: application/json' -d '{{\"message\": \"How much does the nest of the storks weigh?\"}}' \
         {base}/api/chats/1/messages\n"
    ));
    Ok(())
}

/// A greeting that cannot be written, as on a full disk, does not end the start.
fn say(text: &str) {
    drop(writeln!(std::io::stdout(), "{text}"));
}
