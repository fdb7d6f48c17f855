//! Parts of a document that are kept in other files: it only names them, and nothing that is named is opened.

/// As many are named.
const MOST: usize = 8;

/// What to say about the files that a document takes in.
pub(super) fn note(names: &[String]) -> Option<String> {
    let mut unique: Vec<&String> = Vec::new();
    for name in names {
        if !unique.contains(&name) {
            unique.push(name);
        }
    }
    let first = unique.first()?;
    let named: Vec<String> = unique.iter().take(MOST).map(|it| format!("`{}`", it.trim())).collect();
    let more = unique.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let parts = if unique.len() == 1 {
        format!("A part of it is kept in another file, `{}`, and is not read here", first.trim())
    } else {
        format!("Parts of it are kept in other files and are not read here: {}{more}", named.join(", "))
    };
    Some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_once() {
        let names = |names: &[&str]| names.iter().map(|&it| it.to_owned()).collect::<Vec<String>>();
        assert_eq!(note(&[]), None);
        assert_eq!(
            note(&names(&["a", "a"])).unwrap(),
            "A part of it is kept in another file, `a`, and is not read here"
        );
        let many = names(&["a", "b", "c", "d", "e", "f", "g", "h", "i"]);
        assert!(
            note(&many)
                .unwrap()
                .ends_with("not read here: `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 1 more")
        );
    }
}
