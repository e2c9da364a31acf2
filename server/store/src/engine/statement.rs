//! SQL statements, each written once for both engines in a `.sql` file.
//!
//! The engines agree on everything except two things, for which the files have a notation of their own; the third
//! notation is the same for both:
//!
//! - `{$2: post_id uuid, captured_at bigint}` is a table of many rows brought as arguments, the statement's last: on
//!   PostgreSQL an array for each column (`$2`, `$3`, …), on SQLite one JSON text (`$2`).
//! - `{lock}`, after a `SELECT` of one row, keeps other writers off that row until the transaction ends. SQLite has one
//!   writer, which holds the whole file; there it is left out.
//! - `{columns: post}` is the list of a record's columns, and `{columns: post AS p}` the same of the table `p`. The lists
//!   are in [`columns`](crate::columns).

use crate::columns;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Returns the statement in the file of this name in `store/sql`.
macro_rules! sql {
    ($name:literal) => {{
        static STATEMENT: $crate::engine::Statement =
            $crate::engine::Statement::new(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/sql/", $name, ".sql")));
        &STATEMENT
    }};
}
pub(crate) use sql;

/// One statement, and its text for each engine.
#[derive(Debug)]
pub struct Statement {
    text: &'static str,
    sqlite: OnceLock<&'static str>,
    postgres: OnceLock<&'static str>,
}

impl Statement {
    /// Creates a statement from the text of its file.
    pub const fn new(text: &'static str) -> Statement {
        Statement { text, sqlite: OnceLock::new(), postgres: OnceLock::new() }
    }

    /// Creates a statement that is assembled while the program runs. It is never freed, so create it once for each
    /// table.
    pub fn assembled(text: String) -> &'static Statement {
        Box::leak(Box::new(Statement::new(text.leak())))
    }

    /// Returns the text for SQLite.
    pub(super) fn sqlite(&self) -> &'static str {
        // The text is leaked on purpose: there is one per file, needed for as long as the program runs.
        self.sqlite.get_or_init(|| sqlite_text(self.text).leak())
    }

    /// Returns the text for PostgreSQL.
    pub(super) fn postgres(&self) -> &'static str {
        self.postgres.get_or_init(|| postgres_text(self.text).leak())
    }
}

/// Translates the text of a statement for SQLite.
pub fn sqlite_text(text: &str) -> String {
    translated(text, "", |argument, columns| {
        let mut table = String::from("(SELECT ");
        for (place, Column { name, sql_type }) in columns.iter().enumerate() {
            let comma = if place == 0 { "" } else { ", " };
            let value = format!("value ->> {place}");
            let value = match *sql_type {
                "uuid" => format!("unhex({value}, '-')"),
                "bytea" => format!("unhex({value})"),
                _ => value,
            };
            let _ = write!(table, "{comma}{value} AS {name}");
        }
        // Not `json_each`, which would write each row as text only for `->>` to parse it again.
        let _ = write!(table, " FROM jsonb_each(${argument}))");
        table
    })
}

/// Translates the text of a statement for PostgreSQL.
pub fn postgres_text(text: &str) -> String {
    translated(text, "FOR NO KEY UPDATE", |argument, columns| {
        let arrays =
            columns.iter().zip(argument..).map(|(column, argument)| format!("${argument}::{}[]", column.sql_type));
        let arrays: Vec<_> = arrays.collect();
        let names: Vec<_> = columns.iter().map(|column| column.name).collect();
        format!("(SELECT * FROM unnest({}) AS brought ({}))", arrays.join(", "), names.join(", "))
    })
}

struct Column<'a> {
    name: &'a str,
    sql_type: &'a str,
}

/// Replaces everything between braces in the text.
fn translated(text: &str, lock: &str, table: impl Fn(usize, &[Column]) -> String) -> String {
    let mut result = String::with_capacity(text.len() + 100);
    let mut rest = text;
    while let Some((before, inside, after)) = next_braces(rest) {
        result.push_str(before);
        match inside.split_once(':') {
            Some(("columns", list)) => {
                let list = list.trim();
                let (name, alias) = list.split_once(" AS ").map_or((list, None), |(name, alias)| (name, Some(alias)));
                result.push_str(&columns::listed(name, alias));
            }
            Some((argument, columns)) => {
                let argument = argument.strip_prefix('$').expect("a table of arguments begins with $");
                let argument = argument.parse().expect("a table of arguments begins with its number");
                let columns = columns.split(',').map(|column| {
                    let (name, sql_type) = column.trim().split_once(' ').expect("a column has a name and a type");
                    Column { name, sql_type }
                });
                result.push_str(&table(argument, &columns.collect::<Vec<_>>()));
            }
            None => {
                assert_eq!(inside, "lock", "unknown word in a statement");
                result.push_str(lock);
            }
        }
        rest = after;
    }
    result + rest
}

fn next_braces(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (inside, after) = rest.split_once('}').expect("a brace that opens closes");
    Some((before, inside, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_arguments_is_json_on_sqlite_and_arrays_on_postgres() {
        let text = "SELECT * FROM {$2: post_id uuid,\n   captured_at bigint} AS list";
        let json = "(SELECT unhex(value ->> 0, '-') AS post_id, value ->> 1 AS captured_at FROM jsonb_each($2))";
        assert_eq!(sqlite_text(text), format!("SELECT * FROM {json} AS list"));
        let arrays = "(SELECT * FROM unnest($2::uuid[], $3::bigint[]) AS brought (post_id, captured_at))";
        assert_eq!(postgres_text(text), format!("SELECT * FROM {arrays} AS list"));
    }

    #[test]
    fn a_list_of_columns_is_the_same_on_both_engines_and_takes_an_alias() {
        let text = "SELECT {columns: goal}, {columns: goal AS g} FROM goals AS g";
        let expected =
            "SELECT goal_id, creator_id, metric, period, g.goal_id, g.creator_id, g.metric, g.period FROM goals AS g";
        assert_eq!((sqlite_text(text), postgres_text(text)), (expected.to_owned(), expected.to_owned()));
    }

    #[test]
    fn a_row_is_locked_where_there_are_several_writers() {
        let text = "SELECT 1 FROM projects WHERE project_id = $1 {lock}\n";
        assert_eq!(sqlite_text(text), "SELECT 1 FROM projects WHERE project_id = $1 \n");
        assert_eq!(postgres_text(text), "SELECT 1 FROM projects WHERE project_id = $1 FOR NO KEY UPDATE\n");
    }
}
