//! The choices made for a file that is imported.

use crate::imports::record::Import;
use crate::imports::refusal::UploadRefusal;
use chrono::NaiveDateTime;
use compliance::Instant;
use compliance::calendar::Zone;
use compliance::fact::Handle;
use serde::{Deserialize, Serialize};

/// The choices made for a file, stored with its import as JSON, and what it was found to contain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The creator whose posts these are, for files that do not say.
    pub creator: Option<String>,
    /// When the counters were read, as typed, for files that do not say.
    pub collected_at: Option<String>,
    /// Which comes first in its dates: `dmy` or `mdy`.
    pub dates: Option<String>,
    /// What separates the fractions of its numbers: `point` or `comma`.
    pub decimal: Option<String>,
    /// The zone of its dates and clock times, if it is not the project's.
    pub zone: Option<String>,
    /// Its encoding, if it is not UTF-8.
    pub encoding: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether somebody looks at its first rows before it is read.
    pub look: bool,
    /// Whether it has to be said whose posts or followers these are.
    pub lacks_creator: bool,
    /// Whether a person left open when its numbers were read, so that they are left out.
    pub undated: bool,
    /// The columns of a table.
    pub columns: Vec<Column>,
    /// What the file leaves open.
    pub questions: Vec<Asked>,
    /// Its first rows as they were understood.
    pub rows: Vec<Understood>,
}

/// A question that a file leaves open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// What is asked.
    pub kind: AskedKind,
    /// The question.
    pub sentence: String,
    /// The names to choose from, of sheets.
    pub names: Vec<String>,
    /// Whether the file can be read without an answer.
    pub is_optional: bool,
}

/// What is asked about a file, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedKind {
    /// The sheet of a workbook.
    Sheet,
    /// The encoding.
    Encoding,
    /// Whether the day or the month comes first.
    DateOrder,
    /// Whether a separator groups thousands or begins a fraction.
    Decimal,
    /// When the numbers were read.
    CollectedAt,
}

impl AskedKind {
    /// Returns the name of the field that answers it.
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            AskedKind::DateOrder => "dates",
            AskedKind::Decimal => "decimal",
            AskedKind::CollectedAt => "collected_at",
            AskedKind::Encoding => "encoding",
            AskedKind::Sheet => "sheet",
        }
    }
}

/// A row as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Understood {
    /// The line in which it begins.
    pub line: i64,
    /// The creator's handle.
    pub creator: Option<String>,
    /// TikTok's id of the post.
    pub post: Option<String>,
    /// When the post was published, in epoch milliseconds.
    pub published_at: Option<i64>,
    /// When its numbers were read, in epoch milliseconds.
    pub captured_at: Option<i64>,
    /// Views, likes, comments, shares, saves and followers.
    pub counts: [Option<i64>; 6],
    /// Why the row is refused, or what is left out of it.
    pub doubts: Vec<String>,
    /// The cells from which it was read, each with the name of its field.
    pub cells: Vec<(String, String)>,
}

impl Understood {
    /// Returns the cells of some fields as the file has them.
    pub fn cells_of<'a>(&'a self, fields: &'a [&str]) -> impl Iterator<Item = &'a str> {
        let found =
            self.cells.iter().filter(|(field, text)| fields.contains(&field.as_str()) && !text.trim().is_empty());
        found.map(|(_, text)| text.trim())
    }
}

/// A column of a file and the field it is read as.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// The header.
    pub header: String,
    /// The field's name; `None` if the column is not recognised or is ignored.
    pub field: Option<String>,
    /// The first values, shown to people.
    pub samples: Vec<String>,
    /// Whether a person left it out although it was recognised, so that nobody has to be told.
    pub is_left_out: bool,
}

/// What was typed beside a file, parsed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// The creator whose posts these are.
    pub creator: Option<Handle>,
    /// When the counters were read.
    pub collected_at: Option<Instant>,
    /// The zone of dates and times without an offset, if it is not the project's.
    pub zone: Option<Zone>,
}

impl Choices {
    /// Parses the choices stored with an import.
    #[must_use]
    pub fn of(import: &Import) -> Choices {
        serde_json::from_str(&import.choices).unwrap_or_default()
    }

    /// Returns the answer to a question, as it was typed or chosen.
    #[must_use]
    pub fn answer_to(&self, kind: AskedKind) -> Option<&str> {
        let answer = match kind {
            AskedKind::DateOrder => &self.dates,
            AskedKind::Decimal => &self.decimal,
            AskedKind::CollectedAt => &self.collected_at,
            AskedKind::Encoding => &self.encoding,
            AskedKind::Sheet => &self.sheet,
        };
        answer.as_deref()
    }

    /// Returns whether a question was asked.
    #[must_use]
    pub fn asks(&self, kind: AskedKind) -> bool {
        self.questions.iter().any(|asked| asked.kind == kind)
    }

    /// Returns whether something has to be answered before the file can be read.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.questions.iter().any(|asked| !asked.is_optional)
    }

    /// Takes over the fields that were chosen for a file with the same columns.
    pub fn map_as(&mut self, before: &Choices) {
        for (column, known) in self.columns.iter_mut().zip(&before.columns) {
            column.field.clone_from(&known.field);
            column.is_left_out = known.is_left_out;
        }
    }

    /// Returns whether two files have the same columns.
    #[must_use]
    pub fn has_columns_of(&self, other: &Choices) -> bool {
        let headers =
            |choices: &Choices| choices.columns.iter().map(|column| column.header.clone()).collect::<Vec<_>>();
        !self.columns.is_empty() && headers(self) == headers(other)
    }

    /// Returns the JSON in which they are stored.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Parses what was typed beside the file; `zone` is that of the project.
    pub fn beside(&self, zone: Zone) -> Result<Beside, UploadRefusal> {
        let creator = self.creator.as_deref().map(Handle::parse).transpose().map_err(|_| UploadRefusal::Creator)?;
        let instant = |typed: &str| {
            let clock = NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M")
                .or_else(|_| NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S"));
            let at = clock.ok().map(|clock| zone.instant_of(clock));
            at.filter(|at| at.is_plausible()).ok_or(UploadRefusal::CollectedAt)
        };
        let collected_at = self.collected_at.as_deref().map(instant).transpose()?;
        let zone = self.zone.as_deref().map(Zone::parse).transpose().map_err(|_| UploadRefusal::Zone)?;
        Ok(Beside { creator, collected_at, zone })
    }
}
