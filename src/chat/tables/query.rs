//! A query to a table in parts that a program can write: an operation, a column, conditions.

use serde_json::{Value, json};

use super::plan::{Condition, Plan, Sign, What};
use super::{Table, Typed, run};

/// Rows that are told in full.
const ROWS: usize = 30;

/// Tables that are told of.
const TABLES: usize = 20;

/// Conditions of one query.
const CONDITIONS: usize = 8;

/// JSON Schema of a query.
pub(crate) fn schema() -> Value {
    schema_with_values(&json!("string"))
}

/// The same for callers that may send values of other JSON types, too: a type, or a list of them.
pub fn schema_with_values(types: &Value) -> Value {
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
                        "value": {"type": types},
                    },
                    "required": ["column", "sign", "value"],
                },
            },
        },
        "required": ["document_id"],
    })
}

/// What came of a query.
pub(crate) struct Queried {
    pub(crate) told: Value,
    /// Where the rows that it stands on begin in the document's text.
    pub(crate) starts: Vec<i64>,
}

/// Which tables and columns there are, or what comes of the operation. An error is a sentence for who asks.
pub(crate) fn query(tables: &[Table], wanted: &Value) -> Result<Queried, String> {
    let Some(operation) = text(wanted, "operation")? else {
        return Ok(Queried { told: overview(tables), starts: Vec::new() });
    };
    let place = match wanted.get("table") {
        None | Some(Value::Null) => 0,
        Some(place) => place.as_u64().ok_or("`table` must be a whole number")?,
    };
    let table = usize::try_from(place).ok().and_then(|place| tables.get(place));
    let table = table.ok_or_else(|| format!("the document has {} tables", tables.len()))?;
    let column = text(wanted, "column")?.map(|name| column_of(table, name)).transpose()?;
    let conditions = conditions(table, wanted.get("where"))?;
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
    let outcome = run::run(&Typed::of(table), &Plan { what, conditions });
    let outcome = outcome.ok_or("there are no numbers in these rows")?;
    let used: Vec<_> = outcome.rows.iter().filter_map(|row| table.rows.get(*row)).collect();
    let rows: Vec<&Vec<String>> = used.iter().take(ROWS).map(|row| &row.cells).collect();
    let told = json!({
        "result": outcome.answers,
        "formula": outcome.formula,
        "rows_used": outcome.rows.len(),
        "columns": table.names,
        "rows": rows,
    });
    Ok(Queried { told, starts: used.iter().map(|row| row.start).collect() })
}

fn text<'a>(wanted: &'a Value, field: &str) -> Result<Option<&'a str>, String> {
    match wanted.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim())),
        Some(_) => Err(format!("`{field}` must be a string")),
    }
}

fn overview(tables: &[Table]) -> Value {
    let tables: Vec<Value> = tables
        .iter()
        .take(TABLES)
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
    let number = super::Value::of(&value).number;
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
        let equal = number.is_some() && super::Value::of(&cell).number == number;
        cell == wanted || equal
    };
    let rows = (0..table.rows.len()).filter(|row| same(table.cell(*row, column))).collect();
    Ok(Condition::Among { column, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(wanted: &Value) -> Result<String, String> {
        let text = "site | species | pairs\n\nsite: Alder | species: tern | pairs: 14\nsite: Birch | species: owl | pairs: 3\n";
        query(&crate::tables::tables_in(text, 0, "birds"), wanted).map(|queried| queried.told.to_string())
    }

    #[test]
    fn a_query_is_computed_or_says_what_is_wrong_with_it() {
        insta::assert_snapshot!(asked(&json!({})).unwrap(), @r#"{"tables":[{"table":0,"title":"birds","columns":["site","species","pairs"],"rows":2}]}"#);
        let sum = json!({"operation": "sum", "column": "Pairs"});
        insta::assert_snapshot!(asked(&sum).unwrap(), @r#"{"result":["17"],"formula":"sum of “pairs”","rows_used":2,"columns":["site","species","pairs"],"rows":[["Alder","tern","14"],["Birch","owl","3"]]}"#);
        let many = json!({"operation": "count", "where": [{"column": "pairs", "sign": ">", "value": 3}]});
        insta::assert_snapshot!(asked(&many).unwrap(), @r#"{"result":["1"],"formula":"number of rows where “pairs” > 3","rows_used":1,"columns":["site","species","pairs"],"rows":[["Alder","tern","14"]]}"#);
        insta::assert_snapshot!(asked(&json!({"operation": "sum", "column": "eggs"})).unwrap_err(), @"there is no column `eggs`; there are: site, species, pairs");
        insta::assert_snapshot!(asked(&json!({"operation": "sum"})).unwrap_err(), @"`column` is missing");
        insta::assert_snapshot!(asked(&json!({"operation": "sum", "table": 4})).unwrap_err(), @"the document has 1 tables");
        insta::assert_snapshot!(asked(&json!({"operation": "sing"})).unwrap_err(), @"there is no operation `sing`");
    }
}
