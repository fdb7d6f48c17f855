//! The model that answers.

use super::declared::declared;
use super::values::{Address, Secret};

declared! {
    /// The model that answers.
    Chat "chat" {
        /// `extractive` (the best sentences of the sources, no model needed), `openai` (any OpenAI-compatible server) or
        /// `scripted` (for tests). Empty: `openai` once its address or key is set, else `extractive`.
        provider: Option<String> = "", CHAT_PROVIDER;
        /// Address of the OpenAI-compatible server, up to and with `/v1`.
        base_url: Option<Address> = "", OPENAI_BASE_URL;
        /// Key for it.
        api_key: Secret = "", OPENAI_API_KEY;
        /// Model to ask; must be set where the address is. Empty: `gpt-4o-mini`, at OpenAI.
        model: Option<String> = "", CHAT_MODEL;
        /// Seconds from a question to the model's first word; a server that loads its model meanwhile needs them.
        first_byte_s: u64 = 180, CHAT_FIRST_BYTE_S;
        /// Seconds without content, within an answer, after which a model counts as gone.
        idle_s: u64 = 60, CHAT_IDLE_S;
        /// Tokens that an answer may have, where the question does not say. 0: as many as the server gives.
        max_tokens: u32 = 0, CHAT_MAX_TOKENS;
        /// Milliseconds between two pieces of an answer that is there at once, such as a quoted one, and between the last piece of
        /// any answer and its end. 0: no pause.
        pace_ms: u64 = 30, CHAT_PACE_MS;
        /// Tokens of sources and history that a prompt may hold; less where the server tells a smaller window.
        context_tokens: usize = 6000, CHAT_CONTEXT_TOKENS;
        /// How often in one answer the model may ask for tools, such as another search. 0: it is offered none.
        tool_rounds: usize = 8, CHAT_TOOL_ROUNDS;
        /// Seconds that a client has to answer the call of a tool that it has declared.
        tool_timeout_s: u64 = 30, CHAT_TOOL_TIMEOUT_S;
        /// What the scripted model does: JSON, as in the crate's documentation of `Script`.
        script: Option<String> = "", CHAT_SCRIPT;
        /// Questions after which a long session is summarised.
        summary_after: i64 = 10, SUMMARY_AFTER;
    }
}
