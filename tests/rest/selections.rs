//! Summaries of several documents by the built-in model: of those that were chosen, that are named, or of all.

use docent::chat::Options;
use docent::store::{Pools, Store};

use super::changes::{Answer, ask, ask_of};
use crate::support::app::{TestApp, both_apps};

async fn upload(app: &TestApp, project: i64, name: &str, text: &str) -> i64 {
    let answer = app.upload(project, "", name, text.to_owned()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.json()["document"]["id"].as_i64().unwrap()
}

fn agreement(firm: &str) -> String {
    format!(
        "# Agreement\n\n## Goods\n\n{firm} delivers steel and iron.\n\n## Price\n\n{firm} is paid within thirty days.\n\n\
         ## End\n\nThe agreement with {firm} ends in March.\n"
    )
}

/// Each statement that is quoted, with the document it is told under; each is checked against the passage it cites.
fn told(answer: &Answer) -> Vec<(String, String)> {
    let mut name = String::new();
    let mut told = Vec::new();
    for line in answer.text.lines() {
        if let Some(quote) = line.strip_prefix("- ") {
            let (said, number) = quote.strip_suffix(']').unwrap().rsplit_once(" [").unwrap();
            let source = &answer.sources[number.parse::<usize>().unwrap() - 1];
            let said = said.rsplit_once("**: ").map_or(said, |(_, said)| said);
            assert!(source.content.contains(said), "{said} is cited from {}", source.content);
            assert_eq!(source.filename, name);
            assert_eq!(source.page.is_some(), name.ends_with(".pdf"), "pages are told where there are some");
            told.push((name.clone(), said.to_owned()));
        } else if let Some((bold, _)) = line.strip_prefix("**").and_then(|line| line.split_once("**")) {
            name = bold.to_owned();
        }
    }
    told
}

fn names(answer: &Answer) -> Vec<String> {
    let mut names: Vec<String> = told(answer).into_iter().map(|(name, _)| name).collect();
    names.dedup();
    names
}

fn chosen(documents: &[i64]) -> Options {
    Options { documents: Some(documents.iter().copied().map(Into::into).collect()), ..Options::default() }
}

both_apps!(chosen_named_and_all_documents_are_summed_up);

async fn chosen_named_and_all_documents_are_summed_up(app: TestApp) {
    let project = app.project("Suppliers").await;
    let mut ids = Vec::new();
    for firm in ["nordwind", "alder", "brook"] {
        ids.push(upload(&app, project, &format!("supplier-agreement-{firm}.md"), &agreement(firm)).await);
    }
    let rules = upload(&app, project, "office-rules.md", "# Rules\n\nNobody smokes in the office.\n").await;
    let elsewhere = app.project("Elsewhere").await;
    let foreign = upload(&app, elsewhere, "secret.md", "The secret is kept in the cellar.\n").await;
    app.run_jobs().await;

    let (chat, named) = ask(&app, project, None, "Summarise the three supplier agreements").await;
    assert!(named.text.starts_with("**3 documents**; "), "{}", named.text);
    let agreements =
        ["supplier-agreement-brook.md", "supplier-agreement-alder.md", "supplier-agreement-nordwind.md"];
    assert_eq!(names(&named), agreements);
    for name in agreements {
        let said = told(&named).into_iter().filter(|(of, _)| of == name).count();
        assert!((2..=3).contains(&said), "{}", named.text);
    }

    let (_, all) = ask(&app, project, Some(chat), "Give me an overview of all documents").await;
    assert_eq!(names(&all).len(), 4, "{}", all.text);
    assert!(!all.text.contains("secret"), "{}", all.text);
    let (_, german) = ask(&app, project, Some(chat), "Fasse alle Dokumente zusammen").await;
    assert!(german.text.starts_with("**4 Dokumente**; "), "{}", german.text);

    // Of what was chosen only what is of this project, and there.
    let these = chosen(&[ids[0], rules, foreign]);
    let (_, answer) = ask_of(&app, project, Some(chat), "Summarise these", these.clone()).await;
    assert_eq!(names(&answer), ["office-rules.md", "supplier-agreement-nordwind.md"]);
    app.delete(&format!("/api/documents/{rules}")).await;
    let (_, answer) = ask_of(&app, project, Some(chat), "Summarise these", these).await;
    assert!(!answer.text.contains("smokes") && answer.text.contains("nordwind"), "{}", answer.text);
    let (_, answer) = ask_of(&app, project, Some(chat), "Summarise these", chosen(&[rules, foreign])).await;
    assert_eq!(answer.finish, "no_answer", "{}", answer.text);
    app.run_jobs().await;
}

both_apps!(statements_of_pages_are_cited_with_them);

async fn statements_of_pages_are_cited_with_them(app: TestApp) {
    let project = app.project("Pages").await;
    let birds = fs_err::read("fixtures/documents/birds.pdf").unwrap();
    app.upload(project, "", "birds.pdf", birds).await;
    upload(&app, project, "rules.md", "Nobody smokes in the office.\n").await;
    app.run_jobs().await;
    let (_, both) = ask(&app, project, None, "Summarise rules.md and birds.pdf").await;
    assert_eq!(names(&both), ["rules.md", "birds.pdf"], "{}", both.text);
}

both_apps!(many_documents_are_told_of_page_by_page);

async fn many_documents_are_told_of_page_by_page(app: TestApp) {
    let project = app.project("Many").await;
    for n in 0..30 {
        upload(&app, project, &format!("minutes-{n:02}.md"), &format!("Item {n} was decided by vote {n}.\n"))
            .await;
    }
    app.run_jobs().await;
    let (chat, first) = ask(&app, project, None, "Summarise all minutes").await;
    assert!(first.text.starts_with("**Documents 1 to 12 of 30**; 12 of their 12 passages"), "{}", first.text);
    assert!(first.text.ends_with("18 more documents: ask “show more”."), "{}", first.text);
    let (_, second) = ask(&app, project, Some(chat), "show more").await;
    let (_, third) = ask(&app, project, Some(chat), "more").await;
    assert!(third.text.ends_with("These were the last of 30 documents."), "{}", third.text);
    let mut seen: Vec<String> = [&first, &second, &third].into_iter().flat_map(names).collect();
    assert_eq!(seen.len(), 30, "each once: {seen:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 30);
}

const UNREAD: &str = "UPDATE documents SET live_generation = NULL, status = 'processing' WHERE id = $1";
const READ: &str = "UPDATE documents SET live_generation = generation, status = 'completed' WHERE id = $1";

async fn execute(store: &Store, statement: &'static str, document: i64) {
    match store.pools() {
        Pools::Sqlite { write, .. } => {
            sqlx::query(statement).bind(document).execute(write).await.unwrap();
        }
        Pools::Postgres(pool) => {
            sqlx::query(statement).bind(document).execute(pool).await.unwrap();
        }
    }
}

both_apps!(a_document_that_is_still_being_read_is_said_to_be_incomplete);

async fn a_document_that_is_still_being_read_is_said_to_be_incomplete(app: TestApp) {
    let project = app.project("Early").await;
    let early = upload(&app, project, "early.md", "The early bird catches the worm.\n").await;
    upload(&app, project, "late.md", "The late bird sleeps.\n").await;
    app.run_jobs().await;
    // As it is before its first version is published.
    execute(&app.bench.store, UNREAD, early).await;
    let (_, both) = ask(&app, project, None, "Summarise all documents").await;
    assert!(both.text.contains("**early.md** (still being read, this is not all of it)"), "{}", both.text);
    assert!(both.text.contains("catches the worm") && both.sources.iter().any(|source| source.partial));
    let (_, one) = ask_of(&app, project, None, "Summarise this", chosen(&[early])).await;
    assert!(one.text.contains("as far as it has been read"), "{}", one.text);
    execute(&app.bench.store, READ, early).await;
    let (_, one) = ask_of(&app, project, None, "Summarise this", chosen(&[early])).await;
    assert!(!one.text.contains("as far as") && one.text.contains("worm"), "{}", one.text);
}
