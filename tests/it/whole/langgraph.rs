//! A LangGraph server as the workflow: against a stand-in that checks every field, and a real one.

use std::{
    path::Path,
    process::Stdio,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::{Child, Command};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers};

use super::salon;
use crate::support::process::{Frontdesk, client, eventually, free_port};

const KEY: &str = "lsv2_test_key";
const PHONE: &str = "+12025550137";

/// A server with one assistant, which says back what it was told.
struct LangGraph {
    server: MockServer,
    threads: Arc<Mutex<Threads>>,
}

#[derive(Default)]
struct Threads {
    /// The one thread: its id, once it is there, and its messages.
    id: Option<String>,
    messages: Vec<Value>,
    /// What the graph waits for.
    interrupt: Option<Value>,
    runs: Vec<Value>,
    /// What the next runs meet, one after the other.
    faults: Vec<Fault>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Another run is under way, and has answered when it is looked at next.
    Busy,
    /// The run is made, and its answer gets lost.
    LostAnswer,
    /// The graph raises.
    Failed,
    /// The graph asks the customer.
    Asks,
}

impl LangGraph {
    async fn start() -> Self {
        let server = MockServer::start().await;
        let threads = Arc::new(Mutex::new(Threads::default()));
        for (method, path) in [
            ("GET", r"^/threads/[0-9a-f-]{36}/state$"),
            ("POST", r"^/threads/[0-9a-f-]{36}/runs/wait$"),
        ] {
            let state = Arc::clone(&threads);
            Mock::given(matchers::method(method))
                .and(matchers::path_regex(path))
                .and(matchers::header("x-api-key", KEY))
                .respond_with(move |call: &Request| state.lock().unwrap().answer(call))
                .mount(&server)
                .await;
        }
        Self { server, threads }
    }

    fn fail(&self, faults: &[Fault]) {
        self.threads().faults.extend(faults);
    }

    fn runs(&self) -> Vec<Value> {
        self.threads().runs.clone()
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Threads> {
        self.threads.lock().unwrap()
    }

    fn salon(&self, folder: &Path) -> Command {
        let mut command = salon(folder);
        command
            .env("WORKFLOW", "langgraph")
            .env("WORKFLOW_URL", self.server.uri())
            .env("WORKFLOW_ASSISTANT_ID", "receptionist")
            .env("WORKFLOW_API_KEY", KEY);
        command
    }
}

impl Threads {
    fn answer(&mut self, call: &Request) -> ResponseTemplate {
        let id = call.url.path().split('/').nth(2).unwrap().to_owned();
        if call.method.as_str() == "GET" {
            if self.id.as_ref() != Some(&id) {
                return ResponseTemplate::new(404).set_body_json(json!({"detail": "not found"}));
            }
            let interrupts: Vec<_> = self.interrupt.iter().collect();
            return ResponseTemplate::new(200).set_body_json(json!({
                "values": {"messages": self.messages},
                "next": [],
                "tasks": [{"id": "1", "name": "agent", "interrupts": interrupts}],
            }));
        }
        let run: Value = serde_json::from_slice(&call.body).unwrap();
        check(&run);
        assert_eq!(*self.id.get_or_insert_with(|| id.clone()), id);
        self.runs.push(run.clone());
        let fault = (!self.faults.is_empty()).then(|| self.faults.remove(0));
        match fault {
            Some(Fault::Failed) => {
                let error = json!({"__error__": {"error": "ValueError", "message": "no"}});
                return ResponseTemplate::new(200).set_body_json(error);
            }
            Some(Fault::Asks) => {
                let question = json!({"value": "Which day?", "id": "i1"});
                self.take(&run, None);
                self.interrupt = Some(question.clone());
                return ResponseTemplate::new(200).set_body_json(json!({
                    "messages": self.messages, "__interrupt__": [question],
                }));
            }
            _ => {}
        }
        self.take(&run, Some("Heard: "));
        match fault {
            Some(Fault::Busy) => {
                ResponseTemplate::new(409).set_body_json(json!({"detail": "busy"}))
            }
            Some(Fault::LostAnswer) => ResponseTemplate::new(504),
            _ => ResponseTemplate::new(200).set_body_json(json!({"messages": self.messages})),
        }
    }

    /// Merges what is new by its id, and answers it.
    fn take(&mut self, run: &Value, prefix: Option<&str>) {
        let mut heard = Vec::new();
        if let Some(resumed) = run["command"]["resume"].as_str() {
            assert!(self.interrupt.take().is_some(), "nothing waits");
            heard.push(resumed.to_owned());
        }
        for message in run["input"]["messages"].as_array().into_iter().flatten() {
            assert_eq!(message["role"], "user");
            let (id, content) = (&message["id"], &message["content"]);
            let merged = json!({"type": "human", "id": id, "content": content});
            match self.messages.iter_mut().find(|known| known["id"] == *id) {
                Some(known) => *known = merged,
                None => self.messages.push(merged),
            }
            heard.push(content.as_str().unwrap().to_owned());
        }
        if let Some(prefix) = prefix {
            let content = format!("{prefix}{}", heard.join(" / "));
            let id = format!("ai-{}", self.messages.len());
            self.messages
                .push(json!({"type": "ai", "id": id, "content": content}));
        }
    }
}

/// That a run has all fields, each as documented.
fn check(run: &Value) {
    assert_eq!(run["assistant_id"], "receptionist");
    assert_eq!(run["if_not_exists"], "create");
    assert_eq!(run["multitask_strategy"], "reject");
    assert_eq!(run["on_disconnect"], "continue");
    assert_eq!(run["metadata"]["business"], "salon");
    assert_eq!(run["metadata"]["source"], "direct");
    let configurable = &run["config"]["configurable"];
    assert_eq!(configurable["business"], "salon");
    assert_eq!(configurable["phone"], PHONE);
    assert_eq!(configurable["name"], "Maria");
    // Exactly one of the two.
    assert_eq!(run.get("input").is_some(), run.get("command").is_none());
}

async fn say(server: &Frontdesk, text: &str) -> Vec<String> {
    let body = json!({"phone": PHONE, "message": text, "name": "Maria"});
    let (status, answer) = server.post(&client(), &body, 20).await.unwrap();
    assert_eq!(status, 200, "{answer}");
    let replies = answer["replies"].as_array();
    let replies = replies.unwrap_or_else(|| panic!("{answer}")).iter();
    replies
        .map(|reply| reply["text"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_graph_answers_in_one_thread_for_ever() {
    let (graph, folder) = (LangGraph::start().await, tempfile::tempdir().unwrap());
    let server = Frontdesk::spawn(graph.salon(folder.path())).await;
    assert_eq!(say(&server, "hello").await, ["Heard: hello"]);
    assert_eq!(say(&server, "again").await, ["Heard: again"]);
    drop(server);
    let server = Frontdesk::spawn(graph.salon(folder.path())).await;
    assert_eq!(say(&server, "still there?").await, ["Heard: still there?"]);
    assert_eq!(graph.runs().len(), 3);
}

#[tokio::test]
async fn a_run_that_answered_is_not_made_again() {
    for fault in [Fault::LostAnswer, Fault::Busy] {
        let (graph, folder) = (LangGraph::start().await, tempfile::tempdir().unwrap());
        graph.fail(&[fault]);
        let server = Frontdesk::spawn(graph.salon(folder.path())).await;
        assert_eq!(say(&server, "hello").await, ["Heard: hello"]);
        assert_eq!(graph.runs().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_run_that_failed_is_made_again() {
    let (graph, folder) = (LangGraph::start().await, tempfile::tempdir().unwrap());
    graph.fail(&[Fault::Failed]);
    let server = Frontdesk::spawn(graph.salon(folder.path())).await;
    assert_eq!(say(&server, "hello").await, ["Heard: hello"]);
    let runs = graph.runs();
    assert_eq!(runs.len(), 2);
    assert_eq!(runs[0]["input"], runs[1]["input"]);
}

#[tokio::test]
async fn a_graph_that_asks_is_resumed_with_the_answer() {
    let (graph, folder) = (LangGraph::start().await, tempfile::tempdir().unwrap());
    graph.fail(&[Fault::Asks]);
    let server = Frontdesk::spawn(graph.salon(folder.path())).await;
    assert_eq!(say(&server, "book me").await, ["Which day?"]);
    assert_eq!(say(&server, "Friday").await, ["Heard: Friday"]);
    let runs = graph.runs();
    assert_eq!(runs[1]["command"], json!({"resume": "Friday"}));
    assert_eq!(say(&server, "thanks").await, ["Heard: thanks"]);
}

/// A real server of LangGraph's with a graph of two nodes; it ends with the value.
struct RealServer {
    _child: Child,
    _folder: TempDir,
    url: String,
}

impl RealServer {
    async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in [
            ("graph.py", include_str!("../data/langgraph/graph.py")),
            (
                "langgraph.json",
                include_str!("../data/langgraph/langgraph.json"),
            ),
        ] {
            std::fs::write(folder.path().join(name), content).unwrap();
        }
        let port = free_port();
        let program = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/target/tools/langgraph/bin/langgraph"
        );
        let child = Command::new(program)
            .args(["dev", "--no-browser", "--no-reload", "--host", "127.0.0.1"])
            .args(["--port", &port.to_string()])
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; .ci/tools installs it"));
        let url = format!("http://127.0.0.1:{port}");
        let ok = format!("{url}/ok");
        eventually(async || {
            let answer = client().get(&ok).send().await;
            answer.is_ok_and(|answer| answer.status().is_success())
        })
        .await;
        Self {
            _child: child,
            _folder: folder,
            url,
        }
    }
}

#[tokio::test]
async fn a_real_server_of_langgraph_answers_and_remembers() {
    let (graph, folder) = (RealServer::start().await, tempfile::tempdir().unwrap());
    let mut command = salon(folder.path());
    command
        .env("WORKFLOW", "langgraph")
        .env("WORKFLOW_URL", &graph.url)
        .env("WORKFLOW_ASSISTANT_ID", "receptionist");
    let server = Frontdesk::spawn(command).await;
    // The graph counts what it was told, so that its memory is seen in its words.
    assert_eq!(say(&server, "hello").await, ["1: hello"]);
    assert_eq!(say(&server, "again").await, ["2: again"]);
}
