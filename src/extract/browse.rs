//! A web page as it is seen: a walk over its tree.

use super::compose::{Composer, one_line};
use super::grid::{Grid, GridCell};
use super::hiding::{self, Look, Rules};
use super::list_count::ListCount;
use super::mathml::Element;
use super::page_tree::{attribute, cells_of, holds_blocks, is_formula, rows_of, span, tag, text_of};
use super::{latex_math, script};
use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Elements without text for people.
const SILENT: &[&str] = &[
    "annotation",
    "annotation-xml",
    "audio",
    "canvas",
    "datalist",
    "head",
    "iframe",
    "noscript",
    "object",
    "rp",
    "script",
    "style",
    "template",
    "video",
];

/// Elements that stand in lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "main",
    "menu",
    "nav",
    "p",
    "search",
    "section",
    "select",
    "summary",
    // Where a page is laid out in a table.
    "td",
    "textarea",
    "th",
    "tr",
];

/// Reads a page whose depth is known to be bounded.
pub(super) fn compose(html: &str) -> Composer {
    let mut options = ParseOpts::default();
    options.tree_builder.scripting_enabled = false;
    let dom = parse_document(RcDom::default(), options).one(html);
    let mut walk = Walk::default();
    walk.rules_in(&dom.document);
    walk.children(&dom.document, Look::default());
    walk.flush();
    walk.out
}

#[derive(Default)]
struct Walk {
    out: Composer,
    rules: Rules,
    /// The line being written.
    line: String,
    /// The marker that the next line gets as an item of a list.
    marker: Option<(usize, String)>,
    lists: Vec<Option<ListCount>>,
    quotes: usize,
    /// Inside a cell a table cannot have lines of its own.
    in_cell: bool,
}

impl Walk {
    fn rules_in(&mut self, node: &Handle) {
        if tag(node) == Some("style") {
            let mut sheet = String::new();
            text_of(node, &mut sheet);
            self.rules.read(&sheet);
        }
        for child in node.children.borrow().iter() {
            self.rules_in(child);
        }
    }

    fn children(&mut self, node: &Handle, look: Look) {
        for child in node.children.borrow().iter() {
            self.node(child, look);
        }
    }

    fn node(&mut self, node: &Handle, look: Look) {
        match &node.data {
            NodeData::Text { contents } => self.words(&contents.borrow(), look),
            NodeData::Element { .. } => self.element(node, look),
            NodeData::Document => self.children(node, look),
            _ => {}
        }
    }

    fn words(&mut self, text: &str, look: Look) {
        if look.white && !look.backed {
            return self.out.hide(text);
        }
        let after_gap = self.line.is_empty() || self.line.ends_with([' ', '\n']);
        let mut words = String::with_capacity(text.len());
        for c in text.chars() {
            if !c.is_ascii_whitespace() {
                words.push(c);
            } else if if words.is_empty() { !after_gap } else { !words.ends_with(' ') } {
                words.push(' ');
            }
        }
        script::push_struck(&mut self.line, &words, look.struck);
    }

    fn element(&mut self, node: &Handle, around: Look) {
        let Some(name) = tag(node) else { return };
        if SILENT.contains(&name) {
            return;
        }
        let class = attribute(node, "class").unwrap_or_default();
        if class.split_whitespace().any(|it| it == "katex-html") {
            // It draws the formula that stands before it once more.
            return;
        }
        let look = self.look(node, name, around);
        if look.hidden {
            let mut text = String::new();
            text_of(node, &mut text);
            return self.out.hide(&text);
        }
        match name {
            "br" => self.line.push('\n'),
            "wbr" => {}
            "svg" => self.picture(node, look),
            "img" | "area" => self.described(node),
            "input" => self.field(node),
            "option" => self.choice(node, look),
            "sup" => self.script(node, 1, look),
            "sub" => self.script(node, -1, look),
            "rt" => self.bracketed(node, look),
            "math" | "m:math" | "mml:math" => self.formula(node, look),
            "table" => self.table(node, look),
            "ul" | "ol" => self.list(node, name, look),
            "li" => self.item(node, look),
            "pre" | "xmp" | "listing" => self.code(node),
            "blockquote" => {
                self.flush();
                self.quotes += 1;
                self.children(node, look);
                self.flush();
                self.quotes -= 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.children(node, look);
                let title = std::mem::take(&mut self.line);
                self.out.heading(name.as_bytes()[1] - b'0', &title);
            }
            _ if BLOCKS.contains(&name) => {
                self.flush();
                self.children(node, look);
                self.flush();
            }
            _ => match look.script {
                Some(script) if script != 0 => self.script(node, script, look),
                _ => self.children(node, look),
            },
        }
    }

    fn look(&self, node: &Handle, name: &str, around: Look) -> Look {
        let class = attribute(node, "class").unwrap_or_default();
        let id = attribute(node, "id").unwrap_or_default();
        let by_rule = self.rules.look(name, &class, &id);
        let own = attribute(node, "style").map(|it| hiding::by_style(&it)).unwrap_or_default();
        let states_colour =
            attribute(node, "style").is_some_and(|it| it.to_ascii_lowercase().contains("color:"));
        let white = attribute(node, "color").is_some_and(|it| hiding::is_white(&it.to_ascii_lowercase()));
        let bgcolor =
            attribute(node, "bgcolor").is_some_and(|it| !hiding::is_white(&it.to_ascii_lowercase()));
        let hidden = attribute(node, "hidden").is_some_and(|it| !it.eq_ignore_ascii_case("until-found"));
        // What opens over the page is not seen before it is asked for.
        let closed =
            name == "dialog" && attribute(node, "open").is_none() || attribute(node, "popover").is_some();
        let background = attribute(node, "background").is_some();
        Look {
            hidden: hidden || closed || own.hidden || by_rule.hidden,
            white: if states_colour { own.white } else { white || by_rule.white || around.white },
            backed: around.backed || own.backed || by_rule.backed || bgcolor || background,
            script: own.script.or(by_rule.script),
            struck: around.struck || own.struck || by_rule.struck || matches!(name, "s" | "del" | "strike"),
        }
    }

    /// Ends the line being written.
    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let lines: Vec<&str> = line.split('\n').map(str::trim).collect();
        let text = lines.join("\n");
        if text.trim().is_empty() {
            return;
        }
        match self.marker.take() {
            Some((depth, marker)) => self.out.item(depth, &marker, &text),
            None if self.quotes > 0 => {
                self.out.paragraph(&format!("> {}", text.trim().replace('\n', "\n> ")))
            }
            None => self.out.paragraph(&text),
        }
    }

    fn described(&mut self, node: &Handle) {
        let Some(alt) = attribute(node, "alt") else { return };
        let formula = is_formula(node).then(|| latex_math::shown(alt.trim().trim_matches('$'), None, 0));
        let alt = formula.flatten().unwrap_or(alt);
        self.words(&format!(" {} ", one_line(&alt)), Look::default());
    }

    /// The words in a picture that is drawn in the page.
    fn picture(&mut self, node: &Handle, look: Look) {
        let mut words = Vec::new();
        self.words_in(node, look, &mut words);
        if !words.is_empty() {
            self.flush();
            self.line = words.join("\n");
            self.flush();
        }
    }

    fn words_in(&self, node: &Handle, around: Look, words: &mut Vec<String>) {
        for child in node.children.borrow().iter() {
            let Some(name) = tag(child) else { continue };
            let look = self.look(child, name, around);
            // What is only told to programs, or used elsewhere.
            let unseen =
                matches!(name, "title" | "desc" | "metadata" | "defs" | "symbol" | "style" | "script");
            if unseen || look.hidden {
                continue;
            }
            if matches!(name, "text" | "foreignObject") {
                let mut text = String::new();
                text_of(child, &mut text);
                words.extend(Some(one_line(&text)).filter(|it| !it.is_empty()));
            } else {
                self.words_in(child, look, words);
            }
        }
    }

    /// What stands in a form is seen, unless it is a field that is not.
    fn field(&mut self, node: &Handle) {
        let kind = attribute(node, "type").unwrap_or_default().to_ascii_lowercase();
        let checked = attribute(node, "checked").is_some();
        match kind.as_str() {
            "checkbox" | "radio" => self.line.push_str(if checked { "[x] " } else { "[ ] " }),
            "" | "text" | "number" | "date" | "email" | "tel" | "url" | "submit" | "button" => {
                let value = attribute(node, "value").unwrap_or_default();
                self.words(&format!(" {value} "), Look::default());
            }
            _ => {}
        }
    }

    /// An entry of a list to choose from: whether it is the chosen one, where the page says so.
    fn choice(&mut self, node: &Handle, look: Look) {
        self.flush();
        if attribute(node, "selected").is_some() {
            self.line.push_str("[x] ");
        }
        let label = attribute(node, "label").filter(|it| !it.trim().is_empty());
        match label {
            Some(label) => self.words(&label, look),
            None => self.children(node, look),
        }
        self.flush();
    }

    /// The text of an element as a line of its own, not yet written down.
    fn inline(&mut self, node: &Handle, look: Look) -> String {
        let before = std::mem::take(&mut self.line);
        self.children(node, look);
        std::mem::replace(&mut self.line, before)
    }

    fn script(&mut self, node: &Handle, script: i8, look: Look) {
        let text = self.inline(node, Look { struck: false, ..look });
        let after = self.line.trim_end_matches('~').chars().last();
        let text = if script > 0 { script::raised(&text, after) } else { script::lowered(&text, after) };
        script::push_struck(&mut self.line, &text, look.struck);
    }

    fn bracketed(&mut self, node: &Handle, look: Look) {
        let text = self.inline(node, look);
        if !text.trim().is_empty() {
            self.line.push_str(&format!("({})", text.trim()));
        }
    }

    fn formula(&mut self, node: &Handle, look: Look) {
        let is_block = attribute(node, "display").is_some_and(|it| it == "block");
        if is_block {
            self.flush();
        }
        let text = Element::of_page(node).shown(self.line.chars().last());
        if look.white && !look.backed {
            self.out.hide(&text);
        } else {
            script::push_struck(&mut self.line, &text, look.struck);
        }
        if is_block {
            self.flush();
        }
    }

    fn list(&mut self, node: &Handle, name: &str, look: Look) {
        self.flush();
        self.lists.push((name == "ol").then(|| ListCount::of(node)));
        self.children(node, look);
        self.flush();
        self.lists.pop();
    }

    fn item(&mut self, node: &Handle, look: Look) {
        self.flush();
        let depth = self.lists.len().saturating_sub(1);
        let marker = match self.lists.last_mut() {
            Some(Some(count)) => format!("{}.", count.number(node)),
            _ => "-".to_owned(),
        };
        self.marker = Some((depth, marker));
        self.children(node, look);
        self.flush();
        self.marker = None;
    }

    fn code(&mut self, node: &Handle) {
        self.flush();
        let mut code = String::new();
        text_of(node, &mut code);
        self.out.code(code.trim_matches('\n'), "");
    }

    fn table(&mut self, node: &Handle, look: Look) {
        self.flush();
        let mut rows = Vec::new();
        rows_of(node, false, &mut rows);
        let widest = rows.iter().map(|(row, _)| cells_of(row).len()).max().unwrap_or(0);
        let presented = attribute(node, "role").is_some_and(|it| it == "presentation" || it == "none");
        let headed = || {
            rows.iter().any(|(row, in_head)| *in_head || cells_of(row).iter().any(|it| tag(it) == Some("th")))
        };
        let is_page = |row: &Handle| holds_blocks(row, if headed() { &[] } else { &["table"] });
        if widest < 2 || (presented && widest < 3) || rows.iter().any(|(row, _)| is_page(row)) {
            // Not a table of values but a page laid out in one.
            self.children(node, look);
            return self.flush();
        }
        let caption = node.children.borrow().iter().find(|it| tag(it) == Some("caption")).cloned();
        let mut grid = Grid::with_caption(caption.map(|it| self.cell(&it, look)));
        for (row, in_head) in rows {
            let look = self.look(&row, "tr", look);
            let cells = cells_of(&row);
            if look.hidden {
                let mut text = String::new();
                text_of(&row, &mut text);
                self.out.hide(&text);
                continue;
            }
            let header = in_head || (!cells.is_empty() && cells.iter().all(|it| tag(it) == Some("th")));
            let cells = cells.iter().map(|cell| GridCell {
                text: self.cell(cell, look),
                columns: span(cell, "colspan"),
                rows: span(cell, "rowspan"),
            });
            let cells = cells.collect();
            grid.row(cells, header);
        }
        if self.in_cell {
            let lines: Vec<String> = grid.into_rows().iter().map(|row| row.join(", ")).collect();
            return self.out.paragraph(&lines.join("; "));
        }
        let headed = grid.looks_headed();
        self.out.table(grid, headed);
    }

    fn cell(&mut self, node: &Handle, look: Look) -> String {
        let look = self.look(node, tag(node).unwrap_or_default(), look);
        let rules = std::mem::take(&mut self.rules);
        let mut inside = Self { rules, in_cell: true, ..Self::default() };
        if look.hidden {
            let mut text = String::new();
            text_of(node, &mut text);
            self.out.hide(&text);
        } else {
            inside.children(node, look);
            inside.flush();
        }
        self.rules = std::mem::take(&mut inside.rules);
        self.out.hide_as(&inside.out);
        one_line(inside.out.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(html: &str) -> String {
        compose(html).unit().text
    }

    #[test]
    fn what_a_style_raises_stays_raised() {
        for (html, expected) in [
            (r#"10<span style="font-size:60%; vertical-align: super">6</span> litres"#, "10⁶ litres"),
            (r#"<style>.low{vertical-align:sub}</style>H<i class="low">2</i>O"#, "H₂O"),
            (r#"9 m<a href="x" style="vertical-align:0.4em">2</a>"#, "9 m²"),
            (r#"x<span style="vertical-align:-30%">1</span>"#, "x₁"),
            (r#"<b style="vertical-align:middle">7</b><b style="vertical-align:-0.1em">8</b>"#, "78"),
            (
                r#"<table><tr><td>Gas<td>kg<tr><td style="vertical-align:super">CO<b style="vertical-align:sub">2</b><td>5</table>"#,
                "| Gas | kg |\n| --- | --- |\n| CO₂ | 5 |",
            ),
        ] {
            assert_eq!(read(html).trim(), expected, "{html}");
        }
    }

    #[test]
    fn tables_in_tables_are_read() {
        let inner = "<table><tr><td>Boom<td>3 m</tr><tr><td>Gaff<td>2 m</tr></table>";
        assert_eq!(
            read(&format!("<table><tr><th>Boat<th>Parts</tr><tr><td>Terna<td>{inner}</tr></table>")),
            "| Boat | Parts |\n| --- | --- |\n| Terna | Boom, 3 m; Gaff, 2 m |"
        );
        assert_eq!(
            read(&format!("<table><tr><td>Home<td>Boats</tr><tr><td colspan=2>{inner}</tr></table>")),
            "Home\n\nBoats\n\n|  |  |\n| --- | --- |\n| Boom | 3 m |\n| Gaff | 2 m |",
            "a page laid out in a table"
        );
    }

    #[test]
    fn words_of_drawn_pictures_are_read() {
        let html = r#"<p>Catch by boat</p><svg><title>chart</title><defs><text>x</text></defs><g><text>Terna <tspan>812</tspan></text>
            <text style="display:none">y</text><foreignObject><div>Alke</div></foreignObject></g></svg><p>See <svg><path d=""/></svg>below.</p>"#;
        assert_eq!(read(html), "Catch by boat\n\nTerna 812\nAlke\n\nSee below.");
    }

    #[test]
    fn what_is_not_shown_is_not_read() {
        let html = r#"<style>.gone { display: none }</style><p>seen</p><p hidden>a</p><div style="display:none">b<p>c</p></div>
            <p class="gone">d</p><p style="color:#FFF">e</p><p style="color:white;background:navy">f</p><!-- g -->
            <table><tr><th>x</th><th>y</th></tr><tr hidden><td>h</td><td>i</td></tr><tr><td>1</td><td>2</td></tr></table>"#;
        assert_eq!(read(html), "seen\n\nf\n\n| x | y |\n| --- | --- |\n| 1 | 2 |");
        let much = format!("<p>seen</p><p hidden>{}</p>", "word ".repeat(50));
        let warning = compose(&much).unit().warning;
        assert_eq!(warning.as_deref(), Some("200 characters that the file does not show are left out"));
    }

    #[test]
    fn what_is_closed_is_not_read_and_what_is_folded_is() {
        let html = "<p>seen</p><dialog><p>a</p></dialog><dialog open>b</dialog><div popover>c</div><template>d</template>\
            <details><summary>More</summary>e</details><noscript>f</noscript>";
        assert_eq!(read(html), "seen\n\nb\n\nMore\n\ne");
    }

    #[test]
    fn what_is_struck_out_is_marked() {
        for (html, expected) in [
            ("<p><s>950 EUR</s> 800 EUR</p>", "~~950 EUR~~ 800 EUR"),
            ("<p>was <del>9<b>50</b> </del>800</p>", "was ~~950~~ 800"),
            ("<del><p>one day</p><p>two days</p></del>", "~~one day~~\n\n~~two days~~"),
            ("<style>.old{text-decoration:line-through}</style><b class=old>950</b>", "~~950~~"),
            (r#"<span style="text-decoration: line-through red">10<sup>6</sup> l</span>"#, "~~10⁶ l~~"),
            (
                "<table><tr><th>Berth<th>Fee<tr><td>A<td><strike>950</strike> 800</table>",
                "| Berth | Fee |\n| --- | --- |\n| A | ~~950~~ 800 |",
            ),
        ] {
            assert_eq!(read(html).trim(), expected, "{html}");
        }
    }

    #[test]
    fn the_chosen_entry_is_marked() {
        let html = "<select><option>Summer</option><option selected>Winter</option></select><input type=checkbox checked> shore power";
        assert_eq!(read(html), "Summer\n\n[x] Winter\n\n[x] shore power");
    }

    #[test]
    fn raised_and_lowered_text_keeps_its_meaning() {
        assert_eq!(
            read("<p>10<sup>6</sup> litres of H<sub>2</sub>O, e<sup>x</sup>, the 4<sup>th</sup></p>"),
            "10⁶ litres of H₂O, e^x, the 4th"
        );
        assert_eq!(
            read("<p><ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>です</p>"),
            "東京(とうきょう)です"
        );
        assert_eq!(read("<p><math><msup><mi>x</mi><mn>2</mn></msup></math></p>"), "x²");
    }

    #[test]
    fn spans_stand_where_they_reach() {
        let html = "<table><tr><th>Site</th><th colspan=2>Pairs</th></tr><tr><td rowspan=2>North</td><td>1</td><td>2</td></tr>\
            <tr><td>3</td><td>4</td></tr></table>";
        assert_eq!(
            read(html),
            "| Site | Pairs | Pairs |\n| --- | --- | --- |\n| North | 1 | 2 |\n| North | 3 | 4 |"
        );
    }

    #[test]
    fn lists_and_quotes_keep_their_form() {
        let html = "<ul><li>one<ol start=3><li>three<li>four</ol><li><p>two</p></ul><blockquote>said<br>twice</blockquote>";
        assert_eq!(read(html), "- one\n  3. three\n  4. four\n- two\n\n> said\n> twice");
    }
}
