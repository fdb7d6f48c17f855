//! The namespaces of Socket.IO: which events each takes. One transport may carry a connection in each.

use std::fmt;

use socketioxide::socket::Sid;

use super::inbox::Event;
use super::{EVENTS, assistant_rooms};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Namespace {
    /// `/`, with several doors.
    Main,
    /// The rooms of assistants. Their events may have a room's id at the end of their names.
    Assistants,
}

impl Namespace {
    pub(super) const ALL: [Self; 2] = [Self::Main, Self::Assistants];

    pub(super) const fn path(self) -> &'static str {
        match self {
            Self::Main => "/",
            Self::Assistants => "/assistant/realtime",
        }
    }

    pub(super) fn events(self) -> impl Iterator<Item = &'static Event> {
        let doors: &[&[Event]] = match self {
            Self::Main => EVENTS,
            Self::Assistants => &[assistant_rooms::EVENTS],
        };
        doors.iter().flat_map(|events| events.iter())
    }

    /// An event's name, and the id that stands after it.
    pub(super) fn parts(self, name: &str) -> (&str, Option<&str>) {
        match self {
            Self::Main => (name, None),
            Self::Assistants => match name.split_once(' ') {
                Some((name, id)) => (name, Some(id.trim()).filter(|id| !id.is_empty())),
                None => (name, None),
            },
        }
    }
}

/// Names a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ConnectionId {
    pub(super) socket: Sid,
    pub(super) namespace: Namespace,
}

impl From<Sid> for ConnectionId {
    fn from(socket: Sid) -> Self {
        Self { socket, namespace: Namespace::Main }
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace {
            Namespace::Main => self.socket.fmt(f),
            Namespace::Assistants => write!(f, "{}+assistants", self.socket),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_names_are_known_once_in_each_namespace() {
        for namespace in Namespace::ALL {
            let mut names: Vec<_> = namespace.events().map(|event| event.name).collect();
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{}", namespace.path());
        }
    }

    #[test]
    fn names_of_assistants_events_may_end_with_an_id() {
        let parts = |name| Namespace::Assistants.parts(name);
        assert_eq!(parts("send_message room_7"), ("send_message", Some("room_7")));
        assert_eq!(parts("send_message"), ("send_message", None));
        assert_eq!(parts("send_message "), ("send_message", None));
        assert_eq!(parts("room_created my talk"), ("room_created", Some("my talk")));
        assert_eq!(Namespace::Main.parts("send_message room_7"), ("send_message room_7", None));
    }
}
