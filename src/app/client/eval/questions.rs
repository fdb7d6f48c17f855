//! A file of questions and what is expected of each.
//!
//! CSV has a header with `question` and any of `document`, `page`, `text`, `answer`, `answerable`; rows with the same
//! question add to what is expected. JSONL has an object a line with the same names; there `expected` may hold a list of
//! objects with `document`, `page`, `text`, and `answer` may be a list, of which one is enough.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// A question, and how its answer is recognised.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Question {
    pub text: String,
    pub expected: Vec<Expected>,
    /// Texts of which one must be in the answer.
    pub answers: Vec<String>,
    /// False where the documents do not say it: refusing is right.
    pub answerable: bool,
}

/// A place in the documents. What is not given may be anything.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// File name, with or without its ending, or the document's number.
    #[serde(default, deserialize_with = "as_text")]
    pub document: Option<String>,
    #[serde(default, deserialize_with = "as_text")]
    pub page: Option<String>,
    /// Words that stand in the passage.
    #[serde(default, deserialize_with = "as_text")]
    pub text: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub(super) enum QuestionError {
    #[error("{path} cannot be read")]
    File { path: String, source: std::io::Error },
    #[error("{path}, line {line}: {reason}")]
    Line { path: String, line: usize, reason: String },
    #[error("{0} has no questions")]
    Empty(String),
}

/// Numbers count as the text that they are written as.
fn as_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => None,
        other => return Err(serde::de::Error::custom(format!("`{other}` is neither a text nor a number"))),
    })
}

/// One line, whichever the format.
#[derive(Debug, Default, Deserialize)]
struct Line {
    #[serde(alias = "query")]
    question: String,
    #[serde(default)]
    expected: Vec<Expected>,
    #[serde(default, deserialize_with = "as_text")]
    document: Option<String>,
    #[serde(default, deserialize_with = "as_text")]
    page: Option<String>,
    #[serde(default, deserialize_with = "as_text")]
    text: Option<String>,
    #[serde(default, alias = "answers")]
    answer: Value,
    #[serde(default)]
    answerable: Option<bool>,
}

pub(super) fn read(path: &Path) -> Result<Vec<Question>, QuestionError> {
    let name = path.display().to_string();
    let text =
        fs_err::read_to_string(path).map_err(|source| QuestionError::File { path: name.clone(), source })?;
    let text = text.trim_start_matches('\u{feff}');
    let is_csv = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
    let lines = if is_csv { from_csv(text) } else { from_jsonl(text) };
    let lines = lines.map_err(|(line, reason)| QuestionError::Line { path: name.clone(), line, reason })?;
    let questions = joined(lines);
    if questions.is_empty() { Err(QuestionError::Empty(name)) } else { Ok(questions) }
}

type Wrong = (usize, String);

fn from_jsonl(text: &str) -> Result<Vec<Line>, Wrong> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let parsed =
        lines.map(|(n, line)| serde_json::from_str(line).map_err(|error| (n + 1, error.to_string())));
    parsed.collect()
}

fn from_csv(text: &str) -> Result<Vec<Line>, Wrong> {
    let delimiter = delimiter_of(text.lines().next().unwrap_or_default());
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let names: Vec<String> = match reader.headers() {
        Ok(names) => names.iter().map(str::to_lowercase).collect(),
        Err(error) => return Err((1, error.to_string())),
    };
    const KNOWN: [&str; 8] =
        ["question", "query", "document", "page", "text", "answer", "answers", "answerable"];
    if !names.iter().any(|name| ["question", "query"].contains(&name.as_str())) {
        return Err((1, format!("the header has no `question`; it may have: {}", KNOWN.join(", "))));
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            (usize::try_from(line).unwrap_or(0), error.to_string())
        })?;
        let at = record.position().map_or(0, |place| usize::try_from(place.line()).unwrap_or(0));
        let mut line = Line::default();
        for (name, cell) in names.iter().zip(&record) {
            let value = Some(cell.to_owned()).filter(|cell| !cell.is_empty());
            match name.as_str() {
                "question" | "query" => cell.clone_into(&mut line.question),
                "document" => line.document = value,
                "page" => line.page = value,
                "text" => line.text = value,
                "answer" | "answers" => line.answer = value.map_or(Value::Null, Value::String),
                "answerable" => line.answerable = truth(cell).map_err(|reason| (at, reason))?,
                // Columns of one's own.
                _ => {}
            }
        }
        if !line.question.is_empty() {
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Spreadsheets of some countries write semicolons.
fn delimiter_of(header: &str) -> u8 {
    let count = |wanted: char| header.chars().filter(|c| *c == wanted).count();
    [(';', b';'), ('\t', b'\t')]
        .into_iter()
        .find(|(c, _)| count(*c) > count(','))
        .map_or(b',', |(_, byte)| byte)
}

fn truth(cell: &str) -> Result<Option<bool>, String> {
    match cell.to_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "1" => Ok(Some(true)),
        "false" | "no" | "0" => Ok(Some(false)),
        other => Err(format!("`answerable` is `{other}`; it may be yes or no")),
    }
}

/// Lines of the same question become one.
fn joined(lines: Vec<Line>) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::new();
    for line in lines {
        let text = line.question.trim().to_owned();
        let mut expected = line.expected;
        if line.document.is_some() || line.page.is_some() || line.text.is_some() {
            expected.push(Expected { document: line.document, page: line.page, text: line.text });
        }
        let answers: Vec<String> = match line.answer {
            Value::String(text) => text.split('|').map(|one| one.trim().to_owned()).collect(),
            Value::Array(list) => {
                list.iter().map(|one| one.as_str().map_or_else(|| one.to_string(), str::to_owned)).collect()
            }
            Value::Number(number) => vec![number.to_string()],
            _ => Vec::new(),
        };
        let answers = answers.into_iter().filter(|answer| !answer.is_empty());
        let answerable = line.answerable.unwrap_or(true);
        match questions.iter_mut().find(|question| question.text == text) {
            Some(known) => {
                known.expected.extend(expected);
                known.answers.extend(answers);
                known.answerable &= answerable;
            }
            None => questions.push(Question { text, expected, answers: answers.collect(), answerable }),
        }
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, text: &str) -> Result<Vec<Question>, QuestionError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs_err::write(&path, text).unwrap();
        read(&path)
    }

    fn place(document: &str, page: Option<&str>) -> Expected {
        Expected { document: Some(document.to_owned()), page: page.map(str::to_owned), text: None }
    }

    #[test]
    fn both_formats_say_the_same() {
        let csv = "\u{feff}Question;document;page;answer;answerable;author\r\nHow long?;lease.pdf;3;six weeks|42 days;;me\r\n\
                   How long?;annex.pdf;;;;\r\nWho won?;;;;no;\r\n";
        let jsonl = "{\"question\": \"How long?\", \"expected\": [{\"document\": \"lease.pdf\", \"page\": 3}, {\"document\": \"annex.pdf\"}], \"answer\": [\"six weeks\", \"42 days\"]}\n\n{\"question\": \"Who won?\", \"answerable\": false}\n";
        let questions = file("q.csv", csv).unwrap();
        assert_eq!(questions, file("q.jsonl", jsonl).unwrap());
        assert_eq!(questions[0].expected, [place("lease.pdf", Some("3")), place("annex.pdf", None)]);
        assert_eq!(questions[0].answers, ["six weeks", "42 days"]);
        assert!(questions[0].answerable && !questions[1].answerable);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let error = |name: &str, text: &str| file(name, text).unwrap_err().to_string();
        assert!(error("q.csv", "frage,document\na,b\n").contains("line 1: the header has no `question`"));
        assert!(
            error("q.csv", "question,answerable\na,yes\nb,perhaps\n")
                .contains("line 3: `answerable` is `perhaps`")
        );
        assert!(error("q.jsonl", "{\"question\": \"a\"}\n{\"query\"\n").contains("line 2: "));
        assert!(
            error("q.jsonl", "{\"question\": \"a\", \"expected\": [{\"file\": \"b\"}]}\n")
                .contains("unknown field `file`")
        );
        assert!(error("q.jsonl", "\n").contains("has no questions"));
    }
}
