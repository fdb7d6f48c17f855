//! The older way of Word to write what no line of text can show: the field EQ. Readings over words, fractions and roots of
//! documents from before 2007 are kept in it.

use super::formula::FormulaLine;
use super::latex_units as units;
use super::script;

/// Equations within equations.
const MAX_DEPTH: usize = 20;

/// What an equation shows, on one line.
pub(super) fn shown(equation: &str) -> Option<String> {
    let text = written(equation, 0);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn written(equation: &str, depth: usize) -> String {
    let mut out = String::new();
    let mut rest = equation;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(next) = rest.chars().next() else { break };
        if next == '*' {
            rest = behind_switch(&rest[1..]);
        } else if next.is_ascii_alphabetic() {
            let (options, arguments, after) = element(rest);
            rest = after;
            if depth < MAX_DEPTH {
                put(&options, &arguments, depth + 1, &mut out);
            }
        } else {
            out.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    out
}

/// What stands behind a switch for the looks of a field and its value.
fn behind_switch(rest: &str) -> &str {
    let rest = rest.trim_start();
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').map_or("", |(_, rest)| rest),
        None => rest.find([' ', '\\']).map_or("", |at| &rest[at..]),
    }
}

/// An element that begins with its letter: its options with itself as the first, what stands in its brackets, and what follows.
fn element(text: &str) -> (Vec<String>, Vec<String>, &str) {
    let mut options = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != ' ').unwrap_or(rest.len());
        let mut option = rest[..end].trim().to_ascii_lowercase();
        rest = &rest[end..];
        let Some(more) = rest.strip_prefix('\\') else {
            options.push(option);
            break;
        };
        // The sign of a bracket or a sum is told by its character.
        match more.chars().next() {
            Some(sign) if !sign.is_ascii_alphabetic() => {
                option.push(sign);
                rest = more[sign.len_utf8()..].trim_start();
                options.push(option);
                let Some(next) = rest.strip_prefix('\\') else { break };
                rest = next;
            }
            _ => {
                options.push(option);
                rest = more;
            }
        }
    }
    match rest.strip_prefix('(') {
        Some(inside) => {
            let (arguments, after) = arguments(inside);
            (options, arguments, after)
        }
        None => (options, Vec::new(), rest),
    }
}

/// What stands in brackets, part by part. Where semicolons part it, commas belong to numbers.
fn arguments(inside: &str) -> (Vec<String>, &str) {
    let (mut parts, mut signs, mut part) = (Vec::new(), Vec::new(), String::new());
    let (mut open, mut escaped) = (0usize, false);
    let mut end = inside.len();
    for (at, c) in inside.char_indices() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            '(' => open += 1,
            ')' if open == 0 => {
                end = at;
                break;
            }
            ')' => open -= 1,
            ',' | ';' if open == 0 => {
                signs.push(c);
                parts.push(std::mem::take(&mut part));
                continue;
            }
            _ => {}
        }
        part.push(c);
    }
    parts.push(part);
    let after = inside.get(end + 1..).unwrap_or_default();
    if !signs.contains(&';') {
        return (parts, after);
    }
    let mut parts = parts.into_iter();
    let mut joined: Vec<String> = parts.next().into_iter().collect();
    for (sign, part) in signs.into_iter().zip(parts) {
        match joined.last_mut().filter(|_| sign == ',') {
            Some(last) => last.push_str(&format!(",{part}")),
            None => joined.push(part),
        }
    }
    (joined, after)
}

fn put(options: &[String], arguments: &[String], depth: usize, out: &mut String) {
    let values: Vec<String> = arguments.iter().map(|it| written(it, depth)).collect();
    let value = |at: usize| values.get(at).map_or("", |it| it.trim());
    let last = out.chars().last();
    match options.first().map(String::as_str).unwrap_or_default() {
        "f" => out.push_str(&units::fraction(value(0), value(1))),
        "r" => {
            let (degree, part) = if values.len() > 1 { (value(0), value(1)) } else { ("", value(0)) };
            let mut line = FormulaLine::default();
            line.root(degree, part);
            out.push_str(&line.text);
        }
        "s" => {
            let is_low = options.iter().any(|it| it.starts_with("do"));
            let text = values.concat();
            out.push_str(&if is_low { script::lowered(&text, last) } else { script::raised(&text, last) });
        }
        "o" => overstruck(arguments, &values, depth, out),
        "b" => {
            let sign = |which: &str, usual: &str| {
                let own = options.iter().find_map(|it| it.strip_prefix(which)).map(str::to_owned);
                own.unwrap_or_else(|| usual.to_owned())
            };
            let both = options.iter().find_map(|it| it.strip_prefix("bc")).and_then(|it| it.chars().next());
            let one_sided = options.iter().any(|it| it.starts_with("lc") || it.starts_with("rc"));
            let (left, right) = match both {
                Some(both) => (both.to_string(), closing(both).to_string()),
                None if one_sided => (sign("lc", ""), sign("rc", "")),
                None => ("(".to_owned(), ")".to_owned()),
            };
            out.push_str(&format!("{left}{}{right}", values.concat()));
        }
        "i" => {
            let sign = match options {
                _ if options.iter().any(|it| it == "su") => '∑',
                _ if options.iter().any(|it| it == "pr") => '∏',
                _ => '∫',
            };
            out.push(sign);
            out.push_str(&script::lowered(value(0), Some(sign)));
            out.push_str(&script::raised(value(1), Some(sign)));
            out.push_str(&format!(" {}", value(2)));
        }
        "a" | "l" => {
            out.push_str(&values.iter().map(|it| it.trim()).collect::<Vec<_>>().join(", "));
        }
        _ => out.push_str(&values.concat()),
    }
}

/// Characters over each other; where one of two stands above the other it is how that is read.
fn overstruck(arguments: &[String], values: &[String], depth: usize, out: &mut String) {
    let above = |it: &String| {
        it.trim_start().strip_prefix("\\s").is_some_and(|it| it.trim_start().starts_with("\\up"))
    };
    let reading = arguments.iter().position(above).filter(|_| arguments.len() == 2);
    let Some(at) = reading else { return out.push_str(&values.concat()) };
    let (_, inside, _) = element(arguments[at].trim_start().trim_start_matches('\\'));
    let reading = inside.iter().map(|it| written(it, depth)).collect::<String>();
    out.push_str(values[1 - at].trim());
    if !reading.trim().is_empty() {
        out.push_str(&format!("({})", reading.trim()));
    }
}

const fn closing(open: char) -> char {
    match open {
        '(' => ')',
        '[' => ']',
        '{' => '}',
        '<' => '>',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_written_on_one_line() {
        for (equation, expected) in [
            (r"\f(1;2)", "1/2"),
            (r"\F(a + b,2)", "(a + b)/2"),
            (r"\f(1,5;2)", "1,5/2"),
            (r"\r(3;x)", "³√x"),
            (r"\r(,2)", "√2"),
            (r#"\* jc2 \* "Font:Gothic" \* hps11 \o\ad(\s\up 10(みなと),港)"#, "港(みなと)"),
            (r"\o(\s\up 9(mi),港\,)", "港,(mi)"),
            (r"\o(x,¯)", "x¯"),
            (r"x\s\up8(2) and m\s\do 4(0)", "x² and m₀"),
            (r"\b\bc\[(5,6)", "[56]"),
            (r"\b \lc\{ (\a\al(x = 1;y = 2))", "{x = 1, y = 2"),
            (r"\i\su(1,5,3)", "∑₁⁵ 3"),
            (r"\x(boxed (twice))", "boxed (twice)"),
            (r"\f(1", "1/"),
        ] {
            assert_eq!(shown(equation).as_deref(), Some(expected), "{equation}");
        }
        assert_eq!(shown(r"\x()"), None);
    }
}
