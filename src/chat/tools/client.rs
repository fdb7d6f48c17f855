//! Tools that clients declare, and who answers for them.

use tokio_util::sync::CancellationToken;

use docent_models::Tool;

/// What clients bring to a turn.
#[derive(Debug, Clone, Default)]
pub struct ClientTools {
    pub declared: Vec<Declared>,
    /// Who wants to decide about the built-in ones, too.
    pub decider: Option<ToolClient>,
}

/// A tool, and the client that runs it.
#[derive(Debug, Clone)]
pub struct Declared {
    pub tool: Tool,
    pub client: ToolClient,
}

/// A client that answers calls.
#[derive(Debug, Clone)]
pub struct ToolClient {
    /// The name that its door gave it; whoever answers has to give the same.
    pub holder: String,
    /// Cancelled when it goes away: nobody waits for it any more.
    pub gone: CancellationToken,
}
