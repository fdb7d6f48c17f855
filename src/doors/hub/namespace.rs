//! The namespaces of Socket.IO. One transport may carry a connection in each.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use socketioxide::socket::Sid;

use super::outbox::Parcel;
use super::reply::{About, ErrorView};
use docent_domain::Fault;

/// A namespace, told apart by its path.
pub(crate) struct Namespace {
    pub(crate) path: &'static str,
    /// As descriptions call it.
    pub(crate) key: &'static str,
    /// As metrics call it.
    pub(crate) line: &'static str,
    /// What stands behind the id of a connection here, so that it differs from others of the same transport.
    pub(crate) mark: &'static str,
    pub(crate) guests: Guests,
    pub(crate) names: Names,
    /// How events are refused that no door has words of its own for.
    pub(crate) refusal: fn(&Fault, &str, About) -> Parcel,
}

/// Who comes in without a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Guests {
    /// They do; everybody is greeted.
    Welcome,
    /// They do not, and nobody is greeted.
    Refused,
}

/// How events are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Names {
    Plain,
    /// An id of the client's may follow after a blank.
    WithId,
}

/// `/`, which several doors share.
pub(crate) static MAIN: Namespace = Namespace {
    path: "/",
    key: "root",
    line: "main",
    mark: "",
    guests: Guests::Welcome,
    names: Names::Plain,
    refusal: |fault, event, about| Parcel::event("error", &ErrorView::new(fault, event, about)),
};

impl Namespace {
    /// An event's name, and the id that stands after it.
    pub(crate) fn parts<'a>(&self, name: &'a str) -> (&'a str, Option<&'a str>) {
        match (self.names, name.split_once(' ')) {
            (Names::WithId, Some((name, id))) => (name, Some(id.trim()).filter(|id| !id.is_empty())),
            _ => (name, None),
        }
    }
}

impl PartialEq for Namespace {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Namespace {}

impl PartialOrd for Namespace {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Namespace {
    fn cmp(&self, other: &Self) -> Ordering {
        self.path.cmp(other.path)
    }
}

impl Hash for Namespace {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.path.hash(state);
    }
}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.path)
    }
}

/// Names a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ConnectionId {
    pub(crate) socket: Sid,
    pub(crate) namespace: &'static Namespace,
}

impl From<Sid> for ConnectionId {
    fn from(socket: Sid) -> Self {
        Self { socket, namespace: &MAIN }
    }
}

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.socket, self.namespace.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_events_may_end_with_an_id_where_a_namespace_says_so() {
        let with_ids = Namespace { names: Names::WithId, ..MAIN };
        let parts = |name| with_ids.parts(name);
        assert_eq!(parts("send_message room_7"), ("send_message", Some("room_7")));
        assert_eq!(parts("send_message"), ("send_message", None));
        assert_eq!(parts("send_message "), ("send_message", None));
        assert_eq!(parts("room_created my talk"), ("room_created", Some("my talk")));
        assert_eq!(MAIN.parts("send_message room_7"), ("send_message room_7", None));
    }
}
