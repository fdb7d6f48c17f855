//! Tables that describe one thing or a few, a property in each row: turned, so that each thing is a row. Those of several
//! documents, and sheets with the same columns, are put together.

use super::{Row, Table};

/// Names of the first column of such tables.
const PROPERTIES: &[&str] = &[
    "field",
    "property",
    "properties",
    "feature",
    "parameter",
    "attribute",
    "characteristic",
    "detail",
    "details",
    "specification",
    "key",
    "merkmal",
    "eigenschaft",
    "eigenschaften",
    "größe",
    "angabe",
    "kenngröße",
    "feld",
    "technical data",
    "technische daten",
    "kennwert",
    "daten",
    "model",
    "modell",
    "type",
    "typ",
    "paramètre",
    "caractéristique",
    "caractéristiques",
    "modèle",
    "parámetro",
    "característica",
    "características",
    "modelo",
];

/// Names of the other column, where there is one: it names no thing.
const VALUES: &[&str] = &["value", "values", "wert", "werte", "angabe", "data", ""];

/// Names of a column with the unit of each property.
const UNITS: &[&str] = &[
    "unit",
    "units",
    "unit of measure",
    "uom",
    "einheit",
    "einheiten",
    "unité",
    "unités",
    "unidad",
    "unidades",
];

/// Properties of a thing, and things beside one another.
const MOST_PROPERTIES: usize = 60;
const FEWEST_PROPERTIES: usize = 3;
const MOST_THINGS: usize = 8;

impl Table {
    /// The unit of each property behind its name, where they stand in a column.
    fn with_units_in_names(&self) -> Self {
        let is_unit = |at: &usize| *at > 0 && UNITS.contains(&self.names[*at].to_lowercase().as_str());
        let Some(column) = (0..self.names.len()).find(is_unit) else { return self.clone() };
        let mut table = self.clone();
        table.names.remove(column);
        for row in &mut table.rows {
            let unit = row.cells.remove(column);
            if unit.chars().any(|c| c.is_alphabetic() || c == '%') {
                row.cells[0] = format!("{} {unit}", row.cells[0]);
            }
        }
        table
    }

    /// With a row for each thing, where it has a property in each row.
    pub(crate) fn turned(&self) -> Option<Self> {
        self.with_units_in_names().turned_as_it_is()
    }

    fn turned_as_it_is(&self) -> Option<Self> {
        let things = self.names.len().checked_sub(1).filter(|things| (1..=MOST_THINGS).contains(things))?;
        let first = self.names[0].to_lowercase();
        let fits = PROPERTIES.contains(&first.as_str())
            && (FEWEST_PROPERTIES..=MOST_PROPERTIES).contains(&self.rows.len());
        let mut names: Vec<String> = self.rows.iter().map(|row| row.cells[0].clone()).collect();
        let mut different = names.clone();
        different.sort_unstable();
        different.dedup();
        if !fits || different.len() != names.len() {
            return None;
        }
        // Only what has names beside it is turned by a heading that may as well be one of things.
        const OF_THINGS: &[&str] = &["model", "modell", "type", "typ", "modèle", "modelo", "daten"];
        let named_by_codes = self.names[1..].iter().all(|name| name.chars().any(|c| c.is_ascii_digit()));
        if OF_THINGS.contains(&first.as_str()) && !named_by_codes {
            return None;
        }
        let named = things > 1 || !VALUES.contains(&self.names[1].to_lowercase().as_str());
        let (start, end) = (self.rows.first()?.start, self.rows.last()?.end);
        let row = |thing: usize| {
            let label = named.then(|| self.names[thing].clone());
            let cells = self.rows.iter().map(|row| row.cells[thing].clone());
            Row { cells: label.into_iter().chain(cells).collect(), start, end }
        };
        let rows = (1..=things).map(row).collect();
        if named {
            names.insert(0, self.names[0].clone());
        }
        Some(Self { title: self.title.clone(), names, rows })
    }

    /// Whether most properties of the one are properties of the other.
    pub(crate) fn describes_like(&self, other: &Self) -> bool {
        let shared = self.names.iter().filter(|name| other.names.contains(name)).count();
        shared >= FEWEST_PROPERTIES && shared * 10 >= self.names.len().max(other.names.len()) * 6
    }

    /// Takes the rows of another table, and the columns that only that has.
    pub(crate) fn join(&mut self, other: &Self) {
        for name in &other.names {
            if !self.names.contains(name) {
                self.names.push(name.clone());
            }
        }
        let width = self.names.len();
        self.rows.iter_mut().for_each(|row| row.cells.resize(width, String::new()));
        for row in &other.rows {
            let cell = |name: &String| {
                let place = other.names.iter().position(|known| known == name);
                place.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default()
            };
            let cells = self.names.iter().map(cell).collect();
            self.rows.push(Row { cells, start: row.start, end: row.end });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables_in;

    #[test]
    fn sheets_of_single_things_are_put_together() {
        let sheet = |name: &str, load: &str| {
            let text = format!(
                "| Field | Value |\n|---|---|\n| Press | {name} |\n| Built | 1999 |\n| Load | {load} |\n"
            );
            tables_in(&text, 0, "").remove(0).turned().unwrap()
        };
        let mut one = sheet("P-1", "4 t");
        let other = sheet("P-2", "6 t");
        assert!(one.describes_like(&other));
        one.join(&other);
        assert_eq!(one.names, ["Press", "Built", "Load"]);
        let rows: Vec<&[String]> = one.rows.iter().map(|row| &row.cells[..]).collect();
        assert_eq!(rows, [["P-1", "1999", "4 t"], ["P-2", "1999", "6 t"]]);
    }

    #[test]
    fn things_beside_one_another_are_rows_with_their_names() {
        let text = "| Property | Kite 2 | Kite 3 |\n|---|---|---|\n| Span | 9 m | 11 m |\n| Mass | 4 kg | 5 kg |\n| Crew | 1 | 2 |\n";
        let turned = tables_in(text, 0, "").remove(0).turned().unwrap();
        assert_eq!(turned.rows[1].cells, ["Kite 3", "11 m", "5 kg", "2"]);
        let plain = "| Item | Price |\n|---|---|\n| Tea | 2 |\n| Rum | 9 |\n| Ale | 3 |\n";
        assert!(tables_in(plain, 0, "").remove(0).turned().is_none());
    }
}
