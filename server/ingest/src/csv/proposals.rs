//! What the mapping step proposes for columns whose names say nothing: the field that their values look like.

use super::columns::Columns;
use crate::count;
use crate::field::Field;
use crate::moment::is_moment;
use compliance::address::{self, Address};
use compliance::fact::Handle;

/// Words of a header that is about people.
const PEOPLE: [&str; 9] =
    ["user", "member", "creator", "influencer", "talent", "profile", "account", "handle", "author"];
/// Words of a header of ids of posts.
const IDS: [&str; 7] = ["id", "no", "nr", "number", "video", "post", "tiktok"];
/// Words of a header of dates of something else.
const NO_DATES: [&str; 12] = [
    "birthday", "birth", "deadline", "contract", "start", "end", "due", "joined", "signed", "invoice", "payment",
    "paid",
];
/// Words of a header that speaks of the reading of numbers.
const READ: [&str; 17] = [
    "captured",
    "capture",
    "collected",
    "collection",
    "scraped",
    "scrape",
    "fetched",
    "crawled",
    "retrieved",
    "exported",
    "export",
    "snapshot",
    "checked",
    "seen",
    "read",
    "downloaded",
    "updated",
];
/// Words of a header whose numbers are not those of a counter.
const NO_COUNTERS: [&str; 24] = [
    "lost",
    "new",
    "gained",
    "gain",
    "previous",
    "last",
    "rank",
    "delta",
    "average",
    "avg",
    "mean",
    "median",
    "rate",
    "ratio",
    "percent",
    "per",
    "growth",
    "change",
    "target",
    "goal",
    "max",
    "min",
    "unique",
    "estimated",
];

impl Columns {
    /// Returns the field that the values of a column look like, if every row agrees and the field is still free.
    pub(super) fn suggestion(&self, index: usize, rows: &[Vec<String>]) -> Option<Field> {
        let values: Vec<&str> = rows.iter().filter_map(|row| row.get(index)).map(|value| value.trim()).collect();
        if values.is_empty() {
            return None;
        }
        let words: Vec<String> = words(&self.headers[index]);
        let has_word = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|value| test(value));
        let free = |field: Field| (!self.has(field)).then_some(field);
        let is_number = all(&|value| value.bytes().all(|byte| byte.is_ascii_digit()));
        // An average, a rate or the figure of one day is no counter.
        let is_counter = all(&|value| matches!(count::parse(value, None), Ok(Some(_))))
            && !has_word(&NO_COUNTERS)
            && !words.iter().any(|word| word.starts_with(|letter: char| letter.is_ascii_digit()));
        if let Some(field) = self.post_field(index, &values) {
            free(field)
        } else if !is_number && all(&is_moment) {
            // In a row with a post a date is when it was published, unless its name speaks of the reading.
            let has_posts = self.looks_like_posts(rows);
            let is_published = has_posts && !self.has(Field::PublishedAt) && !has_word(&READ);
            if has_word(&NO_DATES) {
                None
            } else if is_published {
                free(Field::PublishedAt)
            } else if self.is_dated || has_posts && !has_word(&READ) && !all(&|value| value.contains(':')) {
                // What a person said goes before a guess, and a day is too little to tell the readings of posts apart.
                None
            } else {
                free(Field::CapturedAt)
            }
        } else if !is_number
            && !self.names_creators()
            && has_word(&PEOPLE)
            && all(&|value| Handle::parse(value).is_ok())
        {
            free(Field::Creator)
        } else if is_counter && has_word(&["view", "views"]) {
            free(Field::Views)
        } else if is_counter && has_word(&["like", "likes"]) {
            free(Field::Likes)
        } else if is_counter && has_word(&["follower", "followers"]) {
            free(Field::Followers)
        } else {
            None
        }
    }

    /// Returns the field of a column whose values look like ids or addresses of posts.
    fn post_field(&self, index: usize, values: &[&str]) -> Option<Field> {
        let all = |test: &dyn Fn(&str) -> bool| values.iter().all(|value| test(value));
        let words = words(&self.headers[index]);
        let has_word = |wanted: &[&str]| words.iter().any(|word| wanted.contains(&word.as_str()));
        let is_number = all(&|value| value.len() >= 6 && value.bytes().all(|byte| byte.is_ascii_digit()));
        let is_dated = || all(&|value| address::published_at(value).is_some());
        if all(&|value| Address::post(value).is_some()) {
            Some(Field::Url)
        } else if is_number
            && !has_word(&PEOPLE)
            && (is_dated() || words.iter().all(|word| IDS.contains(&word.as_str())))
        {
            // Ids of accounts look the same.
            Some(Field::PostId)
        } else {
            None
        }
    }

    /// Returns whether a column names posts, or looks as if it did.
    fn looks_like_posts(&self, rows: &[Vec<String>]) -> bool {
        let looks = |index: usize| {
            let values: Vec<&str> = rows.iter().filter_map(|row| row.get(index)).map(|value| value.trim()).collect();
            !values.is_empty() && self.post_field(index, &values).is_some()
        };
        self.names_posts() || (0..self.headers.len()).any(looks)
    }
}

/// Returns the words of a header, in lower case; `memberId` and `member_id` are two.
fn words(header: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in header.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() && before.is_lowercase() {
            words.push(String::new());
        }
        if letter.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}
