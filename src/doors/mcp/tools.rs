//! The tools, and what each asks of the REST interface: rights, limits and errors are those of there.

use serde_json::{Map, Value, json};

use super::rest::{Answer, Rest};
use docent_domain::json::whole;

/// Characters of a document that are read at once, unless fewer are asked for.
const TEXT: usize = 20_000;

/// One tool, as models are told of it.
pub(super) struct Tool {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    /// Whether using it changes nothing. `ask` writes a chat.
    pub(super) reads_only: bool,
    schema: fn() -> Value,
}

/// In the order of their names.
pub(super) const TOOLS: &[Tool] = &[
    Tool {
        name: "ask",
        title: "Ask",
        description: "Answers a question from a project's documents, with numbered citations and the passages \
            behind them. Use it for questions; use `search` to read the passages yourself.",
        reads_only: false,
        schema: || {
            object(
                json!({
                    "question": {"type": "string", "description": "In full words, in any language."},
                    "project": project(),
                    "chat_id": {"type": "integer", "description": "Goes on with the chat of an earlier answer."},
                    "document_ids": ids(),
                }),
                &["question"],
            )
        },
    },
    Tool {
        name: "list_documents",
        title: "List documents",
        description: "The documents of a project, with their numbers and states.",
        reads_only: true,
        schema: || {
            object(
                json!({
                    "project": project(),
                    "name": {"type": "string", "description": "Only documents whose name contains this."},
                    "skip": {"type": "integer", "minimum": 0},
                    "limit": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100},
                }),
                &[],
            )
        },
    },
    Tool {
        name: "query_table",
        title: "Compute from a table",
        description: docent_chat::QUERY_TABLE,
        reads_only: true,
        schema: || docent_chat::query_table_schema(&json!(["string", "number"])),
    },
    Tool {
        name: "read_document",
        title: "Read a document",
        description: "The text of a document, page by page. Long ones come in parts: go on with `after`.",
        reads_only: true,
        schema: || {
            object(
                json!({
                    "document_id": {"type": "integer"},
                    "after": {"type": "integer", "minimum": 0, "description": "Only pages after this one."},
                    "pages": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 10},
                }),
                &["document_id"],
            )
        },
    },
    Tool {
        name: "search",
        title: "Search",
        description: "The passages of a project's documents that have to do with a question, best first, found by \
            meaning and by words.",
        reads_only: true,
        schema: || {
            object(
                json!({
                    "query": {"type": "string"},
                    "project": project(),
                    "top_k": {"type": "integer", "minimum": 1, "maximum": 50, "default": 10},
                    "document_ids": ids(),
                }),
                &["query"],
            )
        },
    },
];

fn object(properties: Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": properties, "required": required})
}

fn project() -> Value {
    json!({
        "type": ["integer", "string"],
        "description": "Number or name of the project; may be left out where there is only one.",
    })
}

fn ids() -> Value {
    json!({"type": "array", "items": {"type": "integer"}, "description": "Only these documents."})
}

impl Tool {
    pub(super) fn schema(&self) -> Map<String, Value> {
        match (self.schema)() {
            Value::Object(schema) => schema,
            _ => Map::new(),
        }
    }
}

/// What a tool found: text for the model, and the same for programs.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) text: String,
    pub(super) data: Value,
}

/// Uses a tool. An error is a sentence for the model, which may try again.
pub(super) async fn call(
    rest: &dyn Rest,
    name: &str,
    arguments: Map<String, Value>,
) -> Result<Found, String> {
    let arguments = Arguments(arguments);
    match name {
        "ask" => ask(rest, &arguments).await,
        "list_documents" => list_documents(rest, &arguments).await,
        "query_table" => query_table(rest, &arguments).await,
        "read_document" => read_document(rest, &arguments).await,
        "search" => search(rest, &arguments).await,
        _ => {
            let known: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
            Err(format!("There is no tool `{name}`; there are {}", known.join(", ")))
        }
    }
}

async fn ask(rest: &dyn Rest, arguments: &Arguments) -> Result<Found, String> {
    let question = arguments.text("question")?;
    let chat = match arguments.number("chat_id")? {
        Some(chat) => chat,
        None => {
            let project = project_of(rest, arguments).await?;
            let new = json!({"project_id": project, "visibility": "private"});
            let opened = good(rest.post("/api/chats", new).await)?;
            opened["id"].as_i64().unwrap_or_default()
        }
    };
    let body = json!({"message": question, "document_ids": arguments.0.get("document_ids")});
    let answer = good(rest.post(&format!("/api/chats/{chat}/messages"), body).await)?;
    let mut text = answer["answer"].as_str().unwrap_or_default().to_owned();
    for (n, source) in list(&answer["sources"]).iter().enumerate() {
        text.push_str(&format!("\n\n[{}] {}", n + 1, passage(source)));
    }
    Ok(Found { text, data: answer })
}

async fn list_documents(rest: &dyn Rest, arguments: &Arguments) -> Result<Found, String> {
    let project = project_of(rest, arguments).await?;
    let skip = arguments.number("skip")?.unwrap_or(0);
    let limit = arguments.number("limit")?.unwrap_or(100);
    let page = format!("skip={skip}&limit={limit}");
    let documents = match arguments.optional_text("name")? {
        Some(name) => {
            let path = format!("/api/projects/{project}/documents/search?q={}&{page}", escaped(name));
            good(rest.get(&path).await)?["documents"].clone()
        }
        None => good(rest.get(&format!("/api/projects/{project}/documents?{page}")).await)?,
    };
    let line = |document: &Value| {
        let pages =
            document["page_count"].as_i64().map_or_else(String::new, |pages| format!(", {pages} pages"));
        let (path, status) = (document["path"].as_str(), document["status"].as_str());
        format!("{}: {} ({}{pages})", document["id"], path.unwrap_or_default(), status.unwrap_or_default())
    };
    let lines: Vec<String> = list(&documents).iter().map(line).collect();
    let text = if lines.is_empty() { "There are no such documents.".to_owned() } else { lines.join("\n") };
    let brief = |document: &Value| {
        let fields = ["id", "path", "filename", "status", "page_count", "word_count", "updated_at"];
        fields.into_iter().map(|field| (field.to_owned(), document[field].clone())).collect::<Value>()
    };
    let documents: Vec<Value> = list(&documents).iter().map(brief).collect();
    Ok(Found { text, data: json!({"project_id": project, "documents": documents}) })
}

async fn query_table(rest: &dyn Rest, arguments: &Arguments) -> Result<Found, String> {
    let document = arguments.number("document_id")?.ok_or("`document_id` is required")?;
    let mut query = arguments.0.clone();
    query.remove("document_id");
    query.insert("table".to_owned(), arguments.number("table")?.into());
    let path = format!("/api/documents/{document}/tables/query");
    let computed = good(rest.post(&path, Value::Object(query)).await)?;
    Ok(Found { text: computed.to_string(), data: computed })
}

async fn read_document(rest: &dyn Rest, arguments: &Arguments) -> Result<Found, String> {
    let document = arguments.number("document_id")?.ok_or("`document_id` is required")?;
    let after = arguments.number("after")?.unwrap_or(0);
    let pages = arguments.number("pages")?.unwrap_or(10);
    let path = format!("/api/documents/{document}/content?after={after}&limit={pages}");
    let mut content = good(rest.get(&path).await)?;
    let text = content["content"].as_str().unwrap_or_default();
    let mut shown: String = text.chars().take(TEXT).collect();
    if shown.len() < text.len() {
        shown.push_str("\n\n(cut off here: ask for fewer pages at once)");
        content["content"] = shown.clone().into();
    }
    if let Some(next) = content["next_after"].as_i64() {
        shown.push_str(&format!("\n\n(there is more: go on with `after`: {next})"));
    }
    Ok(Found { text: shown, data: content })
}

async fn search(rest: &dyn Rest, arguments: &Arguments) -> Result<Found, String> {
    let query = arguments.text("query")?;
    let project = project_of(rest, arguments).await?;
    let body = json!({
        "query": query,
        "top_k": arguments.number("top_k")?,
        "document_ids": arguments.0.get("document_ids"),
    });
    let found = good(rest.post(&format!("/api/projects/{project}/search"), body).await)?;
    let results = list(&found["results"]);
    let lines: Vec<String> =
        results.iter().enumerate().map(|(n, source)| format!("[{}] {}", n + 1, passage(source))).collect();
    let text = if lines.is_empty() { "Nothing was found.".to_owned() } else { lines.join("\n\n") };
    Ok(Found { text, data: json!({"project_id": project, "results": found["results"]}) })
}

/// A passage with the document and page it stands on.
fn passage(source: &Value) -> String {
    let metadata = &source["metadata"];
    let filename = metadata["filename"].as_str().unwrap_or_default();
    let page = metadata["page"].as_i64().map_or_else(String::new, |page| format!(", page {page}"));
    let content = source["content"].as_str().unwrap_or_default();
    format!("{filename}{page} (document {}):\n{content}", metadata["document_id"])
}

/// The number of the project that was named, or of the only one there is.
async fn project_of(rest: &dyn Rest, arguments: &Arguments) -> Result<i64, String> {
    if let Some(number) = arguments.number("project").ok().flatten() {
        return Ok(number);
    }
    let name = arguments.optional_text("project")?;
    let all = good(rest.get("/api/projects?limit=1000").await)?;
    let named = |project: &&Value| name.is_none_or(|name| project["name"] == name);
    let fitting: Vec<&Value> = list(&all).iter().filter(named).collect();
    if let [only] = fitting.as_slice() {
        return Ok(only["id"].as_i64().unwrap_or_default());
    }
    let known: Vec<String> = list(&all)
        .iter()
        .map(|project| format!("{}: {}", project["id"], project["name"].as_str().unwrap_or_default()))
        .collect();
    Err(match name {
        Some(name) => {
            format!("`project`: none or several are called `{name}`; give a number of: {}", known.join(", "))
        }
        None => format!("`project` is required, one of: {}", known.join(", ")),
    })
}

struct Arguments(Map<String, Value>);

impl Arguments {
    fn text(&self, field: &str) -> Result<&str, String> {
        self.optional_text(field)?.ok_or_else(|| format!("`{field}` is required"))
    }

    fn optional_text(&self, field: &str) -> Result<Option<&str>, String> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`{field}` must be a string")),
        }
    }

    fn number(&self, field: &str) -> Result<Option<i64>, String> {
        let wrong = || format!("`{field}` must be a whole number");
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Number(number)) => integer(number).map(Some).ok_or_else(wrong),
            Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
            Some(Value::String(text)) => {
                let number = text.trim().parse().ok();
                number.as_ref().and_then(integer).map(Some).ok_or_else(wrong)
            }
            Some(_) => Err(wrong()),
        }
    }
}

fn integer(number: &serde_json::Number) -> Option<i64> {
    number.as_i64().or_else(|| number.as_f64().and_then(whole))
}

/// The body of a good answer, or what is wrong.
fn good(answer: Result<Answer, String>) -> Result<Value, String> {
    let Answer { status, body } = answer?;
    if (200..300).contains(&status) {
        return Ok(body);
    }
    Err(body["detail"].as_str().map_or_else(|| format!("the server answered {status}"), str::to_owned))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// For a query string.
fn escaped(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;

    /// Two projects, and nothing in them.
    struct Two;

    #[async_trait]
    impl Rest for Two {
        async fn get(&self, path: &str) -> Result<Answer, String> {
            let body = match path {
                "/api/projects?limit=1000" => json!([{"id": 1, "name": "Birds"}, {"id": 2, "name": "Law"}]),
                "/api/projects/2/documents/search?q=a%26b%20c&skip=0&limit=100" => json!({"documents": []}),
                _ => return Ok(Answer { status: 404, body: json!({"detail": "There is no such thing"}) }),
            };
            Ok(Answer { status: 200, body })
        }

        async fn post(&self, path: &str, _body: Value) -> Result<Answer, String> {
            Ok(Answer { status: 500, body: json!({"at": path}) })
        }
    }

    async fn said(name: &str, arguments: Value) -> String {
        let Value::Object(arguments) = arguments else { panic!("no object") };
        match call(&Two, name, arguments).await {
            Ok(found) => found.text,
            Err(reason) => format!("failed: {reason}"),
        }
    }

    #[tokio::test]
    async fn a_model_learns_what_it_may_ask_for() {
        insta::assert_snapshot!(said("search", json!({"query": "x"})).await, @"failed: `project` is required, one of: 1: Birds, 2: Law");
        insta::assert_snapshot!(said("list_documents", json!({"project": "Bird"})).await, @"failed: `project`: none or several are called `Bird`; give a number of: 1: Birds, 2: Law");
        insta::assert_snapshot!(said("list_documents", json!({"project": "Law", "name": "a&b c"})).await, @"There are no such documents.");
        insta::assert_snapshot!(said("read_document", json!({"document_id": 7})).await, @"failed: There is no such thing");
        insta::assert_snapshot!(said("ask", json!({"question": "x", "chat_id": "9"})).await, @"failed: the server answered 500");
        insta::assert_snapshot!(said("ask", json!({"question": 7})).await, @"failed: `question` must be a string");
        insta::assert_snapshot!(said("fly", json!({})).await, @"failed: There is no tool `fly`; there are ask, list_documents, query_table, read_document, search");
    }

    #[test]
    fn every_tool_has_a_schema_that_names_what_it_needs() {
        for tool in TOOLS {
            let schema = tool.schema();
            let properties = schema["properties"].as_object().unwrap();
            for required in schema["required"].as_array().unwrap() {
                assert!(properties.contains_key(required.as_str().unwrap()), "{}", tool.name);
            }
        }
        assert!(TOOLS.windows(2).all(|pair| pair[0].name < pair[1].name));
    }
}
