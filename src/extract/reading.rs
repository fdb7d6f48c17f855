//! One file on its way through as many children as it takes.

use super::child::{Child, Death};
use super::error::ExtractError;
use super::extractors::{Extractors, Warm};
use super::format::Format;
use super::page::{Extracted, Page};
use super::wire::{Job, Said};
use docent_domain::document::Verdict;
use std::time::Duration;
use tokio::time::Instant;

/// After this many dead children a file is given up.
const MAX_DEATHS: u32 = 12;

/// The largest file that one child reads after another, in bytes.
const SMALL: u64 = 64 << 10;

/// A document being read. Pages come when asked for; dropping it kills the child.
pub struct Reading {
    extractors: Extractors,
    file: std::fs::File,
    bytes: u64,
    format: Format,
    child: Option<Child>,
    /// Files that the child has read before this one, if it may read more after it.
    before: Option<u32>,
    /// Pages behind us, skipped ones included.
    done: i64,
    total: Option<i64>,
    chars: u64,
    waited: Duration,
    over: bool,
    deaths: Deaths,
}

/// What is known about the children that died over this file.
#[derive(Default)]
struct Deaths {
    count: u32,
    /// `done` at the last one, and how often this place has been tried since then.
    at: Option<(i64, u32)>,
    /// Whether a page was read at all, by any child.
    any_page: bool,
}

impl Reading {
    pub(super) async fn begin(
        extractors: Extractors,
        file: std::fs::File,
        bytes: u64,
        format: Format,
        skip_pages: i64,
    ) -> Result<Self, ExtractError> {
        let mut reading = Self {
            extractors,
            file,
            bytes,
            format,
            child: None,
            before: None,
            done: skip_pages.max(0),
            total: None,
            chars: 0,
            waited: Duration::ZERO,
            over: false,
            deaths: Deaths::default(),
        };
        reading.start_child().await?;
        Ok(reading)
    }

    /// The next step; `None` after a clean end, and after an error.
    pub async fn next(&mut self) -> Option<Result<Extracted, ExtractError>> {
        if self.over {
            return None;
        }
        let step = self.step().await.transpose();
        if !matches!(step, Some(Ok(_))) {
            self.over = true;
            self.child = None;
        }
        step
    }

    async fn step(&mut self) -> Result<Option<Extracted>, ExtractError> {
        loop {
            if self.child.is_none() {
                self.start_child().await?;
            }
            let heard = self.hear().await;
            let death = match heard {
                Ok(Some(Said::Ready { .. } | Said::Busy)) => continue,
                Ok(Some(Said::Total(pages))) => match self.take_total(pages)? {
                    Some(total) => return Ok(Some(total)),
                    None => continue,
                },
                Ok(Some(Said::Page(line))) => match line.into_page() {
                    Some(page) if page.number == self.done + 1 => return self.take_page(page).map(Some),
                    _ => self.death(Some(nonsense())).await,
                },
                Ok(Some(Said::Error(refusal))) => return Err(refusal.into()),
                Ok(Some(Said::End)) if self.total == Some(self.done) => {
                    self.give_back();
                    return Ok(None);
                }
                Ok(Some(Said::End)) => self.death(Some(nonsense())).await,
                Ok(None) => self.death(None).await,
                Err(_) => self.death(Some(Death::Silence)).await,
            };
            if let Some(page) = self.after(death)? {
                return self.take_page(page).map(Some);
            }
        }
    }

    /// The next line, waited for no longer than the limits allow. Only waiting counts, not the time between calls.
    async fn hear(&mut self) -> Result<Option<Said>, tokio::time::error::Elapsed> {
        let limits = &self.extractors.settings().limits;
        let patience = limits.patience.min(limits.wall_time.saturating_sub(self.waited));
        let Some(child) = self.child.as_mut() else { return Ok(None) };
        let begun = Instant::now();
        let heard = tokio::time::timeout(patience, child.hear()).await;
        self.waited += begun.elapsed();
        heard
    }

    async fn start_child(&mut self) -> Result<(), ExtractError> {
        // Whatever a child may have died of: after that each has one file.
        let again = self.deaths.count == 0 && self.bytes <= SMALL && self.format.is_text();
        let (mut child, before) = if again {
            let Warm { child, files } = self.extractors.warm_child().await?;
            (child, Some(files))
        } else {
            (self.extractors.child().await?, None)
        };
        self.before = before;
        let job = Job {
            format: self.format.name().to_owned(),
            skip_pages: self.done,
            attempt: self.deaths.attempts_at(self.done),
            bytes: self.bytes,
            again,
        };
        let file = self.file.try_clone().map_err(ExtractError::io("read the stored file"))?;
        let limits = &self.extractors.settings().limits;
        let sent = tokio::time::timeout(limits.patience, child.send(&job, file)).await;
        sent.unwrap_or(Ok(()))?;
        self.child = Some(child);
        Ok(())
    }

    fn give_back(&mut self) {
        if let (Some(child), Some(before)) = (self.child.take(), self.before) {
            self.extractors.give_back(Warm { child, files: before + 1 });
        }
    }

    /// `None` when it is already known.
    fn take_total(&mut self, pages: i64) -> Result<Option<Extracted>, ExtractError> {
        match self.total {
            Some(known) if known == pages => Ok(None),
            None if pages >= 0 => {
                self.total = Some(pages);
                // Pages known from before are more than there are: nothing is left to read.
                self.done = self.done.min(pages);
                Ok(Some(Extracted::Total { pages }))
            }
            _ => Err(ExtractError::Crashed { detail: "the reader contradicted itself".to_owned() }),
        }
    }

    fn take_page(&mut self, page: Page) -> Result<Extracted, ExtractError> {
        self.chars += page.text.chars().count() as u64;
        let limits = &self.extractors.settings().limits;
        if self.chars > limits.max_text_chars {
            return Err(ExtractError::limit("more text than is read from one file"));
        }
        self.done += 1;
        self.deaths.any_page |= page.verdict == Verdict::Text;
        Ok(Extracted::Page(page))
    }

    /// Buries the child.
    async fn death(&mut self, known: Option<Death>) -> Death {
        let Some(child) = self.child.take() else { return nonsense() };
        match known {
            Some(known) => known,
            None => child.autopsy().await,
        }
    }

    /// Decides what a death means: the same page again, without this page, or the end.
    fn after(&mut self, death: Death) -> Result<Option<Page>, ExtractError> {
        let attempt = next_attempt(self.deaths.attempts_at(self.done), &death, self.format);
        self.deaths.at = attempt.map(|attempt| (self.done, attempt));
        self.deaths.count += 1;
        let spent = self.waited >= self.extractors.settings().limits.wall_time;
        if spent || self.deaths.count >= MAX_DEATHS {
            return Err(verdict_on_file(&death, spent));
        }
        if attempt.is_some() {
            return Ok(None);
        }
        let Some(total) = self.total.filter(|total| self.done < *total) else {
            return Err(verdict_on_file(&death, spent));
        };
        if total == self.done + 1 && !self.deaths.any_page {
            return Err(verdict_on_file(&death, spent));
        }
        tracing::warn!(page = self.done + 1, cause = ?death, "Page given up: its reader died over it");
        Ok(Some(given_up(self.done + 1, self.format)))
    }
}

impl Deaths {
    fn attempts_at(&self, done: i64) -> u32 {
        self.at.filter(|(at, _)| *at == done).map_or(0, |(_, attempts)| attempts)
    }
}

/// The number of the next attempt at the same place; `None` where another would end alike. PDF has engines to choose
/// from; elsewhere a crash is worth one more try, for it may come from what earlier pages left behind.
fn next_attempt(attempts: u32, death: &Death, format: Format) -> Option<u32> {
    let in_vain = matches!(death, Death::Cpu | Death::Silence);
    match format {
        Format::Pdf => (attempts < 2).then_some(attempts + 1),
        _ => (attempts < 1 && !in_vain).then_some(1),
    }
}

fn nonsense() -> Death {
    Death::Crash("the reader made no sense".to_owned())
}

fn verdict_on_file(death: &Death, spent: bool) -> ExtractError {
    match death {
        _ if spent => ExtractError::limit("it takes too long to read"),
        Death::Cpu | Death::Silence => ExtractError::limit("it takes too long to read"),
        Death::Memory => ExtractError::limit("it takes too much memory to read"),
        Death::Crash(detail) => ExtractError::Crashed { detail: detail.clone() },
    }
}

fn given_up(number: i64, format: Format) -> Page {
    Page {
        number,
        numbered: matches!(format, Format::Odp | Format::Pdf | Format::Ppt | Format::Pptx | Format::Tiff),
        text: String::new(),
        verdict: Verdict::Garbled,
        headings: Vec::new(),
        tables: Vec::new(),
        markdown: false,
        pictures: false,
        doubtful: false,
        warning: Some(format!("Page {number} could not be read and is left out")),
    }
}
