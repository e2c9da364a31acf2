//! Numbers in sentences.

/// Writes a number with thousands separators: 8192 as 8,192.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let (first, rest) = digits.split_at((digits.len() - 1) % 3 + 1);
    let groups = rest.as_bytes().chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    std::iter::once(first.to_owned()).chain(groups).collect::<Vec<_>>().join(",")
}
