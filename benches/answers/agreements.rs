//! Documents with spans of characters that answer, cut into passages as a server cuts them.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use docent::embedding::Embedder;
use docent::ingest::{ChunkSettings, title_of};
use docent::retrieve::eval::{Dataset, Document, Question};
use serde::Deserialize;

use super::Anything;

#[derive(Deserialize)]
struct Line {
    text: String,
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file: String,
    /// In characters.
    start: usize,
    end: usize,
}

/// A passage of a file, in characters.
struct Place {
    start: usize,
    end: usize,
    number: usize,
}

pub fn load(folder: &Path, embedder: &dyn Embedder) -> Result<Dataset, Anything> {
    let mut dataset = Dataset::default();
    let mut places: BTreeMap<String, Vec<Place>> = BTreeMap::new();
    let mut paths: Vec<_> = fs_err::read_dir(folder.join("documents"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let settings = ChunkSettings::default().fitted(embedder.info().max_tokens);
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs_err::read_to_string(&path)?;
        let title = title_of(&text).unwrap_or_default();
        for piece in settings.split(&text, false, &[], embedder.tokenizer())? {
            let count = |end: usize| text[..end].chars().count();
            let place =
                Place { start: count(piece.start), end: count(piece.end), number: dataset.documents.len() };
            places.entry(name.clone()).or_default().push(place);
            dataset.documents.push(Document {
                id: format!("{name}#{}", piece.start),
                name: name.clone(),
                title: title.clone(),
                text: text[piece.start..piece.end].to_owned(),
            });
        }
    }
    for line in fs_err::read_to_string(folder.join("queries.jsonl"))?.lines() {
        let Line { text, spans } = serde_json::from_str(line)?;
        let meets = |place: &Place, span: &Span| place.start < span.end && span.start < place.end;
        let answers: HashSet<usize> = spans
            .iter()
            .flat_map(|span| {
                let places = places.get(&span.file).into_iter().flatten();
                places.filter(|place| meets(place, span)).map(|place| place.number)
            })
            .collect();
        let question =
            Question { text, answers, left_out: HashSet::new(), gold: Vec::new(), answerable: true };
        dataset.questions.push(question);
    }
    Ok(dataset)
}
