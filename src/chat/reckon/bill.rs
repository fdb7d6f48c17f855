//! What one bill comes to, as it says itself: the last total of the only bill that the question names.

use super::documents::{COMES, TOTAL, called, last_line, last_total};
use super::grid::Spot;
use super::words::Asked;
use super::{Desk, Reckoned, Said};
use crate::tables::words::Token;
use crate::tables::{is_kind_of, is_one_word};
use crate::ways::Text;

const ENDS: Text = Text::new("**{}** ({}, {})", "**{}** ({}, {})");

/// What a bill is called.
const BILLS: &[&str] = &[
    "invoice",
    "invoices",
    "bill",
    "bills",
    "quote",
    "quotation",
    "receipt",
    "rechnung",
    "rechnungen",
    "angebot",
    "quittung",
    "kostenvoranschlag",
    "facture",
    "devis",
    "factura",
    "fattura",
    "faktura",
];
/// Words for what stands above the tax, and rows that have it.
const NET: &[&str] = &["net", "nett", "excluding", "excl", "without", "before", "netto", "ohne", "hors"];
const NET_ROWS: &[&str] = &["net", "netto", "subtotal", "nettobetrag", "nettosumme", "zwischensumme"];
/// Words for the tax, and for what comes with it.
const TAX: &[&str] = &[
    "vat",
    "tax",
    "gross",
    "including",
    "incl",
    "inclusive",
    "with",
    "mwst",
    "ust",
    "brutto",
    "inklusive",
    "mit",
    "tva",
    "iva",
    "all",
    "altogether",
    "overall",
    "pay",
    "paid",
    "zahlen",
    "insgesamt",
    "whole",
    "final",
];

pub(super) fn is_asked(asked: &Asked) -> bool {
    asked.says(BILLS) && (asked.says(TOTAL) || asked.says(COMES) || asked.says(&["much", "viel", "hoch"]))
}

pub(super) fn end(desk: &Desk<'_>) -> Option<Reckoned> {
    if !is_asked(&desk.asked) {
        return None;
    }
    let mut bills = (0..desk.papers.len()).filter(|paper| is_named(desk, *paper));
    let paper = bills.next().filter(|_| bills.next().is_none())?;
    let net = desk.asked.says(NET);
    let mut grids = (0..desk.grids.len()).rev().filter(|at| desk.grids[*at].paper == paper);
    let (at, row) = grids.find_map(|at| {
        let grid = &desk.grids[at];
        let row = if net { last_line(grid, NET_ROWS) } else { last_total(grid) };
        Some((at, row?))
    })?;
    let grid = &desk.grids[at];
    let mut amounts = (0..grid.names.len()).filter_map(|column| Some((column, grid.amount(row, column)?)));
    let (column, value) = amounts.next()?;
    if amounts.next().is_some() {
        return None;
    }
    let text = desk.text(&ENDS, &[&value.written(), &grid.rows[row].name, &desk.file(paper)]);
    let places = vec![desk.place(Spot { grid: at, row, column })];
    Some(Reckoned { lines: vec![Said { text, places }], way: "bill" })
}

/// Whether it is a bill of the kind that the question names, and says its names and all but one of its other words.
fn is_named(desk: &Desk<'_>, paper: usize) -> bool {
    const MOST: usize = 1;
    let called = called(desk, paper);
    let kind = |word: &Token| BILLS.contains(&word.text.as_str());
    let is_bill = desk.asked.content.iter().filter(|word| kind(word)).any(|word| {
        let alike = |own: &Token| {
            is_one_word(own, word) || is_kind_of(own, word) || (own.text == "invoice" && word.stem == "bill")
        };
        called.iter().any(alike)
    });
    let of_bill = |word: &Token| {
        [TOTAL, COMES, BILLS, NET, TAX].iter().any(|list| list.contains(&word.text.as_str()))
            || super::words::is_soft(&word.text)
    };
    let telling: Vec<&Token> = desk.asked.content.iter().filter(|word| !of_bill(word)).collect();
    let unknown: Vec<&&Token> = telling.iter().filter(|word| !desk.is_said(paper, word)).collect();
    is_bill
        && unknown.len() <= MOST
        && unknown.len() < telling.len()
        && !unknown.iter().any(|word| desk.is_name(word))
}

#[cfg(test)]
mod tests {
    use crate::reckon::{Paper, is_asked, reckon};
    use crate::tables::tables_in;

    fn said(question: &str) -> Option<String> {
        let bill = |file: &str, text: &str| Paper {
            file: file.to_owned(),
            text: text.to_owned(),
            start: 0,
            tables: tables_in(text, 0, file),
        };
        let text = |firm: &str, net: &str, total: &str| {
            format!(
                "{firm}\n\nINVOICE\n\nDate: 4 May 2031\n\n| Description | Qty | Amount £ |\n|---|---|---|\n| Oak | 2 | 90.00 |\n| Net |  | {net} |\n| VAT 20 % |  | 160.00 |\n| Total to pay |  | {total} |\n"
            )
        };
        let papers = [
            bill("invoice_quist_Q-771.pdf", &text("Quist Timber", "800.00", "960.00")),
            bill("invoice_ravn_18.pdf", &text("Ravn Metals", "900.50", "1,080.60")),
            bill(
                "Minutes.md",
                "Minutes\n\n| Item | Cost £ |\n|---|---|\n| Oak of Quist | 90 |\n| Total | 91 |\n",
            ),
        ];
        let language = crate::language::language_of(question, None, None).code;
        assert!(is_asked(question), "{question}");
        let reckoned = reckon(question, &papers, language)?;
        Some(reckoned.lines.into_iter().map(|line| line.text).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_bill_says_what_it_comes_to() {
        for question in [
            "What is the total including VAT of invoice Q-771?",
            "What does the bill of Quist Timber from May 2031 come to?",
            "How much is the invoice of Quist altogether?",
            "Wie hoch ist die Rechnung von Quist Timber insgesamt?",
        ] {
            let said = said(question);
            assert_eq!(
                said.as_deref(),
                Some("**£960.00** (Total to pay, invoice_quist_Q-771.pdf)"),
                "{question}"
            );
        }
        let net = said("What does the invoice of Ravn Metals come to before VAT?");
        assert_eq!(net.as_deref(), Some("**£900.50** (Net, invoice_ravn_18.pdf)"));
    }

    #[test]
    fn a_bill_that_is_not_there_says_nothing() {
        for question in [
            "What is the total including VAT of invoice Q-772?",
            "What does the bill of Sander Glass come to?",
            "What is the total of the invoices?",
            "How much is the insurance of the invoice of Quist per glazed window?",
        ] {
            assert_eq!(said(question), None, "{question}");
        }
    }
}
