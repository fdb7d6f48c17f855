//! What can be computed from a table.

/// What is to be computed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Plan {
    pub(crate) what: What,
    /// All of them have to hold.
    pub(crate) conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum What {
    Count,
    /// Cells with this in them.
    Codes(String),
    /// Of different values in a column.
    CountDistinct(usize),
    Sum(usize),
    Average(usize),
    /// The highest or lowest value itself.
    Extreme {
        of: usize,
        most: bool,
    },
    /// What stands in `show` where `by` is highest or lowest.
    Best {
        show: usize,
        by: usize,
        most: bool,
    },
    Lookup(usize),
    /// What stands in these columns, of every row.
    List(Vec<usize>),
    /// The first or last row.
    Edge {
        show: usize,
        last: bool,
    },
    /// The row with this place, counted from 1, as the table stands.
    Nth {
        show: usize,
        place: usize,
    },
    /// The row with this place, counted from 1, when the rows are sorted by a column.
    Ranked {
        show: usize,
        by: usize,
        most: bool,
        place: usize,
    },
    /// The row after or before the one that the conditions name.
    Beside {
        show: usize,
        step: i64,
    },
    /// How many rows stand before or after the one that the conditions name.
    Side {
        after: bool,
    },
    /// What stands in a column most or least often.
    Common {
        of: usize,
        most: bool,
    },
    /// How far apart two rows are.
    Difference {
        of: usize,
        rows: [usize; 2],
        unit: Unit,
    },
    /// How many more rows one group has than another.
    DifferenceOfCounts {
        groups: [Vec<usize>; 2],
    },
    /// Which of two groups has more rows.
    Oftener {
        column: usize,
        groups: [Vec<usize>; 2],
        most: bool,
    },
    /// From the lowest to the highest value.
    Span {
        of: usize,
        unit: Unit,
    },
    /// Whether there is such a row.
    Exists {
        words: Words,
    },
    /// Whether one row has more than another.
    Exceeds {
        of: usize,
        rows: [usize; 2],
        words: Words,
    },
    /// The values of a column that stand in so many rows, or how many there are of them.
    Groups {
        of: usize,
        sign: Sign,
        times: usize,
        counted: bool,
    },
    /// The value of `show` whose rows have most or least of `by` together.
    BestSum {
        show: usize,
        by: usize,
        most: bool,
    },
    /// Two columns added up.
    Together([usize; 2]),
    /// How far apart two columns are in one row.
    Apart([usize; 2]),
    /// Two columns multiplied, the second one as per cent where it holds such.
    Product {
        of: usize,
        by: usize,
        percent: bool,
    },
    /// The longest run of rows that follow one another.
    Run,
    /// The other rows with the same value in `by`.
    Same {
        show: usize,
        by: usize,
        row: usize,
    },
}

/// What a number is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    None,
    Years,
}

/// What is answered if it is so, and what if not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Words(pub(crate) &'static str, pub(crate) &'static str);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    /// The first or last rows of the table.
    Top {
        count: usize,
        last: bool,
    },
    /// What stands in the cell has these words.
    Among {
        column: usize,
        rows: Vec<usize>,
    },
    /// What stands in the cell does not.
    Except {
        column: usize,
        rows: Vec<usize>,
    },
    Compare {
        column: usize,
        sign: Sign,
        value: f64,
    },
    /// One cell of a row against another one of it.
    Against {
        column: usize,
        sign: Sign,
        other: usize,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}
