//! Passages made whole before they are quoted or sent: a sentence that goes on in the next passage, and the header of a
//! table that began in an earlier one. What readers are shown as a source stays the passage alone.

use std::collections::HashMap;

use super::engine::Inner;
use docent_domain::source::Source;
use docent_domain::{DocumentId, ProjectId, Scope};
use docent_store::{ShownChunk, StoreError};

/// Characters that are added at either end, at most.
const MOST: usize = 500;

/// A header is looked for in so many passages before the one that goes on with its table.
const BACK: i64 = 3;

type Place = (DocumentId, i64, i64);

impl Inner {
    /// The same passages, each with what it was cut off from. Where that cannot be read, they stay as they are.
    pub(super) async fn mended(&self, scope: &Scope, project: ProjectId, sources: &[Source]) -> Vec<Source> {
        match self.neighbours(scope, project, sources).await {
            Ok(known) => sources.iter().map(|source| mend(source, &known)).collect(),
            Err(error) => {
                tracing::debug!(%error, "Passages are used as they are");
                sources.to_vec()
            }
        }
    }

    async fn neighbours(
        &self,
        scope: &Scope,
        project: ProjectId,
        sources: &[Source],
    ) -> Result<HashMap<Place, ShownChunk>, StoreError> {
        let mut places: Vec<Place> = Vec::new();
        for source in sources {
            let place = |step: i64| (source.document, source.generation, source.chunk_index + step);
            if !ends_whole(&source.content) {
                places.push(place(1));
            }
            if starts_amid(&source.content) {
                places.push(place(-1));
            }
            if lacks_header(&source.content) {
                places.extend((1..=BACK).map(|step| place(-step)));
            }
        }
        places.retain(|place| place.2 >= 0);
        places.sort_unstable();
        places.dedup();
        if places.is_empty() {
            return Ok(HashMap::new());
        }
        let chunks = self.parts.store.read().await?.live_chunks(scope, project, &places).await?;
        let keyed = chunks
            .into_iter()
            .map(|chunk| ((chunk.document_id.into(), chunk.generation, chunk.position), chunk));
        Ok(keyed.collect())
    }
}

fn mend(source: &Source, known: &HashMap<Place, ShownChunk>) -> Source {
    let near = |step: i64| known.get(&(source.document, source.generation, source.chunk_index + step));
    let mut content = source.content.clone();
    if !ends_whole(&content)
        && let Some(next) = near(1)
    {
        let known = usize::try_from(source.end - next.start_offset).unwrap_or(0);
        let gap = next.start_offset > source.end;
        let rest: String = next.text.chars().skip(known).collect();
        if let Some(end) = first_end(&rest) {
            if gap {
                content.push('\n');
            }
            content.push_str(&rest[..end]);
        }
    }
    if starts_amid(&content)
        && let Some(before) = near(-1)
    {
        let own = usize::try_from(source.start - before.start_offset).unwrap_or(0);
        let head: String = before.text.chars().take(own).collect();
        if let Some(start) = last_start(&head) {
            let gap = if before.end_offset < source.start { "\n" } else { "" };
            content = format!("{}{gap}{content}", &head[start..]);
        }
    }
    if lacks_header(&content)
        && let Some(header) = (1..=BACK).find_map(|step| header_in(&near(-step)?.text))
    {
        content = format!("{header}\n{content}");
    }
    Source { content, ..source.clone() }
}

/// Whether the text is over where it ends: with a stop, or with a row of a table.
fn ends_whole(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['"', '”', '’', '»', ')', ']']);
    let last = end.rsplit('\n').next().unwrap_or_default();
    end.is_empty() || end.ends_with(STOPS) && docent_words::ends_sentence(last, "") || is_row(last)
}

const STOPS: [char; 9] = ['.', '!', '?', '。', '！', '？', '؟', '…', '।'];

/// Whether the text begins in the middle of a sentence.
fn starts_amid(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';' | ')'))
}

fn is_row(line: &str) -> bool {
    let line = line.trim();
    line.starts_with('|') || line.contains(" | ")
}

/// Whether rows of a Markdown table stand at the beginning without what names their columns.
fn lacks_header(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    first.starts_with('|') && !is_rule(first) && !lines.next().is_some_and(is_rule)
}

fn is_rule(line: &str) -> bool {
    line.starts_with('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// The last header of a table in the text, with its rule, if the table goes on to the text's end.
fn header_in(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let rule = lines.iter().rposition(|line| is_rule(line)).filter(|at| *at > 0)?;
    let goes_on = lines[rule..].iter().all(|line| line.starts_with('|'));
    goes_on.then(|| format!("{}\n{}", lines[rule - 1], lines[rule]))
}

/// Where the first sentence of the text ends.
fn first_end(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().take(MOST).peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let followed = chars.peek().is_none_or(|(_, next)| next.is_whitespace());
        let wide = matches!(c, '。' | '！' | '？');
        let stop = STOPS.contains(&c) && (followed || wide);
        if stop && docent_words::ends_sentence(&text[..end], &text[end..]) {
            return Some(end);
        }
        // An empty line ends a paragraph.
        if c == '\n' && chars.peek().is_some_and(|(_, next)| *next == '\n') && at > 0 {
            return Some(at);
        }
    }
    (text.chars().count() <= MOST && !text.is_empty()).then_some(text.len())
}

/// Where the last sentence of the text begins.
fn last_start(text: &str) -> Option<usize> {
    let tail: Vec<(usize, char)> = text.char_indices().rev().take(MOST).collect();
    for pair in tail.windows(2) {
        let ((after, next), (_, c)) = (pair[0], pair[1]);
        let stop = STOPS.contains(&c) && next.is_whitespace();
        let stop = stop && docent_words::ends_sentence(&text[..after], &text[after..]);
        if (stop || (c == '\n' && next == '\n')) && !text[after..].trim().is_empty() {
            return Some(after + next.len_utf8());
        }
    }
    (text.chars().count() <= MOST).then_some(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::source;

    fn chunk(position: i64, start: i64, text: &str) -> ShownChunk {
        ShownChunk {
            document_id: 1,
            generation: 1,
            position,
            filename: "guide.md".to_owned(),
            text: text.to_owned(),
            page: None,
            heading: None,
            start_offset: start,
            end_offset: start + i64::try_from(text.chars().count()).unwrap(),
            language: None,
            header: None,
            title: None,
            partial: false,
        }
    }

    fn mended(texts: &[(i64, &str)], which: i64) -> String {
        let chunks = texts.iter().zip(0..).map(|((start, text), position)| chunk(position, *start, text));
        let known: HashMap<Place, ShownChunk> =
            chunks.map(|chunk| ((1.into(), 1, chunk.position), chunk)).collect();
        let own = &known[&(1.into(), 1, which)];
        let mut source = source("guide.md", &own.text);
        (source.chunk_index, source.start, source.end) = (which, own.start_offset, own.end_offset);
        mend(&source, &known).content
    }

    #[test]
    fn a_sentence_goes_on_across_a_page() {
        let texts =
            [(0, "Kestrels nest high. Their range covers a span of"), (50, "forty kilometres. They hover.")];
        assert_eq!(mended(&texts, 0), "Kestrels nest high. Their range covers a span of\nforty kilometres.");
        assert_eq!(mended(&texts, 1), "Their range covers a span of\nforty kilometres. They hover.");
    }

    #[test]
    fn a_stop_within_a_sentence_is_no_end_of_it() {
        let texts =
            [(0, "Sie ist rot. Die Miete ist zum 5."), (34, "Mai an Dr. Moss zu zahlen. Sie steigt.")];
        assert_eq!(
            mended(&texts, 0),
            "Sie ist rot. Die Miete ist zum 5.\nMai an Dr. Moss zu zahlen.",
            "the rest of the date"
        );
        let texts = [(0, "It is red. The rent of No. 5 is due"), (36, "in May. It rises.")];
        assert_eq!(mended(&texts, 1), "The rent of No. 5 is due\nin May. It rises.");
    }

    #[test]
    fn what_overlaps_is_not_told_twice() {
        let texts = [(0, "One. Two is a"), (5, "Two is a number. Three.")];
        assert_eq!(mended(&texts, 0), "One. Two is a number.");
    }

    #[test]
    fn rows_get_the_header_of_their_table() {
        let texts = [(0, "| Item | Euro |\n|---|---|\n| Tea | 2 |"), (40, "| Milk | 1 |\n| Rum | 9 |")];
        assert_eq!(mended(&texts, 1), "| Item | Euro |\n|---|---|\n| Milk | 1 |\n| Rum | 9 |");
        assert_eq!(mended(&texts, 0), texts[0].1);
    }
}
