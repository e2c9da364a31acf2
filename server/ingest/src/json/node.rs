//! One JSON item, as far as the formats need it: scalars and objects. The contents of lists are skipped while parsing,
//! so thumbnails, formats and comments take no memory.

use crate::excerpt::excerpt;
use crate::row_error::{Fault, RowError};
use crate::text;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

/// The longest name of a field that is kept, in bytes. Known ones are much shorter, and messages name them.
const LONGEST_NAME: usize = 200;

/// The most fields of an item, at all levels together. A yt-dlp item has about 200.
const MAX_FIELDS: u32 = 20_000;

/// A JSON value without the contents of lists.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Number(serde_json::Number),
    Text(String),
    List,
    Object(Vec<(String, Node)>),
}

impl Node {
    /// Parses one item. What JSON does not have and programs write is mended: see [`repaired`].
    pub fn parse(bytes: &[u8]) -> Result<Node, serde_json::Error> {
        match Node::parse_strictly(bytes) {
            Err(error) => match repaired(bytes) {
                Some(repaired) => Node::parse_strictly(&repaired),
                None => Err(error),
            },
            node => node,
        }
    }

    fn parse_strictly(bytes: &[u8]) -> Result<Node, serde_json::Error> {
        let budget = Cell::new(MAX_FIELDS);
        let mut deserializer = serde_json::Deserializer::from_slice(bytes);
        let node = Building(&budget).deserialize(&mut deserializer)?;
        deserializer.end()?;
        Ok(node)
    }

    /// Returns a field that exists and is not null.
    pub fn get(&self, key: &str) -> Option<&Node> {
        let Node::Object(fields) = self else { return None };
        // Of several equal keys the last counts, as in most parsers.
        let (_, value) = fields.iter().rev().find(|(name, _)| name == key)?;
        if *value == Node::Null { None } else { Some(value) }
    }

    /// Returns an object's fields with their names, in order.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &Node)> {
        let fields: &[(String, Node)] = if let Node::Object(fields) = self { fields } else { &[] };
        fields.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the names of an object's fields, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields().map(|(name, _)| name)
    }

    /// Returns whether this is a single value.
    pub fn is_scalar(&self) -> bool {
        match self {
            Node::Bool(_) | Node::Number(_) => true,
            Node::Text(text) => !text.trim().is_empty(),
            Node::Null | Node::List | Node::Object(_) => false,
        }
    }

    /// Returns a nested field, `author.uniqueId`, also of an item that was flattened: then that is the name of one field,
    /// with a point or a slash.
    pub fn at(&self, path: &str) -> Option<&Node> {
        if !path.contains('.') {
            return self.get(path);
        }
        let nested = path.split('.').try_fold(self, |node, key| node.get(key));
        nested.or_else(|| self.get(path)).or_else(|| self.get(&path.replace('.', "/")))
    }

    pub fn is_empty_object(&self) -> bool {
        matches!(self, Node::Object(fields) if fields.is_empty())
    }

    /// Returns a text or number as text.
    pub fn as_text(&self) -> Option<String> {
        match self {
            Node::Text(text) => Some(text.clone()),
            Node::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// Returns a field that is a non-empty text.
    pub fn text(&self, path: &str, max: usize) -> Option<String> {
        match self.at(path) {
            Some(Node::Text(text)) => text::clean(text, max),
            _ => None,
        }
    }

    /// Returns the first of these fields that has a value, parsed from its text.
    pub fn first<T>(&self, paths: &[&str], parse: impl Fn(&str) -> Result<T, Fault>) -> Result<Option<T>, RowError> {
        for path in paths {
            let Some(node) = self.at(path) else { continue };
            let Some(value) = node.as_text() else {
                let reason = format!("{} is here where a text or a number belongs.", node.noun());
                return Err(Fault::new("wrong_type", reason).at(path));
            };
            if !value.trim().is_empty() {
                return parse(&value).map(Some).map_err(|fault| fault.at(path));
            }
        }
        Ok(None)
    }

    fn noun(&self) -> &'static str {
        match self {
            Node::Null => "Null",
            Node::Bool(_) => "True or false",
            Node::Number(_) => "A number",
            Node::Text(_) => "A text",
            Node::List => "A list",
            Node::Object(_) => "An object",
        }
    }
}

/// What Python writes for numbers that JSON does not have, the longest first.
const BARE_WORDS: [&[u8]; 3] = [b"-Infinity", b"Infinity", b"NaN"];

/// Returns the item with `null` in place of each bare word of Python and of each number that is too large, and with a
/// replacement character in place of half a character: programs that cut a text leave the first half of an emoji. `None` if
/// there is nothing of these.
fn repaired(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut repaired = Vec::with_capacity(bytes.len());
    let (mut at, mut in_text, mut found) = (0, false, false);
    while let Some(byte) = bytes.get(at) {
        let rest = &bytes[at..];
        let unusable = if in_text { 0 } else { unusable_value(rest) };
        if unusable > 0 {
            repaired.extend_from_slice(b"null");
            (at, found) = (at + unusable, true);
            continue;
        }
        match byte {
            b'\\' if in_text => {
                let length = match (surrogate(rest), rest.get(6..).and_then(surrogate)) {
                    (Some(Half::First), Some(Half::Second)) => 12,
                    (Some(_), _) => {
                        repaired.extend_from_slice(b"\\ufffd");
                        (at, found) = (at + 6, true);
                        continue;
                    }
                    (None, _) => 2,
                };
                repaired.extend_from_slice(&rest[..length.min(rest.len())]);
                at += length;
            }
            _ if !in_text && (byte.is_ascii_digit() || *byte == b'-') => {
                let length = number_length(rest);
                repaired.extend_from_slice(&rest[..length]);
                at += length;
            }
            _ => {
                in_text ^= *byte == b'"';
                repaired.push(*byte);
                at += 1;
            }
        }
    }
    found.then_some(repaired)
}

/// Returns the length of the bare word or the number beyond all numbers with which `rest` begins; 0 if it does not.
fn unusable_value(rest: &[u8]) -> usize {
    if let Some(word) = BARE_WORDS.iter().find(|word| rest.starts_with(word)) {
        return word.len();
    }
    let length = number_length(rest);
    let number = std::str::from_utf8(&rest[..length]).ok().and_then(|number| number.parse::<f64>().ok());
    if number.is_some_and(f64::is_infinite) { length } else { 0 }
}

fn number_length(rest: &[u8]) -> usize {
    let is_of_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
    let begins = rest.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'-');
    if begins { rest.iter().take_while(|byte| is_of_number(byte)).count().max(1) } else { 0 }
}

/// Half of a character that UTF-16 writes in two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    First,
    Second,
}

/// Returns which half the escape is with which `rest` begins.
fn surrogate(rest: &[u8]) -> Option<Half> {
    let digits = std::str::from_utf8(rest.strip_prefix(b"\\u")?.get(..4)?).ok()?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xd800..=0xdbff => Some(Half::First),
        0xdc00..=0xdfff => Some(Half::Second),
        _ => None,
    }
}

/// Builds a [`Node`] from at most the remaining number of fields.
#[derive(Clone, Copy)]
struct Building<'b>(&'b Cell<u32>);

impl<'de> DeserializeSeed<'de> for Building<'_> {
    type Value = Node;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Building<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(serde_json::Number::from_f64(value).map_or(Node::Null, Node::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Node::List)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = Vec::new();
        while let Some(mut key) = map.next_key::<String>()? {
            key.truncate(key.floor_char_boundary(LONGEST_NAME));
            let left = self.0.get().checked_sub(1).ok_or_else(|| A::Error::custom("the item has too many fields"))?;
            self.0.set(left);
            fields.push((key, map.next_value_seed(self)?));
        }
        Ok(Node::Object(fields))
    }
}

/// Returns the sentence for an item that is not JSON.
pub fn invalid(error: &serde_json::Error) -> String {
    // The parser's message without its position, which is relative to the item.
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    format!("The item is not valid JSON: {}.", excerpt(said))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node {
        Node::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_field_is_found_nested_and_flattened() {
        for item in [r#"{"authorMeta":{"name":"mia"}}"#, r#"{"authorMeta.name":"mia"}"#, r#"{"authorMeta/name":"mia"}"#]
        {
            assert_eq!(node(item).text("authorMeta.name", 10).as_deref(), Some("mia"), "{item}");
        }
    }

    #[test]
    fn bare_words_of_python_are_null() {
        let item = node(r#"{"a":NaN,"b":-Infinity,"c":[Infinity],"d":"NaN","e":"\\\"NaN"}"#);
        assert!(item.get("a").is_none() && item.get("b").is_none());
        assert_eq!(item.text("d", 10).as_deref(), Some("NaN"));
        assert_eq!(item.text("e", 10).as_deref(), Some("\\\"NaN"));
        assert!(Node::parse(br#"{"a":NaM}"#).is_err());
    }

    #[test]
    fn half_a_character_and_a_number_beyond_all_cost_no_item() {
        let item =
            node(r#"{"a":"cut \ud83d","b":"\ude00 whole \ud83d\ude00 \\ud83d","c":1e400,"d":[-1E999],"e":12.5}"#);
        assert_eq!(item.text("a", 20).as_deref(), Some("cut \u{fffd}"));
        assert_eq!(item.text("b", 40).as_deref(), Some("\u{fffd} whole \u{1f600} \\ud83d"));
        assert!(item.get("c").is_none());
        assert_eq!(item.get("e").and_then(Node::as_text).as_deref(), Some("12.5"));
    }

    #[test]
    fn a_name_is_cut_off_where_no_known_one_is_as_long() {
        let item = node(&format!(r#"{{"{}é":1}}"#, "k".repeat(199)));
        assert_eq!(item.names().next().map(str::len), Some(199));
    }

    #[test]
    fn an_item_with_too_many_fields_is_refused() {
        let fields: Vec<String> = (0..=MAX_FIELDS).map(|n| format!("\"{n}\":0")).collect();
        assert!(Node::parse(format!("{{{}}}", fields.join(",")).as_bytes()).is_err());
    }
}
