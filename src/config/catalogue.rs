//! The settings as the commented defaults file lists them: what `docent config` prints, and which environment
//! variable overrides which key.

use toml::{Table, Value};

/// The file that holds every setting, its meaning and its default.
pub const DEFAULTS: &str = include_str!("defaults.toml");

/// One line of the defaults file, with the comment above it.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    pub section: String,
    pub key: String,
    /// The environment variable.
    pub variable: String,
    pub meaning: String,
    pub default: Value,
}

/// All settings, in the order of the file.
pub fn settings() -> Vec<Setting> {
    let (mut found, mut section, mut comment) = (Vec::new(), String::new(), String::new());
    for line in DEFAULTS.lines() {
        if let Some(text) = line.strip_prefix('#') {
            comment.push_str(text);
        } else if let Some(name) = line.strip_prefix('[') {
            name.trim_end_matches(']').clone_into(&mut section);
            comment.clear();
        } else if let Ok(parsed) = line.parse::<Table>() {
            for (key, default) in parsed {
                let (meaning, variable) = split(&comment);
                found.push(Setting { section: section.clone(), key, variable, meaning, default });
            }
            comment.clear();
        }
    }
    found
}

/// ` Meaning. [VARIABLE]` in its two parts.
fn split(comment: &str) -> (String, String) {
    let (meaning, variable) = comment.rsplit_once('[').unwrap_or((comment, ""));
    (meaning.trim().to_owned(), variable.trim_end_matches(']').trim().to_owned())
}

/// `text` as a value of the same type as `like`.
pub fn value_like(like: &Value, text: &str) -> Option<Value> {
    match like {
        Value::Integer(_) => text.trim().parse().ok().map(Value::Integer),
        Value::Float(_) => text.trim().parse().ok().map(Value::Float),
        Value::Boolean(_) => text.trim().parse().ok().map(Value::Boolean),
        _ => Some(Value::String(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_setting_has_a_meaning_and_a_variable_of_its_own() {
        let settings = settings();
        let parsed: Table = DEFAULTS.parse().unwrap();
        let keys: usize = parsed.values().map(|section| section.as_table().unwrap().len()).sum();
        assert_eq!(settings.len(), keys);
        let variables: BTreeSet<_> = settings.iter().map(|setting| &setting.variable).collect();
        assert_eq!(variables.len(), keys, "each variable once");
        for setting in &settings {
            assert!(setting.meaning.ends_with('.'), "{setting:?}");
            assert!(
                setting.variable.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())
            );
        }
    }
}
