//! Everything that a question may ask of a table: rows by conditions, and what is computed from them.

use super::ask::Asked;
use super::link::{Fit, Span};
use super::plan::{Condition, Sign, Unit, What};
use super::run::matching;
use super::typed::ColumnKind;

/// Sets of conditions that are tried, and those of them for which pairs of columns are tried.
const SETS: usize = 60;

/// Columns that are tried.
const COLUMNS: usize = 14;

/// Rows in all that are computed with; long tables have fewer candidates.
const WORK: usize = 3_000_000;

/// Rows chosen by conditions.
#[derive(Debug, Clone)]
pub(super) struct Set {
    pub(super) conditions: Vec<Condition>,
    pub(super) rows: Vec<usize>,
    pub(super) parts: Vec<Part>,
}

/// What a condition was made from.
#[derive(Debug, Clone)]
pub(super) enum Part {
    Cell {
        span: usize,
        hit: usize,
    },
    Except {
        span: usize,
    },
    /// Any of several spans in one column.
    Either {
        spans: Vec<usize>,
    },
    Number {
        compared: usize,
        column: usize,
    },
    /// The first or last rows.
    Top {
        at: usize,
    },
    /// More or less than the row of a span.
    Than {
        span: usize,
        hit: usize,
        column: usize,
        sign: Sign,
    },
}

/// Something that the question may ask: what, of which set.
pub(super) struct Candidate {
    pub(super) what: What,
    pub(super) set: usize,
    /// Spans that stand in `what` itself.
    pub(super) spans: Vec<usize>,
}

pub(super) fn sets(asked: &Asked<'_>) -> Vec<Set> {
    let mut sets = vec![Set { conditions: Vec::new(), rows: Vec::new(), parts: Vec::new() }];
    for (span, known) in asked.spans.iter().enumerate().take(6) {
        let mut more = Vec::new();
        for (hit, found) in known.hits.iter().enumerate() {
            let among = Condition::Among { column: found.column, rows: found.rows.clone() };
            more.extend(with(&sets, asked, &[among], &Part::Cell { span, hit }));
            if asked.negates {
                let except = Condition::Except { column: found.column, rows: found.rows.clone() };
                more.extend(with(&sets[..1], asked, &[except], &Part::Except { span }));
            }
        }
        sets.extend(more);
        sets.truncate(SETS * 2);
    }
    for (compared, number) in asked.compared.iter().enumerate() {
        let mut more = Vec::new();
        for column in (0..asked.table.columns.len()).filter(|column| asked.table.orders(*column)) {
            let mut conditions = vec![Condition::Compare { column, sign: number.sign, value: number.value }];
            conditions.extend(number.upper.map(|value| Condition::Compare {
                column,
                sign: Sign::AtMost,
                value,
            }));
            more.extend(with(&sets, asked, &conditions, &Part::Number { compared, column }));
        }
        sets.extend(more);
        sets.truncate(SETS * 3);
    }
    if let Some((count, last, at)) = asked.top {
        let more = with(&sets, asked, &[Condition::Top { count, last }], &Part::Top { at });
        sets.extend(more);
        sets.truncate(SETS * 3);
    }
    sets.extend(eithers(asked));
    sets.extend(thans(asked));
    for set in &mut sets {
        set.rows = matching(asked.table, &set.conditions);
    }
    // Nothing is an answer where it is asked whether there is something.
    sets.retain(|set| !set.rows.is_empty() || (asked.yes.is_some() && !set.parts.is_empty()));
    // Sets that explain more words first.
    sets.sort_by_key(|set| std::cmp::Reverse(set.explained(asked).len()));
    let plain = sets.iter().position(|set| set.parts.is_empty());
    let plain = plain.map(|at| sets.remove(at));
    sets.truncate(SETS);
    sets.extend(plain);
    sets
}

impl Set {
    /// Places of the question that it explains.
    pub(super) fn explained(&self, asked: &Asked<'_>) -> Vec<usize> {
        self.parts.iter().flat_map(|part| part.places(asked)).collect()
    }
}

impl Part {
    pub(super) fn places(&self, asked: &Asked<'_>) -> Vec<usize> {
        let span = |span: &usize| asked.spans[*span].from..asked.spans[*span].to;
        match self {
            Self::Cell { span: at, .. } | Self::Except { span: at } | Self::Than { span: at, .. } => {
                span(at).collect()
            }
            Self::Either { spans } => spans.iter().flat_map(span).collect(),
            Self::Top { at } => vec![*at, *at + 1],
            Self::Number { compared, .. } => {
                (asked.compared[*compared].at..asked.compared[*compared].to).collect()
            }
        }
    }
}

fn with(sets: &[Set], asked: &Asked<'_>, conditions: &[Condition], part: &Part) -> Vec<Set> {
    let new = part.places(asked);
    sets.iter()
        .filter(|set| set.parts.len() < 3 && !set.explained(asked).iter().any(|at| new.contains(at)))
        .map(|set| {
            let mut set = set.clone();
            set.conditions.extend_from_slice(conditions);
            set.parts.push(part.clone());
            set
        })
        .collect()
}

/// Two and more spans of one column: any of them.
fn eithers(asked: &Asked<'_>) -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    let mut push = |spans: Vec<usize>, column: usize, mut rows: Vec<usize>| {
        rows.sort_unstable();
        rows.dedup();
        let conditions = vec![Condition::Among { column, rows }];
        sets.push(Set { conditions, rows: Vec::new(), parts: vec![Part::Either { spans }] });
    };
    for (pair, hits, column) in pairs(asked) {
        let rows =
            hits.iter().zip(pair).flat_map(|(hit, span)| asked.spans[span].hits[*hit].rows.iter().copied());
        push(pair.to_vec(), column, rows.collect());
    }
    for column in 0..asked.table.columns.len() {
        let there: Vec<(usize, &super::link::Hit)> = asked
            .spans
            .iter()
            .enumerate()
            .filter_map(|(at, span)| {
                let fits = |hit: &&super::link::Hit| hit.column == column && hit.fit == Fit::Whole;
                Some((at, span.hits.iter().find(fits)?))
            })
            .collect();
        if there.len() > 2 {
            let rows = there.iter().flat_map(|(_, hit)| hit.rows.iter().copied()).collect();
            push(there.iter().map(|(at, _)| *at).collect(), column, rows);
        }
    }
    sets
}

/// Pairs of spans in one column.
fn pairs(asked: &Asked<'_>) -> Vec<([usize; 2], [usize; 2], usize)> {
    let mut pairs = Vec::new();
    let spans = asked.spans.len().min(6);
    for one in 0..spans {
        for other in one + 1..spans {
            let found = asked.spans[one].hits.iter().enumerate().find_map(|(first, hit)| {
                let same = |found: &super::link::Hit| {
                    found.column == hit.column && found.fit != Fit::Anywhere && found.rows != hit.rows
                };
                let second = asked.spans[other].hits.iter().position(same)?;
                (hit.fit != Fit::Anywhere).then_some(([one, other], [first, second], hit.column))
            });
            pairs.extend(found);
        }
    }
    pairs
}

/// More or less than what a named row has.
fn thans(asked: &Asked<'_>) -> Vec<Set> {
    let mut sets = Vec::new();
    for (span, known) in asked.spans.iter().enumerate().take(6) {
        for (hit, found) in known.hits.iter().enumerate() {
            let [row] = found.rows[..] else { continue };
            for column in (0..asked.table.columns.len()).filter(|column| asked.table.orders(*column)) {
                let Some(value) = asked.table.order(row, column) else { continue };
                if column == found.column {
                    continue;
                }
                for sign in [Sign::More, Sign::Less] {
                    sets.push(Set {
                        conditions: vec![Condition::Compare { column, sign, value }],
                        rows: Vec::new(),
                        parts: vec![Part::Than { span, hit, column, sign }],
                    });
                }
            }
        }
    }
    sets.truncate(SETS);
    sets
}

pub(super) fn candidates(asked: &Asked<'_>, sets: &[Set]) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut work = 0;
    for (at, set) in sets.iter().enumerate() {
        let whats = of_set(asked, set);
        work += whats.len() * set.rows.len();
        if work > WORK {
            break;
        }
        all.extend(whats.into_iter().map(|what| Candidate { what, set: at, spans: Vec::new() }));
    }
    let plain = sets.iter().position(|set| set.parts.is_empty());
    if let Some(plain) = plain {
        all.extend(of_pairs(asked, plain));
        all.extend(if asked.says_same { sames(asked, plain) } else { Vec::new() });
    }
    all
}

fn of_set(asked: &Asked<'_>, set: &Set) -> Vec<What> {
    let table = asked.table;
    let columns: Vec<usize> = (0..table.columns.len().min(COLUMNS)).collect();
    let orders: Vec<usize> = columns.iter().copied().filter(|column| table.orders(*column)).collect();
    let several = set.rows.len() > 1;
    let mut whats = Vec::new();
    if let Some(words) = asked.yes.filter(|_| !set.parts.is_empty()) {
        whats.push(What::Exists { words });
    }
    if set.rows.is_empty() {
        return whats;
    }
    whats.push(What::Count);
    if asked.says_run && several {
        whats.push(What::Run);
    }
    for &column in &columns {
        if set.rows.len() <= 12 && !set.parts.is_empty() {
            whats.push(What::Lookup(column));
        }
        if set.rows.len() == 1 && !set.parts.is_empty() {
            whats.push(What::Beside { show: column, step: 1 });
            whats.push(What::Beside { show: column, step: -1 });
        }
        if !several {
            continue;
        }
        whats.push(What::Edge { show: column, last: false });
        whats.push(What::Edge { show: column, last: true });
        if let Some(place) = asked.ordinal {
            whats.push(What::Nth { show: column, place });
        }
        if table.columns[column].repeats {
            whats.push(What::Common { of: column, most: true });
            whats.push(What::Common { of: column, most: false });
            whats.push(What::CountDistinct(column));
            whats.extend(groups_of(asked, column));
            for &by in
                orders.iter().filter(|by| asked.says_sum && table.columns[**by].kind == ColumnKind::Number)
            {
                if by != column {
                    whats.push(What::BestSum { show: column, by, most: true });
                    whats.push(What::BestSum { show: column, by, most: false });
                }
            }
        }
        if table.columns[column].kind == ColumnKind::Number {
            whats.push(What::Sum(column));
            whats.push(What::Average(column));
        }
        if table.orders(column) {
            whats.push(What::Span { of: column, unit: Unit::None });
            if table.columns[column].kind == ColumnKind::Time {
                whats.push(What::Span { of: column, unit: Unit::Years });
            }
            for most in [true, false] {
                whats.push(What::Extreme { of: column, most });
            }
        }
        for &by in orders.iter().filter(|by| **by != column) {
            for most in [true, false] {
                whats.push(What::Best { show: column, by, most });
                if let Some(place) = asked.ordinal {
                    whats.push(What::Ranked { show: column, by, most, place });
                }
            }
        }
    }
    let named: Vec<usize> = asked
        .named
        .iter()
        .filter(|named| named.full && table.columns[named.column].kind == ColumnKind::Number)
        .map(|named| named.column)
        .take(4)
        .collect();
    for (at, &one) in named.iter().enumerate() {
        for &other in &named[at + 1..] {
            whats.push(What::Together([one, other]));
            if !several {
                whats.push(What::Apart([one, other]));
            }
        }
    }
    if set.rows.len() == 1 && set.parts.len() == 1 {
        whats.push(What::Side { after: true });
        whats.push(What::Side { after: false });
    }
    whats
}

/// What stands in a column so many times.
fn groups_of(asked: &Asked<'_>, column: usize) -> Vec<What> {
    let compared = asked.compared.iter().filter(|it| it.upper.is_none() && (1.0..100.0).contains(&it.value));
    let numbers = compared.map(|it| (it.sign, it.value as usize));
    let mut whats = Vec::new();
    for (sign, times) in numbers.chain(asked.times) {
        for counted in [true, false] {
            whats.push(What::Groups { of: column, sign, times, counted });
        }
    }
    whats
}

/// What is like a named row.
fn sames(asked: &Asked<'_>, plain: usize) -> Vec<Candidate> {
    let columns = 0..asked.table.columns.len().min(COLUMNS);
    let mut all = Vec::new();
    for (span, known) in asked.spans.iter().enumerate() {
        let single = known.hits.iter().find(|hit| hit.rows.len() == 1 && hit.fit != Fit::Near);
        let Some((row, own)) = single.map(|hit| (hit.rows[0], hit.column)) else { continue };
        for by in columns.clone().filter(|by| *by != own && asked.table.columns[*by].repeats) {
            for show in columns.clone().filter(|show| *show != by) {
                all.push(Candidate { what: What::Same { show, by, row }, set: plain, spans: vec![span] });
            }
        }
    }
    all
}

/// What compares two rows or two groups of rows.
fn of_pairs(asked: &Asked<'_>, plain: usize) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (spans, hits, column) in pairs(asked) {
        let rows = |at: usize| asked.spans[spans[at]].hits[hits[at]].rows.clone();
        let (one, other) = (rows(0), rows(1));
        let mut push = |what: What| all.push(Candidate { what, set: plain, spans: spans.to_vec() });
        if let ([one], [other]) = (&one[..], &other[..]) {
            for of in (0..asked.table.columns.len()).filter(|of| *of != column && asked.table.orders(*of)) {
                let rows = [*one, *other];
                push(What::Difference { of, rows, unit: Unit::None });
                if asked.table.columns[of].kind == ColumnKind::Time {
                    push(What::Difference { of, rows, unit: Unit::Years });
                }
                for words in [asked.yes, asked.choice].into_iter().flatten() {
                    push(What::Exceeds { of, rows, words });
                    if words == asked.yes.unwrap_or(words) && asked.choice.is_none() {
                        push(What::Exceeds { of, rows: [rows[1], rows[0]], words });
                    }
                }
            }
        }
        push(What::DifferenceOfCounts { groups: [one.clone(), other.clone()] });
        for most in [true, false] {
            push(What::Oftener { column, groups: [one.clone(), other.clone()], most });
        }
    }
    all
}

/// The words of a span as they stand in the question.
pub(super) fn words_of(asked: &Asked<'_>, span: &Span) -> String {
    let words: Vec<&str> = asked.words[span.from..span.to].iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}
