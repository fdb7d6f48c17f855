//! An answer under way, for somebody who may lose the right to read it: it ends then, and says so.

use std::pin::pin;

use futures_util::{Stream, StreamExt};

use docent_domain::Code;
use docent_domain::chat::TurnEvent;

/// What is said then. Its code is that of what does not exist.
pub const LOST: &str = "This chat is not open to you any more";

/// How an answer ends that may not be read any more.
pub fn lost() -> TurnEvent {
    TurnEvent::Failed { code: Code::NotFound, message: LOST.to_owned(), content: String::new() }
}

/// The turn up to its end, or up to the moment that `revoked` resolves.
pub fn while_readable(
    turn: impl Stream<Item = TurnEvent> + Send,
    revoked: impl Future<Output = ()> + Send,
) -> impl Stream<Item = TurnEvent> + Send {
    async_stream::stream! {
        let (mut turn, mut revoked) = (pin!(turn), pin!(revoked));
        loop {
            let event = tokio::select! {
                biased;
                () = &mut revoked => Some(lost()),
                event = turn.next() => event,
            };
            let Some(event) = event else { return };
            let over = event.is_terminal();
            yield event;
            if over {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use futures_util::stream;

    use super::*;

    fn cancelled() -> TurnEvent {
        TurnEvent::Cancelled { content: String::new() }
    }

    #[tokio::test]
    async fn an_answer_ends_once_and_says_when_it_may_not_be_read() {
        let whole: Vec<TurnEvent> = while_readable(stream::iter([cancelled()]), pending()).collect().await;
        assert_eq!(whole, [cancelled()]);
        let taken: Vec<TurnEvent> = while_readable(stream::pending(), ready(())).collect().await;
        assert_eq!(taken, [lost()]);
    }
}
