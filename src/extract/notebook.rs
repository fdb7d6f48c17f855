//! Jupyter notebooks: what is written, what is computed, and what came out.

use super::compose::Composer;
use super::error::ExtractError;
use super::format::Format;
use super::json::{self, Json};
use super::sink::{Sink, Source, Unit};
use super::{clean, markdown, markup, text};

pub(super) fn read(source: Source, sink: &mut Sink) -> Result<(), ExtractError> {
    let text = text::characters(&source, Format::Ipynb)?;
    let Some(notebook) = json::parse(&text) else {
        return Err(ExtractError::corrupt("it is not JSON"));
    };
    let language =
        notebook.get("metadata").and_then(|it| it.get("language_info")).and_then(|it| it.get("name"));
    let language = language.and_then(Json::as_text).unwrap_or_default().to_owned();
    let mut written = String::new();
    for cell in cells(&notebook) {
        let part = self::cell(cell, &language, source.budget.max_nesting);
        if !part.trim().is_empty() {
            written.push_str(part.trim_end());
            written.push_str("\n\n");
        }
    }
    sink.flat(Unit::markdown(clean::normalise(&written)))
}

/// Version 3 keeps them in worksheets.
fn cells(notebook: &Json) -> Vec<&Json> {
    let sheets = notebook.get("worksheets").map(Json::items).unwrap_or_default();
    let own = notebook.get("cells").map(Json::items).unwrap_or_default();
    own.iter()
        .chain(sheets.iter().flat_map(|it| it.get("cells").map(Json::items).unwrap_or_default()))
        .collect()
}

fn cell(cell: &Json, language: &str, max_nesting: u64) -> String {
    let source = joined(cell.get("source").or_else(|| cell.get("input")));
    match cell.get("cell_type").and_then(Json::as_text) {
        Some("code") => {
            let mut out = Composer::default();
            out.code(&source, language);
            let mut written = out.unit().text;
            for output in cell.get("outputs").map(Json::items).unwrap_or_default() {
                let text = self::output(output, max_nesting);
                if !text.trim().is_empty() {
                    written.push_str("\n\n");
                    written.push_str(text.trim_end());
                }
            }
            written
        }
        Some("heading") => {
            let level = match cell.get("level") {
                Some(Json::Word(level)) => level.parse().unwrap_or(1),
                _ => 1,
            };
            format!("{} {source}", "#".repeat(usize::clamp(level, 1, 6)))
        }
        _ => markdown::shown(&source),
    }
}

/// The richest form of an output that is text. `text/plain` is often only the name of an object.
fn output(output: &Json, max_nesting: u64) -> String {
    let data = output.get("data").unwrap_or(output);
    let of = |kind: &str| data.get(kind).map(|it| joined(Some(it))).filter(|it| !it.trim().is_empty());
    if let Some(markdown) = of("text/markdown") {
        return markdown::shown(&markdown);
    }
    let page = of("text/html").or_else(|| of("html")).and_then(|it| markup::page(&it, max_nesting).ok());
    if let Some(page) = page.filter(|it| !it.text.is_empty()) {
        return page.text;
    }
    let error = match (output.get("ename"), output.get("evalue")) {
        (Some(name), value) => Some(format!("{}: {}", joined(Some(name)), joined(value))),
        _ => None,
    };
    let text = of("text/latex").or_else(|| of("text/plain")).or_else(|| of("text")).or(error);
    let mut out = Composer::default();
    out.code(&without_colours(&text.unwrap_or_default()), "");
    out.unit().text
}

/// A text, or lines that make one.
fn joined(value: Option<&Json>) -> String {
    match value {
        Some(Json::Text(text)) => text.clone(),
        Some(Json::Array(lines)) => lines.iter().filter_map(Json::as_text).collect(),
        _ => String::new(),
    }
}

/// Without the escape sequences that colour a terminal.
fn without_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        out.push_str(before);
        rest = after.find(|c: char| c.is_ascii_alphabetic()).map_or("", |at| &after[at + 1..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::sink::collect;
    use super::*;

    #[test]
    fn cells_and_outputs_are_read() {
        let notebook = r##"{"metadata": {"language_info": {"name": "python"}}, "nbformat": 4, "cells": [
            {"cell_type": "markdown", "source": ["# Tides\n", "High *water*"]},
            {"cell_type": "code", "source": "# no heading\nprint(7)", "outputs": [
                {"output_type": "stream", "text": ["\u001b[31m7\u001b[0m\n"]},
                {"output_type": "display_data", "data": {"text/plain": "<IPython.core>", "text/markdown": "**Mean** 4.2"}},
                {"output_type": "execute_result", "data": {"text/html": "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"}},
                {"output_type": "error", "ename": "ValueError", "evalue": "no tide", "traceback": []}]}]}"##;
        let pages = collect(read, notebook).unwrap();
        insta::assert_snapshot!(pages[0].text, @r"
        # Tides
        High *water*

        ```python
        # no heading
        print(7)
        ```

        ```
        7
        ```

        **Mean** 4.2

        | a | b |
        | --- | --- |
        | 1 | 2 |

        ```
        ValueError: no tide
        ```
        ");
        assert_eq!(pages[0].headings.len(), 1);
    }

    #[test]
    fn version_three_is_read() {
        let notebook = r#"{"worksheets": [{"cells": [{"cell_type": "heading", "level": 2, "source": "Ebb"},
            {"cell_type": "code", "input": ["x = 1"], "outputs": [{"output_type": "pyout", "text": "1"}]}]}], "nbformat": 3}"#;
        assert_eq!(collect(read, notebook).unwrap()[0].text, "## Ebb\n\n```\nx = 1\n```\n\n```\n1\n```");
    }
}
