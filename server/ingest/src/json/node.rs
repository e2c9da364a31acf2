//! One JSON item, as far as the formats need it: scalars and objects. The contents of lists are skipped while parsing,
//! so thumbnails, formats and comments take no memory.

use crate::count;
use crate::moment::{self, Unzoned};
use crate::row_error::{Fault, RowError};
use crate::text;
use compliance::fact::Handle;
use compliance::instant::Instant;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::Cell;
use std::fmt;

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
    /// Parses one item.
    pub fn parse(bytes: &[u8]) -> Result<Node, serde_json::Error> {
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

    /// Returns the names of an object's fields, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let fields: &[(String, Node)] = if let Node::Object(fields) = self { fields } else { &[] };
        fields.iter().map(|(name, _)| name.as_str())
    }

    /// Returns a nested field: `author.uniqueId`.
    pub fn at(&self, path: &str) -> Option<&Node> {
        path.split('.').try_fold(self, |node, key| node.get(key))
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

    /// Returns the first of these fields that is a non-empty text.
    pub fn text(&self, paths: &[&str], max: usize) -> Option<String> {
        paths.iter().find_map(|path| match self.at(path) {
            Some(Node::Text(text)) => text::clean(text, max),
            _ => None,
        })
    }

    /// Returns the first of these fields that is a creator's name.
    pub fn name(&self, paths: &[&str]) -> Option<String> {
        paths.iter().find_map(|path| match self.at(path) {
            Some(Node::Text(text)) => text::name(text),
            _ => None,
        })
    }

    /// Returns the first of these counters that is known.
    pub fn count(&self, paths: &[&str]) -> Result<Option<i64>, RowError> {
        self.first(paths, count::parse).map(Option::flatten)
    }

    /// Returns the first of these instants that is known.
    pub fn instant(&self, paths: &[&str], unzoned: Unzoned) -> Result<Option<Instant>, RowError> {
        self.first(paths, |value| moment::parse(value, unzoned))
    }

    /// Returns the first of these handles that is known.
    pub fn handle(&self, paths: &[&str]) -> Result<Option<Handle>, RowError> {
        self.first(paths, |value| Handle::parse(value).map_err(|fault| Fault::new("invalid_handle", fault.to_string())))
    }

    /// Returns the first of these post ids that is known.
    pub fn post_id(&self, paths: &[&str]) -> Result<Option<String>, RowError> {
        self.first(paths, text::post_id)
    }

    /// Returns the first of these web addresses that is known.
    pub fn address(&self, paths: &[&str]) -> Result<Option<String>, RowError> {
        self.first(paths, text::address).map(Option::flatten)
    }

    fn first<T>(&self, paths: &[&str], parse: impl Fn(&str) -> Result<T, Fault>) -> Result<Option<T>, RowError> {
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
        while let Some(key) = map.next_key::<String>()? {
            let left = self.0.get().checked_sub(1).ok_or_else(|| A::Error::custom("the item has too many fields"))?;
            self.0.set(left);
            fields.push((key, map.next_value_seed(self)?));
        }
        Ok(Node::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(text: &str) -> Node {
        Node::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn numbers_are_read_from_numbers_and_from_texts() {
        let item = node(r#"{"stats":{"playCount":12,"diggCount":"13","commentCount":"","shareCount":null,"x":4.0}}"#);
        assert_eq!(item.count(&["stats.playCount"]), Ok(Some(12)));
        assert_eq!(item.count(&["stats.diggCount"]), Ok(Some(13)));
        assert_eq!(item.count(&["stats.commentCount", "stats.x"]), Ok(Some(4)));
        assert_eq!(item.count(&["stats.shareCount", "stats.none"]), Ok(None));
    }

    #[test]
    fn a_value_of_the_wrong_type_names_its_field() {
        let error = node(r#"{"stats":{"playCount":[1]}}"#).count(&["stats.playCount"]).unwrap_err();
        assert_eq!((error.field.as_deref(), error.code), (Some("stats.playCount"), "wrong_type"));
    }

    #[test]
    fn an_id_that_has_lost_digits_is_refused() {
        assert!(node(r#"{"id":7.3015e18}"#).post_id(&["id"]).is_err());
        assert_eq!(node(r#"{"id":7301540000000000001}"#).post_id(&["id"]).unwrap().unwrap(), "7301540000000000001");
    }

    #[test]
    fn an_item_with_too_many_fields_is_refused() {
        let fields: Vec<String> = (0..=MAX_FIELDS).map(|n| format!("\"{n}\":0")).collect();
        assert!(Node::parse(format!("{{{}}}", fields.join(",")).as_bytes()).is_err());
    }
}
