//! The open brackets while a value is skipped or kept whole.

use crate::MAX_DEPTH;

/// The open brackets, innermost last. Those deeper than [`MAX_DEPTH`] are only counted.
#[derive(Debug, Default)]
pub(crate) struct Brackets {
    open: Vec<u8>,
    deeper: u64,
}

/// The effect of a closing bracket.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    Matches,
    /// It closes an outer bracket although inner ones are open, or there is nothing to close.
    Mismatches,
    /// It closes the value around these brackets.
    BelongsOutside,
}

impl Brackets {
    /// Creates the brackets for the inside of an object that is already open.
    pub fn within_object() -> Brackets {
        Brackets { open: vec![b'{'], deeper: 0 }
    }

    /// Adds an opening bracket; returns `false` if it is too deep.
    pub fn open(&mut self, bracket: u8) -> bool {
        if self.open.len() < MAX_DEPTH {
            self.open.push(bracket);
            true
        } else {
            self.deeper += 1;
            false
        }
    }

    pub fn close(&mut self, bracket: u8) -> Closing {
        if self.deeper > 0 {
            self.deeper -= 1;
            return Closing::Matches;
        }
        let partner = if bracket == b'}' { b'{' } else { b'[' };
        match self.open.iter().rposition(|open| *open == partner) {
            Some(position) => {
                let innermost = position + 1 == self.open.len();
                self.open.truncate(position);
                if innermost { Closing::Matches } else { Closing::Mismatches }
            }
            None if bracket == b'}' => Closing::BelongsOutside,
            None => Closing::Mismatches,
        }
    }

    pub fn are_closed(&self) -> bool {
        self.open.is_empty() && self.deeper == 0
    }
}
