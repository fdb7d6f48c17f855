//! MathML: the formulas of web pages, books and OpenDocument files.

use super::compose::one_line;
use super::formula::{FormulaLine, Last, combining, marked};
use super::page_tree;
use super::xml;
use markup5ever_rcdom::{Handle, NodeData};

/// Formulas within formulas.
const MAX_DEPTH: usize = 50;

/// An element of a formula, from whichever tree.
pub(super) struct Element {
    name: String,
    /// The words in it, outside of its elements.
    text: String,
    /// Of a fraction; without one it is a binomial coefficient.
    has_stroke: bool,
    /// Of a part between brackets.
    brackets: (String, String),
    parts: Vec<Element>,
}

impl Element {
    pub(super) fn of_page(node: &Handle) -> Self {
        Self::of_handle(node, 0)
    }

    fn of_handle(node: &Handle, depth: usize) -> Self {
        let mut element =
            Self::named(page_tree::tag(node).unwrap_or_default(), |name| page_tree::attribute(node, name));
        if depth >= MAX_DEPTH {
            page_tree::text_of(node, &mut element.text);
            return element;
        }
        for child in node.children.borrow().iter() {
            match &child.data {
                NodeData::Text { contents } => element.text.push_str(&contents.borrow()),
                NodeData::Element { .. } => element.parts.push(Self::of_handle(child, depth + 1)),
                _ => {}
            }
        }
        element
    }

    pub(super) fn of_file(node: roxmltree::Node<'_, '_>) -> Self {
        Self::of_node(node, 0)
    }

    fn of_node(node: roxmltree::Node<'_, '_>, depth: usize) -> Self {
        let mut element = Self::named(xml::name(node), |name| xml::attr(node, name).map(str::to_owned));
        if depth >= MAX_DEPTH {
            element.text = node.descendants().filter(|it| it.is_text()).filter_map(|it| it.text()).collect();
            return element;
        }
        for child in node.children() {
            match child.text().filter(|_| child.is_text()) {
                Some(text) => element.text.push_str(text),
                None if child.is_element() => element.parts.push(Self::of_node(child, depth + 1)),
                None => {}
            }
        }
        element
    }

    fn named(name: &str, attribute: impl Fn(&str) -> Option<String>) -> Self {
        let bracket = |name: &str, usual: &str| attribute(name).unwrap_or_else(|| usual.to_owned());
        Self {
            name: name.rsplit(':').next().unwrap_or_default().to_owned(),
            text: String::new(),
            has_stroke: !attribute("linethickness").is_some_and(|it| is_none(&it)),
            brackets: (bracket("open", "("), bracket("close", ")")),
            parts: Vec::new(),
        }
    }

    /// The formula on a line; `before` is what stands before it.
    pub(super) fn shown(&self, before: Option<char>) -> String {
        let mut line = FormulaLine { before, ..FormulaLine::default() };
        self.write(&mut line);
        one_line(&line.text)
    }

    fn write(&self, line: &mut FormulaLine) {
        match self.name.as_str() {
            "mi" => self.words(line, FormulaLine::token),
            "mn" | "ms" => self.words(line, number),
            "mo" => self.words(line, sign),
            "mtext" => self.words(line, words),
            "mspace" => line.text.push(' '),
            "mphantom" | "annotation" | "annotation-xml" | "mprescripts" | "none" => {}
            "semantics" | "maction" => self.part(0).into_iter().for_each(|it| it.write(line)),
            "mfrac" if !self.has_stroke => {
                line.name(&format!("binom({}, {})", self.inside(0), self.inside(1)))
            }
            "mfrac" => line.fraction(&self.inside(0), &self.inside(1)),
            "msqrt" => line.root("", &row(&self.parts)),
            "mroot" => line.root(&self.inside(1), &self.inside(0)),
            "munder" if is_line(&self.inside(1)) => line.value(&self.inside(0)),
            "msub" | "munder" => self.scripted(line, Some(1), None),
            "msup" => self.scripted(line, None, Some(1)),
            "mover" => self.covered(line),
            "msubsup" | "munderover" => self.scripted(line, Some(1), Some(2)),
            "mmultiscripts" => self.scripts_around(line),
            "mfenced" => {
                let parts: Vec<String> = self.parts.iter().map(|it| row(std::slice::from_ref(it))).collect();
                let (open, close) = &self.brackets;
                line.value(&format!("{open}{}{close}", parts.join(", ")));
            }
            "mtable" => line.value(&self.table()),
            _ if self.parts.is_empty() => line.value(&one_line(&self.text)),
            _ => write_row(&self.parts, line),
        }
    }

    fn words(&self, line: &mut FormulaLine, put: impl FnOnce(&mut FormulaLine, &str)) {
        if self.parts.is_empty() {
            put(line, &self.text);
        } else {
            let inside = self.parts.iter().map(Self::all_words).collect::<String>();
            put(line, &format!("{}{inside}", self.text));
        }
    }

    fn all_words(&self) -> String {
        let inside: String = self.parts.iter().map(Self::all_words).collect();
        format!("{}{inside}", self.text)
    }

    fn part(&self, at: usize) -> Option<&Self> {
        self.parts.get(at)
    }

    /// Figures with a line over them, which recur.
    fn has_figures(&self) -> bool {
        self.name == "mover" && self.part(0).is_some_and(|it| it.name == "mn")
    }

    fn inside(&self, at: usize) -> String {
        self.part(at).map(|it| row(std::slice::from_ref(it))).unwrap_or_default()
    }

    fn scripted(&self, line: &mut FormulaLine, lower: Option<usize>, upper: Option<usize>) {
        line.base(&self.inside(0));
        for (mark, at) in [('_', lower), ('^', upper)] {
            if let Some(at) = at {
                line.script(mark, &self.inside(at));
            }
        }
    }

    /// An accent over a letter, a bound over a sum, or a brace over several terms.
    fn covered(&self, line: &mut FormulaLine) {
        let over = self.inside(1);
        match combining(&over) {
            Some(mark) => line.value(&marked(&self.inside(0), mark)),
            None if is_line(&over) => line.value(&self.inside(0)),
            None => self.scripted(line, None, Some(1)),
        }
    }

    /// Scripts behind a letter and before it: ¹⁴₆C.
    fn scripts_around(&self, line: &mut FormulaLine) {
        let middle = self.parts.iter().position(|it| it.name == "mprescripts").unwrap_or(self.parts.len());
        let before = self.parts.get(middle + 1..).unwrap_or_default();
        for pair in before.chunks(2) {
            let script = |at: usize| pair.get(at).map(|it| row(std::slice::from_ref(it))).unwrap_or_default();
            line.value(&prescripts(&script(0), &script(1)));
        }
        line.base(&self.inside(0));
        for pair in self.parts.get(1..middle).unwrap_or_default().chunks(2) {
            for (mark, part) in ['_', '^'].into_iter().zip(pair) {
                line.script(mark, &row(std::slice::from_ref(part)));
            }
        }
    }

    fn table(&self) -> String {
        let rows = self.parts.iter().map(|it| {
            let cells = it.parts.iter().map(|it| row(&it.parts)).filter(|it| !it.is_empty());
            cells.collect::<Vec<_>>().join(", ")
        });
        rows.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// What stands lowered and raised before a letter.
pub(super) fn prescripts(lower: &str, upper: &str) -> String {
    let mut line = FormulaLine { before: Some(')'), ..FormulaLine::default() };
    line.script('^', upper);
    line.script('_', lower);
    line.text
}

fn row(parts: &[Element]) -> String {
    let mut line = FormulaLine::default();
    write_row(parts, &mut line);
    one_line(&line.text)
}

fn write_row(parts: &[Element], line: &mut FormulaLine) {
    for (at, part) in parts.iter().enumerate() {
        if is_decimal_sign(parts, at) {
            line.text.push_str(part.text.trim());
            line.last = Last::Open;
        } else {
            part.write(line);
        }
    }
    if is_open_case(parts) {
        line.value("}");
    }
}

/// Whether a brace stands before cases and none behind them.
fn is_open_case(parts: &[Element]) -> bool {
    let is = |it: &Element, sign: &str| it.name == "mo" && it.text.trim() == sign;
    let opens = parts.windows(2).any(|it| is(&it[0], "{") && it[1].name == "mtable");
    opens && !parts.iter().any(|it| is(it, "}"))
}

/// Whether a comma or a point stands within a number, and not between the members of a list.
fn is_decimal_sign(parts: &[Element], at: usize) -> bool {
    let near = |by: isize| at.checked_add_signed(by).and_then(|it| parts.get(it));
    let is_sign = |it: &Element| it.name == "mo" && matches!(it.text.trim(), "," | ".");
    let is_list = |it: &Element| is_sign(it) || it.name == "mo" && "()[]{};".contains(it.text.trim());
    let between_figures =
        || [-1, 1].into_iter().all(|it| near(it).is_some_and(|it| it.name == "mn" || it.has_figures()));
    is_sign(&parts[at]) && between_figures() && ![-2, 2].into_iter().any(|it| near(it).is_some_and(is_list))
}

fn is_none(thickness: &str) -> bool {
    thickness.trim().trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%') == "0"
}

/// A line or a brace along several terms.
fn is_line(sign: &str) -> bool {
    matches!(sign, "_" | "¯" | "‾" | "\u{332}" | "⏞" | "⏜" | "⎴" | "︷" | "⏟" | "⏝" | "⎵" | "︸")
}

fn number(line: &mut FormulaLine, text: &str) {
    if line.text.ends_with(|c: char| c.is_ascii_digit()) {
        line.text.push(' ');
    }
    line.value(&one_line(text));
}

fn sign(line: &mut FormulaLine, text: &str) {
    match text.trim() {
        // What is not seen: a function applied to its argument, factors side by side.
        "\u{2061}" | "\u{2062}" | "\u{2063}" | "\u{2064}" => {}
        "∘" => line.operator("∘"),
        sign => line.sign(sign),
    }
}

/// Words keep the room around them, and get it where they would run together with letters.
fn words(line: &mut FormulaLine, text: &str) {
    let words = one_line(text);
    let is_word = words.chars().filter(|it| it.is_alphabetic()).count() > 1;
    let starts = text.starts_with('\u{A0}') || text.starts_with(' ');
    if starts || is_word && line.text.ends_with(|c: char| c.is_alphanumeric()) {
        line.text.push(' ');
    }
    line.text.push_str(&words);
    if text.ends_with(['\u{A0}', ' ']) {
        line.text.push(' ');
    }
    line.last = if is_word { Last::Name } else { Last::Value };
}

#[cfg(test)]
mod tests {
    use super::super::browse::compose;
    use super::*;

    const FORMULAS: &[(&str, &str)] = &[
        ("<msup><mn>10</mn><mn>6</mn></msup>", "10⁶"),
        ("<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>", "10⁻³"),
        ("<msubsup><mi>x</mi><mn>2</mn><mn>3</mn></msubsup>", "x₂³"),
        ("<msub><mi>x</mi><mi>max</mi></msub><mi>y</mi>", "x_max y"),
        ("<msup><mi>x</mi><mrow><mi>a</mi><mi>b</mi></mrow></msup>", "x^(ab)"),
        ("<msup><mfrac><mn>1</mn><mn>2</mn></mfrac><mn>3</mn></msup>", "(1/2)³"),
        ("<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>", "(a + b)/2"),
        ("<mn>1</mn><mfrac><mn>1</mn><mn>2</mn></mfrac>", "1 1/2"),
        ("<msqrt><mn>2</mn></msqrt>", "√2"),
        ("<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>", "√(x + 1)"),
        ("<mroot><mn>8</mn><mn>3</mn></mroot>", "³√8"),
        (
            "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><msup><mi>i</mi><mn>2</mn></msup>",
            "∑_(i = 1)^n i²",
        ),
        ("<msubsup><mo>∫</mo><mn>0</mn><mn>1</mn></msubsup><mi>x</mi><mi>d</mi><mi>x</mi>", "∫_0^1 xdx"),
        (
            "<munder><mi>lim</mi><mrow><mi>x</mi><mo>→</mo><mn>0</mn></mrow></munder><mi>f</mi>",
            "lim_(x → 0) f",
        ),
        ("<mi>sin</mi><mo>\u{2061}</mo><mi>x</mi>", "sin x"),
        ("<msub><mi>log</mi><mn>10</mn></msub><mi>y</mi>", "log₁₀ y"),
        ("<mn>3</mn><mo>×</mo><msup><mn>10</mn><mn>5</mn></msup>", "3 × 10⁵"),
        ("<mo>−</mo><mn>5</mn>", "−5"),
        ("<mn>0</mn><mo>.</mo><mover><mn>3</mn><mo>¯</mo></mover>", "0.3\u{305}"),
        ("<mn>0</mn><mo>,</mo><mn>5</mn>", "0,5"),
        ("<mi>x</mi><mo>(</mo><mn>1</mn><mo>,</mo><mn>2</mn><mo>)</mo>", "x(1, 2)"),
        ("<mn>1</mn><mo>,</mo><mn>2</mn><mo>,</mo><mi>n</mi>", "1, 2, n"),
        ("<mn>5</mn><mtext>kg</mtext>", "5 kg"),
        ("<mo>(</mo><mfrac linethickness='0'><mi>n</mi><mi>k</mi></mfrac><mo>)</mo>", "(binom(n, k))"),
        ("<mmultiscripts><mi>C</mi><mprescripts></mprescripts><mn>6</mn><mn>14</mn></mmultiscripts>", "¹⁴₆C"),
        (
            "<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable><mo>)</mo>",
            "(1, 2; 3, 4)",
        ),
        (
            "<mo>{</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mtext>if </mtext><mi>x</mi></mtd></mtr><mtr><mtd><mn>0</mn></mtd></mtr></mtable>",
            "{1, if x; 0}",
        ),
        (
            "<semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow><annotation>E=mc^2</annotation></semantics>",
            "E = mc²",
        ),
    ];

    #[test]
    fn formulas_of_pages_and_files_keep_their_meaning() {
        for (formula, expected) in FORMULAS {
            let page = format!("<p>It is <math>{formula}</math>.</p>");
            assert_eq!(compose(&page).unit().text, format!("It is {expected}."), "{formula}");
            let file = format!("<m:math xmlns='x' xmlns:m='x'>\n {formula}\n</m:math>");
            let file = xml::parse(&file).unwrap();
            assert_eq!(Element::of_file(file.root_element()).shown(None), *expected, "{formula}");
        }
    }

    #[test]
    fn formulas_stand_in_their_sentences() {
        for (page, expected) in [
            ("<p>m<math><msup><mi></mi><mn>2</mn></msup></math> and</p>", "m² and"),
            (
                "<p>x is <span class=katex><span class=katex-mathml><math><mi>x</mi><mo>≥</mo><mn>5</mn></math></span><span class=katex-html aria-hidden=true>x≥5</span></span>.</p>",
                "x is x ≥ 5.",
            ),
            (
                r"<p>It is <img src=a.svg class=mwe-math-fallback-image-inline alt='{\displaystyle 10^{6}}'>l</p>",
                "It is 10⁶ l",
            ),
            (
                r"<p>It is <img class=latex alt='\unknown'> and <img alt='x_1'> <img alt='{\textstyle y_1}'></p>",
                r"It is \unknown and x_1 y₁",
            ),
            ("<p>a</p><math display=block><mi>x</mi></math><p>b</p>", "a\n\nx\n\nb"),
            ("<p><m:math><m:msup><m:mi>x</m:mi><m:mn>2</m:mn></m:msup></m:math></p>", "x²"),
        ] {
            assert_eq!(compose(page).unit().text, expected, "{page}");
        }
        let deep = format!("<math>{}x{}</math>", "<mrow>".repeat(400), "</mrow>".repeat(400));
        assert_eq!(compose(&deep).unit().text, "x", "words that are nested deeply are kept");
    }
}
