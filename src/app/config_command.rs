//! `docent config`: every setting, its meaning, its default, and where another value is in force.

use std::fmt::Write as _;

use crate::config::{self, ConfigError, Merged, Setting, Sources};

/// Every setting with its meaning and the value in force, from the file or the environment; secrets stay hidden.
pub fn print(sources: &Sources, changed_only: bool) -> Result<String, ConfigError> {
    // Loading finds mistakes before anything is printed.
    config::Config::load(sources)?;
    let merged = Merged::load(sources)?;
    let mut out = String::new();
    let mut section = "";
    for setting in config::settings() {
        let value = merged.value(&setting);
        let changed = *value != setting.default;
        if changed_only && !changed {
            continue;
        }
        if section != setting.section {
            section = setting.section;
            let _ = writeln!(out, "[{section}]");
        }
        let _ = writeln!(out, "# {} [{}]", setting.meaning, setting.variable);
        let shown = (setting.shown)(value);
        let _ = match changed {
            true => writeln!(out, "{} = {shown}  # default {}", setting.key, setting.default),
            false => writeln!(out, "{} = {shown}", setting.key),
        };
    }
    Ok(out)
}

/// The page of the documentation: every setting, by section.
pub fn markdown() -> String {
    let mut out = String::from(INTRODUCTION);
    let mut section = "";
    for setting in config::settings() {
        if section != setting.section {
            section = setting.section;
            let _ = write!(
                out,
                "\n## {section}\n\n| variable | in the file | default | meaning |\n|---|---|---|---|\n"
            );
        }
        let Setting { key, variable, meaning, default, .. } = setting;
        let default = match default.as_str() {
            Some("") => "not set".to_owned(),
            Some(text) => format!("`{text}`"),
            None => format!("`{default}`"),
        };
        // A `|` would end the cell.
        let _ = writeln!(out, "| `{variable}` | `{key}` | {default} | {} |", meaning.replace('|', "\\|"));
    }
    out
}

const INTRODUCTION: &str = "\
# Settings

Made by `docent config --markdown` from the defaults inside the program (`make api` writes it anew).

A setting comes from the environment variable, else from the settings file (`--config FILE`, or `docent.toml` in the data
folder), else from the default. The file has the sections below, as `docent config` prints them:

```toml
[chat]
base_url = \"http://127.0.0.1:11434/v1\"
model = \"llama3.2\"
```

`docent config --changed` shows what differs from the defaults. Unknown keys, values of the wrong kind and combinations that
cannot work are refused at the start, with what to change. Secrets are never printed.
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documentation_lists_the_settings_of_today() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md");
        let written = fs_err::read_to_string(path).unwrap();
        assert!(written == markdown(), "docs/configuration.md is not up to date: run `make api`");
    }

    #[test]
    fn secrets_are_hidden_and_other_values_shown() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("docent.toml");
        fs_err::write(&file, "[retrieval]\ntop_k = 9\n").unwrap();
        let environment = [
            ("OPENAI_API_KEY", "sk-hunter2"),
            ("OPENAI_BASE_URL", "http://me:hunter2@models:1/v1"),
            ("CHAT_MODEL", "m"),
            ("METRICS_TOKEN", "hunter2hunter2hunter2"),
            ("DATABASE_URL", "postgres://me:hunter2@h/x"),
            ("REDIS_URL", "redis://:hunter2@h"),
            ("DOCENT_JWT_SECRET", "hunter2hunter2hunter2hunter2hunter2"),
            ("BLOB_URL", "file:///srv/originals"),
            ("BLOB_SECRET_KEY", "hunter2"),
            ("QDRANT_URL", "http://me:hunter2@q:6334"),
        ];
        let environment = environment.map(|(name, value)| (name.into(), value.into())).into();
        let sources = Sources { file: Some(file), environment, ..Sources::default() };
        let text = print(&sources, true).unwrap();
        assert!(!text.contains("hunter2"), "{text}");
        for line in ["url = \"http://***@q:6334\"", "top_k = 9  # default 6", "metrics_token = \"***\""] {
            assert!(text.contains(line), "{text}");
        }
        let whole = print(&sources, false).unwrap();
        assert!(!whole.contains("hunter2"), "{whole}");
        assert!(!format!("{:?}", config::Config::load(&sources).unwrap()).contains("hunter2"));
    }
}
