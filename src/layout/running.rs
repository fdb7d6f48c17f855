//! Running heads and feet: lines at the edge of a page that its neighbours have at the same place.

use super::sheet::{Block, Laid, Line, Rect};
use std::collections::{HashSet, VecDeque};

/// So many lines at each edge are looked at.
const EDGE_LINES: usize = 3;
/// Space between them and the text of the page, in ems.
const APART: f32 = 0.7;
/// Pages whose heads are remembered: those of left and right pages alternate.
const MEMORY: usize = 4;
/// Points by which the same line may stand elsewhere.
const SAME_PLACE: f32 = 6.0;

/// A line at the edge of a page, with its numbers as signs.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeLine {
    text: String,
    /// The page's number, if there is nothing else on the line.
    number: Option<i64>,
    top: f32,
    place: (usize, usize),
}

/// Something on the page, and the line that it is.
type Bound<'a> = (Rect, Option<((usize, usize), &'a Line)>);

/// The lines nearest to the upper and the lower edge that stand apart from what is between them.
pub fn edge_lines(laid: &Laid) -> Vec<EdgeLine> {
    // Tables bound what stands at an edge, and are never part of it.
    let mut lines: Vec<Bound<'_>> = Vec::new();
    for (block, found) in laid.blocks.iter().enumerate() {
        match found {
            Block::Table(table) => lines.push((table.rect, None)),
            Block::Lines(all) => {
                lines.extend(all.iter().enumerate().map(|(at, line)| (line.rect, Some(((block, at), line)))));
            }
        }
    }
    lines.sort_by(|a, b| a.0.top.total_cmp(&b.0.top));
    let edge = |lines: &[Bound<'_>], gap: &dyn Fn(&Rect, &Rect) -> f32| {
        let mut apart = 0;
        for at in 0..EDGE_LINES.min(lines.len()) {
            let Some((_, line)) = lines[at].1 else { break };
            let next = lines.get(at + 1).map_or(f32::MAX, |next| gap(&lines[at].0, &next.0));
            if next > line.size * APART {
                apart = at + 1;
            }
        }
        let found = lines[..apart].iter().filter_map(|(rect, line)| line.map(|line| (rect.top, line)));
        found
            .map(|(top, (place, line))| EdgeLine {
                text: signature(&line.text),
                number: line.text.trim_matches(|c: char| !c.is_alphanumeric()).parse().ok(),
                top,
                place,
            })
            .collect::<Vec<_>>()
    };
    let mut found = edge(&lines, &|line, next| next.top - line.bottom);
    lines.reverse();
    let feet = edge(&lines, &|line, next| line.top - next.bottom);
    found.extend(
        feet.into_iter()
            .filter(|foot| !found.iter().any(|head| head.place == foot.place))
            .collect::<Vec<_>>(),
    );
    found
}

fn signature(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else {
            out.extend(c.to_lowercase());
        }
    }
    // Page numbers in small Roman letters.
    if !out.is_empty() && out.len() <= 7 && out.chars().all(|c| "ivxlc".contains(c)) {
        "#".to_owned()
    } else {
        out
    }
}

/// What the pages before have at their edges.
#[derive(Debug, Default)]
pub struct RunningHeads {
    before: VecDeque<Vec<EdgeLine>>,
    shown: HashSet<String>,
}

impl RunningHeads {
    /// Takes the running lines out of a page. Those that have not been seen before are given back: their text is
    /// said once. `own` and `next` are the edges of this page and of the one that follows.
    pub fn take(&mut self, laid: &mut Laid, own: Vec<EdgeLine>, next: &[EdgeLine]) -> Vec<String> {
        let mut said = Vec::new();
        let mut gone: HashSet<(usize, usize)> = HashSet::new();
        for line in &own {
            let same = |other: &EdgeLine, pages: i64| {
                // Page numbers stand where the text ends, in some documents.
                let counted = line.number.zip(other.number).is_some_and(|(own, other)| other - own == pages);
                counted || other.text == line.text && (other.top - line.top).abs() <= SAME_PLACE
            };
            let after = next.iter().any(|other| same(other, 1));
            let mut before = self.before.iter().rev().zip(1i64..);
            if !after && !before.any(|(page, back)| page.iter().any(|other| same(other, -back))) {
                continue;
            }
            gone.insert(line.place);
            let (block, at) = line.place;
            if let Some(Block::Lines(lines)) = laid.blocks.get(block)
                && let Some(found) = lines.get(at)
                && line.text.chars().any(char::is_alphabetic)
                && self.shown.insert(line.text.clone())
            {
                said.push(found.text.clone());
            }
        }
        for (block, found) in laid.blocks.iter_mut().enumerate() {
            if let Block::Lines(lines) = found {
                let mut at = 0;
                lines.retain(|_| {
                    at += 1;
                    !gone.contains(&(block, at - 1))
                });
            }
        }
        laid.blocks.retain(|block| !matches!(block, Block::Lines(lines) if lines.is_empty()));
        self.before.push_back(own);
        if self.before.len() > MEMORY {
            self.before.pop_front();
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::tests::line;
    use super::*;

    fn page(number: usize, body: &str) -> Laid {
        let lines = vec![
            line("House book, part 3", 0.0, 20.0),
            line(body, 0.0, 100.0),
            line("and more of it", 0.0, 112.0),
            line("until the end", 0.0, 124.0),
            line("of the page", 0.0, 136.0),
            line("is reached", 0.0, 148.0),
            line(&number.to_string(), 200.0, 780.0),
        ];
        Laid { blocks: vec![Block::Lines(lines)], height: 800.0, is_vertical: false }
    }

    fn text(laid: &Laid) -> Vec<&str> {
        let [Block::Lines(lines)] = &laid.blocks[..] else { panic!() };
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn running_lines_are_said_once_and_numbers_never() {
        let mut heads = RunningHeads::default();
        let (mut first, mut second) = (page(11, "one body"), page(12, "another"));
        let edges = [edge_lines(&first), edge_lines(&second)];
        assert_eq!(heads.take(&mut first, edges[0].clone(), &edges[1]), ["House book, part 3"]);
        assert_eq!(text(&first)[0], "one body");
        assert_eq!(text(&first).last(), Some(&"is reached"), "text that happens to be alike");
        assert!(heads.take(&mut second, edges[1].clone(), &[]).is_empty());
        assert_eq!(text(&second)[0], "another");
    }
}
