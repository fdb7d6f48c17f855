//! The rooms that are open on this node: who is in them, and which tools were brought along. Who answers in a room is
//! kept in the database: it is the same on every node, and when a room opens again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use tokio_util::sync::CancellationToken;

use crate::hub::connection::locked;
use crate::hub::namespace::ConnectionId;
use docent_chat::{ClientTools, Declared, ToolClient};
use docent_domain::ChatId;
use docent_models::Tool;

/// Open rooms, by their chats.
#[derive(Default)]
pub(crate) struct Assistants {
    rooms: Mutex<HashMap<ChatId, Room>>,
}

/// A room is open while somebody is in it.
#[derive(Default)]
struct Room {
    members: BTreeMap<ConnectionId, Member>,
}

/// What a connection brought along.
#[derive(Default)]
struct Member {
    bring: Bring,
    gone: CancellationToken,
}

/// Tools, and whether the built-in ones are to be asked about.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Bring {
    pub(crate) tools: Vec<Tool>,
    pub(crate) decides: bool,
}

impl Assistants {
    pub(crate) fn is_open(&self, chat: ChatId) -> bool {
        locked(&self.rooms).contains_key(&chat)
    }

    /// Lets a connection in; a room that is closed opens. What it declared before stays.
    pub(super) fn join(&self, chat: ChatId, connection: ConnectionId) {
        let mut rooms = locked(&self.rooms);
        rooms.entry(chat).or_default().members.entry(connection).or_default();
    }

    /// Like [`Assistants::join`], with what the connection brings along.
    pub(super) fn create(&self, chat: ChatId, connection: ConnectionId, bring: Bring) {
        let mut rooms = locked(&self.rooms);
        rooms.entry(chat).or_default().members.entry(connection).or_default().bring = bring;
    }

    /// The last one out closes the room.
    pub(crate) fn leave(&self, chat: ChatId, connection: ConnectionId) {
        let mut rooms = locked(&self.rooms);
        let Some(room) = rooms.get_mut(&chat) else { return };
        if let Some(member) = room.members.remove(&connection) {
            member.gone.cancel();
        }
        if room.members.is_empty() {
            rooms.remove(&chat);
        }
    }

    /// Takes a connection out of every room.
    pub(crate) fn leave_all(&self, connection: ConnectionId) {
        let chats: Vec<ChatId> = {
            let rooms = locked(&self.rooms);
            let with = rooms.iter().filter(|(_, room)| room.members.contains_key(&connection));
            with.map(|(chat, _)| *chat).collect()
        };
        for chat in chats {
            self.leave(chat, connection);
        }
    }

    /// The tools that there are in a room beside the built-in ones.
    pub(super) fn tools(&self, chat: ChatId) -> Option<ClientTools> {
        locked(&self.rooms).get(&chat).and_then(Room::tools)
    }
}

impl Room {
    /// Everything that was brought along. A name belongs to whoever was first.
    fn tools(&self) -> Option<ClientTools> {
        let mut tools = ClientTools::default();
        for (connection, member) in &self.members {
            let client = ToolClient { holder: connection.to_string(), gone: member.gone.clone() };
            for tool in &member.bring.tools {
                if !tools.declared.iter().any(|known| known.tool.name == tool.name) {
                    tools.declared.push(Declared { tool: tool.clone(), client: client.clone() });
                }
            }
            if member.bring.decides {
                tools.decider.get_or_insert(client);
            }
        }
        (!tools.declared.is_empty() || tools.decider.is_some()).then_some(tools)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assistant_rooms::NAMESPACE;

    fn connection() -> ConnectionId {
        ConnectionId { socket: socketioxide::socket::Sid::new(), namespace: &NAMESPACE }
    }

    fn bring(names: &[&str], decides: bool) -> Bring {
        let tool = |name: &&str| Tool {
            name: (*name).to_owned(),
            description: String::new(),
            parameters: serde_json::json!({}),
        };
        Bring { tools: names.iter().map(tool).collect(), decides }
    }

    #[test]
    fn a_room_lives_as_long_as_somebody_is_in_it() {
        let (rooms, chat, ann, ben) = (Assistants::default(), ChatId::from(1), connection(), connection());
        rooms.create(chat, ann, Bring::default());
        rooms.join(chat, ben);
        rooms.leave(chat, ann);
        assert!(rooms.is_open(chat));
        rooms.leave_all(ben);
        assert!(!rooms.is_open(chat));
        rooms.join(chat, ann);
        assert!(rooms.is_open(chat));
    }

    #[test]
    fn tools_go_with_whoever_brought_them() {
        let (rooms, chat, ann, ben) = (Assistants::default(), ChatId::from(1), connection(), connection());
        rooms.create(chat, ann, bring(&["look"], false));
        rooms.create(chat, ben, bring(&["look", "read"], true));
        let tools = rooms.tools(chat).unwrap();
        assert_eq!(tools.declared.len(), 2);
        assert_eq!(tools.decider.as_ref().unwrap().holder, ben.to_string());
        rooms.join(chat, ben);
        assert_eq!(rooms.tools(chat).unwrap().declared.len(), 2, "joining again changes nothing");
        rooms.leave(chat, ben);
        assert!(tools.decider.unwrap().gone.is_cancelled());
        let left = rooms.tools(chat).unwrap();
        assert_eq!((left.declared.len(), left.decider.is_none()), (1, true));
        rooms.leave(chat, ann);
        assert!(rooms.tools(chat).is_none());
    }
}
