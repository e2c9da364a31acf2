//! A crawler that opens every linked page and sends every form it finds.

use super::page::{Form, Page};
use super::typed::Typed;
use crate::support::{World, text};
use app::pages::UNSAVED;
use app::routed;
use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most pages to open; there are a few hundred.
const AT_MOST: usize = 2_000;

pub struct Crawl<'w> {
    world: &'w World,
    typed: Typed,
    due: VecDeque<String>,
    /// Addresses, without the values of their queries.
    known: BTreeSet<String>,
    /// Every page that was opened, by its path.
    pub opened: BTreeSet<String>,
    /// Every form found, by its action and the names of its fields.
    forms: BTreeMap<String, Form>,
    /// The forms that were sent, by their action.
    pub sent: BTreeSet<String>,
    /// The fields whose text was shown.
    pub seen: BTreeSet<String>,
}

impl<'w> Crawl<'w> {
    pub fn of(world: &'w World, typed: Typed) -> Crawl<'w> {
        let due = VecDeque::from([
            "/projects".to_owned(),
            "/welcome".to_owned(),
            "/projects/new".to_owned(),
            "/docs/api".to_owned(),
        ]);
        let (known, opened) = (BTreeSet::new(), BTreeSet::new());
        let (sent, seen) = (BTreeSet::new(), BTreeSet::new());
        Crawl { world, typed, due, known, opened, forms: BTreeMap::new(), sent, seen }
    }

    /// Opens a page and collects its links and forms.
    pub async fn open(&mut self, address: &str) {
        let request = Request::get(address).header(header::HOST, "localhost").header(header::ACCEPT, "text/html");
        let answer = self.world.send(request.body(Body::empty()).unwrap()).await;
        self.look(address, answer).await;
    }

    /// Collects the links and forms of a page.
    async fn look(&mut self, address: &str, answer: Response) {
        let is_page =
            answer.headers().get(header::CONTENT_TYPE).is_some_and(|it| it.as_bytes().starts_with(b"text/html"));
        let policy = answer.headers().get(header::CONTENT_SECURITY_POLICY).and_then(|it| it.to_str().ok());
        let policy = policy.unwrap_or_default().to_owned();
        if let Some(next) = answer.headers().get(header::LOCATION) {
            self.due.push_back(next.to_str().unwrap().to_owned());
        }
        let was_found = answer.status().is_success();
        let html = text(answer).await;
        if !is_page {
            return;
        }
        assert!(policy.contains("'nonce-") && !policy.contains("unsafe-inline"), "{address}: {policy}");
        let page = Page::read(&html, true);
        self.typed.check(&page, address, &mut self.seen);
        if html.contains("<noscript") {
            // The content of `<noscript>` counts only without scripts.
            self.typed.check(&Page::read(&html, false), address, &mut self.seen);
        }
        let path = address.split(['?', '#']).next().unwrap_or(address);
        if was_found {
            self.opened.insert(path.to_owned());
        }
        for link in page.links() {
            self.follow(path, &link);
        }
        for mut form in page.forms() {
            // The place on the page that the answer is scrolled to is not sent.
            let place = form.action.find('#').unwrap_or(form.action.len());
            form.action.truncate(place);
            if form.action.is_empty() {
                path.clone_into(&mut form.action);
            }
            // Makes a project with thousands of posts, none of whose texts is the test's.
            if form.action == "/demo" {
                continue;
            }
            let names: BTreeSet<&str> = form.fields.iter().map(|field| field.name.as_str()).collect();
            let place = if form.method == "get" { path } else { "" };
            let elsewhere = form.actions_of_buttons.iter().filter(|action| action.starts_with("/forms/"));
            for action in elsewhere.chain([&form.action]) {
                let sent = Form { action: action.clone(), ..form.clone() };
                self.forms.entry(format!("{place}{action} {names:?}")).or_insert(sent);
            }
        }
    }

    fn follow(&mut self, path: &str, link: &str) {
        let link = link.split('#').next().unwrap_or_default();
        let address = match link {
            link if link.starts_with('?') => format!("{path}{link}"),
            link if link.starts_with('/') => link.to_owned(),
            _ => return,
        };
        let (path, query) = address.split_once('?').unwrap_or((&address, ""));
        let names: BTreeSet<&str> = query.split('&').filter_map(|part| part.split('=').next()).collect();
        if self.known.insert(format!("{path} {names:?}")) {
            self.due.push_back(address);
        }
    }

    /// Opens pages until there are no new links.
    pub async fn open_all(&mut self) {
        for _ in 0..AT_MOST {
            let Some(address) = self.due.pop_front() else { return };
            self.open(&address).await;
        }
        panic!("there are more than {AT_MOST} pages");
    }

    /// Sends every form with the text in each field that accepts one; forms that remove something come last.
    pub async fn send_all(&mut self) {
        for takes_away in [false, true] {
            let is_due = |form: &Form| {
                ["delete", "remove", "revoke", "cancel"].iter().any(|word| form.action.contains(word)) == takes_away
            };
            // Not a `for` loop: sending one form may reveal others.
            let mut done = BTreeSet::new();
            while let Some((key, form)) = self.forms.iter().find(|(key, form)| is_due(form) && !done.contains(*key)) {
                let (key, form) = (key.clone(), form.clone());
                self.send(&form).await;
                self.open_all().await;
                done.insert(key);
            }
        }
    }

    async fn send(&mut self, form: &Form) {
        let value = |field: &super::page::Field| {
            if field.is_typed() { self.typed.into_field("ty") } else { field.value.clone() }
        };
        // Only one of several buttons is pressed.
        let mut pressed = false;
        let sent = form.fields.iter().filter(|field| field.kind != "button" || !std::mem::replace(&mut pressed, true));
        let fields: Vec<(&str, String)> = sent.map(|field| (field.name.as_str(), value(field))).collect();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if form.method == "get" {
            let address = app::forms::answer::with_query(&form.action, &fields);
            return self.open(&address).await;
        }
        let answer = self.world.post(&form.action, "text/html", &fields).await;
        assert!(!answer.status().is_server_error(), "{}: {}", form.action, answer.status());
        self.sent.insert(form.action.clone());
        if let Some(next) = answer.headers().get(header::LOCATION) {
            let next = next.to_str().unwrap().to_owned();
            self.open(&next).await;
        } else {
            self.look(&form.action, answer).await;
        }
    }

    /// Returns the routes of the application that were not opened.
    pub fn missing_routes(&self) -> Vec<String> {
        let routes = leptos_axum::generate_route_list(routed);
        let routes = routes.iter().map(|route| route.path().to_owned());
        // Nothing links to it: the server renders it in answer to forms, which `unsaved` tests.
        let routes = routes.filter(|route| route != UNSAVED);
        routes.filter(|route| !self.opened.iter().any(|path| is_of(route, path))).collect()
    }

    /// Returns one page of each route.
    pub fn of_each_route(&self) -> Vec<String> {
        let routes = leptos_axum::generate_route_list(routed);
        let page = |route: &str| self.opened.iter().find(|path| is_of(route, path)).cloned();
        routes.iter().filter_map(|route| page(route.path())).collect()
    }

    /// Returns the names of all parameters of pages: of their queries, and of forms that are returned to them.
    pub fn names(&self) -> BTreeSet<String> {
        let fields = self.forms.values().flat_map(|form| &form.fields);
        fields.map(|field| field.name.clone()).chain(names_in_source()).collect()
    }
}

/// Returns whether a path matches a route such as `/projects/{project_id}`.
fn is_of(route: &str, path: &str) -> bool {
    let (mut route, mut path) = (route.trim_matches('/').split('/'), path.trim_matches('/').split('/'));
    loop {
        match (route.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(part)) if wanted.starts_with('{') && part.len() == 36 || wanted == part => {}
            _ => return false,
        }
    }
}

/// Returns the names of the parameters that pages read.
fn names_in_source() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src/pages");
    let mut names = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for asked in ["query(\"", "named(\"", "all(\"", "count(\"", "part(\""] {
            names.extend(source.split(asked).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    assert!(names.len() > 20, "the pages ask otherwise than they did: {names:?}");
    names
}
