//! What a source says in place of data: a profile is gone, a request failed.

use crate::excerpt::excerpt;
use crate::row_error::RowError;
use compliance::cell::is_no_value;

/// The fields in which sources say what went wrong, the most telling first.
pub(crate) const MESSAGE_COLUMNS: [&str; 8] = [
    "error",
    "errorMessage",
    "error_message",
    "errorDescription",
    "error.message",
    "errorCode",
    "error_code",
    "errorInfo",
];
/// The fields in which an item without data says so; in rows of data they are captions, or say that all is well.
pub(crate) const MESSAGES_OF_ITEMS: [&str; 2] = ["statusMsg", "message"];
/// The fields that name whose profile or which post was asked for.
pub(crate) const ASKED: [&str; 14] = [
    "input",
    "username",
    "uniqueId",
    "handle",
    "profile",
    "authorMeta.name",
    "author",
    "user",
    "query",
    "searchQuery",
    "url",
    "webVideoUrl",
    "inputUrl",
    "id",
];

/// Returns the error that a source tells in a field, about what was asked for. `"error": false` and `"errorCode": 0` are
/// none.
pub(crate) fn from(said: &str, asked: Option<&str>, field: &str) -> Option<RowError> {
    if said == "0"
        || is_no_value(said)
        || ["ok", "false", "200", "success", "no error"].iter().any(|fine| said.eq_ignore_ascii_case(fine))
    {
        return None;
    }
    let reason = match asked {
        Some(asked) => format!("The source says of “{}”: {}", excerpt(asked), excerpt(said)),
        None => format!("The source says: {}", excerpt(said)),
    };
    Some(RowError { field: Some(field.to_owned()), code: "source_error", reason })
}
