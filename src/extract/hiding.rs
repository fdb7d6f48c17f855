//! What a web page does not show, or shows raised: by attribute, by style, or by a rule of its own style sheet.

use std::collections::{HashMap, HashSet};

/// How an element is set, as far as it decides whether it can be seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub hidden: bool,
    pub white: bool,
    /// Whether something other than white may lie behind it.
    pub backed: bool,
    /// Whether it says that it stands raised (1), lowered (-1) or on the line (0).
    pub script: Option<i8>,
    /// Whether a line goes through it, which those within it cannot take away.
    pub struck: bool,
}

/// The simple rules of a page's style sheets that hide or raise something. Rules for media and states are left alone, for what
/// they hide is shown elsewhere.
#[derive(Debug, Default)]
pub(super) struct Rules {
    hidden: HashSet<String>,
    white: HashSet<String>,
    backed: HashSet<String>,
    struck: HashSet<String>,
    scripts: HashMap<String, i8>,
}

impl Rules {
    pub(super) fn read(&mut self, sheet: &str) {
        let sheet = without_comments(sheet);
        let mut depth = 0usize;
        let mut start = 0;
        let mut selector = "";
        for (at, c) in sheet.char_indices() {
            match c {
                '{' => {
                    if depth == 0 {
                        selector = sheet[start..at].trim();
                    }
                    depth += 1;
                    if depth == 1 {
                        start = at + 1;
                    }
                }
                '}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        if !selector.starts_with('@') {
                            self.rule(selector, &sheet[start..at]);
                        }
                        start = at + 1;
                    }
                }
                ';' if depth == 0 => start = at + 1,
                _ => {}
            }
        }
    }

    fn rule(&mut self, selectors: &str, declarations: &str) {
        let look = by_style(declarations);
        for selector in selectors.split(',').map(str::trim) {
            let simple = !selector.is_empty()
                && selector.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '#' | '-' | '_'))
                && selector.matches(['.', '#']).count() <= 1;
            if !simple {
                continue;
            }
            let selector = selector.to_owned();
            // A later rule shows again what an earlier one hides.
            let shown = declarations.contains("display") || declarations.contains("visibility");
            if look.hidden {
                self.hidden.insert(selector.clone());
            } else if shown {
                self.hidden.remove(&selector);
            }
            if look.white {
                self.white.insert(selector.clone());
            }
            if look.struck {
                self.struck.insert(selector.clone());
            }
            if let Some(script) = look.script {
                self.scripts.insert(selector.clone(), script);
            }
            if look.backed {
                self.backed.insert(selector);
            }
        }
    }

    pub(super) fn look(&self, tag: &str, class: &str, id: &str) -> Look {
        let mut names = vec![tag.to_owned(), format!("#{id}"), format!("{tag}#{id}")];
        for class in class.split_whitespace().take(50) {
            names.push(format!(".{class}"));
            names.push(format!("{tag}.{class}"));
        }
        let any = |set: &HashSet<String>| !set.is_empty() && names.iter().any(|it| set.contains(it));
        // Names come after the tag and say more than it does.
        let script = names.iter().rev().find_map(|it| self.scripts.get(it)).copied();
        Look {
            hidden: any(&self.hidden),
            white: any(&self.white),
            backed: any(&self.backed),
            struck: any(&self.struck),
            script,
        }
    }
}

/// What declarations say.
pub(super) fn by_style(declarations: &str) -> Look {
    let mut look = Look::default();
    for declaration in declarations.split(';') {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        let value: String = value.to_ascii_lowercase().replace("!important", "").split_whitespace().collect();
        match name.as_str() {
            "display" => look.hidden |= value == "none",
            "visibility" => look.hidden |= value == "hidden" || value == "collapse",
            "opacity" | "font-size" => look.hidden |= is_zero(&value),
            "left" | "top" | "text-indent" | "margin-left" => look.hidden |= is_far_off(&value),
            "clip" => {
                look.hidden |=
                    matches!(value.as_str(), "rect(0,0,0,0)" | "rect(0000)" | "rect(0px,0px,0px,0px)")
            }
            "vertical-align" => look.script = Some(script_of(&value)),
            "text-decoration" | "text-decoration-line" => look.struck = value.contains("line-through"),
            "mso-hide" => look.hidden |= value == "all",
            "color" => look.white = is_white(&value),
            "background" | "background-color" | "background-image" => {
                look.backed |= !is_white(&value)
                    && !matches!(value.as_str(), "none" | "transparent" | "inherit" | "initial");
            }
            _ => {}
        }
    }
    look
}

fn is_zero(value: &str) -> bool {
    value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%').parse() == Ok(0.0)
}

/// Which way text is moved off its line. Less than a fifth of its size is for looks.
fn script_of(value: &str) -> i8 {
    let ems = value.strip_suffix("em").and_then(|it| it.parse::<f64>().ok());
    let percent = value.strip_suffix('%').and_then(|it| it.parse::<f64>().ok());
    match (value, ems.or(percent.map(|it| it / 100.0))) {
        ("super", _) => 1,
        ("sub", _) => -1,
        (_, Some(0.2..)) => 1,
        (_, Some(..=-0.2)) => -1,
        _ => 0,
    }
}

fn is_far_off(value: &str) -> bool {
    value.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse::<f64>().is_ok_and(|it| it <= -999.0)
}

pub(super) fn is_white(value: &str) -> bool {
    matches!(
        value,
        "white" | "#fff" | "#ffffff" | "rgb(255,255,255)" | "rgba(255,255,255,1)" | "#ffff" | "#ffffffff"
    )
}

fn without_comments(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_rules_hide_and_others_do_not() {
        let mut rules = Rules::default();
        rules.read(
            "/* .c {display:none} */ .a, p.b { display: none !important } @media print { .d { display: none } }
             .e:hover { display:none } .f { color: #FFF } .g { background: navy } .h{display:none} .h{display:block}",
        );
        let hidden = |class: &str| rules.look("p", class, "").hidden;
        assert!(hidden("a") && hidden("x b"));
        assert!(!hidden("c") && !hidden("d") && !hidden("e") && !hidden("h"));
        assert!(rules.look("p", "f", "").white && rules.look("p", "g", "").backed);
    }

    #[test]
    fn styles_hide() {
        for style in [
            "display:none",
            "visibility : hidden",
            "font-size:0",
            "position:absolute; left:-9999px",
            "opacity: 0.0",
        ] {
            assert!(by_style(style).hidden, "{style}");
        }
        for style in ["display:block", "opacity:0.5", "left:-3px", "font-size:10px"] {
            assert!(!by_style(style).hidden, "{style}");
        }
    }
}
