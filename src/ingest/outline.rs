//! Which headings stand above a place in a document.

use docent_store::SpooledHeading;

/// The headings in force, outermost first; carried from page to page.
#[derive(Debug, Default)]
pub struct Outline {
    open: Vec<(u8, String)>,
}

/// Titles of one chunk are cut to this many characters in all.
const LONGEST: usize = 300;

impl Outline {
    /// Takes in the headings from the front of `headings` that begin before `end`, and removes them there.
    pub fn advance(&mut self, headings: &mut &[SpooledHeading], end: usize) {
        while let Some((heading, rest)) = headings.split_first() {
            if heading.start >= end {
                return;
            }
            self.open.retain(|(level, _)| *level < heading.level);
            self.open.push((heading.level, heading.title.trim().to_owned()));
            *headings = rest;
        }
    }

    /// As people read it: `Birds > Kestrels`.
    pub fn path(&self) -> Option<String> {
        let titles: Vec<&str> =
            self.open.iter().map(|(_, title)| title.as_str()).filter(|title| !title.is_empty()).collect();
        let path: String = titles.join(" > ").chars().take(LONGEST).collect();
        (!path.is_empty()).then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(start: usize, level: u8, title: &str) -> SpooledHeading {
        SpooledHeading { start, level, title: title.to_owned() }
    }

    #[test]
    fn deeper_headings_join_and_equal_ones_replace() {
        let list = [
            heading(0, 1, "Birds"),
            heading(10, 2, "Kestrels"),
            heading(20, 2, "Owls"),
            heading(30, 1, "Fish"),
        ];
        let mut left = &list[..];
        let mut outline = Outline::default();
        assert_eq!(outline.path(), None);
        let mut seen = Vec::new();
        for end in [5, 15, 25, 35] {
            outline.advance(&mut left, end);
            seen.push(outline.path().unwrap());
        }
        assert_eq!(seen, ["Birds", "Birds > Kestrels", "Birds > Owls", "Fish"]);
        assert!(left.is_empty());
    }
}
