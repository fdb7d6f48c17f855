//! How things of the server read for people.

use serde_json::Value;

/// `kestrel.pdf, page 3`
pub(super) fn place(source: &Value) -> String {
    let metadata = &source["metadata"];
    let mut text = printable(metadata["filename"].as_str().unwrap_or("?"));
    if let Some(page) = metadata["page"].as_i64() {
        text.push_str(&format!(", page {page}"));
    }
    if let Some(heading) = metadata["heading"].as_str() {
        text.push_str(&format!(", {}", printable(heading)));
    }
    text
}

/// Text of others on a terminal: nothing in it may steer that.
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// The beginning of a text, on one line.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = printable(&line);
    if line.chars().count() <= most {
        return line;
    }
    format!("{}…", line.chars().take(most.saturating_sub(1)).collect::<String>())
}

/// `; did you mean `X`?`, or nothing if no name is near.
pub(super) fn suggestion<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    const NEAR: f64 = 0.75;
    let wanted = wanted.to_lowercase();
    let likeness = |name: &str| strsim::jaro_winkler(&wanted, &name.to_lowercase());
    let scored = known.into_iter().map(|name| (likeness(name), name));
    match scored.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((score, name)) if score >= NEAR => format!("; did you mean `{}`?", printable(name)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_as_exact_as_the_format_allows() {
        let source = |metadata| place(&json!({"metadata": metadata}));
        assert_eq!(source(json!({"filename": "a.pdf", "page": 3})), "a.pdf, page 3");
        assert_eq!(source(json!({"filename": "a.md", "page": null, "heading": "Diet"})), "a.md, Diet");
    }

    #[test]
    fn what_is_near_is_suggested() {
        assert_eq!(suggestion("Brids", ["Birds", "Plants"]), "; did you mean `Birds`?");
        assert_eq!(suggestion("zebra", ["Birds", "Plants"]), "");
        assert_eq!(suggestion("x", []), "");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(printable("a\u{1b}[31mb\nc"), "a[31mb\nc");
        assert_eq!(shortened("a  long\nline of words", 8), "a long …");
    }
}
