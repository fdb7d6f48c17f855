//! Texts as the index takes them, for tests that look at it alone.

use docent::words::{Fields, Language, Question, passage};

/// The terms of an English passage and what they weigh.
pub fn of_passage(text: &str) -> Vec<(u32, f32)> {
    Fields { body: passage(text, Some(Language::English)), ..Fields::default() }.weights(10.0)
}

/// The terms of an English question, each worth the same.
pub fn of_question(text: &str) -> Vec<(u32, f32)> {
    Question::read(text, &[Language::English], false).weights(|_| 1.0)
}

/// The same for as long as the tests run, where a query borrows it.
pub fn asked(text: &str) -> &'static [(u32, f32)] {
    of_question(text).leak()
}
