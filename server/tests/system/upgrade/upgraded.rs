//! A database of the old schema, opened with the newest release.

use super::old_database::{LANDED, PROJECT, Raw, id};
use super::old_rows::summer;
use crate::program::Program;
use crate::support::{Engine, World, text};
use axum::http::StatusCode;
use std::process::Command;
use tempfile::TempDir;

/// Creates a database of the old schema with these statements' rows, and opens it with the newest release.
pub struct Upgraded {
    folder: TempDir,
    pub url: String,
    pub raw: Raw,
    pub world: World,
}

impl Upgraded {
    pub async fn of(engine: Engine, statements: &[String]) -> Upgraded {
        let folder = tempfile::tempdir().unwrap();
        let url = engine.fresh_url(folder.path()).await;
        let mut raw = Raw::to(&url).await;
        raw.migrate(Some(LANDED)).await;
        for statement in statements {
            raw.run(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        let world = World::having(summer(), url.clone()).await;
        Upgraded { folder, url, raw, world }
    }

    /// Returns the output of `verify`.
    #[track_caller]
    pub fn said(&self) -> String {
        let done = Command::new(env!("CARGO_BIN_EXE_creator-goals"))
            .args(["verify", "--database", &self.url, "--project", &id(PROJECT).to_string()])
            .output()
            .unwrap();
        let said = String::from_utf8(done.stdout).unwrap();
        assert!(done.status.success(), "{said}{}", String::from_utf8_lossy(&done.stderr));
        assert!(self.folder.path().exists() && said.contains("every day bucket agrees"), "{said}");
        said
    }

    #[track_caller]
    pub fn says(&self, expected: &[(&str, &str)]) {
        let said = self.said();
        for (row, change) in expected {
            let is_said = |line: &str| line.trim_start().starts_with(row) && line.contains(change);
            assert!(said.lines().any(is_said), "{row}: {change}\n{said}");
        }
    }

    pub async fn texts(&mut self, statement: &str) -> Vec<String> {
        self.raw.texts(statement.to_owned()).await
    }

    pub async fn everything_answers(&self) {
        let project = format!("/projects/{}", id(PROJECT));
        for page in ["", "/creators", "/inbox", "/campaigns", "/settings", "/import"] {
            let answer = self.world.get(&format!("{project}{page}")).await;
            assert_eq!(answer.status(), StatusCode::OK, "{page}: {}", text(answer).await);
        }
        for tab in ["", "/posts", "/goals", "/log", "/settings"] {
            let answer = self.world.get(&format!("{project}/creators/{}{tab}", id(0x10))).await;
            assert_eq!(answer.status(), StatusCode::OK, "{tab}: {}", text(answer).await);
        }
        let program = Program::new(&self.world, None, true).await;
        for path in ["goal-compliance", "creators", "posts", "goals", "campaigns"] {
            program.get(&format!("/projects/{}/{path}", id(PROJECT))).await;
        }
    }
}
