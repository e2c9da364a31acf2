//! Ids of creators as one short text, so that those of a whole page of a list fit into an address.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use program::ids::CreatorId;
use uuid::Uuid;

/// The bytes of an id.
const ID: usize = 16;

/// Returns the text for ids: 21 or 22 characters each.
pub fn packed(ids: &[CreatorId]) -> String {
    let bytes: Vec<u8> = ids.iter().flat_map(|id| id.uuid().into_bytes()).collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Returns the ids in a text; none if it is not one of [`packed`].
pub fn unpacked(text: &str) -> Vec<CreatorId> {
    let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    let (ids, rest) = bytes.as_chunks::<ID>();
    if rest.is_empty() { ids.iter().map(|id| Uuid::from_bytes(*id).into()).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_and_those_of_a_page_are_short() {
        let ids: Vec<CreatorId> = (0..50).map(|_| CreatorId::new()).collect();
        for count in [0, 1, 2, 50] {
            assert_eq!(unpacked(&packed(&ids[..count])), ids[..count]);
        }
        assert_eq!(packed(&ids).len(), 1_067);
        for damaged in ["%", "A", "AAAA", &packed(&ids)[1..]] {
            assert_eq!(unpacked(damaged), [], "{damaged}");
        }
    }
}
