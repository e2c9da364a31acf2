//! Assigns fields to columns: first by a person's mapping, then by the header's name.

use crate::excerpt::excerpt;
use crate::field::{Field, normalised};
use crate::format::Format;
use crate::id::{looks_cut_off, looks_rounded};
use crate::moment::{self, Terms, is_moment};
use crate::options::Options;
use crate::preview::{Column, Preview};
use crate::source_error::{ASKED, MESSAGE_COLUMNS};
use crate::synonyms::{field_of, names_a_moment};
use compliance::Instant;
use compliance::address::{self, Address};
use compliance::cell::{POINT_MARK, cleaned, is_no_value};
use compliance::instant::DAY_MS;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// The age up to which posts are in reports, in milliseconds: dates further from their ids are told by other ids.
const OLDEST_READ: i64 = 120 * DAY_MS;
/// How many of the first rows are probed for what a column holds.
const PROBED: usize = 100;

/// The columns of a table and the field of each.
#[derive(Debug)]
pub(crate) struct Columns {
    pub(super) headers: Vec<String>,
    fields: Vec<Option<Field>>,
    /// The column of each field, indexed by the field's position in [`Field::ALL`].
    places: [Option<usize>; Field::ALL.len()],
    /// The field that a column named just `date` was read as.
    pub plain_date: Option<Field>,
    /// The columns in which a source says what went wrong, and those that name what was asked for.
    pub messages: Vec<usize>,
    pub asked: Vec<usize>,
    /// The columns that are ignored because nobody knew what they hold.
    unknown: Vec<usize>,
    /// Whether the table lists creators and nothing else.
    lists_handles: bool,
    has_default_creator: bool,
    /// Whether a person said when the numbers were read.
    pub(super) is_dated: bool,
}

impl Columns {
    /// Finds the columns of a table with these headers; `rows` are its first rows.
    pub fn find(headers: &[String], rows: &[Vec<String>], lists_handles: bool, options: &Options) -> Columns {
        let named = |names: &[&str]| -> Vec<usize> {
            let names = names.iter().map(|name| normalised(name));
            names.filter_map(|name| headers.iter().position(|header| normalised(header) == name)).collect()
        };
        let mut columns = Columns {
            headers: headers.to_vec(),
            fields: vec![None; headers.len()],
            places: [None; Field::ALL.len()],
            plain_date: None,
            messages: named(&MESSAGE_COLUMNS),
            asked: named(&ASKED),
            unknown: Vec::new(),
            lists_handles,
            has_default_creator: options.default_creator.is_some(),
            is_dated: options.collected_at.is_some(),
        };
        let mapped = |index: usize, header: &str| {
            let name = normalised(header);
            // Of columns with the same name, each has its own place in the mapping.
            let before = headers[..index].iter().filter(|other| *other == header).count();
            let exact = options.mapping.iter().filter(|(column, _)| column == header).nth(before);
            if before > 0 {
                return exact.map(|(_, field)| *field);
            }
            exact.or_else(|| options.mapping.iter().find(|(column, _)| normalised(column) == name)).map(|(_, f)| *f)
        };
        for (index, header) in headers.iter().enumerate() {
            match mapped(index, header) {
                Some(Field::Ignore) => {
                    columns.fields[index] = Some(Field::Ignore);
                    if options.unknown_columns.contains(header) {
                        columns.unknown.push(index);
                    }
                }
                Some(field) => columns.assign(field, index),
                None => {}
            }
        }
        // The best name wins, unless another column has what the field is in more than some rows.
        let mut recognised: Vec<(Reverse<Fit>, usize, usize, Field)> = headers
            .iter()
            .enumerate()
            .filter_map(|(index, header)| field_of(header).map(|(field, rank)| (field, rank, index)))
            .map(|(field, rank, index)| (Reverse(Fit::of(field, index, rows)), rank, index, field))
            .collect();
        recognised.sort_unstable();
        for (.., index, field) in recognised {
            columns.assign(field, index);
        }
        columns.prefer_addresses(rows, options);
        columns.place_plain_date(rows);
        columns.lists_handles |= columns.has(Field::Creator) && columns.says_only_who(rows);
        columns
    }

    /// Assigns a free column to a field that has none yet.
    fn assign(&mut self, field: Field, index: usize) {
        if self.fields[index].is_none() && self.places[field as usize].is_none() {
            self.fields[index] = Some(field);
            self.places[field as usize] = Some(index);
        }
    }

    /// Gives columns whose values are addresses of posts or profiles on TikTok their fields, whatever they are called: a
    /// number or a name beside an address that says otherwise is that of something else, such as a row or a person.
    fn prefer_addresses(&mut self, rows: &[Vec<String>], options: &Options) {
        let is_mapped = |field: Field| options.mapping.iter().any(|(_, mapped)| *mapped == field);
        let unnamed: Vec<usize> = (0..self.headers.len()).filter(|index| self.fields[*index].is_none()).collect();
        if !self.has(Field::Url) && !is_mapped(Field::Url) {
            let is_linked = |row: &Vec<String>, index: usize| Address::post(&cleaned(row.get(index)?)).map(drop);
            let all_linked =
                |index: &usize| !rows.is_empty() && rows.iter().all(|row| is_linked(row, *index).is_some());
            let linked = unnamed.iter().copied().find(all_linked);
            if let Some(index) = linked {
                self.assign(Field::Url, index);
            }
        }
        let cell = |row: &Vec<String>, index: usize| row.get(index).map(|value| cleaned(value).into_owned());
        if let (Some(id), Some(url), false) =
            (self.index(Field::PostId), self.index(Field::Url), is_mapped(Field::PostId))
        {
            let is_other = |row: &Vec<String>| {
                let post = cell(row, url).and_then(|url| Address::post(&url));
                post.is_some_and(|post| cell(row, id).is_some_and(|id| id != post.tiktok_video_id))
            };
            if Fit::of(Field::PostId, id, rows) == Fit::None && !rows.is_empty() && rows.iter().all(is_other) {
                let looks_like_id = |row: &Vec<String>| cell(row, id).is_some_and(|id| looks_cut_off(&id));
                if !rows.iter().any(looks_like_id) {
                    self.release(Field::PostId);
                }
            }
        }
        let profile = |row: &Vec<String>, index: usize| match Address::parse(&cell(row, index)?)? {
            Address::Profile(handle) => Some(handle),
            _ => None,
        };
        let of_profiles = unnamed.iter().copied().find(|index| {
            self.fields[*index].is_none() && !rows.is_empty() && rows.iter().all(|row| profile(row, *index).is_some())
        });
        // A column of handles says whose a row is; an address beside it may be that of somebody else.
        let is_of_handles = self.index(Field::Creator).is_some_and(|index| {
            let name = normalised(&self.headers[index]);
            ["handle", "username", "uniqueid"].iter().any(|word| name.ends_with(word))
        });
        if let (Some(index), false, false) = (of_profiles, is_of_handles, is_mapped(Field::Creator)) {
            self.release(Field::Creator);
            self.assign(Field::Creator, index);
        }
    }

    /// Leaves the column of a field without one.
    fn release(&mut self, field: Field) {
        if let Some(index) = self.places[field as usize].take() {
            self.fields[index] = None;
        }
    }

    /// Assigns a `date` column: to the publication if there are posts, to the reading otherwise. A post that occurs with
    /// several dates was read on each of them. If the publication has a column already, an instant after it is that of the
    /// reading; any other date is left out, because its meaning is not clear.
    fn place_plain_date(&mut self, rows: &[Vec<String>]) {
        let plain = (0..self.headers.len())
            .find(|index| self.fields[*index].is_none() && names_a_moment(&self.headers[*index]));
        let Some(index) = plain else { return };
        let is_reading = self.is_long_after_ids(index, rows)
            || self.has_posts_with_several(index, rows)
            || !self.is_dated && self.is_after_publication(index, rows);
        let is_published = self.names_posts() && !is_reading;
        let field = if is_published { Field::PublishedAt } else { Field::CapturedAt };
        if !self.has(field) {
            self.assign(field, index);
            self.plain_date = Some(field);
        }
    }

    /// Returns whether a post occurs in these rows with several instants in a column.
    fn has_posts_with_several(&self, column: usize, rows: &[Vec<String>]) -> bool {
        let cell = |row: &'_ Vec<String>, field: Field| {
            let value = row.get(self.index(field)?)?;
            Some(cleaned(value).into_owned())
        };
        // What the row really names: an id may be rounded, a row number, or a word.
        let post = |row: &Vec<String>| {
            let linked = cell(row, Field::Url).and_then(|url| Address::post(&url)).map(|post| post.tiktok_video_id);
            let named = || cell(row, Field::PostId).filter(|id| address::published_at(id).is_some());
            linked.or_else(|| named().filter(|id| !looks_rounded(id)))
        };
        let mut seen: HashMap<String, Instant> = HashMap::new();
        rows.iter().any(|row| {
            let at = row.get(column).and_then(|value| moment::parse(value, &Terms::utc()).ok());
            let (Some(post), Some(at)) = (post(row), at) else { return false };
            *seen.entry(post).or_insert(at) != at
        })
    }

    /// Returns whether a column has an instant in every row, days after the publication that TikTok's ids of the posts tell.
    /// An id that tells another time altogether is not TikTok's.
    fn is_long_after_ids(&self, column: usize, rows: &[Vec<String>]) -> bool {
        let age = |row: &Vec<String>| {
            let cell = |field: Field| Some(cleaned(row.get(self.index(field)?)?).into_owned());
            let linked = || Some(Address::post(&cell(Field::Url)?)?.tiktok_video_id);
            let published = cell(Field::PostId).or_else(linked).and_then(|id| address::published_at(&id))?;
            let at = moment::parse(row.get(column)?, &Terms::utc()).ok()?;
            Some(at.millis() - published.millis())
        };
        let ages: Option<Vec<i64>> = rows.iter().map(age).collect();
        let Some(ages) = ages else { return false };
        let (youngest, oldest) = (ages.iter().min().copied(), ages.iter().max().copied());
        youngest.is_some_and(|age| age >= 0) && oldest.is_some_and(|age| (2 * DAY_MS..=OLDEST_READ).contains(&age))
    }

    /// Returns whether a column has an instant in every row, none before the post was published and one days later: a column
    /// with the hour of the publication may stand beside one with its date.
    fn is_after_publication(&self, column: usize, rows: &[Vec<String>]) -> bool {
        let Some(published) = self.index(Field::PublishedAt) else { return false };
        let instant = |row: &Vec<String>, column: usize| moment::parse(row.get(column)?, &Terms::utc()).ok();
        let mut is_later = false;
        let is_after = rows.iter().all(|row| {
            let both = instant(row, column).zip(instant(row, published));
            is_later |= both.is_some_and(|(at, published)| at.millis() - published.millis() >= 2 * DAY_MS);
            both.is_some_and(|(at, published)| at >= published)
        });
        is_after && is_later
    }

    /// Returns whether each row is a creator to be added.
    pub fn lists_handles(&self) -> bool {
        self.lists_handles
    }

    /// Returns whether the rows say who the creators are and nothing about them: other columns have names and notes.
    fn says_only_who(&self, rows: &[Vec<String>]) -> bool {
        // Numbers begin with a digit, also those that cannot be read.
        let is_text = |value: &String| {
            !value.trim_start().starts_with(|letter: char| letter.is_ascii_digit())
                && !is_moment(value)
                && Address::parse(value).is_none()
        };
        let is_note = |index: usize| {
            let values = rows.iter().filter_map(|row| row.get(index)).filter(|value| !is_no_value(&cleaned(value)));
            !self.messages.contains(&index) && values.take(PROBED).all(is_text)
        };
        let mut fields = self.fields.iter().enumerate();
        fields.all(|(index, field)| match field {
            Some(Field::Creator | Field::Platform | Field::Ignore) => true,
            // Rows of creators with a name are facts by themselves.
            Some(_) => false,
            None => is_note(index),
        })
    }

    /// Returns the columns that have no field, except those that a person left out.
    pub fn without_field(&self) -> impl Iterator<Item = usize> {
        let fields = self.fields.iter().enumerate();
        fields.filter(|(column, field)| field.is_none() || self.unknown.contains(column)).map(|(column, _)| column)
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
        let is_utc = |name: &str| ["utc", "gmt"].iter().any(|zone| name.ends_with(zone));
        self.index(field).is_some_and(|index| is_utc(&normalised(&self.headers[index])))
    }

    pub(super) fn names_posts(&self) -> bool {
        self.has(Field::PostId) || self.has(Field::Url)
    }

    pub(super) fn names_creators(&self) -> bool {
        self.has(Field::Creator) || self.has(Field::Url) || self.has_default_creator
    }

    fn counts_posts(&self) -> bool {
        [Field::Views, Field::Likes, Field::Comments, Field::Shares, Field::Saves].iter().any(|field| self.has(*field))
    }

    /// Returns whether a creator named for the whole file would say whose posts or followers these are.
    pub fn lacks_creator(&self) -> bool {
        let names_something = !self.names_posts() || self.has(Field::PublishedAt);
        !self.lists_handles && !self.names_creators() && names_something
    }

    /// Returns what is missing before anything can be imported.
    pub fn problem(&self, options: &Options) -> Option<String> {
        let dated = self.has(Field::CapturedAt) || options.collected_at.is_some();
        if self.lists_handles {
            return None;
        }
        let problem = if self.lacks_creator() && !self.names_posts() {
            "No column was recognised as naming a post or a creator. Name the column, or the creator of the whole file."
        } else if self.lacks_creator() {
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
        } else if self.counts_posts() {
            "Views and likes are those of posts, and no column was recognised that names a post."
        } else {
            "The table names creators, and no column was recognised that says anything about them."
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
            lacks_creator: self.lacks_creator(),
        }
    }
}

/// In how many rows the value of a column is what a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// In none, or nothing can be said of it.
    None,
    /// In some.
    Some,
    /// In every row, each time another one: ids of accounts look like ids of posts, and come again.
    All,
}

impl Fit {
    /// Returns how the values of a column in the first rows fit a field.
    fn of(field: Field, column: usize, rows: &[Vec<String>]) -> Fit {
        let fits = |value: &str| match field {
            Field::PostId => address::published_at(value).is_some(),
            Field::Url => matches!(Address::parse(value), Some(Address::Post(_) | Address::ShortLink)),
            Field::PublishedAt | Field::CapturedAt => is_moment(value),
            _ => !is_no_value(value),
        };
        let probed = rows.iter().take(PROBED);
        let values: Vec<_> = probed.clone().filter_map(|row| row.get(column)).map(|value| cleaned(value)).collect();
        let fitting: Vec<_> = values.iter().filter(|value| fits(value)).collect();
        let different = fitting.iter().collect::<HashSet<_>>().len();
        // Only the values of these are each another one.
        let is_of_post = matches!(field, Field::PostId | Field::Url);
        if fitting.is_empty() {
            Fit::None
        } else if is_of_post && different == probed.len() {
            Fit::All
        } else {
            Fit::Some
        }
    }
}
