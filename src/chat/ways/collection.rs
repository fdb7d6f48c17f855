//! Questions about the documents themselves: which there are, how new, by whom.

use std::collections::HashMap;

use serde_json::json;

use super::kind::Asked;
use super::texts::{Text, count};
use super::{Told, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault, Timestamp};
use docent_store::{Shelved, ShownChunk};

/// Documents that are looked at; more are only counted.
const SHELF: i64 = 10_000;

/// Documents that are named in an answer.
const SHOWN: usize = 30;

const COUNT: Text = Text::new(
    "There are {} documents that can be searched.",
    "Es gibt {} Dokumente, die durchsucht werden können.",
);
const ONE: Text = Text::new(
    "There is one document that can be searched.",
    "Es gibt ein Dokument, das durchsucht werden kann.",
);
const NONE: Text = Text::new(
    "There are no documents yet that can be searched.",
    "Es gibt noch keine Dokumente, die durchsucht werden können.",
);
const NEWEST: Text = Text::new(
    "The newest document is {}, added on {} by {}.{}",
    "Das neueste Dokument ist {}, hinzugefügt am {} von {}.{}",
);
const OLDEST: Text = Text::new(
    "The oldest document is {}, added on {} by {}.{}",
    "Das älteste Dokument ist {}, hinzugefügt am {} von {}.{}",
);
const ADDED: Text = Text::new("{} was added on {} by {}.{}", "{} wurde am {} von {} hinzugefügt.{}");
const UNKNOWN: Text = Text::new("There is no document of that name.", "Es gibt kein Dokument dieses Namens.");
const MORE: Text = Text::new("… and {} more.", "… und {} weitere.");

impl Inner {
    pub(super) async fn about_collection(
        &self,
        plan: &Plan,
        asked: &Asked,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let mut tx = self.parts.store.read().await?;
        let mut shelf = tx.shelf(&plan.scope, plan.project, SHELF).await?;
        if let Some(only) = &plan.options.documents {
            shelf.retain(|shelved| only.contains(&DocumentId::from(shelved.id)));
        }
        let total = shelf.len();
        let code = language.code;
        let chosen: Vec<&Shelved> = match asked {
            Asked::HowMany | Asked::Which => shelf.iter().take(SHOWN).collect(),
            Asked::Newest => shelf.first().into_iter().collect(),
            Asked::Oldest => shelf.last().into_iter().collect(),
            Asked::Who(words) | Asked::When(words) => {
                let named = shelf.iter().filter(|shelved| is_named(&shelved.filename, words));
                named.take(SHOWN).collect()
            }
        };
        let places: Vec<(DocumentId, i64, i64)> =
            chosen.iter().map(|shelved| (shelved.id.into(), shelved.live_generation, 0)).collect();
        let first = tx.live_chunks(&plan.scope, plan.project, &places).await?;
        drop(tx);
        let first: HashMap<i64, ShownChunk> =
            first.into_iter().map(|chunk| (chunk.document_id, chunk)).collect();
        let mut sources: Vec<Source> = Vec::new();
        let mut cite = |shelved: &Shelved| {
            let Some(chunk) = first.get(&shelved.id) else { return String::new() };
            sources.push(source(chunk));
            format!(" [{}]", sources.len())
        };
        let sentence = |text: &Text, shelved: &Shelved, marker: &str| {
            text.with(code, &[&shelved.filename, &day(shelved.created_at, code), &shelved.username, marker])
        };
        let text = match (asked, &chosen[..]) {
            (Asked::Who(_) | Asked::When(_), []) => return Ok(None),
            (_, []) => NONE.with(code, &[]),
            (Asked::Newest, [newest, ..]) => {
                let marker = cite(newest);
                sentence(&NEWEST, newest, &marker)
            }
            (Asked::Oldest, [oldest, ..]) => {
                let marker = cite(oldest);
                sentence(&OLDEST, oldest, &marker)
            }
            (Asked::Who(_) | Asked::When(_), named) => {
                let lines: Vec<String> = named
                    .iter()
                    .map(|shelved| {
                        let marker = cite(shelved);
                        sentence(&ADDED, shelved, &marker)
                    })
                    .collect();
                lines.join("\n")
            }
            (Asked::HowMany | Asked::Which, shown) => {
                let head =
                    if total == 1 { ONE.with(code, &[]) } else { COUNT.with(code, &[&count(total, code)]) };
                let mut text = head + "\n";
                for shelved in shown {
                    let marker = cite(shelved);
                    text.push_str(&format!(
                        "\n- {} ({}, {}){marker}",
                        shelved.filename,
                        day(shelved.created_at, code),
                        shelved.username
                    ));
                }
                if total > shown.len() {
                    text.push_str(&format!("\n\n{}", MORE.with(code, &[&count(total - shown.len(), code)])));
                }
                text
            }
        };
        let text = if text.is_empty() { UNKNOWN.with(code, &[]) } else { text };
        Ok(Some(Told { text, sources, answered: true, account: json!({ "documents": total }) }))
    }
}

fn is_named(filename: &str, words: &[String]) -> bool {
    let lower = filename.to_lowercase();
    words.iter().all(|word| lower.contains(word.as_str()))
}

/// 12 March 2021, or as the language writes it.
fn day(micros: i64, language: &str) -> String {
    let text = Timestamp::from_micros(micros).to_string();
    let date = text.get(..10).unwrap_or(&text);
    let parts: Vec<&str> = date.split('-').collect();
    match (parts[..].first(), parts.get(1), parts.get(2), language) {
        (Some(year), Some(month), Some(day), "de") => format!("{day}.{month}.{year}"),
        _ => date.to_owned(),
    }
}
