//! Parses the description of the HTTP API (`OpenAPI` 3.1) for the page that shows it.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;
use std::fmt::Write as _;

/// The most levels of nesting in an example.
const DEEPEST: usize = 6;

/// The description of the API.
#[derive(Debug, Clone, Deserialize)]
pub struct Reference {
    /// Groups of operations, in the order they are shown.
    pub tags: Vec<Tag>,
    /// Operations by path and method.
    paths: IndexMap<String, IndexMap<String, Operation>>,
    /// The schemas of bodies.
    components: Components,
}

/// A group of operations.
#[derive(Debug, Clone, Deserialize)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
}

/// An operation.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Operation {
    #[serde(default)]
    tags: Vec<String>,
    /// A name for programs, unique.
    pub operation_id: String,
    /// What it does, in a few words.
    pub summary: String,
    /// More about it, in paragraphs.
    #[serde(default)]
    pub description: String,
    /// The parameters in path, query and headers.
    #[serde(default)]
    pub parameters: Vec<Parameter>,
    request_body: Option<Content>,
    /// The responses by status.
    pub responses: IndexMap<String, Content>,
}

/// A parameter.
#[derive(Debug, Clone, Deserialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query` or `header`.
    #[serde(rename = "in")]
    pub place: String,
    /// What it means.
    #[serde(default)]
    pub description: String,
    /// Whether it must be given.
    #[serde(default)]
    pub required: bool,
    schema: Schema,
}

/// A body, of a request or an answer.
#[derive(Debug, Clone, Deserialize)]
pub struct Content {
    /// What it is for.
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    content: IndexMap<String, Media>,
}

#[derive(Debug, Clone, Deserialize)]
struct Media {
    schema: Schema,
    example: Option<Value>,
}

#[derive(Debug, Clone, Deserialize)]
struct Components {
    schemas: IndexMap<String, Schema>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "type")]
    kind: Value,
    format: Option<String>,
    description: String,
    example: Option<Value>,
    #[serde(rename = "enum")]
    values: Vec<Value>,
    minimum: Option<Value>,
    maximum: Option<Value>,
    required: Vec<String>,
    properties: IndexMap<String, Schema>,
    items: Option<Box<Schema>>,
    one_of: Vec<Schema>,
    all_of: Vec<Schema>,
}

/// A field of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldLine {
    /// The depth of nesting.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// The type, such as `integer or null`.
    pub holds: String,
    /// Whether it is required.
    pub required: bool,
    /// What it means.
    pub description: String,
}

impl Reference {
    /// Parses a description; the error says where it is invalid.
    pub fn parse(json: &str) -> Result<Reference, serde_json::Error> {
        serde_json::from_str(json)
    }

    /// Returns the operations of a group: method, path, operation.
    pub fn operations<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = (&'a str, &'a str, &'a Operation)> {
        let all = self.paths.iter().flat_map(|(path, methods)| {
            methods.iter().map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
        });
        all.filter(move |(_, _, operation)| operation.tags.iter().any(|name| name == tag))
    }

    /// Returns the type of a parameter.
    #[must_use]
    pub fn holds(&self, parameter: &Parameter) -> String {
        self.name_of(&parameter.schema)
    }

    /// Returns the fields of a request's body; none if it has no body.
    #[must_use]
    pub fn request_fields(&self, operation: &Operation) -> Vec<FieldLine> {
        operation.request_body.as_ref().map_or_else(Vec::new, |body| self.fields_of(body))
    }

    /// Returns the fields of a successful response.
    #[must_use]
    pub fn answer_fields(&self, operation: &Operation) -> Vec<FieldLine> {
        success(operation).map_or_else(Vec::new, |(_, answer)| self.fields_of(answer))
    }

    /// Returns an example of a request's body.
    #[must_use]
    pub fn request_example(&self, operation: &Operation) -> Option<String> {
        self.example(operation.request_body.as_ref()?)
    }

    /// Returns an example of a successful response: its status and body.
    #[must_use]
    pub fn answer_example(&self, operation: &Operation) -> Option<(String, Option<String>)> {
        let (status, answer) = success(operation)?;
        Some((status.to_owned(), self.example(answer)))
    }

    fn resolve<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let name = schema.reference.as_deref().and_then(|reference| reference.rsplit('/').next());
        name.and_then(|name| self.components.schemas.get(name)).unwrap_or(schema)
    }

    /// Returns the schema without null, or the first of several alternatives.
    fn main<'a>(&'a self, schema: &'a Schema) -> &'a Schema {
        let schema = self.resolve(schema);
        match schema.one_of.iter().find(|one| one.kind != "null") {
            Some(one) => self.main(one),
            None => schema,
        }
    }

    fn properties<'a>(&'a self, schema: &'a Schema) -> Vec<(&'a str, &'a Schema, bool)> {
        let schema = self.resolve(schema);
        let own = schema.properties.iter().map(|(name, of)| (name.as_str(), of, schema.required.contains(name)));
        // The tag that distinguishes alternatives, or the subject of an evaluation, comes before the rest.
        let parts = schema.all_of.iter().rev().flat_map(|part| self.properties(part));
        own.chain(parts).collect()
    }

    /// Returns the fields of a body; for a response in the usual envelope, those in `data`.
    fn fields_of(&self, content: &Content) -> Vec<FieldLine> {
        let mut lines = Vec::new();
        let Some(media) = content.content.values().next() else { return lines };
        let whole = self.main(&media.schema);
        let wanted = whole.properties.get("data").filter(|_| whole.properties.contains_key("error"));
        let wanted = wanted.unwrap_or(&media.schema);
        let mut thing = self.main(wanted);
        while let Some(items) = &thing.items {
            thing = self.resolve(items);
        }
        let alternatives = if thing.one_of.len() > 1 { &thing.one_of[..] } else { std::slice::from_ref(thing) };
        for alternative in alternatives {
            self.add_fields(self.resolve(alternative), 0, &mut Vec::new(), &mut lines);
        }
        lines
    }

    fn add_fields<'a>(
        &'a self,
        schema: &'a Schema,
        depth: usize,
        above: &mut Vec<*const Schema>,
        lines: &mut Vec<FieldLine>,
    ) {
        above.push(schema);
        for (name, of, required) in self.properties(schema) {
            let holds = self.name_of(of);
            let description = if of.description.is_empty() {
                of.one_of.iter().map(|one| one.description.as_str()).find(|text| !text.is_empty()).unwrap_or_default()
            } else {
                &of.description
            };
            lines.push(FieldLine {
                depth,
                name: name.to_owned(),
                holds,
                required,
                description: description.to_owned(),
            });
            let mut inner = self.main(of);
            while let Some(items) = &inner.items {
                inner = self.main(items);
            }
            // A recursive type is shown once.
            if !above.contains(&std::ptr::from_ref(inner)) {
                self.add_fields(inner, depth + 1, above, lines);
            }
        }
        above.pop();
    }

    fn name_of(&self, schema: &Schema) -> String {
        let resolved = self.resolve(schema);
        let nullable = resolved.one_of.iter().any(|one| one.kind == "null");
        let schema = self.main(schema);
        let kinds: Vec<&str> = match &schema.kind {
            Value::String(kind) => vec![kind],
            Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
            _ => vec!["object"],
        };
        let kind = kinds.iter().find(|kind| **kind != "null").copied().unwrap_or("null");
        let mut name = match (kind, &schema.items, schema.format.as_deref()) {
            ("array", Some(items), _) => format!("list of {}", self.name_of(items)),
            (_, _, Some("uuid")) => "id".to_owned(),
            _ if !schema.values.is_empty() => {
                let values: Vec<_> = schema.values.iter().filter_map(Value::as_str).collect();
                values.join(" | ")
            }
            _ => kind.to_owned(),
        };
        if let (Some(least), Some(most)) = (&schema.minimum, &schema.maximum) {
            let _ = write!(name, " {least}–{most}");
        }
        if nullable || kinds.contains(&"null") {
            name.push_str(" or null");
        }
        name
    }

    fn example(&self, content: &Content) -> Option<String> {
        let media = content.content.values().next()?;
        if let Some(Value::String(text)) = &media.example {
            return Some(text.clone());
        }
        let mut text = String::new();
        self.write_example(&media.schema, 0, &mut text);
        Some(text)
    }

    fn write_example(&self, schema: &Schema, depth: usize, text: &mut String) {
        let described = schema;
        let schema = self.main(schema);
        let indent = "  ".repeat(depth);
        let properties = self.properties(schema);
        if let Some(example) = described.example.as_ref().or(schema.example.as_ref()) {
            text.push_str(&example.to_string());
        } else if let Some(value) = schema.values.first() {
            text.push_str(&value.to_string());
        } else if depth >= DEEPEST {
            text.push_str("null");
        } else if let Some(items) = &schema.items {
            let _ = write!(text, "[\n{indent}  ");
            self.write_example(items, depth + 1, text);
            let _ = write!(text, "\n{indent}]");
        } else if !properties.is_empty() {
            text.push_str("{\n");
            for (place, (name, of, _)) in properties.iter().enumerate() {
                let comma = if place + 1 == properties.len() { "" } else { "," };
                let _ = write!(text, "{indent}  \"{name}\": ");
                self.write_example(of, depth + 1, text);
                let _ = writeln!(text, "{comma}");
            }
            let _ = write!(text, "{indent}}}");
        } else {
            text.push_str(plain_example(schema));
        }
    }
}

fn success(operation: &Operation) -> Option<(&str, &Content)> {
    let found = operation.responses.iter().find(|(status, _)| status.starts_with('2'));
    found.map(|(status, content)| (status.as_str(), content))
}

fn plain_example(schema: &Schema) -> &'static str {
    let is = |kind: &str| {
        schema.kind == kind || schema.kind.as_array().is_some_and(|kinds| kinds.iter().any(|one| one == kind))
    };
    match schema.format.as_deref() {
        Some("uuid") => "\"0198f0c2-7a3e-7c41-9d11-2f6c1e5a7b90\"",
        _ if is("null") => "null",
        _ if is("boolean") => "false",
        _ if is("integer") => "1",
        _ if is("number") => "1.5",
        _ if is("string") => "\"…\"",
        _ => "null",
    }
}
