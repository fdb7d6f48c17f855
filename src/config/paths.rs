//! Relative paths among the settings, resolved once against the working directory of the process that was told them:
//! processes that it starts work elsewhere.

use std::path::{Path, absolute};

use super::Config;
use super::values::{RerankKind, Secret};

/// What `docent_store` takes for a file: `sqlite:path`, `sqlite://path`.
const SQLITE: &str = "sqlite:";

pub(super) fn resolve(config: &mut Config) -> std::io::Result<()> {
    config.server.data_dir = absolute(&config.server.data_dir)?;
    config.server.home = absolute(&config.server.home)?;
    if let Some(path) = config.database.url.reveal().and_then(|url| url.strip_prefix(SQLITE)) {
        let path = path.trim_start_matches("//");
        if !path.is_empty() {
            let resolved = absolute(path)?;
            config.database.url = Secret::new(format!("{SQLITE}{}", resolved.display()));
        }
    }
    // A bare name is that of a model in the home folder, or of one that another server has.
    let model = Path::new(&config.embedding.model);
    if config.embedding.provider == "local" && model.components().count() > 1 && model.is_dir() {
        config.embedding.model = absolute(model)?.display().to_string();
    }
    let model = Path::new(&config.rerank.model);
    if config.rerank.provider == RerankKind::Local && model.components().count() > 1 && model.is_dir() {
        config.rerank.model = absolute(model)?.display().to_string();
    }
    let model = Path::new(&config.retrieval.judge);
    if model.components().count() > 1 && model.is_dir() {
        config.retrieval.judge = absolute(model)?.display().to_string();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Sources};

    #[test]
    fn every_path_is_absolute_from_the_start() {
        let pairs = [("DATABASE_URL", "sqlite:some/file.db"), ("DOCENT_HOME", "./.docent")];
        let environment = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let config = Config::load(&Sources { environment, ..Sources::default() }).unwrap();
        let here = std::env::current_dir().unwrap();
        assert_eq!(config.server.data_dir, here.join("data"));
        assert_eq!(config.server.home, here.join(".docent"));
        let database = format!("sqlite:{}", here.join("some/file.db").display());
        assert_eq!(config.database.url.reveal(), Some(database.as_str()));
    }
}
