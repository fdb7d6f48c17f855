//! What a sentence is about: its words without their endings, and how much each tells.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::sentences::is_cjk;

/// Words that say nothing about the subject, in the languages most often seen here. Folded as terms are.
const EMPTY_WORDS: &[&str] = &[
    // English
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "could", "did", "do",
    "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "is", "it",
    "its", "many", "me", "much", "my", "no", "not", "of", "on", "or", "our", "she", "should", "so", "some",
    "tell", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to", "us",
    "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you",
    "your", // German
    "aber", "als", "am", "auch", "auf", "aus", "bei", "bin", "bis", "da", "das", "dass", "dem", "den", "der",
    "des", "die", "dies", "diese", "durch", "darf", "durfen", "durfte", "muss", "mussen", "musste", "soll",
    "sollen", "konnen", "konnte", "unser", "unsere", "unserem", "unseren", "unserer", "ein", "eine", "einem",
    "einen", "einer", "er", "es", "fur", "haben", "hat", "ich", "ihr", "im", "ist", "kann", "man", "mein",
    "mit", "nach", "nicht", "noch", "nur", "oder", "sich", "sie", "sind", "uber", "um", "und", "uns", "viel",
    "viele", "vom", "von", "vor", "wann", "war", "warum", "was", "welche", "welcher", "welches", "wenn",
    "wer", "werden", "wie", "wir", "wird", "wo", "zu", "zum", "zur", // French
    "au", "aux", "avec", "ce", "cette", "comment", "combien", "dans", "de", "du", "elle", "en", "est", "et",
    "il", "je", "la", "le", "les", "leur", "mais", "ne", "nous", "ou", "par", "pas", "pour", "quand", "que",
    "quel", "quelle", "qui", "quoi", "se", "sont", "sur", "un", "une", "vous",
    // Spanish, Italian, Portuguese
    "al", "che", "chi", "com", "come", "como", "con", "cual", "cuando", "cuanto", "da", "dei", "del", "della",
    "di", "do", "dos", "e", "el", "gli", "los", "las", "lo", "nel", "non", "o", "os", "para", "per", "por",
    "qual", "quale", "quando", "quanto", "quien", "sono", "sua", "su", "um", "uma", "y", // Dutch
    "het", "een", "hoe", "ik", "met", "naar", "niet", "op", "te", "van", "voor", "waar", "wat", "welke",
    "wie", "zijn",
];

/// Grammar of Chinese and Japanese, which tells nothing about the subject.
const EMPTY_CHARACTERS: &str =
    "的是了什么吗呢在和有哪谁怎如何几多少这那个为与及或不也都をがはにのでとももかますだたしれるい何";

/// Endings of inflection, longest first; cut only where a stem of four letters is left.
const ENDINGS: &[&str] = &[
    "ungen", "ingly", "ings", "ung", "ing", "ied", "ies", "ern", "est", "ed", "en", "em", "er", "es", "os",
    "as", "e", "n", "s",
];

/// Those before an "s" of many.
const SINGULAR: &[&str] = &["ing", "ern", "en", "em", "er"];

/// The terms of a text, in order, empty words left out. Scripts without blanks give characters and pairs of them.
pub fn terms_of(text: &str) -> Vec<String> {
    static EMPTY: LazyLock<HashSet<&str>> = LazyLock::new(|| EMPTY_WORDS.iter().copied().collect());
    let mut terms = Vec::new();
    let mut run: Vec<char> = Vec::new();
    for word in text.unicode_words() {
        if word.chars().all(is_cjk) {
            run.extend(word.chars());
            continue;
        }
        pairs(&mut run, &mut terms);
        let folded = fold(word);
        if !EMPTY.contains(folded.as_str()) {
            terms.push(stem(&folded).to_owned());
        }
    }
    pairs(&mut run, &mut terms);
    terms
}

/// How rare each term is among the candidate sentences.
pub(super) struct Weights {
    sentences: f64,
    with: HashMap<String, f64>,
}

impl Weights {
    pub(super) fn of(sentences: &[Vec<String>]) -> Self {
        let mut with: HashMap<String, f64> = HashMap::new();
        for terms in sentences {
            let distinct: HashSet<&String> = terms.iter().collect();
            for term in distinct {
                *with.entry(term.clone()).or_default() += 1.0;
            }
        }
        Self { sentences: f64::from(u32::try_from(sentences.len()).unwrap_or(u32::MAX)), with }
    }

    pub(super) fn weight(&self, term: &str) -> f64 {
        let with = self.with.get(term).copied().unwrap_or(0.5);
        (1.0 + (self.sentences - with + 0.5) / (with + 0.5)).ln()
    }
}

/// Characters of a word that another one may begin with.
const COMPOUND: usize = 5;

/// How much of a term is in a word that it is a part of.
const PARTLY: f64 = 0.7;

/// 1 where the sentence has the term, part of it where one is the beginning of the other (as in compounds).
pub(super) fn presence(term: &str, sentence: &[String]) -> f64 {
    if sentence.iter().any(|known| known == term) {
        return 1.0;
    }
    let long = |text: &str| text.chars().count() >= COMPOUND;
    let related = |known: &String| {
        long(term) && long(known) && (known.starts_with(term) || term.starts_with(known.as_str()))
    };
    if sentence.iter().any(related) { PARTLY } else { 0.0 }
}

/// Letters of the last part of a compound, and of what stands before it, at least.
const HEAD: usize = 6;
const BEFORE_HEAD: usize = 3;

/// How much of a term is in the last part of a compound, which says what kind of thing it is, or in a compound that it is the
/// last part of: "Buchungsbestätigung" and "Bestätigung".
const OF_HEAD: f64 = 0.5;

/// Part of 1 where the sentence has the last part of the term, or the term is the last part of one of its words.
pub(super) fn presence_of_head(term: &str, sentence: &[String]) -> f64 {
    let count = |text: &str| text.chars().count();
    let ends = |long: &str, short: &str| {
        count(short) >= HEAD && count(long) >= count(short) + BEFORE_HEAD && long.ends_with(short)
    };
    let related = |known: &String| ends(known, term) || ends(term, known);
    if sentence.iter().any(related) { OF_HEAD } else { 0.0 }
}

/// For each sentence the places in `wanted` of the terms that it has, with their [`presence`]. `wanted` is sorted, each term
/// once: that takes as long as there are words, not as long as there are pairs of a term and a word.
pub(super) fn presences(wanted: &[&str], sentences: &[Vec<String>]) -> Vec<Vec<(usize, f64)>> {
    let mut known: HashMap<&str, Vec<(usize, f64)>> = HashMap::new();
    let all = sentences.iter().map(|sentence| {
        let mut here: BTreeMap<usize, f64> = BTreeMap::new();
        for word in sentence {
            let found = known.entry(word).or_insert_with(|| related(word, wanted));
            for (at, share) in found.iter().copied() {
                let best = here.entry(at).or_default();
                *best = best.max(share);
            }
        }
        here.into_iter().collect()
    });
    all.collect()
}

/// The terms that are this word, begin with it, or are its beginning.
fn related(word: &str, wanted: &[&str]) -> Vec<(usize, f64)> {
    let mut found = Vec::new();
    let at = wanted.partition_point(|term| *term < word);
    if wanted.get(at) == Some(&word) {
        found.push((at, 1.0));
    }
    if word.chars().count() < COMPOUND {
        return found;
    }
    let longer = wanted.iter().enumerate().skip(at).take_while(|(_, term)| term.starts_with(word));
    found.extend(longer.filter(|(_, term)| **term != word).map(|(at, _)| (at, PARTLY)));
    let beginnings = word.char_indices().skip(COMPOUND).map(|(end, _)| &word[..end]);
    found.extend(beginnings.filter_map(|term| wanted.binary_search(&term).ok()).map(|at| (at, PARTLY)));
    found
}

/// Letters from which on a word may be a misspelt one, and from which on with two slips.
const SLIP: usize = 5;
const TWO_SLIPS: usize = 8;

/// The term of the sentences that one which none of them has was meant to be, if it is clear: one letter too many, too few,
/// wrong or in the wrong place, in long words two.
pub(super) fn misspelt<'a>(
    term: &str,
    sentences: impl Iterator<Item = &'a [String]> + Clone,
) -> Option<String> {
    let length = term.chars().count();
    let is_word = |text: &str| text.chars().all(char::is_alphabetic) && !text.chars().any(is_cjk);
    if length < SLIP || !is_word(term) || sentences.clone().any(|terms| presence(term, terms) > 0.0) {
        return None;
    }
    let slips = if length < TWO_SLIPS { 1 } else { 2 };
    let near = |known: &&String| {
        let other = known.chars().count();
        other >= SLIP
            && other.abs_diff(length) <= slips
            && term.chars().next() == known.chars().next()
            && is_word(known)
            && strsim::osa_distance(term, known) <= slips
    };
    let mut found: Vec<&String> = sentences.flatten().filter(near).collect();
    found.sort_by_key(|known| (strsim::osa_distance(term, known), known.as_str()));
    found.first().map(|known| (*known).clone())
}

/// Long sentences hold many terms by chance; very short ones say little.
pub(super) fn brevity(terms: usize) -> f64 {
    match terms {
        0 => 0.0,
        1 => 0.6,
        2..=25 => 1.0,
        _ => 25.0 / f64::from(u32::try_from(terms).unwrap_or(u32::MAX)),
    }
}

fn pairs(run: &mut Vec<char>, terms: &mut Vec<String>) {
    match run.len() {
        0 => {}
        1 => {}
        _ => terms.extend(run.windows(2).map(|pair| pair.iter().collect::<String>())),
    }
    // Single characters are words, too, or what two words have in common.
    terms.extend(run.iter().filter(|c| !EMPTY_CHARACTERS.contains(**c)).map(char::to_string));
    run.clear();
}

/// Lower case without accents.
fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfkd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// "letters" ends as "letter" does behind its "s".
fn stem(word: &str) -> &str {
    let long = |stem: &&str| stem.chars().count() >= 4;
    let without = |endings: &[&str], word| {
        let stems = endings.iter().filter_map(|ending| str::strip_suffix(word, *ending));
        stems.into_iter().find(long)
    };
    match word.strip_suffix('s').and_then(|one| without(SINGULAR, one)) {
        Some(stem) => stem,
        None => without(ENDINGS, word).unwrap_or(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_kind_meet_in_one_term() {
        for (one, other) in [
            ("kestrel", "Kestrels"),
            ("Vertrag", "Vertrages"),
            ("cafés", "CAFE"),
            ("price", "prices"),
            ("letter", "letters"),
            ("warden", "Wardens"),
            ("Garten", "Gartens"),
        ] {
            assert_eq!(terms_of(one), terms_of(other), "{one} and {other}");
        }
    }

    #[test]
    fn questions_keep_only_their_subject() {
        assert_eq!(terms_of("What do the kestrels eat?"), ["kestrel", "eat"]);
        assert_eq!(terms_of("Wie hoch ist die Miete?"), ["hoch", "miet"]);
        assert_eq!(terms_of("红隼吃什么"), ["红隼", "隼吃", "吃什", "什么", "红", "隼", "吃"]);
    }

    #[test]
    fn a_slip_of_the_pen_is_seen_through() {
        let sentences = [terms_of("The address of the controller"), terms_of("Default settings")];
        let meant = |word: &str| misspelt(&terms_of(word)[0], sentences.iter().map(|terms| &terms[..]));
        assert_eq!(meant("adress"), terms_of("address").pop());
        assert_eq!(meant("defualt"), terms_of("default").pop());
        assert_eq!(meant("address"), None, "it is there");
        assert_eq!(meant("adore"), None, "another word");
    }

    #[test]
    fn what_is_there_of_many_terms_is_the_same_as_of_each() {
        let sentences = [
            "The supplier contracts of Nordwind end in March",
            "Supply of steel, contractual penalties and contracts",
            "红隼吃什么 steelworks",
            "",
        ];
        let sentences = sentences.map(terms_of);
        let mut wanted: Vec<String> = sentences.concat();
        wanted.extend(["contractor", "steel", "nordwindpark", "zebra"].map(str::to_owned));
        wanted.sort();
        wanted.dedup();
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        for (found, sentence) in presences(&wanted, &sentences).iter().zip(&sentences) {
            let each = wanted.iter().map(|term| presence(term, sentence)).enumerate();
            assert_eq!(*found, each.filter(|(_, share)| *share > 0.0).collect::<Vec<_>>(), "{sentence:?}");
        }
    }

    #[test]
    fn rare_terms_weigh_more() {
        let sentences = [terms_of("voles here"), terms_of("mice here"), terms_of("here")];
        let weights = Weights::of(&sentences);
        assert!(weights.weight("voles") > weights.weight("here"));
    }
}
