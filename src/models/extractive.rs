//! Answers without a language model: the best sentences of the sources, quoted, each with its citation.
//!
//! The default, so that a first start needs no key and no other server. It never says what no source says.

mod asked;
mod beside;
mod candidates;
mod changes;
mod closely;
mod columns;
mod forms;
mod furniture;
mod gist;
mod head;
mod identifiers;
mod leaning;
#[cfg(test)]
mod measure {
    mod tests;
}
mod near;
mod of_kind;
mod parts;
mod phrases;
mod pick;
mod rows;
mod sentences;
mod signatures;
mod signs;
mod terms;

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::stream::{self, StreamExt};

use super::{ChatModel, Delta, Deltas, ModelError, ModelSettings, ModelStatus, Prompt};
use docent_domain::chat::FinishReason;
use docent_domain::source::Source;
use terms::Weights;

pub use gist::{Gist, gist_of};
pub use near::{Near, Shortlisted, shortlist};
pub use parts::parts_of;
pub use terms::terms_of;

/// A further sentence is quoted only if it adds this share of what the best one says.
const WORTH_ADDING: f64 = 0.25;

/// The sources come best first; each place further down costs this share.
const RANK_DISCOUNT: f64 = 0.06;

/// See the module.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extractive;

pub(super) fn open(_: &ModelSettings) -> Result<Arc<dyn ChatModel>, ModelError> {
    Ok(Arc::new(Extractive))
}

#[async_trait]
impl ChatModel for Extractive {
    fn provider(&self) -> &'static str {
        "extractive"
    }

    fn default_model(&self) -> &str {
        "extractive"
    }

    async fn models(&self) -> Result<Vec<String>, ModelError> {
        Ok(vec!["extractive".to_owned()])
    }

    async fn status(&self) -> ModelStatus {
        ModelStatus {
            connected: true,
            host: "built in".to_owned(),
            message: "Quotes the best sentences of the sources; set OPENAI_BASE_URL for written answers"
                .to_owned(),
        }
    }

    fn converses(&self) -> bool {
        false
    }

    fn quotes(&self) -> bool {
        true
    }

    async fn stream(&self, prompt: Prompt) -> Result<Deltas, ModelError> {
        let answer = pick::answer(&prompt.question, &prompt.about, &prompt.sources, &prompt.near);
        let mut deltas: Vec<_> = pieces(&answer).into_iter().map(|piece| Ok(Delta::Text(piece))).collect();
        deltas.push(Ok(Delta::Finish(FinishReason::Stop)));
        Ok(stream::iter(deltas).boxed())
    }
}

/// What comes nearest to an answer, as it can be quoted, each with its source (0-based). For the parameters see [`Prompt`].
pub fn nearest_in(
    question: &str,
    about: &str,
    sources: &[Source],
    near: &[Vec<Near>],
) -> Vec<(usize, String)> {
    let chosen = pick::quotations(question, about, sources, near).into_iter();
    chosen.map(|(source, text)| (source, sentences::quotable(&text))).collect()
}

/// Whether a question of one part asks for something that is told by its form, as an amount or a length of time, and none of
/// the texts has it. What happens when may be told without a date.
pub fn lacks_what_is_asked(question: &str, texts: &[&str]) -> bool {
    let wanted = asked::Wanted::by(question);
    let told = wanted.has_a_form() && wanted != asked::Wanted::Date;
    // "How much" asks for more than money, and currencies have many names.
    let has = |text: &&str| {
        wanted.is_in(text, question) || wanted == asked::Wanted::Money && forms::has_figure(text, question)
    };
    told && parts_of(question).len() < 2 && !texts.iter().any(has)
}

/// The sentences and rows of a text that can be quoted by themselves.
pub fn sentences_of(text: &str) -> Vec<String> {
    sentences::split(text).into_iter().map(|piece| sentences::quotable(&piece.text)).collect()
}

/// The same, each as long as it is: two texts say the same if these are the same.
pub fn statements_of(text: &str) -> Vec<String> {
    sentences::whole(text).into_iter().map(|piece| sentences::quotable(&piece.text)).collect()
}

/// The sentences that say most about everything in `texts`, in their order: a summary without a model.
pub fn summary_of(texts: &[String], most: usize) -> Vec<String> {
    let all: Vec<(usize, String)> = texts
        .iter()
        .enumerate()
        .flat_map(|(n, text)| sentences::split(text).into_iter().map(move |piece| (n, piece.text)))
        .collect();
    let terms: Vec<_> = all.iter().map(|(_, sentence)| terms_of(sentence)).collect();
    let weights = Weights::of(&terms);
    let everything: Vec<String> = terms.iter().flatten().cloned().collect();
    let chosen = choose(&everything, &terms, &weights, &vec![0; all.len()], most);
    chosen.into_iter().map(|at| all[at].1.clone()).collect()
}

/// Indices of the sentences that together cover the wanted terms best, in their own order.
fn choose(
    wanted: &[String],
    terms: &[Vec<String>],
    weights: &Weights,
    ranks: &[usize],
    most: usize,
) -> Vec<usize> {
    let mut open: Vec<(&String, f64)> = wanted.iter().map(|term| (term, weights.weight(term))).collect();
    open.sort_by(|a, b| a.0.cmp(b.0));
    open.dedup_by(|a, b| a.0 == b.0);
    let names: Vec<&str> = open.iter().map(|(term, _)| term.as_str()).collect();
    let present = terms::presences(&names, terms);
    let mut chosen: Vec<usize> = Vec::new();
    let mut best_gain = 0.0;
    while chosen.len() < most {
        let gain = |at: usize| {
            let covered: f64 = present[at].iter().map(|(term, share)| open[*term].1 * share).sum();
            let rank = u32::try_from(ranks[at]).unwrap_or(u32::MAX);
            covered * terms::brevity(terms[at].len()) / (1.0 + RANK_DISCOUNT * f64::from(rank))
        };
        let next = (0..terms.len())
            .filter(|at| !chosen.contains(at))
            .map(|at| (at, gain(at)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        let Some((at, gain)) = next else { break };
        if gain <= f64::EPSILON || gain < best_gain * WORTH_ADDING {
            break;
        }
        best_gain = gain.max(best_gain);
        // What has been said counts less when said again.
        for (term, share) in &present[at] {
            open[*term].1 *= 1.0 - 0.7 * share;
        }
        chosen.push(at);
    }
    chosen.sort_unstable();
    chosen
}

/// Word by word; where a script has no blanks, a few characters at a time.
fn pieces(text: &str) -> Vec<String> {
    const LONGEST: usize = 24;
    let mut pieces = Vec::new();
    for word in text.split_inclusive(' ') {
        let mut piece = String::new();
        for (n, c) in word.chars().enumerate() {
            if n > 0 && n % LONGEST == 0 {
                pieces.push(std::mem::take(&mut piece));
            }
            piece.push(c);
        }
        pieces.push(piece);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::lacks_what_is_asked;
    use super::pick::answer as picked;
    use super::*;
    use docent_domain::source::Source;

    #[test]
    fn an_amount_is_missing_where_no_sentence_has_one() {
        let rent = "How much rent do we pay for the mill each month?";
        assert!(lacks_what_is_asked(
            rent,
            &["Mill: open from 9:00 to 12:00.", "The mill is closed on Sundays."]
        ));
        assert!(!lacks_what_is_asked(
            rent,
            &["Mill: open from 9:00 to 12:00.", "The mill costs 1,200 euros."]
        ));
        let row = "Cost line: Mill; Budget: 915,000; Actual: 908,200";
        assert!(!lacks_what_is_asked("What did the mill cost us?", &[row]), "the currency stands nowhere");
        let weighs = "How much does the bell of the mill weigh?";
        assert!(!lacks_what_is_asked(weighs, &["It weighs about 800 kilograms."]));
        assert!(!lacks_what_is_asked("What does a tour cost?", &["Tours cost 12 crowns."]));
        assert!(lacks_what_is_asked("What does a tour cost in 2031?", &["Tours of 2031 begin at 9:30."]));
        assert!(!lacks_what_is_asked("What is the mill made of?", &["It is closed."]), "no form tells it");
        assert!(!lacks_what_is_asked("When is the mill closed?", &["It is closed while it rains."]));
        let two = "How much rent do we pay for the mill and who signed the lease?";
        assert!(!lacks_what_is_asked(two, &["It was signed by Ida Moss."]), "one part is answered");
    }

    fn answer(question: &str, sources: &[Source]) -> String {
        picked(question, "", sources, &[])
    }

    pub(super) fn source(content: &str) -> Source {
        Source {
            id: "1:1:0".to_owned(),
            content: content.to_owned(),
            document: 1.into(),
            filename: "guide.md".to_owned(),
            generation: 1,
            page: None,
            chunk_index: 0,
            start: 0,
            end: 0,
            heading: None,
            score: 1.0,
            partial: false,
            deleted: false,
        }
    }

    fn ask(question: &str, sources: &[&str]) -> String {
        let sources: Vec<Source> = sources.iter().map(|content| source(content)).collect();
        answer(question, &sources)
    }

    #[test]
    fn the_sentence_that_answers_is_quoted_with_its_source() {
        let kestrels =
            "The kestrel is a small falcon. Kestrels eat voles, mice and insects. They nest in cliffs.";
        let owls = "Owls hunt at night. The barn owl is white.";
        insta::assert_snapshot!(ask("What do kestrels eat?", &[owls, kestrels]),
            @"Kestrels eat voles, mice and insects. [2]");
    }

    #[test]
    fn german_endings_and_compounds_are_seen_through() {
        let text = "Der Vertrag beginnt am 1. Mai. Die Kündigungsfristen betragen drei Monate zum Jahresende. \
                    Die Miete ist monatlich fällig.";
        insta::assert_snapshot!(ask("Wie lang ist die Kündigungsfrist?", &[text]),
            @"Die Kündigungsfristen betragen drei Monate zum Jahresende. [1]");
    }

    #[test]
    fn scripts_without_blanks_are_searched_by_pairs_of_characters() {
        let text = "红隼是一种小型猛禽。红隼主要吃田鼠和昆虫。它们在悬崖上筑巢。";
        insta::assert_snapshot!(ask("红隼吃什么？", &[text]), @"红隼是一种小型猛禽。 [1] 红隼主要吃田鼠和昆虫。 [1]");
        let text = "チョウゲンボウは小型のハヤブサです。主にハタネズミを食べます。崖に巣を作ります。";
        insta::assert_snapshot!(ask("何を食べますか？", &[text]), @"主にハタネズミを食べます。 [1]");
    }

    #[test]
    fn sentences_that_add_something_are_quoted_in_their_order() {
        let one = "The warranty lasts two years. The office opens at nine.";
        let two = "Repairs under warranty are free. Shipping costs five euros.";
        let answer = ask("How long is the warranty and what does shipping cost?", &[one, two]);
        insta::assert_snapshot!(answer, @"The warranty lasts two years. [1] Shipping costs five euros. [2]");
    }

    #[test]
    fn a_passage_that_hardly_has_to_do_with_it_is_not_quoted_beside_another() {
        let question = "How long is the warranty and what does shipping cost?";
        let mut two =
            [source("The warranty lasts two years."), source("Sea shipping of the warranty office is slow.")];
        two[1].document = 2.into();
        let both = answer("How long does the warranty of shipping last?", &two);
        assert!(both.contains("[1]"), "{both}");
        two[1].score = 0.1;
        let one = answer("How long does the warranty of shipping last?", &two);
        assert_eq!(one, "The warranty lasts two years. [1]");
        // What only the other one says is quoted all the same when it is asked for by itself.
        two[1].content = "Shipping costs five euros.".to_owned();
        assert!(
            answer(question, &two).contains("Shipping costs five euros. [2]"),
            "{}",
            answer(question, &two)
        );
    }

    #[test]
    fn a_passage_found_by_meaning_alone_speaks_for_itself() {
        let text = "Employees accrue 30 days of leave. It expires in March. Ask your manager.";
        insta::assert_snapshot!(ask("Wie viel Urlaub bekomme ich?", &[text]),
            @"Employees accrue 30 days of leave. [1]");
    }

    #[test]
    fn what_a_model_says_of_a_sentence_decides_between_like_ones() {
        let text =
            "The tower was opened to visitors by the mayor. Kestrels were seen at the tower by the mayor.";
        let near = |cosines: [f32; 2]| {
            let sentences = sentences_of(text).into_iter().zip(cosines);
            vec![sentences.map(|(text, cosine)| Near { text, cosine, read: None }).collect::<Vec<_>>()]
        };
        let told = |near: &[Vec<Near>]| picked("Which birds live on it?", "", &[source(text)], near);
        assert_eq!(told(&near([0.7, 0.8])), "Kestrels were seen at the tower by the mayor. [1]");
        assert_eq!(told(&near([0.8, 0.7])), "The tower was opened to visitors by the mayor. [1]");
    }

    #[test]
    fn a_sentence_with_the_kind_of_thing_that_is_asked_for_goes_before_a_likelier_one() {
        let rented = "The kiln at Leek is rented until the roof is mended. The kiln at Leek is red.";
        let contract = "Le four porte le numéro de série KL-40-118.";
        assert_eq!(
            ask("serial no. of the rented kiln at Leek?", &[rented, contract]),
            format!("{contract} [2]")
        );
        assert_eq!(
            ask("serial no. of the rented kiln at Leek?", &[rented]),
            "",
            "no other sentence stands for it"
        );
        assert_eq!(ask("mobile number of Ann Lee?", &["Ann Lee is the keeper of the kiln, room 12."]), "");
    }

    #[test]
    fn the_signature_answers_who_signed() {
        let report = "We have audited the statements of Alder Kilns.\n\nLeek, 4 May 2021\n\nBirch & Tull LLP\n\nAnn Lee, partner";
        insta::assert_snapshot!(ask("Who audited Alder Kilns?", &["Alder Kilns makes kilns.", report]),
            @"Leek, 4 May 2021 – Birch & Tull LLP – Ann Lee, partner [2]");
    }

    #[test]
    fn the_head_of_a_mail_answers_who_wrote_and_nothing_else() {
        let mail = "Subject: The kiln alarm on Monday\nFrom: Ida Moss <ida@kilns.example>\nTo: Bo Lind \
                    <bo@kilns.example>\nDate: 2031-05-04 09:10\n\nDear Bo,\n\nthe flue was blocked by a nest. \
                    It is open again.";
        let flue = ask("Was the flue the cause of the kiln alarm on Monday?", &[mail]);
        assert!(flue.contains("blocked by a nest") && !flue.contains("Subject"), "{flue}");
        let sender = ask("Who sent the mail about the kiln alarm on Monday?", &[mail]);
        assert!(sender.contains("Ida Moss"), "{sender}");
    }

    #[test]
    fn a_sentence_is_quoted_with_the_one_it_points_back_at() {
        let text = "The mill is old. The owner of the mill names a keeper. At the moment this is Ms Ida Moss. \
                    Tours of the mill are on Sunday.";
        insta::assert_snapshot!(ask("name of the keeper of the mill", &[text]),
            @"The owner of the mill names a keeper. [1] At the moment this is Ms Ida Moss. [1]");
    }

    #[test]
    fn what_is_just_so_as_it_is_asked_for_goes_first() {
        let rules = "Staff of the kiln who work days at home announce it 48 hours before. Staff of the kiln may do so at home for six days. \
                     The kiln at home is cold.";
        let days = ask("How many days may staff of the kiln work at home?", &[rules]);
        assert_eq!(days, "Staff of the kiln may do so at home for six days. [1]");
        let terms = "Boats are rented from 3 May. Bookings of boats close on 1 April.";
        let last = ask("By when must boats be booked?", &[terms]);
        assert!(last.contains("Bookings of boats close on 1 April."), "{last}");
    }

    #[test]
    fn a_change_in_another_document_is_told_beside_what_it_changes() {
        let named = |id: i64, name: &str, text: &str| {
            let document = id.into();
            Source { document, filename: name.to_owned(), ..source(text) }
        };
        let plan = named(1, "plan.md", "The regatta at the quay begins on 3 May. Tea is served.");
        let minutes = named(2, "minutes.md", "The regatta is put back to 10 May. The quay was cleaned.");
        let told = answer("When does the regatta at the quay begin?", &[plan.clone(), minutes.clone()]);
        assert!(told.contains("3 May. [1]") && told.contains("put back to 10 May. [2]"), "{told}");
        let before = answer("When was the regatta at the quay to begin at first?", &[plan, minutes]);
        assert!(!before.contains("10 May"), "{before}");
        let fee = named(1, "fees.md", "The yearly fee for a boat at the quay is £25.");
        let dogs = named(2, "news.md", "A ticket for dogs is now £4. The choir sings.");
        let told = answer("How much is the yearly fee for a boat at the quay?", &[fee, dogs]);
        assert_eq!(told, "The yearly fee for a boat at the quay is £25. [1]");
        let terms = named(1, "terms.md", "4.2 A late boat costs £12 a day at the quay.");
        let notice = named(2, "notice.md", "Clause 4.2 now reads £14 for each day. Others pay £90.");
        let told = answer("How much does a late boat cost at the quay?", &[terms, notice]);
        assert!(told.contains("£12") && told.contains("£14") && !told.contains("£90"), "{told}");
    }

    #[test]
    fn one_edition_is_quoted_of_what_two_say_alike() {
        let named = |id: i64, name: &str, text: &str| {
            let document = id.into();
            Source { document, filename: name.to_owned(), ..source(text) }
        };
        let new = named(1, "quay_2034.md", "A berth at the quay has 9 metres.");
        let old = named(2, "quay_2031.md", "A berth at the quay has 7 metres.");
        let now = "How long is a berth at the quay these days?";
        assert_eq!(answer(now, &[new.clone(), old.clone()]), "A berth at the quay has 9 metres. [1]");
        assert_eq!(answer(now, &[old.clone(), new.clone()]), "A berth at the quay has 9 metres. [2]");
        let before = answer("How long was a berth at the quay in 2031?", &[old, new]);
        assert_eq!(before, "A berth at the quay has 7 metres. [1]");
    }

    #[test]
    fn a_question_in_a_text_is_answered_by_what_stands_below_it() {
        let letter = "Who winds the clock on the mill? Ida Moss, every Monday at noon. Is the mill red? No. It was \
                      painted by Bo Lind in May.";
        let told = ask("Who winds the clock on the mill?", &[letter]);
        assert_eq!(told, "Who winds the clock on the mill? [1] Ida Moss, every Monday at noon. [1]");
    }

    #[test]
    fn the_line_with_the_label_that_is_asked_for_goes_first() {
        let minutes =
            "Leek, 3 May. Minutes: Ida Moss. Present: Mr Bo Lind, Mrs Una Hart, Mr Al Penn of Leek.";
        assert!(ask("Who took the minutes at Leek?", &[minutes]).contains("Minutes: Ida Moss."));
    }

    #[test]
    fn numbers_in_brackets_of_a_source_do_not_become_citations() {
        let answer = ask(
            "What did Smith show?",
            &["Smith showed that falcons see ultraviolet [2], as [3, 4] confirm."],
        );
        insta::assert_snapshot!(answer, @"Smith showed that falcons see ultraviolet (2), as (3, 4) confirm. [1]");
    }

    #[test]
    fn the_same_sentence_in_overlapping_chunks_is_quoted_once() {
        let text = "Kestrels eat voles.";
        insta::assert_snapshot!(ask("What do kestrels eat?", &[text, text]), @"Kestrels eat voles. [1]");
    }

    #[test]
    fn odd_sources_do_no_harm() {
        assert_eq!(ask("What?", &[]), "");
        assert_eq!(ask("", &[""]), "");
        let long = "word ".repeat(20_000);
        assert!(ask("word?", &[&long]).chars().count() < 1_000);
    }

    #[test]
    fn pieces_make_up_the_whole_text() {
        for text in ["They eat voles. [1]", "红隼主要吃田鼠和昆虫。[1]", "", " a  b "] {
            assert_eq!(pieces(text).concat(), text);
        }
    }

    #[test]
    fn a_summary_keeps_what_is_said_most() {
        let texts = [
            "Kestrels eat voles. It was raining.".to_owned(),
            "Voles are eaten by kestrels and owls. Thanks!".to_owned(),
        ];
        let summary = summary_of(&texts, 2);
        assert!(summary.iter().any(|sentence| sentence.contains("kestrels")), "{summary:?}");
        assert!(summary.len() <= 2);
    }

    #[test]
    fn a_heading_is_no_part_of_the_sentence_below_it() {
        let mut found = source("Kingfishers\nThe tunnel is 70 centimetres long.");
        assert_eq!(
            answer("How long is the tunnel?", &[found.clone()]),
            "Kingfishers The tunnel is 70 centimetres long. [1]"
        );
        found.heading = Some("Birds > Kingfishers".to_owned());
        assert_eq!(answer("How long is the tunnel?", &[found]), "The tunnel is 70 centimetres long. [1]");
    }
}
