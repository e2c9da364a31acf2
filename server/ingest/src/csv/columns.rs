//! Assigns fields to columns: first by a person's mapping, then by the header's name.

use crate::count;
use crate::excerpt::excerpt;
use crate::field::{Field, normalised};
use crate::format::Format;
use crate::id;
use crate::moment::{self, Terms};
use crate::options::Options;
use crate::preview::{Column, Preview};
use crate::synonyms::{field_of, names_a_moment};
use compliance::address::Address;
use compliance::cell::POINT_MARK;

/// The columns of a table and the field of each.
#[derive(Debug)]
pub(crate) struct Columns {
    headers: Vec<String>,
    fields: Vec<Option<Field>>,
    /// The column of each field, indexed by the field's position in [`Field::ALL`].
    places: [Option<usize>; Field::ALL.len()],
    /// The field that a column named just `date` was read as.
    pub plain_date: Option<Field>,
    /// Whether the table lists creators and nothing else.
    lists_handles: bool,
    has_default_creator: bool,
}

impl Columns {
    pub fn find(headers: &[String], lists_handles: bool, options: &Options) -> Columns {
        let mut columns = Columns {
            headers: headers.to_vec(),
            fields: vec![None; headers.len()],
            places: [None; Field::ALL.len()],
            plain_date: None,
            lists_handles,
            has_default_creator: options.default_creator.is_some(),
        };
        let mapped = |header: &str| {
            let name = normalised(header);
            let exact = options.mapping.iter().find(|(column, _)| column == header);
            exact.or_else(|| options.mapping.iter().find(|(column, _)| normalised(column) == name)).map(|(_, f)| *f)
        };
        for (index, header) in headers.iter().enumerate() {
            match mapped(header) {
                Some(Field::Ignore) => columns.fields[index] = Some(Field::Ignore),
                Some(field) => columns.assign(field, index),
                None => {}
            }
        }
        let mut recognised: Vec<(usize, usize, Field)> = headers
            .iter()
            .enumerate()
            .filter_map(|(index, header)| field_of(header).map(|(field, rank)| (rank, index, field)))
            .collect();
        recognised.sort_unstable();
        for (_, index, field) in recognised {
            columns.assign(field, index);
        }
        columns.place_plain_date();
        let only_creators = columns.has(Field::Creator) && columns.names_only_creators();
        columns.lists_handles |= only_creators;
        columns
    }

    /// Assigns a free column to a field that has none yet.
    fn assign(&mut self, field: Field, index: usize) {
        if self.fields[index].is_none() && self.places[field as usize].is_none() {
            self.fields[index] = Some(field);
            self.places[field as usize] = Some(index);
        }
    }

    /// Assigns a `date` column: to the publication if there are posts, to the reading otherwise. If that field has a
    /// column already, the date is left out, because its meaning is not clear.
    fn place_plain_date(&mut self) {
        let field = if self.names_posts() { Field::PublishedAt } else { Field::CapturedAt };
        let plain = (0..self.headers.len())
            .find(|index| self.fields[*index].is_none() && names_a_moment(&self.headers[*index]));
        if let Some(index) = plain
            && !self.has(field)
        {
            self.assign(field, index);
            self.plain_date = Some(field);
        }
    }

    /// Returns whether each row is a creator to be added.
    pub fn lists_handles(&self) -> bool {
        self.lists_handles
    }

    fn names_only_creators(&self) -> bool {
        self.fields.iter().all(|field| matches!(field, Some(Field::Creator | Field::Ignore)))
    }

    /// Returns the columns that have no field and are not to be ignored.
    pub fn without_field(&self) -> impl Iterator<Item = usize> {
        self.fields.iter().enumerate().filter(|(_, field)| field.is_none()).map(|(column, _)| column)
    }

    /// Returns the name of a column for people, who count from 1. One of several columns of one name has its number too.
    pub fn shown(&self, column: usize) -> String {
        let header = self.headers[column].as_str();
        let is_one_of_several = self.headers.iter().filter(|other| *other == header).count() > 1;
        match header {
            "" => format!("column {}", column + 1),
            header if is_one_of_several => format!("{} (column {})", excerpt(header), column + 1),
            header => excerpt(header),
        }
    }

    pub fn width(&self) -> usize {
        self.headers.len()
    }

    pub fn index(&self, field: Field) -> Option<usize> {
        self.places[field as usize]
    }

    /// Returns the field of a column; `None` if it is left out.
    pub fn field(&self, column: usize) -> Option<Field> {
        self.fields.get(column).copied().flatten().filter(|field| *field != Field::Ignore)
    }

    pub fn has(&self, field: Field) -> bool {
        self.index(field).is_some()
    }

    /// Returns the header of a field, or the field's own name if the table has none.
    pub fn name_of(&self, field: Field) -> &str {
        self.index(field).map_or(field.name(), |index| &self.headers[index])
    }

    /// Returns whether the header says that its clock times are UTC.
    pub fn is_utc(&self, field: Field) -> bool {
        self.index(field).is_some_and(|index| normalised(&self.headers[index]).ends_with("utc"))
    }

    fn names_posts(&self) -> bool {
        self.has(Field::PostId) || self.has(Field::Url)
    }

    fn names_creators(&self) -> bool {
        self.has(Field::Creator) || self.has(Field::Url) || self.has_default_creator
    }

    fn counts_posts(&self) -> bool {
        [Field::Views, Field::Likes, Field::Comments, Field::Shares, Field::Saves].iter().any(|field| self.has(*field))
    }

    /// Returns what is missing before anything can be imported.
    pub fn problem(&self, options: &Options) -> Option<String> {
        let dated = self.has(Field::CapturedAt) || options.collected_at.is_some();
        if self.lists_handles {
            return None;
        }
        let problem = if !self.names_posts() && !self.names_creators() {
            "No column was recognised that names a post or a creator."
        } else if self.names_posts() && self.has(Field::PublishedAt) && !self.names_creators() {
            "No column says whose posts these are. Name the column, or the creator of the whole file."
        } else if self.names_posts() && self.has(Field::PublishedAt) {
            return None;
        } else if self.names_posts() && !self.counts_posts() && !self.has(Field::Followers) {
            "No column was recognised that says when the posts were published, and none that counts views or likes."
        } else if (self.names_posts() || self.has(Field::Followers)) && !dated {
            "No column says when the numbers were read, and none when the posts were published."
        } else if self.names_posts()
            || [Field::Followers, Field::CreatorName, Field::AvatarUrl].iter().any(|field| self.has(*field))
        {
            return None;
        } else {
            "The table names creators, and no column was recognised that says anything of them."
        };
        Some(problem.to_owned())
    }

    /// Returns the table as the mapping step shows it.
    pub fn preview(&self, rows: &[Vec<String>], cell: usize, problem: Option<String>) -> Preview {
        let column = |(index, header): (usize, &String)| Column {
            header: header.chars().take(cell).collect(),
            field: self.fields[index],
            suggestion: if self.fields[index].is_none() { self.suggestion(index, rows) } else { None },
        };
        let cut = |value: &String| value.trim_end_matches(POINT_MARK).chars().take(cell).collect();
        let shorten = |row: &Vec<String>| row.iter().map(cut).collect();
        Preview {
            format: Some(Format::Csv),
            columns: self.headers.iter().enumerate().map(column).collect(),
            rows: rows.iter().map(shorten).collect(),
            problem,
        }
    }

    /// Returns the field that the values of a column look like, if every row agrees and the field is still free.
    fn suggestion(&self, index: usize, rows: &[Vec<String>]) -> Option<Field> {
        let values: Vec<&str> = rows.iter().filter_map(|row| row.get(index)).map(|value| value.trim()).collect();
        if values.is_empty() {
            return None;
        }
        let name = normalised(&self.headers[index]);
        let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|value| test(value));
        let free = |field: Field| (!self.has(field)).then_some(field);
        let is_count = all(&|value| matches!(count::parse(value, None), Ok(Some(_))));
        let is_id = all(&|value| value.len() >= 6 && id::parse(value).is_ok());
        if all(&|value| Address::post(value).is_some()) {
            free(Field::Url)
        } else if is_count && is_id && ["id", "no", "number", "video", "post"].iter().any(|end| name.ends_with(end)) {
            free(Field::PostId)
        } else if !is_count && all(&|value| is_moment(value)) {
            free(if name.contains("post") || name.contains("publi") { Field::PublishedAt } else { Field::CapturedAt })
        } else if !is_count
            && ["id", "user", "member", "creator", "influencer", "talent"].iter().any(|part| name.contains(part))
            && all(&|value| compliance::fact::Handle::parse(value).is_ok())
        {
            free(Field::Creator)
        } else if is_count && name.contains("view") {
            free(Field::Views)
        } else if is_count && name.contains("like") {
            free(Field::Likes)
        } else if is_count && name.contains("follow") {
            free(Field::Followers)
        } else {
            None
        }
    }
}

/// Returns whether a value is an instant, whatever order its day and month have.
fn is_moment(value: &str) -> bool {
    moment::evidence(value).is_some() || moment::lacks_year(value) || moment::parse(value, &Terms::utc()).is_ok()
}
