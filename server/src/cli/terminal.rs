//! What commands write to the terminal.

use anyhow::Result;
use std::io::Write as _;

/// Writes a line to standard output. A closed pipe (`| head`) is an error that ends the command, not a panic.
pub fn print(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
