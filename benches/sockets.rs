//! `cargo bench --bench sockets -- [sockets [events [idle]]]`: what delivery over sockets takes. The server's doors
//! run here, with a real database and bus; the clients are a process of their own, so that neither's memory and CPU
//! is counted as the other's. Where `PEERS_PYTHON` names a Python with `benches/peers/requirements.txt`, the same events go to
//! the same clients over python-socketio in uvicorn, with uvloop. Prints a table, and JSON as its last line.

#[path = "sockets/clients.rs"]
mod clients;
mod documents;
#[path = "sockets/engine.rs"]
mod engine;
#[path = "ingest/pdf.rs"]
mod pdf;
#[path = "sockets/peer.rs"]
mod peer;
mod program;
#[path = "sockets/reading.rs"]
mod reading;

use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::serve::ListenerExt;
use docent::auth::Auth;
use docent::auth::origin::Origins;
use docent::bus::{Bus, LocalBus};
use docent::domain::clock::SystemClock;
use docent::domain::event::{News, ProjectEvent};
use docent::domain::{Clock, ProjectId};
use docent::doors::{Doors, Limits, Services};
use docent::store::{Backend, Store, StoreSettings};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// Events a second while 500 sockets listen: 50,000 deliveries a second.
const PACE: u32 = 100;
const TOKENS: i64 = 10_000;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if arguments.first().is_some_and(|argument| argument == "clients") {
        return clients::run(&arguments[1..]).await;
    }
    let number = |at: usize, or: usize| arguments.get(at).and_then(|text| text.parse().ok()).unwrap_or(or);
    let (sockets, events, idle) = (number(0, 500), number(1, 1_000), number(2, 5_000));
    drop(rlimit::increase_nofile_limit(65_536));
    let server = Server::start().await;
    let results = json!({
        "bench": "sockets",
        "idle": server.idle(idle).await,
        "fan_out": server.fan_out(sockets, events).await,
        "fan_out_peer": peer::fan_out(sockets, events).await,
        "fan_out_while_reading": reading::fan_out(sockets, events).await,
        "tokens": server.tokens().await,
    });
    println!("{results}");
}

struct Server {
    url: String,
    bus: Arc<dyn Bus>,
    project: ProjectId,
    doors: Doors,
    _folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let backend = Backend::Sqlite(folder.path().join("docent.db"));
        let store = Store::open(&StoreSettings::new(backend)).await.expect("a fresh database");
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let auth = Auth::off(&store, clock.now()).await.expect("a fresh database");
        let owner = auth.local_owner().unwrap().principal.user;
        let mut tx = store.read().await.expect("a fresh database");
        let project = tx.personal_project(owner).await.expect("a fresh database").expect("made just now");
        drop(tx);
        let bus: Arc<dyn Bus> = Arc::new(LocalBus::new());
        let doors = Doors::open(Services {
            auth,
            bus: bus.clone(),
            clock,
            direct: None,
            limits: Limits::default(),
            node: "bench".to_owned(),
            origins: Arc::new(Origins::new([], true)),
            store: store.for_callers(),
            turns: Arc::new(engine::Endless { frames: TOKENS, pause: Duration::from_millis(1) }),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("ws://{}", listener.local_addr().expect("bound"));
        // Small frames wait for nobody's acknowledgement.
        let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
        let routes = doors.mount(axum::Router::new());
        #[expect(clippy::disallowed_methods, reason = "ends with the program")]
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { url, bus, project, doors, _folder: folder }
    }

    /// What one connection costs that says nothing.
    async fn idle(&self, sockets: usize) -> Value {
        let before = anonymous_kb();
        let mut clients = Clients::start(&self.url, sockets, "idle", 0).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        let open = self.doors.connections();
        let each = (anonymous_kb() - before) / open as f64;
        clients.stop().await;
        println!("{open} idle connections: {each:.1} kB each");
        json!({ "connections": open, "kb_each": each })
    }

    /// Every event to every socket of a room.
    async fn fan_out(&self, sockets: usize, events: usize) -> Value {
        let mut clients = Clients::start(&self.url, sockets, &format!("room:{}", self.project), events).await;
        let (cpu, begun) = (cpu_ms(), Instant::now());
        let mut ticks = tokio::time::interval(Duration::from_secs(1) / PACE);
        for event in 0..events {
            ticks.tick().await;
            // The name carries the time at which it was published.
            let filename = SystemClock.now().micros().to_string();
            let document = (event as i64 + 1).into();
            let news = News::DocumentUpdated { document, filename };
            self.bus.publish(ProjectEvent { project: self.project, news });
        }
        let heard = clients.report().await;
        let took_s = begun.elapsed().as_secs_f64();
        let cpu_us = (cpu_ms() - cpu) * 1e3 / (sockets * events) as f64;
        let lost = sockets * events - heard["count"].as_u64().unwrap_or(0) as usize;
        println!(
            "{events} events to {sockets} sockets in {took_s:.1} s: {lost} lost, p50 {} ms, p99 {} ms, longest {} ms, \
             {cpu_us:.1} µs CPU a delivery",
            heard["p50_ms"], heard["p99_ms"], heard["max_ms"],
        );
        clients.stop().await;
        json!({ "sockets": sockets, "events": events, "lost": lost, "latency": heard, "cpu_us_a_delivery": cpu_us })
    }

    /// One answer to one client.
    async fn tokens(&self) -> Value {
        let mut clients = Clients::start(&self.url, 1, "ask", usize::try_from(TOKENS).unwrap_or(0)).await;
        let cpu = cpu_ms();
        let heard = clients.report().await;
        let each = (cpu_ms() - cpu) * 1e3 / TOKENS as f64;
        println!("{TOKENS} tokens to one client: {each:.1} ms CPU a thousand, {} frames", heard["count"]);
        clients.stop().await;
        json!({ "tokens": TOKENS, "frames": heard["count"], "cpu_ms_a_thousand": each })
    }
}

/// The process with the clients.
struct Clients {
    process: Child,
    stdin: ChildStdin,
    stdout: Lines<BufReader<ChildStdout>>,
}

impl Clients {
    /// Returns when all are connected and in their places.
    async fn start(url: &str, sockets: usize, place: &str, events: usize) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args(["clients", url, &sockets.to_string(), place, &events.to_string()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("this program again");
        let stdin = process.stdin.take().expect("piped");
        let stdout = BufReader::new(process.stdout.take().expect("piped")).lines();
        let mut clients = Self { process, stdin, stdout };
        assert_eq!(clients.line().await, "ready");
        clients
    }

    async fn report(&mut self) -> Value {
        self.stdin.write_all(b"report\n").await.expect("the clients live");
        serde_json::from_str(&self.line().await).expect("JSON")
    }

    async fn line(&mut self) -> String {
        self.stdout.next_line().await.expect("the clients live").expect("the clients live")
    }

    async fn stop(&mut self) {
        drop(self.process.kill().await);
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// Memory that no file stands behind.
fn anonymous_kb() -> f64 {
    let status = fs_err::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse().ok()).unwrap_or(0.0)
}

/// CPU time of this process, children apart.
fn cpu_ms() -> f64 {
    let stat = fs_err::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    // utime and stime, in hundredths of a second; the fields before ")" are gone.
    fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() * 10.0
}
