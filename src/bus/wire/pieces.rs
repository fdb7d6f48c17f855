//! The pieces of an answer that grows at another node.

use serde::{Deserialize, Serialize};

use docent_domain::event::Piece;
use docent_domain::source::Source;

/// A piece of an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Bit {
    Sources(Vec<Passage>),
    Frames { first: i64, ends: Vec<usize>, text: String, marks: usize },
    Over,
}

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Passage {
    id: String,
    content: String,
    document: i64,
    filename: String,
    generation: i64,
    page: Option<i64>,
    chunk_index: i64,
    start: i64,
    end: i64,
    heading: Option<String>,
    score: f64,
    #[serde(default)]
    partial: bool,
}

impl From<Piece> for Bit {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Sources(sources) => Self::Sources(sources.into_iter().map(Passage::from).collect()),
            Piece::Frames { first_seq, ends, text, marks } => {
                Self::Frames { first: first_seq, ends, text, marks }
            }
            Piece::Over => Self::Over,
        }
    }
}

impl Bit {
    /// `None` for frames whose ends are none.
    pub(crate) fn piece(self) -> Option<Piece> {
        Some(match self {
            Self::Sources(passages) => Piece::Sources(passages.into_iter().map(Source::from).collect()),
            Self::Frames { first, ends, text, marks } => {
                let sound = ends.is_sorted()
                    && ends.last() == Some(&text.len())
                    && ends.iter().all(|end| text.is_char_boundary(*end));
                sound.then_some(Piece::Frames { first_seq: first, ends, text, marks })?
            }
            Self::Over => Piece::Over,
        })
    }
}

impl From<Source> for Passage {
    fn from(source: Source) -> Self {
        Self {
            id: source.id,
            content: source.content,
            document: source.document.get(),
            filename: source.filename,
            generation: source.generation,
            page: source.page,
            chunk_index: source.chunk_index,
            start: source.start,
            end: source.end,
            heading: source.heading,
            score: source.score,
            partial: source.partial,
        }
    }
}

impl From<Passage> for Source {
    fn from(passage: Passage) -> Self {
        Self {
            id: passage.id,
            content: passage.content,
            document: passage.document.into(),
            filename: passage.filename,
            generation: passage.generation,
            page: passage.page,
            chunk_index: passage.chunk_index,
            start: passage.start,
            end: passage.end,
            heading: passage.heading,
            score: passage.score,
            partial: passage.partial,
            deleted: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(piece: Piece) -> Option<Piece> {
        let text = serde_json::to_string(&Bit::from(piece)).unwrap();
        serde_json::from_str::<Bit>(&text).unwrap().piece()
    }

    #[test]
    fn pieces_come_out_as_they_went_in() {
        let source = Source {
            id: "4:1:0".into(),
            content: "Storks nest on roofs.".into(),
            document: 4.into(),
            filename: "birds.pdf".into(),
            generation: 1,
            page: Some(2),
            chunk_index: 0,
            start: 0,
            end: 21,
            heading: None,
            score: 0.75,
            partial: true,
            deleted: false,
        };
        let all = [
            Piece::Sources(vec![source]),
            Piece::Frames { first_seq: 3, ends: vec![2, 4], text: "äö".into(), marks: 1 },
            Piece::Over,
        ];
        for piece in all {
            assert_eq!(sent(piece.clone()), Some(piece));
        }
    }

    #[test]
    fn frames_that_do_not_fit_their_text_are_refused() {
        for ends in [vec![1, 2], vec![2], vec![4, 2], vec![], vec![2, 9]] {
            let piece = Piece::Frames { first_seq: 0, ends, text: "äö".into(), marks: 0 };
            assert_eq!(sent(piece.clone()), None, "{piece:?}");
        }
    }
}
