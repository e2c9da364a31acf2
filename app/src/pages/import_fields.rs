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

/// Returns the label of a field for people: of one that a column can contain, or one that the API has. A column's own name
/// stays as the file has it.
pub fn field_label(name: &str) -> String {
    let name = match name {
        "tiktok_video_id" => "post_id",
        "tiktok_handle" => "creator",
        "collected_at" => "captured_at",
        other => other,
    };
    let known = FIELDS.iter().find(|(field, _)| *field == name);
    known.map_or(name, |(_, label)| label).to_owned()
}

#[cfg(test)]
mod tests {
    use super::field_label;

    #[test]
    fn fields_have_labels_and_columns_keep_their_names() {
        assert_eq!(field_label("tiktok_video_id"), "Post id");
        assert_eq!(field_label("captured_at"), "Captured at");
        assert_eq!(field_label("Hearts"), "Hearts");
    }
}
