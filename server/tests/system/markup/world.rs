//! A program with such a text in every field that accepts one, created by forms, files and facts.

use super::typed::Typed;
use crate::file_form;
use crate::short::{goal, handle, post, profile, views};
use crate::support::{NOW, World, eventually, location, text};
use axum::http::StatusCode;
use compliance::Instant;
use compliance::fact::{CreatorStatsFact, Fact, PostFact, PostStatsFact, ProfileFact};
use compliance::tracking::TrackingStatus;
use program::ids::ImportId;
use program::imports::record::ImportState;
use program::posts::record::PostsQuery;

/// The fields whose text some page shows as it was typed.
pub const FIELDS: [&str; 16] =
    ["pn", "pd", "dn", "dr", "df", "ca", "sr", "cn", "ci", "cd", "no", "vi", "ke", "fi", "he", "ro"];

/// Types the text into every field.
pub async fn world_of(typed: Typed) -> World {
    let world = World::new().await;
    let form = Forms { world: &world, typed };
    form.facts().await;
    form.creators().await;
    form.goals().await;
    form.campaigns().await;
    form.projects().await;
    form.files().await;
    world
}

struct Forms<'w> {
    world: &'w World,
    typed: Typed,
}

impl Forms<'_> {
    /// Sends a form and returns where it redirects to.
    async fn send(&self, name: &str, fields: &[(&str, &str)]) -> String {
        let project_id = self.world.id().to_string();
        let fields = [&[("project_id", project_id.as_str())], fields].concat();
        let answer = self.world.post(&format!("/forms/{name}"), "text/html", &fields).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{name}");
        let page = location(&answer);
        assert!(!page.contains("refused"), "{name} was refused: {page}");
        page
    }

    async fn facts(&self) {
        let of = |video: &str, creator: &str, status: Option<TrackingStatus>, url: String| {
            Fact::Post(PostFact {
                tiktok_video_id: video.to_owned(),
                handle: Some(handle(creator)),
                kind: None,
                published_at: before(36),
                url: Some(url),
                description: Some(self.typed.into_field("ca")),
                tracking_status: status,
            })
        };
        let hostile_url = format!("https://example.com/{}", self.typed.without_space("ur"));
        self.world
            .accept(vec![
                of("1", "mia", None, hostile_url.clone()),
                of("2", "mia", Some(TrackingStatus::PendingReview), hostile_url.clone()),
                of("3", "theo", None, format!("javascript:{}", self.typed.without_space("ur"))),
                views("1", "2026-08-18T10:00:00Z", 10),
                Fact::PostStats(PostStatsFact {
                    tiktok_video_id: "1".to_owned(),
                    handle: None,
                    captured_at: before(2),
                    counters: compliance::fact::Counters { views: Some(50), ..Default::default() },
                    source: Some(self.typed.into_field("sr")),
                }),
                Fact::CreatorStats(CreatorStatsFact {
                    handle: handle("mia"),
                    captured_at: before(1),
                    followers: 900,
                    source: Some(self.typed.into_field("sr")),
                }),
                Fact::Profile(ProfileFact {
                    handle: handle("theo"),
                    accounts: Vec::new(),
                    seen_at: None,
                    display_name: Some(self.typed.into_field("df")),
                    avatar_url: Some(hostile_url),
                }),
                profile("ana", "Ana"),
            ])
            .await;
    }

    async fn creators(&self) {
        for (creator, field) in [("mia", "dn"), ("ana", "dr")] {
            let id = self.world.creator(creator).await.to_string();
            let name = self.typed.into_field(field);
            let change = [
                ("creator_id", id.as_str()),
                ("tiktok_handle", creator),
                ("display_name", &name),
                ("tracking_mode", "auto"),
                ("tracking_start_date", ""),
            ];
            self.send("update_creator", &change).await;
            let notes = format!("\n{}\n> second", self.typed.into_field("no"));
            self.send("update_notes", &[("creator_id", &id), ("notes", &notes)]).await;
        }
        let gone = self.world.creator("ana").await.to_string();
        self.send("remove_creator", &[("creator_id", &gone)]).await;
        self.world.accept(vec![post("4", "kim", "2026-08-18T10:00:00Z")]).await;
        self.world.merged("4", "kim", "kim.new").await;
        self.world.probably_renamed("3", "theo.new").await;
    }

    async fn goals(&self) {
        let mia = self.world.creator("mia").await.to_string();
        self.world.add_goal("mia", &goal("posts", "weekly", 5)).await;
        self.world.add_goal("mia", &goal("followers", "monthly", 5)).await;
        let gone = self.world.add_goal("mia", &goal("views", "daily", 5)).await.to_string();
        self.world.add_goal("theo", &goal("views", "weekly", 5)).await;
        self.send("delete_goal", &[("creator_id", &mia), ("goal_id", &gone)]).await;
    }

    async fn campaigns(&self) {
        let made = async |field: &str| {
            let name = self.typed.into_field(field);
            let notes = format!("\n{}\n- second", self.typed.into_field("no"));
            let page = self.send("create_campaign", &[("name", &name), ("notes", &notes)]).await;
            page.split(['/', '?']).nth(4).unwrap().to_owned()
        };
        let (outer, inner, gone) = (made("cn").await, made("ci").await, made("cd").await);
        let (theo, every) = (self.world.creator("theo").await, PostsQuery::default());
        let posts = self.world.store.posts(self.world.id(), theo, &every).await.unwrap().posts;
        let post = posts[0].post_id.to_string();
        let creator = self.world.creator("mia").await.to_string();
        self.send("add_to_campaign", &[("campaign_id", &outer), ("creator[]", &creator), ("inner", &inner)]).await;
        self.send("add_to_campaign", &[("campaign_id", &outer), ("post[]", &post)]).await;
        self.send("delete_campaign", &[("campaign_id", &gone)]).await;
    }

    async fn projects(&self) {
        let new = self.world.post("/forms/create_project", "text/html", &settings(&self.typed.into_field("pd"))).await;
        let gone = location(&new).rsplit('/').next().unwrap().to_owned();
        self.world.post("/forms/delete_project", "text/html", &[("project_id", &gone)]).await;
        self.send("update_project", &settings(&self.typed.into_field("pn"))).await;
        let view = self.typed.into_field("vi");
        self.send("save_view", &[("view_name", &view), ("query", "?q=%22%3E%3Cb%20zq%3E&sort=name")]).await;
        let key = self.typed.into_field("ke");
        self.send("create_api_key", &[("key_name", &key), ("scope", "read")]).await;
    }

    /// Uploads a file that waits for its columns, and one with a row that is refused.
    async fn files(&self) {
        let cell = |field: &str| format!("\"{}\"", self.typed.into_field(field).replace('"', "\"\""));
        let waiting = format!("{},b\n{},2\n", cell("he"), cell("ro"));
        let read = format!("video_id,username,published_at\n1,{},2026-08-17\n", cell("ro"));
        for file in [waiting, read] {
            let import_id = self.upload(&file).await;
            eventually("the import was read", async || {
                let import = self.world.store.import(self.world.id(), import_id).await.unwrap().unwrap();
                (!matches!(import.state, ImportState::Queued | ImportState::Running)).then_some(())
            })
            .await;
        }
    }

    async fn upload(&self, file: &str) -> ImportId {
        // As browsers send a file name.
        let name = self.typed.into_field("fi").replace('"', "%22");
        let form = file_form::form(self.world, &[("file", Some(&name), file.as_bytes())]);
        file_form::import_of(&self.world.send(form).await)
    }
}

/// Returns the settings of a project with this name, as its form sends them.
fn settings(name: &str) -> [(&str, &str); 5] {
    [
        ("name", name),
        ("time_zone", "UTC"),
        ("week_start", "monday"),
        ("early_grace_percent", "10"),
        ("collection_interval_hours", "24"),
    ]
}

fn before(hours: i64) -> Instant {
    NOW.plus_millis(-hours * crate::support::HOUR)
}

/// Pastes handles and returns the page with the result, to which nothing else links.
pub async fn pasted(world: &World, typed: Typed) -> String {
    let handles = format!("zoe\n{}\nlea", typed.into_field("pa"));
    let project_id = world.id().to_string();
    let fields = [("project_id", project_id.as_str()), ("handles", &handles), ("tracking_mode", "auto")];
    let page = text(world.post("/forms/add_creators", "text/html", &fields).await).await;
    let (_, link) = page.split_once("/creators/pasted/").expect("a link to the result for each line");
    format!("/projects/{project_id}/creators/pasted/{}", &link[..36])
}
