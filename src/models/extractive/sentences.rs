//! Sentences of extracted text, which has line breaks in the middle of sentences, lists, tables and headings.

use unicode_segmentation::UnicodeSegmentation;

use super::head;
use super::rows::{self, Names};

/// Longer "sentences" are tables or text without stops; they are cut at a blank or a word.
const LONGEST: usize = 400;
/// Thai has blanks between phrases, and no stops: so long a run of phrases is a sentence.
const PHRASE: usize = 140;

/// Words of a label that stands on a line of its own, above what it names.
const LABEL: usize = 3;

/// Something that can be quoted by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Sentence,
    /// A row of a table, with the names of its columns where they are known.
    Row,
}

/// An item of a list that is no longer says one thing, however many stops it has: "Kiln. Ida for it. Up to 90 a day."
const ITEM: usize = 200;

/// The sentences, rows and short items of a passage, each on one line, cut where it is long. Headings and rules without words
/// are left out.
pub(super) fn split(text: &str) -> Vec<Piece> {
    pieces_of(text, ITEM).iter().flat_map(cut).collect()
}

/// The sentences and rows, none of them cut.
pub(super) fn whole(text: &str) -> Vec<Piece> {
    pieces_of(text, 0)
}

/// `item`: characters of an item that stays as it is, at most.
fn pieces_of(text: &str, item: usize) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for Block { text, kind, is_item } in blocks(text) {
        if kind == Kind::Row || is_item && text.chars().count() <= item {
            push(&mut pieces, &text, kind);
            continue;
        }
        for sentence in docent_words::sentences(&text) {
            push(&mut pieces, sentence, Kind::Sentence);
        }
    }
    pieces
}

/// The sentence as it may stand in an answer: numbers in square brackets would read as citations.
pub(super) fn quotable(sentence: &str) -> String {
    let mut quoted = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        quoted.push_str(before);
        let inner = from[1..].find(']').map(|close| &from[1..=close]);
        match inner {
            Some(inner) if is_numbers(inner) => {
                quoted.push('(');
                quoted.push_str(inner);
                quoted.push(')');
                rest = &from[inner.len() + 2..];
            }
            _ => {
                quoted.push('[');
                rest = &from[1..];
            }
        }
    }
    quoted.push_str(rest);
    // An open code span would hide the citation that follows.
    quoted.replace('`', "'")
}

fn is_numbers(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–' | ';'))
}

struct Block {
    text: String,
    kind: Kind,
    /// Of a list.
    is_item: bool,
}

/// Lines that belong together, joined; list items, headings and table rows stand alone.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut joins = false;
    let mut names = Names::default();
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let width = lines
        .iter()
        .filter(|line| rows::read(line).is_none())
        .map(|line| line.chars().count())
        .max()
        .unwrap_or(0);
    let of_mail = head::lines_of_mail(lines.iter().copied());
    for (at, &line) in lines.iter().enumerate() {
        if line.is_empty() {
            joins = false;
        } else if at < of_mail {
            blocks.push(Block { text: line.to_owned(), kind: Kind::Sentence, is_item: false });
            joins = false;
        } else if let Some(row) = rows::read(line) {
            let text = names.row(line, row, lines.get(at + 1).copied());
            blocks.extend(text.map(|text| Block { text, kind: Kind::Row, is_item: false }));
            joins = false;
        } else if stands_alone(line) {
            names = Names::default();
            if !line.starts_with('#') {
                let item = line.trim_start_matches(['-', '*', '•', '–', '>', ' ']);
                let is_item = line.starts_with(['-', '*', '•']);
                blocks.push(Block { text: item.to_owned(), kind: Kind::Sentence, is_item });
            }
            joins = line.starts_with(['-', '*', '•']);
        } else {
            names.line(line);
            match blocks.last_mut() {
                Some(block) if joins && !(at > 0 && is_end_of_line(lines[at - 1], line, width)) => {
                    join(&mut block.text, line);
                }
                // What a section is called says nothing by itself.
                Some(block) if joins && is_numbered_heading(&block.text) => line.clone_into(&mut block.text),
                _ => blocks.push(Block { text: line.to_owned(), kind: Kind::Sentence, is_item: false }),
            }
            joins = true;
        }
    }
    blocks
}

/// Whether a line was ended there by its writer, and not by the width of the page: lines of addresses, of forms and headings.
/// A label of few words belongs to what stands below it.
fn is_end_of_line(line: &str, next: &str, width: usize) -> bool {
    let short = 5 * line.chars().count() < 3 * width;
    let goes_on = next.starts_with(|c: char| c.is_lowercase() || matches!(c, '(' | '–' | '&'))
        || line.ends_with([',', '-', '–', ':', '&', '(', '/'])
        || next.chars().any(is_cjk);
    let label = !line.contains(|c: char| c.is_ascii_digit()) && line.split_whitespace().count() <= LABEL;
    short && !goes_on && !label
}

/// "4 Mounting", "10.2 Errors and remedies".
pub(super) fn is_numbered_heading(line: &str) -> bool {
    let Some((number, title)) = line.split_once(char::is_whitespace) else { return false };
    let numbered = number.starts_with(|c: char| c.is_ascii_digit())
        && number.split('.').all(|part| part.len() <= 2 && part.chars().all(|c| c.is_ascii_digit()));
    let words = title.split_whitespace().count();
    numbered
        && (1..=8).contains(&words)
        && title.starts_with(char::is_uppercase)
        && !title.ends_with(['.', ':', ';', '!', '?'])
        && !title.contains(|c: char| c.is_ascii_digit())
}

fn join(block: &mut String, line: &str) {
    let broken_word = block.ends_with('-') && line.starts_with(char::is_lowercase);
    if broken_word {
        block.pop();
    } else if !block.ends_with(is_cjk) || !line.starts_with(is_cjk) {
        block.push(' ');
    }
    block.push_str(line);
}

/// What a line is called that is a heading.
pub(super) fn heading_of(line: &str) -> Option<&str> {
    let bare = line.trim().strip_prefix('#')?.trim_start_matches('#');
    bare.starts_with(' ').then(|| bare.trim()).filter(|heading| heading.contains(char::is_alphanumeric))
}

fn stands_alone(line: &str) -> bool {
    line.starts_with(['#', '•', '>']) || line.starts_with("- ") || line.starts_with("* ")
}

fn push(pieces: &mut Vec<Piece>, sentence: &str, kind: Kind) {
    let sentence = sentence.trim();
    if sentence.contains(char::is_alphanumeric) {
        pieces.push(Piece { text: sentence.to_owned(), kind });
    }
}

/// A long piece in parts.
fn cut(piece: &Piece) -> Vec<Piece> {
    let mut rest = piece.text.as_str();
    let thai = rest.chars().filter(|&c| is_thai(c)).count() * 2 > rest.chars().count();
    let longest = if thai { PHRASE } else { LONGEST };
    let mut parts = Vec::new();
    while rest.contains(char::is_alphanumeric) {
        let (part, behind) = rest.split_at(end_of_part(rest, longest));
        let more = if !behind.is_empty() && (piece.kind == Kind::Row || !thai) { " …" } else { "" };
        parts.push(Piece { text: format!("{}{more}", part.trim_end()), kind: piece.kind });
        // A row is known by what it begins with: its end would be a row of something else.
        rest = if piece.kind == Kind::Row { "" } else { behind.trim_start() };
    }
    parts
}

/// Where a part of at most so many characters ends: at the last blank in its second half, else behind a word.
fn end_of_part(text: &str, longest: usize) -> usize {
    let Some((limit, _)) = text.char_indices().nth(longest) else { return text.len() };
    let blank = text[..limit].rfind(char::is_whitespace).filter(|at| 2 * at > limit);
    let word = || text.split_word_bound_indices().map(|(at, _)| at).take_while(|&at| at <= limit).last();
    blank.or_else(word).filter(|&at| at > 0).unwrap_or(limit)
}

fn is_thai(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0E7F)
}

/// Scripts written without blanks.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x0E00..=0x0E7F | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split(text).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn abbreviations_and_line_breaks_do_not_end_sentences() {
        assert_eq!(texts("Made by the U.S. Army. It flew."), ["Made by the U.S. Army.", "It flew."]);
        let text = "Dr. Meier kommt z. B. am 3. Mai. Er\nbringt Unter-\nlagen mit.\n\nEnde";
        assert_eq!(texts(text), ["Dr. Meier kommt z. B. am 3. Mai.", "Er bringt Unterlagen mit.", "Ende"]);
    }

    #[test]
    fn stops_within_sentences_of_many_languages_end_none() {
        for one in [
            "Die Miete ist zum 5. Mai 2024 an Dr. Moss zu zahlen.",
            "Im 3. Quartal gilt Nr. 5, z. B. Der Brand bei Nacht.",
            "The key of No. 5 is with J. R. Moss of St. Stefan.",
            "It opens at 8 a.m. Monday, for approx. 3 hours.",
            "Åbent fra den 5. Maj til kl. 17, f.eks. Søndag.",
            "Otevřeno od 5. Května, např. Pec č. 2.",
        ] {
            assert_eq!(texts(one), [one]);
        }
        assert_eq!(texts("Er endet am 5. Der Mieter zahlt."), ["Er endet am 5.", "Der Mieter zahlt."]);
        assert_eq!(texts("It opens at 8 a.m. Visitors pay."), ["It opens at 8 a.m.", "Visitors pay."]);
    }

    #[test]
    fn a_number_belongs_to_the_word_before_it() {
        assert_eq!(
            texts("See charter no. LF-88 of May. Is it late? Oh no. Two came."),
            ["See charter no. LF-88 of May.", "Is it late?", "Oh no.", "Two came."]
        );
    }

    #[test]
    fn lines_that_were_ended_on_purpose_stand_alone() {
        let text = "Parish of Saint Rook\nChurch Lane 1\n83999 Oberau\nInvoice 2025-0417 of 14 April 2025\n\
                    Payable by 14 May 2025 without deduction, within ten days with a discount of 1.5 per cent. Please\n\
                    state the number.";
        assert_eq!(
            texts(text),
            [
                "Parish of Saint Rook",
                "Church Lane 1",
                "83999 Oberau",
                "Invoice 2025-0417 of 14 April 2025",
                "Payable by 14 May 2025 without deduction, within ten days with a discount of 1.5 per cent.",
                "Please state the number."
            ]
        );
        let wrapped =
            "Narrow columns have short lines,\nall about equally short, and a\nsentence goes on over them.";
        assert_eq!(texts(wrapped).len(), 1);
        assert_eq!(texts("Notice period\nThree months to the end of a quarter").len(), 1, "a label");
        let section =
            "1 Safety\nOnly qualified electricians may open the cabinet, and never without the key.";
        assert_eq!(
            texts(section),
            ["Only qualified electricians may open the cabinet, and never without the key."]
        );
    }

    #[test]
    fn items_rows_and_headings_stand_alone() {
        let text = "# Prices\n| Item | Euro |\n|---|---|\n| Tea | 2 |\n- One thing\n  goes on\n- Another";
        assert_eq!(texts(text), ["Item: Tea; Euro: 2", "One thing goes on", "Another"]);
    }

    #[test]
    fn a_short_item_of_a_list_stays_whole() {
        let text = "- The Tin Kiln (Ida Moss). Bo for it. Up to 900. TAKEN.\n- The mill. It is\n  late.\n\nOne. Two.";
        assert_eq!(
            texts(text),
            [
                "The Tin Kiln (Ida Moss). Bo for it. Up to 900. TAKEN.",
                "The mill. It is late.",
                "One.",
                "Two."
            ]
        );
        assert_eq!(texts(&format!("- {}", "It rains on the mill again. ".repeat(9))).len(), 9);
        assert_eq!(whole("- One. Two.").len(), 2);
    }

    #[test]
    fn a_sentence_without_an_end_is_cut() {
        let sentences = texts(&"word ".repeat(1_000));
        assert_eq!(sentences.iter().map(|sentence| sentence.matches("word").count()).sum::<usize>(), 1_000);
        assert!(sentences[0].ends_with("word …") && !sentences.last().unwrap().ends_with('…'));
        assert!(sentences.iter().all(|sentence| sentence.chars().count() <= LONGEST + 2));
        let row = texts(&format!("| {} | b |", "word ".repeat(200)));
        assert!(row.len() == 1 && row[0].ends_with(" …"), "{row:?}");
        let phrases = texts(&"นกเคสเตรลกินหนู ".repeat(40));
        assert!(phrases.len() >= 4 && phrases.iter().all(|one| one.starts_with("นก") && one.ends_with("หนู")));
        assert_eq!(texts(&"x".repeat(1_000)).len(), 3);
        assert_eq!(whole(&"word ".repeat(1_000))[0].text, "word ".repeat(1_000).trim_end());
    }

    #[test]
    fn only_numbers_in_brackets_are_rewritten() {
        assert_eq!(quotable("a [1] b [x] c [2, 3] [ d `e`"), "a (1) b [x] c (2, 3) [ d 'e'");
        assert_eq!(quotable("[[1]]"), "[(1)]");
    }
}
