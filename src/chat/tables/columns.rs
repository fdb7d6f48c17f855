//! What a column of a table is: what its name is about, whether its numbers count or name something, whether it holds money.

use super::typed::{ColumnKind, Typed};
use super::words::Token;

/// Parts of the names of columns that say how what stands there is counted or kept.
const UNITS: &[&str] = &[
    "no", "nr", "number", "nummer", "id", "code", "eur", "euro", "euros", "usd", "gbp", "chf", "kg", "g",
    "t", "mm", "cm", "m", "km", "l", "h", "kw", "kwh", "per", "pro", "je", "in", "of", "the",
];

/// Whether a column holds numbers that name something.
pub(super) fn is_identifier(table: &Typed<'_>, column: usize) -> bool {
    const NAMING: &[&str] =
        &["no", "nr", "number", "nummer", "id", "code", "ext", "extension", "phone", "tel", "durchwahl"];
    table.columns[column].name.iter().any(|word| NAMING.contains(&word.text.as_str()))
}

pub(super) fn holds_numbers(table: &Typed<'_>, column: usize) -> bool {
    table.columns[column].kind == ColumnKind::Number && !is_identifier(table, column)
}

/// Whether a column holds amounts of money, as its name or its cells say.
pub(super) fn is_money(table: &Typed<'_>, column: usize) -> bool {
    const MONEY: &[&str] = &[
        "eur", "euro", "euros", "teur", "keur", "usd", "gbp", "chf", "dollar", "dollars", "pounds", "price",
        "cost", "rent", "fee", "amount", "preis", "kosten", "miete", "betrag", "prix", "coût", "loyer",
        "montant", "precio", "coste", "alquiler", "importe",
    ];
    let has_sign = |text: &str| text.contains(['£', '€', '$', '¥']);
    let named = table.columns[column].name.iter().any(|word| MONEY.contains(&word.text.as_str()));
    let signed = || (0..table.rows()).any(|row| has_sign(table.table.cell(row, column)));
    holds_numbers(table, column) && (named || has_sign(&table.table.names[column]) || signed())
}

/// What a column's name is about, without units.
pub(super) fn core<'t>(table: &'t Typed<'_>, column: usize) -> Vec<&'t Token> {
    let name = &table.columns[column].name;
    let core: Vec<&Token> = name.iter().filter(|word| !UNITS.contains(&word.text.as_str())).collect();
    if core.is_empty() { name.iter().collect() } else { core }
}

/// What the amounts of a column are per, as its name says: "Rent per week".
pub(super) fn per_what<'t>(table: &'t Typed<'_>, column: usize) -> impl Iterator<Item = &'t Token> {
    const PER: &[&str] = &["per", "pro", "je", "par", "por"];
    let pairs = table.columns[column].name.windows(2);
    pairs.filter(|pair| PER.contains(&pair[0].text.as_str())).map(|pair| &pair[1])
}

/// The rows with yes and those with no, where a column says nothing else.
pub(super) fn flags(table: &Typed<'_>, column: usize) -> Option<[Vec<usize>; 2]> {
    const YES: &[&str] = &["yes", "y", "true", "x", "✓", "ja", "j"];
    const NO: &[&str] = &["no", "n", "false", "nein", "-", ""];
    let mut rows = [Vec::new(), Vec::new()];
    for row in 0..table.rows() {
        let cell = table.table.cell(row, column).trim().to_lowercase();
        let side = if YES.contains(&cell.as_str()) { 0 } else { usize::from(NO.contains(&cell.as_str())) };
        if side == 0 && !YES.contains(&cell.as_str()) {
            return None;
        }
        rows[side].push(row);
    }
    (!rows[0].is_empty()).then_some(rows)
}
