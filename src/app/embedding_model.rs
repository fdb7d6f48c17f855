//! Which model embeds where the settings name none.

use super::parts;
use crate::config::Config;
use docent_embedding::DEFAULT_MODEL;
use docent_store::{Store, StoreError};
use docent_vectors::IndexModel;

/// The model of a new installation, best first.
const LOCAL_MODELS: [&str; 2] = [DEFAULT_MODEL, EARLIEST_MODEL];

/// The one of before there was a choice.
const EARLIEST_MODEL: &str = "all-MiniLM-L6-v2";

/// The local model: the one that is set; else the one that the index was built with, for nobody wants all documents embedded anew after an
/// update; else the best that was fetched.
pub(super) fn local(config: &Config) -> String {
    if !config.embedding.model.is_empty() {
        return config.embedding.model.clone();
    }
    // A mark that cannot be read is an error of the index, which says so when it is opened.
    let mark = IndexModel::recorded(&parts::index_folder(config)).ok().flatten();
    let recorded = mark.as_ref().and_then(|mark| mark.name.split('/').next());
    recorded.filter(|name| is_there(config, name)).map_or_else(|| new_model(config), str::to_owned)
}

/// The best that was fetched; where none was, the best, which is to be fetched.
fn new_model(config: &Config) -> String {
    let there = LOCAL_MODELS.into_iter().find(|name| is_there(config, name));
    there.unwrap_or(DEFAULT_MODEL).to_owned()
}

fn is_there(config: &Config, model: &str) -> bool {
    config.server.home.join("models").join(model).is_dir()
}

/// The fact that says which model a new installation with a Qdrant server begins with.
const MODEL_FACT: &str = "embedding_model";

/// The settings with the model of this installation, where the database has to tell it: beside a Qdrant server there is no
/// folder with a mark, and several processes must agree. It is the one that the passages which are there were embedded
/// with; before there are any, the one that the first process took.
pub async fn with_model(config: &Config, store: &Store) -> Result<Config, StoreError> {
    let mut config = config.clone();
    let section = &config.embedding;
    if config.vectors.url.is_some() && section.provider == "local" && section.model.is_empty() {
        config.embedding.model = agreed_model(&config, store).await?;
    }
    Ok(config)
}

async fn agreed_model(config: &Config, store: &Store) -> Result<String, StoreError> {
    let mut tx = store.read().await?;
    if let Some(recipe) = tx.latest_recipe().await? {
        // Early versions wrote none down, and knew one model.
        let recipe = recipe.filter(|it| !it.is_empty()).unwrap_or_else(|| EARLIEST_MODEL.to_owned());
        let name = recipe.split([';', '/']).next().unwrap_or_default();
        if is_there(config, name) {
            return Ok(name.to_owned());
        }
    }
    if let Some(name) = tx.fact(MODEL_FACT).await? {
        return Ok(name);
    }
    drop(tx);
    let chosen = new_model(config);
    let mut tx = store.begin().await?;
    tx.claim_fact(MODEL_FACT, &chosen).await?;
    let agreed = tx.fact(MODEL_FACT).await?.unwrap_or(chosen);
    tx.commit().await?;
    Ok(agreed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Sources;
    use docent_domain::{DocumentId, Timestamp};
    use docent_store::{Backend, NewProject, NewVersion, Publication, StoreSettings};
    use std::time::Duration;

    fn config(folder: &std::path::Path, more: &[(&str, &str)]) -> Config {
        let [home, data] = ["home", "data"].map(|name| folder.join(name).display().to_string());
        let own = [("DOCENT_HOME", home.as_str()), ("DOCENT_DATA_DIR", data.as_str())];
        let all = own.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Config::load(&Sources { environment: all.collect(), ..Sources::default() }).unwrap()
    }

    #[test]
    fn an_index_keeps_its_model_and_a_new_one_gets_the_best() {
        let folder = tempfile::tempdir().unwrap();
        let model = |more: &[(&str, &str)]| local(&config(folder.path(), more));
        assert_eq!(model(&[]), "multilingual-e5-small", "what is to be fetched");
        let add = |name: &str| fs_err::create_dir_all(folder.path().join("home/models").join(name)).unwrap();
        add("all-MiniLM-L6-v2");
        assert_eq!(model(&[]), "all-MiniLM-L6-v2", "what was fetched");
        add("multilingual-e5-small");
        assert_eq!(model(&[]), "multilingual-e5-small");
        assert_eq!(model(&[("QDRANT_URL", "http://127.0.0.1:6334")]), "multilingual-e5-small");

        let index = folder.path().join("data/index");
        fs_err::create_dir_all(&index).unwrap();
        let mark = |name: &str| {
            let mark = format!("{{\"name\": \"{name}\", \"dimension\": 384}}");
            fs_err::write(index.join("model.json"), mark).unwrap();
        };
        mark("all-MiniLM-L6-v2/int8");
        assert_eq!(model(&[]), "all-MiniLM-L6-v2");
        assert_eq!(model(&[("EMBEDDING_MODEL", "multilingual-e5-small")]), "multilingual-e5-small");
        mark("multilingual-e5-small/int8@1");
        assert_eq!(model(&[]), "multilingual-e5-small");
        // Not a folder of ours: opening the index will name both.
        mark("hash/384");
        assert_eq!(model(&[]), "multilingual-e5-small");
    }

    #[tokio::test]
    async fn with_a_qdrant_server_the_database_says_which_model_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let qdrant = ("QDRANT_URL", "http://127.0.0.1:6334");
        let settings = StoreSettings::new(Backend::Sqlite(folder.path().join("docent.db")));
        let store = Store::open(&settings).await.unwrap();
        let model = async |more: &[(&str, &str)]| {
            let config = config(folder.path(), more);
            with_model(&config, &store).await.unwrap().embedding.model
        };
        let models = folder.path().join("home/models");
        fs_err::create_dir_all(models.join("multilingual-e5-small")).unwrap();
        assert_eq!(model(&[]).await, "", "an embedded index has its mark");
        assert_eq!(model(&[qdrant, ("EMBEDDING_MODEL", "mine")]).await, "mine");
        assert_eq!(model(&[qdrant, ("EMBEDDING_PROVIDER", "hash")]).await, "");
        assert_eq!(model(&[qdrant]).await, "multilingual-e5-small", "as without the server");

        fs_err::create_dir_all(models.join("all-MiniLM-L6-v2")).unwrap();
        fs_err::remove_dir(models.join("multilingual-e5-small")).unwrap();
        assert_eq!(model(&[qdrant]).await, "multilingual-e5-small", "all processes take what the first took");

        fs_err::create_dir_all(models.join("multilingual-e5-small")).unwrap();
        let document = live_document(&store).await;
        assert_eq!(model(&[qdrant]).await, "all-MiniLM-L6-v2", "read by a version that knew no other");
        for (recipe, expected) in [
            ("all-MiniLM-L6-v2/int8; words 2; context 2", "all-MiniLM-L6-v2"),
            ("multilingual-e5-small/int8@1; words 2; context 2", "multilingual-e5-small"),
            ("hash/384; words 2; context 2", "multilingual-e5-small"),
        ] {
            let mut tx = store.begin().await.unwrap();
            tx.set_recipe((document, 1), recipe).await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(model(&[qdrant]).await, expected, "{recipe}");
        }
    }

    /// A document that is read, by a version that did not write down how.
    async fn live_document(store: &Store) -> DocumentId {
        let now = Timestamp::from_micros(1);
        let mut tx = store.begin().await.unwrap();
        let owner = tx.insert_visitor("ann", "ann", now).await.unwrap();
        let project = NewProject {
            name: "Birds",
            description: "",
            settings: &serde_json::json!({}),
            owner,
            personal_of: None,
            created_at: now,
        };
        let project = tx.insert_project(&project).await.unwrap();
        let version = NewVersion { filename: "a.md", blob: "a", sha256: "a", size: 1, format: "md" };
        let document = tx.insert_document(project, "a.md", &version, owner, now).await.unwrap();
        let run = tx.run_of(document, 1).await.unwrap().unwrap();
        let lease = now.plus(Duration::from_secs(60));
        let hold = tx.start_run(run.id, run.enqueued, "test", lease, now).await.unwrap().unwrap().hold();
        let publication = Publication {
            page_count: 1,
            word_count: 1,
            chunk_count: 0,
            warnings: Vec::new(),
            recipe: String::new(),
        };
        tx.publish_generation(hold, (document, 1), &publication, now).await.unwrap();
        tx.commit().await.unwrap();
        document
    }
}
