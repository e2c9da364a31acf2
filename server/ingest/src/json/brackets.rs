//! Which brackets are open while a value is skipped or kept whole.

use crate::MAX_DEPTH;

/// The open brackets, innermost last. Beyond [`MAX_DEPTH`] they are only counted.
#[derive(Debug, Default)]
pub(crate) struct Brackets {
    open: Vec<u8>,
    deeper: u64,
}

/// What a closing bracket does.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    Matches,
    /// It closes an outer bracket; inner ones were left open, or it closes nothing.
    Mismatches,
    /// It is the end of what is around.
    BelongsOutside,
}

impl Brackets {
    /// The brackets inside an object that has already been opened.
    pub fn within_object() -> Brackets {
        Brackets { open: vec![b'{'], deeper: 0 }
    }

    /// Notes an opening bracket; `false` beyond the depth that is allowed.
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
