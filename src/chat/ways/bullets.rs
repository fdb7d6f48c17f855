//! Items of written lists: a line with a mark at its beginning and the lines that go on with it say one thing, in however
//! many sentences.

use docent_models::sentences_of;

/// What a line of a list may begin with.
const MARKS: &[char] = &['-', '–', '—', '•', '*', '·', '▪', '○'];

/// Words of a line that may say what the lines below it are.
const HEADING: usize = 8;

/// A sentence, or an item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Of an item: the line above its list.
    pub(super) under: Option<String>,
}

/// The pieces of a text in their order.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut prose = String::new();
    let mut above = String::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(item) = marked(trimmed) {
            close(&mut open, &above, &mut pieces);
            say(&mut prose, &mut pieces);
            open = Some(item.to_owned());
        } else if let Some(item) = open.as_mut().filter(|_| goes_on(line)) {
            item.push(' ');
            item.push_str(trimmed);
        } else {
            close(&mut open, &above, &mut pieces);
            if !trimmed.is_empty() && trimmed.split_whitespace().count() <= HEADING {
                trimmed.clone_into(&mut above);
            }
            prose.push_str(line);
            prose.push('\n');
        }
    }
    close(&mut open, &above, &mut pieces);
    say(&mut prose, &mut pieces);
    pieces
}

fn marked(line: &str) -> Option<&str> {
    let item = line.strip_prefix(MARKS)?;
    item.starts_with(' ').then(|| item.trim()).filter(|item| !item.is_empty())
}

/// Whether a line behind an item belongs to it: it is set in.
fn goes_on(line: &str) -> bool {
    line.starts_with([' ', '\t']) && !line.trim().is_empty()
}

fn close(open: &mut Option<String>, above: &str, pieces: &mut Vec<Piece>) {
    pieces.extend(open.take().map(|text| Piece { text, under: Some(above.to_owned()) }));
}

fn say(prose: &mut String, pieces: &mut Vec<Piece>) {
    pieces.extend(sentences_of(prose).into_iter().map(|text| Piece { text, under: None }));
    prose.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_is_one_piece_with_the_line_above_its_list() {
        let text = "The board met. It was short.\n2. TENDERS\n - Roof of the mill. Two firms. REFUSED.\n - Fence,\n   painted green. ACCEPTED.\n3. ANY\nNothing.";
        let found = pieces(text);
        let items: Vec<(&str, &str)> =
            found.iter().filter_map(|it| Some((it.text.as_str(), it.under.as_deref()?))).collect();
        assert_eq!(
            items,
            [
                ("Roof of the mill. Two firms. REFUSED.", "2. TENDERS"),
                ("Fence, painted green. ACCEPTED.", "2. TENDERS"),
            ]
        );
        assert!(found.iter().any(|it| it.text == "It was short."), "{found:?}");
    }
}
