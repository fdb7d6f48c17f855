//! Charts of OpenDocument files: their tables hold bare numbers, and the axes say how these are shown.

use super::numbers::NumberFormat;
use super::odf::words;
use super::xlsx;
use super::xml::{attr, name};
use roxmltree::Node;

/// How the numbers of a chart are shown, as far as it is not as they are.
#[derive(Debug)]
pub(super) struct ChartNumbers {
    categories: Option<NumberFormat>,
    values: Option<NumberFormat>,
}

impl ChartNumbers {
    pub(super) fn of(chart: Node<'_, '_>) -> Self {
        Self { categories: shared(chart, "x"), values: shared(chart, "y") }
    }

    /// What a cell in a column of the chart's table shows, where it is a number.
    pub(super) fn shown(&self, cell: Node<'_, '_>, column: usize) -> Option<String> {
        let format = if column == 0 { &self.categories } else { &self.values };
        let value: f64 =
            attr(cell, "value").filter(|_| attr(cell, "value-type") == Some("float"))?.parse().ok()?;
        format.as_ref().filter(|_| value.is_finite()).map(|it| xlsx::shown(value, it))
    }
}

/// What stands at a chart: its titles and those of its axes.
pub(super) fn titles(chart: Node<'_, '_>) -> Option<String> {
    let titles = chart.descendants().filter(|it| matches!(name(*it), "title" | "subtitle" | "footer"));
    let titles: Vec<String> = titles.map(words).filter(|it| !it.is_empty()).collect();
    (!titles.is_empty()).then(|| titles.join(", "))
}

/// The format of all axes of a dimension: the table does not say which of two a column is drawn by.
fn shared(chart: Node<'_, '_>, dimension: &str) -> Option<NumberFormat> {
    let axes =
        chart.descendants().filter(|it| name(*it) == "axis" && attr(*it, "dimension") == Some(dimension));
    let mut formats = axes.map(|it| format(chart, it));
    let first = formats.next()??;
    formats.all(|it| it.as_ref() == Some(&first)).then_some(first)
}

/// The format of an axis: days and shares are not shown as the numbers they are.
fn format(chart: Node<'_, '_>, axis: Node<'_, '_>) -> Option<NumberFormat> {
    let elements = || chart.descendants().filter(Node::is_element);
    let named = |wanted: &str| elements().find(|it| name(*it) != "axis" && attr(*it, "name") == Some(wanted));
    let style = named(attr(axis, "style-name")?)?;
    let shown = named(attr(style, "data-style-name")?)?;
    let has = |wanted: &str| shown.children().any(|it| name(it) == wanted);
    match name(shown) {
        "date-style" if has("hours") => Some(NumberFormat::new("yyyy-mm-dd hh:mm")),
        "date-style" if has("day") => Some(NumberFormat::new("yyyy-mm-dd")),
        "date-style" if has("month") => Some(NumberFormat::new("yyyy-mm")),
        "date-style" => Some(NumberFormat::new("yyyy")),
        "percentage-style" => {
            let number = shown.children().find(|it| name(*it) == "number");
            let places = number.and_then(|it| attr(it, "decimal-places")?.parse::<usize>().ok()).unwrap_or(0);
            let point = if places == 0 { "" } else { "." };
            Some(NumberFormat::new(&format!("0{point}{}%", "0".repeat(places.min(10)))))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::format::Format;
    use super::super::odf::read_slides;
    use super::super::sink::collect;
    use std::io::{Cursor, Write};

    /// A slide with a chart whose axes have these formats, and perhaps one more axis.
    fn read(days: &str, shares: &str, axis: &str) -> String {
        let cell = |value: &str| {
            format!(
                r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
            )
        };
        let words = |text: &str| {
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        };
        let rows = [
            format!("{}{}", words(""), words("Full berths")),
            format!("{}{}", cell("45352"), cell("0.25")),
            format!("{}{}", cell("45383"), cell("0.5")),
        ];
        let rows: String = rows.iter().map(|it| format!("<table:table-row>{it}</table:table-row>")).collect();
        let chart = format!(
            r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s" xmlns:number="n" xmlns:chart="c">
            <office:automatic-styles>{days}{shares}<style:style style:name="a1" style:data-style-name="N1"/><style:style style:name="a2" style:data-style-name="N2"/></office:automatic-styles>
            <office:body><office:chart><chart:chart><chart:plot-area><chart:axis chart:dimension="x" chart:name="primary-x" chart:style-name="a1"/>
            <chart:axis chart:dimension="y" chart:name="primary-y" chart:style-name="a2"/>{axis}</chart:plot-area><table:table>{rows}</table:table></chart:chart></office:chart></office:body></office:document-content>"#
        );
        let slide = r#"<office:document-content xmlns:office="o" xmlns:draw="d" xmlns:xlink="x"><office:body><office:presentation><draw:page>
            <draw:frame><draw:object xlink:href="./Object 1"/></draw:frame></draw:page></office:presentation></office:body></office:document-content>"#;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let parts =
            [("mimetype", Format::Odp.mime()), ("content.xml", slide), ("Object 1/content.xml", &chart)];
        for (name, content) in parts {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        collect(read_slides, writer.finish().unwrap().into_inner()).unwrap().remove(0).text
    }

    #[test]
    fn days_and_shares_are_shown_as_the_axes_do() {
        let table = |rows: &str| format!("|  | Full berths |\n| --- | --- |\n{rows}");
        let days = r#"<number:date-style style:name="N1"><number:day/><number:month/><number:year/></number:date-style>"#;
        let months = r#"<number:date-style style:name="N1"><number:month number:textual="true"/><number:year/></number:date-style>"#;
        let shares = r#"<number:percentage-style style:name="N2"><number:number number:decimal-places="1"/></number:percentage-style>"#;
        assert_eq!(read(days, shares, ""), table("| 2024-03-01 | 25.0% |\n| 2024-04-01 | 50.0% |"));
        assert_eq!(read(months, "", ""), table("| 2024-03 | 0.25 |\n| 2024-04 | 0.5 |"));
        assert_eq!(read("", "", ""), table("| 45352 | 0.25 |\n| 45383 | 0.5 |"));
        let counts = r#"<chart:axis chart:dimension="y" chart:name="secondary-y"/>"#;
        assert_eq!(read(days, shares, counts), table("| 2024-03-01 | 0.25 |\n| 2024-04-01 | 0.5 |"));
    }
}
