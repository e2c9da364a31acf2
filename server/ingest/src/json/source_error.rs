//! Items in which a source says that it found nothing: a profile that is gone, a request that failed.

use super::node::Node;
use crate::row_error::RowError;
use crate::source_error::{ASKED, MESSAGE_COLUMNS, MESSAGES_OF_ITEMS, from};

/// Returns the error in an item that has one in place of data.
pub(super) fn of(item: &Node) -> Option<RowError> {
    let text = |path: &str| item.at(path).and_then(Node::as_text).filter(|text| !text.trim().is_empty());
    let mut fields = MESSAGE_COLUMNS.iter().chain(&MESSAGES_OF_ITEMS);
    let (field, said) = fields.find_map(|path| Some((*path, text(path)?)))?;
    from(&said, ASKED.iter().find_map(|path| text(path)).as_deref(), field)
}

/// Returns the error in an item that would be a row of a table. Its other fields may be called `message`.
pub(super) fn of_row(item: &Node) -> Option<RowError> {
    MESSAGE_COLUMNS.iter().find_map(|path| {
        let said = item.at(path).and_then(Node::as_text).filter(|text| !text.trim().is_empty())?;
        from(&said, None, path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        r#"{"input":"noa","error":"This profile does not exist or is private."}"#,
        Some("“noa”: This profile does not exist")
    )]
    #[case(r#"{"url":"https://www.tiktok.com/@noa","errorCode":"NOT_FOUND"}"#, Some("@noa”: NOT_FOUND"))]
    #[case(r#"{"error":{"message":"gone"}}"#, Some("The source says: gone"))]
    #[case(r#"{"errorCode":0}"#, None)]
    #[case(r#"{"error":""}"#, None)]
    #[case(r#"{"id":"1"}"#, None)]
    fn an_item_with_an_error_says_whose_and_what(#[case] item: &str, #[case] expected: Option<&str>) {
        let error = of(&Node::parse(item.as_bytes()).unwrap());
        match expected {
            Some(part) => assert!(error.as_ref().is_some_and(|error| error.reason.contains(part)), "{error:?}"),
            None => assert_eq!(error, None),
        }
    }
}
