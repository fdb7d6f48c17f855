//! Merged cells of a sheet: the label of the first stands in all of them.

/// Regions of merged cells, as rows are read from the top.
#[derive(Default)]
pub(super) struct Spans {
    /// Not reached yet, the lowest first, so that the next is the last.
    waiting: Vec<Region>,
    active: Vec<(Region, String)>,
    /// Characters in cells that lie under a merged one.
    covered: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Region {
    pub row: u32,
    pub column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

impl Region {
    pub(super) const fn moved_down(self, rows: u32) -> Self {
        Self { row: self.row.saturating_add(rows), last_row: self.last_row.saturating_add(rows), ..self }
    }
}

/// More at one time than a sheet for people has.
const MAX_ACTIVE: usize = 2000;

/// The widest that a label is repeated over.
const MAX_WIDTH: usize = 100;

impl Spans {
    pub(super) fn new(mut regions: Vec<Region>) -> Self {
        regions.sort_unstable_by(|a, b| b.cmp(a));
        Self { waiting: regions, active: Vec::new(), covered: 0 }
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
            let own = cells.get(region.column as usize).filter(|_| region.row == row);
            if region.last_row >= row && self.active.len() < MAX_ACTIVE {
                self.active.push((region, own.cloned().unwrap_or_default()));
            }
        }
        let mut spread = Vec::new();
        for (region, label) in &self.active {
            let first = region.column as usize;
            let last = (region.last_column as usize).min(first + MAX_WIDTH);
            for column in first..=last {
                if column >= 1024 || label.is_empty() && column >= cells.len() {
                    break;
                }
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if spread.len() <= column {
                    spread.resize(column + 1, false);
                }
                if (region.row, first) != (row, column) {
                    self.covered += cells[column].chars().filter(|it| !it.is_whitespace()).count();
                    cells[column].clone_from(label);
                    spread[column] = column > first && !label.is_empty();
                }
            }
        }
        spread
    }

    /// Whether a label reaches into a row that has no cells of its own.
    pub(super) fn cover(&mut self, row: u32) -> bool {
        let mut labels = Vec::new();
        self.apply(row, &mut labels);
        labels.iter().any(|it| !it.is_empty())
    }

    /// How many characters so far lie in cells that merged ones cover, where no program shows them.
    pub(super) const fn covered(&self) -> usize {
        self.covered
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
        assert_eq!(spans.covered(), 0);
    }

    #[test]
    fn what_lies_under_a_merged_cell_is_kept_apart() {
        let region = |row, column, last_row, last_column| Region { row, column, last_row, last_column };
        let row = |cells: &[&str]| cells.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        let mut spans = Spans::new(vec![region(0, 0, 1, 1), region(1, 2, 2, 2)]);
        let mut first = row(&["Rope", "985", "1"]);
        assert_eq!(spans.apply(0, &mut first), [false, true]);
        assert_eq!(first, ["Rope", "Rope", "1"]);
        let mut second = row(&["12", "34"]);
        spans.apply(1, &mut second);
        assert_eq!(second, ["Rope", "Rope"]);
        let mut third = row(&["a", "b", "under an empty cell"]);
        spans.apply(2, &mut third);
        assert_eq!(third, ["a", "b", ""]);
        assert_eq!(spans.covered(), 3 + 4 + 16);
    }
}
