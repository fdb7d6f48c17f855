//! Which of the likely sentences has the kind of thing that a question asks for.

use super::asked::Wanted;
use super::candidates::Candidate;
use super::closely;
use super::pick::{Desk, Part};
use super::sentences::Kind;

/// A sentence that has the kind of thing that is asked for answers instead of a likelier one that has not, if the logarithm of
/// its chance is behind by no more than this.
const FAR_BEHIND: f64 = 1.0;
/// The same of one that stands in the same passage, so many times as far.
const IN_THE_SAME: f64 = 1.5;
/// The same of one that has it just as it is asked for: so many of what is counted, a date until which, a full name.
const CLOSELY_BEHIND: f64 = 2.0;
/// The same of one that has more of the question, too, or the label that is asked for.
const WHOLLY_BEHIND: f64 = 3.0;

impl Desk<'_> {
    /// The candidates as they are ranked, from the first one on that has the kind of thing that is asked for, if it is not
    /// far behind; none where the kind is unmistakable and no candidate has it.
    pub(super) fn of_kind(&self, part: &Part<'_>) -> Vec<(usize, f64)> {
        let ranked = self.ranked(part);
        if !part.wanted.has_a_form() && part.wanted != Wanted::Person {
            return ranked;
        }
        let fits = |at: usize| {
            // A telephone number is that of another one where nothing of the question stands beside it.
            let beside = part.wanted != Wanted::Contact || self.has_of(&part.open, at) > 0.0;
            beside && self.fits(part, at)
        };
        let Some(&(_, top)) = ranked.first() else { return ranked };
        let first = |is: &dyn Fn(usize) -> bool, behind: f64| {
            let near = ranked.iter().take_while(|(_, chance)| top - chance <= behind);
            near.map(|(at, _)| *at).position(is)
        };
        let closely =
            |at: usize| fits(at) && closely::fits(part.wanted, &self.candidates[at].text, part.text);
        if part.wanted.is_unmistakable() {
            let mut left: Vec<(usize, f64)> = ranked.into_iter().filter(|(at, _)| fits(*at)).collect();
            // What it is a number of stands beside it.
            let top = left.first().map_or(0.0, |(_, chance)| *chance);
            let first = left.iter().position(|(at, chance)| top - chance <= CLOSELY_BEHIND && closely(*at));
            return left.split_off(first.unwrap_or(0));
        }
        let far = if part.wanted.has_a_form() { FAR_BEHIND } else { 0.0 };
        let labelled = |at: usize| {
            let candidate = &self.candidates[at];
            let text = &candidate.text;
            let lines = candidate.kind == Kind::Sentence || candidate.is_field();
            let labelled = lines && closely::is_labelled(text, part.text);
            fits(at) && (labelled || closely::tells_when_due(text, part.text))
        };
        // It has more of the question than the likeliest one, too.
        let more =
            |at: usize| closely(at) && self.own_of(&part.open, at) > self.own_of(&part.open, ranked[0].0);
        // Of those who are asked for, as many as there are.
        let names = |at: usize| {
            let asked = fits(at) && part.wanted == Wanted::Person;
            if asked { closely::names_of_several(&self.candidates[at].text, part.text) } else { 0 }
        };
        let near = ranked.iter().take_while(|(_, chance)| top - chance <= WHOLLY_BEHIND);
        let most = near.map(|(at, _)| names(*at)).max().unwrap_or(0);
        let several = |at: usize| most > 0 && names(at) == most;
        let beside =
            |at: usize| fits(at) && self.candidates[at].source == self.candidates[ranked[0].0].source;
        let told_behind = |at: usize| self.is_told_behind(part, ranked[0].0, at);
        let first = first(&labelled, WHOLLY_BEHIND)
            .or_else(|| first(&several, WHOLLY_BEHIND))
            .or_else(|| ranked.iter().position(|(at, _)| told_behind(*at)))
            .or_else(|| first(&closely, CLOSELY_BEHIND))
            .or_else(|| first(&more, WHOLLY_BEHIND))
            .or_else(|| first(&fits, far))
            .or_else(|| first(&beside, far * IN_THE_SAME));
        first.map_or(ranked.clone(), |first| ranked[first..].to_vec())
    }

    /// Whether a candidate has the kind of thing that a part asks for. What stands around the text has none.
    pub(super) fn fits(&self, part: &Part<'_>, at: usize) -> bool {
        let Candidate { text, furniture, .. } = &self.candidates[at];
        let around = furniture.is_some_and(|furniture| !furniture.is_asked_for(part.text));
        !around && part.wanted.is_in(text, part.text)
    }

    /// Whether a candidate follows the likeliest one, leans on it, and has what is asked for where that one has it not: "Ann
    /// Lee leaves in May. Her successor is Ida Moss."
    fn is_told_behind(&self, part: &Part<'_>, top: usize, at: usize) -> bool {
        let has = |at: usize| {
            self.fits(part, at)
                && (part.wanted != Wanted::Person
                    || closely::fits(part.wanted, &self.candidates[at].text, part.text))
        };
        at == top + 1 && self.candidates[at].leans && has(at) && !has(top)
    }
}

#[cfg(test)]
mod tests {
    use crate::extractive::pick::answer;
    use crate::extractive::tests::source;

    fn ask(question: &str, texts: &[&str]) -> String {
        let sources: Vec<_> = (1..)
            .zip(texts)
            .map(|(document, text)| {
                let mut found = source(text);
                (found.document, found.filename) = (i64::from(document).into(), format!("{document}.md"));
                found
            })
            .collect();
        answer(question, "", &sources, &[])
    }

    #[test]
    fn the_reference_of_a_letter_is_no_number_of_a_thing() {
        let letter = "Réf. : KL/2031/0417\n\nMadame, Monsieur,\n\nNous vous informons que le chaland Lutra est à la porte \
                      n° 5 à compter du 1er juin.";
        let gate = ask("At which gate number does the Lutra lie from June?", &[letter]);
        assert!(gate.contains("n° 5") && !gate.contains("0417"), "{gate}");
        let reference = ask("What is the reference number of the letter on the Lutra?", &[letter]);
        assert!(reference.contains("KL/2031/0417"), "{reference}");
    }

    #[test]
    fn who_was_at_a_meeting_answers_only_that() {
        let minutes = "Present: Ida Moss, Bo Lind.\n\nThe flue was swept in May. Ann Lee keeps the kiln now.";
        let keeper = ask("Who keeps the kiln?", &[minutes]);
        assert!(keeper.contains("Ann Lee") && !keeper.contains("Present"), "{keeper}");
        assert!(ask("Who was at the meeting?", &[minutes]).contains("Ida Moss, Bo Lind"));
    }

    #[test]
    fn who_follows_is_quoted_with_whom() {
        let news = "Ann Lee of the kiln leaves on 3 May. Her successor is Ida Moss. Tea is served at four.";
        let told = ask("Who is taking over the job of Ann Lee?", &[news]);
        assert!(told.contains("Her successor is Ida Moss.") && !told.contains("Tea"), "{told}");
    }

    #[test]
    fn the_sentence_with_the_most_names_goes_first_where_several_are_asked_for() {
        let news = "News of the new kiln, edited by Max Hale. Two came since Christmas: Ida Moss (clay) and Bo Lind (kiln). \
                    The new kiln is red.";
        let told = ask("Who are the new potters at the kiln?", &[news]);
        assert!(told.contains("Ida Moss (clay) and Bo Lind"), "{told}");
    }

    #[test]
    fn a_line_of_a_form_is_about_what_the_form_is_about() {
        let form = "| Field | Entry |\n|---|---|\n| Injured person | Bo Lind |\n| Date of the accident | 4 May 2031 |\n\
                    | Injury | Burnt hand |";
        let other = "Bo Lind is back at the kiln. The flue is swept each year.";
        assert_eq!(
            ask("When did Bo Lind burn his hand?", &[form, other]),
            "Date of the accident: 4 May 2031 [1]"
        );
    }

    #[test]
    fn a_sentence_in_another_language_is_not_quoted_beside_the_answer() {
        let english = "The kiln at Leek has received four new doors of steel this winter, and all of the old ones were sold.";
        let german = "Der Ofen in Leek wurde im Winter mit vier neuen Türen beheizt, und alle alten sind nun verkauft worden.";
        let told = ask("How many new doors did the kiln at Leek get this winter?", &[english, german]);
        assert_eq!(told, format!("{english} [1]"));
    }
}
