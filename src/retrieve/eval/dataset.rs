//! Questions, documents, and which belong together.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use docent_words::split_name;
use serde::Deserialize;

/// A folder with `corpus.jsonl` and `queries.jsonl`, as BEIR has them, and `qrels.tsv`; without the latter, each question
/// names its passage.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    pub documents: Vec<Document>,
    pub questions: Vec<Question>,
}

#[derive(Debug, Clone)]
pub struct Document {
    pub id: String,
    /// The name of its file; empty where it has none.
    pub name: String,
    /// What it calls itself; empty where it does not say.
    pub title: String,
    pub text: String,
}

#[derive(Debug, Clone)]
pub struct Question {
    pub text: String,
    /// Numbers of documents in [`Dataset::documents`].
    pub answers: HashSet<usize>,
    pub left_out: HashSet<usize>,
    /// What an answer has to hold: one of these. Empty where that is not known.
    pub gold: Vec<String>,
    /// False: the documents are about it, and do not answer it.
    pub answerable: bool,
}

#[derive(Deserialize)]
struct CorpusLine {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

#[derive(Deserialize)]
struct QueryLine {
    id: String,
    text: String,
    #[serde(default)]
    passage: Option<String>,
    #[serde(default)]
    answers: Vec<String>,
    #[serde(default = "yes")]
    answerable: bool,
}

const fn yes() -> bool {
    true
}

type Grades = HashMap<String, (HashSet<usize>, HashSet<usize>)>;

impl Dataset {
    /// Reads a folder; documents without text and questions without judgments are left out.
    pub fn load(folder: &Path) -> std::io::Result<Self> {
        let documents: Vec<Document> = lines::<CorpusLine>(&folder.join("corpus.jsonl"))?
            .into_iter()
            .map(|line| Document { id: line.id, name: String::new(), title: line.title, text: line.text })
            .filter(|document| !document.embedded().is_empty())
            .collect();
        let numbers: HashMap<&str, usize> =
            documents.iter().enumerate().map(|(n, document)| (document.id.as_str(), n)).collect();
        let qrels = folder.join("qrels.tsv");
        let mut graded = if qrels.is_file() { grades(&qrels, &numbers)? } else { Grades::new() };
        let question = |line: QueryLine| {
            let named = line.passage.and_then(|passage| numbers.get(passage.as_str()).copied());
            let named = named.map(|number| (HashSet::from([number]), HashSet::new()));
            let (answers, left_out) = graded.remove(&line.id).or(named)?;
            let (gold, answerable) = (line.answers, line.answerable);
            Some(Question { text: line.text, answers, left_out, gold, answerable })
        };
        let questions =
            lines::<QueryLine>(&folder.join("queries.jsonl"))?.into_iter().filter_map(question).collect();
        Ok(Self { documents, questions })
    }
}

impl Document {
    /// What is embedded for it: its text below what it belongs to.
    pub(super) fn embedded(&self) -> String {
        let name = split_name(&self.name);
        let lines = [name.as_str(), self.title.as_str(), self.text.as_str()];
        lines.map(str::trim).into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// A grade of 1 or more is an answer, one of 0 takes the document out of that question's ranking.
fn grades(path: &Path, numbers: &HashMap<&str, usize>) -> std::io::Result<Grades> {
    let mut graded = Grades::new();
    for row in fs_err::read_to_string(path)?.lines().skip(1) {
        let mut cells = row.split('\t');
        let (Some(question), Some(document), Some(grade)) = (cells.next(), cells.next(), cells.next()) else {
            continue;
        };
        let Some(&document) = numbers.get(document) else { continue };
        let (answers, left_out) = graded.entry(question.to_owned()).or_default();
        if grade.trim() == "0" {
            left_out.insert(document)
        } else {
            answers.insert(document)
        };
    }
    Ok(graded)
}

fn lines<T: serde::de::DeserializeOwned>(path: &Path) -> std::io::Result<Vec<T>> {
    let text = fs_err::read_to_string(path)?;
    let parsed = text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str);
    parsed.collect::<Result<_, _>>().map_err(std::io::Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        files.iter().for_each(|(name, text)| fs_err::write(folder.path().join(name), text).unwrap());
        folder
    }

    const CORPUS: &str = "{\"id\":\"a\",\"title\":\"Kestrels\",\"text\":\"eat voles\"}\n{\"id\":\"b\",\"text\":\"\"}\n{\"id\":\"c\",\"text\":\"Owls\"}\n";

    #[test]
    fn a_folder_is_read() {
        let queries = "{\"id\":\"1\",\"text\":\"who eats voles\"}\n{\"id\":\"2\",\"text\":\"unjudged\"}\n";
        let qrels = "query-id\tdoc-id\tgrade\n1\ta\t1\n1\tc\t0\n1\tgone\t1\n";
        let folder = folder(&[("corpus.jsonl", CORPUS), ("queries.jsonl", queries), ("qrels.tsv", qrels)]);
        let dataset = Dataset::load(folder.path()).unwrap();
        let texts: Vec<_> = dataset.documents.iter().map(Document::embedded).collect();
        assert_eq!(texts, ["Kestrels\neat voles", "Owls"]);
        assert_eq!(dataset.questions.len(), 1);
        assert_eq!(dataset.questions[0].answers, HashSet::from([0]));
        assert_eq!(dataset.questions[0].left_out, HashSet::from([1]));
    }

    #[test]
    fn questions_that_name_their_passage_need_no_judgments() {
        let queries = "{\"id\":\"1\",\"text\":\"who hoots\",\"passage\":\"c\",\"answerable\":false,\"answers\":[]}\n\
                       {\"id\":\"2\",\"text\":\"what is eaten\",\"passage\":\"a\",\"answers\":[\"voles\"]}\n";
        let folder = folder(&[("corpus.jsonl", CORPUS), ("queries.jsonl", queries)]);
        let questions = Dataset::load(folder.path()).unwrap().questions;
        assert_eq!((questions[0].answerable, &questions[0].answers), (false, &HashSet::from([1])));
        assert_eq!((questions[1].answerable, &questions[1].gold), (true, &vec!["voles".to_owned()]));
    }
}
