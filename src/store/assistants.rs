//! What is kept of assistant rooms: who answers there, for when a room opens again.

use super::error::StoreError;
use super::side::{Names, Side};
use super::statement::{execute, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::{ChatId, Timestamp};

statements! {
    ROOM_CHOICE = "SELECT provider, model FROM assistant_rooms WHERE chat_id = $1";
    SET_ROOM_CHOICE = "
        INSERT INTO assistant_rooms (chat_id, provider, model, updated_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (chat_id) DO UPDATE
        SET provider = excluded.provider, model = excluded.model, updated_at = excluded.updated_at";
}

/// Who answers in a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomChoice {
    pub provider: String,
    /// `None` for the provider's own.
    pub model: Option<String>,
}

/// Rooms are reached through their chat.
impl<S: Side> Tx<S> {
    pub async fn room_choice(&mut self, chat: S::Named<ChatId>) -> Result<Option<RoomChoice>, StoreError> {
        let row = fetch_optional!(self, (String, Option<String>), ROOM_CHOICE, chat.id().get())?;
        Ok(row.map(|(provider, model)| RoomChoice { provider, model }))
    }

    /// Takes the place of what was kept before.
    pub async fn set_room_choice(
        &mut self,
        chat: S::Named<ChatId>,
        choice: &RoomChoice,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (provider, model) = (choice.provider.as_str(), choice.model.as_deref());
        execute!(self, SET_ROOM_CHOICE, chat.id().get(), provider, model, now.micros())?;
        Ok(())
    }
}
