//! The Model Context Protocol, with the official Python package: over HTTP, and over standard input and output.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::security::table::Who;
use crate::security::world::World;
use crate::support::process::Program;

/// What the client heard: the greeting, then an answer for each call.
async fn session(how: &[&str], calls: &[Value]) -> Vec<Value> {
    let (worked, out, errors) = attempt(how, calls).await;
    assert!(worked, "{errors}");
    out
}

/// Whether it went well, what the client heard, and what it complained of.
async fn attempt(how: &[&str], calls: &[Value]) -> (bool, Vec<Value>, String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packages = folder.join(".docent/tests/python");
    assert!(packages.join("mcp").exists(), "the package is not installed: run `make test-tools`");
    let mut client = Command::new("python3")
        .arg(folder.join("tests/clients/python/mcp_tools.py"))
        .args(how)
        .env("PYTHONPATH", packages)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let lines: String = calls.iter().map(|call| format!("{call}\n")).collect();
    client.stdin.take().unwrap().write_all(lines.as_bytes()).await.unwrap();
    let done = tokio::time::timeout(std::time::Duration::from_secs(60), client.wait_with_output()).await;
    let done = done.unwrap().unwrap();
    let out = String::from_utf8(done.stdout).unwrap();
    let heard = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (done.status.success(), heard, String::from_utf8_lossy(&done.stderr).into_owned())
}

#[tokio::test]
async fn the_tools_work_over_both_transports() {
    let folder = tempfile::tempdir().unwrap();
    let script = r#"{"steps": [{"say": ["They eat voles [1]."]}]}"#;
    let settings = [("CHAT_PROVIDER", "scripted"), ("CHAT_SCRIPT", script)];
    let server = Program::start(&folder.path().join("data"), &settings).await;
    let document = server.upload("kestrel.txt", b"Kestrels eat voles.".to_vec()).await;
    server.settled(document).await;
    let sheet = b"site,species,pairs\nAlder,tern,14\nBirch,owl,3\nCold Brook,tern,2\n".to_vec();
    let sheet = server.upload("birds.csv", sheet).await;
    server.settled(sheet).await;

    let terns = json!([{"column": "species", "sign": "=", "value": "tern"}]);
    let calls = [
        json!(["search", {"query": "kestrels voles"}]),
        json!(["ask", {"question": "What do kestrels eat?", "project": "Default"}]),
        json!(["list_documents", {}]),
        json!(["read_document", {"document_id": document}]),
        json!(["query_table", {"document_id": sheet}]),
        json!(["query_table", {"document_id": sheet, "operation": "sum", "column": "pairs", "where": terns}]),
        json!(["query_table", {"document_id": sheet, "operation": "sum", "column": "eggs"}]),
        json!(["search", {"query": "x", "project": 999}]),
        json!(["search", {}]),
        json!(["ask", {"question": "x", "project": "Nobody's"}]),
        json!(["read_document", {"document_id": "first"}]),
        json!(["fly", {}]),
    ];
    let url = format!("{}/mcp", server.base);
    let program = env!("CARGO_BIN_EXE_docent");
    for how in [vec!["http", &url], vec!["stdio", program, "mcp", "--url", &server.base]] {
        let heard = session(&how, &calls).await;
        insta::allow_duplicates! {
            insta::assert_snapshot!(heard[0], @r#"{"server":"docent","tools":{"ask":["chat_id","document_ids","project","question"],"list_documents":["limit","name","project","skip"],"query_table":["column","document_id","operation","table","where"],"read_document":["after","document_id","pages"],"search":["document_ids","project","query","top_k"]}}"#);
            let told: Vec<String> = heard[1..].iter().map(|said| format!("{} {}", said["failed"], said["text"].as_str().unwrap())).collect();
            insta::assert_snapshot!(told.join("\n"), @r#"
            false [1] kestrel.txt (document 1):
            Kestrels eat voles.
            false They eat voles [1].

            [1] kestrel.txt (document 1):
            Kestrels eat voles.
            false 2: birds.csv (completed, 1 pages)
            1: kestrel.txt (completed, 1 pages)
            false Kestrels eat voles.
            false {"tables":[{"table":0,"title":"birds.csv","columns":["site","species","pairs"],"rows":3}]}
            false {"result":["16"],"formula":"sum of “pairs” where “species” is “tern”","rows_used":2,"columns":["site","species","pairs"],"rows":[["Alder","tern","14"],["Cold Brook","tern","2"]]}
            true there is no column `eggs`; there are: site, species, pairs
            true There is no such project, or you have no access to it
            true `query` is required
            true `project`: none or several are called `Nobody's`; give a number of: 1: Default
            true `document_id` must be a whole number
            true There is no tool `fly`; there are ask, list_documents, query_table, read_document, search
            "#);
        }
        assert_eq!(heard[1]["data"]["results"][0]["metadata"]["document_id"], document);
        assert_eq!(heard[2]["data"]["cited"], json!([1]));
    }
    server.kill().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_opens_what_its_owner_may_read_and_nothing_else() {
    let world = World::start().await;
    let document = world.tell(world.project, "Kestrels eat voles.").await;
    let others = world.new_project().await;
    let path = format!("/api/projects/{others}/members/{}", world.id(Who::Viewer));
    world.admin(reqwest::Method::DELETE, &path, json!({})).await;
    let hidden = world.tell(others, "The password of the safe is a secret of the owner.").await;
    let calls = [
        json!(["search", {"query": "kestrels voles", "project": world.project}]),
        json!(["ask", {"question": "What do kestrels eat?", "project": world.project}]),
        json!(["read_document", {"document_id": document}]),
        json!(["search", {"query": "password safe secret", "project": others}]),
        json!(["list_documents", {"project": others}]),
        json!(["read_document", {"document_id": hidden}]),
        json!(["query_table", {"document_id": hidden}]),
        json!(["ask", {"question": "What is the password of the safe?", "project": others}]),
    ];
    let url = format!("{}/mcp", world.base);
    let program = env!("CARGO_BIN_EXE_docent");
    for token in [world.api_key(Who::Viewer).await, world.token(Who::Viewer).unwrap().to_owned()] {
        for how in [
            vec!["http", &url, &token],
            vec!["stdio", program, "mcp", "--url", &world.base, "--token", &token],
        ] {
            let heard = session(&how, &calls).await;
            let failed: Vec<bool> = heard[1..].iter().map(|said| said["failed"] == true).collect();
            assert_eq!(failed, [false, false, false, true, true, true, true, true], "{heard:?}");
            assert!(heard[1]["text"].as_str().unwrap().contains("Kestrels eat voles."), "{}", heard[1]);
            assert!(
                !heard[4..].iter().any(|said| said.to_string().contains("secret of the owner")),
                "{heard:?}"
            );
            // What a model asks is its user's own.
            let chat = format!("/api/chats/{}", heard[2]["data"]["chat_id"]);
            let (status, _) = world.send(world.token(Who::Owner), reqwest::Method::GET, &chat, None).await;
            assert_eq!(status, 404, "{}", heard[2]);
        }
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_good_token_there_are_no_tools() {
    let world = World::start().await;
    let url = format!("{}/mcp", world.base);
    for token in [None, Some("none"), world.token(Who::ExpiredToken), world.token(Who::Disabled)] {
        let how: Vec<&str> = ["http", url.as_str()].into_iter().chain(token).collect();
        let (worked, heard, errors) = attempt(&how, &[]).await;
        assert!(!worked && heard.is_empty(), "{token:?}: {heard:?}");
        assert!(errors.contains("MCPError: Server returned an error response"), "{token:?}: {errors}");
        // Which is 401, with the way to sign in.
        let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = client.post(&url).json(&list);
        let request = token.iter().fold(request, |request, token| request.bearer_auth(token));
        let refused = request.send().await.unwrap();
        assert_eq!(
            (refused.status().as_u16(), &refused.headers()["www-authenticate"]),
            (401, &"Bearer".parse().unwrap())
        );
    }
    // Over standard input and output the client is greeted, and learns from the first tool what is missing.
    let how = ["stdio", env!("CARGO_BIN_EXE_docent"), "mcp", "--url", &world.base, "--token", "none"];
    let (_, heard, errors) = attempt(&how, &[json!(["search", {"query": "x", "project": 1}])]).await;
    let said =
        heard.last().map_or_else(|| errors.clone(), |said| format!("{} {}", said["failed"], said["text"]));
    assert!(said.contains("token"), "{said}");
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn cookies_and_foreign_pages_open_nothing() {
    let world = World::start().await;
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let ask = async |name: &'static str, value: String| {
        let request = client.post(format!("{}/mcp", world.base)).json(&list).header(name, value);
        let request = request.header("accept", "application/json, text/event-stream");
        request.send().await.unwrap().status().as_u16()
    };
    let token = world.token(Who::Viewer).unwrap();
    assert_eq!(ask("cookie", format!("access_token={token}")).await, 401);
    assert_eq!(ask("origin", "https://evil.example".to_owned()).await, 403);
    assert_eq!(ask("authorization", format!("Bearer {token}")).await, 200);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_message_is_answered_in_a_known_form() {
    let world = World::start().await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = world.token(Who::Viewer).unwrap().to_owned();
    let url = format!("{}/mcp", world.base);
    let say = async |kind: &str, body: &str| {
        let request =
            client.post(&url).bearer_auth(&token).header("content-type", kind).body(body.to_owned());
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json::<Value>().await.unwrap())
    };
    for (body, code) in
        [("{", -32_700), ("[]", -32_600), (r#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, -32_600)]
    {
        let (status, answer) = say("application/json", body).await;
        assert_eq!((status, &answer["error"]["code"]), (400, &json!(code)), "{answer}");
    }
    let call = r#"{"jsonrpc":"2.0","id":"a","method":"tools/call","params":{"name":"list_documents","arguments":"{}"}}"#;
    let (status, answer) = say("application/json; charset=utf-8", call).await;
    assert_eq!((status, &answer["id"], answer["result"].is_object()), (200, &json!("a"), true), "{answer}");
    let ping = r#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#;
    let request = client.post(&url).bearer_auth(&token).header("mcp-protocol-version", "tomorrow");
    let answer = request.header("content-type", "application/json").body(ping).send().await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), answer.headers()["content-type"] == "application/json"),
        (400, true)
    );
    insta::assert_snapshot!(answer.text().await.unwrap(), @r#"{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"Invalid Request: Unsupported MCP-Protocol-Version: tomorrow"}}"#);
    let (status, answer) = say("text/plain", "{}").await;
    assert_eq!((status, &answer["code"]), (415, &json!("unsupported_media_type")), "{answer}");
    for method in [reqwest::Method::GET, reqwest::Method::DELETE, reqwest::Method::PUT] {
        for path in ["mcp", "api/asyncapi.json"] {
            if path != "mcp" && method == reqwest::Method::GET {
                continue;
            }
            let request =
                client.request(method.clone(), format!("{}/{path}", world.base)).bearer_auth(&token);
            let answer = request.send().await.unwrap();
            assert_eq!(answer.headers()["content-type"], "application/problem+json", "{method} {path}");
            assert_eq!(
                answer.json::<Value>().await.unwrap()["code"],
                "method_not_allowed",
                "{method} {path}"
            );
        }
    }
    world.stop().await;
}
