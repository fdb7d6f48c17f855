//! Questions that name a document, ask which one says something, or ask for what holds now: asked of a whole server without a
//! language model.

use super::pieces::{Talk, stored};

/// Long enough that each section is a passage of its own.
fn charter(number: &str, charterer: &str, most: &str, boat: &str) -> String {
    format!(
        "# Charter of a boat\n\nCharter no. {number}\n\nbetween Aune Lines (the Owner) and {charterer} (the Charterer). The Owner \
         lets the boat named below with its gear, its papers, its charts and its lifejackets, all of which were looked at and \
         counted by both sides on the day before the boat was handed over at the north pier of the harbour.\n\n\
         ## 2 Boat\n\nThe boat is the {boat}. It is handed over with full tanks, clean decks and dry sails, and is given back in \
         the same state; what is missing from the list of the gear is bought anew by the Charterer, who also fills the tanks, \
         cleans the decks and hangs the sails up in the loft to dry before the keys are given back.\n\n\
         ## 3 Damage\n\nThe Charterer pays for damage to the hull up to {most} crowns in each season. Damage to the sails is \
         always paid for by the Owner, unless they were set in a storm against the advice of the harbour master, whose word on \
         the weather of that day is final and is written down in the book of the harbour on the same evening."
    )
}

fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("charter_31.md", charter("LF-8831", "Brook Tours, Pier 4", "40,000", "Lutra")),
        ("charter_37.md", charter("LF-8837", "Corwen Sailing, Mill Lane 9", "90,000", "Merganser")),
        (
            "council_2031-04-02.md",
            "# Council\n\n## 2 Jetty, north side\n\nTwelve berths are wanted. Decision: the jetty may cost 61,000 crowns."
                .to_owned(),
        ),
        (
            "council_2031-10-08.md",
            "# Council\n\n## 3 Jetty, north side\n\nThe piles of the jetty are rotten. The decision of April is superseded: \
             the jetty may cost 78,000 crowns."
                .to_owned(),
        ),
        (
            "house.md",
            "# Rules of the club house\n\nVisitors wear a yellow badge. The sauna closes at nine in the evening.".to_owned(),
        ),
    ]
}

#[tokio::test]
async fn the_document_that_is_meant_answers_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let documents = documents();
    let documents: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let program = stored(&folder, &documents).await;
    let ask = async |question: &str| Talk::new(&program).await.ask(question).await;

    for (party, most, other, file) in [
        ("Brook Tours", "40,000", "90,000", "charter_31.md"),
        ("Corwen Sailing", "90,000", "40,000", "charter_37.md"),
    ] {
        let question = format!(
            "Up to how much does the Charterer pay for damage to the hull in the charter with {party}?"
        );
        let (text, cited) = ask(&question).await;
        assert!(text.contains(most) && !text.contains(other), "{party}: {text}");
        assert_eq!(cited, [file], "{party}: {text}");
    }

    let (text, cited) = ask("Which document says that visitors wear a badge?").await;
    assert!(
        text.starts_with("**Rules of the club house** (house.md): Visitors wear a yellow badge."),
        "{text}"
    );
    assert_eq!(cited, ["house.md"], "{text}");

    let (text, _) = ask("What may the jetty on the north side cost now?").await;
    assert!(text.contains("78,000") && !text.contains("61,000"), "{text}");
    let (text, _) = ask("What did the council of April 2031 say the jetty may cost?").await;
    assert!(text.contains("61,000"), "{text}");
    program.stop().await;
}
