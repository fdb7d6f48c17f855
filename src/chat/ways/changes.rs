//! What changed between versions of a document.

use serde_json::json;

use super::Told;
use super::selection::{among, best_named};
use super::span::{Span, tells_of_changes};
use super::summary::SHELF;
use super::texts::{MORE_TO_SHOW, Text, count, plain};
use crate::changes::{Cited, Incomparable, Part, VersionChange, VersionChanges, Versions};
use crate::engine::Inner;
use crate::language::Language;
use crate::turn::Plan;
use docent_domain::source::Source;
use docent_domain::{DocumentId, Fault};
use docent_store::Shelved;

/// Changes of one answer.
pub(super) const SHOWN: usize = 20;

/// Sections that are named.
const SECTIONS: usize = 12;

/// Characters of a statement.
const LONGEST: usize = 300;

/// Of them, before the place where a changed one differs.
const BEFORE: usize = 60;

const HEAD: Text = Text::new(
    "**{}**, version {} against version {}: {} changed, {} new, {} removed.",
    "**{}**, Version {} gegenüber Version {}: {} geändert, {} neu, {} entfernt.",
);
const SAME: Text =
    Text::new("Versions {} and {} of {} say the same.", "Die Versionen {} und {} von {} sagen dasselbe.");
const CHANGED: Text = Text::new("changed: {} → {}", "geändert: {} → {}");
const NEW: Text = Text::new("new: {}", "neu: {}");
const REMOVED: Text = Text::new("removed: {}", "entfernt: {}");
const SECTIONS_NEW: Text = Text::new("New sections: {}.", "Neue Abschnitte: {}.");
const SECTIONS_GONE: Text = Text::new("Sections that are gone: {}.", "Weggefallene Abschnitte: {}.");
const UNKNOWN: Text = Text::new(
    "There is no version {} of {} that is kept; there are: {}.",
    "Eine Version {} von {} ist nicht aufbewahrt; es gibt: {}.",
);
const FIRST: Text = Text::new(
    "There is no version of {} before version {} that is kept.",
    "Von {} ist keine Version vor Version {} aufbewahrt.",
);
const TEXTLESS: Text = Text::new(
    "The text of version {} of {} is not kept, so that it cannot be compared.",
    "Der Text der Version {} von {} ist nicht aufbewahrt, sie lässt sich nicht vergleichen.",
);

impl Inner {
    /// What changed in the document that the question names, or, where it names none, in the one that changed last. `None`
    /// where there is nothing to compare and the question may be one to a text.
    pub(super) async fn changes(
        &self,
        plan: &Plan,
        question: &str,
        span: &Span,
        skip: usize,
        language: &Language,
    ) -> Result<Option<Told>, Fault> {
        let mut tx = self.parts.store.read().await?;
        let shelf = tx.shelf(&plan.scope, plan.project, SHELF).await?;
        let only = plan.options.documents.as_deref();
        let document = match named(question, among(&shelf, only), span) {
            Some(named) => named,
            None if span.bare => {
                let renewed = tx.renewed_documents(&plan.scope, plan.project, SHELF).await?;
                let wanted = |id: &DocumentId| only.is_none_or(|only| only.contains(id));
                let latest = renewed.into_iter().find(wanted);
                match shelf.iter().find(|it| Some(DocumentId::from(it.id)) == latest) {
                    Some(latest) => latest,
                    None => return Ok(None),
                }
            }
            None => return Ok(None),
        };
        let id = DocumentId::from(document.id);
        let versions = Versions::read(&mut tx, &plan.scope, id, (span.since, span.version)).await?;
        drop(tx);
        match versions {
            Ok(versions) => {
                let changes = versions.compare(Part { skip, most: SHOWN }).await?;
                Ok(Some(told(document, &changes, skip, language.code)))
            }
            Err(why) => Ok(refused(document, &why, question, span, language.code)),
        }
    }
}

/// The document that the question names. What one that is about changes itself says is looked up in it.
fn named<'a>(question: &str, shelf: Vec<&'a Shelved>, span: &Span) -> Option<&'a Shelved> {
    if span.bare {
        return if shelf.len() == 1 { shelf.first().copied() } else { None };
    }
    best_named(question, shelf).filter(|named| span.versions || !tells_of_changes(&named.filename))
}

fn told(document: &Shelved, changes: &VersionChanges, skip: usize, language: &str) -> Told {
    let VersionChanges { since, version, changed, added, removed, .. } = changes;
    let account = json!({
        "document": document.id,
        "since": since,
        "version": version,
        "changed": changed,
        "added": added,
        "removed": removed,
    });
    let (old, new) = (since.to_string(), version.to_string());
    let (gone, come) = (&changes.sections_removed, &changes.sections_added);
    let total = changed + added + removed;
    if total == 0 && gone.is_empty() && come.is_empty() {
        let text = SAME.with(language, &[&old, &new, &changes.filename]);
        return Told { text, sources: Vec::new(), answered: true, account };
    }
    let number = |value: usize| count(value, language);
    let numbers = [number(*changed), number(*added), number(*removed)];
    let [a, b, c] = &numbers;
    let mut text = HEAD.with(language, &[&changes.filename, &new, &old, a, b, c]);
    text.push('\n');
    if skip == 0 {
        for (form, sections) in [(&SECTIONS_NEW, come), (&SECTIONS_GONE, gone)] {
            if !sections.is_empty() {
                let named: Vec<String> = sections.iter().take(SECTIONS).map(|it| plain(it)).collect();
                let rest = if sections.len() > SECTIONS { " …" } else { "" };
                text.push_str(&format!("\n{}\n", form.with(language, &[&(named.join(", ") + rest)])));
            }
        }
    }
    let mut sources: Vec<Source> = Vec::new();
    let mut heading = None;
    for change in &changes.shown {
        if change.heading != heading {
            heading.clone_from(&change.heading);
            if !text.ends_with('\n') {
                text.push('\n');
            }
            let title = heading.as_deref().map(|path| format!("\n**{}**\n", plain(path)));
            text.push_str(&title.unwrap_or_default());
        }
        text.push_str(&format!("\n- {}", line(change, &mut sources, language)));
    }
    let left = total.saturating_sub(skip + changes.shown.len());
    if left > 0 {
        text.push_str(&format!("\n\n{}", MORE_TO_SHOW.with(language, &[&number(left)])));
    }
    Told { text, sources, answered: true, account }
}

fn line(change: &VersionChange, sources: &mut Vec<Source>, language: &str) -> String {
    let mut quoted = |cited: &Cited, same: usize| {
        let known = sources.iter().position(|source| source.id == cited.source.id);
        let at = known.unwrap_or_else(|| {
            sources.push(cited.source.clone());
            sources.len() - 1
        });
        format!("“{}” [{}]", excerpt(&cited.text, same), at + 1)
    };
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => {
            let same = shared(&before.text, &after.text);
            let (before, after) = (quoted(before, same), quoted(after, same));
            CHANGED.with(language, &[&before, &after])
        }
        (None, Some(after)) => NEW.with(language, &[&quoted(after, 0)]),
        (Some(before), None) => REMOVED.with(language, &[&quoted(before, 0)]),
        (None, None) => String::new(),
    }
}

/// `None` leaves the question to the search: what it calls a version may be something that a text tells of.
fn refused(
    document: &Shelved,
    why: &Incomparable,
    question: &str,
    span: &Span,
    language: &str,
) -> Option<Told> {
    let name = document.filename.as_str();
    let literal = question.to_lowercase().contains(&name.to_lowercase());
    let text = match why {
        Incomparable::Unknown { version, kept }
            if kept.len() > 1 && (literal || kept.iter().any(|kept| kept > version)) =>
        {
            let kept: Vec<String> = kept.iter().map(ToString::to_string).collect();
            UNKNOWN.with(language, &[&version.to_string(), name, &kept.join(", ")])
        }
        Incomparable::First { version } if span.versions && literal => {
            FIRST.with(language, &[name, &version.to_string()])
        }
        Incomparable::Textless { version } => TEXTLESS.with(language, &[&version.to_string(), name]),
        Incomparable::Unknown { .. } | Incomparable::First { .. } | Incomparable::TooLong => return None,
    };
    let account = json!({ "document": document.id });
    Some(Told { text, sources: Vec::new(), answered: false, account })
}

/// Characters that two statements begin with alike.
fn shared(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count()
}

/// A long statement from a little before the place where it differs.
fn excerpt(text: &str, same: usize) -> String {
    let length = text.chars().count();
    if length <= LONGEST {
        return text.to_owned();
    }
    let from = if same + BEFORE > LONGEST { (same - BEFORE).min(length - LONGEST) } else { 0 };
    let cut: String = text.chars().skip(from).take(LONGEST).collect();
    let begin = if from > 0 { "… " } else { "" };
    let end = if from + LONGEST < length { " …" } else { "" };
    format!("{begin}{}{end}", cut.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_statements_are_shown_where_they_differ() {
        let text = format!("{}ten {}", "word ".repeat(100), "more ".repeat(100));
        let other = text.replace("ten", "eleven");
        let shown = excerpt(&text, shared(&text, &other));
        assert!(shown.starts_with("… ") && shown.ends_with(" …") && shown.contains(" ten more"), "{shown}");
        assert!(excerpt(&text, 0).starts_with("word") && excerpt("short", 3) == "short");
    }
}
