//! One row of a table, read by the fields of its columns.

use super::columns::Columns;
use super::formats::Reading;
use super::records::Cells;
use crate::count;
use crate::excerpt::excerpt;
use crate::field::{Field, normalised};
use crate::id;
use crate::moment;
use crate::observation::{Observation, Origin};
use crate::platform;
use crate::row_error::{Fault, LeftOut, RowError};
use crate::source_error;
use crate::text;
use compliance::address::{self, Address};
use compliance::cell::{cleaned, is_no_value, is_total};
use compliance::fact::{AccountIdKind, Counters, PostKind};
use compliance::instant::Instant;

/// The digits of TikTok's ids of newer accounts.
const LONG_ID: usize = 15;

/// The error for a row that is not UTF-8.
const NOT_UTF8: &str = "The row is not UTF-8 text. If a Windows program wrote the file, choose Windows-1252 on the page or \
    add `--encoding windows-1252` on the command line; otherwise save the file as “CSV UTF-8”.";

/// One row and the fields of its columns.
pub(super) struct RowCells<'t> {
    pub columns: &'t Columns,
    pub cells: &'t Cells,
    pub reading: &'t Reading,
    /// Whether the row ends with a line break.
    pub is_whole: bool,
}

/// Whether a row holds sums of the rows above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sums {
    /// A cell says so.
    Labelled,
    /// It has numbers, and nothing that says what they count.
    Unlabelled,
    /// It is a row of data.
    No,
}

impl RowCells<'_> {
    /// Returns what the row contains.
    pub fn observe(&self) -> Result<Observation, RowError> {
        let not_text = || RowError::of_row("not_utf8", NOT_UTF8);
        let row = self.cells.text().ok_or_else(not_text)?;
        self.check_width(row)?;
        let mut left_out = Vec::new();
        let mut seen = Observation {
            accounts: [(Field::AccountId, AccountIdKind::User), (Field::SecUid, AccountIdKind::SecUid)]
                .into_iter()
                .filter_map(|(field, kind)| id::account(kind, self.value(row, field)?))
                // A shorter number in a table may be an id of another system.
                .filter(|account| account.as_str().len() >= LONG_ID)
                .collect(),
            creator_name: self.text(row, Field::CreatorName).and_then(text::name),
            avatar_url: self.usable(row, Field::AvatarUrl, text::address, &mut left_out).flatten(),
            counters: Counters {
                views: self.count(row, Field::Views, &mut left_out),
                likes: self.count(row, Field::Likes, &mut left_out),
                comments: self.count(row, Field::Comments, &mut left_out),
                shares: self.count(row, Field::Shares, &mut left_out),
                saves: self.count(row, Field::Saves, &mut left_out),
            },
            followers: self.count(row, Field::Followers, &mut left_out),
            description: self.text(row, Field::Description).and_then(|text| text::clean(text, text::MAX_DESCRIPTION)),
            url: self.usable(row, Field::Url, text::address, &mut left_out).flatten(),
            kind: self.usable(row, Field::Kind, kind, &mut left_out),
            lists_creators: self.columns.lists_handles(),
            origin: Origin::Table,
            left_out,
            ..Observation::default()
        };
        seen.set_id(self.read(row, Field::PostId, id::parse));
        match self.read(row, Field::Creator, text::handle) {
            Ok(creator) => seen.creator = creator.flatten(),
            Err(error) => seen.unusable_creator = Some(error),
        }
        self.check_platform(row)?;
        seen.read_link(|field| self.columns.name_of(field))?;
        seen.published_at = self.instant(row, Field::PublishedAt, seen.post_id.as_deref())?;
        seen.captured_at = self.instant(row, Field::CapturedAt, None)?;
        // Among rows of posts, a plain `date` column in a row of followers is the day of the reading.
        if seen.post_id.is_none() && seen.captured_at.is_none() && self.columns.plain_date == Some(Field::PublishedAt) {
            seen.captured_at = seen.published_at.take();
        }
        seen.dates_posts = self.columns.has(Field::PublishedAt) && seen.post_id.is_some();
        Ok(seen)
    }

    /// Returns what the source says went wrong, in a row that it wrote in place of data.
    pub fn source_error(&self) -> Option<RowError> {
        let row = self.cells.text()?;
        let first = |columns: &[usize]| {
            let mut values = columns.iter().filter_map(|column| Some((*column, self.cells.cell(row, *column)?.trim())));
            values.find(|(_, value)| !value.is_empty() && !is_no_value(&cleaned(value)))
        };
        let (column, said) = first(&self.columns.messages)?;
        let asked = first(&self.columns.asked).map(|(_, asked)| asked);
        source_error::from(said, asked, &self.columns.shown(column))
    }

    /// Refuses rows about another platform.
    fn check_platform(&self, row: &str) -> Result<(), RowError> {
        let cell = self.value(row, Field::Platform);
        let named = cell.and_then(platform::named).map(|platform| (Field::Platform, platform));
        // A link to another site stands in rows about TikTok too: a shop, another account of the creator.
        let id = self.value(row, Field::PostId);
        let is_of_tiktok = cell.is_some() || id.is_some_and(|id| address::published_at(&cleaned(id)).is_some());
        let is_post = id.is_some() || self.value(row, Field::PublishedAt).is_some();
        let linked = || {
            let url = self.value(row, Field::Url).filter(|_| is_post && !is_of_tiktok)?;
            Some((Field::Url, platform::of_address(url)?))
        };
        let Some((field, platform)) = named.or_else(linked) else { return Ok(()) };
        let reason = format!("The row is about {platform}; only TikTok counts.");
        Err(Fault::new("not_tiktok", reason).at(self.columns.name_of(field)))
    }

    /// Returns whether the row is the header once more, as where files were put one below the other.
    pub fn repeats_header(&self) -> bool {
        let Some(row) = self.cells.text() else { return false };
        let is_repeated = |(index, header): (usize, &String)| {
            self.cells.cell(row, index).is_some_and(|cell| !header.is_empty() && cleaned(cell) == header.as_str())
        };
        self.columns.headers.iter().enumerate().all(is_repeated)
    }

    /// Returns whether the row holds sums of the rows above.
    pub fn sums(&self) -> Sums {
        let Some(row) = self.cells.text() else { return Sums::No };
        let names_post = self.value(row, Field::PostId).is_some_and(|value| !is_total(&cleaned(value)))
            || self.value(row, Field::Url).is_some_and(|value| Address::parse(&cleaned(value)).is_some());
        if names_post {
            return Sums::No;
        }
        let says_of_what =
            [Field::Creator, Field::PublishedAt, Field::CapturedAt, Field::CreatorName, Field::Description];
        // The label stands where a row says of what it is, or at its beginning; elsewhere the word is a value.
        let named =
            says_of_what.iter().chain(&[Field::PostId, Field::Url]).filter_map(|field| self.columns.index(*field));
        let beginning = (0..self.cells.len())
            .find(|index| self.cells.cell(row, *index).is_some_and(|cell| !cell.trim().is_empty()));
        let is_labelled =
            named.chain(beginning).filter_map(|index| self.cells.cell(row, index)).any(|cell| is_total(&cleaned(cell)));
        if is_labelled {
            Sums::Labelled
        } else if says_of_what.iter().any(|field| self.value(row, *field).is_some()) {
            Sums::No
        } else {
            Sums::Unlabelled
        }
    }

    /// Refuses rows that are too long, whose values may be in the wrong columns, and a short last row that may be cut
    /// off. Spreadsheets leave out empty cells at the end of a row, or add some.
    fn check_width(&self, row: &str) -> Result<(), RowError> {
        let (width, expected) = (self.cells.len(), self.columns.width());
        let surplus_is_empty =
            (expected..width).all(|index| self.cells.cell(row, index).is_none_or(|cell| cell.trim().is_empty()));
        if width < expected && !self.is_whole || !surplus_is_empty {
            let reason = format!("The row has {width} cells, the header has {expected}.");
            return Err(RowError::of_row("wrong_width", reason));
        }
        Ok(())
    }

    /// Returns a caption or a name, which may be three points or a question mark.
    fn text<'r>(&self, row: &'r str, field: Field) -> Option<&'r str> {
        let text = self.cells.cell(row, self.columns.index(field)?)?.trim();
        (!text.is_empty() && !text.eq_ignore_ascii_case("null")).then_some(text)
    }

    fn value<'r>(&self, row: &'r str, field: Field) -> Option<&'r str> {
        let value = self.cells.cell(row, self.columns.index(field)?)?.trim();
        (!value.is_empty() && !is_no_value(&cleaned(value))).then_some(value)
    }

    fn read<T>(
        &self,
        row: &str,
        field: Field,
        parse: impl Fn(&str) -> Result<T, Fault>,
    ) -> Result<Option<T>, RowError> {
        let value = self.value(row, field);
        value.map(parse).transpose().map_err(|fault| fault.at(self.columns.name_of(field)))
    }

    /// Reads a value without which the rest of the row can still be used.
    fn usable<T>(
        &self,
        row: &str,
        field: Field,
        parse: impl Fn(&str) -> Result<T, Fault>,
        left_out: &mut Vec<LeftOut>,
    ) -> Option<T> {
        let value = self.value(row, field);
        value.map(parse).transpose().unwrap_or_else(|fault| {
            left_out.push(fault.left_out_of(self.columns.name_of(field)));
            None
        })
    }

    fn count(&self, row: &str, field: Field, left_out: &mut Vec<LeftOut>) -> Option<i64> {
        let value = self.cells.cell(row, self.columns.index(field)?)?;
        count::parse(value, self.reading.decimal).unwrap_or_else(|fault| {
            left_out.push(fault.left_out_of(self.columns.name_of(field)));
            None
        })
    }

    fn instant(&self, row: &str, field: Field, post_id: Option<&str>) -> Result<Option<Instant>, RowError> {
        let terms = self.reading.terms(self.columns.is_utc(field), post_id);
        self.read(row, field, |value| moment::parse(value, &terms))
    }
}

fn kind(value: &str) -> Result<PostKind, Fault> {
    match normalised(value).as_str() {
        "video" => Ok(PostKind::Video),
        "photocarousel" | "photo" | "photos" | "carousel" | "slideshow" | "image" | "images" => {
            Ok(PostKind::PhotoCarousel)
        }
        _ => Err(Fault::new("invalid_kind", format!("“{}” is neither video nor photo_carousel.", excerpt(value)))),
    }
}
