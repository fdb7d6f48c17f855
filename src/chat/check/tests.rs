use super::*;
use crate::tests::source;

/// The answer as it comes out, and what was found in it, whatever the pieces it comes in.
fn run(answer: &str, sources: &[Source]) -> (String, Vec<String>) {
    let told = |pieces: &[String]| {
        let mut checker = Checker::new(sources, "");
        let mut out: String = pieces.iter().map(|piece| checker.push(piece)).collect();
        out.push_str(&checker.finish());
        let doubts = checker.doubts();
        let chars: Vec<char> = out.chars().collect();
        let shown = doubts.into_iter().map(|doubt| {
            let (start, end) = (usize::try_from(doubt.start).unwrap(), usize::try_from(doubt.end).unwrap());
            let statement: String = chars[start..end].iter().collect();
            format!("{} {:?} in {statement:?}", doubt.reason.name(), doubt.about)
        });
        let shown: Vec<String> = shown.collect();
        (out, shown)
    };
    let whole = told(&[answer.to_owned()]);
    assert_eq!(told(&answer.chars().map(String::from).collect::<Vec<_>>()), whole, "letter by letter");
    whole
}

#[test]
fn what_the_cited_passage_does_not_say_is_told_with_its_statement() {
    let lease =
        source("lease.md", "The notice period is three months. Rent is 1,250 euros, due on 3 May 2021.");
    let answer =
        "The notice period is three months [1]. Rent is 1,520 euros [1]. It is due on 3 May 2021. [1]";
    let (out, doubts) = run(answer, &[lease]);
    assert_eq!(out, answer);
    assert_eq!(doubts, [r#"number "1,520 euros" in "Rent is 1,520 euros [1].""#]);
}

#[test]
fn answers_without_markers_get_theirs() {
    let sources =
        [source("owls.md", "Owls sleep by day."), source("guide.md", "Kestrels eat voles and mice.")];
    let (out, doubts) = run("Kestrels eat voles and mice. They are birds.\n- Owls sleep by day", &sources);
    assert_eq!(out, "Kestrels eat voles and mice. [2] They are birds.\n- Owls sleep by day [1]");
    assert_eq!(doubts, Vec::<String>::new());
    let (out, _) = run("Kestrels eat voles [2]. Owls sleep by day.", &sources);
    assert_eq!(out, "Kestrels eat voles [2]. Owls sleep by day.", "a model that cites is left alone");
}

#[test]
fn a_statement_may_join_sentences_of_which_one_denies() {
    let passage = source(
        "contract.md",
        "Fenwick Haulage is liable for up to 9,000 euros a load. It is not liable for delays at borders. Pallets are returned.",
    );
    let joined = "Fenwick Haulage is liable for up to 9,000 euros a load, and it is not liable for delays at borders [1].";
    assert_eq!(run(joined, std::slice::from_ref(&passage)).1, Vec::<String>::new());
    let wrong = "Fenwick Haulage is not liable for up to 9,000 euros a load [1].";
    let doubts = run(wrong, &[passage]).1;
    assert_eq!(doubts.len(), 1, "{doubts:?}");
    assert!(doubts[0].starts_with(r#"negation "not liable""#), "the word and not its stem: {doubts:?}");
}

#[test]
fn code_is_no_statement() {
    let guide = source("guide.md", "Run the program twice.");
    let (out, doubts) = run("```\nx = 42. y = 7\n```\n", &[guide]);
    assert_eq!((out.as_str(), doubts.len()), ("```\nx = 42. y = 7\n```\n", 0));
}

/// A passage, statements that it bears out, and falsifications of them.
struct Case {
    passage: &'static str,
    right: &'static [&'static str],
    wrong: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        passage: "Employees receive 28 days of annual leave. Unused leave expires on 31 March of the following year and may not be carried over. Requests go to Maria Keller in Human Resources.",
        right: &[
            "Employees receive 28 days of annual leave [1].",
            "Unused leave expires on 31 March of the following year [1].",
            "Leave may not be carried over [1].",
            "Requests go to Maria Keller [1].",
            "You get 28 days of leave per year [1].",
        ],
        wrong: &[
            "Employees receive 30 days of annual leave [1].",
            "Employees receive 28 weeks of annual leave [1].",
            "Unused leave expires on 30 April of the following year [1].",
            "Unused leave may be carried over [1].",
            "Requests go to Maria Schneider in Human Resources [1].",
            "Employees receive no annual leave [1].",
        ],
    },
    Case {
        passage: "The pump P-204 delivers 350 litres per minute at a pressure of 8 bar. It must be serviced every 2,000 operating hours. The oil temperature must not exceed 80 °C.",
        right: &[
            "The pump P-204 delivers 350 litres per minute [1].",
            "It must be serviced every 2000 operating hours [1].",
            "The oil temperature must not exceed 80 °C [1].",
            "The pressure is 8 bar [1].",
        ],
        wrong: &[
            "The pump P-205 delivers 350 litres per minute [1].",
            "The pump P-204 delivers 530 litres per minute [1].",
            "It must be serviced every 2,500 operating hours [1].",
            "The pressure is 8 psi [1].",
            "The oil temperature must not exceed 80 °F [1].",
            "The pump delivers 350 gallons per minute [1].",
        ],
    },
    Case {
        passage: "Total revenue for fiscal 2022 was $394.3 billion, an increase of 8% over 2021. Net income was $99,803 million. The company did not repurchase shares in the fourth quarter.",
        right: &[
            "Total revenue for fiscal 2022 was $394.3 billion [1].",
            "Revenue increased by 8% over 2021 [1].",
            "Net income was $99.8 billion [1].",
            "The company did not repurchase shares in the fourth quarter [1].",
            "Net income was about $100 billion [1].",
        ],
        wrong: &[
            "Total revenue for fiscal 2022 was $349.3 billion [1].",
            "Revenue decreased by 8% over 2021 [1].",
            "Net income was $98,903 million [1].",
            "The company repurchased shares in the fourth quarter [1].",
            "Revenue increased by 9% over 2021 [1].",
            "Total revenue was €394.3 billion [1].",
            "Revenue increased by 8% over 2020 [1].",
        ],
    },
    Case {
        passage: "Der Mietvertrag beginnt am 1. Oktober 2019 und hat eine Laufzeit von fünf Jahren. Die Kündigungsfrist beträgt drei Monate. Die Kaution beträgt 2.400 Euro. Haustiere sind nicht erlaubt. Vermieter ist Herr Thomas Brandt.",
        right: &[
            "Die Kündigungsfrist beträgt drei Monate [1].",
            "Der Mietvertrag beginnt am 01.10.2019 [1].",
            "Die Kaution beträgt 2400 Euro [1].",
            "Haustiere sind nicht erlaubt [1].",
            "Der Vermieter ist Thomas Brandt [1].",
            "Die Laufzeit des Mietvertrags beträgt fünf Jahre [1].",
        ],
        wrong: &[
            "Die Kündigungsfrist beträgt sechs Monate [1].",
            "Die Kündigungsfrist beträgt drei Wochen [1].",
            "Der Mietvertrag beginnt am 1. November 2019 [1].",
            "Die Kaution beträgt 2.600 Euro [1].",
            "Haustiere sind erlaubt [1].",
            "Der Vermieter ist Thomas Krause [1].",
            "Der Mietvertrag beginnt am 1. Oktober 2018 [1].",
        ],
    },
    Case {
        passage: "The Silverbridge tunnel was opened on 14 June 1987 by Queen Beatrix. It is 6.6 km long and has two lanes in each direction. Cyclists are not permitted in the tunnel. The toll is €4.50 for cars.",
        right: &[
            "The Silverbridge tunnel was opened on 14 June 1987 [1].",
            "It was opened by Queen Beatrix [1].",
            "The tunnel is 6.6 km long [1].",
            "Cyclists are not permitted in the tunnel [1].",
            "The toll for cars is 4.50 € [1].",
            "It has two lanes in each direction [1].",
        ],
        wrong: &[
            "The Silverbridge tunnel was opened on 14 July 1987 [1].",
            "The Silverbridge tunnel was opened on 14 June 1978 [1].",
            "It was opened by Queen Juliana [1].",
            "The tunnel is 6.6 miles long [1].",
            "The tunnel is 9.6 km long [1].",
            "Cyclists are permitted in the tunnel [1].",
            "The toll for cars is €5.40 [1].",
            "It has three lanes in each direction [1].",
        ],
    },
    Case {
        passage: "Support is available from Monday to Friday between 8:00 and 17:30. Tickets of priority A are answered within four hours, all others within two business days. The contract with Nordwind Systems GmbH does not cover hardware.",
        right: &[
            "Support is available from Monday to Friday [1].",
            "Tickets of priority A are answered within four hours [1].",
            "All other tickets are answered within two business days [1].",
            "The contract with Nordwind Systems GmbH does not cover hardware [1].",
            "Support is available between 8:00 and 17:30 [1].",
        ],
        wrong: &[
            "Tickets of priority A are answered within six hours [1].",
            "Tickets of priority A are answered within four days [1].",
            "The contract with Südwind Systems GmbH does not cover hardware [1].",
            "The contract with Nordwind Systems GmbH covers hardware [1].",
            "Support is available between 8:00 and 18:30 [1].",
            "Support is available from Monday to Saturday [1].",
        ],
    },
    Case {
        passage: "Sample 7 contained 12 mg of lead per kilogram. The limit of 10 mg was exceeded, so the batch was rejected by Dr. Imani Okafor on 2023-02-09. No cadmium was found.",
        right: &[
            "Sample 7 contained 12 mg of lead per kilogram [1].",
            "The batch was rejected by Dr. Imani Okafor on 9 February 2023 [1].",
            "No cadmium was found [1].",
            "The limit is 10 mg [1].",
        ],
        wrong: &[
            "Sample 7 contained 21 mg of lead per kilogram [1].",
            "Sample 7 contained 12 g of lead per kilogram [1].",
            "The batch was rejected by Dr. Imani Okafor on 9 March 2023 [1].",
            "The batch was rejected by Dr. Samuel Reed [1].",
            "Cadmium was found [1].",
            "The batch was accepted by Dr. Imani Okafor [1].",
        ],
    },
];

#[test]
fn planted_falsifications_are_found_and_true_statements_are_left_alone() {
    let (mut missed, mut false_flags, mut wrong, mut right) = (Vec::new(), Vec::new(), 0, 0);
    for case in CASES {
        let passage = [source("passage.md", case.passage)];
        for statement in case.wrong {
            wrong += 1;
            if run(statement, &passage).1.is_empty() {
                missed.push(*statement);
            }
        }
        for statement in case.right {
            right += 1;
            let (_, doubts) = run(statement, &passage);
            if !doubts.is_empty() {
                false_flags.push(doubts);
            }
        }
    }
    assert!(missed.len() * 20 <= wrong, "missed {} of {wrong}: {missed:#?}", missed.len());
    assert!(
        false_flags.len() * 50 <= right,
        "{} of {right} wrongly flagged: {false_flags:#?}",
        false_flags.len()
    );
}

#[test]
fn statements_end_where_sentences_do() {
    for text in ["It is red.", "Is it?", "It was in 2024.", "They say no.", "(It is red.)"] {
        assert!(super::statement::is_over(text), "{text}");
    }
    for text in
        ["Zum 5.", "z.", "z. B.", "siehe Nr.", "See No.", "Ask Dr.", "J. R.", "at 8 a.m.", "vgl.", "It is"]
    {
        assert!(!super::statement::is_over(text), "{text}");
    }
}
