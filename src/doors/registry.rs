//! The doors. A new one is a folder here and its line in [`DOORS`].

use crate::door::Door;
use crate::{ai_chat, ai_session, assistant_rooms, conversations, mcp, openai, project_rooms};

/// In the order in which a connection that hears an answer through several doors is told of it.
pub(crate) const DOORS: &[&dyn Door] = &[
    &project_rooms::ProjectRooms,
    &assistant_rooms::AssistantRooms,
    &conversations::Conversations,
    &ai_session::AiSession,
    &ai_chat::AiChat,
    &openai::OpenAi,
    &mcp::Mcp,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::described::Channel;
    use crate::hub::namespace::Namespace;

    #[test]
    fn each_door_is_told_apart_by_its_title_and_label() {
        let titles: BTreeSet<_> = DOORS.iter().map(|door| door.title()).collect();
        assert_eq!(titles.len(), DOORS.len());
        let labels: Vec<_> = DOORS.iter().filter_map(|door| door.label()).collect();
        assert_eq!(labels.iter().collect::<BTreeSet<_>>().len(), labels.len());
    }

    #[test]
    fn events_are_known_once_in_each_namespace() {
        let parts = DOORS.iter().flat_map(|door| door.channels());
        let mut known: BTreeSet<(&'static Namespace, &str)> = BTreeSet::new();
        for part in parts {
            let Channel::Namespace(namespace) = part.channel else {
                assert!(part.events.is_empty(), "frames have no handlers of their own");
                continue;
            };
            for event in part.events {
                assert!(known.insert((namespace, event.told.name)), "{}", event.told.name);
            }
        }
        assert!(known.len() > 20, "{known:?}");
    }
}
