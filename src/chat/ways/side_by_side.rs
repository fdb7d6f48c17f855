//! Statements of documents that are made alike, such as contracts of one form: what one says of a thing the other says in
//! nearly the same words, and that is what is to be held side by side.

use docent_models::{sentences_of, terms_of};

/// Terms of a statement that is held against others.
const FEWEST: usize = 4;

/// A statement with the passage that it stands in: 1-based, as it is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) number: usize,
    pub(super) text: String,
    terms: Vec<String>,
}

/// The statements of the passages of one thing.
pub(super) fn statements(passages: &[&str]) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for (number, passage) in (1..).zip(passages) {
        for text in sentences_of(passage) {
            let terms = terms_of(&text);
            if terms.len() >= FEWEST && statements.iter().all(|known| known.text != text) {
                statements.push(Statement { number, text, terms });
            }
        }
    }
    statements
}

/// Of each thing the statement that says the same of it as the others' do, where `quoted`, the answers of the things by
/// themselves, have one that all of them have a counterpart of: with a word of the question in it, or else one that is not
/// the same in all.
pub(super) fn paired(
    question: &str,
    quoted: &[String],
    of_each: &[Vec<Statement>],
) -> Option<Vec<Statement>> {
    let asked = terms_of(question);
    let all = of_each.iter().flatten();
    let share = |term: &String| {
        let with = all.clone().filter(|statement| statement.terms.contains(term)).count();
        1.0 / f64::from(u32::try_from(with.max(1)).unwrap_or(u32::MAX))
    };
    let worth: Vec<(String, f64)> = asked.into_iter().map(|term| (term.clone(), share(&term))).collect();
    let mut best: Option<(f64, Vec<Statement>)> = None;
    let mut alike: Option<Vec<Statement>> = None;
    for (own, statements) in of_each.iter().enumerate() {
        for statement in statements.iter().filter(|it| quoted[own].contains(&it.text)) {
            let others: Option<Vec<Statement>> = of_each
                .iter()
                .enumerate()
                .map(
                    |(at, there)| {
                        if at == own { Some(statement.clone()) } else { counterpart(statement, there) }
                    },
                )
                .collect();
            let Some(others) = others else { continue };
            let has = |term: &String| others.iter().all(|it| it.terms.contains(term));
            let said: f64 = worth.iter().filter(|(term, _)| has(term)).map(|(_, worth)| worth).sum();
            // What all say alike is seldom what is asked for.
            let differs = others.iter().any(|other| other.text != others[0].text);
            let worth = if differs { 2.0 * said } else { said };
            // In other words than those of the question: what was quoted, and is not the same in all.
            if differs && alike.is_none() {
                alike = Some(others.clone());
            }
            if said > 0.0 && best.as_ref().is_none_or(|(known, _)| worth > *known) {
                best = Some((worth, others));
            }
        }
    }
    best.map(|(_, statements)| statements).or(alike)
}

/// The statement that has most words in common with this one, if it is most of them.
fn counterpart(statement: &Statement, others: &[Statement]) -> Option<Statement> {
    let alike = |other: &Statement| {
        let both = statement.terms.iter().filter(|term| other.terms.contains(term)).count();
        let longer = statement.terms.len().max(other.terms.len());
        (10 * both).checked_div(longer).unwrap_or(0)
    };
    let best = others.iter().max_by_key(|other| alike(other))?;
    (alike(best) >= 6).then(|| best.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracts_of_one_form_are_held_against_each_other_statement_by_statement() {
        let one = statements(&[
            "The goods are kept secret for ten years. Either side may end the contract with nine weeks' notice to the end of a month.",
            "The period of the guarantee is two years from delivery of the goods.",
        ]);
        let other = statements(&[
            "Either side may end the contract with four weeks' notice to the end of a month.",
            "The period of the guarantee is two years from delivery of the goods.",
        ]);
        let quoted = [
            "The period of the guarantee is two years from delivery of the goods. [2]".to_owned(),
            "Either side may end the contract with four weeks' notice to the end of a month. [1]".to_owned(),
        ];
        let pair = paired("notice periods", &quoted, &[one.clone(), other.clone()]).unwrap();
        assert!(pair[0].text.contains("nine weeks") && pair[1].text.contains("four weeks"), "{pair:?}");
        assert_eq!((pair[0].number, pair[1].number), (1, 1));
        let other_words = paired("cancelling", &quoted, &[one.clone(), other]).unwrap();
        assert!(other_words[1].text.contains("four weeks"), "{other_words:?}");
        assert_eq!(paired("opening hours", &quoted, &[one.clone(), one]), None, "nothing differs");
    }
}
