//! "What is the difference between the old and the new …", "did it go up from last year?": the same is asked of two editions
//! of one document, the earlier one first.

use super::Told;
use super::pieces::{Gathered, Piece, as_it_is};
use crate::engine::Inner;
use crate::figures::period::years_in;
use crate::language::Language;
use crate::reckon::are_called_alike;
use crate::turn::Plan;
use docent_domain::Fault;
use docent_models::terms_of;
use docent_store::Shelved;

/// Words for the earlier and for the later one of two.
const OLD: &[&str] = &[
    "old",
    "older",
    "previous",
    "former",
    "earlier",
    "alte",
    "alten",
    "alter",
    "altem",
    "bisherige",
    "bisherigen",
    "vorherige",
    "vorherigen",
    "frühere",
    "früheren",
    "ancien",
    "ancienne",
    "précédent",
    "précédente",
    "antiguo",
    "antigua",
    "anterior",
];
const NEW: &[&str] = &[
    "new",
    "newer",
    "current",
    "latest",
    "present",
    "neue",
    "neuen",
    "neuer",
    "neuem",
    "aktuelle",
    "aktuellen",
    "jetzige",
    "jetzigen",
    "nouveau",
    "nouvelle",
    "actuel",
    "actuelle",
    "nuevo",
    "nueva",
    "actual",
];

/// What holds something against the year before.
const SINCE: &[&str] = &[
    "from last year",
    "since last year",
    "compared to last year",
    "compared with last year",
    "than last year",
    "over last year",
    "on last year",
    "from the previous year",
    "than the previous year",
    "than the year before",
    "gegenüber dem vorjahr",
    "zum vorjahr",
    "gegenüber letztem jahr",
    "als letztes jahr",
    "als im vorjahr",
    "seit letztem jahr",
    "par rapport à l'année dernière",
    "par rapport à l'an dernier",
    "depuis l'an dernier",
    "que l'an dernier",
    "respecto al año pasado",
    "desde el año pasado",
    "que el año pasado",
];

/// Words that hold one against the other, and say nothing of what is asked.
const COMPARING: &[&str] = &[
    "difference",
    "differences",
    "between",
    "compare",
    "change",
    "changed",
    "changes",
    "differ",
    "go",
    "gone",
    "went",
    "up",
    "down",
    "rise",
    "risen",
    "rose",
    "fall",
    "fallen",
    "fell",
    "increase",
    "increased",
    "decrease",
    "decreased",
    "did",
    "has",
    "have",
    "unterschied",
    "unterschiede",
    "zwischen",
    "vergleich",
    "vergleiche",
    "gestiegen",
    "gesunken",
    "geändert",
    "verändert",
    "teurer",
    "billiger",
    "différence",
    "entre",
    "changé",
    "augmenté",
    "baissé",
    "diferencia",
    "cambiado",
    "subido",
    "bajado",
];

/// Whether a question holds the earlier edition of something against the later one, without their years.
pub(in super::super) fn holds_editions(question: &str) -> bool {
    asked(question).is_some()
}

/// Whether a word only says which of two editions.
pub(in super::super) fn is_of_editions(word: &str) -> bool {
    OLD.contains(&word)
        || NEW.contains(&word)
        || matches!(word, "ones" | "one" | "last" | "edition" | "vorjahr" | "letztes")
}

/// What a question is after where it holds two editions against each other: the question about one of them.
fn asked(question: &str) -> Option<String> {
    let bare: String = question.trim().trim_end_matches(['?', '!', '.', ' ']).to_owned();
    let lower = bare.to_lowercase();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let says = |list: &[&str]| words.iter().any(|word| list.contains(&plain(word).as_str()));
    let since = SINCE.iter().find_map(|phrase| {
        let at = lower.find(phrase)?;
        (lower.len() == bare.len()).then(|| (at, at + phrase.len()))
    });
    let both = says(OLD) && says(NEW);
    let rest = match since {
        // What follows asks by how much.
        Some((from, to)) => {
            let behind = bare[to..].trim_start_matches([',', ' ']);
            let more = ["and", "und", "et", "y"].iter().any(|and| behind.starts_with(&format!("{and} ")));
            if more { bare[..from].to_owned() } else { format!("{} {behind}", &bare[..from]) }
        }
        None if both && says(COMPARING) => bare.clone(),
        None => return None,
    };
    let kept = |word: &&str| {
        let word = plain(word);
        let word = word.as_str();
        let of_pair = since.is_none()
            && (OLD.contains(&word) || NEW.contains(&word) || matches!(word, "and" | "und" | "et" | "y"));
        !(COMPARING.contains(&word) || of_pair)
    };
    let own = rest.split_whitespace().filter(kept).collect::<Vec<_>>().join(" ");
    (terms_of(&own).len() >= 2).then(|| format!("{own}?"))
}

/// Two documents that are editions of one: those that the question names by their kind, else the found one and the one that
/// is called like it but for its figures. The earlier one comes first.
fn editions<'a>(question: &str, found: Option<&str>, shelf: &'a [Shelved]) -> Option<[&'a Shelved; 2]> {
    let year = |shelved: &Shelved| years_in(&shelved.filename.replace(['_', '-'], " ")).last().copied();
    let in_order = |mut two: Vec<&'a Shelved>| {
        two.retain(|shelved| year(shelved).is_some());
        two.sort_by_key(|shelved| year(shelved));
        let [.., one, other] = two[..] else { return None };
        (year(one) < year(other)).then_some([one, other])
    };
    let words = |shelved: &Shelved| {
        let name = shelved.filename.rsplit_once('.').map_or(shelved.filename.as_str(), |(name, _)| name);
        terms_of(&name.replace(['_', '-', '.'], " "))
    };
    // "Bye-laws" are "byelaws".
    let asked = terms_of(&format!("{question} {}", question.replace('-', "")));
    let shared = |shelved: &Shelved| {
        let words = words(shelved);
        asked.iter().filter(|term| term.chars().any(char::is_alphabetic) && words.contains(term)).count()
    };
    let most = shelf.iter().map(shared).max().filter(|most| *most > 0);
    let named: Vec<&Shelved> = shelf.iter().filter(|it| most == Some(shared(it))).collect();
    if let (2, Some(two)) = (named.len(), in_order(named)) {
        return Some(two);
    }
    let found = found?;
    in_order(shelf.iter().filter(|shelved| are_called_alike(&shelved.filename, found)).collect())
}

impl Inner {
    /// What each of two editions says; `None` where the question is another one, and where they do not both say something.
    pub(super) async fn by_edition(
        &self,
        plan: &Plan,
        language: &'static Language,
    ) -> Result<Option<Told>, Fault> {
        let Some(question) = asked(&plan.content) else { return Ok(None) };
        let shelf = self.shelf_of(plan).await?;
        let (found, _) = self.found(plan, &question).await?;
        let first = found.sources.first().map(|source| source.filename.as_str());
        let Some(two) = editions(&plan.content, first, &shelf) else { return Ok(None) };
        let mut pieces: Vec<Piece> = Vec::new();
        for edition in two {
            let within = plan.asking(as_it_is(&question)).within(vec![edition.id.into()]);
            pieces.push(self.piece(&within, &[], language).await?);
        }
        let said = |piece: &Piece| piece.text.split(" [").next().unwrap_or_default().to_owned();
        if pieces.iter().any(|piece| !piece.answered) || said(&pieces[0]) == said(&pieces[1]) {
            return Ok(None);
        }
        let mut gathered = Gathered::default();
        for (edition, piece) in two.iter().zip(&pieces) {
            let text = gathered.add(piece);
            gathered.lines.push(format!("**{}**: {text}", edition.filename));
        }
        Ok(Some(gathered.told(&pieces)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shelved;
    use super::*;

    #[test]
    fn what_is_asked_of_both_editions_is_told_from_the_words_that_compare_them() {
        for (question, own) in [
            (
                "What is the difference between the old and the new ferry rules on dogs?",
                "What is the the the ferry rules on dogs?",
            ),
            (
                "Did the berth fee of the north quay go up from last year, and by how much?",
                "the berth fee of the north quay?",
            ),
            (
                "Was ist der Unterschied zwischen der alten und der neuen Hafenordnung bei Hunden?",
                "Was ist der der der Hafenordnung bei Hunden?",
            ),
        ] {
            assert_eq!(asked(question).as_deref(), Some(own), "{question}");
        }
        for question in
            ["What do the old rules say on dogs?", "Is the new quay longer?", "Was there a fire last year?"]
        {
            assert_eq!(asked(question), None, "{question}");
        }
    }

    #[test]
    fn editions_are_told_by_their_names_and_years() {
        let shelf = [
            shelved(1, "Berth_Fees_2024-25.pdf"),
            shelved(2, "Hafenordnung_Nord_2021.docx"),
            shelved(3, "Berth_Fees_2025-26.pdf"),
            shelved(4, "Hafenordnung_Neufassung_2024.docx"),
            shelved(5, "Minutes_2024-03-01.docx"),
        ];
        let named = |question: &str, found: Option<&str>| {
            editions(question, found, &shelf).map(|two| two.map(|it| it.id))
        };
        assert_eq!(named("alte und neue Hafenordnung bei Hunden", None), Some([2, 4]));
        assert_eq!(named("the old and the new Hafen-Ordnung", None), Some([2, 4]));
        assert_eq!(named("the rent of the quay", Some("Berth_Fees_2025-26.pdf")), Some([1, 3]));
        assert_eq!(named("the rent of the quay", Some("Minutes_2024-03-01.docx")), None);
        assert_eq!(named("the rent of the quay", None), None);
    }
}
