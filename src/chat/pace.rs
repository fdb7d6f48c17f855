//! Text that is there at once, given out at a pace that people, and clients that draw each piece, can follow.

use std::time::Duration;

use futures_util::stream::{self, StreamExt};
use unicode_segmentation::UnicodeSegmentation;

use super::engine::Inner;
use super::live::Live;
use docent_models::{Delta, Deltas};

/// Words of a piece, where the answer is not so long that it would take too many of them.
const WORDS: usize = 3;

/// Pieces of an answer, whatever its length: with the usual pace that is a little over a second.
const MOST: usize = 40;

/// The same deltas, their text cut into groups of words with a pause before each but the first, and before the end.
pub(super) fn paced(deltas: Deltas, pace: Duration) -> Deltas {
    if pace.is_zero() {
        return deltas;
    }
    let gathered = async move {
        let mut deltas = deltas;
        let (mut text, mut rest) = (String::new(), Vec::new());
        while let Some(delta) = deltas.next().await {
            match delta {
                Ok(Delta::Text(piece)) => text.push_str(&piece),
                other => rest.push(other),
            }
        }
        let said = pieces(&text).into_iter().map(|piece| Ok(Delta::Text(piece)));
        stream::iter(said.chain(rest).enumerate().collect::<Vec<_>>())
    };
    stream::once(gathered)
        .flatten()
        .then(move |(n, delta)| async move {
            if n > 0 {
                tokio::time::sleep(pace).await;
            }
            delta
        })
        .boxed()
}

/// Groups of words that make up the text.
fn pieces(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_word_bounds().collect();
    // Blanks and stops are bounds, too: about two to a word.
    let size = (2 * WORDS).max(words.len().div_ceil(MOST));
    words.chunks(size).map(<[&str]>::concat).collect()
}

impl Inner {
    /// Says something of our own, as an answer would be said.
    pub(super) async fn speak(&self, live: &Live, text: &str) {
        let pace = self.parts.settings.pace;
        if pace.is_zero() {
            live.log.frame(text);
            return;
        }
        for (n, piece) in pieces(text).iter().enumerate() {
            if n > 0 {
                tokio::time::sleep(pace).await;
            }
            live.log.frame(piece);
        }
    }

    /// Lets the last piece be seen before the end is told.
    pub(super) async fn settle(&self, live: &Live) {
        let pace = self.parts.settings.pace;
        if let Some(spoke) = live.log.spoke_at().filter(|_| !pace.is_zero()) {
            tokio::time::sleep_until(spoke + pace).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use docent_domain::chat::FinishReason;
    use tokio::time::Instant;

    #[tokio::test]
    async fn a_whole_answer_comes_in_pieces_and_its_end_after_them() {
        let text = "Kestrels eat voles, and in winter they also take small birds. [1]";
        let deltas = stream::iter([Ok(Delta::Text(text.to_owned())), Ok(Delta::Finish(FinishReason::Stop))]);
        let begun = Instant::now();
        let pace = Duration::from_millis(2);
        let said: Vec<_> = paced(deltas.boxed(), pace).collect().await;
        assert!(said.len() >= 5, "{said:?}");
        assert!(begun.elapsed() >= pace * u32::try_from(said.len() - 1).unwrap());
        assert!(matches!(said.last(), Some(Ok(Delta::Finish(_)))));
        let whole: String = said
            .iter()
            .filter_map(|delta| if let Ok(Delta::Text(text)) = delta { Some(text.as_str()) } else { None })
            .collect();
        assert_eq!(whole, text);
    }

    #[test]
    fn long_answers_take_no_more_pieces() {
        assert!(pieces(&"word ".repeat(5_000)).len() <= MOST);
        for text in ["", "红隼主要吃田鼠。", " a  b "] {
            assert_eq!(pieces(text).concat(), text);
        }
    }
}
