//! What clients are told of the route, whose handler is the protocol's own.

use utoipa::OpenApi;

use crate::described::Problems;

#[derive(OpenApi)]
#[openapi(paths(mcp))]
pub(super) struct Described;

#[utoipa::path(
    post,
    path = "/mcp",
    operation_id = "mcp",
    tag = "Model Context Protocol",
    request_body(content = Object, description = "One JSON-RPC message of the protocol's streamable HTTP transport"),
    responses(
        (status = 200, body = Object, description = "The JSON-RPC answer; what goes wrong in a tool stands in its result"),
        (status = 202, description = "A notification was taken"),
        (status = 400, body = Object, description = "A JSON-RPC error: malformed JSON, a batch, an odd id"),
        Problems
    )
)]
#[expect(dead_code, reason = "stands for the protocol's own handler")]
const fn mcp() {}
