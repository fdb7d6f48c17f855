//! The macros that bind and run one constant statement on whichever database the transaction speaks to.

/// Declares the statements of a file, and `ALL`, the list of them that `STATEMENTS` collects.
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$doc])* const $name: &str = $sql;)*
        /// For the test that prepares each statement on both databases.
        pub(super) const ALL: &[(&str, &str)] =
            &[$((concat!(module_path!(), "::", stringify!($name)), $name),)*];
    };
}

/// `fetch_all!(tx, RowType, STATEMENT, bind, …)`.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.connection() {
            $crate::tx::Connection::Sqlite(connection) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(connection).await
            }
            $crate::tx::Connection::Postgres(connection) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_all(connection).await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// `fetch_optional!(tx, RowType, STATEMENT, bind, …)`.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.connection() {
            $crate::tx::Connection::Sqlite(connection) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(connection).await
            }
            $crate::tx::Connection::Postgres(connection) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_optional(connection).await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// `fetch_one!(tx, RowType, STATEMENT, bind, …)`: for statements that always give a row.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.connection() {
            $crate::tx::Connection::Sqlite(connection) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(connection).await
            }
            $crate::tx::Connection::Postgres(connection) => {
                sqlx::query_as::<_, $row>($sql)$(.bind($bind))*.fetch_one(connection).await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// `execute!(tx, STATEMENT, bind, …)`: how many rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.connection() {
            $crate::tx::Connection::Sqlite(connection) => {
                sqlx::query($sql)$(.bind($bind))*.execute(connection).await.map(|done| done.rows_affected())
            }
            $crate::tx::Connection::Postgres(connection) => {
                sqlx::query($sql)$(.bind($bind))*.execute(connection).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// `fetch_all_in!(tx, RowType, STATEMENT, ids, bind, …)`: `$1` to `$64` are the ids of one part (see [`padded`]), the
/// other binds follow from `$65` on.
macro_rules! fetch_all_in {
    ($tx:expr, $row:ty, $sql:expr, $ids:expr $(, $bind:expr)* $(,)?) => {
        match $tx.connection() {
            $crate::tx::Connection::Sqlite(connection) => {
                let mut query = sqlx::query_as::<_, $row>($sql);
                for id in $ids {
                    query = query.bind(id);
                }
                query$(.bind($bind))*.fetch_all(connection).await
            }
            $crate::tx::Connection::Postgres(connection) => {
                let mut query = sqlx::query_as::<_, $row>($sql);
                for id in $ids {
                    query = query.bind(id);
                }
                query$(.bind($bind))*.fetch_all(connection).await
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// `execute_in!(tx, STATEMENT, ids, bind, …)`: as [`fetch_all_in`], for statements that give no rows.
macro_rules! execute_in {
    ($tx:expr, $sql:expr, $ids:expr $(, $bind:expr)* $(,)?) => {
        match $tx.connection() {
            $crate::tx::Connection::Sqlite(connection) => {
                let mut query = sqlx::query($sql);
                for id in $ids {
                    query = query.bind(id);
                }
                query$(.bind($bind))*.execute(connection).await.map(|done| done.rows_affected())
            }
            $crate::tx::Connection::Postgres(connection) => {
                let mut query = sqlx::query($sql);
                for id in $ids {
                    query = query.bind(id);
                }
                query$(.bind($bind))*.execute(connection).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::StoreError::from)
    };
}

/// The placeholders of one part of a list of ids, for `concat!`.
macro_rules! ids {
    () => {
        "$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27,$28,\
         $29,$30,$31,$32,$33,$34,$35,$36,$37,$38,$39,$40,$41,$42,$43,$44,$45,$46,$47,$48,$49,$50,$51,$52,$53,$54,\
         $55,$56,$57,$58,$59,$60,$61,$62,$63,$64"
    };
}

pub(super) use {execute, execute_in, fetch_all, fetch_all_in, fetch_one, fetch_optional, ids, statements};

/// How many ids one part of a list holds.
pub(super) const IDS: usize = 64;

/// `ids` in parts of [`IDS`], the last one filled up with an id that no row has: the statement's text stays the same
/// whatever the list's length, and is prepared once.
pub(super) fn padded(ids: impl IntoIterator<Item = i64>) -> Vec<[i64; IDS]> {
    let ids: Vec<i64> = ids.into_iter().collect();
    let fill = |part: &[i64]| {
        let mut full = [-1; IDS];
        full[..part.len()].copy_from_slice(part);
        full
    };
    ids.chunks(IDS).map(fill).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_cut_and_filled_up() {
        let parts = padded(0..70);
        assert_eq!(parts.len(), 2);
        assert_eq!((parts[0][63], parts[1][5], parts[1][6]), (63, 69, -1));
        assert_eq!(ids!().split(',').count(), IDS);
    }
}
