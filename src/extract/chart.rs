//! Charts of Office files: the table behind a chart, with its numbers as their formats show them.

use super::drawing;
use super::grid::{Grid, GridCell};
use super::numbers::NumberFormat;
use super::xlsx;
use super::xml::{self, attr, child, name};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

/// More points than this are not read of one series.
const MAX_POINTS: usize = 100_000;
/// Days from the beginning of 1900 to the beginning of 1904, from which some files count.
const TO_1904: f64 = 1462.0;

/// A chart as the table behind it: a row for each category, a column for each series.
pub(super) fn table(text: &str) -> Option<Grid> {
    let document = xml::parse(text).ok()?;
    let mut grid = Grid::with_caption(titles(&document));
    let series: Vec<Node<'_, '_>> =
        document.descendants().filter(|it| it.is_element() && name(*it) == "ser").collect();
    let names: Vec<String> =
        series.iter().map(|it| child(*it, "tx").map(drawing::words).unwrap_or_default()).collect();
    let shown = Shown::of(&document);
    let mut rows: BTreeMap<usize, (String, Vec<String>)> = BTreeMap::new();
    for (at, series) in series.iter().enumerate().take(100) {
        let labels = child(*series, "cat").or_else(|| child(*series, "xVal"));
        for (point, label) in labels.map(|it| shown.labels(it)).unwrap_or_default() {
            let row = rows.entry(point).or_default();
            if row.0.is_empty() {
                row.0 = label;
            }
        }
        let values = child(*series, "val").or_else(|| child(*series, "yVal"));
        for (point, value) in values.map(|it| shown.points(it, None)).unwrap_or_default() {
            let row = rows.entry(point).or_default();
            row.1.resize(row.1.len().max(at + 1), String::new());
            row.1[at] = value;
        }
    }
    let head = std::iter::once(String::new()).chain(names).map(GridCell::new);
    grid.row(head.collect(), true);
    for (label, values) in rows.into_values() {
        grid.row(std::iter::once(label).chain(values).map(GridCell::new).collect(), false);
    }
    let empty = grid.is_empty();
    (!empty || grid.caption.is_some()).then_some(grid)
}

/// What stands at a chart: its title, then those of its axes.
fn titles(document: &Document<'_>) -> Option<String> {
    let titles = document.descendants().filter(|it| it.is_element() && name(*it) == "title");
    let titles: Vec<String> = titles.map(drawing::words).filter(|it| !it.is_empty()).collect();
    (!titles.is_empty()).then(|| titles.join(", "))
}

/// What a chart says of how its numbers are shown.
struct Shown {
    /// What is added to a number that stands for a day.
    days: f64,
    /// The format of the axis of days.
    axis: Option<String>,
}

impl Shown {
    fn of(document: &Document<'_>) -> Self {
        let elements = || document.descendants().filter(Node::is_element);
        let from_1904 = elements().find(|it| name(*it) == "date1904");
        let is_1904 = from_1904.is_some_and(|it| !matches!(attr(it, "val"), Some("0" | "false")));
        let axis = elements().find(|it| name(*it) == "dateAx").and_then(|it| child(it, "numFmt"));
        let axis = axis.and_then(|it| attr(it, "formatCode")).map(str::to_owned);
        Self { days: if is_1904 { TO_1904 } else { 0.0 }, axis }
    }

    /// The categories of a series, by their place; those on several levels with the outer ones first.
    fn labels(&self, data: Node<'_, '_>) -> Vec<(usize, String)> {
        match xml::descendant(data, "multiLvlStrCache") {
            Some(cache) => self.levels(cache),
            None => self.points(data, self.axis.as_deref()),
        }
    }

    fn levels(&self, cache: Node<'_, '_>) -> Vec<(usize, String)> {
        // The file has the innermost first.
        let levels = cache.children().filter(|it| name(*it) == "lvl");
        let mut levels: Vec<BTreeMap<usize, String>> =
            levels.take(20).map(|it| self.points(it, None).into_iter().collect()).collect();
        levels.reverse();
        let stored = child(cache, "ptCount").and_then(|it| attr(it, "val")?.parse().ok()).unwrap_or(0);
        let named = levels.iter().filter_map(|it| it.keys().next_back()).max().map_or(0, |it| it + 1);
        let mut now = vec![String::new(); levels.len()];
        let mut out = Vec::new();
        for at in 0..named.max(stored).min(MAX_POINTS) {
            for (depth, level) in levels.iter().enumerate() {
                if let Some(label) = level.get(&at) {
                    // An outer name is stored once, where it begins, and ends the names within the one before.
                    now[depth..].fill(String::new());
                    now[depth].clone_from(label);
                } else if depth + 1 == levels.len() {
                    now[depth].clear();
                }
            }
            let label = now.iter().filter(|it| !it.is_empty()).map(String::as_str).collect::<Vec<_>>();
            if !label.is_empty() {
                out.push((at, label.join(" / ")));
            }
        }
        out
    }

    /// The stored points of a series, by their place; `format` is for numbers that have none of their own.
    fn points(&self, data: Node<'_, '_>, format: Option<&str>) -> Vec<(usize, String)> {
        let is_text = xml::descendant(data, "strCache").or_else(|| xml::descendant(data, "strLit")).is_some();
        let own = xml::descendant(data, "formatCode").and_then(|it| it.text()).filter(|it| !is_general(it));
        let shared = NumberFormat::new(own.or(format).unwrap_or_default());
        let points = data.descendants().filter(|it| it.is_element() && name(*it) == "pt").take(MAX_POINTS);
        let read = points.filter_map(|it| {
            let at: usize = attr(it, "idx")?.parse().ok()?;
            let stored = child(it, "v")?.text()?.trim();
            let value = stored.parse::<f64>().ok().filter(|it| it.is_finite() && !is_text);
            let written = value.map(|value| match attr(it, "formatCode") {
                Some(code) => self.number(value, &NumberFormat::new(code)),
                None => self.number(value, &shared),
            });
            Some((at, written.filter(|it| !it.is_empty()).unwrap_or_else(|| stored.to_owned())))
        });
        read.filter(|(at, _)| *at < 1_000_000).collect()
    }

    fn number(&self, value: f64, format: &NumberFormat) -> String {
        xlsx::shown(if format.is_date() { value + self.days } else { value }, format)
    }
}

fn is_general(code: &str) -> bool {
    code.trim().is_empty() || code.trim().eq_ignore_ascii_case("general")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chart of one series, "Catch".
    fn read(categories: &str, values: &str, more: &str) -> String {
        let chart = format!(
            r#"<c:chartSpace xmlns:c="c">{more}<c:chart><c:ser><c:tx><c:v>Catch</c:v></c:tx>
            <c:cat>{categories}</c:cat><c:val>{values}</c:val></c:ser></c:chart></c:chartSpace>"#
        );
        table(&chart).unwrap().into_markdown(false)
    }

    fn points(values: &[&str]) -> String {
        let points = values.iter().enumerate();
        points.map(|(at, it)| format!(r#"<c:pt idx="{at}"><c:v>{it}</c:v></c:pt>"#)).collect()
    }

    fn numbers(format: &str, values: &[&str]) -> String {
        let format =
            if format.is_empty() { String::new() } else { format!("<c:formatCode>{format}</c:formatCode>") };
        format!("<c:numRef><c:numCache>{format}{}</c:numCache></c:numRef>", points(values))
    }

    #[test]
    fn charts_are_tables() {
        let chart = table(
            r#"<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Catch</a:t></a:r></a:p></c:rich></c:tx></c:title>
            <c:ser><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>Cod</c:v></c:pt></c:strCache></c:strRef></c:tx>
            <c:cat><c:strRef><c:strCache><c:pt idx="0"><c:v>May</c:v></c:pt><c:pt idx="1"><c:v>June</c:v></c:pt></c:strCache></c:strRef></c:cat>
            <c:val><c:numRef><c:numCache><c:pt idx="1"><c:v>12</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:chart></c:chartSpace>"#,
        );
        assert_eq!(
            chart.unwrap().into_markdown(false),
            "Catch\n\n|  | Cod |\n| --- | --- |\n| May |  |\n| June | 12 |\n"
        );
    }

    #[test]
    fn numbers_of_charts_are_shown_by_their_formats() {
        for (format, days, expected) in [
            ("mmm yy", ["45352.0", "45383"], ["Mar 24", "Apr 24"]),
            ("yyyy\\-mm\\-dd", ["45352.0", "45383.0"], ["2024-03-01", "2024-04-01"]),
            ("General", ["2024.0", "2025.0"], ["2024", "2025"]),
            ("", ["1.5", "2"], ["1.5", "2"]),
        ] {
            let text = read(&numbers(format, &days), &numbers("0%", &["0.25", "0.5"]), "");
            let [first, second] = expected;
            assert_eq!(text, format!("|  | Catch |\n| --- | --- |\n| {first} | 25% |\n| {second} | 50% |\n"));
        }
    }

    #[test]
    fn days_are_counted_from_where_the_chart_says_and_shown_as_the_axis_does() {
        let from_1904 = r#"<c:date1904 val="1"/>"#;
        let text = read(&numbers("d mmm yyyy", &["43890"]), &numbers("#,##0.0", &["1250"]), from_1904);
        assert!(text.contains("| 1 Mar 2024 | 1,250.0 |"), "{text}");
        let axis = r#"<c:dateAx><c:numFmt formatCode="mmmm yyyy" sourceLinked="0"/></c:dateAx>"#;
        let text = read(&numbers("General", &["45352"]), &numbers("General", &["45352"]), axis);
        assert!(text.contains("| March 2024 | 45352 |"), "{text}");
    }

    #[test]
    fn text_of_charts_and_formats_of_single_points_stay() {
        let codes = format!("<c:strRef><c:strCache>{}</c:strCache></c:strRef>", points(&["007", "1.50"]));
        let values = r#"<c:numLit><c:formatCode>0.0</c:formatCode><c:pt idx="0" formatCode="0.00"><c:v>2</c:v></c:pt>
            <c:pt idx="1"><c:v>#N/A</c:v></c:pt></c:numLit>"#;
        let text = read(&codes, values, "");
        assert!(text.ends_with("| 007 | 2.00 |\n| 1.50 | #N/A |\n"), "{text}");
    }

    #[test]
    fn categories_on_several_levels_begin_with_the_outer_one() {
        let inner = points(&["Pier", "Quay", "Pier"]);
        let outer = r#"<c:pt idx="0"><c:v>North</c:v></c:pt><c:pt idx="2"><c:v>South</c:v></c:pt>"#;
        let cache = format!(
            r#"<c:multiLvlStrRef><c:multiLvlStrCache><c:ptCount val="4"/><c:lvl>{inner}</c:lvl><c:lvl>{outer}</c:lvl>
            </c:multiLvlStrCache></c:multiLvlStrRef>"#
        );
        let text = read(&cache, &numbers("", &["1", "2", "3", "4"]), "");
        assert_eq!(
            text,
            "|  | Catch |\n| --- | --- |\n| North / Pier | 1 |\n| North / Quay | 2 |\n| South / Pier | 3 |\n| South | 4 |\n"
        );
    }

    #[test]
    fn titles_of_the_chart_and_its_axes_are_read() {
        let title = |text: &str| {
            let runs: String = text.split('|').map(|it| format!("<a:r><a:t>{it}</a:t></a:r>")).collect();
            format!("<c:title><c:tx><c:rich><a:p>{runs}</a:p></c:rich></c:tx></c:title>")
        };
        let chart = format!(
            r#"<c:chartSpace xmlns:c="c" xmlns:a="a"><c:chart>{}<c:plotArea><c:ser><c:tx><c:v>Cod</c:v></c:tx>
            <c:cat><c:pt idx="0"><c:v>May</c:v></c:pt></c:cat><c:val><c:pt idx="0"><c:v>12</c:v></c:pt></c:val></c:ser>
            <c:catAx>{}</c:catAx><c:valAx>{}</c:valAx></c:plotArea></c:chart></c:chartSpace>"#,
            title("Land|ings"),
            title("Month"),
            title("Tonnes |a day"),
        );
        let text = table(&chart).unwrap().into_markdown(false);
        assert_eq!(text, "Landings, Month, Tonnes a day\n\n|  | Cod |\n| --- | --- |\n| May | 12 |\n");
    }
}
