//! Tests that migrate a filled database of migrations 1 to 5, with values that the newest schema does not allow,
//! whatever it contains.

mod bounds;
mod filled;
mod misreadings;
mod old_database;
mod old_rows;
mod organizations;
mod renamings;
mod upgraded;
mod values;
