//! Amounts that stand in no column: so much per unit times the units, and a share of an amount.

use super::columns::{holds_numbers, is_money, per_what};
use super::free_words::WHOLE_TIME;
use super::grammar::SUM;
use super::naming::Named;
use super::plan::What;
use super::same::is_one_word;
use super::typed::Typed;
use super::uses::{Form, Mention, Uses};

/// Words beside the name of an amount that say no more than that it is one.
const AMOUNTS: &[&str] = &[
    "amount",
    "payment",
    "payments",
    "sum",
    "charge",
    "charges",
    "bill",
    "cost",
    "costs",
    "betrag",
    "zahlung",
    "zahlungen",
    "kosten",
    "summe",
    "montant",
    "paiement",
    "paiements",
    "importe",
    "pago",
    "pagos",
];

impl Uses<'_, '_> {
    /// "How much rent does it come to in all": a column of amounts per week beside one of weeks; "how much commission": one
    /// of amounts beside one of per cent, in a table of commissions.
    pub(super) fn product(&mut self) -> Option<Form> {
        let table = self.reader.table;
        if let Some([rate, units]) = rate(table).filter(|[rate, units]| self.asks_all_of(*rate, *units)) {
            self.says_any(SUM);
            self.says_any(WHOLE_TIME);
            self.says_any(AMOUNTS);
            self.asks();
            return Some(Form::Product { of: rate, by: units, percent: false });
        }
        let [amount, share] = share(table)?;
        let much = self.has(&["how", "much"]) || self.has(&["wie", "viel"]) || self.has(&["combien"]);
        let much = much || ["cuánto", "cuánta"].iter().any(|word| self.has(&[word]));
        let noun = (0..self.used.len()).find(|at| {
            self.reader.called[*at] == Some(Named::Title)
                && self.reader.columns[*at].is_empty()
                && !self.in_cells[*at]
        })?;
        if !much || self.is_named(share) {
            return None;
        }
        self.take([noun]);
        self.asks();
        self.says_any(&["combien", "cuánto", "cuánta"]);
        Some(Form::Product { of: amount, by: share, percent: true })
    }

    /// Whether the amount per unit is named, without its unit, and all of it is asked for.
    fn asks_all_of(&self, rate: usize, units: usize) -> bool {
        let open = |at: &usize| !self.in_cells[*at];
        let named = |column: usize| {
            (0..self.used.len()).filter(open).any(|at| self.reader.columns[at].contains(&column))
        };
        let unit = &self.reader.table.columns[units].name;
        let says_unit = (0..self.used.len())
            .filter(open)
            .any(|at| unit.iter().any(|name| is_one_word(name, &self.reader.words[at])));
        let all = (0..self.used.len()).filter(open).any(|at| {
            let word = self.reader.word(at);
            SUM.contains(&word) || WHOLE_TIME.contains(&word)
        });
        named(rate) && all && !says_unit
    }

    /// The product over the rows that are meant: of one row, or of all that are to be added up.
    pub(super) fn product_of(
        &mut self,
        (of, by, percent): (usize, usize, bool),
        mentioned: &[Mention],
        rows: &[usize],
    ) -> Option<What> {
        let (own, others): (Vec<&Mention>, Vec<&Mention>) =
            mentioned.iter().partition(|mention| [of, by].contains(&mention.column));
        self.names_rows(&others)?;
        for mention in own {
            self.use_up(mention);
        }
        self.columns.extend([of, by]);
        (rows.len() == 1).then_some(What::Product { of, by, percent })
    }
}

/// A column of amounts per unit, and the one that says how many units there are.
fn rate(table: &Typed<'_>) -> Option<[usize; 2]> {
    let columns = 0..table.columns.len();
    let mut found = columns.clone().filter(|at| holds_numbers(table, *at)).flat_map(|rate| {
        let unit = per_what(table, rate).next();
        let counts = |at: &usize| {
            *at != rate
                && holds_numbers(table, *at)
                && matches!((&table.columns[*at].name[..], unit), ([only], Some(unit)) if is_one_word(only, unit))
        };
        columns.clone().filter(counts).map(move |units| [rate, units]).collect::<Vec<_>>()
    });
    found.next().filter(|_| found.next().is_none())
}

/// The one column of money, and the one of per cent.
fn share(table: &Typed<'_>) -> Option<[usize; 2]> {
    let is_share = |at: usize| {
        let name = &table.table.names[at];
        name.contains('%') || tokens_of_share(table, at)
    };
    let one = |fits: &dyn Fn(usize) -> bool| {
        let mut found = (0..table.columns.len()).filter(|at| holds_numbers(table, *at) && fits(*at));
        found.next().filter(|_| found.next().is_none())
    };
    let share = one(&is_share)?;
    let amount = one(&|at| at != share && is_money(table, at))?;
    Some([amount, share])
}

fn tokens_of_share(table: &Typed<'_>, column: usize) -> bool {
    const SHARE: &[&str] = &["percent", "prozent", "pct", "pourcent", "porcentaje", "pourcentage"];
    table.columns[column].name.iter().any(|word| SHARE.contains(&word.text.as_str()))
}
