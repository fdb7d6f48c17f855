//! Questions to the rows of office tables, through the whole program.

use serde_json::{Value, json};

use crate::support::process::Program;

const ROSTER: &str = "Driver no.;First name;Last name;Depot;Duty;Hours per week;Pay EUR;Since\n\
    D-101;Ada;Holm;Kiel;Tanker;40;3100.00;2019-03-01\n\
    D-102;Ben;Ochs;Kiel;Courier;20;1400.50;2020-03-15\n\
    D-103;Cleo;Marsh;Bremen;Courier;30;2050.00;2021-07-01\n\
    D-104;Dov;Katz;Trier;Tanker;40;3000.00;2021-11-20\n\
    D-105;Eve;Lund;Trier;Night tanker;35;2900.00;2022-01-10\n\
    D-106;Finn;Roth;Kiel;Courier;40;2500.00;2022-05-02\n\
    D-107;Gil;Sand;Bremen;Tanker;40;3150.00;2023-02-01\n\
    D-108;Hal;Wick;Trier;Courier;25;1800.00;2023-09-01\n";

fn card(pump: &str, built: &str, noise: &str) -> String {
    format!(
        "# Pump card\n\n| Field | Value |\n|---|---|\n| Pump | {pump} |\n| Year of manufacture | {built} |\n\
         | Noise level | {noise} dB |\n| Serial no. | {built}-{noise} |\n"
    )
}

async fn posted(program: &Program, path: &str, body: Value) -> Value {
    let answer =
        reqwest::Client::new().post(format!("{}{path}", program.url())).json(&body).send().await.unwrap();
    answer.error_for_status().unwrap().json().await.unwrap()
}

async fn answer(program: &Program, question: &str) -> Value {
    let chat = posted(program, "/api/chats", json!({"project_id": 1})).await;
    posted(program, &format!("/api/chats/{}/messages", chat["id"]), json!({"message": question})).await
}

#[tokio::test]
async fn plain_questions_are_answered_from_all_rows() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::start(&folder.path().join("data"), &[("EMBEDDING_PROVIDER", "hash")]).await;
    let texts = [
        ("Fleet_Roster_2024-05.csv", ROSTER.to_owned()),
        ("pump_card_fp3.md", card("Feed pump FP-3", "1994", "71")),
        ("pump_card_sp8.md", card("Sludge pump SP-8", "2011", "83")),
        (
            "depots.md",
            "# Depots\n\nThe depot in Kiel opens at six. Trainees stay for three years.\n".to_owned(),
        ),
    ];
    for (name, text) in texts {
        let document = program.upload(name, text.into_bytes()).await;
        program.settled(document).await;
    }
    for (question, wanted) in [
        ("How many people are on the fleet roster in total?", vec!["**8**"]),
        ("How many people work in Kiel according to the fleet roster?", vec!["**3**"]),
        ("What is the total pay of the couriers in the fleet roster?", vec!["**7,750.50 EUR**"]),
        ("Who works in Trier?", vec!["**3 found**", "Dov Katz", "Eve Lund", "Hal Wick"]),
        ("pay of driver D-104", vec!["**3,000.00 EUR**"]),
        ("What's the serial number of the sludge pump?", vec!["**2011-83**"]),
        ("which pump was built in 1994?", vec!["Feed pump FP-3"]),
    ] {
        let answer = answer(&program, question).await;
        let text = answer["answer"].as_str().unwrap();
        assert!(wanted.iter().all(|part| text.contains(part)), "{question}: {text}");
        assert!(
            text.contains("[1]") && !answer["sources"].as_array().unwrap().is_empty(),
            "{question}: {text}"
        );
    }
    // What no row says is not computed, and what a passage says is not counted.
    let told = answer(&program, "How many years do trainees stay?").await;
    assert!(told["answer"].as_str().unwrap().contains("three years"), "{told}");
    let told = answer(&program, "What is the average shoe size of the drivers?").await;
    assert!(!told["answer"].as_str().unwrap().contains("**"), "{told}");
    program.stop().await;
}
