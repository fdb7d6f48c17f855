//! `docent config`: every setting, its meaning, its default, and where another value is in force.

use std::fmt::Write as _;

use crate::config::{self, ConfigError, Setting, Sources};

/// The defaults file with the values in force put in; secrets stay hidden.
pub fn print(sources: &Sources, changed_only: bool) -> Result<String, ConfigError> {
    // Loading finds mistakes before anything is printed.
    config::Config::load(sources)?;
    let mut out = String::new();
    let mut section = String::new();
    for setting in config::settings() {
        let given =
            sources.arguments.get(&setting.variable).or_else(|| sources.environment.get(&setting.variable));
        if changed_only && given.is_none() {
            continue;
        }
        if section != setting.section {
            setting.section.clone_into(&mut section);
            let _ = writeln!(out, "[{section}]");
        }
        write_setting(&mut out, &setting, given.map(String::as_str));
    }
    Ok(out)
}

/// The page of the documentation: every setting, by section.
pub fn markdown() -> String {
    let mut out = String::from(INTRODUCTION);
    let mut section = String::new();
    for setting in config::settings() {
        if section != setting.section {
            setting.section.clone_into(&mut section);
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

fn write_setting(out: &mut String, setting: &Setting, given: Option<&str>) {
    let _ = writeln!(out, "# {} [{}]", setting.meaning, setting.variable);
    let _ = match given {
        Some(_) if is_secret(setting) => writeln!(out, "{} = \"***\"  # from the environment", setting.key),
        Some(value) => writeln!(out, "{} = {value:?}  # default {}", setting.key, setting.default),
        None => writeln!(out, "{} = {}", setting.key, setting.default),
    };
}

fn is_secret(setting: &Setting) -> bool {
    setting.key.contains("key") || setting.key.contains("secret") || setting.variable == "DATABASE_URL"
}

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
        let sources = Sources {
            environment: [
                ("OPENAI_API_KEY".into(), "sk-hunter2".into()),
                ("RETRIEVAL_TOP_K".into(), "9".into()),
            ]
            .into(),
            ..Sources::default()
        };
        let text = print(&sources, true).unwrap();
        insta::assert_snapshot!(text, @r#"
        [chat]
        # Key for it. [OPENAI_API_KEY]
        api_key = "***"  # from the environment
        [retrieval]
        # Passages that stand behind an answer, unless the question says otherwise. [RETRIEVAL_TOP_K]
        top_k = "9"  # default 6
        "#);
    }
}
