//! Ensures that a form creates something only once, however often it is sent.
//!
//! Every such form carries an id that the server generated. The id of the created thing is computed from that id and
//! from what was typed, so the same form sent again finds what it created. The same page with other input (after
//! "Back") creates something else. The id that a browser sends is never used as an id itself, so it can neither
//! overwrite nor read anything that exists.

use crate::error::AppError;
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid, Variant, Version};

/// The name of the field that carries a form's id.
pub const FORM_ID: &str = "form_id";

/// Returns the id for a form that is about to be shown.
#[must_use]
pub fn new_form_id() -> Uuid {
    Uuid::now_v7()
}

/// Returns the id of what a form creates: `of` is the kind of thing, and `typed` contains all input that affects the
/// result. A program that sends no id gets a new one each time.
pub fn id_made<Id: From<Uuid>>(form_id: &str, of: &str, typed: &[&str]) -> Result<Id, AppError> {
    if form_id.is_empty() {
        return Ok(Uuid::now_v7().into());
    }
    let invalid = || AppError::Invalid(format!("{FORM_ID}: Leave it out, or send a UUID of version 7."));
    let form_id = Uuid::try_parse(form_id).ok().filter(|id| id.get_version_num() == 7).ok_or_else(invalid)?;
    let mut hash = Sha256::new();
    hash.update(form_id.as_bytes());
    for part in [of].iter().chain(typed) {
        // Each text is hashed with its length, so that different lists never have the same bytes.
        hash.update(part.len().to_be_bytes());
        hash.update(part.as_bytes());
    }
    let mut bytes = *form_id.as_bytes();
    // The first six bytes are the time, which keeps ids ordered by time.
    bytes[6..].copy_from_slice(&hash.finalize()[..10]);
    let id = Builder::from_bytes(bytes).with_variant(Variant::RFC4122).with_version(Version::SortRand).into_uuid();
    Ok(id.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_form_makes_the_same_thing_and_another_one_another() {
        let form = new_form_id().to_string();
        let id = |form: &str, of: &str, typed: &[&str]| id_made::<Uuid>(form, of, typed).expect("an id");
        let made = id(&form, "goal", &["a", "b"]);
        assert_eq!(made, id(&form, "goal", &["a", "b"]));
        assert_eq!(made.get_version_num(), 7);
        assert_eq!(made.as_bytes()[..6], Uuid::try_parse(&form).expect("an id").as_bytes()[..6], "of the form's time");
        let others = [
            form.parse().expect("an id"),
            id(&form, "goal", &["ab", ""]),
            id(&form, "goal", &["a", "c"]),
            id(&form, "campaign", &["a", "b"]),
            id(&new_form_id().to_string(), "goal", &["a", "b"]),
        ];
        assert!(!others.contains(&made), "{made} {others:?}");
        assert_ne!(id("", "goal", &[]), id("", "goal", &[]), "without a form each is another");
    }

    #[test]
    fn what_is_no_form_id_is_refused_by_name() {
        for text in ["x", "0190a0a0-0000-4000-8000-000000000001", "00000000-0000-0000-0000-000000000000"] {
            let refused = id_made::<Uuid>(text, "goal", &[]).expect_err("refused").to_string();
            assert!(refused.starts_with("form_id:"), "{refused}");
        }
    }
}
