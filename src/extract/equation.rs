//! Formulas of Office files on one line.

use super::script;
use super::xml::{MAX_DEPTH, attr, child, name};
use roxmltree::Node;

/// Writes a formula down: fractions with a stroke, exponents and limits as characters or behind `^` and `_`.
pub(super) fn write(node: Node<'_, '_>, out: &mut String, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let part = |wanted: &str| child(node, wanted).map(|it| written(it, depth + 1)).unwrap_or_default();
    match name(node) {
        "t" => out.push_str(node.text().unwrap_or_default()),
        "f" => out.push_str(&format!("{}/{}", grouped(&part("num")), grouped(&part("den")))),
        "sSup" => {
            out.push_str(&part("e"));
            out.push_str(&up(&part("sup"), out));
        }
        "sSub" => {
            out.push_str(&part("e"));
            out.push_str(&down(&part("sub"), out));
        }
        "sSubSup" => {
            out.push_str(&part("e"));
            out.push_str(&down(&part("sub"), out));
            out.push_str(&up(&part("sup"), out));
        }
        "rad" => {
            let degree = part("deg");
            out.push_str(&if degree.is_empty() { "√".to_owned() } else { format!("{degree}√") });
            out.push_str(&format!("({})", part("e")));
        }
        "nary" => {
            let sign = child(node, "naryPr").and_then(|it| child(it, "chr")).and_then(|it| attr(it, "val"));
            out.push_str(sign.unwrap_or("∫"));
            let (from, to) = (part("sub"), part("sup"));
            out.push_str(&if from.is_empty() { String::new() } else { format!("_{}", grouped(&from)) });
            out.push_str(&if to.is_empty() { String::new() } else { format!("^{}", grouped(&to)) });
            out.push_str(&format!(" {}", part("e")));
        }
        "d" => {
            let sign = |wanted: &str, usual: &'static str| {
                let own = child(node, "dPr").and_then(|it| child(it, wanted)).and_then(|it| attr(it, "val"));
                own.unwrap_or(usual).to_owned()
            };
            let parts: Vec<String> =
                node.children().filter(|it| name(*it) == "e").map(|it| written(it, depth + 1)).collect();
            out.push_str(&format!(
                "{}{}{}",
                sign("begChr", "("),
                parts.join(&sign("sepChr", "|")),
                sign("endChr", ")")
            ));
        }
        "mr" => {
            let parts: Vec<String> =
                node.children().filter(|it| name(*it) == "e").map(|it| written(it, depth + 1)).collect();
            out.push_str(&format!("[{}]", parts.join(", ")));
        }
        _ => {
            for part in node.children().filter(Node::is_element) {
                write(part, out, depth + 1);
            }
        }
    }
}

fn written(node: Node<'_, '_>, depth: usize) -> String {
    let mut out = String::new();
    write(node, &mut out, depth);
    out.trim().to_owned()
}

fn grouped(text: &str) -> String {
    if text.chars().count() > 1 && !text.chars().all(char::is_alphanumeric) {
        format!("({text})")
    } else {
        text.to_owned()
    }
}

fn up(text: &str, before: &str) -> String {
    script::raised(text, before.chars().last())
}

fn down(text: &str, before: &str) -> String {
    script::lowered(text, before.chars().last())
}
