//! Who is where on this node. Being in a room is not a permission: every event is checked when it arrives.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, Weak};

use socketioxide::socket::Sid;

use super::connection::{Connection, locked};
use super::namespace::{ConnectionId, Namespace};
use docent_domain::{ChatId, DocumentId, ProjectId, UserId};

type Members = HashMap<ConnectionId, Arc<Connection>>;

/// Counts of transports that are gone are looked for once there are so many.
const CROWDED: usize = 256;

/// Deleted documents that a room remembers. What is said of one comes within seconds, and ids are not used again.
const DELETED: usize = 4_096;

/// The open connections, and the rooms they are in.
pub(crate) struct Rooms {
    namespaces: Vec<&'static Namespace>,
    connections: Mutex<Members>,
    projects: Mutex<HashMap<ProjectId, Room>>,
    chats: Mutex<HashMap<ChatId, Members>>,
    paces: Mutex<HashMap<Sid, Weak<AtomicU32>>>,
}

#[derive(Default)]
pub(crate) struct Room {
    pub(crate) members: Members,
    /// Documents whose last known status is not final: after a gap in the news, these are looked up.
    pub(crate) unfinished: HashSet<DocumentId>,
    /// Documents that were deleted lately, the oldest first: news of them that comes late is dropped.
    deleted: VecDeque<DocumentId>,
}

/// Whether the people in a room are other ones than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum People {
    Same,
    Changed,
}

impl Rooms {
    pub(crate) fn new(namespaces: Vec<&'static Namespace>) -> Self {
        Self {
            namespaces,
            connections: Mutex::default(),
            projects: Mutex::default(),
            chats: Mutex::default(),
            paces: Mutex::default(),
        }
    }

    pub(crate) fn enter(&self, connection: &Arc<Connection>) {
        locked(&self.connections).insert(connection.id, connection.clone());
    }

    /// The connections that share a transport, at most one in each namespace.
    pub(crate) fn on(&self, socket: Sid) -> Vec<Arc<Connection>> {
        let connections = locked(&self.connections);
        let ids = self.namespaces.iter().map(|namespace| ConnectionId { socket, namespace });
        ids.filter_map(|id| connections.get(&id).cloned()).collect()
    }

    /// The count of packets that all connections of a transport share.
    pub(crate) fn pace(&self, socket: Sid) -> Arc<AtomicU32> {
        let mut paces = locked(&self.paces);
        if let Some(pace) = paces.get(&socket).and_then(Weak::upgrade) {
            return pace;
        }
        if paces.len() >= CROWDED && paces.len() >= 2 * self.connections() {
            paces.retain(|_, pace| pace.strong_count() > 0);
        }
        let pace = Arc::<AtomicU32>::default();
        paces.insert(socket, Arc::downgrade(&pace));
        pace
    }

    pub(crate) fn leave(&self, connection: &Connection) {
        locked(&self.connections).remove(&connection.id);
    }

    pub(crate) fn all(&self) -> Vec<Arc<Connection>> {
        locked(&self.connections).values().cloned().collect()
    }

    pub(crate) fn connections(&self) -> usize {
        locked(&self.connections).len()
    }

    /// The projects that somebody here looks at.
    pub(crate) fn projects(&self) -> Vec<ProjectId> {
        locked(&self.projects).keys().copied().collect()
    }

    pub(crate) fn join_project(&self, project: ProjectId, connection: &Arc<Connection>) -> People {
        let mut projects = locked(&self.projects);
        let room = projects.entry(project).or_default();
        let known = room.has(connection.caller.principal.user);
        room.members.insert(connection.id, connection.clone());
        if known { People::Same } else { People::Changed }
    }

    pub(crate) fn leave_project(&self, project: ProjectId, connection: &Connection) -> People {
        let mut projects = locked(&self.projects);
        let Some(room) = projects.get_mut(&project) else { return People::Same };
        if room.members.remove(&connection.id).is_none() {
            return People::Same;
        }
        let people = if room.has(connection.caller.principal.user) { People::Same } else { People::Changed };
        if room.members.is_empty() {
            projects.remove(&project);
        }
        people
    }

    /// Looks at a project's room, if anybody is in it.
    pub(crate) fn with_room<T>(&self, project: ProjectId, look: impl FnOnce(&mut Room) -> T) -> Option<T> {
        locked(&self.projects).get_mut(&project).map(look)
    }

    pub(crate) fn join_chat(&self, chat: ChatId, connection: &Arc<Connection>) {
        locked(&self.chats).entry(chat).or_default().insert(connection.id, connection.clone());
    }

    pub(crate) fn leave_chat(&self, chat: ChatId, connection: &Connection) {
        let mut chats = locked(&self.chats);
        if let Some(members) = chats.get_mut(&chat) {
            members.remove(&connection.id);
            if members.is_empty() {
                chats.remove(&chat);
            }
        }
    }

    /// The chats that somebody here follows.
    pub(crate) fn chats(&self) -> Vec<ChatId> {
        locked(&self.chats).keys().copied().collect()
    }

    pub(crate) fn in_chat(&self, chat: ChatId) -> Vec<Arc<Connection>> {
        locked(&self.chats).get(&chat).map(|members| members.values().cloned().collect()).unwrap_or_default()
    }
}

impl Room {
    /// From here on nothing is heard of the document.
    pub(crate) fn forget(&mut self, document: DocumentId) {
        self.unfinished.remove(&document);
        if self.deleted.len() == DELETED {
            self.deleted.pop_front();
        }
        self.deleted.push_back(document);
    }

    pub(crate) fn is_deleted(&self, document: DocumentId) -> bool {
        self.deleted.contains(&document)
    }

    fn has(&self, user: UserId) -> bool {
        self.members.values().any(|member| member.caller.principal.user == user)
    }

    /// The people in the room, each once, in a fixed order.
    pub(crate) fn people(&self) -> BTreeMap<UserId, String> {
        let principals = self.members.values().map(|member| &member.caller.principal);
        principals.map(|principal| (principal.user, principal.username.clone())).collect()
    }
}
