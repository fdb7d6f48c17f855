//! The signs that a reading of a question is the one that is meant.

use std::collections::{HashMap, HashSet};

use super::ask::Asked;
use super::candidates::{Candidate, Part, Set, words_of};
use super::grammar::is_form;
use super::link::Fit;
use super::plan::{Sign, Unit, What};
use super::typed::ColumnKind;
use super::words::is_neutral;

/// What several readings share is worked out once.
pub(super) struct Features<'a, 'b> {
    asked: &'a Asked<'b>,
    sets: &'a [Set],
    shape: Shape,
    parts: Vec<Vec<String>>,
    known: HashMap<String, usize>,
}

/// What the question looks like, whatever the table is.
struct Shape {
    /// The word that asks, "how many", "yes" for a question that begins with its verb.
    head: String,
    /// Where it ends.
    behind: usize,
    /// The noun behind it.
    noun: Option<usize>,
    /// Places in runs of words that stand whole in cells.
    in_cells: HashSet<usize>,
}

impl Shape {
    fn of(asked: &Asked<'_>) -> Self {
        let word = |at: usize| asked.words.get(at).map_or("", |word| word.text.as_str());
        let asks = (0..asked.words.len()).find(|at| {
            matches!(
                word(*at),
                "how" | "who" | "whom" | "whose" | "when" | "where" | "which" | "what" | "why"
            )
        });
        let (head, behind) = match asks {
            Some(at) if word(at) == "how" => (format!("how {}", word(at + 1)), at + 2),
            Some(at) => (word(at).to_owned(), at + 1),
            None if matches!(
                word(0),
                "is" | "was" | "are" | "were" | "did" | "does" | "do" | "has" | "have"
            ) =>
            {
                ("yes".to_owned(), 1)
            }
            None => (word(0).to_owned(), 1),
        };
        let noun = (behind..asked.words.len().min(behind + 4))
            .find(|at| !is_neutral(word(*at)) && !is_form(word(*at)));
        let in_cells = asked
            .spans
            .iter()
            .filter(|span| span.to - span.from > 1 || span.hits.iter().any(|hit| hit.fit == Fit::Whole))
            .flat_map(|span| span.from..span.to)
            .filter(|at| !is_form(word(*at)))
            .collect();
        Self { head, behind, noun, in_cells }
    }
}

/// The operation, and its family.
fn op(what: &What) -> (&'static str, &'static str) {
    match what {
        What::Count | What::Codes(_) => ("count", "count"),
        What::CountDistinct(_) => ("distinct", "count"),
        What::Sum(_) => ("sum", "sum"),
        What::Average(_) => ("average", "sum"),
        What::Extreme { most: true, .. } => ("max", "extreme"),
        What::Extreme { most: false, .. } => ("min", "extreme"),
        What::Best { most: true, .. } => ("best", "best"),
        What::Best { most: false, .. } => ("worst", "best"),
        What::Lookup(_) => ("lookup", "lookup"),
        What::List(_) => ("list", "list"),
        What::Edge { last: false, .. } => ("first", "edge"),
        What::Edge { last: true, .. } => ("last", "edge"),
        What::Nth { .. } => ("nth", "edge"),
        What::Ranked { most: true, .. } => ("ranked+", "ranked"),
        What::Ranked { most: false, .. } => ("ranked-", "ranked"),
        What::Beside { step, .. } if *step > 0 => ("next", "beside"),
        What::Beside { .. } => ("previous", "beside"),
        What::Side { after: true } => ("after", "side"),
        What::Side { after: false } => ("before", "side"),
        What::Common { most: true, .. } => ("common", "common"),
        What::Common { most: false, .. } => ("rare", "common"),
        What::Difference { unit: Unit::None, .. } => ("difference", "difference"),
        What::Difference { unit: Unit::Years, .. } => ("difference years", "difference"),
        What::DifferenceOfCounts { .. } => ("counts", "difference"),
        What::Oftener { most: true, .. } => ("oftener", "oftener"),
        What::Oftener { most: false, .. } => ("seldomer", "oftener"),
        What::Span { unit: Unit::None, .. } => ("span", "difference"),
        What::Span { unit: Unit::Years, .. } => ("span years", "difference"),
        What::Exists { .. } => ("exists", "yes"),
        What::Exceeds { .. } => ("exceeds", "yes"),
        What::Groups { counted: true, .. } => ("groups", "groups"),
        What::Groups { counted: false, .. } => ("often", "groups"),
        What::BestSum { most: true, .. } => ("best sum", "best sum"),
        What::BestSum { most: false, .. } => ("worst sum", "best sum"),
        What::Run => ("run", "run"),
        What::Together(_) => ("together", "sum"),
        What::Apart(_) => ("apart", "difference"),
        What::Product { .. } => ("product", "product"),
        What::Same { .. } => ("same", "same"),
    }
}

/// The column that is shown, and the one that is compared or computed with.
fn columns(what: &What) -> (Option<usize>, Option<usize>) {
    match *what {
        What::Count
        | What::Codes(_)
        | What::List(_)
        | What::Run
        | What::Exists { .. }
        | What::Together(_)
        | What::Apart(_)
        | What::Product { .. }
        | What::Side { .. }
        | What::DifferenceOfCounts { .. } => (None, None),
        What::Groups { of, counted: true, .. } => (None, Some(of)),
        What::Groups { of, counted: false, .. } => (Some(of), None),
        What::CountDistinct(column)
        | What::Sum(column)
        | What::Average(column)
        | What::Span { of: column, .. }
        | What::Exceeds { of: column, .. }
        | What::Extreme { of: column, .. }
        | What::Difference { of: column, .. } => (None, Some(column)),
        What::Lookup(show)
        | What::Edge { show, .. }
        | What::Nth { show, .. }
        | What::Beside { show, .. }
        | What::Common { of: show, .. } => (Some(show), None),
        What::Oftener { .. } => (None, None),
        What::Best { show, by, .. }
        | What::BestSum { show, by, .. }
        | What::Ranked { show, by, .. }
        | What::Same { show, by, .. } => (Some(show), Some(by)),
    }
}

impl<'a, 'b> Features<'a, 'b> {
    pub(super) fn new(asked: &'a Asked<'b>, sets: &'a [Set]) -> Self {
        Self { asked, sets, shape: Shape::of(asked), parts: Vec::new(), known: HashMap::new() }
    }

    pub(super) fn into_parts(self) -> Vec<Vec<String>> {
        self.parts
    }

    fn shared(&mut self, key: String, make: impl FnOnce(&Self) -> Vec<String>) -> usize {
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let made = make(self);
        self.parts.push(made);
        self.known.insert(key, self.parts.len() - 1);
        self.parts.len() - 1
    }

    pub(super) fn of(&mut self, candidate: &Candidate, answers: &[String], rows: &[usize]) -> Vec<usize> {
        let (op, family) = op(&candidate.what);
        let (show, by) = columns(&candidate.what);
        let mut parts = vec![
            self.shared(format!("op {op}"), |it| it.of_op(op)),
            self.shared(format!("set {} {family}", candidate.set), |it| it.of_set(candidate.set, family)),
        ];
        if let Some(show) = show {
            parts.push(self.shared(format!("show {show} {op}"), |it| it.of_show(show, op, family)));
        }
        if let Some(by) = by {
            parts.push(self.shared(format!("by {by} {op}"), |it| it.of_by(by, op, family)));
        }
        let whole = self.of_whole(candidate, answers, rows, op, family, show, by);
        let key = whole.join(" ");
        parts.push(self.shared(key, |_| whole));
        parts
    }

    fn text(&self, at: usize) -> &str {
        self.asked.words.get(at).map_or("", |word| word.text.as_str())
    }

    /// The words that are grammar, and those that may be it.
    fn lexical(&self) -> impl Iterator<Item = (usize, &str)> {
        (0..self.asked.words.len())
            .filter(|at| !self.shape.in_cells.contains(at))
            .map(|at| (at, self.text(at)))
    }

    fn of_op(&self, op: &str) -> Vec<String> {
        let mut names = vec![format!("op:{op}"), format!("head:{}|{op}", self.shape.head)];
        let stem = |at: usize| self.asked.words[at].stem.as_str();
        let mut last: Option<usize> = None;
        for (at, word) in self.lexical() {
            let known = if is_neutral(word) || is_form(word) { word } else { stem(at) };
            names.push(format!("w:{known}|{op}"));
            if let Some(before) = last.filter(|before| before + 1 == at) {
                let first = self.text(before);
                if is_neutral(first) || is_form(first) || is_neutral(word) || is_form(word) {
                    names.push(format!("ww:{first} {word}|{op}"));
                }
            }
            last = Some(at);
        }
        names.push(format!("spans:{}|{op}", self.asked.spans.len().min(4)));
        names.push(format!("compared:{}|{op}", self.asked.compared.len().min(2)));
        names.push(format!("ordinal:{}|{op}", self.asked.ordinal.is_some()));
        names.push(format!("time:{:?}|{op}", self.asked.table.order_of_time()));
        names
    }

    /// How the question names a column.
    fn named(&self, column: usize) -> &'static str {
        match self.asked.named.iter().find(|named| named.column == column) {
            Some(named) if named.full => "full",
            Some(_) => "part",
            None => "no",
        }
    }

    fn place(&self, column: usize) -> Option<usize> {
        let named = self.asked.named.iter().find(|named| named.column == column)?;
        named
            .places
            .iter()
            .copied()
            .find(|at| *at >= self.shape.behind)
            .or_else(|| named.places.first().copied())
    }

    fn of_show(&self, column: usize, op: &str, family: &str) -> Vec<String> {
        let known = &self.asked.table.columns[column];
        let (named, kind, head) = (self.named(column), known.kind.name(), &self.shape.head);
        let mut names = vec![
            format!("show:{named}|{op}"),
            format!("show:{named}|{head}"),
            format!("show:{kind}|{family}"),
            format!("show:{kind}|{head}"),
            format!("show:{kind}|{head}|{named}"),
            format!("show:first={}|{family}", column == 0),
            format!("show:distinct={}|{family}", known.is_distinct),
        ];
        let label =
            self.asked.table.columns.iter().position(|it| it.kind == ColumnKind::Words && it.is_distinct);
        names.push(format!("show:label={}|{head}", label == Some(column)));
        names.push(format!("show:label={}|{family}|{named}", label == Some(column)));
        if let Some(place) = self.place(column) {
            let behind = place
                .checked_sub(self.shape.behind)
                .map_or("before".to_owned(), |far| far.min(4).to_string());
            names.push(format!("show:at {behind}"));
            names.push(format!("show:at {behind}|{family}"));
        }
        let any = self.asked.named.iter().any(|it| {
            it.full
                && it.column != column
                && self.place(it.column).is_some_and(|at| at.wrapping_sub(self.shape.behind) < 2)
        });
        names.push(format!("show:another is asked={any}"));
        for token in known.name.iter().filter(|token| !is_neutral(&token.text) || known.name.len() == 1) {
            names.push(format!("hc:{head}|{}", token.stem));
            if let Some(noun) = self.shape.noun {
                names.push(format!("nc:{}|{}", self.asked.words[noun].stem, token.stem));
            }
        }
        names
    }

    fn of_by(&self, column: usize, op: &str, family: &str) -> Vec<String> {
        let known = &self.asked.table.columns[column];
        let (named, kind, head) = (self.named(column), known.kind.name(), &self.shape.head);
        let orders = self.asked.table.columns.iter().filter(|it| it.kind != ColumnKind::Words).count();
        let mut names = vec![
            format!("by:{named}|{op}"),
            format!("by:{named}|{kind}|{family}"),
            format!("by:{kind}|{op}"),
            format!("by:{kind}|{head}|{family}"),
            format!("by:only={}|{family}", orders == 1),
            format!("by:first={}|{family}", column == 0),
            format!("by:repeats={}|{op}", known.repeats),
        ];
        let forms: Vec<usize> = self.lexical().filter(|(_, word)| is_form(word)).map(|(at, _)| at).collect();
        if let Some(place) = self.place(column) {
            let near = forms.iter().map(|form| place.abs_diff(*form)).min().unwrap_or(9).min(5);
            names.push(format!("by:near {near}|{family}"));
            names.push(format!(
                "by:behind={}|{family}",
                forms.iter().any(|form| *form < place && place - form <= 3)
            ));
        }
        for form in forms {
            names.push(format!("fk:{}|{kind}|{op}", self.text(form)));
            for token in &known.name {
                names.push(format!("fc:{}|{}", self.text(form), token.stem));
            }
        }
        if let Some(noun) = self.shape.noun {
            for token in &known.name {
                names.push(format!("nb:{}|{}", self.asked.words[noun].stem, token.stem));
            }
        }
        names
    }

    fn of_set(&self, set: usize, family: &str) -> Vec<String> {
        let set = &self.sets[set];
        let mut names = vec![
            format!("set:{}|{family}", set.parts.len()),
            format!("set:rows {}|{family}", set.rows.len().min(3)),
            format!("set:all={}", !set.parts.is_empty() && set.rows.len() == self.asked.table.rows()),
        ];
        for part in &set.parts {
            self.of_part(part, family, &mut names);
        }
        names
    }

    fn of_part(&self, part: &Part, family: &str, names: &mut Vec<String>) {
        let hit = |span: usize, hit: usize| &self.asked.spans[span].hits[hit];
        match part {
            Part::Cell { span, hit: at } => {
                let (known, found) = (&self.asked.spans[*span], hit(*span, *at));
                let length = (known.to - known.from).min(3);
                let number = self.asked.words[known.from..known.to]
                    .iter()
                    .all(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
                names.push(format!("cell:{:?}|{length}|{number}", found.fit));
                names.push(format!("cell:{:?}|{family}", found.fit));
                names.push(format!("cell:choice {}|{:?}", at, found.fit));
                names.push(format!(
                    "cell:kind {}|{number}",
                    self.asked.table.columns[found.column].kind.name()
                ));
                names.push(format!("cell:column {}|{family}", self.named(found.column)));
                names.push(format!("cell:first={}|{family}", found.column == 0));
                if let Some(place) = self.place(found.column) {
                    let far = place.abs_diff(known.from).min(place.abs_diff(known.to)).min(4);
                    names.push(format!("cell:near {far}"));
                }
                if known.to - known.from == 1 {
                    let word = self.text(known.from);
                    if is_form(word) || is_neutral(word) {
                        names.push(format!("cell:form {word}"));
                    }
                }
                let before = known.from.checked_sub(1).map_or("", |at| self.text(at));
                names.push(format!("cell:after {before}|{family}"));
            }
            Part::Top { at } => {
                names.push(format!("top|{family}"));
                names.push(format!("top:{}|{family}", self.text(*at)));
                names.push(format!("top:time {:?}", self.asked.table.order_of_time()));
            }
            Part::Except { .. } => {
                names.push("except".to_owned());
                names.push(format!("except|{family}"));
                for (_, word) in self.lexical().filter(|(_, word)| is_form(word) || is_neutral(word)) {
                    names.push(format!("except|{word}"));
                }
            }
            Part::Either { spans } => {
                names.push(format!("either {}|{family}", spans.len().min(3)));
                let (Some(one), Some(other)) = (spans.first(), spans.last()) else { return };
                let between: Vec<&str> = (self.asked.spans[*one].to..self.asked.spans[*other].from)
                    .map(|at| self.text(at))
                    .collect();
                let joined = between
                    .iter()
                    .find(|word| matches!(**word, "or" | "and" | "oder" | "und"))
                    .copied()
                    .unwrap_or("none");
                names.push(format!("either:{joined}|{family}"));
            }
            Part::Number { compared, column } => {
                let number = &self.asked.compared[*compared];
                let kind = self.asked.table.columns[*column].kind.name();
                names.push(format!("number:{kind}|year={}|{:?}", number.year, number.sign));
                names.push(format!("number:range={}|{family}", number.upper.is_some()));
                names.push(format!("number:{}|year={}", self.named(*column), number.year));
                let near = self
                    .place(*column)
                    .map_or(9, |place| place.abs_diff(number.at).min(place.abs_diff(number.to)).min(6));
                names.push(format!("number:near {near}"));
                let others = (0..self.asked.table.columns.len())
                    .filter(|it| {
                        self.asked.table.orders(*it) && self.asked.table.columns[*it].kind.name() == kind
                    })
                    .count();
                names.push(format!("number:only={}|{kind}|year={}", others == 1, number.year));
            }
            Part::Than { span, column, sign, hit: at } => {
                let more = matches!(sign, Sign::More);
                let kind = self.asked.table.columns[*column].kind.name();
                names.push(format!("than:{more}|{family}"));
                names.push(format!("than:{}|{kind}", self.named(*column)));
                names.push(format!("than:{:?}", hit(*span, *at).fit));
                for (_, word) in self.lexical().filter(|(_, word)| is_form(word) || *word == "than") {
                    names.push(format!("than:{word}|{more}|{kind}"));
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "all of them are what the reading is")]
    fn of_whole(
        &self,
        candidate: &Candidate,
        answers: &[String],
        rows: &[usize],
        op: &str,
        family: &str,
        show: Option<usize>,
        by: Option<usize>,
    ) -> Vec<String> {
        let set = &self.sets[candidate.set];
        let mut used: HashSet<usize> = set.explained(self.asked).into_iter().collect();
        used.extend(
            candidate.spans.iter().flat_map(|span| self.asked.spans[*span].from..self.asked.spans[*span].to),
        );
        let two = match candidate.what {
            What::Together(two) | What::Apart(two) => two.to_vec(),
            What::Product { of, by, .. } => vec![of, by],
            _ => Vec::new(),
        };
        let columns: Vec<usize> = show.into_iter().chain(by).chain(two).collect();
        let explained = |at: &usize| {
            used.contains(at)
                || self
                    .asked
                    .named
                    .iter()
                    .any(|named| columns.contains(&named.column) && named.places.contains(at))
        };
        let open: Vec<usize> = (0..self.asked.words.len())
            .filter(|at| !is_neutral(self.text(*at)) && !is_form(self.text(*at)) && !explained(at))
            .collect();
        let spans = |fit: Fit| {
            let free =
                |span: &&super::link::Span| {
                    span.hits[0].fit == fit
                        && !(span.from..span.to).any(|at| {
                            used.contains(&at)
                                || self.asked.named.iter().any(|named| {
                                    columns.contains(&named.column) && named.places.contains(&at)
                                })
                        })
                };
            self.asked.spans.iter().filter(free).count().min(3)
        };
        let names = self.asked.named.iter().filter(|named| {
            named.full && !columns.contains(&named.column) && !named.places.iter().any(|at| used.contains(at))
        });
        let numbers =
            self.asked.compared.iter().filter(|it| !(it.at..it.to).any(|at| used.contains(&at))).count();
        // How often something is, is no number in a cell.
        let numbers = if matches!(candidate.what, What::Groups { .. }) { 0 } else { numbers };
        let noun = self.shape.noun.is_some_and(|noun| open.contains(&noun));
        let mut out = vec![
            format!("open:{}|{family}", open.len().min(5)),
            format!("open:{}", open.len().min(6)),
            format!("open but noun:{}", (open.len() - usize::from(noun)).min(5)),
            format!("noun open={noun}|{op}"),
            format!("free:{}", spans(Fit::Whole)),
            format!("free part:{}", spans(Fit::Part)),
            format!("free near:{}", spans(Fit::Near)),
            format!("unsaid:{}|{family}", names.count().min(3)),
            format!("uncompared:{numbers}|{family}"),
            format!(
                "cut={}|{}",
                self.asked.top.is_some(),
                set.parts.iter().any(|it| matches!(it, Part::Top { .. }))
            ),
            format!("answers:{}|{family}", answers.len().min(3)),
            format!("answers:{}|{}", answers.len().min(3), self.shape.head),
            format!("rows:{}|{op}", rows.len().min(3)),
        ];
        if let What::Exceeds { rows: [one, _], .. } = candidate.what {
            let first = candidate
                .spans
                .first()
                .is_some_and(|span| self.asked.spans[*span].hits.iter().any(|hit| hit.rows.contains(&one)));
            let chosen = self.asked.choice.is_some();
            out.push(format!("exceeds:first={first}|chosen={chosen}"));
            for (_, word) in self.lexical().filter(|(_, word)| is_form(word)) {
                out.push(format!("exceeds:{word}|first={first}"));
            }
        }
        if let What::Groups { .. } = candidate.what {
            out.push(format!("groups:times={}|{op}", self.asked.times.is_some()));
            let loose = self.asked.compared.len();
            out.push(format!("groups:compared={loose}|{op}"));
        }
        let said = answers.iter().any(|answer| {
            let lower = answer.to_lowercase();
            self.asked.spans.iter().any(|span| words_of(self.asked, span) == lower)
        });
        out.push(format!("said={said}|{family}"));
        if matches!(
            candidate.what,
            What::Count | What::CountDistinct(_) | What::Side { .. } | What::DifferenceOfCounts { .. }
        ) {
            let low = answers.first().is_some_and(|answer| answer == "0");
            let one = answers.first().is_some_and(|answer| answer == "1");
            out.push(format!("none={low}|one={one}|{op}"));
        }
        if matches!(family, "count" | "sum") {
            let noun = self
                .shape
                .noun
                .and_then(|noun| self.asked.named.iter().find(|named| named.places.contains(&noun)));
            let known = noun.map(|named| &self.asked.table.columns[named.column]);
            let kind = known.map_or("none", |column| column.kind.name());
            out.push(format!("noun:{kind}|repeats={}|{op}", known.is_some_and(|column| column.repeats)));
            out.push(format!("noun is by={}|{op}", noun.map(|named| named.column) == by));
        }
        let in_set = |column: usize| {
            set.conditions.iter().any(|condition| match condition {
                super::plan::Condition::Top { .. } => false,
                super::plan::Condition::Against { column: known, other, .. } => {
                    *known == column || *other == column
                }
                super::plan::Condition::Among { column: known, .. }
                | super::plan::Condition::Except { column: known, .. }
                | super::plan::Condition::Compare { column: known, .. } => *known == column,
            })
        };
        if let Some(show) = show {
            out.push(format!("show in set={}|{family}", in_set(show)));
        }
        if let Some(by) = by {
            out.push(format!("by in set={}|{family}", in_set(by)));
        }
        if let (Some(show), Some(by)) = (show, by) {
            let order = self.place(show).zip(self.place(by)).map(|(show, by)| show < by);
            out.push(format!("order:{order:?}|{op}"));
            out.push(format!("both:{}|{}|{family}", self.named(show), self.named(by)));
        }
        out
    }
}

/// The signs that the question is not one to this table, or of no kind that can be computed.
pub(super) fn nothing(asked: &Asked<'_>) -> Vec<String> {
    let shape = Shape::of(asked);
    let mut names = vec!["nothing".to_owned(), format!("nothing:{}", shape.head)];
    let in_span = |at: &usize| asked.spans.iter().any(|span| (span.from..span.to).contains(at));
    let named = |at: &usize| asked.named.iter().any(|named| named.places.contains(at));
    let open = (0..asked.words.len()).filter(|at| {
        let word = &asked.words[*at].text;
        !is_neutral(word) && !is_form(word) && !in_span(at) && !named(at)
    });
    names.push(format!("nothing:open {}", open.count().min(6)));
    names.push(format!("nothing:spans {}", asked.spans.len().min(4)));
    names.push(format!("nothing:named {}", asked.named.iter().filter(|named| named.full).count().min(3)));
    for (at, word) in asked.words.iter().enumerate().filter(|(at, _)| !shape.in_cells.contains(at)) {
        names.push(format!("nothing:w {}", word.stem));
        if at > 0 && (is_neutral(&word.text) || is_form(&word.text)) {
            names.push(format!("nothing:ww {} {}", asked.words[at - 1].text, word.text));
        }
    }
    names
}
