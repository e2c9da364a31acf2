//! What commands write to the terminal.

use anyhow::Result;
use std::io::Write as _;

/// Writes a line to standard output; a reader that went away (`| head`) ends the command with an error, not a panic.
pub fn print(line: &str) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}
