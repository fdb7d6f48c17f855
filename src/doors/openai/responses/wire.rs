//! A response, whole and event by event.

use serde::Serialize;
use utoipa::ToSchema;

use super::request::{Repeated, id_of};
use crate::openai::refusal::Refusal;
use crate::openai::wire::{DocentView, End, Head, UsageView};
use docent_domain::chat::{Accepted, Completed, FinishReason};
use docent_domain::source::Source;
use docent_wire::source::SourceView;

/// `response`.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = Response)]
pub(super) struct ResponseView<'a> {
    id: &'a str,
    object: &'static str,
    created_at: i64,
    /// `in_progress`, `completed`, `incomplete` or `failed`.
    status: &'static str,
    error: Option<ErrorView>,
    incomplete_details: Option<IncompleteView>,
    instructions: Option<&'a str>,
    max_output_tokens: Option<u32>,
    model: &'a str,
    output: Vec<ItemView<'a>>,
    parallel_tool_calls: bool,
    previous_response_id: Option<&'a str>,
    store: bool,
    temperature: Option<f32>,
    text: TextView,
    tool_choice: &'static str,
    #[schema(value_type = Vec<Object>)]
    tools: [(); 0],
    truncation: &'static str,
    usage: Option<ResponseUsageView>,
    #[schema(value_type = Object)]
    metadata: serde_json::Map<String, serde_json::Value>,
    /// Ours.
    sources: Vec<SourceView<'a>>,
    /// Ours, once it is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    docent: Option<DocentView<'a>>,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponseError)]
struct ErrorView {
    code: &'static str,
    message: String,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponseIncomplete)]
struct IncompleteView {
    reason: &'static str,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponseText)]
struct TextView {
    format: FormatView,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponseFormat)]
struct FormatView {
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The one message of a response.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponseMessage)]
pub(super) struct ItemView<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    role: &'static str,
    status: &'static str,
    content: Vec<PartView<'a>>,
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponsePart)]
pub(super) struct PartView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    text: &'a str,
    /// The documents that the answer cites.
    annotations: Vec<CitationView<'a>>,
    #[schema(value_type = Vec<Object>)]
    logprobs: [(); 0],
}

#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ResponseCitation)]
struct CitationView<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    file_id: String,
    filename: &'a str,
    /// Where its first marker stands in the text, in characters.
    index: usize,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = ResponseUsage)]
struct ResponseUsageView {
    input_tokens: i64,
    input_tokens_details: CachedView,
    output_tokens: i64,
    output_tokens_details: ReasoningView,
    total_tokens: i64,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = ResponseCachedTokens)]
struct CachedView {
    cached_tokens: i64,
    cache_write_tokens: i64,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[schema(as = ResponseReasoningTokens)]
struct ReasoningView {
    reasoning_tokens: i64,
}

impl From<UsageView> for ResponseUsageView {
    fn from(usage: UsageView) -> Self {
        Self {
            input_tokens: usage.prompt_tokens,
            input_tokens_details: CachedView { cached_tokens: 0, cache_write_tokens: 0 },
            output_tokens: usage.completion_tokens,
            output_tokens_details: ReasoningView { reasoning_tokens: 0 },
            total_tokens: usage.total_tokens,
        }
    }
}

/// What is told of a response while it is written, told apart by `type`.
#[derive(Serialize, ToSchema)]
#[schema(as = ResponseEvent)]
#[serde(tag = "type")]
pub(super) enum EventView<'a> {
    #[serde(rename = "response.created")]
    Created { response: ResponseView<'a> },
    #[serde(rename = "response.in_progress")]
    InProgress { response: ResponseView<'a> },
    #[serde(rename = "response.output_item.added")]
    ItemAdded { output_index: u8, item: ItemView<'a> },
    #[serde(rename = "response.content_part.added")]
    PartAdded { item_id: &'a str, output_index: u8, content_index: u8, part: PartView<'a> },
    #[serde(rename = "response.output_text.delta")]
    Delta {
        item_id: &'a str,
        output_index: u8,
        content_index: u8,
        delta: &'a str,
        #[schema(value_type = Vec<Object>)]
        logprobs: [(); 0],
    },
    #[serde(rename = "response.output_text.done")]
    TextDone {
        item_id: &'a str,
        output_index: u8,
        content_index: u8,
        text: &'a str,
        #[schema(value_type = Vec<Object>)]
        logprobs: [(); 0],
    },
    #[serde(rename = "response.content_part.done")]
    PartDone { item_id: &'a str, output_index: u8, content_index: u8, part: PartView<'a> },
    #[serde(rename = "response.output_item.done")]
    ItemDone { output_index: u8, item: ItemView<'a> },
    #[serde(rename = "response.completed")]
    Completed { response: ResponseView<'a> },
    #[serde(rename = "response.incomplete")]
    Incomplete { response: ResponseView<'a> },
    #[serde(rename = "response.failed")]
    Failed { response: ResponseView<'a> },
}

impl EventView<'_> {
    /// Also the name of the event in the stream.
    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Created { .. } => "response.created",
            Self::InProgress { .. } => "response.in_progress",
            Self::ItemAdded { .. } => "response.output_item.added",
            Self::PartAdded { .. } => "response.content_part.added",
            Self::Delta { .. } => "response.output_text.delta",
            Self::TextDone { .. } => "response.output_text.done",
            Self::PartDone { .. } => "response.content_part.done",
            Self::ItemDone { .. } => "response.output_item.done",
            Self::Completed { .. } => "response.completed",
            Self::Incomplete { .. } => "response.incomplete",
            Self::Failed { .. } => "response.failed",
        }
    }
}

/// An event with its number.
#[derive(Serialize, ToSchema)]
#[schema(as = NumberedResponseEvent)]
pub(super) struct NumberedView<'a> {
    #[serde(flatten)]
    pub(super) event: EventView<'a>,
    pub(super) sequence_number: u64,
}

/// What all the views of one response have in common.
pub(super) struct Spoken {
    id: String,
    item: String,
    model: String,
    created_at: i64,
    repeated: Repeated,
    head: Head,
}

impl Spoken {
    pub(super) fn new(accepted: &Accepted, model: String, created_at: i64, repeated: Repeated) -> Self {
        Self {
            id: id_of(accepted.chat, accepted.answer),
            item: format!("msg_{}", accepted.answer),
            head: Head::new(accepted, model.clone(), created_at),
            model,
            created_at,
            repeated,
        }
    }

    /// While it is written.
    pub(super) fn begun<'a>(&'a self, sources: &'a [Source]) -> ResponseView<'a> {
        ResponseView {
            id: &self.id,
            object: "response",
            created_at: self.created_at,
            status: "in_progress",
            error: None,
            incomplete_details: None,
            instructions: self.repeated.instructions.as_deref(),
            max_output_tokens: self.repeated.max_output_tokens,
            model: &self.model,
            output: Vec::new(),
            parallel_tool_calls: false,
            previous_response_id: self.repeated.previous.as_deref(),
            store: true,
            temperature: self.repeated.temperature,
            text: TextView { format: FormatView { kind: "text" } },
            tool_choice: "auto",
            tools: [],
            truncation: "disabled",
            usage: None,
            metadata: serde_json::Map::new(),
            sources: SourceView::all(sources),
            docent: None,
        }
    }

    /// As it ended.
    pub(super) fn ended<'a>(
        &'a self,
        sources: &'a [Source],
        end: &'a End,
        usage: UsageView,
    ) -> ResponseView<'a> {
        let whole = !is_cut(end);
        ResponseView {
            status: if whole { "completed" } else { "incomplete" },
            incomplete_details: (!whole).then_some(IncompleteView { reason: "max_output_tokens" }),
            output: vec![self.item(sources, end)],
            usage: Some(usage.into()),
            docent: Some(self.head.docent(end)),
            ..self.begun(sources)
        }
    }

    pub(super) fn failed<'a>(&'a self, sources: &'a [Source], refusal: &Refusal) -> ResponseView<'a> {
        let error = ErrorView { code: "server_error", message: refusal.message().to_owned() };
        ResponseView { status: "failed", error: Some(error), ..self.begun(sources) }
    }

    pub(super) fn item_id(&self) -> &str {
        &self.item
    }

    pub(super) fn empty_item(&self) -> ItemView<'_> {
        ItemView {
            id: &self.item,
            kind: "message",
            role: "assistant",
            status: "in_progress",
            content: Vec::new(),
        }
    }

    pub(super) fn item<'a>(&'a self, sources: &'a [Source], end: &'a End) -> ItemView<'a> {
        let status = if is_cut(end) { "incomplete" } else { "completed" };
        ItemView { status, content: vec![part(sources, end)], ..self.empty_item() }
    }
}

pub(super) const fn empty_part() -> PartView<'static> {
    PartView { kind: "output_text", text: "", annotations: Vec::new(), logprobs: [] }
}

pub(super) fn part<'a>(sources: &'a [Source], end: &'a End) -> PartView<'a> {
    let text = end.content();
    let cited: &[i64] = match end {
        End::Completed(completed) => &completed.cited,
        End::Cancelled { .. } => &[],
    };
    let citation = |number: &i64| {
        let source = sources.get(usize::try_from(*number).ok()?.checked_sub(1)?)?;
        let at = text.find(&format!("[{number}]")).unwrap_or(text.len());
        Some(CitationView {
            kind: "file_citation",
            file_id: source.document.to_string(),
            filename: &source.filename,
            index: text[..at].chars().count(),
        })
    };
    PartView { text, annotations: cited.iter().filter_map(citation).collect(), ..empty_part() }
}

/// Whether the model had to stop before its end.
pub(super) const fn is_cut(end: &End) -> bool {
    matches!(end, End::Completed(Completed { finish_reason: FinishReason::Length, .. }))
}
