//! Questions that ask several things, where answers are quoted: each thing is searched for and answered by itself, and
//! what comes out stands together, each with its own sources.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::measures::{ordered, quantity_in};
use super::side_by_side::{Statement, paired, statements};
use super::summary::SHELF;
use super::texts::Text;
use super::{Fit, Told};
use crate::budget;
use crate::compare::{Comparison, Thing, asked};
use crate::engine::Inner;
use crate::follow::Completed;
use crate::language::Language;
use crate::turn::Plan;
use crate::ways::kind::{self, Kind};
use docent_domain::source::Source;
use docent_domain::{Code, DocumentId, Fault};
use docent_models::{self as models, Near, Prompt, parts_of, terms_of};
use docent_store::Shelved;

/// Documents that one thing names, at most; more are named by a word that says little.
const NAMED: usize = 3;

/// Bytes of one answer.
const LONGEST: usize = 8 << 10;

const NOTHING: Text = Text::new("nothing found in the documents.", "in den Dokumenten nichts gefunden.");

/// What came of one thing that was asked.
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) sources: Vec<Source>,
    pub(super) answered: bool,
    pub(super) account: Value,
}

impl Piece {
    pub(super) fn nothing(account: Value) -> Self {
        Self { text: String::new(), sources: Vec::new(), answered: false, account }
    }
}

impl Inner {
    /// The answer to a question that holds things against each other or asks several, with the way that it took; `None`
    /// for any other, and where nothing is found that way.
    pub(in super::super) async fn told_in_pieces(
        &self,
        plan: &Plan,
        before: &[&str],
        said: Option<&str>,
        language: &'static Language,
    ) -> Result<Option<(&'static str, Told)>, Fault> {
        let kind = kind::of(&plan.content);
        let of_versions = matches!(&kind, Kind::Changes(span) if span.versions || span.bare);
        if of_versions || matches!(kind, Kind::Collection(_) | Kind::More | Kind::Summarise(_)) {
            return Ok(None);
        }
        if let Some(comparison) = asked(&plan.content) {
            if let Some(told) = self.in_one_table(plan, &comparison, language).await? {
                return Ok(Some(("computed", told)));
            }
            if let Some(told) = self.compared(plan, &comparison, language).await? {
                return Ok(Some(("compared", told)));
            }
        }
        if let Some(told) = self.by_edition(plan, language).await? {
            return Ok(Some(("editions", told)));
        }
        let parts = parts_of(&plan.content);
        if parts.len() < 2 {
            let told = self.beyond_what_was_said(plan, before, said.unwrap_or_default(), language).await?;
            return Ok(told.map(|told| ("follow-up", told)));
        }
        Ok(self.in_parts(plan, &parts, before, language).await?.map(|told| ("parts", told)))
    }

    /// The answer to a question that asks more of what was spoken of: what the answer before it quoted is no answer to it,
    /// where another passage speaks of the same.
    async fn beyond_what_was_said(
        &self,
        plan: &Plan,
        before: &[&str],
        said: &str,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let Some(about) =
            plan.completed.as_ref().map(|it| it.about.as_str()).filter(|about| !about.is_empty())
        else {
            return Ok(None);
        };
        let mut piece = self.piece(plan, before, language).await?;
        if !piece.answered {
            return Ok(None);
        }
        if says_again(&piece.text, said) {
            let of_it = Thing {
                name: about.to_owned(),
                called: String::new(),
                question: String::new(),
                measured: "",
            };
            let others = (1..).zip(&piece.sources).filter(|(number, source)| {
                !piece.text.contains(&format!("[{number}]")) && speaks_of(source, &of_it)
            });
            let others: Vec<Source> = others.map(|(_, source)| source.clone()).collect();
            if !others.is_empty() {
                let more =
                    self.quoted(plan, before, (others, Vec::new()), language, piece.account.clone()).await?;
                piece = if more.answered { more } else { piece };
            }
        }
        let mut gathered = Gathered::default();
        let text = gathered.add(&piece);
        gathered.lines.push(text);
        Ok(Some(gathered.told(&[piece])))
    }

    /// What is computed of things that stand in one table: those that documents are called after stand there only if a
    /// table says it plainly.
    async fn in_one_table(
        &self,
        plan: &Plan,
        comparison: &Comparison,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let shelf = self.shelf_of(plan).await?;
        let apart = comparison.things.iter().any(|thing| !called_after(thing, &shelf).is_empty());
        let (found, _) = self.found(plan, &plan.content).await?;
        if comparison.measure.is_none() || apart {
            let kind = kind::of(&plan.content);
            return self.computed(plan, &found.sources, &kind, language, Fit::Plain).await;
        }
        let fit = if found.relevant { Fit::Relevant } else { Fit::Doubtful };
        Ok(self.told_of(plan, &found.sources, language, fit).await?.filter(|told| told.answered))
    }

    /// Each thing by itself, side by side; `None` where nothing is found of any, or the same of all.
    async fn compared(
        &self,
        plan: &Plan,
        comparison: &Comparison,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let shelf = self.shelf_of(plan).await?;
        let mut pieces = Vec::new();
        for thing in &comparison.things {
            pieces.push(self.of_thing(plan, thing, &shelf, language).await?);
        }
        in_one_form(comparison, &mut pieces);
        let texts: Vec<&str> =
            pieces.iter().filter(|piece| piece.answered).map(|it| it.text.as_str()).collect();
        let said: Vec<String> = texts.iter().map(|text| unmarked(text)).collect();
        if texts.is_empty() || (said.len() > 1 && said.iter().all(|text| *text == said[0])) {
            return Ok(None);
        }
        let mut gathered = Gathered::default();
        for (thing, piece) in comparison.things.iter().zip(&pieces) {
            let text = if piece.answered { gathered.add(piece) } else { NOTHING.with(language.code, &[]) };
            gathered.lines.push(format!("**{}**: {text}", thing.name));
        }
        if comparison.measure.is_some() {
            let quantities = comparison.things.iter().zip(&pieces);
            let quantities: Option<Vec<_>> = quantities
                .map(|(thing, piece)| {
                    Some((thing.name.as_str(), quantity_in(&piece.text).filter(|_| piece.answered)?))
                })
                .collect();
            if let Some(line) = quantities.and_then(ordered) {
                gathered.lines.insert(0, line);
            }
        }
        Ok(Some(gathered.told(&pieces)))
    }

    /// What the documents that are called after the thing say of it, else what any says that speaks of it or names it
    /// elsewhere.
    async fn of_thing(
        &self,
        plan: &Plan,
        thing: &Thing,
        shelf: &[Shelved],
        language: &'static Language,
    ) -> Result<Piece, Fault> {
        let named = called_after(thing, shelf);
        let completed = as_it_is(&thing.question);
        if !named.is_empty() {
            let within = plan.asking(completed.clone()).within(named);
            let piece = self.piece(&within, &[], language).await?;
            if piece.answered {
                return Ok(piece);
            }
            // Of a document that is called after the thing little is needed to be sure that it is meant.
            let (found, near) = self.found(&within, &within.content).await?;
            let sources: Vec<Source> =
                found.sources.into_iter().filter(|source| tells_of(source, thing)).collect();
            if !sources.is_empty() {
                return self.quoted(&within, &[], (sources, near), language, piece.account).await;
            }
        }
        let anywhere = plan.asking(completed);
        let (found, near) = self.found(&anywhere, &anywhere.content).await?;
        let account = json!({ "query": thing.question, "relevant": found.relevant, "search": found.trace });
        let named = found.named;
        let of_it = |source: &Source| named.contains(&source.document) || speaks_of(source, thing);
        let sources: Vec<Source> = found.sources.into_iter().filter(of_it).collect();
        if !found.relevant || sources.is_empty() {
            return Ok(Piece::nothing(account));
        }
        self.quoted(&anywhere, &[], (sources, near), language, account).await
    }

    /// The answer to one thing, by whichever way answers it.
    pub(super) async fn piece(
        &self,
        plan: &Plan,
        before: &[&str],
        language: &'static Language,
    ) -> Result<Piece, Fault> {
        if let Some(told) = self.told_first(plan, before, language).await?
            && told.answered
        {
            return Ok(Piece {
                text: told.text,
                sources: told.sources,
                answered: true,
                account: told.account,
            });
        }
        if let Some(told) = self.enumerated(plan, language).await? {
            return Ok(Piece {
                text: told.text,
                sources: told.sources,
                answered: true,
                account: told.account,
            });
        }
        let (found, near) = self.found(plan, &plan.content).await?;
        let account = json!({ "query": plan.content, "relevant": found.relevant, "search": found.trace });
        let fit = if found.relevant { Fit::Relevant } else { Fit::Doubtful };
        if let Some(told) = self.told_of(plan, &found.sources, language, fit).await?
            && told.answered
        {
            return Ok(Piece { text: told.text, sources: told.sources, answered: true, account });
        }
        if !found.relevant {
            return Ok(Piece::nothing(account));
        }
        self.quoted(plan, before, (found.sources, near), language, account).await
    }

    pub(super) async fn quoted(
        &self,
        plan: &Plan,
        before: &[&str],
        (sources, near): (Vec<Source>, Vec<Vec<Near>>),
        language: &Language,
        account: Value,
    ) -> Result<Piece, Fault> {
        let settings = &self.parts.settings;
        let (sources, _) = budget::fit(sources, settings.budget.sources);
        let sources = self.mended(&plan.scope, plan.project, &sources).await;
        let (question, about) = plan.in_own_words(before);
        let prompt = Prompt {
            sources: sources.clone(),
            question,
            near,
            about,
            language: language.code.to_owned(),
            ..Prompt::default()
        };
        let said = models::complete(plan.model.as_ref(), prompt, settings.content_timeout, LONGEST).await;
        let text = said.map_err(|error| Fault::new(Code::Internal, error.to_string()))?;
        let answered = !text.trim().is_empty();
        Ok(Piece { text: text.trim().to_owned(), sources, answered, account })
    }

    /// What is to be searched for, and in which documents, where a question holds things against each other: of each thing
    /// its own, and then the whole.
    pub(in super::super) async fn asked_of_each(
        &self,
        plan: &Plan,
        text: &str,
    ) -> Result<Option<Vec<(String, Option<Vec<DocumentId>>)>>, Fault> {
        if plan.model.is_scripted() {
            return Ok(None);
        }
        let Some(comparison) = asked(text).filter(|_| !plan.model.quotes()) else { return Ok(None) };
        let shelf = self.shelf_of(plan).await?;
        let only = plan.options.documents.clone();
        let mut queries: Vec<(String, Option<Vec<DocumentId>>)> = Vec::new();
        for thing in &comparison.things {
            let named = called_after(thing, &shelf);
            let documents = if named.is_empty() { only.clone() } else { Some(named) };
            queries.push((thing.question.clone(), documents));
        }
        queries.push((text.to_owned(), only));
        Ok(Some(queries))
    }

    /// The documents that the question may be after.
    pub(super) async fn shelf_of(&self, plan: &Plan) -> Result<Vec<Shelved>, Fault> {
        let mut shelf = self.parts.store.read().await?.shelf(&plan.scope, plan.project, SHELF).await?;
        if let Some(only) = &plan.options.documents {
            shelf.retain(|it| only.contains(&DocumentId::from(it.id)));
        }
        Ok(shelf)
    }
}

/// Where the documents of the things are made alike, the statements that say the same of each.
fn in_one_form(comparison: &Comparison, pieces: &mut [Piece]) {
    if comparison.measure.is_some() || !pieces.iter().all(|piece| piece.answered) {
        return;
    }
    let of_each: Vec<Vec<Statement>> = pieces
        .iter()
        .map(|piece| {
            statements(&piece.sources.iter().map(|source| source.content.as_str()).collect::<Vec<_>>())
        })
        .collect();
    let quoted: Vec<String> = pieces.iter().map(|piece| piece.text.clone()).collect();
    let question = comparison.things.first().map_or("", |thing| thing.question.as_str());
    let Some(paired) = paired(question, &quoted, &of_each) else { return };
    for (piece, statement) in pieces.iter_mut().zip(paired) {
        piece.text = format!("{} [{}]", statement.text, statement.number);
    }
}

/// A text without its markers.
fn unmarked(text: &str) -> String {
    text.split_whitespace().filter(|word| !word.starts_with('[')).collect::<Vec<_>>().join(" ")
}

/// Whether nearly everything in an answer was said already.
fn says_again(text: &str, said: &str) -> bool {
    let bare = |text: &str| terms_of(&unmarked(text));
    let (text, said) = (bare(text), bare(said));
    let again = text.iter().filter(|term| said.contains(term)).count();
    !text.is_empty() && 5 * again >= 4 * text.len()
}

pub(super) fn as_it_is(part: &str) -> Completed {
    Completed { text: part.to_owned(), own: part.to_owned(), about: String::new() }
}

/// The documents whose names have most of what the thing is called; none where that are too many.
fn called_after(thing: &Thing, shelf: &[Shelved]) -> Vec<DocumentId> {
    let (name, called) = (terms_of(&thing.name), terms_of(&thing.called));
    let score = |shelved: &Shelved| {
        let file = shelved.filename.rsplit_once('.').map_or(shelved.filename.as_str(), |(file, _)| file);
        let words = terms_of(&file.replace(['_', '-', '.'], " "));
        let own = name.iter().filter(|term| words.contains(term)).count();
        let all = called.iter().filter(|term| words.contains(term)).count();
        if own > 0 && 2 * own >= name.len() { own + all } else { 0 }
    };
    let Some(best) = shelf.iter().map(score).max().filter(|best| *best > 0) else { return Vec::new() };
    let fits = shelf.iter().filter(|shelved| score(shelved) == best);
    let documents: Vec<DocumentId> = fits.map(|shelved| DocumentId::from(shelved.id)).collect();
    if documents.len() > NAMED { Vec::new() } else { documents }
}

/// Whether a passage, or what it belongs to, has the thing's name.
fn speaks_of(source: &Source, thing: &Thing) -> bool {
    let heading = source.heading.as_deref().unwrap_or_default();
    let name = source.filename.replace(['_', '-', '.'], " ");
    let there = terms_of(&format!("{name} {heading} {}", source.content));
    let own = terms_of(&thing.name);
    let has = own.iter().filter(|term| there.contains(term)).count();
    has > 0 && 2 * has >= own.len()
}

/// Whether a passage has what is asked of the thing: half of it, or one of the words for what is measured.
fn tells_of(source: &Source, thing: &Thing) -> bool {
    let there = terms_of(&source.content);
    let has = |terms: &[String]| terms.iter().filter(|term| there.contains(term)).count();
    let name = terms_of(&thing.called);
    let mut asked = terms_of(&thing.question);
    asked.retain(|term| !name.contains(term));
    let measured = terms_of(thing.measured);
    has(&measured) > 0 || (!asked.is_empty() && 2 * has(&asked) >= asked.len())
}

/// One answer out of several, with one numbering of their sources.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) lines: Vec<String>,
    sources: Vec<Source>,
}

impl Gathered {
    /// The text of a piece with the numbers of its sources here.
    pub(super) fn add(&mut self, piece: &Piece) -> String {
        let mut places: HashMap<usize, usize> = HashMap::new();
        for (number, source) in (1..).zip(&piece.sources) {
            if piece.text.contains(&format!("[{number}]")) {
                places.insert(number, self.place_of(source));
            }
        }
        renumbered(&piece.text, &places)
    }

    fn place_of(&mut self, source: &Source) -> usize {
        let known = self.sources.iter().position(|known| known.id == source.id);
        known.unwrap_or_else(|| {
            self.sources.push(source.clone());
            self.sources.len() - 1
        }) + 1
    }

    pub(super) fn told(self, pieces: &[Piece]) -> Told {
        let account = json!({ "pieces": pieces.iter().map(|piece| &piece.account).collect::<Vec<_>>() });
        Told { text: self.lines.join("\n\n"), sources: self.sources, answered: true, account }
    }
}

/// The text with other numbers in its markers.
fn renumbered(text: &str, places: &HashMap<usize, usize>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        out.push_str(before);
        let number =
            from[1..].find(']').and_then(|close| Some((close, from[1..=close].parse::<usize>().ok()?)));
        match number.and_then(|(close, number)| Some((close, places.get(&number)?))) {
            Some((close, place)) => {
                out.push_str(&format!("[{place}]"));
                rest = &from[close + 2..];
            }
            None => {
                out.push('[');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::super::tests::shelved;
    use super::*;

    #[test]
    fn markers_follow_their_sources() {
        let places = HashMap::from([(1, 3), (3, 1)]);
        assert_eq!(renumbered("a [1] b [3] [2] [x] [", &places), "a [3] b [1] [2] [x] [");
    }

    #[test]
    fn an_answer_is_known_again() {
        assert!(says_again("F-204: no water [2]", "**no water** (where “Code” is “F-204”) [1]"));
        assert!(!says_again("Open the tap. [2]", "F-204: no water [1]") && !says_again("", "x"));
    }

    #[test]
    fn documents_are_called_after_a_thing() {
        let shelf = [
            shelved(1, "House_Rules_2019.docx"),
            shelved(2, "House_Rules_2021.docx"),
            shelved(3, "Budget_2019.xlsx"),
        ];
        let of = |name: &str, called: &str| {
            let thing = Thing {
                name: name.to_owned(),
                called: called.to_owned(),
                question: String::new(),
                measured: "",
            };
            called_after(&thing, &shelf).iter().map(|id| id.get()).collect::<Vec<_>>()
        };
        assert_eq!(of("2019", "2019 house rules"), [1]);
        assert_eq!(of("2019", "2019"), [1, 3]);
        assert_eq!(of("Alder", "Alder"), [0_i64; 0]);
    }
}
