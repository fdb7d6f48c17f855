//! `POST /v1/embeddings`: vectors of the model that also embeds the documents.

use axum::Json;
use axum::extract::{Request, State};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::refusal::{ErrorView, Refusal};
use super::sent::InputIn;
use super::{Limits, Services, body, models};

/// Tokens that the model puts around each text.
const SPECIAL: usize = 2;

/// Of a client that counts and cuts texts as OpenAI's own models do, and sends what it counted.
const TOKENS: &str = "must be a text: these are numbers of another model's tokens; let the client send texts \
    (LangChain: `OpenAIEmbeddings(check_embedding_ctx_length=False)`)";

#[derive(Debug, Deserialize, ToSchema)]
struct EmbeddingsIn {
    model: String,
    /// One text, or up to 256 of them; lists of token numbers mean another model's tokens and are refused.
    input: InputIn,
    /// `float` or `base64`.
    encoding_format: Option<String>,
    /// As many as the model gives.
    dimensions: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Embeddings)]
pub(super) struct EmbeddingsView {
    object: &'static str,
    data: Vec<EmbeddingView>,
    model: String,
    usage: UsageView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Embedding)]
struct EmbeddingView {
    object: &'static str,
    index: usize,
    embedding: VectorView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EmbeddingVector)]
#[serde(untagged)]
enum VectorView {
    Numbers(Vec<f32>),
    /// Little-endian f32, one after the other.
    Base64(String),
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EmbeddingUsage)]
struct UsageView {
    prompt_tokens: usize,
    total_tokens: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Float,
    Base64,
}

/// A text that is longer than what the model reads is refused: half a text has another vector.
#[utoipa::path(
    post,
    path = "/v1/embeddings",
    operation_id = "create_embeddings",
    tag = "OpenAI",
    request_body = EmbeddingsIn,
    responses(
        (status = 200, body = EmbeddingsView),
        (status = 400, body = ErrorView<'static>),
        (status = 401, body = ErrorView<'static>),
        (status = 404, body = ErrorView<'static>, description = "There is no such model"),
        (status = 413, body = ErrorView<'static>),
        (status = 429, body = ErrorView<'static>)
    )
)]
#[tracing::instrument(name = "openai.embeddings", skip_all)]
pub(super) async fn handler(
    State(services): State<Services>,
    request: Request,
) -> Result<Json<EmbeddingsView>, Refusal> {
    let caller = services.caller(request.headers()).await?;
    let (parts, body) = request.into_parts();
    let asked: EmbeddingsIn = body::read(body, services.limits.body).await?;
    if !models::is_embedding(&services, &asked.model) {
        return Err(Refusal::no_such_model(&asked.model));
    }
    let encoding = match asked.encoding_format.as_deref() {
        None | Some("float") => Encoding::Float,
        Some("base64") => Encoding::Base64,
        Some(_) => return Err(Refusal::field("encoding_format", "must be `float` or `base64`")),
    };
    let info = services.direct.embedder.info();
    if asked.dimensions.is_some_and(|wanted| usize::try_from(wanted) != Ok(info.dimension)) {
        let message = format!("must be {}, which is what this model gives", info.dimension);
        return Err(Refusal::field("dimensions", message));
    }
    let texts = texts(asked.input.0, &services.limits)?;
    let tokens = tokens(&services, &texts)?;
    services.spend(&caller, &parts.extensions).await?;
    let vectors = services.direct.embedder.passages(&texts).await?;
    let data = vectors.into_iter().enumerate();
    let data = data.map(|(index, vector)| EmbeddingView {
        object: "embedding",
        index,
        embedding: encoded(vector, encoding),
    });
    Ok(Json(EmbeddingsView {
        object: "list",
        data: data.collect(),
        model: info.name.clone(),
        usage: UsageView { prompt_tokens: tokens, total_tokens: tokens },
    }))
}

/// One text, or a list of them. Lists of token numbers mean another model's tokens.
fn texts(input: Value, limits: &Limits) -> Result<Vec<String>, Refusal> {
    let (items, single) = match input {
        Value::String(text) => (vec![Value::String(text)], true),
        Value::Array(items) => (items, false),
        _ => return Err(Refusal::field("input", "must be a text or a list of texts")),
    };
    if matches!(items.first(), Some(Value::Number(_) | Value::Array(_))) {
        return Err(Refusal::field("input[0]", TOKENS));
    }
    if items.is_empty() || items.len() > limits.batch {
        return Err(Refusal::field("input", format!("must have 1 to {} texts", limits.batch)));
    }
    let text = |(n, item): (usize, Value)| {
        let field = if single { "input".to_owned() } else { format!("input[{n}]") };
        match item {
            Value::String(text) if text.trim().is_empty() => Err(Refusal::field(field, "must not be empty")),
            Value::String(text) if text.len() > limits.text => {
                Err(Refusal::field(field, format!("is longer than {} bytes", limits.text)))
            }
            Value::String(text) => Ok(text),
            Value::Number(_) | Value::Array(_) => Err(Refusal::field(field, TOKENS)),
            _ => Err(Refusal::field(field, "must be a text")),
        }
    };
    items.into_iter().enumerate().map(text).collect()
}

/// Of all texts together; an error if the model cannot read one of them to its end.
fn tokens(services: &Services, texts: &[String]) -> Result<usize, Refusal> {
    let most = services.direct.embedder.info().max_tokens.saturating_sub(SPECIAL);
    let mut total = 0;
    for (n, text) in texts.iter().enumerate() {
        let count = services.direct.embedder.tokenizer().count(text);
        if count > most {
            let message = format!("has {count} tokens; the model reads at most {most}: cut it into parts");
            return Err(Refusal::field(format!("input[{n}]"), message));
        }
        total += count;
    }
    Ok(total)
}

fn encoded(vector: Vec<f32>, encoding: Encoding) -> VectorView {
    match encoding {
        Encoding::Float => VectorView::Numbers(vector),
        Encoding::Base64 => {
            let bytes: Vec<u8> = vector.into_iter().flat_map(f32::to_le_bytes).collect();
            VectorView::Base64(STANDARD.encode(bytes))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(input: Value) -> String {
        let limits = Limits { batch: 2, text: 8, ..Limits::default() };
        let refusal = texts(input, &limits).unwrap_err();
        serde_json::to_value(refusal.view()).unwrap()["error"]["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn inputs_are_refused_by_their_place() {
        insta::assert_snapshot!(refused(json!(7)), @"`input`: must be a text or a list of texts");
        insta::assert_snapshot!(refused(json!([])), @"`input`: must have 1 to 2 texts");
        insta::assert_snapshot!(refused(json!(["a", "b", "c"])), @"`input`: must have 1 to 2 texts");
        insta::assert_snapshot!(refused(json!("")), @"`input`: must not be empty");
        insta::assert_snapshot!(refused(json!(["a", "123456789"])), @"`input[1]`: is longer than 8 bytes");
        insta::assert_snapshot!(refused(json!([1, 2])), @"`input[0]`: must be a text: these are numbers of another model's tokens; let the client send texts (LangChain: `OpenAIEmbeddings(check_embedding_ctx_length=False)`)");
        insta::assert_snapshot!(refused(json!(["a", null])), @"`input[1]`: must be a text");
    }

    #[test]
    fn base64_holds_little_endian_floats() {
        let VectorView::Base64(text) = encoded(vec![1.0, -2.5], Encoding::Base64) else {
            panic!("not base64")
        };
        assert_eq!(STANDARD.decode(text).unwrap(), [0, 0, 128, 63, 0, 0, 32, 192]);
    }
}
