//! A passage in its context: what of it is embedded, and what its words weigh.
//!
//! What is shown, cited and marked is the passage alone. The index sees more: the name of its file, read as words, what
//! the document calls itself, the headings above the passage, the names of the columns of its rows, and its page. The
//! embedding gets as much of that as the model has room for beside the passage (but for the page, whose number means
//! nothing to a model and would have everything embedded anew when a page is put in before it), the words' weights all of
//! it, in fields of their own.

use std::sync::OnceLock;

use super::title::title;
use docent_domain::{DocumentId, ProjectId};
use docent_embedding::{ModelInfo, TokenCounter};
use docent_store::{Chunk, SpooledPage, Store, StoreError, Tx};
use docent_words::{self as words, Counts, Fields, Language, page_term, split_name};

/// Tokens that are kept free for the context, where the model reads little.
pub const ROOM: usize = 48;
/// What a model may put before a text by itself.
const PREFIX: usize = 4;
/// The version of what this file does.
const VERSION: u32 = 2;
/// The title stands on one of the first pages, or there is none.
const TITLE_PAGES: i64 = 8;

/// What points are made with: another recipe gives other points for the same chunks.
pub fn recipe(model: &ModelInfo) -> String {
    format!("{}; words {}; context {VERSION}", model.name, words::VERSION)
}

/// What all passages of a document have in common.
#[derive(Debug, Clone)]
pub struct Context {
    /// As a line of words; empty where the name says nothing.
    name: String,
    /// Known once the first page with text was seen.
    title: OnceLock<Option<String>>,
    /// The mean length of the project's passages.
    mean: f32,
}

impl Context {
    pub fn new(filename: &str, mean: f32) -> Self {
        let name = split_name(filename);
        let name = if says_something(&name) { name } else { String::new() };
        Self { name, title: OnceLock::new(), mean }
    }

    /// That of a generation in the database; `None` when it is gone.
    pub async fn load(
        store: &Store,
        project: ProjectId,
        (document, generation): (DocumentId, i64),
    ) -> Result<Option<Self>, StoreError> {
        let mut tx = store.read().await?;
        let Some((name, title)) = tx.generation_name(document, generation).await? else { return Ok(None) };
        let totals = tx.word_totals(project).await?;
        let sum = totals.iter().fold((0, 0), |sum, total| (sum.0 + total.chunks, sum.1 + total.words));
        let context = Self::new(&name, Fields::mean(sum.0, sum.1));
        if title.is_some() {
            context.entitle(title);
        }
        Ok(Some(context))
    }

    /// Reads the title off the spooled pages, as reading them for the first time did, and keeps it.
    pub(super) async fn read_title(
        &mut self,
        store: &Store,
        name: (DocumentId, i64),
    ) -> Result<(), StoreError> {
        let pages = store.read().await?.pages(name.0, name.1, 0, TITLE_PAGES).await?;
        let before = self.title.take().flatten();
        pages.iter().for_each(|page| self.see(page));
        if self.title() != before.as_deref() {
            let mut tx = store.begin().await?;
            self.keep_title(&mut tx, name).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// Takes the title from the first page with text.
    pub(super) fn see(&self, page: &SpooledPage) {
        if self.title.get().is_none() && page.number <= TITLE_PAGES && !page.text.trim().is_empty() {
            self.entitle(title(page));
        }
    }

    fn entitle(&self, title: Option<String>) {
        // What came first stays.
        let _known = self.title.set(title.filter(|title| says_something(title)));
    }

    pub(super) async fn keep_title(&self, tx: &mut Tx, name: (DocumentId, i64)) -> Result<(), StoreError> {
        tx.set_title(name, self.title()).await
    }

    fn title(&self) -> Option<&str> {
        self.title.get()?.as_deref()
    }

    /// The text to embed for a passage: the context as far as there is room, then the passage.
    pub fn embedded(&self, chunk: &Chunk, model: (&TokenCounter, usize)) -> String {
        let (counter, most) = model;
        let text = chunk.text.as_str();
        let tokens = usize::try_from(chunk.tokens).unwrap_or(usize::MAX);
        let mut room = most.saturating_sub((2 + PREFIX).saturating_add(tokens));
        let headings = chunk.heading.as_deref().unwrap_or_default();
        let title = self.title().filter(|title| !says(&self.name, title) && !says(headings, title));
        // Ascending by how much there must be room for; the innermost headings say most about the passage.
        let lines = [
            (0, self.name.as_str()),
            (2, innermost(headings)),
            (3, chunk.header.as_deref().unwrap_or_default()),
            (1, title.unwrap_or_default()),
        ];
        let mut taken: Vec<(usize, &str)> = Vec::new();
        for (place, line) in lines {
            // A heading that the passage begins with need not be said twice.
            if line.is_empty() || room == 0 || text.trim_start_matches(['#', ' ']).starts_with(line) {
                continue;
            }
            let count = counter.count(line) + 1;
            if count <= room {
                room -= count;
                taken.push((place, line));
            }
        }
        taken.sort_unstable();
        let lines = taken.into_iter().map(|(_, line)| line).chain([text]);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// The passage's terms, field by field.
    pub fn fields(&self, chunk: &Chunk, language: Option<Language>) -> Fields {
        let read =
            |text: Option<&str>| text.map_or_else(Counts::default, |text| words::passage(text, language));
        Fields {
            body: words::passage(&chunk.text, language),
            name: read(Some(&self.name)),
            title: read(self.title()),
            heading: read(chunk.heading.as_deref()),
            columns: read(chunk.header.as_deref()),
            page: chunk.page.map(page_term),
        }
    }

    /// What the terms of a stored chunk weigh.
    pub fn words(&self, chunk: &Chunk) -> Vec<(u32, f32)> {
        self.weights(&self.fields(chunk, language(chunk)))
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

/// Whether a line has every word of another one.
fn says(line: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|it| !it.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let known = words(line);
    words(other).iter().all(|word| known.contains(word))
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

    fn chunk(heading: Option<&str>, text: &str) -> Chunk {
        Chunk {
            position: 0,
            page: Some(12),
            heading: heading.map(str::to_owned),
            start_offset: 0,
            end_offset: 0,
            text: text.to_owned(),
            text_hash: String::new(),
            tokens: i64::try_from(TokenCounter::approximate().count(text)).unwrap(),
            language: Some("en".to_owned()),
            header: None,
        }
    }

    fn acme(title: Option<&str>) -> Context {
        let context = Context::new("Annual-Report_FY2022.pdf", 90.0);
        context.entitle(title.map(str::to_owned));
        context
    }

    fn embedded(context: &Context, chunk: &Chunk, most: usize) -> String {
        context.embedded(chunk, (&TokenCounter::approximate(), most))
    }

    #[test]
    fn the_context_comes_first_and_only_as_far_as_there_is_room() {
        let plain = |heading, text, most| embedded(&acme(None), &chunk(Some(heading), text), most);
        assert_eq!(
            plain("Results > Cash > Debt", "It fell.", 100),
            "Annual Report FY 2022\nCash > Debt\nIt fell."
        );
        assert_eq!(plain("Results > Cash > Debt", "It fell.", 18), "Annual Report FY 2022\nIt fell.");
        assert_eq!(plain("Debt", "It fell.", 10), "It fell.");
        assert_eq!(plain("Debt", "# Debt\nIt fell.", 100), "Annual Report FY 2022\n# Debt\nIt fell.");
    }

    #[test]
    fn a_title_that_the_name_or_the_headings_do_not_say_and_the_columns_are_part_of_it() {
        let mut row = chunk(Some("Debt"), "| 2021 | 4 |");
        row.header = Some("Year | Debt".to_owned());
        assert_eq!(
            embedded(&acme(Some("Otter Boats at sea")), &row, 200),
            "Annual Report FY 2022\nOtter Boats at sea\nDebt\nYear | Debt\n| 2021 | 4 |"
        );
        let context = acme(Some("ANNUAL REPORT 2022"));
        assert_eq!(embedded(&context, &chunk(None, "It fell."), 200), "Annual Report FY 2022\nIt fell.");
    }

    #[test]
    fn names_without_a_meaning_are_left_out() {
        for name in ["scan0001.pdf", "IMG_2041.png", "3f2a-77bc.txt", "12.md"] {
            assert_eq!(Context::new(name, 90.0).name, "", "{name}");
        }
        assert_eq!(Context::new("契約書.pdf", 90.0).name, "契約書");
    }

    #[test]
    fn everything_that_a_passage_belongs_to_is_found_by_its_words() {
        let context = acme(Some("Otter Boats"));
        let mut chunk = chunk(Some("Cash"), "It fell.");
        chunk.header = Some("Year | Debt".to_owned());
        let weights = context.words(&chunk);
        for word in ["annual", "otter", "cash", "debt", "fell"] {
            let stem = words::passage(word, Some(Language::English)).terms[0].0;
            assert!(weights.iter().any(|(term, _)| *term == stem), "{word}");
        }
        assert!(weights.iter().any(|(term, _)| *term == page_term(12)));
    }
}
