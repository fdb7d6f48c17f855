//! Words as search sees them: which language a text is in, how it falls into terms, and what each term weighs.
//!
//! Passages and questions go through the same steps: cut into words (`token`), lower case and compatibility forms
//! (`fold`), the stem of the language (`stem`), marks taken off. Text without blanks between its words becomes pairs
//! of characters; numbers and identifiers are kept whole and in parts; compounds of German and its neighbours give
//! their parts too, at less weight. Nothing here touches what is stored or shown.
//!
//! A passage is read in the language of its page. A question is not: a language cannot be told from three words, so it
//! is read in each language that the project's documents have, and a word has as many stems as those give it.
//!
//! Deliberately absent: dictionaries of words and synonyms, and statistics. How rare a term is belongs to a project, and
//! is handed in ([`Question::weights`]).

mod bm25;
mod compound;
mod detect;
mod fold;
mod language;
mod months;
mod number;
mod pages;
mod passage;
mod question;
mod sentence;
mod stem;
mod stop;
mod term;
mod token;

pub use bm25::{Fields, rarity};
pub use detect::{detect, guess};
pub use language::Language;
pub use months::{Months, begins_with_month, month_in, month_in_full, month_named, month_names};
pub use pages::page_term;
pub use passage::{Counts, passage, split_name};
pub use question::{Question, Word, coverage};
pub use sentence::{ends_sentence, sentences, typed_sentences};
pub use term::term_of;

/// The version of everything in this crate that changes which terms a text has or what they weigh. Points that were
/// made under another one have to be made again.
pub const VERSION: u32 = 2;
