//! `docent user …`: accounts, worked on directly in the database; the server need not run.

use std::sync::Arc;

use super::cli::UserCommand;
use super::{Outcome, parts};
use crate::config::Config;
use docent_auth::Auth;
use docent_auth::accounts::{AccountChange, NewAccount};
use docent_bus::LocalBus;
use docent_domain::Clock;
use docent_domain::clock::SystemClock;
use docent_store::{Store, UserRow, Window};

pub async fn run(config: &Config, command: &UserCommand) -> Outcome {
    parts::data_folder(config)?;
    let store = Store::open(&parts::store_settings(config)?).await?;
    let bus = Arc::new(LocalBus::new());
    let auth = Auth::on(parts::auth_parts(config, &store, bus)?, SystemClock.now()).await?;
    let done = act(&auth, &store, command).await;
    store.close().await;
    done
}

async fn act(auth: &Auth, store: &Store, command: &UserCommand) -> Outcome {
    let now = SystemClock.now();
    match command {
        UserCommand::Create { admin, username, password, email } => {
            let account = NewAccount {
                username: username.clone(),
                password: password_or_asked(password.as_deref())?,
                email: email.clone(),
                admin: *admin,
            };
            let user = auth.make_user(None, &account, now).await?;
            println!("{} {} was made (number {})", user.role, user.username, user.id);
        }
        UserCommand::List => {
            let window = Window { skip: 0, limit: 100_000 };
            for user in store.read().await?.users(window).await?.items {
                let state = if user.disabled { "disabled" } else { "active" };
                println!("{}\t{}\t{}\t{state}", user.id, user.username, user.role);
            }
        }
        UserCommand::Password { username, password } => {
            let password = Some(password_or_asked(password.as_deref())?);
            change(auth, store, username, &AccountChange { password, ..AccountChange::default() }).await?;
            println!("The password of {username} was changed, and its sign-ins ended");
        }
        UserCommand::Enable { username } => {
            let change_to = AccountChange { disabled: Some(false), ..AccountChange::default() };
            change(auth, store, username, &change_to).await?;
            println!("{username} may sign in");
        }
        UserCommand::Disable { username } => {
            let change_to = AccountChange { disabled: Some(true), ..AccountChange::default() };
            change(auth, store, username, &change_to).await?;
            println!("{username} may not sign in any more");
        }
    }
    Ok(())
}

async fn change(auth: &Auth, store: &Store, username: &str, change: &AccountChange) -> Outcome {
    let user: Option<UserRow> = store.read().await?.user_by_name(username).await?;
    let user = user.ok_or_else(|| format!("there is no user `{username}`; `docent user list` shows all"))?;
    auth.change_user(None, user.id, change, SystemClock.now()).await?;
    Ok(())
}

/// From the command line, else from the first line of the input, so that it need not stand in a shell's history.
fn password_or_asked(given: Option<&str>) -> Result<String, Box<dyn std::error::Error>> {
    if let Some(password) = given {
        return Ok(password.to_owned());
    }
    eprint!("Password: ");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
