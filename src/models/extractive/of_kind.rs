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
