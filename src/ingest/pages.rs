//! Which pages of a reading are found by what: counted in whole pages, whatever order their chunks come in.

/// The pages that were cut so far. Chunks are numbered through the document.
#[derive(Debug, Default)]
pub struct Pages {
    /// The number of the chunk that follows each page.
    ends: Vec<i64>,
    /// Chunks of each page that have no vector yet.
    waiting: Vec<i64>,
    embedded: i64,
}

impl Pages {
    /// Another page was cut, and with it the document has so many chunks.
    pub fn cut(&mut self, chunks: i64) {
        let waiting = chunks - self.ends.last().copied().unwrap_or(0);
        self.ends.push(chunks);
        self.waiting.push(waiting);
        self.embedded += i64::from(waiting == 0);
    }

    /// Pages of which every chunk is among the first so many.
    pub fn within(&self, chunks: i64) -> i64 {
        i64::try_from(self.ends.partition_point(|end| *end <= chunks)).unwrap_or(i64::MAX)
    }

    /// A chunk that had no vector has one: how many pages are embedded now.
    pub fn embed(&mut self, position: i64) -> i64 {
        let page = self.ends.partition_point(|end| *end <= position);
        if let Some(waiting) = self.waiting.get_mut(page) {
            *waiting -= 1;
            self.embedded += i64::from(*waiting == 0);
        }
        self.embedded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_counts_once_all_its_chunks_are_there() {
        let mut pages = Pages::default();
        // Two chunks, none, three.
        [2, 2, 5].into_iter().for_each(|chunks| pages.cut(chunks));
        assert_eq!([0, 1, 2, 4, 5].map(|chunks| pages.within(chunks)), [0, 0, 2, 2, 3]);
        // The last page first.
        let embedded = [4, 2, 3, 0, 1].map(|position| pages.embed(position));
        assert_eq!(embedded, [1, 1, 2, 2, 3]);
    }
}
