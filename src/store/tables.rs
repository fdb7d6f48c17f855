//! Tables that stand on pages, as cells. Kept and removed with the page that they begin on.

use std::collections::HashMap;

use super::error::StoreError;
use super::rights::role_in;
use super::side::Side;
use super::statement::{execute, fetch_all, statements};
use super::tx::Tx;
use docent_domain::table::{Cell, Place, Table};
use docent_domain::{DocumentId, ProjectId, Scope};

statements! {
    KEEP_TABLE = "
        INSERT INTO page_tables (document_id, generation, number, place, last_page, caption, header_rows, width, cells)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (document_id, generation, number, place) DO NOTHING";
    LIVE_TABLES = concat!("
        SELECT t.number, t.last_page, t.caption, t.header_rows, t.width, t.cells
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN page_tables t ON t.document_id = d.id AND t.generation = d.live_generation
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL) AND d.id = $4
        ORDER BY t.number, t.place LIMIT $5");
    TABLE_PAGES = concat!("
        SELECT g.number, g.start_offset, g.text
        FROM documents d
        JOIN projects p ON p.id = d.project_id AND p.deleted_at IS NULL
        JOIN pages g ON g.document_id = d.id AND g.generation = d.live_generation
        WHERE d.deleted_at IS NULL AND d.project_id = $1
          AND ($2 OR ", role_in!("$1", "$3"), " IS NOT NULL) AND d.id = $4
          AND g.number >= $5 AND g.number <= $6
        ORDER BY g.number");
}

/// A table as it is shown: where each of its rows stands in the document's text, in code points.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownTable {
    pub table: Table,
    /// For each row: from its first cell to its last. `None` where none of its cells stands in the text as one piece.
    pub rows: Vec<Option<(i64, i64)>>,
}

#[derive(sqlx::FromRow)]
struct TableRow {
    number: i64,
    last_page: i64,
    caption: Option<String>,
    header_rows: i64,
    width: i64,
    cells: String,
}

/// A cell as it is kept.
type Kept = (String, usize, usize, usize, Option<(i64, usize, usize)>);

impl TryFrom<TableRow> for Table {
    type Error = StoreError;

    fn try_from(row: TableRow) -> Result<Self, StoreError> {
        let rows: Vec<Vec<Kept>> = serde_json::from_str(&row.cells)
            .map_err(|_| StoreError::Unreadable { value: row.cells, expected: "the cells of a table" })?;
        let cell = |(text, column, column_span, row_span, place): Kept| Cell {
            text,
            column,
            column_span,
            row_span,
            place: place.map(|(page, start, end)| Place { page, start, end }),
        };
        Ok(Self {
            page: row.number,
            last_page: row.last_page,
            caption: row.caption,
            header_rows: usize::try_from(row.header_rows).unwrap_or_default(),
            columns: usize::try_from(row.width).unwrap_or_default(),
            rows: rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
        })
    }
}

impl<S: Side> Tx<S> {
    /// The tables of a document that searches show, in the order of its pages.
    pub async fn live_tables(
        &mut self,
        scope: &Scope,
        project: ProjectId,
        document: DocumentId,
        limit: i64,
    ) -> Result<Vec<ShownTable>, StoreError> {
        let (all, user) = (scope.everything(), scope.user().get());
        let (project, document) = (project.get(), document.get());
        let rows = fetch_all!(self, TableRow, LIVE_TABLES, project, all, user, document, limit)?;
        let tables: Vec<Table> = rows.into_iter().map(Table::try_from).collect::<Result<_, _>>()?;
        let first = tables.iter().map(|table| table.page).min();
        let last = tables.iter().map(|table| table.last_page).max();
        let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
        let pages =
            fetch_all!(self, (i64, i64, String), TABLE_PAGES, project, all, user, document, first, last)?;
        let pages: HashMap<i64, (i64, String)> =
            pages.into_iter().map(|(number, start, text)| (number, (start, text))).collect();
        Ok(tables.into_iter().map(|table| shown(table, &pages)).collect())
    }
}

fn shown(table: Table, pages: &HashMap<i64, (i64, String)>) -> ShownTable {
    let place = |cell: &Cell| {
        let place = cell.place?;
        let (offset, text) = pages.get(&place.page)?;
        let points = |bytes: usize| i64::try_from(text.get(..bytes)?.chars().count()).ok();
        Some((offset + points(place.start)?, offset + points(place.end)?))
    };
    let rows = table
        .rows
        .iter()
        .map(|row| row.iter().filter_map(place).reduce(|one, other| (one.0.min(other.0), one.1.max(other.1))))
        .collect();
    ShownTable { table, rows }
}

impl Tx {
    /// Keeps the tables of pages that have just been spooled, in the same transaction.
    pub async fn keep_tables(
        &mut self,
        (document, generation): (DocumentId, i64),
        tables: &[Table],
    ) -> Result<(), StoreError> {
        let mut places: HashMap<i64, i64> = HashMap::new();
        for table in tables {
            let place = places.entry(table.page).or_default();
            let cell = |cell: &Cell| -> Kept {
                let at = cell.place.map(|place| (place.page, place.start, place.end));
                (cell.text.clone(), cell.column, cell.column_span, cell.row_span, at)
            };
            let rows: Vec<Vec<Kept>> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
            let cells = serde_json::to_string(&rows).unwrap_or_else(|_| "[]".to_owned());
            let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
            execute!(
                self,
                KEEP_TABLE,
                document.get(),
                generation,
                table.page,
                *place,
                table.last_page,
                table.caption.as_deref(),
                number(table.header_rows),
                number(table.columns),
                &cells,
            )?;
            *place += 1;
        }
        Ok(())
    }
}
