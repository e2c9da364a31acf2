//! Snapshots of every JSON shape that the API answers: one file per resource. A change of a shape fails here and shows
//! in the diff.

mod campaigns;
mod compliance;
mod counts;
mod creators;
mod description;
mod events;
mod evidence;
mod facts;
mod goals;
mod imports;
mod past_days;
mod periods;
mod posts;
mod projects;
mod refusals;

use crate::program::{Program, world_of_mia};
use crate::short::{collection, goal, profile};
use crate::support::World;
use serde_json::{Value, json};
use std::cell::RefCell;
use uuid::Uuid;

/// Creates a project with two creators: Mia, who has posts, readings and a collection, and Theo, who has nothing.
async fn two_creators() -> World {
    let world = world_of_mia().await;
    world.accept(vec![collection("mia", "2026-08-18T06:00:00Z"), profile("mia", "Mia Moves")]).await;
    world.accept(vec![profile("theo", "Theo")]).await;
    world
}

/// A client program that gives every id a name, because ids differ in each run.
struct Client<'a> {
    program: Program<'a>,
    names: RefCell<Vec<(String, String)>>,
}

impl<'a> Client<'a> {
    async fn new(world: &'a World) -> Client<'a> {
        Self::of(Program::writing(world).await)
    }

    fn of(program: Program<'a>) -> Client<'a> {
        let project = (program.world.id().to_string(), "the project".to_owned());
        Client { program, names: RefCell::new(vec![project]) }
    }

    /// Gives an id a name, which answers show from then on; returns the id.
    fn name(&self, id: &impl ToString, name: &str) -> String {
        self.names.borrow_mut().push((id.to_string(), name.to_owned()));
        id.to_string()
    }

    async fn creator(&self, handle: &str) -> String {
        self.name(&self.program.world.creator(handle).await, handle)
    }

    async fn goal(&self, metric: &str, period: &str, target: i64) -> String {
        let goal_id = self.program.world.add_goal("mia", &goal(metric, period, target)).await;
        self.name(&goal_id, &format!("the goal of {period} {metric}"))
    }

    /// Returns the path of the project, followed by the rest.
    fn path(&self, rest: &str) -> String {
        format!("/projects/{}{rest}", self.program.world.id())
    }

    async fn get(&self, path: &str) -> Value {
        self.send("GET", path, &[], Vec::new()).await
    }

    async fn sent(&self, method: &str, path: &str, body: &Value) -> Value {
        self.send(method, path, &[], body.to_string().into_bytes()).await
    }

    /// Returns the status and the answer, with names instead of ids.
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Value {
        let (status, answer) = self.program.send(method, path, headers, body).await;
        json!({ "status": status.as_u16(), "answer": self.named(answer) })
    }

    fn named(&self, value: Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.named_in(&text)),
            Value::Array(values) => values.into_iter().map(|value| self.named(value)).collect(),
            Value::Object(fields) => fields.into_iter().map(|(field, value)| (field, self.named(value))).collect(),
            other => other,
        }
    }

    /// Replaces each id in a text by its name, or by its number in the order in which ids appear.
    fn named_in(&self, text: &str) -> String {
        let (mut shown, mut rest) = (String::new(), text);
        while let Some(letter) = rest.chars().next() {
            match rest.get(..36).filter(|id| Uuid::try_parse(id).is_ok()) {
                Some(id) => {
                    let mut names = self.names.borrow_mut();
                    if !names.iter().any(|(known, _)| known == id) {
                        let number = names.iter().filter(|(_, name)| name.starts_with("id ")).count() + 1;
                        names.push((id.to_owned(), format!("id {number}")));
                    }
                    let name = names.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str());
                    shown.extend(["<", name.unwrap_or_default(), ">"]);
                    rest = &rest[36..];
                }
                None => {
                    shown.push(letter);
                    rest = &rest[letter.len_utf8()..];
                }
            }
        }
        shown
    }
}
