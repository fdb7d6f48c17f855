//! Files that lie in other files: attachments of mails, members of archives.

use super::error::ExtractError;
use super::format::{Format, HEAD_BYTES};
use super::page::{Heading, Page};
use super::sink::{Sink, Source, Unit};
use super::wire::{Budget, Said};
use super::{archive, clean};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A file inside another one.
pub(super) struct Enclosed<'a> {
    /// What it is called there, folders included.
    pub name: &'a str,
    pub bytes: Vec<u8>,
    /// What kind it is said to be, where its name does not tell.
    pub mime: Option<&'a str>,
}

/// Reads files inside a file, and keeps count of what they unpack to together.
pub(super) struct Within {
    budget: Budget,
    /// What was not read, with the reason.
    missing: Vec<String>,
}

impl Within {
    pub(super) fn new(budget: &Budget) -> Self {
        Self { budget: budget.clone(), missing: Vec::new() }
    }

    /// The pages of one file, each under its name. What cannot be read is remembered for [`Within::warning`].
    pub(super) fn read(&mut self, file: Enclosed<'_>) -> Vec<Unit> {
        let name = clean::normalise(file.name);
        match self.pages(file) {
            Ok(pages) => pages.into_iter().map(|page| under(&name, page)).collect(),
            Err(error) => {
                self.miss(&name, &error);
                Vec::new()
            }
        }
    }

    pub(super) fn miss(&mut self, name: &str, why: &ExtractError) {
        let why = match why {
            ExtractError::Unsupported { .. } => "its kind is not read".to_owned(),
            why => why.to_string(),
        };
        self.missing.push(format!("`{name}` ({why})"));
    }

    /// Whether a file one level deeper would still be read.
    pub(super) fn budget_inside(&self) -> Option<Budget> {
        let max_depth = self.budget.max_depth.checked_sub(1)?;
        Some(Budget { max_depth, ..self.budget.clone() })
    }

    /// One sentence on everything that is missing.
    pub(super) fn warning(&self) -> Option<String> {
        const NAMED: usize = 5;
        let more = self.missing.len().saturating_sub(NAMED);
        let named = self.missing.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        match (self.missing.len(), more) {
            (0, _) => None,
            (_, 0) => Some(format!("Not read: {named}")),
            _ => Some(format!("Not read: {named}, and {more} more")),
        }
    }

    fn pages(&mut self, file: Enclosed<'_>) -> Result<Vec<Page>, ExtractError> {
        let head = &file.bytes[..file.bytes.len().min(HEAD_BYTES)];
        let by_mime = || Format::ALL.iter().copied().find(|it| Some(it.mime()) == file.mime);
        let format = Format::recognise(file.name, head).or_else(|error| {
            by_mime().filter(|_| matches!(error, ExtractError::Unsupported { .. })).ok_or(error)
        })?;
        let budget = self.budget_inside();
        let budget = budget.ok_or_else(|| ExtractError::limit("files in files in files"))?;
        let expansion = archive::expansion(&file.bytes, self.budget.max_inflated_bytes)?;
        self.budget.max_inflated_bytes = self.budget.max_inflated_bytes.saturating_sub(expansion);
        let source = Source { bytes: file.bytes, budget: budget.clone(), attempt: 0 };
        let mut pages = Vec::new();
        let mut keep = |said| {
            if let Said::Page(line) = said {
                pages.extend(line.into_page());
            }
            Ok(())
        };
        let mut sink = Sink::new(&budget, 0, &mut keep);
        let read = catch_unwind(AssertUnwindSafe(|| format.read(source, &mut sink)));
        read.unwrap_or_else(|_| Err(ExtractError::corrupt("its structure makes no sense")))?;
        let chars: u64 = pages.iter().map(|page: &Page| page.text.len() as u64).sum();
        self.budget.max_text_chars = self.budget.max_text_chars.saturating_sub(chars);
        Ok(pages)
    }
}

/// A page of a file below the headings of the one that it lies in.
pub(super) fn deeper(mut unit: Unit) -> Unit {
    unit.headings.iter_mut().for_each(|it| it.level = it.level.saturating_add(1));
    unit
}

/// A page below the name of its file, which becomes its highest heading.
fn under(name: &str, page: Page) -> Unit {
    let title = if page.numbered { format!("{name}, page {}", page.number) } else { name.to_owned() };
    let head = if page.markdown { format!("# {title}\n\n") } else { format!("{title}\n\n") };
    if page.text.is_empty() {
        return Unit { verdict: page.verdict, warning: page.warning, ..Unit::text(String::new()) };
    }
    let moved = page.headings.into_iter().map(|it| Heading {
        start: it.start + head.len(),
        level: it.level.saturating_add(1),
        title: it.title,
    });
    let headings = std::iter::once(Heading { start: 0, level: 1, title }).chain(moved).collect();
    Unit {
        headings,
        markdown: page.markdown,
        warning: page.warning,
        ..Unit::text(format!("{head}{}", page.text))
    }
}
