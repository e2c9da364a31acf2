//! Many rows as arguments of one statement.

use compliance::Instant;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use sqlx::postgres::PgArguments;
use sqlx::{Arguments as _, error::BoxDynError};
use std::borrow::Cow;
use uuid::Uuid;

/// A value in a row of arguments.
pub trait Field: Serialize {
    /// Creates an empty column for values of this type.
    fn column() -> ArrayColumn;
    /// Appends the value to its column.
    fn append(&self, column: &mut ArrayColumn);
}

/// A column of arguments for PostgreSQL.
#[derive(Debug)]
pub enum ArrayColumn {
    Ids(Vec<Option<Uuid>>),
    Numbers(Vec<Option<i64>>),
    Texts(Vec<Option<String>>),
    Bytes(Vec<Option<Vec<u8>>>),
    Truths(Vec<Option<bool>>),
}

impl ArrayColumn {
    fn push_truth(&mut self, value: bool) {
        let ArrayColumn::Truths(values) = self else { unreachable!("a column of truths was made for it") };
        values.push(Some(value));
    }

    fn push_id(&mut self, value: Option<Uuid>) {
        let ArrayColumn::Ids(values) = self else { unreachable!("a column of ids was made for it") };
        values.push(value);
    }

    fn push_number(&mut self, value: Option<i64>) {
        let ArrayColumn::Numbers(values) = self else { unreachable!("a column of numbers was made for it") };
        values.push(value);
    }

    fn push_text(&mut self, value: Option<&str>) {
        let ArrayColumn::Texts(values) = self else { unreachable!("a column of texts was made for it") };
        values.push(value.map(|text| storable(text).into_owned()));
    }
}

/// A row of arguments: a tuple of fields, in the order of the columns.
pub trait Record: Serialize {
    /// The number of fields.
    const WIDTH: usize;
    /// Writes each field.
    fn write<S: SerializeSeq>(&self, to: &mut S) -> Result<(), S::Error>;
    /// Creates an empty column for each field.
    fn columns() -> Vec<ArrayColumn>;
    /// Appends each field to its column.
    fn append(&self, columns: &mut [ArrayColumn]);
}

macro_rules! fields {
    ($kind:ident, $push:ident: $($type:ty: $value:ident => $pushed:expr),* $(,)?) => {$(
        impl Field for $type {
            fn column() -> ArrayColumn {
                ArrayColumn::$kind(Vec::new())
            }

            fn append(&self, column: &mut ArrayColumn) {
                let $value = self;
                column.$push($pushed);
            }
        }
    )*};
}
fields! { Ids, push_id:
    Uuid: value => Some(*value),
    Option<Uuid>: value => *value,
}
macro_rules! id_fields {
    ($($id:ident)*) => {
        fields! { Ids, push_id:
            $(
                program::ids::$id: value => Some(value.uuid()),
                Option<program::ids::$id>: value => value.map(program::ids::$id::uuid),
            )*
        }
    };
}
program::for_each_id!(id_fields);
fields! { Numbers, push_number:
    i64: value => Some(*value),
    Option<i64>: value => *value,
    i32: value => Some(i64::from(*value)),
    Option<i32>: value => value.map(i64::from),
    Instant: value => Some(value.millis()),
    Option<Instant>: value => value.map(Instant::millis),
}
fields! { Texts, push_text:
    String: value => Some(value),
    &String: value => Some(value),
    &str: value => Some(value),
    Option<&str>: value => *value,
}

fields! { Truths, push_truth:
    bool: value => *value,
}

macro_rules! records {
    ($(($($field:ident $place:tt)*))*) => {$(
        impl<$($field: Field),*> Record for ($($field,)*) {
            const WIDTH: usize = [$($place),*].len();

            fn write<S: SerializeSeq>(&self, to: &mut S) -> Result<(), S::Error> {
                $(to.serialize_element(&self.$place)?;)*
                Ok(())
            }

            fn columns() -> Vec<ArrayColumn> {
                vec![$($field::column()),*]
            }

            fn append(&self, columns: &mut [ArrayColumn]) {
                $(self.$place.append(&mut columns[$place]);)*
            }
        }
    )*};
}
records! {
    (A 0)
    (A 0 B 1)
    (A 0 B 1 C 2)
    (A 0 B 1 C 2 D 3)
    (A 0 B 1 C 2 D 3 E 4)
    (A 0 B 1 C 2 D 3 E 4 F 5)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14)
    (A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15)
}

/// A row of more fields than a tuple that can be serialized: those of one and then those of another.
#[derive(Debug)]
pub struct Wide<A, B>(pub A, pub B);

impl<A: Record, B: Record> Record for Wide<A, B> {
    const WIDTH: usize = A::WIDTH + B::WIDTH;

    fn write<S: SerializeSeq>(&self, to: &mut S) -> Result<(), S::Error> {
        self.0.write(to)?;
        self.1.write(to)
    }

    fn columns() -> Vec<ArrayColumn> {
        A::columns().into_iter().chain(B::columns()).collect()
    }

    fn append(&self, columns: &mut [ArrayColumn]) {
        let (first, rest) = columns.split_at_mut(A::WIDTH);
        self.0.append(first);
        self.1.append(rest);
    }
}

impl<A: Record, B: Record> Serialize for Wide<A, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_seq(Some(Self::WIDTH))?;
        self.write(&mut row)?;
        row.end()
    }
}

/// Returns the text as both engines can store it: PostgreSQL stores no NUL characters, so they are replaced.
pub fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { text.into() }
}

/// Returns rows as the one JSON text that SQLite takes.
pub fn as_json<R: Serialize>(rows: &[R]) -> String {
    let json = serde_json::to_string(rows).expect("plain values become JSON");
    // A NUL is written like this. So is a backslash before `u0000`, which the second pass leaves as it is.
    if !json.contains(r"\u0000") {
        return json;
    }
    let mut rows: Vec<Vec<serde_json::Value>> = serde_json::from_str(&json).expect("it was made just now");
    for value in rows.iter_mut().flatten() {
        if let serde_json::Value::String(text) = value {
            *text = storable(text).into_owned();
        }
    }
    serde_json::to_string(&rows).expect("plain values become JSON")
}

/// Adds rows as one array per column, which PostgreSQL takes.
pub fn add_arrays<R: Record>(rows: &[R], arguments: &mut PgArguments) -> Result<(), BoxDynError> {
    let mut columns = R::columns();
    for row in rows {
        row.append(&mut columns);
    }
    add_columns(columns, arguments)
}

/// Adds columns as the arrays that PostgreSQL takes.
pub fn add_columns(columns: Vec<ArrayColumn>, arguments: &mut PgArguments) -> Result<(), BoxDynError> {
    for column in columns {
        match column {
            ArrayColumn::Ids(values) => arguments.add(values)?,
            ArrayColumn::Numbers(values) => arguments.add(values)?,
            ArrayColumn::Texts(values) => arguments.add(values)?,
            ArrayColumn::Bytes(values) => arguments.add(values)?,
            ArrayColumn::Truths(values) => arguments.add(values)?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_in_a_text_becomes_a_mark_and_everything_else_stays() {
        assert_eq!(as_json(&[(7_i64, "a\0b")]), "[[7,\"a\u{fffd}b\"]]");
        assert_eq!(as_json(&[(r"a\u0000b",)]), r#"[["a\\u0000b"]]"#);
        assert_eq!(as_json(&[Wide((7_i64, "a\0b"), (8_i64,))]), "[[7,\"a\u{fffd}b\",8]]");
        assert_eq!(storable("é\u{1f600}"), "é\u{1f600}");
    }
}
