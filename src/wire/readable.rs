//! An answer under way, for somebody who may lose the right to read it: it ends then, and says so.

use std::pin::pin;

use futures_util::{Stream, StreamExt};

use docent_domain::chat::TurnEvent;
use docent_domain::{Code, Fault};

pub use docent_domain::chat::LOST;

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
                () = &mut revoked => Some(TurnEvent::lost()),
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

/// What `work` comes to, unless `revoked` resolves first: an answer that is told whole is told to who may read it then.
pub async fn unless_revoked<T, E: From<Fault>>(
    work: impl Future<Output = Result<T, E>> + Send,
    revoked: impl Future<Output = ()> + Send,
) -> Result<T, E> {
    tokio::select! {
        biased;
        () = revoked => Err(Fault::new(Code::NotFound, LOST).into()),
        done = work => done,
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
        assert_eq!(taken, [TurnEvent::lost()]);
    }

    #[tokio::test]
    async fn what_is_told_whole_is_not_told_to_who_may_not_read_it() {
        let told = unless_revoked(ready(Ok::<_, Fault>("all of it")), pending()).await;
        assert_eq!(told.unwrap(), "all of it");
        let kept = unless_revoked(ready(Ok::<_, Fault>("all of it")), ready(())).await;
        assert_eq!(kept.unwrap_err().code(), Code::NotFound);
    }
}
