//! Brings a node's share of the news to its sockets: written once, handed to everyone in the room.

use std::sync::Arc;
use std::time::Duration;

use super::Hub;
use super::connection::Connection;
use super::outbox::{Latest, Parcel, Topic};
use super::rooms::Room;
use docent_bus::{Heard, Subscription};
use docent_domain::document::DocumentProgress;
use docent_domain::event::{News, ProjectEvent, Signal};
use docent_domain::{ProjectId, Timestamp, UserId};
use docent_store::{Names, Seen, StoreError};
use docent_wire::news::{DocumentStatusView, ProjectUpdateView};

/// Statuses that a newcomer gets; the rest is asked of REST.
const SNAPSHOT: i64 = 200;

/// How often it is noted that nothing is missing.
const SURE: Duration = Duration::from_secs(1);

/// What may lie between a change and the moment it would have been heard, clocks of different machines included.
const MARGIN: Duration = Duration::from_secs(60);

impl Hub {
    /// Listens until the bus or the program ends.
    pub(crate) async fn listen(self: Arc<Self>, mut news: Box<dyn Subscription>) {
        let mut sure = self.clock.now();
        let mut beat = tokio::time::interval(SURE);
        loop {
            let heard = tokio::select! {
                heard = news.next() => heard,
                _ = beat.tick() => {
                    if self.bus.trouble().is_none() {
                        sure = self.clock.now();
                    }
                    continue;
                }
                () = self.shutdown.cancelled() => return,
            };
            match heard {
                Some(Heard::Event(event)) => {
                    for door in self.doors {
                        door.hear(&self, &event).await;
                    }
                    // Told to those who follow the chat, in the words of their doors.
                    if matches!(event.news, News::ChatSummarised { .. }) {
                        continue;
                    }
                    self.tell(&event);
                    self.take_away(&event).await;
                }
                Some(Heard::Signal(signal)) => self.heed(&signal),
                Some(Heard::Missed) => {
                    self.tell_all_people();
                    self.catch_up(sure.minus(MARGIN)).await;
                    self.recheck_chats(|_| true).await;
                }
                None => return,
            }
        }
    }

    /// Queues what a newcomer to a project's room must know.
    pub(crate) async fn snapshot(
        self: &Arc<Self>,
        seen: Seen<ProjectId>,
        to: &Arc<Connection>,
    ) -> Result<(), StoreError> {
        let statuses = self.store.read().await?.documents_in_progress(seen, SNAPSHOT).await?;
        self.rooms.with_room(seen.id(), |room| {
            for status in &statuses {
                // Deleted since it was read.
                if room.is_deleted(status.document) {
                    continue;
                }
                room.note(status);
                self.offer(to, latest_status(status));
            }
        });
        Ok(())
    }

    fn heed(self: &Arc<Self>, signal: &Signal) {
        self.heed_company(signal);
        self.doors.iter().for_each(|door| door.heed(self, signal));
    }

    fn tell(self: &Arc<Self>, event: &ProjectEvent) {
        self.rooms.with_room(event.project, |room| match &event.news {
            News::DocumentStatus(status) => self.tell_status(room, status),
            news => {
                if let News::DocumentDeleted { document } = news {
                    room.forget(*document);
                    for member in room.members.values() {
                        Self::forget_topic(member, Topic::Document(*document));
                    }
                }
                let update = Parcel::event("project_update", &ProjectUpdateView::new(news));
                for member in room.members.values() {
                    self.send(member, update.clone());
                }
            }
        });
    }

    /// Rights that are gone end at once, in rooms and in answers under way.
    async fn take_away(self: &Arc<Self>, event: &ProjectEvent) {
        match event.news {
            News::MemberRemoved { user } => {
                self.put_out(event.project, Some(user));
                self.recheck_chats(|connection| connection.speaks_for(user)).await;
            }
            News::ProjectDeleted => {
                self.put_out(event.project, None);
                self.recheck_chats(|_| true).await;
            }
            News::ChatDeleted { .. } => self.recheck_chats(|_| true).await,
            _ => {}
        }
    }

    /// Looks whether these connections may still read the chats they follow, and ends what they may not.
    async fn recheck_chats(self: &Arc<Self>, concerned: impl Fn(&Connection) -> bool) {
        for connection in self.rooms.all().into_iter().filter(|connection| concerned(connection)) {
            if let Err(error) = self.recheck(&connection).await {
                tracing::warn!(error = %error, "The rights of a connection could not be looked at");
            }
        }
    }

    async fn recheck(self: &Arc<Self>, connection: &Arc<Connection>) -> Result<(), StoreError> {
        let watched = connection.place().watched();
        if watched.is_empty() {
            return Ok(());
        }
        let mut tx = self.store.read().await?;
        for (chat, of_other) in watched {
            let scope = of_other.as_ref().map_or(&connection.caller.scope, |other| &other.scope);
            if tx.chat(scope, chat).await?.is_some() {
                continue;
            }
            connection.place().lose_turns(chat, of_other.as_ref());
            if of_other.is_none() {
                self.put_out_of_chat(connection, chat);
            }
        }
        Ok(())
    }

    fn tell_status(self: &Arc<Self>, room: &mut Room, status: &DocumentProgress) {
        if room.is_deleted(status.document) {
            return;
        }
        room.note(status);
        let latest = latest_status(status);
        for member in room.members.values() {
            self.offer(member, latest.clone());
        }
    }

    /// Ends the stay of one user, or of everybody.
    fn put_out(self: &Arc<Self>, project: ProjectId, user: Option<UserId>) {
        let leaving = self.rooms.with_room(project, |room| {
            let members = room.members.values();
            let concerned = members.filter(|member| match user {
                Some(user) => member.caller.principal.user == user && !member.caller.scope.everything(),
                None => true,
            });
            concerned.cloned().collect::<Vec<_>>()
        });
        for connection in leaving.unwrap_or_default() {
            self.leave_project(&connection);
        }
    }

    /// Some news never came: whatever could have changed is read from the database.
    async fn catch_up(self: &Arc<Self>, since: Timestamp) {
        for project in self.rooms.projects() {
            if let Err(error) = self.catch_up_with(project, since).await {
                tracing::warn!(project.id = %project, error = %error, "A room could not be brought up to date");
            }
        }
    }

    async fn catch_up_with(self: &Arc<Self>, project: ProjectId, since: Timestamp) -> Result<(), StoreError> {
        let Some((members, unfinished)) = self.rooms.with_room(project, |room| {
            (room.members.values().cloned().collect::<Vec<_>>(), std::mem::take(&mut room.unfinished))
        }) else {
            return Ok(());
        };
        let mut tx = self.store.read().await?;
        let mut seen = None;
        for connection in members {
            match tx.project(&connection.caller.scope, project).await? {
                Some(membership) => seen = Some(membership.seen),
                None => self.leave_project(&connection),
            }
        }
        // Nobody is left to be told.
        let Some(seen) = seen else { return Ok(()) };
        let mut statuses = tx.documents_in_progress(seen, SNAPSHOT).await?;
        for changed in tx.documents_changed_since(seen, since, SNAPSHOT).await? {
            if statuses.iter().all(|status| status.document != changed.document) {
                statuses.push(changed);
            }
        }
        for document in unfinished {
            if statuses.iter().all(|status| status.document != document)
                && let Some(status) = tx.progress_in(seen, document).await?
            {
                statuses.push(status);
            }
        }
        drop(tx);
        self.rooms.with_room(project, |room| {
            for status in &statuses {
                self.tell_status(room, status);
            }
            // Whatever else happened: whoever shows lists asks for them again.
            let missed = Parcel::event("project_update", &ProjectUpdateView::missed());
            for member in room.members.values() {
                self.send(member, missed.clone());
            }
        });
        Ok(())
    }
}

impl Room {
    fn note(&mut self, status: &DocumentProgress) {
        if status.status.is_final() {
            self.unfinished.remove(&status.document);
        } else {
            self.unfinished.insert(status.document);
        }
    }
}

fn latest_status(status: &DocumentProgress) -> Latest {
    Latest {
        topic: Topic::Document(status.document),
        seq: status.seq,
        parcel: Parcel::event("document_status", &DocumentStatusView::new(status)),
    }
}
