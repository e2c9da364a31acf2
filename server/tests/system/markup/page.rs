//! A page as a browser parses it: its elements, its texts, and its forms as they would be sent.

use html5ever::tendril::TendrilSink as _;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// A node of a page; nodes are in document order.
#[derive(Debug)]
pub struct Page {
    pub nodes: Vec<Node>,
}

#[derive(Debug)]
pub struct Node {
    /// The index of the parent element.
    parent: Option<usize>,
    pub kind: Kind,
}

#[derive(Debug)]
pub enum Kind {
    Element { name: String, attributes: Vec<(String, String)> },
    Text(String),
    Comment(String),
}

/// A form, with the values that a browser would send.
#[derive(Debug, Clone)]
pub struct Form {
    pub method: String,
    pub action: String,
    /// The addresses to which its buttons send it instead.
    pub actions_of_buttons: Vec<String>,
    pub fields: Vec<Field>,
}

#[derive(Debug, Clone)]
pub struct Field {
    pub name: String,
    pub value: String,
    /// `textarea`, `select`, or the type of an input.
    pub kind: String,
    /// Whether a checkbox is ticked.
    pub is_checked: bool,
    /// The values that can be chosen, of a select and of radio buttons.
    pub choices: Vec<String>,
}

impl Field {
    /// Whether people type into it.
    pub fn is_typed(&self) -> bool {
        !matches!(self.kind.as_str(), "hidden" | "radio" | "checkbox" | "select" | "button" | "file")
    }
}

impl Page {
    /// Parses a page, as a browser with or without scripts does.
    pub fn read(html: &str, scripting: bool) -> Page {
        let tree_builder = TreeBuilderOpts { scripting_enabled: scripting, ..TreeBuilderOpts::default() };
        let options = ParseOpts { tree_builder, ..ParseOpts::default() };
        let dom = parse_document(RcDom::default(), options).one(html);
        let mut page = Page { nodes: Vec::new() };
        page.add(&dom.document, None);
        page
    }

    fn add(&mut self, handle: &Handle, parent: Option<usize>) {
        let kind = match &handle.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs.borrow();
                let attributes = attributes.iter().map(|it| (it.name.local.to_string(), it.value.to_string()));
                Some(Kind::Element { name: name.local.to_string(), attributes: attributes.collect() })
            }
            NodeData::Text { contents } => Some(Kind::Text(contents.borrow().to_string())),
            NodeData::Comment { contents } => Some(Kind::Comment(contents.to_string())),
            _ => None,
        };
        let inside = kind.map(|kind| {
            self.nodes.push(Node { parent, kind });
            self.nodes.len() - 1
        });
        for child in handle.children.borrow().iter() {
            self.add(child, inside.or(parent));
        }
        if let NodeData::Element { template_contents, .. } = &handle.data
            && let Some(contents) = template_contents.borrow().as_ref()
        {
            self.add(contents, inside);
        }
    }

    /// Returns the attribute of an element.
    pub fn attribute(&self, place: usize, wanted: &str) -> Option<&str> {
        let Kind::Element { attributes, .. } = &self.nodes[place].kind else { return None };
        attributes.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
    }

    /// Returns the indexes of the elements with one of these names.
    pub fn elements(&self, names: &[&str]) -> Vec<usize> {
        let is_one = |place: &usize| matches!(&self.nodes[*place].kind, Kind::Element { name, .. } if names.contains(&name.as_str()));
        (0..self.nodes.len()).filter(is_one).collect()
    }

    /// Returns whether a node is inside an element that matches.
    pub fn is_inside(&self, place: usize, is_like: &dyn Fn(usize) -> bool) -> bool {
        let mut at = self.nodes[place].parent;
        while let Some(outer) = at {
            if is_like(outer) {
                return true;
            }
            at = self.nodes[outer].parent;
        }
        false
    }

    /// Returns the text of an element.
    pub fn text(&self, place: usize) -> String {
        let rest = (place + 1..self.nodes.len()).take_while(|inner| self.is_inside(*inner, &|outer| outer == place));
        let text =
            |inner: usize| if let Kind::Text(text) = &self.nodes[inner].kind { Some(text.as_str()) } else { None };
        rest.filter_map(text).collect()
    }

    /// Returns the targets of its links, as written.
    pub fn links(&self) -> Vec<String> {
        let links = self.elements(&["a"]);
        links.into_iter().filter_map(|link| self.attribute(link, "href").map(str::to_owned)).collect()
    }

    /// Returns its forms.
    pub fn forms(&self) -> Vec<Form> {
        let forms = self.elements(&["form"]);
        let read = |form: usize| Form {
            method: self.attribute(form, "method").unwrap_or("get").to_owned(),
            action: self.attribute(form, "action").unwrap_or_default().to_owned(),
            actions_of_buttons: self.actions_of_buttons(form),
            fields: self.fields(form),
        };
        forms.into_iter().map(read).collect()
    }

    fn controls(&self, form: usize, names: &[&str]) -> Vec<usize> {
        let id = self.attribute(form, "id");
        let mut controls = self.elements(names);
        controls.retain(|control| match self.attribute(*control, "form") {
            Some(owner) => Some(owner) == id,
            None => self.is_inside(*control, &|outer| outer == form),
        });
        controls
    }

    fn fields(&self, form: usize) -> Vec<Field> {
        let controls = self.controls(form, &["input", "textarea", "select", "button"]);
        controls.into_iter().filter_map(|control| self.field(form, control)).collect()
    }

    fn actions_of_buttons(&self, form: usize) -> Vec<String> {
        let buttons = self.controls(form, &["button"]);
        buttons.into_iter().filter_map(|button| self.attribute(button, "formaction").map(str::to_owned)).collect()
    }

    /// Returns the values of the radio buttons of this name.
    fn radios(&self, form: usize, wanted: &str) -> Vec<String> {
        let mut radios = self.controls(form, &["input"]);
        radios.retain(|radio| {
            self.attribute(*radio, "type") == Some("radio") && self.attribute(*radio, "name") == Some(wanted)
        });
        radios.into_iter().filter_map(|radio| self.attribute(radio, "value").map(str::to_owned)).collect()
    }

    fn field(&self, form: usize, place: usize) -> Option<Field> {
        let Kind::Element { name: element, .. } = &self.nodes[place].kind else { return None };
        let name = self.attribute(place, "name")?.to_owned();
        let value = self.attribute(place, "value").unwrap_or_default().to_owned();
        let (kind, value) = match element.as_str() {
            "textarea" => ("textarea", self.text(place)),
            "select" => ("select", self.chosen(place)),
            "button" => ("button", value),
            _ => (self.attribute(place, "type").unwrap_or("text"), value),
        };
        let is_checked = self.attribute(place, "checked").is_some();
        let choices = match kind {
            "radio" if !is_checked => return None,
            "radio" => self.radios(form, &name),
            "select" => self.options(place).into_iter().map(|option| self.value_of(option)).collect(),
            _ => Vec::new(),
        };
        Some(Field { name, value, kind: kind.to_owned(), is_checked, choices })
    }

    fn chosen(&self, select: usize) -> String {
        let options = self.options(select);
        let selected = options.iter().find(|option| self.attribute(**option, "selected").is_some());
        selected.or(options.first()).map(|option| self.value_of(*option)).unwrap_or_default()
    }

    fn options(&self, select: usize) -> Vec<usize> {
        let mut options = self.elements(&["option"]);
        options.retain(|option| self.is_inside(*option, &|outer| outer == select));
        options
    }

    fn value_of(&self, option: usize) -> String {
        self.attribute(option, "value").map_or_else(|| self.text(option), str::to_owned)
    }
}

impl Form {
    /// Returns whether one of its buttons sends it to this address.
    pub fn sends_to(&self, address: &str) -> bool {
        self.method == "post" && self.action == address
            || self.actions_of_buttons.iter().any(|action| action == address)
    }

    /// Returns what is sent if nothing was changed; browsers send each line break as two characters.
    pub fn untouched(&self) -> Vec<(&str, String)> {
        let sent = self.fields.iter().filter(|field| field.kind != "button" && field.kind != "checkbox");
        sent.map(|field| (field.name.as_str(), field.value.replace('\n', "\r\n"))).collect()
    }
}
