//! Formulas of Office files on one line.

use super::compose::one_line;
use super::formula::{FormulaLine, Last, combining, marked};
use super::mathml::prescripts;
use super::xml::{MAX_DEPTH, at, attr, child, chosen, name};
use roxmltree::Node;

/// Writes a formula down behind what stands before it: fractions with a stroke, exponents and bounds as characters or
/// behind `^` and `_`.
pub(super) fn write(node: Node<'_, '_>, out: &mut String) {
    let mut line = FormulaLine { before: out.chars().last(), ..FormulaLine::default() };
    put(node, &mut line, 0);
    let formula = line.text.trim();
    let goes_on = out.is_empty()
        || out.ends_with(|c: char| c.is_whitespace() || "([{„“‚‘«".contains(c))
        || formula.starts_with(|c: char| "^_°′″".contains(c) || is_script(c));
    if !goes_on {
        out.push(' ');
    }
    out.push_str(formula);
}

/// The digits and signs that stand raised or lowered by themselves.
fn is_script(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{208E}')
}

fn put(node: Node<'_, '_>, line: &mut FormulaLine, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let part = |wanted: &str| child(node, wanted).map(|it| written(it, depth + 1)).unwrap_or_default();
    match name(node) {
        "t" => run(node.text().unwrap_or_default(), line),
        "br" => line.text.push(' '),
        "del" | "moveFrom" => {}
        "f" => fraction(node, &part("num"), &part("den"), line),
        "sSup" => scripted(&part("e"), &[('^', part("sup"))], line),
        "sSub" => scripted(&part("e"), &[('_', part("sub"))], line),
        "sSubSup" => scripted(&part("e"), &[('_', part("sub")), ('^', part("sup"))], line),
        "sPre" => {
            line.value(&prescripts(&part("sub"), &part("sup")));
            line.base(&part("e"));
        }
        "limLow" => limit('_', &part("e"), &part("lim"), line),
        "limUpp" => limit('^', &part("e"), &part("lim"), line),
        "func" => {
            line.token(&part("fName"));
            line.last = if line.last == Last::Value { Last::Name } else { line.last };
            line.value(&part("e"));
        }
        "rad" => line.root(&part("deg"), &part("e")),
        "acc" => {
            let mark = combining(property(node, "chr").unwrap_or("\u{302}"));
            line.value(&mark.map_or_else(|| part("e"), |mark| marked(&part("e"), mark)));
        }
        "bar" if property(node, "pos") == Some("top") => line.value(&marked(&part("e"), '\u{305}')),
        "phant" if matches!(property(node, "show"), Some("0" | "off" | "false")) => {}
        "nary" => {
            line.bounded(property(node, "chr").unwrap_or("∫"));
            line.script('_', &part("sub"));
            line.script('^', &part("sup"));
            line.text.push(' ');
            line.last = Last::Value;
            line.value(&part("e"));
        }
        "d" => line.value(&bracketed(node, depth)),
        "m" if child(node, "mr").is_some() => line.value(&rows(node, "mr", depth)),
        "mr" => line.value(&parts(node, depth).join(", ")),
        "eqArr" => line.value(&rows(node, "e", depth)),
        "AlternateContent" => chosen(node).into_iter().for_each(|it| put(it, line, depth + 1)),
        _ => node.children().filter(Node::is_element).for_each(|it| put(it, line, depth + 1)),
    }
}

/// Text as it is typed; a name is set apart from it.
fn run(text: &str, line: &mut FormulaLine) {
    let last = match text.chars().last() {
        Some(c) if c.is_alphanumeric() || c == ')' => Last::Value,
        Some(_) => Last::Open,
        None => return,
    };
    line.value(text);
    line.last = last;
}

fn fraction(node: Node<'_, '_>, above: &str, under: &str, line: &mut FormulaLine) {
    match property(node, "type") {
        // One above the other, without a stroke between them.
        Some("noBar") => line.value(&format!("{above}; {under}")),
        _ => line.fraction(above, under),
    }
}

fn scripted(base: &str, scripts: &[(char, String)], line: &mut FormulaLine) {
    line.base(base);
    scripts.iter().for_each(|(mark, text)| line.script(*mark, text));
}

fn limit(mark: char, base: &str, bound: &str, line: &mut FormulaLine) {
    line.bounded(base);
    line.script(mark, bound);
}

fn bracketed(node: Node<'_, '_>, depth: usize) -> String {
    let sign = |wanted: &str, usual: &'static str| {
        let own = child(node, "dPr").and_then(|it| child(it, wanted));
        own.map_or(usual, |it| attr(it, "val").unwrap_or_default()).to_owned()
    };
    let (open, close) = (sign("begChr", "("), sign("endChr", ")"));
    let stacked = at(node, &["e", "f"]).filter(|it| property(*it, "type") == Some("noBar"));
    let alone = child(node, "e").is_some_and(|it| it.children().filter(|it| is_part(*it)).count() == 1);
    if let Some(stacked) = stacked.filter(|_| alone && open == "(" && close == ")") {
        let part = |wanted: &str| child(stacked, wanted).map(|it| written(it, depth + 1)).unwrap_or_default();
        return format!("binom({}, {})", part("num"), part("den"));
    }
    // Cases have a bracket on the left only.
    let close = if open == "{" && close.is_empty() { "}".to_owned() } else { close };
    format!("{open}{}{close}", parts(node, depth).join(&sign("sepChr", "|")))
}

fn is_part(node: Node<'_, '_>) -> bool {
    node.is_element() && !matches!(name(node), "argPr" | "ctrlPr")
}

fn parts(node: Node<'_, '_>, depth: usize) -> Vec<String> {
    node.children().filter(|it| name(*it) == "e").map(|it| written(it, depth + 1)).collect()
}

/// Rows below each other; the signs that align them are not seen.
fn rows(node: Node<'_, '_>, wanted: &str, depth: usize) -> String {
    let rows = node.children().filter(|it| name(*it) == wanted).map(|it| written(it, depth + 1));
    let rows = rows.map(|it| one_line(&it.replace('&', " "))).filter(|it| !it.is_empty());
    rows.collect::<Vec<_>>().join("; ")
}

/// What the properties of a part say.
fn property<'a>(node: Node<'a, '_>, wanted: &str) -> Option<&'a str> {
    let properties = node.children().find(|it| it.is_element() && name(*it).ends_with("Pr"))?;
    child(properties, wanted).map(|it| attr(it, "val").unwrap_or_default())
}

fn written(node: Node<'_, '_>, depth: usize) -> String {
    let mut line = FormulaLine::default();
    put(node, &mut line, depth);
    line.text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::xml;
    use super::*;

    fn shown(inside: &str) -> String {
        let text = format!("<m:oMath xmlns:m='m'>{inside}</m:oMath>");
        let document = xml::parse(&text).unwrap();
        let mut out = String::new();
        write(document.root_element(), &mut out);
        out
    }

    fn t(text: &str) -> String {
        format!("<m:r><m:t>{text}</m:t></m:r>")
    }

    fn of(name: &str, parts: &[(&str, &str)]) -> String {
        let parts: String = parts.iter().map(|(name, it)| format!("<m:{name}>{it}</m:{name}>")).collect();
        format!("<m:{name}>{parts}</m:{name}>")
    }

    #[test]
    fn functions_limits_and_scripts_keep_their_meaning() {
        let (a, b, n, x, two) = (t("ab"), t("b"), t("n"), t("x"), t("2"));
        let log = of("sSub", &[("e", &t("log")), ("sub", &two)]);
        let lim = of("limLow", &[("e", &t("lim")), ("lim", &t("x→0"))]);
        for (formula, expected) in [
            (of("func", &[("fName", &t("log")), ("e", &x)]), "log x"),
            (of("func", &[("fName", &log), ("e", &x)]), "log₂ x"),
            (of("func", &[("fName", &lim), ("e", &x)]), "lim_(x→0) x"),
            (of("sSup", &[("e", &x), ("sup", &a)]), "x^(ab)"),
            (of("sSub", &[("e", &x), ("sub", &t("max"))]) + &b, "x_max b"),
            (of("sSup", &[("e", &of("f", &[("num", &n), ("den", &two)])), ("sup", &two)]), "(n/2)²"),
            (of("sSup", &[("e", &t("a+b")), ("sup", &two)]), "(a+b)²"),
            (of("sPre", &[("sub", &t("6")), ("sup", &t("14")), ("e", &t("C"))]), "¹⁴₆C"),
            (t("1") + &of("f", &[("num", &t("1")), ("den", &two)]), "1 1/2"),
            (of("rad", &[("deg", &t("3")), ("e", &t("8"))]), "³√8"),
            (of("rad", &[("deg", ""), ("e", &t("x+1"))]), "√(x+1)"),
        ] {
            assert_eq!(shown(&formula), expected, "{formula}");
        }
    }

    #[test]
    fn what_has_no_stroke_is_no_fraction() {
        let stacked = of("f", &[("fPr", "<m:type m:val='noBar'/>"), ("num", &t("n")), ("den", &t("k"))]);
        assert_eq!(shown(&of("d", &[("e", &stacked)])), "binom(n, k)");
        assert_eq!(shown(&stacked), "n; k");
    }

    #[test]
    fn accents_and_rows_are_kept() {
        let accent = |sign: &str| of("acc", &[("accPr", sign), ("e", &t("x"))]);
        assert_eq!(shown(&accent("")), "x\u{302}");
        assert_eq!(shown(&accent("<m:chr m:val='\u{20D7}'/>")), "x\u{20D7}");
        let bar = of("bar", &[("barPr", "<m:pos m:val='top'/>"), ("e", &t("3"))]);
        assert_eq!(shown(&(t("0.") + &bar)), "0.3\u{305}");
        let row = |a: &str, b: &str| of("mr", &[("e", &t(a)), ("e", &t(b))]);
        let matrix = format!("<m:m>{}{}</m:m>", row("1", "2"), row("3", "4"));
        assert_eq!(shown(&of("d", &[("e", &matrix)])), "(1, 2; 3, 4)");
        let cases = of("eqArr", &[("e", &t("1, &amp;x>0")), ("e", &t("0, &amp;else"))]);
        let brackets = "<m:begChr m:val='{'/><m:endChr m:val=''/>";
        assert_eq!(shown(&of("d", &[("dPr", brackets), ("e", &cases)])), "{1, x>0; 0, else}");
    }
}
