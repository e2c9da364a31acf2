//! The open lists and objects at the scanner's position, and what is kept of them.

use crate::row_error::RowError;
use crate::{MAX_DEPTH, MAX_ITEM_BYTES};

/// The fields whose list contains items.
const LISTS: [&str; 11] = [
    "entries",
    "data",
    "videos",
    "itemList",
    "item_list",
    "aweme_list",
    "items",
    "records",
    "results",
    "rows",
    "posts",
];
/// The list of posts in a data download; only within [`DOWNLOADED_POSTS`], because the list of watched videos has the
/// same name.
const DOWNLOADED: &str = "VideoList";
const DOWNLOADED_POSTS: [&str; 2] = ["Videos", "Posts"];
/// The fields whose object contains items deeper inside.
const WRAPPERS: [&str; 9] =
    ["data", "userInfo", "user_info", "itemInfo", "itemStruct", "Video", "Post", "Videos", "Posts"];

/// Longer than any key in these lists, including quotes.
const MAX_KEY: usize = 16;

/// An open list or object.
pub(super) enum Frame {
    List,
    Object(Object),
}

/// An object that is searched for items.
pub(super) struct Object {
    pub(super) line: u64,
    pub(super) kept: Vec<u8>,
    /// How many bytes may be kept; all open envelopes share one limit.
    pub(super) allowance: usize,
    pub(super) walked_into: bool,
    pub(super) defect: Option<Defect>,
    /// The last key with its quotes, as long as it may be one of the lists above.
    pub(super) key: Vec<u8>,
    pub(super) in_key: bool,
    /// Whether it was reached through [`DOWNLOADED_POSTS`].
    pub(super) holds_posts: bool,
}

/// Why an object is not an item.
#[derive(Clone, Copy)]
pub(super) enum Defect {
    Malformed,
    TooLarge,
    TooDeep,
}

impl Object {
    /// Creates an object that begins in this line, of which `allowance` bytes may be kept.
    pub(super) fn begin(line: u64, allowance: usize, holds_posts: bool) -> Object {
        Object {
            line,
            kept: vec![b'{'],
            allowance,
            walked_into: false,
            defect: None,
            key: Vec::new(),
            in_key: false,
            holds_posts,
        }
    }

    /// Returns whether the value of the last key, which begins with `first`, contains items, and then whether they are
    /// the person's own posts.
    pub(super) fn way_in(&self, first: u8) -> Option<bool> {
        let key = self.key.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
        let key = std::str::from_utf8(key).ok()?;
        if first == b'[' {
            let listed = LISTS.contains(&key) || key == DOWNLOADED && self.holds_posts;
            listed.then_some(false)
        } else {
            WRAPPERS.contains(&key).then(|| DOWNLOADED_POSTS.contains(&key))
        }
    }

    /// Marks the object as defective; the first defect is kept, and no further bytes are.
    pub(super) fn spoil(&mut self, defect: Defect) {
        if self.defect.is_none() {
            self.defect = Some(defect);
            self.kept = Vec::new();
        }
    }
}

impl Defect {
    /// Returns the error for the defect.
    pub(super) fn error(self) -> RowError {
        match self {
            Defect::Malformed => RowError::of_row("malformed_json", "The item is not valid JSON."),
            Defect::TooLarge => {
                RowError::of_row("too_large", format!("The item is larger than {} MiB.", MAX_ITEM_BYTES >> 20))
            }
            Defect::TooDeep => {
                RowError::of_row("too_deep", format!("The item is nested more than {MAX_DEPTH} levels deep."))
            }
        }
    }
}

/// Keeps bytes of the innermost object; nothing is kept for a list.
pub(super) fn keep(frames: &mut [Frame], bytes: &[u8]) {
    if let Some(Frame::Object(object)) = frames.last_mut() {
        object.in_key &= object.key.len() + bytes.len() <= MAX_KEY;
        if object.in_key {
            object.key.extend_from_slice(bytes);
        }
        if object.kept.len() + bytes.len() > object.allowance {
            object.spoil(Defect::TooLarge);
        }
        if object.defect.is_none() {
            object.kept.extend_from_slice(bytes);
        }
    }
}
