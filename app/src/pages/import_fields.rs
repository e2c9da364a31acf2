//! The fields of files, and their labels.

/// The fields that a column can contain, and their labels.
pub const FIELDS: [(&str, &str); 19] = [
    ("ignore", "Leave out"),
    ("post_id", "Post id"),
    ("creator", "Creator handle"),
    ("creator_name", "Creator name"),
    ("avatar_url", "Creator picture"),
    ("account_id", "Account id"),
    ("sec_uid", "Account secUid"),
    ("published_at", "Published at"),
    ("captured_at", "Captured at"),
    ("views", "Views"),
    ("likes", "Likes"),
    ("comments", "Comments"),
    ("shares", "Shares"),
    ("saves", "Saves"),
    ("followers", "Followers"),
    ("description", "Caption"),
    ("url", "Address"),
    ("kind", "Kind"),
    ("platform", "Platform"),
];

/// Returns the label of a field that only facts have, for people. Other names are those of columns, and stay as the file has
/// them.
pub fn field_label(name: &str) -> String {
    let field = match name {
        "tiktok_video_id" => "post_id",
        "tiktok_handle" => "creator",
        other => return other.to_owned(),
    };
    let known = FIELDS.iter().find(|(known, _)| *known == field);
    known.map_or(name, |(_, label)| label).to_owned()
}

#[cfg(test)]
mod tests {
    use super::field_label;

    #[test]
    fn fields_have_labels_and_columns_keep_their_names() {
        assert_eq!(field_label("tiktok_video_id"), "Post id");
        assert_eq!(field_label("url"), "url");
        assert_eq!(field_label("Hearts"), "Hearts");
    }
}
