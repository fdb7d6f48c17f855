//! Which pages of a reading are found by what: counted in whole pages, whatever order their chunks come in.

use std::ops::Range;

use docent_store::Spot;

/// The pages that were cut so far. Chunks are numbered through the document.
#[derive(Debug, Default)]
pub struct Pages {
    /// The number of the chunk that follows each page.
    ends: Vec<i64>,
    /// Chunks of each page that have no vector yet.
    waiting: Vec<i64>,
    /// The first pages, as far as none lacks a vector.
    embedded: usize,
}

impl Pages {
    /// Another page was cut, and with it the document has so many chunks.
    pub fn cut(&mut self, chunks: i64) {
        let waiting = chunks - self.ends.last().copied().unwrap_or(0);
        self.ends.push(chunks);
        self.waiting.push(waiting);
        self.go_on();
    }

    /// Pages of which every chunk is among the first so many.
    pub fn within(&self, chunks: i64) -> i64 {
        i64::try_from(self.ends.partition_point(|end| *end <= chunks)).unwrap_or(i64::MAX)
    }

    /// The chunks around a place: those of its page, at most so many where a passage is meant. None of a page that is not
    /// cut yet.
    pub fn around(&self, spot: Spot, most: i64) -> Range<i64> {
        match spot {
            Spot::Page(number) => self.chunks_of(usize::try_from(number - 1).unwrap_or(usize::MAX)),
            Spot::Passage(position) => {
                let page = self.chunks_of(self.page_of(position));
                let start = (position - most / 2).min(page.end - most).max(page.start);
                start..page.end.min(start + most)
            }
        }
    }

    /// A chunk that had no vector has one: to which page every page is embedded now.
    pub fn embed(&mut self, position: i64) -> i64 {
        let page = self.page_of(position);
        if let Some(waiting) = self.waiting.get_mut(page) {
            *waiting -= 1;
        }
        self.go_on();
        i64::try_from(self.embedded).unwrap_or(i64::MAX)
    }

    fn go_on(&mut self) {
        self.embedded += self.waiting[self.embedded..].iter().take_while(|waiting| **waiting <= 0).count();
    }

    fn page_of(&self, position: i64) -> usize {
        self.ends.partition_point(|end| *end <= position)
    }

    fn chunks_of(&self, page: usize) -> Range<i64> {
        let start = page.checked_sub(1).and_then(|before| self.ends.get(before).copied()).unwrap_or(0);
        start..self.ends.get(page).copied().unwrap_or(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_counts_once_all_chunks_up_to_its_end_are_there() {
        let mut pages = Pages::default();
        // Two chunks, none, three.
        [2, 2, 5].into_iter().for_each(|chunks| pages.cut(chunks));
        assert_eq!([0, 1, 2, 4, 5].map(|chunks| pages.within(chunks)), [0, 0, 2, 2, 3]);
        // The last page first: by meaning to page 3 is true once the pages before it are there, too.
        let embedded = [4, 2, 3, 0, 1].map(|position| pages.embed(position));
        assert_eq!(embedded, [0, 0, 0, 0, 3]);
        pages.cut(5);
        pages.cut(6);
        assert_eq!(pages.embed(5), 5);
    }

    #[test]
    fn a_place_has_the_chunks_of_its_page_around_it() {
        let mut pages = Pages::default();
        [2, 2, 42].into_iter().for_each(|chunks| pages.cut(chunks));
        let around = |spot| pages.around(spot, 8).collect::<Vec<_>>();
        let of_page = [0, 1, 2, 3, 4].map(|number| around(Spot::Page(number)));
        assert_eq!(
            of_page,
            [0..0, 0..2, 0..0, 2..42, 0..0].map(|range: Range<i64>| range.collect::<Vec<_>>())
        );
        let of_passage = [1, 2, 20, 41, 42].map(|position| around(Spot::Passage(position)));
        assert_eq!(of_passage, [0..2, 2..10, 16..24, 34..42, 0..0].map(|range| range.collect::<Vec<_>>()));
    }
}
