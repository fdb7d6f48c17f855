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
