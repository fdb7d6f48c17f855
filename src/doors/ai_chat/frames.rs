//! Frames of server-sent events, none of which is longer than clients read at once.

use bytes::Bytes;

use super::wire::{FrameView, PieceView};

/// Bytes of a frame, all in all. Parsers exist that do not join what arrives in two parts.
const LONGEST: usize = 1024;

/// Tells clients and what stands between that the connection lives.
pub(super) const KEEP_ALIVE: Bytes = Bytes::from_static(b": keep-alive\n\n");

/// One frame with a JSON object.
pub(super) fn frame(view: &FrameView<'_>) -> Bytes {
    // Our wire types have string keys only, so that this cannot fail.
    let json = serde_json::to_string(view).unwrap_or_default();
    format!("data: {json}\n\n").into()
}

/// A piece of an answer in as many frames as it takes.
pub(super) fn pieces(content: &str, session: &str) -> Vec<Bytes> {
    let around = piece("", session).len();
    let room = LONGEST.saturating_sub(around);
    let mut frames = Vec::new();
    let mut rest = content;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(fitting(rest, room));
        frames.push(piece(now, session));
        rest = later;
    }
    frames
}

fn piece(content: &str, session: &str) -> Bytes {
    frame(&FrameView::Piece(PieceView { content, session_id: session }))
}

/// How much of a text fits into so many bytes of JSON: at least one character.
fn fitting(text: &str, room: usize) -> usize {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += written(c);
        if used > room && at > 0 {
            return at;
        }
    }
    text.len()
}

/// Bytes of a character inside a JSON string.
const fn written(c: char) -> usize {
    match c {
        '"' | '\\' | '\u{8}' | '\u{c}' | '\n' | '\r' | '\t' => 2,
        '\0'..='\u{1f}' => 6,
        other => other.len_utf8(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(frames: &[Bytes]) -> String {
        let read = |frame: &Bytes| {
            let text = std::str::from_utf8(frame).unwrap().to_owned();
            let json = text.strip_prefix("data: ").unwrap().strip_suffix("\n\n").unwrap().to_owned();
            assert!(!json.contains('\n'), "one line: {json}");
            serde_json::from_str::<serde_json::Value>(&json).unwrap()["content"].as_str().unwrap().to_owned()
        };
        frames.iter().map(read).collect()
    }

    #[test]
    fn a_short_piece_is_one_frame() {
        assert_eq!(pieces(" can", "s-1"), ["data: {\"content\":\" can\",\"sessionId\":\"s-1\"}\n\n"]);
        assert!(pieces("", "s-1").is_empty());
    }

    #[test]
    fn no_frame_is_longer_than_a_kibibyte_whatever_is_in_it() {
        let texts = [
            "plain words ".repeat(2_000),
            "\"quoted\" \\ and\nnew lines\t\u{1}\u{7f}".repeat(500),
            "日本語のテキスト🦉".repeat(700),
            "\u{2}".repeat(3_000),
        ];
        let sessions = ["s".to_owned(), "é".repeat(128), "\u{1}".repeat(128), "🦉".repeat(128)];
        for text in &texts {
            for session in &sessions {
                let frames = pieces(text, session);
                let longest = frames.iter().map(Bytes::len).max().unwrap();
                assert!(longest <= LONGEST, "{longest}");
                assert_eq!(joined(&frames), *text);
            }
        }
    }

    #[test]
    fn frames_are_filled() {
        let frames = pieces(&"x".repeat(10_000), "s");
        assert_eq!(frames[0].len(), LONGEST);
        assert_eq!(frames.len(), 11);
    }
}
