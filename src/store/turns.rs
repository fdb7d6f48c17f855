//! Answers being written: who writes them, their frames, and how they ended.

use super::error::{StoreError, word};
use super::side::{Names, Side};
use super::statement::{execute, fetch_all, fetch_optional, statements};
use super::tx::Tx;
use docent_domain::chat::MessageStatus;
use docent_domain::{ChatId, Code, MessageId, Timestamp, UserId};

statements! {
    INSERT_TURN = "
        INSERT INTO turns (message_id, chat_id, task_id, state, node, lease_until, cancel, options, created_at)
        VALUES ($1, $2, $3, 'streaming', $4, $5, FALSE, $6, $7)";
    STREAMING_TURN = "SELECT message_id FROM turns WHERE chat_id = $1 AND state = 'streaming'";
    TURN = "
        SELECT t.state, t.node, t.task_id, t.error_code, t.error_message, t.options, g.question_id,
               q.content AS question, q.created_at AS asked_at, q.author_id, u.username
        FROM turns t
        JOIN messages g ON g.id = t.message_id
        LEFT JOIN messages q ON q.id = g.question_id
        LEFT JOIN users u ON u.id = q.author_id
        WHERE t.chat_id = $1 AND t.message_id = $2";
    TURN_STATE = "SELECT state FROM turns WHERE message_id = $1";
    TRACE = "SELECT trace FROM turns WHERE chat_id = $1 AND message_id = $2";
    CHAT_IS_OPEN = "
        SELECT 1 FROM chats c JOIN projects p ON p.id = c.project_id
        WHERE c.id = $1 AND c.deleted_at IS NULL AND p.deleted_at IS NULL";
    RENEW_TURN = "
        UPDATE turns SET lease_until = $3
        WHERE message_id = $1 AND node = $2 AND state = 'streaming' AND EXISTS (
            SELECT 1 FROM chats c JOIN projects p ON p.id = c.project_id
            WHERE c.id = turns.chat_id AND c.deleted_at IS NULL AND p.deleted_at IS NULL)
        RETURNING cancel";
    CANCEL_TURN = "UPDATE turns SET cancel = TRUE WHERE message_id = $1 AND state = 'streaming'";
    SET_TRACE = "UPDATE turns SET trace = $2 WHERE message_id = $1";
    FINISH_TURN = "
        UPDATE turns SET state = $3, error_code = $4, error_message = $5, finished_at = $6
        WHERE message_id = $1 AND node = $2 AND state = 'streaming'";
    TAKE_TURN = "
        UPDATE turns SET state = 'interrupted', finished_at = $4
        WHERE message_id = $1 AND node = $2 AND lease_until = $3 AND state = 'streaming'";
    OPEN_TURNS = "
        SELECT message_id, chat_id, node, lease_until FROM turns WHERE state = 'streaming' ORDER BY message_id";
    INSERT_SEGMENT = "
        INSERT INTO turn_segments (message_id, first_seq, frame_ends, text, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (message_id, first_seq) DO NOTHING";
    SEGMENTS = "
        SELECT first_seq, frame_ends, text FROM turn_segments
        WHERE message_id = $1 AND first_seq >= COALESCE(
            (SELECT MAX(b.first_seq) FROM turn_segments b WHERE b.message_id = $1 AND b.first_seq <= $2), 0)
        ORDER BY first_seq";
    FORGET_SEGMENTS = "
        DELETE FROM turn_segments
        WHERE message_id IN (SELECT message_id FROM turns WHERE state <> 'streaming' AND finished_at < $1)";
    REMEMBERED = "
        SELECT result_id FROM idempotency_keys
        WHERE user_id = $1 AND purpose = $2 AND key = $3 AND created_at >= $4";
    REMEMBER = "
        INSERT INTO idempotency_keys (user_id, purpose, key, result_id, created_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (user_id, purpose, key)
        DO UPDATE SET result_id = excluded.result_id, created_at = excluded.created_at
        WHERE idempotency_keys.created_at < $6";
    FORGET_KEYS = "DELETE FROM idempotency_keys WHERE created_at < $1";
}

/// Names a turn and whoever writes it.
pub struct NewTurn<'a> {
    pub answer: MessageId,
    pub chat: ChatId,
    pub task: &'a str,
    pub node: &'a str,
    pub lease_until: Timestamp,
    /// JSON.
    pub options: &'a str,
    pub created_at: Timestamp,
}

/// A turn as stored, with the question it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnRecord {
    pub state: MessageStatus,
    pub node: String,
    /// Names the turn in logs.
    pub task: String,
    pub error: Option<(Code, String)>,
    pub options: String,
    pub question: Option<MessageId>,
    pub content: String,
    pub asked_at: Timestamp,
    pub user: UserId,
    pub username: String,
}

#[derive(sqlx::FromRow)]
struct TurnRow {
    state: String,
    node: String,
    task_id: String,
    error_code: Option<String>,
    error_message: Option<String>,
    options: String,
    question_id: Option<i64>,
    question: Option<String>,
    asked_at: Option<i64>,
    author_id: Option<i64>,
    username: Option<String>,
}

/// A turn that nobody has ended.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenTurn {
    #[sqlx(rename = "message_id", try_from = "i64")]
    pub answer: MessageId,
    #[sqlx(rename = "chat_id", try_from = "i64")]
    pub chat: ChatId,
    pub node: String,
    #[sqlx(try_from = "i64")]
    pub lease_until: Timestamp,
}

/// Some frames of an answer, one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    pub first_seq: i64,
    /// Where each frame ends in `text`, in bytes.
    pub ends: Vec<usize>,
    pub text: String,
}

/// How a turn ended, for whoever still holds it.
pub struct FinishedTurn<'a> {
    pub answer: MessageId,
    pub node: &'a str,
    pub state: MessageStatus,
    pub error: Option<(Code, &'a str)>,
    pub finished_at: Timestamp,
}

/// Turns are reached through their chat: ask [`Tx::chat`] first, whether the caller may read it.
impl<S: Side> Tx<S> {
    /// What was done under a key since `since`.
    pub async fn remembered(
        &mut self,
        user: S::Named<UserId>,
        purpose: &str,
        key: &str,
        since: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let row = fetch_optional!(self, (i64,), REMEMBERED, user.id().get(), purpose, key, since.micros())?;
        Ok(row.map(|(id,)| id))
    }

    /// Remembers what was done under a key. False if somebody else did it since `since`, at the same moment.
    pub async fn remember(
        &mut self,
        user: S::Named<UserId>,
        purpose: &str,
        key: &str,
        result: i64,
        now: Timestamp,
        since: Timestamp,
    ) -> Result<bool, StoreError> {
        let touched =
            execute!(self, REMEMBER, user.id().get(), purpose, key, result, now.micros(), since.micros())?;
        Ok(touched > 0)
    }
}

impl Tx {
    /// [`StoreError::Duplicate`] if the chat has a streaming turn.
    pub async fn insert_turn(&mut self, new: &NewTurn<'_>) -> Result<(), StoreError> {
        execute!(
            self,
            INSERT_TURN,
            new.answer.get(),
            new.chat.get(),
            new.task,
            new.node,
            new.lease_until.micros(),
            new.options,
            new.created_at.micros(),
        )?;
        Ok(())
    }

    /// The answer that is being written in a chat.
    pub async fn streaming_turn(&mut self, chat: ChatId) -> Result<Option<MessageId>, StoreError> {
        Ok(fetch_optional!(self, (i64,), STREAMING_TURN, chat.get())?.map(|(id,)| id.into()))
    }

    pub async fn turn(&mut self, chat: ChatId, answer: MessageId) -> Result<Option<TurnRecord>, StoreError> {
        let row = fetch_optional!(self, TurnRow, TURN, chat.get(), answer.get())?;
        row.map(TurnRow::record).transpose()
    }

    /// False once the chat is deleted, or its project deleted or hidden: nobody may read it any more.
    pub async fn chat_is_open(&mut self, chat: ChatId) -> Result<bool, StoreError> {
        Ok(fetch_optional!(self, (i32,), CHAT_IS_OPEN, chat.get())?.is_some())
    }

    pub async fn turn_state(&mut self, answer: MessageId) -> Result<Option<MessageStatus>, StoreError> {
        let row = fetch_optional!(self, (String,), TURN_STATE, answer.get())?;
        row.map(|(state,)| word(MessageStatus::by_name(&state), &state, "a turn's state")).transpose()
    }

    /// How the sources of an answer were found, as JSON.
    pub async fn trace(&mut self, chat: ChatId, answer: MessageId) -> Result<Option<String>, StoreError> {
        let row = fetch_optional!(self, (Option<String>,), TRACE, chat.get(), answer.get())?;
        Ok(row.and_then(|(trace,)| trace))
    }

    pub async fn set_trace(&mut self, answer: MessageId, trace: &str) -> Result<(), StoreError> {
        execute!(self, SET_TRACE, answer.get(), trace)?;
        Ok(())
    }

    /// Keeps a turn for its writer, who learns whether somebody wants it cancelled. `None`: it is not theirs any
    /// more, or its chat is gone.
    pub async fn renew_turn(
        &mut self,
        answer: MessageId,
        node: &str,
        until: Timestamp,
    ) -> Result<Option<bool>, StoreError> {
        let row = fetch_optional!(self, (bool,), RENEW_TURN, answer.get(), node, until.micros())?;
        Ok(row.map(|(cancel,)| cancel))
    }

    /// Leaves word for whichever node writes the answer.
    pub async fn cancel_turn(&mut self, answer: MessageId) -> Result<bool, StoreError> {
        Ok(execute!(self, CANCEL_TURN, answer.get())? > 0)
    }

    /// False if it has ended already, or is somebody else's: then nothing else may be written about it.
    pub async fn finish_turn(&mut self, finished: &FinishedTurn<'_>) -> Result<bool, StoreError> {
        let touched = execute!(
            self,
            FINISH_TURN,
            finished.answer.get(),
            finished.node,
            finished.state.name(),
            finished.error.map(|(code, _)| code.name()),
            finished.error.map(|(_, message)| message),
            finished.finished_at.micros(),
        )?;
        Ok(touched > 0)
    }

    /// Every turn that has not ended, whoever writes it.
    pub async fn open_turns(&mut self) -> Result<Vec<OpenTurn>, StoreError> {
        fetch_all!(self, OpenTurn, OPEN_TURNS)
    }

    /// Ends a turn as interrupted, if its writer has not renewed it since it was seen.
    pub async fn take_turn(&mut self, turn: &OpenTurn, now: Timestamp) -> Result<bool, StoreError> {
        let (answer, lease) = (turn.answer.get(), turn.lease_until.micros());
        Ok(execute!(self, TAKE_TURN, answer, turn.node.as_str(), lease, now.micros())? > 0)
    }

    pub async fn insert_segment(
        &mut self,
        answer: MessageId,
        segment: &Segment,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let ends = serde_json::to_string(&segment.ends).unwrap_or_default();
        execute!(
            self,
            INSERT_SEGMENT,
            answer.get(),
            segment.first_seq,
            ends,
            segment.text.as_str(),
            now.micros(),
        )?;
        Ok(())
    }

    /// The stored frames of an answer from the segment that begins at `first_seq` on, in order.
    pub async fn segments(&mut self, answer: MessageId, first_seq: i64) -> Result<Vec<Segment>, StoreError> {
        let rows = fetch_all!(self, (i64, String, String), SEGMENTS, answer.get(), first_seq)?;
        let segment = |(first_seq, ends, text): (i64, String, String)| {
            let ends: Vec<usize> = serde_json::from_str(&ends)
                .map_err(|_| StoreError::Unreadable { value: ends, expected: "the ends of frames" })?;
            let inside = ends.is_sorted() && ends.iter().all(|end| text.is_char_boundary(*end));
            if !inside || ends.last() != Some(&text.len()) {
                return Err(StoreError::Unreadable {
                    value: format!("{ends:?}"),
                    expected: "the ends of frames",
                });
            }
            Ok(Segment { first_seq, ends, text })
        };
        rows.into_iter().map(segment).collect()
    }

    /// Drops the frames of answers that ended before `before`, and keys from before then.
    pub async fn forget_turns(&mut self, before: Timestamp) -> Result<(), StoreError> {
        execute!(self, FORGET_SEGMENTS, before.micros())?;
        execute!(self, FORGET_KEYS, before.micros())?;
        Ok(())
    }
}

impl TurnRow {
    fn record(self) -> Result<TurnRecord, StoreError> {
        let error = match (self.error_code, self.error_message) {
            (Some(code), message) => {
                Some((word(Code::by_name(&code), &code, "an error code")?, message.unwrap_or_default()))
            }
            _ => None,
        };
        Ok(TurnRecord {
            state: word(MessageStatus::by_name(&self.state), &self.state, "a turn's state")?,
            node: self.node,
            task: self.task_id,
            error,
            options: self.options,
            question: self.question_id.map(MessageId::from),
            content: self.question.unwrap_or_default(),
            asked_at: self.asked_at.map(Timestamp::from).unwrap_or_default(),
            user: self.author_id.map_or(UserId::NOBODY, UserId::from),
            username: self.username.unwrap_or_default(),
        })
    }
}
