//! What rows or columns come to, and what share one row has of all.

use super::Outcome;
use super::conditions::{Held, held};
use super::heads::{Column, columns, only};
use super::naming::content;
use super::view::{Places, View};
use crate::reckon::amount::Amount;
use crate::reckon::grid::Spot;
use crate::reckon::{Reckoned, Said};
use crate::tables::words::{month_number, tokens};
use crate::ways::{Text, plain};

const SUM: Text = Text::new("**{}** = {} ({}: {}; {})", "**{}** = {} ({}: {}; {})");
const SUM_OF: Text = Text::new("sum of {} rows", "Summe von {} Zeilen");
const STATED: Text = Text::new("**{}** ({}, {}; {})", "**{}** ({}, {}; {})");
const ALL: Text = Text::new("all rows of “{}”", "alle Zeilen von „{}“");
const SHARE: Text = Text::new("**{} %** = {} of {} ({}, {}; {})", "**{} %** = {} von {} ({}, {}; {})");

/// Amounts that are written out.
const WRITTEN: usize = 12;

/// No word may be left over.
const LEFT: usize = 0;

pub(super) fn sum(view: &View<'_, '_>) -> Option<Outcome> {
    let held = held(view)?;
    across(view, &held).or_else(|| of_rows(view, &held))
}

/// The amounts of one column.
fn of_rows(view: &View<'_, '_>, held: &Held) -> Option<Outcome> {
    let column = measure(view, held)?;
    let words: Places = held.words.iter().chain(&column.words).copied().collect();
    let rank = view.rank(&words, LEFT)?;
    let all = held.said.is_empty();
    if all && rank.2 + rank.3 == 0 {
        return None;
    }
    let amounts: Vec<(usize, Amount)> =
        held.rows.iter().filter_map(|row| Some((*row, view.grid.amount(*row, column.at)?))).collect();
    let (_, first) = amounts.first()?;
    if amounts.len() < 2 || first.is_share() || amounts.iter().any(|(_, amount)| !amount.is_like(first)) {
        return None;
    }
    let total = added(amounts.iter().map(|(_, amount)| amount))?;
    let head = plain(view.grid.head(column.at));
    let place = |row: usize| view.desk.place(Spot { grid: view.at, row, column: column.at });
    if let Some((row, stated)) = stated(view, column.at).filter(|_| all) {
        // A total that is another one leaves open what is meant.
        if (stated.value - total.value).abs() > 0.01 * total.value.abs().max(1.0) {
            return None;
        }
        let texts = [stated.written(), view.name(row), head, view.file()];
        let text = view.desk.text(&STATED, &texts.each_ref().map(String::as_str));
        let said = Said { text, places: vec![place(row)] };
        return Some(outcome(rank, stated.written(), said, "total"));
    }
    let said = if all { view.desk.text(&ALL, &[&plain(&view.grid.title)]) } else { held.said.join("; ") };
    let parts = parts(view, amounts.iter().map(|(_, amount)| amount));
    let texts = [total.written(), parts, head, said, view.file()];
    let text = view.desk.text(&SUM, &texts.each_ref().map(String::as_str));
    let places = amounts.iter().map(|(row, _)| place(*row)).collect();
    Some(outcome(rank, total.written(), Said { text, places }, "sum"))
}

fn outcome(rank: super::Rank, value: String, said: Said, way: &'static str) -> Outcome {
    Outcome { rank, value, said: Reckoned { lines: vec![said], way } }
}

fn added<'m>(mut amounts: impl Iterator<Item = &'m Amount>) -> Option<Amount> {
    let first = amounts.next()?.clone();
    Some(amounts.fold(first, |sum, amount| sum.with(sum.value + amount.value, Some(amount))))
}

fn parts<'m>(view: &View<'_, '_>, amounts: impl Iterator<Item = &'m Amount>) -> String {
    let written: Vec<String> = amounts.map(Amount::written).collect();
    if written.len() <= WRITTEN {
        written.join(" + ")
    } else {
        view.desk.text(&SUM_OF, &[&written.len().to_string()])
    }
}

/// The one row that sums up the others, with its amount.
fn stated(view: &View<'_, '_>, column: usize) -> Option<(usize, Amount)> {
    let rows = (0..view.grid.rows.len()).filter(|row| view.grid.is_total(*row));
    let mut found = rows.filter_map(|row| Some((row, view.grid.amount(row, column)?)));
    let (first, None) = (found.next()?, found.next()) else { return None };
    Some(first)
}

/// The column of amounts that the question names; the only one, where it names none.
fn measure(view: &View<'_, '_>, held: &Held) -> Option<Column> {
    let among: Vec<usize> =
        view.grid.measures.iter().copied().filter(|column| !held.columns.contains(column)).collect();
    let named = columns(view, &among, &held.words);
    if !named.is_empty() {
        return only(named);
    }
    let [at] = among[..] else { return None };
    let money = view.grid.is_money_mostly(at) && view.desk.asked.asks_money();
    money.then(|| Column { at, words: Places::new(), whole: true })
}

/// Several columns of the one row that is named: those that share a word of the question and differ by month, all of them or
/// those of the quarter or half that it names.
fn across(view: &View<'_, '_>, held: &Held) -> Option<Outcome> {
    let [row] = held.rows[..] else { return None };
    if held.said.is_empty() {
        return None;
    }
    let month =
        |column: usize| tokens(view.grid.head(column)).iter().find_map(|word| month_number(&word.text));
    let dated: Vec<usize> =
        view.grid.measures.iter().copied().filter(|column| month(*column).is_some()).collect();
    let months = &view.period.months;
    let chosen: Vec<usize> = dated
        .iter()
        .copied()
        .filter(|column| months.is_empty() || month(*column).is_some_and(|it| months.contains(&it)))
        .collect();
    if chosen.len() < 2 || !months.is_empty() && chosen.len() != months.len() {
        return None;
    }
    // "Tickets January", "Vouchers January": one kind of them.
    let kind = |column: usize| -> Vec<String> {
        let words = content(&view.grid.heads[column]).into_iter();
        words.filter(|word| month_number(&word.text).is_none()).map(|word| word.stem).collect()
    };
    let named = |column: &usize| {
        kind(*column).iter().all(|stem| {
            view.grid.heads[*column]
                .iter()
                .filter(|own| own.stem == *stem)
                .any(|own| !view.places_like(own).is_empty())
        })
    };
    let chosen: Vec<usize> = chosen.into_iter().filter(named).collect();
    let first = *chosen.first()?;
    if chosen.len() < 2 || chosen.iter().any(|column| kind(*column) != kind(first)) {
        return None;
    }
    let mut words: Places = held.words.clone();
    words.extend(view.period.places.iter().filter(|place| month_or_part(view, **place)));
    words.extend(view.grid.heads[first].iter().flat_map(|own| view.places_like(own)));
    let rank = view.rank(&words, LEFT)?;
    let amounts: Vec<Amount> = chosen.iter().filter_map(|column| view.grid.amount(row, *column)).collect();
    let like = amounts.iter().all(|amount| amount.is_like(&amounts[0]));
    if amounts.len() != chosen.len() || !like {
        return None;
    }
    let total = added(amounts.iter())?;
    let heads: Vec<String> = chosen.iter().map(|column| plain(view.grid.head(*column))).collect();
    let texts =
        [total.written(), parts(view, amounts.iter()), view.name(row), heads.join(" + "), view.file()];
    let text = view.desk.text(&SUM, &texts.each_ref().map(String::as_str));
    let places = vec![view.desk.place(Spot { grid: view.at, row, column: first })];
    Some(outcome(rank, total.written(), Said { text, places }, "sum"))
}

/// Whether a word of a time says a month or a part of a year; a year is left to the table's name.
fn month_or_part(view: &View<'_, '_>, place: usize) -> bool {
    view.word(place).text.parse::<i32>().is_err()
}

/// What the one row that is named has of the total, in per cent.
pub(super) fn share(view: &View<'_, '_>) -> Option<Outcome> {
    let held = held(view)?;
    let [row] = held.rows[..] else { return None };
    if held.said.is_empty() {
        return None;
    }
    let column = measure(view, &held).or_else(|| {
        let [at] = view.grid.measures[..] else { return None };
        Some(Column { at, words: Places::new(), whole: true })
    })?;
    let words: Places = held.words.iter().chain(&column.words).copied().collect();
    let rank = view.rank(&words, LEFT)?;
    let one = view.grid.amount(row, column.at)?;
    let all: Vec<Amount> =
        view.rows().into_iter().filter_map(|row| view.grid.amount(row, column.at)).collect();
    let stated = stated(view, column.at);
    let total = stated.as_ref().map(|(_, amount)| amount.clone()).or_else(|| added(all.iter()))?;
    if one.is_share() || !one.is_like(&total) || total.value <= 0.0 || all.len() < 2 {
        return None;
    }
    let percent = format!("{:.2}", one.value / total.value * 100.0);
    let percent = percent.trim_end_matches('0').trim_end_matches('.').to_owned();
    let percent = if view.desk.language == "de" { percent.replace('.', ",") } else { percent };
    let head = plain(view.grid.head(column.at));
    let texts = [percent.clone(), one.written(), total.written(), view.name(row), head, view.file()];
    let text = view.desk.text(&SHARE, &texts.each_ref().map(String::as_str));
    let spots = [Some(row), stated.map(|(row, _)| row)].into_iter().flatten();
    let places = spots.map(|row| view.desk.place(Spot { grid: view.at, row, column: column.at })).collect();
    Some(outcome(rank, percent, Said { text, places }, "share"))
}
