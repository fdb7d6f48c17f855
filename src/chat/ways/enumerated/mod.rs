//! Lists that stand in one place: a column of a table, a written list, or a sentence that names several things. The place is
//! found by what the question says, and all of its items are told, each cited.

mod choose;
mod groups;
mod outline;
mod phrases;
mod rota;
mod rows;
mod wish;

use serde_json::json;

use super::compute::{Fit, joined_tables};
use super::exhaustive::short;
use super::kind::{self, Kind};
use super::texts::{Text, count};
use super::whole::{Whole, distinct};
use super::{Told, number_in, source};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use choose::{Chosen, Read, chosen};
use docent_domain::Fault;
use wish::Wish;

/// Documents that are looked at, in the order in which the search found them.
const DOCUMENTS: usize = 12;

/// Items of one answer.
const SHOWN: usize = 50;

const FOUND: Text = Text::new("**{} found** (“{}”; {})", "**{} gefunden** („{}“; {})");
const LEFT: Text = Text::new("{} more are not shown.", "{} weitere werden nicht gezeigt.");

impl Inner {
    /// All of what the question asks for, where it stands in one place; `None` for any other question, and where no place
    /// is told apart from others.
    pub(in super::super) async fn enumerated(
        &self,
        plan: &Plan,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let (wish, shift) = (Wish::of(&plan.content), rota::Asked::of(&plan.content));
        if wish.is_none() && shift.is_none() {
            return Ok(None);
        }
        let found = self.farther(plan).await?;
        let counts = wish.as_ref().is_some_and(|wish| wish.counts);
        if wish.is_some() {
            let kind = if counts { Kind::Count } else { Kind::List };
            if let Some(told) = self.computed(plan, &found, &kind, language, Fit::Plain).await? {
                return Ok(Some(told));
            }
        }
        let wish = wish.filter(|_| !counts || !kind::is_stated(&plan.content, &found));
        let documents = distinct(found.iter().map(|source| source.document), DOCUMENTS);
        let wholes = self.wholes(plan, &documents).await?;
        let choosing = tokio::task::spawn_blocking(move || {
            let read: Vec<Read<'_>> = wholes.iter().map(read).collect();
            let rostered = shift.and_then(|shift| rota::rostered(&shift, &read));
            let listed = || wish.and_then(|wish| chosen(&wish, &read));
            (rostered.or_else(listed), wholes)
        });
        let (chosen, wholes) = choosing.await.map_err(Fault::internal)?;
        Ok(chosen.and_then(|chosen| told(&chosen, &wholes, language)))
    }
}

fn read(whole: &Whole) -> Read<'_> {
    Read {
        filename: whole.filename(),
        text: whole.text(),
        start: whole.start(),
        tables: joined_tables(whole),
    }
}

/// `None` where an item stands in no passage: it could not be cited.
fn told(chosen: &Chosen, wholes: &[Whole], language: &Language) -> Option<Told> {
    let whole = &wholes[chosen.document];
    let mut sources = Vec::new();
    let mut text = match &chosen.sentence {
        // It says more of them than their names.
        Some(sentence) => {
            let place = chosen.items.first()?.start;
            let number = number_in(&mut sources, source(whole.passage(place)?));
            format!("{} [{number}]", sentence.trim())
        }
        None => {
            let all = count(chosen.items.len(), language.code);
            let mut text = FOUND.with(language.code, &[&all, &chosen.called, whole.filename()]);
            text.push('\n');
            for item in chosen.items.iter().take(SHOWN) {
                let number = number_in(&mut sources, source(whole.passage(item.start)?));
                text.push_str(&format!("\n- {} [{number}]", short(&item.text)));
            }
            text
        }
    };
    let left = chosen.items.len().saturating_sub(SHOWN);
    if left > 0 && chosen.sentence.is_none() {
        text.push_str(&format!("\n\n{}", LEFT.with(language.code, &[&count(left, language.code)])));
    }
    let account = json!({ "list": chosen.called, "file": whole.filename(), "items": chosen.items.len() });
    Some(Told { text, sources, answered: true, account })
}
