//! Coming and going: which connection is in which room, and who else gets to know.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Hub;
use super::connection::Connection;
use super::outbox::{Latest, Parcel, Topic};
use super::place::Words;
use super::rooms::{People, Room};
use docent_domain::{ChatId, ProjectId};
use docent_telemetry::Parting;
use docent_wire::news::PresenceView;

/// Between the end of its answers and the end of a connection that may not go on.
const LAST_WORDS: Duration = Duration::from_millis(200);

impl Hub {
    /// Puts a connection into a project's room, and out of the one where it was.
    pub(crate) fn join_project(self: &Arc<Self>, connection: &Arc<Connection>, project: ProjectId) {
        let before = connection.place().project.replace(project);
        if let Some(before) = before
            && before != project
        {
            Self::forget_topics(connection);
            self.announce(before, self.rooms.leave_project(before, connection));
        }
        if connection.is_closed() {
            return;
        }
        let people = self.rooms.join_project(project, connection);
        if people == People::Same {
            // Nobody else learns anything from it, but the newcomer does.
            let _ =
                self.rooms.with_room(project, |room| self.offer(connection, self.presence(project, room)));
        }
        self.announce(project, people);
        if connection.is_closed() {
            // It went away in between, and its cleaning up may have been too early to see this room.
            self.announce(project, self.rooms.leave_project(project, connection));
        }
    }

    /// Puts a connection out of its project's room, if it is in one.
    pub(crate) fn leave_project(self: &Arc<Self>, connection: &Arc<Connection>) {
        let Some(project) = connection.place().project.take() else { return };
        Self::forget_topics(connection);
        self.announce(project, self.rooms.leave_project(project, connection));
    }

    /// A connection follows a chat no more through this door.
    pub(crate) fn leave_chat(&self, connection: &Connection, chat: ChatId, door: Words) {
        connection.place().leave(chat, door);
        self.leave_room(connection, chat);
    }

    /// Puts a connection out of a chat that it may not read any more. A connection that is there for nothing else
    /// is ended.
    pub(crate) fn put_out_of_chat(self: &Arc<Self>, connection: &Arc<Connection>, chat: ChatId) {
        let was_bound = connection.place().bound_to() == Some(chat);
        connection.place().leave_everywhere(chat);
        self.doors.iter().for_each(|door| door.put_out(self, connection, chat));
        self.leave_room(connection, chat);
        if was_bound {
            connection.part(Parting::PutOut);
            let connection = connection.clone();
            self.after_last_words(async move { connection.disconnect() });
        }
    }

    /// Ends something once answers under way have had a moment to say that they end.
    pub(crate) fn after_last_words(&self, end: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(async move {
            tokio::time::sleep(LAST_WORDS).await;
            end.await;
        });
    }

    /// Forgets who is told of a chat in no way any more.
    fn leave_room(&self, connection: &Connection, chat: ChatId) {
        if connection.place().heard_in(chat).is_empty() {
            self.rooms.leave_chat(chat, connection);
        }
    }

    /// Takes a connection out of everything.
    pub(crate) fn depart(self: &Arc<Self>, connection: &Arc<Connection>) {
        self.leave_project(connection);
        let chats = connection.place().rooms();
        connection.close();
        self.doors.iter().for_each(|door| door.departed(self, connection));
        for chat in chats {
            self.leave_room(connection, chat);
        }
        self.rooms.leave(connection);
    }

    fn announce(self: &Arc<Self>, project: ProjectId, people: People) {
        if people == People::Changed {
            self.announce_here(project);
            self.tell_people(project);
        }
    }

    /// Tells everybody who is here in a project's room who is in it, here and elsewhere.
    pub(crate) fn announce_here(self: &Arc<Self>, project: ProjectId) {
        self.rooms.with_room(project, |room| {
            let presence = self.presence(project, room);
            for member in room.members.values() {
                self.offer(member, presence.clone());
            }
        });
    }

    fn presence(&self, project: ProjectId, room: &Room) -> Latest {
        let mut people = room.people();
        self.elsewhere.add_to(project, &mut people);
        Latest {
            topic: Topic::Presence(project),
            seq: self.presence_seq.fetch_add(1, Ordering::Relaxed),
            parcel: Parcel::event("presence", &PresenceView::new(project, &people)),
        }
    }
}
