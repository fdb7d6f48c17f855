//! Rights that are taken away end at once: rooms are left, answers under way stop, sockets close.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use super::Hub;
use super::connection::Connection;
use docent_auth::Caller;
use docent_domain::{ChatId, Code, Fault, ProjectId, UserId};
use docent_telemetry::Parting;

/// How often idle sockets without a token are looked for.
const EVERY: Duration = Duration::from_secs(5);

/// Between two looks at one connection while the database is away.
const AGAIN: Duration = Duration::from_secs(1);

/// What one look at everybody's rights has found so far: many sockets belong to few people.
#[derive(Default)]
struct Seen {
    projects: HashMap<(UserId, ProjectId), bool>,
    chats: HashMap<(UserId, ChatId), bool>,
}

impl Hub {
    /// Looks at every connection whenever somebody's rights changed, on whatever node.
    pub(crate) async fn guard_rights(self: Arc<Self>) {
        let mut changes = self.auth.changes();
        let mut pause = tokio::time::interval(EVERY);
        let mut whole = true;
        loop {
            tokio::select! {
                changed = changes.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    whole = self.look_at_everybody().await;
                }
                _ = pause.tick() => {
                    self.close_idle();
                    if !whole {
                        whole = self.look_at_everybody().await;
                    }
                }
                () = self.shutdown.cancelled() => return,
            }
        }
    }

    /// What changed while a connection was let in, or an event of it answered, was no news for it: it was not yet
    /// where it is now.
    pub(crate) fn look_again(self: &Arc<Self>, connection: &Arc<Connection>) {
        if connection.caller.is_anonymous() || connection.caller.is_local_owner() {
            return;
        }
        let (hub, connection) = (self.clone(), connection.clone());
        self.tasks.spawn(async move {
            while !connection.is_closed() && !hub.shutdown.is_cancelled() {
                match hub.look_at(&connection, &mut Seen::default()).await {
                    Ok(()) => return,
                    Err(fault) => {
                        tracing::warn!(error = %fault.chain(), "The rights of a connection could not be looked at");
                        tokio::time::sleep(AGAIN).await;
                    }
                }
            }
        });
    }

    /// False if it has to be done again: the database was away.
    async fn look_at_everybody(self: &Arc<Self>) -> bool {
        let (mut seen, mut whole) = (Seen::default(), true);
        for connection in self.rooms.all() {
            if let Err(fault) = self.look_at(&connection, &mut seen).await {
                tracing::warn!(error = %fault.chain(), "The rights of a connection could not be looked at");
                whole = false;
            }
        }
        whole
    }

    async fn look_at(self: &Arc<Self>, connection: &Arc<Connection>, seen: &mut Seen) -> Result<(), Fault> {
        match self.auth.refresh(&connection.caller).await.map_err(Fault::from) {
            // Another scope than the one it was opened with: it comes back with the new one.
            Ok(caller) if caller.scope != connection.caller.scope => {
                self.put_out_for_good(connection);
                return Ok(());
            }
            Ok(_) => {}
            Err(fault) if fault.code() == Code::Unauthenticated => {
                self.put_out_for_good(connection);
                return Ok(());
            }
            Err(fault) => return Err(fault),
        }
        self.look_at_project(connection, seen).await?;
        let watched = connection.place().watched();
        for (chat, of_other) in watched {
            let allowed = match &of_other {
                Some(other) => self.still_reads(other, chat, seen).await?,
                None => self.reads(&connection.caller, chat, seen).await?,
            };
            if allowed {
                continue;
            }
            connection.place().lose_turns(chat, of_other.as_ref());
            if of_other.is_none() {
                self.put_out_of_chat(connection, chat);
            }
        }
        Ok(())
    }

    async fn look_at_project(
        self: &Arc<Self>,
        connection: &Arc<Connection>,
        seen: &mut Seen,
    ) -> Result<(), Fault> {
        let (scope, user) = (&connection.caller.scope, connection.caller.principal.user);
        let Some(project) = connection.place().project else { return Ok(()) };
        let allowed = match seen.projects.get(&(user, project)) {
            Some(allowed) => *allowed,
            None => self.store.read().await?.project(scope, project).await?.is_some(),
        };
        seen.projects.insert((user, project), allowed);
        if !allowed {
            self.leave_project(connection);
        }
        Ok(())
    }

    /// Whether somebody whose token came with a question may still read its answer.
    async fn still_reads(&self, other: &Caller, chat: ChatId, seen: &mut Seen) -> Result<bool, Fault> {
        match self.auth.refresh(other).await.map_err(Fault::from) {
            Ok(caller) => self.reads(&caller, chat, seen).await,
            Err(fault) if fault.code() == Code::Unauthenticated => Ok(false),
            Err(fault) => Err(fault),
        }
    }

    async fn reads(&self, caller: &Caller, chat: ChatId, seen: &mut Seen) -> Result<bool, Fault> {
        let user = caller.principal.user;
        let allowed = match seen.chats.get(&(user, chat)) {
            Some(allowed) => *allowed,
            None => self.store.read().await?.chat(&caller.scope, chat).await?.is_some(),
        };
        seen.chats.insert((user, chat), allowed);
        Ok(allowed)
    }

    /// Answers under way say that they end, and have a moment for that; nothing else is done for it meanwhile.
    fn put_out_for_good(self: &Arc<Self>, connection: &Arc<Connection>) {
        connection.part(Parting::PutOut);
        if connection.place().lose_all_turns() == 0 {
            connection.disconnect();
            self.depart(connection);
            return;
        }
        let (hub, connection) = (self.clone(), connection.clone());
        self.after_last_words(async move {
            connection.disconnect();
            hub.depart(&connection);
        });
    }

    /// Without a DISCONNECT packet: clients do not come back after that one.
    fn close_idle(self: &Arc<Self>) {
        let now = self.clock.now();
        for connection in self.rooms.all() {
            let idle = now.since(connection.heard_at());
            let follows = connection.place().turns() > 0;
            if connection.caller.is_anonymous() && !follows && idle >= self.limits.anonymous_idle {
                connection.cut();
            }
        }
    }
}
