//! Tools that a model may use while it answers: the built-in ones, which read and never write, under the reader's
//! rights and inside the chat's project, and those that a client has declared and answers itself.
//!
//! A call never fails a turn. What goes wrong with it is told to the model, which can try something else.

mod arguments;
mod client;
mod desk;
mod list_documents;
mod query_table;
mod read_document;
mod search_documents;

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::{BoxFuture, join_all};
use serde_json::Value;

pub use client::{ClientTools, Declared, ToolClient};
pub use query_table::{DESCRIPTION as QUERY_TABLE, query_table};

use super::budget::tokens_in;
use super::engine::Inner;
use super::live::{Asking, Live, Said};
use super::turn::Plan;
use desk::{Desk, Outcome};
use docent_domain::chat::{ToolCall, ToolResult};
use docent_models::{Call, Round, Tool, ToolUse};

/// Calls of one round; what is asked for beyond them is refused.
const MOST_CALLS: usize = 16;

/// Tokens around a tool's description, as templates write them.
const AROUND_A_TOOL: usize = 24;

/// Characters of a tool's name.
const LONGEST_NAME: usize = 64;

/// A tool that the server runs itself.
struct BuiltIn {
    name: &'static str,
    description: &'static str,
    /// JSON Schema.
    parameters: fn() -> Value,
    run: for<'a> fn(&'a Desk<'a>, &'a Value) -> BoxFuture<'a, Result<Outcome, String>>,
}

/// Every built-in tool there is.
const BUILT_IN: &[BuiltIn] =
    &[list_documents::TOOL, query_table::TOOL, read_document::TOOL, search_documents::TOOL];

/// Tokens that a request with these tools has more.
pub(super) fn cost(tools: &[Tool]) -> usize {
    let texts = |tool: &Tool| format!("{}{}{}", tool.name, tool.description, tool.parameters);
    tools.iter().map(|tool| tokens_in(&texts(tool)) + AROUND_A_TOOL).sum()
}

/// The same of the built-in ones.
pub(super) fn built_in_cost() -> usize {
    cost(&BUILT_IN.iter().map(BuiltIn::offered).collect::<Vec<_>>())
}

impl BuiltIn {
    fn offered(&self) -> Tool {
        Tool {
            name: self.name.to_owned(),
            description: self.description.to_owned(),
            parameters: (self.parameters)(),
        }
    }
}

/// Whether a client must not declare a tool of this name.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|tool| tool.name == name)
}

/// The tools of one turn.
pub(super) struct Tools<'a> {
    desk: Desk<'a>,
    live: &'a Live,
    inner: &'a Inner,
    client: Option<&'a ClientTools>,
    calls: AtomicUsize,
}

/// A call, as the model is reminded of it and as readers see it.
struct Wanted {
    call: Call,
    shown: ToolCall,
    /// Why nothing can come of it.
    wrong: Option<String>,
}

/// How the result begins of a call of which nothing came.
const WRONG: &str = "Error: ";

/// Whether nothing came of any call of the round.
pub(super) fn came_to_nothing(round: &Round) -> bool {
    round.uses.iter().all(|done| done.result.starts_with(WRONG))
}

/// Whether all of these were called before, with the same arguments.
pub(super) fn repeats(round: &Round, before: &[Round]) -> bool {
    let same = |one: &Call, other: &Call| one.tool == other.tool && one.arguments == other.arguments;
    let known = |call: &Call| before.iter().flat_map(|round| &round.uses).any(|done| same(&done.call, call));
    round.uses.iter().all(|done| known(&done.call))
}

/// Who does what is asked for.
enum Runner<'a> {
    Server(&'static BuiltIn),
    /// The server, if a client lets it.
    Decided(&'static BuiltIn, &'a ToolClient),
    Client(&'a ToolClient),
    Nobody,
}

impl<'a> Tools<'a> {
    pub(super) fn new(inner: &'a Inner, live: &'a Live, plan: &'a Plan, mark: &'a str) -> Self {
        let client = plan.tools.as_ref();
        Self {
            desk: Desk::new(&inner.parts, live, plan, mark),
            live,
            inner,
            client,
            calls: AtomicUsize::new(0),
        }
    }

    /// What a model is offered.
    pub(super) fn offered(&self) -> Vec<Tool> {
        let built_in = BUILT_IN.iter().map(BuiltIn::offered);
        let declared = self.client.map(|client| client.declared.as_slice()).unwrap_or_default();
        built_in.chain(declared.iter().map(|declared| declared.tool.clone())).collect()
    }

    /// Does what was asked for, side by side, and tells the readers of each call and its result.
    pub(super) async fn run(&self, said: String, calls: Vec<Call>) -> Round {
        let wanted: Vec<Wanted> = calls.into_iter().map(|call| self.wanted(call)).collect();
        let asking: Vec<_> = wanted.iter().enumerate().map(|(n, wanted)| self.asking(n, wanted)).collect();
        for wanted in &wanted {
            self.live.log.call(wanted.shown.clone());
        }
        let uses = wanted.into_iter().zip(asking).enumerate().map(async |(n, (wanted, asking))| {
            let Wanted { call, shown, wrong } = wanted;
            let outcome = match wrong {
                Some(wrong) => Err(wrong),
                None if n >= MOST_CALLS => Err(format!("at most {MOST_CALLS} calls at a time")),
                None => self.outcome(&shown, asking).await,
            };
            let (outcome, result) = match outcome {
                Ok(Outcome { shown, told }) => (Ok(shown), told),
                Err(wrong) => (Err(wrong.clone()), format!("{WRONG}{wrong}")),
            };
            self.live.log.result(ToolResult { call: shown.id, tool: shown.tool, outcome });
            ToolUse { call, result }
        });
        Round { said, uses: join_all(uses).await }
    }

    /// Gives the call a name that no other of this turn has.
    fn wanted(&self, mut call: Call) -> Wanted {
        let n = self.calls.fetch_add(1, Ordering::Relaxed) + 1;
        let id = format!("call_{}_{n}", self.live.answer);
        let holder = match self.runner(&call.tool) {
            Runner::Decided(_, client) | Runner::Client(client) => Some(client.holder.clone()),
            Runner::Server(_) | Runner::Nobody => None,
        };
        if call.id.is_empty() {
            call.id.clone_from(&id);
        }
        let (arguments, wrong) = match arguments::object(&call.arguments) {
            Ok(arguments) => (arguments, None),
            Err(wrong) => {
                // Not every server takes back what its model has written.
                "{}".clone_into(&mut call.arguments);
                (Value::Object(serde_json::Map::new()), Some(wrong))
            }
        };
        let tool = call.tool.chars().take(LONGEST_NAME).collect();
        Wanted { call, shown: ToolCall { id, tool, arguments, holder }, wrong }
    }

    fn runner(&self, tool: &str) -> Runner<'a> {
        let decider = self.client.and_then(|client| client.decider.as_ref());
        if let Some(built_in) = BUILT_IN.iter().find(|known| known.name == tool) {
            return match decider {
                Some(client) => Runner::Decided(built_in, client),
                None => Runner::Server(built_in),
            };
        }
        let declared =
            self.client.and_then(|client| client.declared.iter().find(|one| one.tool.name == tool));
        declared.map_or(Runner::Nobody, |declared| Runner::Client(&declared.client))
    }

    /// The word of a client that is waited for, if the call needs one.
    fn asking(&self, n: usize, wanted: &Wanted) -> Option<Asking<'a>> {
        let is_run = wanted.wrong.is_none() && n < MOST_CALLS;
        match self.runner(&wanted.shown.tool) {
            Runner::Decided(_, client) | Runner::Client(client) if is_run => {
                Some(self.live.ask(&wanted.shown.id, &client.holder))
            }
            _ => None,
        }
    }

    async fn outcome(&self, call: &ToolCall, asking: Option<Asking<'_>>) -> Result<Outcome, String> {
        let arguments = &call.arguments;
        match self.runner(&call.tool) {
            Runner::Server(tool) => (tool.run)(&self.desk, arguments).await,
            Runner::Decided(tool, client) => match self.asked(asking, client).await? {
                Value::Null | Value::Bool(true) => (tool.run)(&self.desk, arguments).await,
                Value::Bool(false) => Err("the user does not want that".to_owned()),
                instead => self.desk.given(instead),
            },
            Runner::Client(client) => {
                let result = self.asked(asking, client).await?;
                self.desk.given(result)
            }
            Runner::Nobody => {
                let known: Vec<String> = self.offered().into_iter().map(|tool| tool.name).collect();
                Err(format!("there is no such tool; use one of: {}", known.join(", ")))
            }
        }
    }

    /// A client's word on a call, if it comes in time.
    async fn asked(&self, asking: Option<Asking<'_>>, client: &ToolClient) -> Said {
        let Some(mut asking) = asking else { return Err("it was not answered".to_owned()) };
        let limit = self.inner.parts.settings.tool_timeout;
        tokio::select! {
            said = &mut asking.answer => said.unwrap_or_else(|_| Err("it was not answered".to_owned())),
            () = client.gone.cancelled() => Err("the client that offers it has gone".to_owned()),
            () = tokio::time::sleep(limit) => Err(format!("it was not answered within {} s", limit.as_secs_f32())),
        }
    }
}
