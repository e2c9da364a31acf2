//! A client program of the API.

use super::short::{followers, post, views};
use super::support::{NOW, World, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use program::ids::{ApiKeyId, ProjectId};
use program::keys::record::{KeyScope, NewApiKey};
use program::keys::secret::Secret;
use serde_json::Value;

/// A client program with a key.
pub struct Program<'a> {
    pub world: &'a World,
    pub secret: Secret,
}

impl<'a> Program<'a> {
    pub async fn new(world: &'a World, project_id: Option<ProjectId>, can_write: bool) -> Program<'a> {
        let secret = Secret::generate().unwrap();
        let (hash, hint) = (secret.hash(), secret.hint().to_owned());
        let scope = if can_write { KeyScope::Write } else { KeyScope::Read };
        let new = NewApiKey { project_id, name: "Scraper".to_owned(), scope, hash, hint };
        world.store.create_api_key(ApiKeyId::new(), &new, NOW).await.unwrap();
        Program { world, secret }
    }

    pub async fn writing(world: &'a World) -> Program<'a> {
        Self::new(world, Some(world.id()), true).await
    }

    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Request<Body> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, "localhost")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.secret.reveal()));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(body.into()).unwrap()
    }

    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> (StatusCode, Value) {
        let response = self.world.send(self.request(method, path, headers, body)).await;
        let status = response.status();
        let body = text(response).await;
        (status, if body.is_empty() { Value::Null } else { serde_json::from_str(&body).expect("JSON") })
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.send("GET", path, &[], Vec::new()).await;
        assert_eq!((status, &answer["error"]), (StatusCode::OK, &Value::Null), "{path}: {answer}");
        answer
    }

    pub async fn refused(&self, method: &str, path: &str, body: &str) -> (u16, String, String) {
        let (status, answer) = self.send(method, path, &[], body.as_bytes().to_vec()).await;
        assert_eq!(answer["data"], Value::Null, "{answer}");
        assert!(answer["error"].as_str().is_some_and(|sentence| !sentence.is_empty()), "{answer}");
        let meta = |name: &str| answer["meta"][name].as_str().unwrap_or_default().to_owned();
        (status.as_u16(), meta("code"), meta("field"))
    }

    pub async fn facts(&self, body: impl Into<Vec<u8>>) -> Value {
        let path = format!("/projects/{}/stats", self.world.id());
        let (status, answer) = self.send("POST", &path, &[], body.into()).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["data"].clone()
    }
}

pub async fn world_of_mia() -> World {
    let world = World::new().await;
    world
        .accept(vec![
            post("1", "mia", "2026-08-17T10:00:00Z"),
            views("1", "2026-08-18T10:00:00Z", 100),
            post("2", "mia", "2026-08-19T10:00:00Z"),
            views("2", "2026-08-19T12:00:00Z", 50),
            followers("mia", "2026-08-16T10:00:00Z", 1_000),
            followers("mia", "2026-08-19T10:00:00Z", 1_030),
        ])
        .await;
    world
}
