//! What this door sends: completions whole and in chunks, with sources and ids of ours in fields beside OpenAI's.

use serde::Serialize;
use utoipa::ToSchema;

use super::refusal::ErrorView;
use docent_domain::chat::{Accepted, Completed, FinishReason};
use docent_domain::source::Source;
use docent_wire::source::SourceView;

/// What all the parts of one answer have in common.
#[derive(Debug, Clone)]
pub(super) struct Head {
    id: String,
    created: i64,
    model: String,
    chat: i64,
    message: i64,
}

/// `chat.completion`.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatCompletion)]
pub(super) struct CompletionView<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    model: &'a str,
    #[schema(value_type = Vec<ChoiceView<'a>>)]
    choices: [ChoiceView<'a>; 1],
    usage: UsageView,
    sources: Vec<SourceView<'a>>,
    docent: DocentView<'a>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChatCompletionChoice)]
struct ChoiceView<'a> {
    index: u8,
    message: MessageView<'a>,
    #[schema(value_type = Option<Object>)]
    logprobs: Option<()>,
    finish_reason: &'static str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChatCompletionMessage)]
struct MessageView<'a> {
    role: &'static str,
    content: &'a str,
    #[schema(value_type = Option<Object>)]
    refusal: Option<()>,
}

/// `chat.completion.chunk`.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatCompletionChunk)]
pub(super) struct ChunkView<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    model: &'a str,
    choices: Vec<DeltaView<'a>>,
    /// Null in all chunks but the last, and there only where usage was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<UsageView>)]
    usage: Option<Option<UsageView>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Vec<SourceView<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    docent: Option<DocentView<'a>>,
}

/// What stands behind `data:` in a stream, before `[DONE]`.
#[derive(Serialize, ToSchema)]
#[schema(as = ChatCompletionFrame)]
#[serde(untagged)]
pub(super) enum FrameView<'a> {
    Chunk(ChunkView<'a>),
    /// The answer failed; nothing follows.
    Error(ErrorView<'a>),
}

#[derive(Serialize, ToSchema)]
#[schema(as = ChatCompletionDelta)]
struct DeltaView<'a> {
    index: u8,
    delta: PieceView<'a>,
    #[schema(value_type = Option<Object>)]
    logprobs: Option<()>,
    finish_reason: Option<&'static str>,
}

#[derive(Default, Serialize, ToSchema)]
#[schema(as = ChatCompletionPiece)]
struct PieceView<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
}

/// Tokens as the model counted them; where it does not, as the embedding model does.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[schema(as = ChatCompletionUsage)]
pub(super) struct UsageView {
    pub(super) prompt_tokens: i64,
    pub(super) completion_tokens: i64,
    pub(super) total_tokens: i64,
}

/// Where the answer is kept, and what OpenAI's fields have no room for.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = ChatCompletionDocent)]
pub(super) struct DocentView<'a> {
    chat_id: i64,
    message_id: i64,
    /// Who wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    /// `completed`, or `cancelled` where somebody stopped it.
    status: &'static str,
    /// As on the other doors: `no_answer` where the documents hold nothing relevant.
    #[serde(skip_serializing_if = "Option::is_none")]
    finish_reason: Option<&'static str>,
    /// 1-based numbers of the sources that the answer cites.
    cited: &'a [i64],
}

/// How an answer that can be shown has ended.
#[derive(Debug)]
pub(super) enum End {
    Completed(Completed),
    Cancelled { content: String },
}

impl UsageView {
    pub(super) const fn new(prompt_tokens: i64, completion_tokens: i64) -> Self {
        Self { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
    }
}

impl End {
    pub(super) fn content(&self) -> &str {
        match self {
            Self::Completed(completed) => &completed.content,
            Self::Cancelled { content } => content,
        }
    }

    /// In OpenAI's words, which have none for an answer that somebody stopped.
    pub(super) const fn finish_reason(&self) -> &'static str {
        match self {
            Self::Completed(Completed { finish_reason: FinishReason::Length, .. }) => "length",
            Self::Completed(_) | Self::Cancelled { .. } => "stop",
        }
    }
}

impl Head {
    pub(super) fn new(accepted: &Accepted, model: String, created: i64) -> Self {
        let (chat, message) = (accepted.chat.get(), accepted.answer.get());
        Self { id: format!("chatcmpl-{message}"), created, model, chat, message }
    }

    /// The answer's id, as another kind of object.
    pub(super) fn named(&self, kind: &str) -> String {
        format!("{kind}-{}", self.message)
    }

    pub(super) fn completion<'a>(
        &'a self,
        sources: &'a [Source],
        end: &'a End,
        usage: UsageView,
    ) -> CompletionView<'a> {
        let message = MessageView { role: "assistant", content: end.content(), refusal: None };
        CompletionView {
            id: &self.id,
            object: "chat.completion",
            created: self.created,
            model: &self.model,
            choices: [ChoiceView { index: 0, message, logprobs: None, finish_reason: end.finish_reason() }],
            usage,
            sources: SourceView::all(sources),
            docent: self.docent(end),
        }
    }

    /// The beginning: who speaks, and what was found.
    pub(super) fn opening<'a>(&'a self, sources: &'a [Source]) -> ChunkView<'a> {
        let piece = PieceView { role: Some("assistant"), content: Some("") };
        ChunkView { sources: Some(SourceView::all(sources)), ..self.chunk(piece, None) }
    }

    /// All sources again, after more of them were found.
    pub(super) fn more_sources<'a>(&'a self, sources: &'a [Source]) -> ChunkView<'a> {
        ChunkView { sources: Some(SourceView::all(sources)), ..self.chunk(PieceView::default(), None) }
    }

    pub(super) fn piece<'a>(&'a self, text: &'a str) -> ChunkView<'a> {
        self.chunk(PieceView { role: None, content: Some(text) }, None)
    }

    pub(super) fn closing<'a>(&'a self, end: &'a End) -> ChunkView<'a> {
        let docent = Some(self.docent(end));
        ChunkView { docent, ..self.chunk(PieceView::default(), Some(end.finish_reason())) }
    }

    pub(super) fn usage(&self, usage: UsageView) -> ChunkView<'_> {
        ChunkView { choices: Vec::new(), usage: Some(Some(usage)), ..self.chunk(PieceView::default(), None) }
    }

    fn chunk<'a>(&'a self, delta: PieceView<'a>, finish_reason: Option<&'static str>) -> ChunkView<'a> {
        ChunkView {
            id: &self.id,
            object: "chat.completion.chunk",
            created: self.created,
            model: &self.model,
            choices: vec![DeltaView { index: 0, delta, logprobs: None, finish_reason }],
            usage: None,
            sources: None,
            docent: None,
        }
    }

    pub(super) fn docent<'a>(&self, end: &'a End) -> DocentView<'a> {
        let (chat_id, message_id) = (self.chat, self.message);
        match end {
            End::Completed(completed) => DocentView {
                chat_id,
                message_id,
                model: Some(&completed.model),
                status: "completed",
                finish_reason: Some(completed.finish_reason.name()),
                cited: &completed.cited,
            },
            End::Cancelled { .. } => DocentView {
                chat_id,
                message_id,
                model: None,
                status: "cancelled",
                finish_reason: None,
                cited: &[],
            },
        }
    }
}

impl ChunkView<'_> {
    /// Where usage was asked for, every chunk has the field.
    pub(super) fn with_usage_field(mut self, asked: bool) -> Self {
        if asked && self.usage.is_none() {
            self.usage = Some(None);
        }
        self
    }
}
