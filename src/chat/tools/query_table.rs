//! `query_table`: the model has a table of a document computed, and does not add up by itself.

use serde_json::{Value, json};

use super::BuiltIn;
use super::arguments::{optional_integer, optional_text};
use super::desk::{Desk, Outcome, failed};
use crate::tables::plan::{Condition, Plan, Sign, What};
use crate::tables::{Table, Typed, run};
use crate::ways::{Whole, source};
use docent_domain::DocumentId;

/// Rows that are told in full.
const ROWS: usize = 30;

/// Conditions of one query.
const CONDITIONS: usize = 8;

pub(super) const TOOL: BuiltIn = BuiltIn {
    name: "query_table",
    description: "Computes from a table of a document: counts rows, adds up, averages, finds the highest or lowest value, or \
                  lists rows, with conditions on columns. Call it without an operation to see which tables and columns \
                  a document has. Use it for every number that has to be counted or calculated.",
    parameters,
    run: |desk, arguments| Box::pin(run(desk, arguments)),
};

fn parameters() -> Value {
    json!({
        "type": "object",
        "properties": {
            "document_id": {"type": "integer"},
            "table": {"type": "integer", "minimum": 0, "description": "Which table of the document, counted from 0."},
            "operation": {"type": "string", "enum": ["count", "distinct", "sum", "average", "max", "min", "rows"]},
            "column": {"type": "string", "description": "The column that is computed with."},
            "where": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "column": {"type": "string"},
                        "sign": {"type": "string", "enum": ["=", "<", "<=", ">", ">=", "contains"]},
                        "value": {"type": "string"},
                    },
                    "required": ["column", "sign", "value"],
                },
            },
        },
        "required": ["document_id"],
    })
}

async fn run(desk: &Desk<'_>, arguments: &Value) -> Result<Outcome, String> {
    const MISSING: &str = "there is no such document in this project, or it is too long to compute with";
    let id = optional_integer(arguments, "document_id", 1, i64::MAX)?.ok_or("`document_id` is missing")?;
    let document = DocumentId::from(id);
    if !desk.is_wanted(document) {
        return Err(MISSING.to_owned());
    }
    let mut tx = desk.store.read().await.map_err(failed)?;
    let whole =
        Whole::read(&mut tx, desk.scope, desk.project, document).await.map_err(failed)?.ok_or(MISSING)?;
    drop(tx);
    let tables = whole.tables();
    let Some(operation) = optional_text(arguments, "operation", 20)? else {
        return desk.given(overview(&tables));
    };
    let place = optional_integer(arguments, "table", 0, 10_000)?.unwrap_or(0);
    let table = usize::try_from(place).ok().and_then(|place| tables.get(place));
    let table = table.ok_or_else(|| format!("the document has {} tables", tables.len()))?;
    let column = optional_text(arguments, "column", 200)?.map(|name| column_of(table, name)).transpose()?;
    let conditions = conditions(table, arguments.get("where"))?;
    let needed = || column.ok_or_else(|| "`column` is missing".to_owned());
    let what = match operation {
        "count" | "rows" => What::Count,
        "distinct" => What::CountDistinct(needed()?),
        "sum" => What::Sum(needed()?),
        "average" => What::Average(needed()?),
        "max" => What::Extreme { of: needed()?, most: true },
        "min" => What::Extreme { of: needed()?, most: false },
        other => return Err(format!("there is no operation `{other}`")),
    };
    let outcome = run::run(&Typed::of(table), &Plan { what, conditions }).ok_or("there are no numbers in these rows")?;
    let rows: Vec<Vec<&str>> = outcome
        .rows
        .iter()
        .take(ROWS)
        .filter_map(|row| table.rows.get(*row))
        .map(|row| row.cells.iter().map(String::as_str).collect())
        .collect();
    let told = json!({
        "result": outcome.answers,
        "formula": outcome.formula,
        "rows_used": outcome.rows.len(),
        "columns": table.names,
        "rows": rows,
    });
    let mut passages = Vec::new();
    for row in outcome.rows.iter().filter_map(|row| table.rows.get(*row)) {
        if let Some(chunk) = whole.passage(row.start)
            && passages.len() < 2
            && passages
                .iter()
                .all(|known: &docent_domain::source::Source| known.chunk_index != chunk.position)
        {
            passages.push(source(chunk));
        }
    }
    let mut result = desk.passages(passages, &told.to_string())?;
    result.shown = told;
    Ok(result)
}

fn overview(tables: &[Table]) -> Value {
    let tables: Vec<Value> = tables
        .iter()
        .take(20)
        .enumerate()
        .map(|(n, table)| json!({ "table": n, "title": table.title, "columns": table.names, "rows": table.rows.len() }))
        .collect();
    json!({ "tables": tables })
}

fn column_of(table: &Table, name: &str) -> Result<usize, String> {
    let wanted = name.trim().to_lowercase();
    let place = table.names.iter().position(|known| known.to_lowercase() == wanted);
    place.ok_or_else(|| format!("there is no column `{name}`; there are: {}", table.names.join(", ")))
}

fn conditions(table: &Table, wanted: Option<&Value>) -> Result<Vec<Condition>, String> {
    let Some(list) = wanted.and_then(Value::as_array) else { return Ok(Vec::new()) };
    if list.len() > CONDITIONS {
        return Err(format!("at most {CONDITIONS} conditions"));
    }
    list.iter().map(|one| condition(table, one)).collect()
}

fn condition(table: &Table, wanted: &Value) -> Result<Condition, String> {
    let text = |name: &str| match wanted.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => Err(format!("`{name}` of a condition is missing")),
    };
    let (column, sign, value) = (column_of(table, &text("column")?)?, text("sign")?, text("value")?);
    let number = crate::tables::Value::of(&value).number;
    let compared = match sign.as_str() {
        "<" => Some(Sign::Less),
        "<=" => Some(Sign::AtMost),
        ">" => Some(Sign::More),
        ">=" => Some(Sign::AtLeast),
        "=" | "contains" => None,
        other => return Err(format!("there is no sign `{other}`")),
    };
    if let Some(sign) = compared {
        let value = number.ok_or_else(|| format!("`{value}` is no number"))?;
        return Ok(Condition::Compare { column, sign, value });
    }
    let wanted = value.trim().to_lowercase();
    let same = |cell: &str| {
        let cell = cell.trim().to_lowercase();
        if sign == "contains" {
            return cell.contains(&wanted);
        }
        let equal = number.is_some() && crate::tables::Value::of(&cell).number == number;
        cell == wanted || equal
    };
    let rows = (0..table.rows.len()).filter(|row| same(table.cell(*row, column))).collect();
    Ok(Condition::Among { column, rows })
}
