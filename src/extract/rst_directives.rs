//! reStructuredText: what directives show of what stands in them. Comments and places are not shown.

use super::compose::one_line;
use super::grid::{Grid, GridCell};
use super::latex_math;
use super::markup;
use super::rst::{Lines, Reader, dedented, field, length};

/// Markup of pages is not deeper.
const MAX_NESTING: u64 = 200;

/// Directives that set up something and show nothing.
const SILENT: &[&str] = &[
    "class",
    "contents",
    "currentmodule",
    "default-domain",
    "default-role",
    "highlight",
    "index",
    "meta",
    "module",
    "py:currentmodule",
    "py:module",
    "role",
    "rst-class",
    "sectionauthor",
    "sectnum",
    "section-numbering",
    "tabularcolumns",
    "target-notes",
    "testcleanup",
    "testsetup",
    "title",
    "toctree",
    "restructuredtext-test-directive",
];

const CODE: &[&str] = &[
    "code",
    "code-block",
    "sourcecode",
    "console",
    "doctest",
    "ipython",
    "jupyter-execute",
    "parsed-literal",
    "productionlist",
    "prompt",
    "testcode",
    "testoutput",
];

/// Options that say something of what a directive is for.
const TELLING: &[&str] = &["choices", "default", "env", "required", "type", "unit", "value"];

/// Reads what begins with `..`.
pub(super) fn read(reader: &mut Reader<'_>, lines: &Lines<'_>) {
    let Some(first) = lines[0].strip_prefix(".. ").map(str::trim_start) else { return };
    if let Some((label, words)) = first.strip_prefix('[').and_then(|it| it.split_once(']')) {
        let inside = dedented(&lines[1..]).join(" ");
        return reader.paragraph(&format!("[{label}] {} {inside}", words.trim()));
    }
    let Some((name, argument)) = directive(first) else { return };
    let (arguments, options, content) = parts(argument, &lines[1..]);
    Directive { name, arguments: &arguments, options: &options, content: &content }.read(reader);
}

/// `name:: argument`; anything else is a comment, a place or a substitution.
fn directive(text: &str) -> Option<(&str, &str)> {
    let (name, argument) = text.split_once("::")?;
    let is_name =
        !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric() || "-_+.:".contains(it));
    (is_name && (argument.is_empty() || argument.starts_with(' '))).then(|| (name, argument.trim()))
}

type Options<'t> = Vec<(&'t str, &'t str)>;

/// The argument, which may go on in the next lines, the options, and the content.
fn parts<'t>(argument: &'t str, lines: &Lines<'t>) -> (Vec<&'t str>, Options<'t>, Vec<&'t str>) {
    let inside = dedented(lines);
    let more = length(&inside, |it| !it.is_empty() && field(it).is_none());
    let is_argument =
        !argument.is_empty() && inside.get(more).is_some_and(|it| it.is_empty() || field(it).is_some());
    let (goes_on, rest) = inside.split_at(if is_argument { more } else { 0 });
    let mut arguments = vec![argument];
    arguments.extend(goes_on);
    let count = length(rest, |it| !it.is_empty() && (field(it).is_some() || it.starts_with(' ')));
    let has_options = rest.first().is_some_and(|it| field(it).is_some());
    let (options, content) = rest.split_at(if has_options { count } else { 0 });
    let options = options.iter().filter_map(|it| field(it)).map(|(name, value)| (name, value.trim()));
    (arguments, options.collect(), content.to_vec())
}

struct Directive<'d, 't> {
    name: &'t str,
    arguments: &'d [&'t str],
    options: &'d Options<'t>,
    content: &'d [&'t str],
}

impl Directive<'_, '_> {
    fn argument(&self) -> String {
        self.arguments.join(" ").trim().to_owned()
    }

    fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(it, _)| *it == name).map(|(_, value)| *value)
    }

    fn read(&self, reader: &mut Reader<'_>) {
        let name = self.name.rsplit(':').next().unwrap_or(self.name);
        match name {
            _ if SILENT.contains(&self.name) => {}
            _ if CODE.contains(&name) => {
                let language = self.arguments[0].split_whitespace().next().unwrap_or_default();
                let language = if language.starts_with(':') { "" } else { language };
                reader.out.code(dedented(self.content).join("\n").trim_matches('\n'), language);
            }
            "note" | "warning" | "tip" | "important" | "caution" | "danger" | "attention" | "hint"
            | "error" | "seealso" => {
                let label = if name == "seealso" { "See also" } else { name };
                let label: String = label
                    .chars()
                    .enumerate()
                    .map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c })
                    .collect();
                self.labelled(reader, &label);
            }
            "versionadded" => self.versioned(reader, "New in version"),
            "versionchanged" => self.versioned(reader, "Changed in version"),
            "deprecated" | "versionremoved" => self.versioned(reader, "Deprecated since version"),
            "only" if !holds(&self.argument()) => {}
            "only" | "ifconfig" | "container" | "compound" | "epigraph" | "highlights" | "pull-quote"
            | "header" | "footer" | "glossary" | "centered" | "hlist" | "line-block" | "tab-set" | "tabs"
            | "grid" => {
                if matches!(name, "header" | "footer" | "centered") {
                    reader.paragraph(&self.argument());
                }
                reader.inner(self.content);
            }
            "include" | "literalinclude" | "mdinclude" => reader.elsewhere.push(self.argument()),
            "raw" => self.raw(reader),
            "math" => self.formulas(reader),
            "image" | "figure" => {
                reader.paragraph(self.option("alt").unwrap_or_default());
                reader.inner(self.content);
            }
            "csv-table" => self.separated(reader),
            "list-table" => self.listed(reader),
            _ => self.shown(reader),
        }
    }

    /// Whatever the directive is for: its words, and what stands in it.
    fn shown(&self, reader: &mut Reader<'_>) {
        for argument in self.arguments.iter().filter(|it| !it.is_empty()) {
            reader.paragraph(argument);
        }
        for (name, value) in
            self.options.iter().filter(|(name, value)| TELLING.contains(name) && !value.is_empty())
        {
            reader.paragraph(&format!("{name}: {value}"));
        }
        reader.inner(self.content);
    }

    fn labelled(&self, reader: &mut Reader<'_>, label: &str) {
        let mut text: Vec<&str> = self.arguments.to_vec();
        let first = length(self.content, |it| !it.is_empty());
        let starts_plain = self.content.first().is_some_and(|it| {
            !it.starts_with([' ', '*', '-', '+', '.', '|', '='])
                && !it.starts_with(|c: char| c.is_ascii_digit())
        });
        let ends_plain = first > 0 && !self.content[first - 1].ends_with("::");
        let taken = if starts_plain && ends_plain { first } else { 0 };
        text.extend(&self.content[..taken]);
        let words = text.join(" ");
        reader.paragraph(format!("{label}: {}", words.trim()).trim_end());
        reader.inner(&self.content[taken..]);
    }

    fn versioned(&self, reader: &mut Reader<'_>, label: &str) {
        let argument = self.argument();
        let (version, words) = argument.split_once(' ').unwrap_or((&argument, ""));
        let inside = self.content.iter().map(|it| it.trim()).collect::<Vec<_>>().join(" ");
        reader.paragraph(one_line(&format!("{label} {version}: {words} {inside}")).trim_end_matches(':'));
    }

    fn raw(&self, reader: &mut Reader<'_>) {
        if let Some(file) = self.option("file").or_else(|| self.option("url")) {
            return reader.elsewhere.push(file.to_owned());
        }
        if self.argument().contains("html")
            && let Ok(page) = markup::page(&self.content.join("\n"), MAX_NESTING)
        {
            reader.out.paragraph(&page.text);
        }
    }

    /// Formulas, one below the other where an empty line lies between.
    fn formulas(&self, reader: &mut Reader<'_>) {
        let mut text = self.arguments.join("\n");
        text.push('\n');
        text.push_str(&self.content.join("\n"));
        for formula in text.split("\n\n").map(str::trim).filter(|it| !it.is_empty()) {
            let shown = latex_math::shown(formula, None, 0).unwrap_or_else(|| format!("$${formula}$$"));
            reader.out.paragraph(&shown);
        }
    }

    fn header_rows(&self) -> usize {
        self.option("header-rows").and_then(|it| it.parse().ok()).unwrap_or(0)
    }

    fn separated(&self, reader: &mut Reader<'_>) {
        reader.paragraph(&self.argument());
        if let Some(file) = self.option("file").or_else(|| self.option("url")) {
            return reader.elsewhere.push(file.to_owned());
        }
        let delimiter = match self.option("delim") {
            Some("tab") => b'\t',
            Some("space") => b' ',
            Some(sign) => sign.bytes().next().unwrap_or(b','),
            None => b',',
        };
        let rows = |text: &str| {
            let mut csv = ::csv::ReaderBuilder::new();
            csv.has_headers(false).flexible(true).trim(::csv::Trim::All).delimiter(delimiter);
            let text = unspaced(text, char::from(delimiter));
            let rows = csv.from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
            rows.map(|row| row.iter().map(str::to_owned).collect::<Vec<String>>()).collect::<Vec<_>>()
        };
        let head = self.option("header").map(rows).unwrap_or_default();
        let headers = head.len() + self.header_rows();
        let rows = head.into_iter().chain(rows(&self.content.join("\n")));
        write(reader, rows.collect(), headers);
    }

    /// A table whose rows are lists.
    fn listed(&self, reader: &mut Reader<'_>) {
        reader.paragraph(&self.argument());
        let mut rows: Vec<Vec<String>> = Vec::new();
        for line in self.content {
            let (cell, begins_row) = match line.strip_prefix("* ").map(str::trim_start) {
                Some(cell) => (cell, true),
                None => (line.trim_start(), false),
            };
            if begins_row {
                rows.push(Vec::new());
            }
            let Some(row) = rows.last_mut() else { continue };
            let indent = line.len() - line.trim_start().len();
            let own = cell
                .strip_prefix("- ")
                .or_else(|| (cell == "-").then_some(""))
                .filter(|_| begins_row || indent < 4);
            match (own, row.last_mut()) {
                (Some(words), _) => row.push(words.to_owned()),
                (None, Some(last)) => last.push_str(&format!(" {cell}")),
                (None, None) => {}
            }
        }
        write(reader, rows, self.header_rows());
    }
}

/// Without the blanks between a delimiter and a quote, which would not be taken for one.
fn unspaced(text: &str, delimiter: char) -> String {
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        if c == '"' {
            let kept = out.trim_end_matches(' ').len();
            if !quoted && out[..kept].ends_with([delimiter, '\n']) {
                out.truncate(kept);
            }
            quoted = !quoted;
        }
        out.push(c);
    }
    out
}

fn write(reader: &mut Reader<'_>, rows: Vec<Vec<String>>, headers: usize) {
    let mut grid = Grid::default();
    for (at, row) in rows.into_iter().enumerate() {
        let cells = row.iter().map(|it| GridCell::new(one_line(&reader.names.shown(it))));
        grid.row(cells.collect(), at < headers);
    }
    let headed = grid.looks_headed();
    reader.out.table(grid, headed);
}

/// Whether a condition of `only` holds where a document is read as a web page: `html and not latex`.
fn holds(condition: &str) -> bool {
    let is_tag = |it: &str| matches!(it.trim(), "html" | "builder_html" | "format_html");
    let term = |it: &str| {
        let it = it.trim().trim_matches(['(', ')']);
        it.strip_prefix("not ").map_or_else(|| is_tag(it), |it| !is_tag(it.trim().trim_matches(['(', ')'])))
    };
    condition.split(" or ").any(|it| it.split(" and ").all(term))
}
