//! What a client of the protocol is told and given.

use std::sync::Arc;

use axum::Router;
use axum::http::request::Parts;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, Implementation, ListToolsResult,
    PaginatedRequestParams, ServerCapabilities, ServerConfig, Tool as Listed, ToolAnnotations,
};
use rmcp::service::RequestContext;
use rmcp::{ErrorData, RoleServer, ServerHandler};

use super::inside::Inside;
use super::rest::Rest;
use super::tools::{self, TOOLS, Tool};

const INSTRUCTIONS: &str = "Docent holds a team's documents, in projects. `search` finds passages, `ask` gets an \
    answer with citations, `list_documents` and `read_document` show what there is, `query_table` computes from a table. Cite the document and page that \
    a statement comes from.";

/// How tools reach the REST interface.
#[derive(Clone)]
pub(super) enum Line {
    /// For one client.
    Fixed(Arc<dyn Rest>),
    /// In this process; each message brings a token of its own.
    Inside(Router),
}

#[derive(Clone)]
pub(super) struct Server {
    line: Line,
}

impl Server {
    pub(super) const fn new(line: Line) -> Self {
        Self { line }
    }

    fn rest(&self, context: &RequestContext<RoleServer>) -> Result<Arc<dyn Rest>, ErrorData> {
        match &self.line {
            Line::Fixed(rest) => Ok(Arc::clone(rest)),
            Line::Inside(router) => {
                let parts = context.extensions.get::<Parts>();
                let parts = parts.ok_or_else(|| ErrorData::internal_error("no request", None))?;
                Ok(Arc::new(Inside::new(router.clone(), parts)))
            }
        }
    }
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("docent", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }

    async fn list_tools(
        &self,
        _page: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(TOOLS.iter().map(listed).collect()))
    }

    /// What goes wrong in a tool is its answer, so that the model can read it and try again.
    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let rest = self.rest(&context)?;
        let arguments = request.arguments.unwrap_or_default();
        let called = tools::call(rest.as_ref(), &request.name, arguments);
        let called = tokio::select! {
            () = context.ct.cancelled() => Err("cancelled".to_owned()),
            called = called => called,
        };
        let result = match called {
            Ok(found) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(found.text)]);
                result.structured_content = Some(found.data);
                result
            }
            Err(reason) => CallToolResult::error(vec![ContentBlock::text(reason)]),
        };
        Ok(result.into())
    }
}

fn listed(tool: &Tool) -> Listed {
    let hints = ToolAnnotations::with_title(tool.title)
        .read_only(tool.reads_only)
        .destructive(false)
        .open_world(false);
    Listed::new(tool.name, tool.description, tool.schema()).with_title(tool.title).with_annotations(hints)
}
