//! Questions that hold things against each other: which things, and what is asked of each.

use super::phrase::{Run, Shape, Word, names_in, shape_of, text_of, words_of};

/// Things of one question, at most.
const MOST: usize = 4;

/// Words that may stand between a thing and the joint.
const BETWEEN: usize = 3;

/// Words of a thing without a name.
const LONGEST: usize = 4;

/// A question taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Comparison {
    pub(super) things: Vec<Thing>,
    /// What is measured, where the question says so by a comparative.
    pub(super) measure: Option<Measured>,
}

/// One of the things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    pub(super) name: String,
    /// Its name with the words that all share: "2019 house rules".
    pub(super) called: String,
    /// What is asked of it alone.
    pub(super) question: String,
    /// The words in it for what is measured.
    pub(super) measured: &'static str,
}

/// Which of the things is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measured {
    /// Of the question about one thing, in place of the comparative.
    words: &'static str,
    pub(super) german: bool,
}

/// Words that hold things against each other, and say nothing of them.
const COMPARING: &[&str] = &[
    "compare",
    "compared",
    "comparing",
    "comparison",
    "contrast",
    "difference",
    "differences",
    "differ",
    "differs",
    "different",
    "versus",
    "vs",
    "change",
    "changed",
    "changes",
    "vergleiche",
    "vergleich",
    "verglichen",
    "vergleichen",
    "unterschied",
    "unterschiede",
    "unterscheiden",
    "unterscheidet",
    "verändert",
    "geändert",
    "änderte",
    "gegenüber",
    "compara",
    "comparar",
    "comparez",
    "comparer",
    "comparaison",
    "différence",
    "diferencia",
    "diferença",
    "differenza",
    "confronta",
    "confrontare",
    "vergelijk",
    "verschil",
    "verschilt",
];

/// Words that go with them.
const BESIDE: &[&str] = &[
    "how", "did", "does", "do", "what", "what's", "is", "are", "was", "were", "the", "has", "have", "please",
    "sich", "worin", "hat", "haben", "wie", "ist", "der", "die", "den", "zwischen", "between", "from",
    "quelle", "est", "la", "entre", "cuál", "es", "qual", "è", "o", "a", "wat", "het", "tussen", "there",
    "any", "in", "im", "bei",
];

/// Comparatives and superlatives, with what is measured.
const MEASURES: &[(&[&str], &str)] = &[
    (&["heavier", "lighter", "heaviest", "lightest"], "how heavy weight"),
    (&["cheaper", "cheapest", "dearer", "expensive"], "how much price cost"),
    (&["longer", "shorter", "longest", "shortest"], "how long length"),
    (&["higher", "lower", "taller", "highest", "lowest", "tallest"], "how high height"),
    (&["bigger", "larger", "smaller", "biggest", "largest", "smallest"], "how large size"),
    (&["faster", "slower", "fastest", "slowest", "quicker"], "how fast speed"),
    (&["older", "younger", "newer", "oldest", "youngest", "newest"], "when year"),
    (&["later", "earlier", "sooner", "latest", "earliest"], "when date"),
    (&["louder", "quieter", "loudest", "quietest", "noisier", "noisiest"], "how loud noise level"),
    (&["hotter", "colder", "warmer", "cooler", "hottest", "coldest"], "how hot temperature"),
    (&["wider", "narrower", "widest"], "how wide width"),
    (&["deeper", "deepest"], "how deep depth"),
    (&["stronger", "weaker", "strongest"], "how strong power"),
    (&["schwerer", "leichter", "schwerste", "leichteste"], "wie schwer Gewicht"),
    (&["teurer", "billiger", "günstiger", "teuerste", "billigste", "günstigste"], "wie viel kostet Preis"),
    (&["länger", "kürzer", "längste", "kürzeste"], "wie lang Länge"),
    (&["höher", "niedriger", "höchste", "niedrigste"], "wie hoch"),
    (&["größer", "kleiner", "größte", "kleinste"], "wie groß Größe"),
    (&["schneller", "langsamer", "schnellste"], "wie schnell Geschwindigkeit"),
    (&["älter", "jünger", "neuer", "älteste", "neueste"], "wann Jahr"),
    (&["später", "früher"], "wann Datum"),
    (&["lauter", "leiser", "lauteste", "leiseste"], "wie laut Schallpegel"),
    (
        &[
            "more", "less", "fewer", "mehr", "weniger", "plus", "moins", "más", "menos", "più", "meno",
            "mais", "meer", "minder",
        ],
        "",
    ),
];

/// What the question holds against each other; `None` where it does not, or the things cannot be told.
pub(super) fn asked(question: &str) -> Option<Comparison> {
    let words = words_of(question);
    let measure = measured(&words);
    let compares = words.iter().any(compares);
    if !compares && measure.is_none() {
        return None;
    }
    let sides = after_colon(question, &words)
        .or_else(|| named(&words))
        .or_else(|| plain(&words, compares))
        .filter(|sides| (2..=MOST).contains(&sides.runs.len()))?;
    let things = sides.runs.iter().map(|run| thing(question, &words, &sides, run, measure.as_ref()));
    Some(Comparison { things: things.collect(), measure })
}

/// Where the things stand.
struct Sides {
    /// Of each thing.
    runs: Vec<Run>,
    /// Everything that one of them alone takes the place of.
    whole: Run,
    /// Behind the last: what all of them are.
    shared: Run,
}

fn compares(word: &Word<'_>) -> bool {
    COMPARING.contains(&word.lower.as_str())
}

/// The measure of a question after one of several: it asks which, and joins them by "or".
fn measured(words: &[Word<'_>]) -> Option<Measured> {
    let which = [
        "which", "who", "what", "welche", "welcher", "welches", "wer", "was", "quel", "quelle", "cuál",
        "quale", "qual", "welk", "welke",
    ];
    let asks = words.iter().take(2).any(|word| which.contains(&word.lower.as_str()));
    let or = words.iter().any(|word| matches!(&*word.lower, "or" | "oder" | "ou" | "o"));
    let compared = |word: &Word<'_>| MEASURES.iter().find(|(forms, _)| forms.contains(&word.lower.as_str()));
    let (_, found) = words.iter().find_map(compared).filter(|_| asks && or)?;
    Some(Measured { words: found, german: found.starts_with('w') && !found.starts_with("when") })
}

/// "Difference in the allowance: A and B", each side as it stands.
fn after_colon(question: &str, words: &[Word<'_>]) -> Option<Sides> {
    let colon = question.find(": ")?;
    let start = words.iter().position(|word| word.from > colon)?;
    let joint = (start..words.len()).find(|at| words[*at].is_joint() || compares(&words[*at]))?;
    let runs = vec![start..joint, joint + 1..words.len()];
    let fits = runs.iter().all(|run| (1..=2 * LONGEST).contains(&run.len()));
    fits.then_some(Sides { runs, whole: start..words.len(), shared: words.len()..words.len() })
}

/// Things with names: "with A, B and C", "from the 2019 to the 2021 rules", "the A-1 or the B-2".
fn named(words: &[Word<'_>]) -> Option<Sides> {
    let names = names_in(words);
    let joins = |at: &usize| {
        words[*at].is_joint()
            || compares(&words[*at])
            || matches!(
                &*words[*at].lower,
                "with"
                    | "to"
                    | "mit"
                    | "zu"
                    | "zur"
                    | "zum"
                    | "auf"
                    | "à"
                    | "con"
                    | "com"
                    | "met"
                    | "naar"
                    | "from"
                    | "von"
            )
    };
    (0..words.len()).filter(joins).find_map(|joint| {
        let left = names.iter().rev().find(|run| run.end <= joint)?;
        let right = right_of(words, &names, joint, left)?;
        let alike = (shape_of(words, left) == Shape::Year) == (shape_of(words, &right) == Shape::Year);
        let near = joint - left.end <= BETWEEN && right.start - joint - 1 <= BETWEEN;
        let plain = words[left.end..joint].iter().all(|word| !word.asks() && !word.is_joint());
        if !alike || !near || !plain {
            return None;
        }
        let mut runs = vec![left.start..joint, right.clone()];
        // "A, B and C".
        for run in names.iter().rev().filter(|run| run.end <= left.start) {
            let next = runs[0].start;
            let listed = words[run.end - 1].ends && words[run.end..next].iter().all(Word::is_article);
            if !listed {
                break;
            }
            runs.insert(0, run.clone());
        }
        let article = runs[0].start.checked_sub(1).filter(|at| words[*at].is_article());
        let whole = article.unwrap_or(runs[0].start)..right.end;
        let shared = shared(words, right.end);
        Some(Sides { runs, whole, shared })
    })
}

/// The name behind the joint; a noun that stands before it already is no name of a thing.
fn right_of(words: &[Word<'_>], names: &[Run], joint: usize, left: &Run) -> Option<Run> {
    let again = |run: &Run| {
        words[..left.start].iter().any(|word| words[run.clone()].iter().any(|own| own.lower == word.lower))
    };
    let behind = |run: &&Run| run.start > joint;
    let fresh = names.iter().filter(behind).find(|run| !again(run));
    fresh.or_else(|| names.iter().find(behind)).cloned()
}

/// The nouns behind the last thing.
fn shared(words: &[Word<'_>], end: usize) -> Run {
    if end == 0 || words[end - 1].ends {
        return end..end;
    }
    let length =
        words[end..].iter().take(BETWEEN).take_while(|word| word.has_content() && !compares(word)).count();
    let ended = words[end..end + length].iter().position(|word| word.ends);
    end..end + ended.map_or(length, |last| last + 1)
}

/// Things without names, between a comma or a preposition and the end: "the day ticket or the season ticket".
fn plain(words: &[Word<'_>], compares_openly: bool) -> Option<Sides> {
    let joint = (0..words.len())
        .rev()
        .find(|at| words[*at].is_joint() && words.get(at + 1).is_some_and(|next| !next.asks()))?;
    let opens =
        |at: usize| words[at].ends || compares(&words[at]) || (words[at].is_preposition() && compares_openly);
    let mut runs: Vec<Run> = Vec::new();
    let mut end = joint;
    for at in (0..joint).rev() {
        if opens(at) {
            runs.insert(0, at + 1..end);
            // More of them, each behind a comma.
            if !words[at].ends || runs[0].len() > LONGEST {
                break;
            }
            end = at + 1;
        }
    }
    let ended = words[joint + 1..].iter().position(|word| word.ends).map(|last| joint + last + 2);
    let last = joint + 1..ended.unwrap_or(words.len());
    // The question itself stands before the first comma.
    runs.retain(|run| {
        !run.is_empty() && run.len() <= LONGEST && words[run.clone()].iter().all(|word| !word.asks())
    });
    runs.push(last.clone());
    let fits = runs
        .iter()
        .all(|run| (1..=LONGEST).contains(&run.len()) && words[run.clone()].iter().any(Word::has_content));
    let whole = runs.first()?.start..last.end;
    fits.then_some(Sides { runs, whole, shared: last.end..last.end })
}

fn thing(question: &str, words: &[Word<'_>], sides: &Sides, run: &Run, measure: Option<&Measured>) -> Thing {
    let start = run.start
        + words[run.clone()].iter().take_while(|word| word.is_article() || word.is_preposition()).count();
    let own = if start < run.end { start..run.end } else { run.clone() };
    let name = text_of(question, words, &own).to_owned();
    let shared = text_of(question, words, &sides.shared);
    let called = format!("{name} {shared}").trim().to_owned();
    let before = asking(words, &(behind_all_of_them(words, sides.whole.start)..sides.whole.start), measure);
    let behind = asking(words, &(sides.whole.end..before_how_much(words, sides.whole.end)), measure);
    let measures = measure.filter(|_| !has_what_is_measured(words)).map_or("", |measure| measure.words);
    let parts = [measures, &before, &name, &behind];
    let asked = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    Thing { name, called, question: format!("{asked}?"), measured: measures }
}

/// "Which of the two authors, A or B": what is asked begins behind what the things are together.
fn behind_all_of_them(words: &[Word<'_>], end: usize) -> usize {
    const ALL: &[&str] =
        &["two", "three", "four", "both", "beiden", "zwei", "drei", "vier", "deux", "trois", "dos", "tres"];
    let all = words[..end].iter().position(|word| ALL.contains(&word.lower.as_str()));
    let noun = all.map(|at| at + 1).filter(|noun| *noun < end && words[*noun].ends);
    noun.map_or(0, |noun| noun + 1)
}

/// Where "and how much bigger is it" begins: it asks for nothing more of each.
fn before_how_much(words: &[Word<'_>], from: usize) -> usize {
    const SMALL: &[&str] = &[
        "is",
        "it",
        "by",
        "much",
        "many",
        "how",
        "what",
        "the",
        "was",
        "are",
        "um",
        "wie",
        "viel",
        "ist",
        "es",
        "gap",
        "difference",
        "unterschied",
        "differenz",
        "that",
    ];
    let measures = |word: &Word<'_>| MEASURES.iter().any(|(forms, _)| forms.contains(&word.lower.as_str()));
    let only_how_much = |at: &usize| {
        words[*at].is_joint()
            && words[at + 1..].len() >= 2
            && words[at + 1..].iter().all(|word| measures(word) || SMALL.contains(&word.lower.as_str()))
    };
    (from..words.len()).find(only_how_much).unwrap_or(words.len())
}

/// "Gets the bigger advance": the noun behind the comparative is what is measured; "is the bigger pump" asks which pump.
fn has_what_is_measured(words: &[Word<'_>]) -> bool {
    const IS: &[&str] = &[
        "is", "are", "was", "were", "which", "what", "ist", "sind", "war", "waren", "welche", "welcher",
        "welches", "est", "es",
    ];
    let compared = |word: &Word<'_>| {
        MEASURES.iter().any(|(forms, what)| forms.contains(&word.lower.as_str()) && !what.is_empty())
    };
    let Some(at) = words.iter().position(compared) else { return false };
    let noun = words.get(at + 1).is_some_and(|next| next.has_content() && !next.is_joint() && !next.asks());
    let before = words[..at].iter().rev().find(|word| !word.is_article());
    noun && !words[at].ends
        && before.is_some_and(|word| !IS.contains(&word.lower.as_str()) && !word.is_joint())
}

/// What stands around the things without the words that compare them.
fn asking(words: &[Word<'_>], run: &Run, measure: Option<&Measured>) -> String {
    let openly = words.iter().any(compares);
    let leaves = |word: &&Word<'_>| {
        let measures =
            MEASURES.iter().any(|(forms, what)| forms.contains(&word.lower.as_str()) && !what.is_empty());
        let which = measure.is_some_and(|measure| !measure.words.is_empty())
            && (word.asks() || word.is_joint() || measures);
        let beside = openly && BESIDE.contains(&word.lower.as_str());
        !(compares(word)
            || which
            || beside
            || (measure.is_some() && word.is_article())
            || matches!(&*word.lower, "they" | "sie" | "both" | "beide" | "each"))
    };
    words[run.clone()].iter().filter(leaves).map(|word| word.text).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(question: &str) -> String {
        let Some(comparison) = asked(question) else { return "-".to_owned() };
        let things = comparison.things.iter().map(|thing| format!("{}: {}", thing.name, thing.question));
        things.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn things_with_names_are_asked_after_one_by_one() {
        for (question, things) in [
            (
                "Compare the delivery terms with Alder and Bramley.",
                "Alder: delivery terms with Alder? | Bramley: delivery terms with Bramley?",
            ),
            (
                "What is the difference between the fee in Porto and the fee in Lisbon?",
                "Porto: fee Porto? | Lisbon: fee Lisbon?",
            ),
            (
                "How did the deposit change from the 2019 to the 2021 house rules?",
                "2019: deposit 2019 house rules? | 2021: deposit 2021 house rules?",
            ),
            (
                "Which is heavier, the QX-30 or the B-7, and what do they weigh?",
                "QX-30: how heavy weight QX-30 weigh? | B-7: how heavy weight B-7 weigh?",
            ),
            (
                "Which of the two firms, Alder or Bramley, pays the higher bonus and how much higher is it?",
                "Alder: Alder pays bonus? | Bramley: Bramley pays bonus?",
            ),
            (
                "Wie unterscheiden sich die Fristen bei Anton und Berta?",
                "Anton: Fristen Anton? | Berta: Fristen Berta?",
            ),
            (
                "Unterschied Spesensatz ohne Quittung: Lager Nord und nach der Richtlinie 2021?",
                "Lager Nord: Spesensatz ohne Quittung Lager Nord? | Richtlinie 2021: Spesensatz ohne Quittung Richtlinie 2021?",
            ),
            (
                "Alder versus Bramley: delivery terms",
                "Alder: Alder delivery terms? | Bramley: Bramley delivery terms?",
            ),
        ] {
            assert_eq!(shown(question), things, "{question}");
        }
    }

    #[test]
    fn things_without_names_are_told_by_what_joins_them() {
        for (question, things) in [
            (
                "Which is cheaper, the day ticket or the season ticket?",
                "day ticket: how much price cost day ticket? | season ticket: how much price cost season ticket?",
            ),
            (
                "Which tool is the loudest, saw, drill or press?",
                "saw: how loud noise level tool saw? | drill: how loud noise level tool drill? | press: how loud noise level tool press?",
            ),
        ] {
            assert_eq!(shown(question), things, "{question}");
        }
    }

    #[test]
    fn what_compares_nothing_is_left_alone() {
        for question in [
            "What do Ann and Bo do?",
            "Is it cheaper in winter?",
            "When does it open and how much is a ticket?",
            "Which documents are more than a year old?",
            "What changed?",
            "Which of the suppliers is the cheapest?",
        ] {
            assert_eq!(shown(question), "-", "{question}");
        }
    }
}
