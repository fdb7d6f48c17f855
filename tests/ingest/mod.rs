//! Reading documents: from the queue to the index, on both databases.

mod attempts;
mod early;
mod endings;
mod formats;
mod killed;
mod lost;
mod pictures;
mod recipe;
mod repair;
mod tables;
mod taking_over;
mod wanted;
mod whole;

/// Some pages of text, each word in its place.
fn text(sentences: usize) -> String {
    (0..sentences).map(|n| format!("Sentence {n} says that kestrel number {n} eats {n} voles. ")).collect()
}
