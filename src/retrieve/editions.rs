//! Editions of one document under names of their own: `Travel_Policy_2023-02.docx` and `Travel_Policy_2025-06.docx`.
//!
//! Where two of them say the same but for the figures, the newer one is meant, unless the question names the older one by its
//! year, month or version, or asks for what was before. So it is where they say different things of the same, as minutes do,
//! and the newer one says that it corrects something or the question asks for what holds now. Nothing is hidden: what the
//! older one says follows behind.

use std::collections::HashSet;

use docent_domain::DocumentId;

use super::LiveChunk;
use super::alike::{stands_in, words};
use super::edition::{Edition, is_version, runs};

/// Words that ask for what was before, as they stand in a question.
const BEFORE: &[&str] = &[
    "old",
    "older",
    "previous",
    "previously",
    "former",
    "formerly",
    "earlier",
    "outdated",
    "superseded",
    "alte",
    "alten",
    "alter",
    "altes",
    "ältere",
    "älteren",
    "frühere",
    "früheren",
    "früher",
    "vorherige",
    "vorherigen",
    "bisherige",
    "bisherigen",
    "ancien",
    "ancienne",
    "précédente",
    "précédent",
    "anterior",
    "vecchia",
    "vecchio",
    "precedente",
    "oude",
    "vorige",
];

/// Words that ask for what holds now, as they stand in a question.
const NOW: &[&str] = &[
    "now",
    "nowadays",
    "today",
    "current",
    "currently",
    "present",
    "presently",
    "latest",
    "newest",
    "applies",
    "applicable",
    "still",
    "really",
    "actually",
    "aktuell",
    "aktuelle",
    "aktuellen",
    "aktueller",
    "aktuelles",
    "derzeit",
    "derzeitige",
    "derzeitigen",
    "gilt",
    "gültig",
    "heute",
    "inzwischen",
    "jetzt",
    "mittlerweile",
    "momentan",
    "neueste",
    "neuesten",
    "neuester",
    "neuestem",
    "neuste",
    "neusten",
    "tatsächlich",
    "wirklich",
    "zurzeit",
    "actuel",
    "actuelle",
    "actuellement",
    "maintenant",
    "actual",
    "actualmente",
    "ahora",
    "vigente",
    "attuale",
    "attualmente",
    "adesso",
    "huidige",
    "momenteel",
    "thans",
];

/// The same in several words.
const NOWADAYS: &[&str] =
    &["these days", "at the moment", "im moment", "im augenblick", "en ce moment", "en este momento"];

/// Beginnings of words by which a document says that it puts something in the place of what was said before.
const CORRECTING: &[&str] = &[
    "supersed",
    "replaces",
    "replaced",
    "correction",
    "corrected",
    "corrects",
    "amend",
    "revised",
    "instead",
    "no longer",
    "ersetzt",
    "berichtig",
    "korrigier",
    "korrektur",
    "geändert",
    "statt ",
    "anstelle",
    "aufgehoben",
    "remplac",
    "corrig",
    "rectifi",
    "sustituy",
    "sustituid",
    "sostitui",
    "vervang",
    "gecorrigeerd",
];

/// What a question says of the edition that it means.
struct Meant {
    words: HashSet<String>,
    months: HashSet<u32>,
    before: bool,
    now: bool,
}

impl Meant {
    fn by(question: &str) -> Self {
        let lower = question.to_lowercase();
        let words: HashSet<String> = runs(&lower).into_iter().map(str::to_owned).collect();
        let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
        let now = has(NOW) || NOWADAYS.iter().any(|phrase| lower.contains(phrase));
        let before = has(BEFORE);
        Self { months: months_in(question), words, before, now }
    }

    /// How exactly the question names an edition: not at all (0), by its year or version, or by its month, too.
    fn names(&self, edition: &Edition) -> u8 {
        let first = edition.stamp.first().map(u32::to_string);
        let version = edition.dated || self.words.iter().any(|word| is_version(word));
        let year = first.is_some_and(|first| version && self.words.contains(&first));
        match edition.stamp.get(1).filter(|_| edition.dated && !self.months.is_empty()) {
            // Another month of that year.
            Some(month) if !self.months.contains(month) => 0,
            Some(_) => 2 + u8::from(year),
            None => u8::from(year),
        }
    }

    /// Whether `one` is meant rather than `other`, both of one family.
    fn prefers(&self, one: &Edition, other: &Edition) -> bool {
        match (self.names(one), self.names(other)) {
            (one, other) if one != other => one > other,
            // Both are named: it compares them.
            (1.., _) if one.stamp.first() != other.stamp.first() => false,
            (2.., _) if one.stamp.get(1) != other.stamp.get(1) => false,
            _ if self.before => one.age() < other.age(),
            _ => one.age() > other.age(),
        }
    }
}

/// Whether a word is a month: it tells of which edition something is, and not which document says it.
pub(super) fn is_month(word: &str) -> bool {
    let lower = word.to_lowercase();
    docent_words::month_named(&lower).is_some()
}

fn months_in(question: &str) -> HashSet<u32> {
    let words = question.split(|c: char| !c.is_alphabetic());
    // "may" is a month where it is written as one, and not where a question begins.
    let months = words.enumerate().filter(|(at, word)| *at > 0 || !word.eq_ignore_ascii_case("may"));
    let number = |word: &str| {
        let lower = word.to_lowercase();
        docent_words::month_named(&lower).filter(|_| lower != "may" || word != lower)
    };
    months.filter_map(|(_, word)| number(word)).collect()
}

/// In which order passages answer a question, and which of them come behind another edition.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Order {
    /// Places of what was kept.
    pub(super) places: Vec<usize>,
    pub(super) behind: HashSet<usize>,
}

/// A passage that has so much of what another one has of the question speaks of the same.
const AS_MUCH: f32 = 0.7;

/// The order in which passages answer a question: those of an edition come behind those of the one that is meant, where the
/// question names that one, where both say the same somewhere, or where the newer one speaks of the same and either says
/// that it corrects something or what holds now is asked for. `coverage` is how much of the question a passage has.
pub(super) fn order(question: &str, kept: &[&LiveChunk], coverage: impl Fn(&LiveChunk) -> f32) -> Order {
    let editions: Vec<Option<Edition>> = kept.iter().map(|chunk| Edition::of(&chunk.filename)).collect();
    let mut order = Order { places: (0..kept.len()).collect(), behind: HashSet::new() };
    let others = |at: usize| editions[..at].iter().flatten();
    let are_several = (0..kept.len())
        .any(|at| editions[at].as_ref().is_some_and(|this| others(at).any(|one| one.is_of(this))));
    if !are_several {
        return order;
    }
    let meant = Meant::by(question);
    let words: Vec<HashSet<String>> = kept.iter().map(|chunk| words(&chunk.content)).collect();
    let coverage: Vec<f32> = kept.iter().map(|chunk| coverage(chunk)).collect();
    let document = |at: usize| kept[at].key.document;
    for at in 0..kept.len() {
        let Some(this) = &editions[at] else { continue };
        let is_better = |other: &usize| {
            let edition = editions[*other].as_ref().filter(|_| document(*other) != document(at));
            edition.is_some_and(|one| one.is_of(this) && meant.prefers(one, this))
        };
        let mut better: Vec<usize> = (0..kept.len()).filter(is_better).collect();
        // They are not cut at the same places, so one passage that both have is enough.
        let said: HashSet<&String> = better.iter().flat_map(|other| &words[*other]).collect();
        let alike = (0..kept.len()).any(|own| document(own) == document(at) && stands_in(&words[own], &said));
        if !alike {
            let takes_its_place = |other: &usize| {
                let edition = editions[*other].as_ref();
                let named = edition.is_some_and(|one| meant.names(one) > meant.names(this));
                let as_much = coverage[*other] > 0.0 && coverage[*other] >= AS_MUCH * coverage[at];
                let same = as_much || is_of_one_matter(kept[*other], kept[at]);
                named || same && !meant.before && (meant.now || corrects(&kept[*other].content))
            };
            better.retain(takes_its_place);
        }
        let from = order.places.iter().position(|place| *place == at);
        let to = order.places.iter().rposition(|place| better.contains(place));
        let (Some(from), Some(to)) = (from, to) else { continue };
        order.behind.insert(at);
        if from < to {
            let moved = order.places.remove(from);
            order.places.insert(to, moved);
        }
    }
    order
}

/// The documents that a question names as editions: by year, month or version, where another one that it does not name is
/// there, too.
pub(super) fn named(question: &str, kept: &[&LiveChunk]) -> HashSet<DocumentId> {
    let editions: Vec<Option<Edition>> = kept.iter().map(|chunk| Edition::of(&chunk.filename)).collect();
    let meant = Meant::by(question);
    let is_named = |at: &usize| {
        let this = editions[*at].as_ref().filter(|this| meant.names(this) > 0);
        let rather = |this: &Edition| {
            editions.iter().flatten().any(|other| other.is_of(this) && meant.names(other) < meant.names(this))
        };
        this.is_some_and(rather)
    };
    (0..kept.len()).filter(is_named).map(|at| kept[at].key.document).collect()
}

/// Whether two passages stand below the same heading, whatever its number.
fn is_of_one_matter(one: &LiveChunk, other: &LiveChunk) -> bool {
    let heading = |chunk: &LiveChunk| words(chunk.heading.as_deref().unwrap_or_default());
    let (own, there) = (heading(one), heading(other));
    !own.is_empty() && own == there
}

/// The older passage whose newer edition is there with other passages, but none on the same matter, where what holds now is
/// asked for: with that edition's document.
pub(super) fn unmet(question: &str, kept: &[&LiveChunk]) -> Option<(usize, DocumentId)> {
    let meant = Meant::by(question);
    if !meant.now || meant.before {
        return None;
    }
    let editions: Vec<Option<Edition>> = kept.iter().map(|chunk| Edition::of(&chunk.filename)).collect();
    let newer = |at: usize| {
        let this = editions[at].as_ref()?;
        let rather = |other: &usize| {
            editions[*other].as_ref().is_some_and(|one| one.is_of(this) && meant.prefers(one, this))
        };
        let document = (0..kept.len()).find(rather).map(|other| kept[other].key.document)?;
        let mut of_it = kept.iter().filter(|chunk| chunk.key.document == document);
        (!of_it.any(|chunk| is_of_one_matter(chunk, kept[at]))).then_some((at, document))
    };
    (0..kept.len()).find_map(newer)
}

/// Whether a question means no older edition by its words, and one of these passages is of any.
pub(super) fn may_be_older(question: &str, kept: &[&LiveChunk]) -> bool {
    !Meant::by(question).before && kept.iter().any(|chunk| Edition::of(&chunk.filename).is_some())
}

/// The older of the kept passages of whose document a newer edition, which none of them is of, is among `others`; with that
/// one's place.
pub(super) fn left_out(question: &str, kept: &[&LiveChunk], others: &[LiveChunk]) -> Option<(usize, usize)> {
    let meant = Meant::by(question);
    let editions: Vec<Option<Edition>> = kept.iter().map(|chunk| Edition::of(&chunk.filename)).collect();
    let rather = |one: &Edition, this: &Edition| one.is_of(this) && meant.prefers(one, this);
    let newer = |at: usize| {
        let this = editions[at].as_ref().filter(|_| !meant.before)?;
        if editions.iter().flatten().any(|one| rather(one, this)) {
            return None;
        }
        let is_newer = |other: &LiveChunk| Edition::of(&other.filename).is_some_and(|one| rather(&one, this));
        Some((at, others.iter().position(is_newer)?))
    };
    (0..kept.len()).find_map(newer)
}

/// The passage of a newer edition on the matter of an older one: below the same heading, or, where neither stands below one,
/// the one that was ranked first.
pub(super) fn on_the_same<'a>(older: &LiveChunk, newer: &'a [LiveChunk]) -> Option<&'a LiveChunk> {
    let below = newer.iter().find(|chunk| is_of_one_matter(chunk, older));
    let bare = |chunk: &&LiveChunk| chunk.heading.is_none() && older.heading.is_none();
    below.or_else(|| newer.first().filter(bare))
}

/// Whether a passage says that something takes the place of what was said before.
fn corrects(text: &str) -> bool {
    let lower = text.to_lowercase();
    CORRECTING.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every passage has as much of the question as of its words stand there.
    fn places(question: &str, kept: &[&LiveChunk]) -> Vec<usize> {
        let english = Some(docent_words::Language::English);
        let coverage = |chunk: &LiveChunk| docent_words::coverage(question, &chunk.content, english);
        super::order(question, kept, coverage).places
    }

    #[test]
    fn the_newer_edition_answers_unless_the_older_one_is_meant() {
        let old =
            LiveChunk::saying(1, "rules_2021.md", "The gym is open from 6:00 to 20:00 for all tenants.");
        let other = LiveChunk::saying(3, "gym-plan.md", "Yoga is on Mondays.");
        let new =
            LiveChunk::saying(2, "rules_2024.md", "The gym is open from 7:00 to 22:30 for all tenants.");
        let kept = [&old, &other, &new];
        let order = |question: &str, kept: &[&LiveChunk]| places(question, kept);
        assert_eq!(order("When is the gym open?", &kept), [1, 2, 0]);
        assert_eq!(order("When was the gym open in 2021?", &kept), [0, 1, 2]);
        assert_eq!(order("When was the gym open under the old rules?", &kept), [0, 1, 2]);
        assert_eq!(order("How did the hours change from 2021 to 2024?", &kept), [0, 1, 2]);
        let new_first = [&new, &other, &old];
        assert_eq!(order("When was the gym open in 2021?", &new_first), [1, 2, 0]);
    }

    #[test]
    fn a_counted_edition_is_one_of_the_same_document() {
        let old = LiveChunk::saying(
            1,
            "rules_2nd_edition_2021.md",
            "The gym is open from 6:00 to 20:00 for tenants.",
        );
        let new = LiveChunk::saying(
            2,
            "rules_3rd_edition_2024.md",
            "The gym is open from 7:00 to 22:30 for tenants.",
        );
        assert_eq!(places("When is the gym open?", &[&old, &new]), [1, 0]);
        assert_eq!(places("When was the gym open in 2021?", &[&old, &new]), [0, 1]);
        let (draft, last) = (
            LiveChunk::saying(1, "budget_2024_v1.md", "The gym may cost 4,000 for all tenants."),
            LiveChunk::saying(2, "budget_2024_v2.md", "The gym may cost 5,000 for all tenants."),
        );
        assert_eq!(places("What may the gym cost?", &[&draft, &last]), [1, 0]);
    }

    #[test]
    fn documents_that_say_something_else_keep_their_places() {
        let march = LiveChunk::saying(1, "minutes_2025-03.md", "The pump was ordered by Ida.");
        let april =
            LiveChunk::saying(2, "minutes_2025-04.md", "A new roof is planned; offers are due in May.");
        assert_eq!(places("Who ordered the pump?", &[&march, &april]), [0, 1]);
    }

    #[test]
    fn what_a_later_document_corrects_or_settles_anew_comes_behind_it() {
        let spring =
            LiveChunk::saying(1, "council_2024-04-02.md", "Jetty: 12 berths are to be built for 90,000.");
        let autumn = LiveChunk::saying(
            2,
            "council_2024-10-08.md",
            "Jetty: one item of April is corrected, since fifteen moorings cost 97,000.",
        );
        let other = LiveChunk::saying(3, "council_2024-11-12.md", "The choir sings on Sunday evenings.");
        assert_eq!(places("How much may the jetty cost?", &[&spring, &autumn]), [1, 0], "it corrects");
        assert_eq!(places("What may the jetty cost now?", &[&spring, &autumn]), [1, 0]);
        assert_eq!(places("What may a jetty cost these days?", &[&spring, &autumn]), [1, 0]);
        assert_eq!(places("What does the jetty cost now?", &[&spring, &other]), [0, 1], "of something else");
        assert_eq!(places("What was planned earlier for the jetty?", &[&spring, &autumn]), [0, 1]);
        assert_eq!(
            places("What did the council of April 2024 say of the jetty?", &[&autumn, &spring]),
            [1, 0]
        );
        assert_eq!(places("How did it change from April to October?", &[&spring, &autumn]), [0, 1]);
    }

    #[test]
    fn the_newer_passage_on_the_same_matter_is_looked_for_where_what_holds_now_is_asked_for() {
        let below =
            |chunk: LiveChunk, heading: &str| LiveChunk { heading: Some(heading.to_owned()), ..chunk };
        let old = below(LiveChunk::saying(1, "council_2024-04.md", "Twelve berths."), "3 Jetty, north");
        let new = below(LiveChunk::saying(2, "council_2024-10.md", "Songs."), "5 Choir");
        let same = below(LiveChunk::saying(2, "council_2024-10.md", "Fifteen berths."), "2 Jetty, north");
        assert_eq!(unmet("What is planned now?", &[&old, &new]), Some((0, DocumentId::from(2))));
        assert_eq!(unmet("What is planned?", &[&old, &new]), None);
        assert_eq!(unmet("What is planned now?", &[&old, &same]), None);
        assert_eq!(on_the_same(&old, &[new, same.clone()]), Some(&same));
        let bare = |document, text| LiveChunk::saying(document, "rules.md", text);
        let alike = bare(2, "Keepers: Ida Moss (mill), Bo Lind (kiln), Una Hart (quay).");
        let old = bare(1, "Keepers: Ida Moss (mill), Ann Lee (kiln), Una Hart (quay).");
        assert_eq!(on_the_same(&old, &[alike.clone(), bare(2, "Songs are sung on the quay.")]), Some(&alike));
    }

    #[test]
    fn a_newer_edition_that_there_was_no_room_for_is_found() {
        let old = LiveChunk::saying(1, "rules_2021.md", "The gym is open from 6:00.");
        let new = LiveChunk::saying(2, "rules_2024.md", "The gym is open from 7:00.");
        let other = LiveChunk::saying(3, "yoga_2024.md", "Yoga is on Mondays.");
        let others = [other.clone(), new.clone()];
        assert_eq!(left_out("When is the gym open?", &[&other, &old], &others), Some((1, 1)));
        assert_eq!(left_out("When is the gym open?", &[&new, &old], &others), None, "it is there");
        assert_eq!(left_out("When was the gym open in 2021?", &[&old], &others), None);
        assert_eq!(left_out("When was the gym open earlier?", &[&old], &others), None);
        assert!(may_be_older("When is the gym open?", &[&old]));
        assert!(!may_be_older("What did the old rules say?", &[&old]));
    }

    #[test]
    fn an_edition_is_named_by_its_year_or_month_beside_another() {
        let old = LiveChunk::saying(1, "rules_2021.md", "The gym is open.");
        let new = LiveChunk::saying(2, "rules_2024.md", "The gym is open.");
        let of = |question, kept: &[&LiveChunk]| named(question, kept).into_iter().collect::<Vec<_>>();
        assert_eq!(of("When was the gym open in the 2021 rules?", &[&old, &new]), [DocumentId::from(1)]);
        assert!(of("When was the gym open in 2021?", &[&old]).is_empty());
        assert!(of("When is the gym open?", &[&old, &new]).is_empty());
        assert_eq!(months_in("May I know what was said in March and May?"), HashSet::from([3, 5]));
        assert!(months_in("how much may it cost?").is_empty());
    }
}
