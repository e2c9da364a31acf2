//! The records of pastes.

use crate::creators::record::{AddCreatorOutcome, NewCreator};
use crate::ids::PasteId;
use compliance::Instant;
use compliance::named;
use std::collections::HashSet;

/// Handles that are pasted to add creators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPaste {
    /// Its id; the same paste sent again changes nothing.
    pub paste_id: PasteId,
    /// The creators, each once.
    pub creators: Vec<NewCreator>,
    /// Every text.
    pub texts: Vec<PastedPart>,
}

/// A text of a paste, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedPart {
    /// Its line, from 1.
    pub line: usize,
    /// The text.
    pub text: String,
    /// The index of its handle among those of the paste, each once; `None` if it is not a handle.
    pub handle: Option<usize>,
}

impl PastedPart {
    /// Returns a text with its line and the index of its handle.
    #[must_use]
    pub fn new(line: usize, text: impl Into<String>, handle: Option<usize>) -> PastedPart {
        PastedPart { line, text: text.into(), handle }
    }
}

/// A paste that was processed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paste {
    /// Its id.
    pub paste_id: PasteId,
    /// When it was created.
    pub created_at: Instant,
    /// The number of texts.
    pub texts: i64,
    /// The number of creators who were added, or restored.
    pub added: i64,
    /// The number of texts whose creator was already in the program, or occurred earlier in the paste.
    pub present: i64,
    /// The number of texts that are not handles.
    pub unreadable: i64,
    /// Whether it added creators and was not undone.
    pub can_be_undone: bool,
}

/// The result for a pasted text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastedOutcome {
    /// The creator was added.
    Added,
    /// The creator had been removed, and was restored.
    Restored,
    /// The creator was in the program already.
    Present,
    /// The creator occurred earlier in the paste.
    Repeated,
    /// It is not a handle.
    Unreadable,
}

named!(PastedOutcome {
    Added: "added",
    Restored: "restored",
    Present: "present",
    Repeated: "repeated",
    Unreadable: "unreadable"
});

impl PastedOutcome {
    /// Returns the label shown to people.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            PastedOutcome::Added => "Added.",
            PastedOutcome::Restored => "Had been removed and was restored.",
            PastedOutcome::Present => "Was already in the program.",
            PastedOutcome::Repeated => "Repeats a line above.",
            PastedOutcome::Unreadable => "Not a TikTok handle or profile address.",
        }
    }

    /// The outcomes that brought a creator into the program.
    const BROUGHT: [PastedOutcome; 2] = [PastedOutcome::Added, PastedOutcome::Restored];

    fn of(outcome: AddCreatorOutcome) -> PastedOutcome {
        match outcome {
            AddCreatorOutcome::Added(_) => PastedOutcome::Added,
            AddCreatorOutcome::Restored(_) => PastedOutcome::Restored,
            AddCreatorOutcome::Present(_) => PastedOutcome::Present,
        }
    }
}

/// A pasted text and its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastedText {
    /// Its line, from 1.
    pub line: i64,
    /// The text.
    pub text: String,
    /// Its outcome.
    pub outcome: PastedOutcome,
}

/// The most texts of a paste that are stored.
const TEXTS_KEPT: usize = 1_000;

/// The most characters of a text that are stored.
const LONGEST_TEXT: usize = 200;

impl NewPaste {
    /// Computes the result of a paste from the results for its creators: the sums, and the texts to store. If there are
    /// too many texts, those that need a correction are stored first.
    #[must_use]
    pub fn became(&self, outcomes: &[AddCreatorOutcome], now: Instant) -> PasteResult {
        let mut seen = HashSet::new();
        let became = self.texts.iter().map(|part| match part.handle {
            Some(place) if !seen.insert(place) => PastedOutcome::Repeated,
            Some(place) => outcomes.get(place).map_or(PastedOutcome::Unreadable, |outcome| PastedOutcome::of(*outcome)),
            None => PastedOutcome::Unreadable,
        });
        let became: Vec<PastedOutcome> = became.collect();
        let count = |wanted: &[PastedOutcome]| {
            i64::try_from(became.iter().filter(|outcome| wanted.contains(outcome)).count()).unwrap_or(i64::MAX)
        };
        let paste = Paste {
            paste_id: self.paste_id,
            created_at: now,
            texts: count(&PastedOutcome::ALL),
            added: count(&PastedOutcome::BROUGHT),
            present: count(&[PastedOutcome::Present, PastedOutcome::Repeated]),
            unreadable: count(&[PastedOutcome::Unreadable]),
            can_be_undone: became.iter().any(|outcome| PastedOutcome::BROUGHT.contains(outcome)),
        };
        let mut kept: Vec<usize> = (0..became.len()).collect();
        kept.sort_by_key(|place| became[*place] == PastedOutcome::Added);
        kept.truncate(TEXTS_KEPT);
        kept.sort_unstable();
        let text = |place: usize| PastedText {
            line: i64::try_from(self.texts[place].line).unwrap_or(i64::MAX),
            text: self.texts[place].text.chars().take(LONGEST_TEXT).collect(),
            outcome: became[place],
        };
        PasteResult { paste, texts: kept.into_iter().map(text).collect() }
    }
}

/// A paste with the results for its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasteResult {
    /// The paste.
    pub paste: Paste,
    /// The results for its texts, in order, the first 1,000.
    pub texts: Vec<PastedText>,
}
