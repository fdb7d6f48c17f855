//! A passage in its context: what of it is embedded, and what its words weigh.
//!
//! What is shown, cited and marked is the passage alone. The index sees more: the name of its file, read as words, and the
//! headings above it. The embedding gets as much of that as the model has room for beside the passage, the words' weights
//! all of it, in fields of their own.

use docent_domain::{DocumentId, ProjectId};
use docent_embedding::{ModelInfo, TokenCounter};
use docent_store::{Chunk, Store, StoreError};
use docent_words::{self as words, Counts, Fields, Language, split_name};

/// Tokens that are kept free for the context, where the model reads little.
pub const ROOM: usize = 48;
/// What a model may put before a text by itself.
const PREFIX: usize = 4;
/// The version of what this file does.
const VERSION: u32 = 1;

/// What points are made with: another recipe gives other points for the same chunks.
pub fn recipe(model: &ModelInfo) -> String {
    format!("{}; words {}; context {VERSION}", model.name, words::VERSION)
}

/// What all passages of a document have in common.
#[derive(Debug, Clone)]
pub struct Context {
    /// As a line of words; empty where the name says nothing.
    name: String,
    /// The mean length of the project's passages.
    mean: f32,
}

impl Context {
    pub fn new(filename: &str, mean: f32) -> Self {
        let name = split_name(filename);
        Self { name: if says_something(&name) { name } else { String::new() }, mean }
    }

    /// That of a generation in the database; `None` when it is gone.
    pub async fn load(
        store: &Store,
        project: ProjectId,
        (document, generation): (DocumentId, i64),
    ) -> Result<Option<Self>, StoreError> {
        let mut tx = store.read().await?;
        let name = tx.generation_name(document, generation).await?;
        let totals = tx.word_totals(project).await?;
        let sum = totals.iter().fold((0, 0), |sum, total| (sum.0 + total.chunks, sum.1 + total.words));
        Ok(name.map(|name| Self::new(&name, Fields::mean(sum.0, sum.1))))
    }

    /// The text to embed for a passage: the context as far as there is room, then the passage.
    pub fn embedded(
        &self,
        heading: Option<&str>,
        text: &str,
        tokens: usize,
        model: (&TokenCounter, usize),
    ) -> String {
        let (counter, most) = model;
        let mut room = most.saturating_sub(2 + PREFIX + tokens);
        let mut lines: Vec<&str> = Vec::new();
        // The innermost headings say most about the passage.
        let headings = heading.map(innermost).unwrap_or_default();
        for line in [self.name.as_str(), headings] {
            // A heading that the passage begins with need not be said twice.
            if line.is_empty() || room == 0 || text.trim_start_matches(['#', ' ']).starts_with(line) {
                continue;
            }
            let count = counter.count(line) + 1;
            if count <= room {
                room -= count;
                lines.push(line);
            }
        }
        if lines.is_empty() {
            return text.to_owned();
        }
        format!("{}\n{text}", lines.join("\n"))
    }

    /// The passage's terms, field by field.
    pub fn fields(&self, heading: Option<&str>, text: &str, language: Option<Language>) -> Fields {
        Fields {
            body: words::passage(text, language),
            name: words::passage(&self.name, language),
            heading: heading.map_or_else(Counts::default, |heading| words::passage(heading, language)),
        }
    }

    /// What the terms of a stored chunk weigh.
    pub fn words(&self, chunk: &Chunk) -> Vec<(u32, f32)> {
        self.weights(&self.fields(chunk.heading.as_deref(), &chunk.text, language(chunk)))
    }

    /// The same, as the weights that the index holds.
    pub fn weights(&self, fields: &Fields) -> Vec<(u32, f32)> {
        fields.weights(self.mean)
    }
}

/// The language a chunk was read in.
pub fn language(chunk: &Chunk) -> Option<Language> {
    chunk.language.as_deref().and_then(Language::by_code)
}

/// Names such as `scan0001` and `3f2a-77` tell nothing of what is in the file.
fn says_something(name: &str) -> bool {
    const EMPTY: &[&str] =
        &["scan", "img", "image", "doc", "document", "file", "untitled", "new", "copy", "dsc"];
    name.split(' ').any(|word| {
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        let ideographs = word.chars().filter(|c| ('\u{3040}'..'\u{9fff}').contains(c)).count();
        (letters >= 3 || ideographs >= 2) && !EMPTY.contains(&word.to_lowercase().as_str())
    })
}

/// The last two of a path of headings.
fn innermost(path: &str) -> &str {
    path.rmatch_indices(" > ").nth(1).map_or(path, |(at, separator)| &path[at + separator.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embedded(heading: Option<&str>, text: &str, most: usize) -> String {
        let counter = TokenCounter::approximate();
        let tokens = counter.count(text);
        Context::new("Annual-Report_FY2022.pdf", 90.0).embedded(heading, text, tokens, (&counter, most))
    }

    #[test]
    fn the_context_comes_first_and_only_as_far_as_there_is_room() {
        assert_eq!(
            embedded(Some("Results > Cash > Debt"), "It fell.", 100),
            "Annual Report FY 2022\nCash > Debt\nIt fell."
        );
        assert_eq!(
            embedded(Some("Results > Cash > Debt"), "It fell.", 18),
            "Annual Report FY 2022\nIt fell."
        );
        assert_eq!(embedded(Some("Debt"), "It fell.", 10), "It fell.");
        assert_eq!(
            embedded(Some("Debt"), "# Debt\nIt fell.", 100),
            "Annual Report FY 2022\n# Debt\nIt fell."
        );
    }

    #[test]
    fn names_without_a_meaning_are_left_out() {
        for name in ["scan0001.pdf", "IMG_2041.png", "3f2a-77bc.txt", "12.md"] {
            assert_eq!(Context::new(name, 90.0).name, "", "{name}");
        }
        assert_eq!(Context::new("契約書.pdf", 90.0).name, "契約書");
    }

    #[test]
    fn the_name_and_the_headings_are_found_by_their_words() {
        let context = Context::new("Annual-Report_Acme.pdf", 90.0);
        let fields = context.fields(Some("Cash"), "It fell.", Some(Language::English));
        let weights = context.weights(&fields);
        for word in ["acm", "cash", "fell"] {
            assert!(weights.iter().any(|(term, _)| *term == words::term_of(word)), "{word}");
        }
    }
}
