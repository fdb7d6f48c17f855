//! Merged cells of a sheet: the label of the first stands in all of them.

/// Regions of merged cells, as rows are read from the top.
#[derive(Default)]
pub(super) struct Spans {
    /// Not reached yet, the lowest first, so that the next is the last.
    waiting: Vec<Region>,
    active: Vec<(Region, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    pub row: u32,
    pub column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

/// More at one time than a sheet for people has.
const MAX_ACTIVE: usize = 2000;

/// The widest that a label is repeated over.
const MAX_WIDTH: usize = 100;

impl Spans {
    pub(super) fn new(mut regions: Vec<Region>) -> Self {
        regions.sort_unstable_by(|a, b| b.cmp(a));
        Self { waiting: regions, active: Vec::new() }
    }

    /// A region that begins in the row that comes next.
    pub(super) fn add(&mut self, region: Region) {
        self.waiting.push(region);
    }

    /// Puts the labels into a row, and says which cells only repeat the one they are merged with.
    pub(super) fn apply(&mut self, row: u32, cells: &mut Vec<String>) -> Vec<bool> {
        self.active.retain(|(region, _)| region.last_row >= row);
        while self.waiting.last().is_some_and(|it| it.row <= row) {
            let Some(region) = self.waiting.pop() else { break };
            let label = cells.get(region.column as usize).cloned().unwrap_or_default();
            if region.row == row
                && region.last_row >= row
                && !label.is_empty()
                && self.active.len() < MAX_ACTIVE
            {
                self.active.push((region, label));
            }
        }
        let mut spread = Vec::new();
        for (region, label) in &self.active {
            let first = region.column as usize;
            let last = (region.last_column as usize).min(first + MAX_WIDTH);
            for column in first..=last {
                if column >= 1024 {
                    break;
                }
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if spread.len() <= column {
                    spread.resize(column + 1, false);
                }
                // What is there all the same is the file's own.
                if cells[column].is_empty() {
                    cells[column].clone_from(label);
                    spread[column] = column > first;
                }
            }
        }
        spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_fill_their_region() {
        let region = |row, column, last_row, last_column| Region { row, column, last_row, last_column };
        let mut spans = Spans::new(vec![region(0, 1, 0, 2), region(1, 0, 2, 0)]);
        let row = |cells: &[&str]| cells.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        let mut first = row(&["Site", "Pairs"]);
        assert_eq!(spans.apply(0, &mut first), [false, false, true]);
        assert_eq!(first, ["Site", "Pairs", "Pairs"]);
        let mut second = row(&["North", "1", "2"]);
        spans.apply(1, &mut second);
        let mut third = row(&["", "3", "4"]);
        assert_eq!(spans.apply(2, &mut third), [false]);
        assert_eq!(third, ["North", "3", "4"]);
        let mut fourth = row(&["", "5"]);
        spans.apply(3, &mut fourth);
        assert_eq!(fourth, ["", "5"]);
    }
}
