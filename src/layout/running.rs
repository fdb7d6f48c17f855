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

/// A line at the edge of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeLine {
    /// With its numbers as signs.
    text: String,
    /// The digits of each.
    numbers: Vec<String>,
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
                numbers: numbers(&line.text),
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

fn numbers(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty());
    runs.map(str::to_owned).collect()
}

impl EdgeLine {
    /// Whether another page, so many further on, has the same line: numbers in it stay the same or count the pages.
    /// Another number of an invoice is another line.
    fn runs_on(&self, other: &Self, pages: i64) -> bool {
        let counts = |(own, other): (&String, &String)| own == other || is_page(own, other, pages);
        other.text == self.text
            && (other.top - self.top).abs() <= SAME_PLACE
            && self.numbers.len() == other.numbers.len()
            && self.numbers.iter().zip(&other.numbers).all(counts)
    }

    /// The line without the numbers that count the pages on the way to another one.
    fn uncounted(&self, other: &Self) -> String {
        let kept = self.numbers.iter().zip(&other.numbers);
        let kept: Vec<&str> = kept.map(|(own, other)| if own == other { own } else { "#" }).collect();
        format!("{} {}", self.text, kept.join(" "))
    }
}

fn is_page(own: &str, other: &str, pages: i64) -> bool {
    let (own, other) = (own.parse::<i64>(), other.parse::<i64>());
    own.ok().zip(other.ok()).is_some_and(|(own, other)| other.checked_sub(own) == Some(pages))
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
                let counted = line.number.zip(other.number);
                counted.is_some_and(|(own, other)| other.checked_sub(own) == Some(pages))
                    || line.runs_on(other, pages)
            };
            let after = next.iter().find(|other| same(other, 1));
            let before = self.before.iter().rev().zip(1i64..);
            let mut before = before.filter_map(|(page, back)| page.iter().find(|other| same(other, -back)));
            let Some(other) = after.or_else(|| before.next()) else { continue };
            let uncounted = line.uncounted(other);
            gone.insert(line.place);
            let (block, at) = line.place;
            if let Some(Block::Lines(lines)) = laid.blocks.get(block)
                && let Some(found) = lines.get(at)
                && line.text.chars().any(char::is_alphabetic)
                && self.shown.insert(uncounted)
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
        headed("House book, part 3", number, body)
    }

    fn headed(head: &str, number: usize, body: &str) -> Laid {
        let lines = vec![
            line(head, 0.0, 20.0),
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

    #[test]
    fn what_differs_by_more_than_the_page_is_no_running_line() {
        let mut heads = RunningHeads::default();
        let said =
            ["Bill 4711, page 1 of 2", "Bill 4711, page 2 of 2", "Bill 5822, page 1 of 1", "Bill 5822"];
        let mut pages: Vec<Laid> =
            said.iter().enumerate().map(|(at, head)| headed(head, at + 1, "one body")).collect();
        let edges: Vec<Vec<EdgeLine>> = pages.iter().map(edge_lines).collect();
        let next = |at: usize| edges.get(at + 1).map_or(&[][..], Vec::as_slice);
        let given: Vec<Vec<String>> =
            (0..pages.len()).map(|at| heads.take(&mut pages[at], edges[at].clone(), next(at))).collect();
        assert_eq!(given, [vec![said[0].to_owned()], Vec::new(), Vec::new(), Vec::new()]);
        assert_eq!(
            (text(&pages[1])[0], text(&pages[2])[0], text(&pages[3])[0]),
            ("one body", said[2], said[3])
        );
    }
}
