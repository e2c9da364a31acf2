//! What a person answers about a file, and what that leaves open.

use super::choices::{Asked, AskedKind, Choices};
use std::collections::HashMap;

/// The longest answer, in characters; what is longer is cut.
const LONGEST_ANSWER: usize = 200;

impl Choices {
    /// Stores the answers of a form; `value` returns its fields. An answer that is not in the form stays. Returns what the
    /// form answered.
    pub fn answer<'f>(&mut self, value: impl Fn(&str) -> Option<&'f str>) -> Vec<AskedKind> {
        let answers = [
            ("creator", &mut self.creator),
            ("collected_at", &mut self.collected_at),
            ("dates", &mut self.dates),
            ("decimal", &mut self.decimal),
            ("zone", &mut self.zone),
            ("encoding", &mut self.encoding),
            ("sheet", &mut self.sheet),
        ];
        for (name, answer) in answers {
            if let Some(text) = value(name) {
                let text: String = text.trim().chars().take(LONGEST_ANSWER).collect();
                *answer = Some(text).filter(|text| !text.is_empty());
            }
        }
        if value("collected_at").is_some() {
            self.undated = self.collected_at.is_none();
        }
        let kinds =
            [AskedKind::Sheet, AskedKind::Encoding, AskedKind::DateOrder, AskedKind::Decimal, AskedKind::CollectedAt];
        kinds.into_iter().filter(|kind| value(kind.field()).is_some()).collect()
    }

    /// Reads each column as the field with the name that `chosen` returns for its index, or as none.
    pub fn map_columns(&mut self, chosen: impl Fn(usize) -> Option<&'static str>) {
        for (index, column) in self.columns.iter_mut().enumerate() {
            let field = chosen(index).map(str::to_owned);
            column.is_left_out = field.is_none() && (column.is_left_out || column.field.is_some());
            column.field = field;
        }
    }

    /// Returns everything that a person answers: what stands beside the file, how it is written, and its columns.
    #[must_use]
    pub fn answers(&self) -> impl PartialEq + use<'_> {
        let Choices { creator, collected_at, dates, decimal, zone, encoding, sheet, undated, columns, .. } = self;
        let fields: Vec<_> = columns.iter().map(|column| &column.field).collect();
        ([creator, collected_at, dates, decimal, zone, encoding, sheet], *undated, fields)
    }

    /// Forgets what the file proved with the columns or the sheet it had `before`, unless a person `answered` it: it has to
    /// prove it again. Another sheet has other columns and rows, which are looked at again.
    pub fn forget_proofs(&mut self, before: &Choices, answered: &[AskedKind]) {
        for (kind, answer) in [(AskedKind::DateOrder, &mut self.dates), (AskedKind::Decimal, &mut self.decimal)] {
            if !answered.contains(&kind) && !before.asks(kind) {
                *answer = None;
            }
        }
        if self.sheet != before.sheet {
            (self.columns, self.look) = (Vec::new(), true);
        }
    }

    /// Takes over what was `found` in the file with these answers, and keeps the columns as they were mapped, unless the file
    /// has others now. Questions that were asked `before` and are answered stay, so that the answers can be changed.
    pub fn keep_found(&mut self, found: Choices, before: &Choices) {
        let mapped = std::mem::replace(self, found);
        if mapped.has_columns_of(self) {
            self.columns = mapped.columns;
        }
        self.keep_answered(&before.questions);
    }

    /// Keeps the questions that were asked before and are answered, so that the answers can be changed.
    fn keep_answered(&mut self, before: &[Asked]) {
        for asked in before {
            if !self.asks(asked.kind) && self.answer_to(asked.kind).is_some() {
                self.questions.push(Asked { is_optional: true, ..asked.clone() });
            }
        }
        self.questions.sort_by_key(|asked| asked.kind);
    }

    /// Returns the indexes of two columns that are read as one field.
    #[must_use]
    pub fn doubled(&self) -> Option<[usize; 2]> {
        let mut fields = HashMap::new();
        self.columns.iter().enumerate().find_map(|(index, column)| {
            let other = fields.insert(column.field.as_deref()?, index)?;
            Some([other, index])
        })
    }

    /// Returns what is wrong if two columns are read as one field.
    #[must_use]
    pub fn read_twice(&self) -> Option<String> {
        let [one, other] = self.doubled()?.map(|index| &self.columns[index]);
        let field = one.field.as_deref()?.replace('_', " ");
        let (one, other) = (&one.header, &other.header);
        Some(format!("“{one}” and “{other}” are both read as {field}. Choose something else for one of them."))
    }

    /// Returns what is missing if a question stayed open that was asked `before`. One that comes up only now is no mistake of
    /// the person who answered.
    #[must_use]
    pub fn unanswered(&self, before: &Choices) -> Option<String> {
        let was_asked = |asked: &Asked| asked.is_optional || before.asks(asked.kind);
        let is_unanswered = self.is_open() && !self.look && self.questions.iter().all(was_asked);
        is_unanswered.then(|| "Answer the open questions about the file.".to_owned())
    }
}
