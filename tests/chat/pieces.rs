//! Questions that hold things against each other, ask several things, lean on the talk, or ask what a document is about:
//! asked of a whole server without a language model.

use serde_json::{Value, json};

use crate::support::process::Program;

const DOCUMENTS: &[(&str, &str)] = &[
    (
        "contract_alder.md",
        "# Supply contract with Alder Mills\n\n## 4 Payment\n\nInvoices of Alder are paid within 30 days after delivery of the \
         goods.\n\n## 9 End of the contract\n\nEither side may end the contract with nine weeks' notice to the end of a month.",
    ),
    (
        "contract_bramley.md",
        "# Supply contract with Bramley Timber\n\n## 4 Payment\n\nInvoices of Bramley are paid within 45 days after delivery of \
         the goods.\n\n## 9 End of the contract\n\nEither side may end the contract with four weeks' notice to the end of a month.",
    ),
    (
        "oven_QX-30.md",
        "# Oven QX-30\n\nThe oven QX-30 was built by Hart and Sons in 1999. The oven QX-30 has a weight of 12.8 t.\n\n\
         Ida Moor looks after the oven QX-30 and its chain.",
    ),
    (
        "kiln_B-7.md",
        "# Kiln B-7\n\nThe kiln B-7 was built by Hart and Sons in 2004. The kiln B-7 has a weight of 9.5 t.",
    ),
    (
        "minutes_harbour.md",
        "# Minutes of the harbour committee\n\nDate: 4 May 2021, club house\nPresent: Ann Lee (chair), Bo Dahl, Cy Webb\n\n\
         # 1 Jetty\n\nThe jetty is repaired in June with planks of larch.\n\n# 2 Fees\n\nThe fee for guests rises to 12 euros \
         from July on.",
    ),
];

pub(super) struct Talk<'a> {
    program: &'a Program,
    path: String,
}

impl<'a> Talk<'a> {
    pub(super) async fn new(program: &'a Program) -> Self {
        let chat = posted(program, "/api/chats", json!({ "project_id": 1 })).await;
        Self { program, path: format!("/api/chats/{}/messages", chat["id"]) }
    }

    /// The answer and the names of the files that it cites.
    pub(super) async fn ask(&self, question: &str) -> (String, Vec<String>) {
        let answer = posted(self.program, &self.path, json!({ "message": question })).await;
        let text = answer["answer"].as_str().unwrap_or_default().to_owned();
        let sources = answer["sources"].as_array().cloned().unwrap_or_default();
        let cited = (1..).zip(&sources).filter(|(number, _)| text.contains(&format!("[{number}]")));
        let name = |source: &Value| {
            let name = source["metadata"]["filename"].as_str().or(source["filename"].as_str());
            name.unwrap_or_default().to_owned()
        };
        let names = cited.map(|(_, source)| name(source)).collect();
        (text, names)
    }
}

async fn posted(program: &Program, path: &str, body: Value) -> Value {
    let request = reqwest::Client::new().post(format!("{}{path}", program.url())).json(&body);
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

async fn started(folder: &tempfile::TempDir) -> Program {
    stored(folder, DOCUMENTS).await
}

/// A server that has read these.
pub(super) async fn stored(folder: &tempfile::TempDir, documents: &[(&str, &str)]) -> Program {
    let program = Program::start(&folder.path().join("data"), &[("EMBEDDING_PROVIDER", "hash")]).await;
    let mut read = Vec::new();
    for (name, text) in documents {
        read.push(program.upload(name, text.as_bytes().to_vec()).await);
    }
    for document in read {
        program.settled(document).await;
    }
    program
}

#[tokio::test]
async fn what_a_question_asks_of_several_things_is_answered_of_each() {
    let folder = tempfile::tempdir().unwrap();
    let program = started(&folder).await;
    let ask = async |question: &str| Talk::new(&program).await.ask(question).await;

    let (text, cited) = ask("Compare the notice periods with Alder and Bramley.").await;
    assert!(text.contains("**Alder**: Either side may end the contract with nine weeks' notice"), "{text}");
    assert!(text.contains("**Bramley**: Either side may end the contract with four weeks' notice"), "{text}");
    assert_eq!(cited, ["contract_alder.md", "contract_bramley.md"], "{text}");

    let (text, cited) = ask("Which is heavier, the QX-30 or the B-7?").await;
    assert!(text.starts_with("QX-30: 12.8 t > B-7: 9.5 t (+3.3 t)\n"), "{text}");
    assert_eq!(cited, ["oven_QX-30.md", "kiln_B-7.md"], "{text}");

    let (text, _) = ask("Compare the payment of invoices with Alder and Corwen.").await;
    assert!(text.contains("30 days") && text.contains("**Corwen**: nothing found"), "{text}");

    let (text, cited) = ask("What is the fee for guests, and who looks after the oven QX-30?").await;
    assert!(text.contains("12 euros") && text.contains("Ida Moor"), "{text}");
    assert!(cited.contains(&"minutes_harbour.md".to_owned()), "{text} {cited:?}");
    assert!(cited.contains(&"oven_QX-30.md".to_owned()), "{text} {cited:?}");

    let (text, _) = ask("What is the fee for guests, and how old are the penguins of Patagonia?").await;
    assert!(
        text.contains("12 euros")
            && text.ends_with("Nothing found on “how old are the penguins of Patagonia”."),
        "{text}"
    );
    program.stop().await;
}

#[tokio::test]
async fn a_question_that_leans_on_the_talk_is_answered_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let program = started(&folder).await;

    let talk = Talk::new(&program).await;
    let (text, _) = talk.ask("Within how many days are invoices paid with Alder?").await;
    assert!(text.contains("30 days"), "{text}");
    let (text, cited) = talk.ask("And with Bramley?").await;
    assert!(text.contains("45 days") && !text.contains("30 days"), "{text}");
    assert_eq!(cited, ["contract_bramley.md"], "{text}");

    let talk = Talk::new(&program).await;
    let (text, _) = talk.ask("Who built the oven QX-30?").await;
    assert!(text.contains("Hart and Sons"), "{text}");
    let (text, _) = talk.ask("and who looks after it?").await;
    assert!(text.starts_with("Ida Moor looks after the oven QX-30"), "{text}");

    let talk = Talk::new(&program).await;
    let (text, cited) = talk.ask("What are the minutes of the harbour committee about, in short?").await;
    assert!(text.contains("planks of larch") && text.contains("12 euros"), "{text}");
    assert!(!text.contains("Cy Webb"), "who was there is not what it is about: {text}");
    assert!(cited.iter().all(|name| name == "minutes_harbour.md") && !cited.is_empty(), "{cited:?}");
    program.stop().await;
}
