//! Proves what is read out of files, format by format, and that no bytes make the importer panic.

mod formats;
mod items;
mod people;
mod reports;
mod robustness;
mod support;
mod tables;
mod workbooks;
