//! Everything that can be read of a project, as text that does not depend on the ids of a database.

use super::short::august;
use super::support::{DAY, NOW, World};
use compliance::tracking::TrackingStatus;
use program::goals::record::GoalsPart;
use program::ids::{
    ApiKeyId, AssignmentId, CampaignId, CreatorId, GoalId, ImportId, OrganizationId, PasteId, PostId, ReviewId,
    SavedViewId,
};
use program::posts::record::{DaySpan, OwnedPost, PostSort, PostState, PostsPart, PostsQuery, PublishedPart};
use program::reviews::record::PendingQuery;
use program::standings::gains::GainsAsked;
use std::collections::HashMap;
use std::fmt::Debug;
use std::ops::Range;
use tracing::Span;
use uuid::Uuid;

/// A world, and names for its ids.
pub struct Side {
    pub world: World,
    /// The span in which its operations run.
    pub span: Span,
    pub goals: Vec<GoalId>,
    pub campaigns: Vec<CampaignId>,
    pub imports: Vec<ImportId>,
    pub pastes: Vec<PasteId>,
    pub reviews: Vec<ReviewId>,
    pub assignments: Vec<AssignmentId>,
    pub views: Vec<SavedViewId>,
    /// Key, organization and hash.
    pub keys: Vec<(ApiKeyId, OrganizationId, [u8; 32])>,
    names: HashMap<Uuid, String>,
    creators: HashMap<String, CreatorId>,
    posts: HashMap<String, PostId>,
}

impl Side {
    pub fn new(world: World) -> Side {
        Side {
            world,
            span: Span::none(),
            goals: Vec::new(),
            campaigns: Vec::new(),
            imports: Vec::new(),
            pastes: Vec::new(),
            reviews: Vec::new(),
            assignments: Vec::new(),
            views: Vec::new(),
            keys: Vec::new(),
            names: HashMap::new(),
            creators: HashMap::new(),
            posts: HashMap::new(),
        }
    }

    /// Returns the same for another database.
    pub fn seen_in(&self, world: World) -> Side {
        let mut side = Side::new(world);
        side.goals.clone_from(&self.goals);
        side.campaigns.clone_from(&self.campaigns);
        side.imports.clone_from(&self.imports);
        side.pastes.clone_from(&self.pastes);
        side.views.clone_from(&self.views);
        side.keys.clone_from(&self.keys);
        side
    }

    /// Returns the creator with this handle, or an unknown id.
    pub async fn creator(&mut self, handle: &str) -> CreatorId {
        if !self.creators.contains_key(handle) {
            self.learn_names().await;
        }
        self.creators.get(handle).copied().unwrap_or_default()
    }

    /// Returns the post with this TikTok id, or an unknown id.
    pub async fn post(&mut self, video: &str) -> PostId {
        if !self.posts.contains_key(video) {
            self.learn_names().await;
        }
        self.posts.get(video).copied().unwrap_or_default()
    }

    /// Returns one of the created keys; the newest is 0.
    pub fn key(&self, place: usize) -> (ApiKeyId, OrganizationId, [u8; 32]) {
        self.keys.iter().rev().nth(place).or(self.keys.last()).copied().unwrap_or_default()
    }

    /// Replaces the ids in a text by their names.
    pub async fn named(&mut self, text: &str) -> String {
        if ids(text).any(|(_, id)| !self.names.contains_key(&id)) {
            self.learn_names().await;
        }
        let mut named = String::with_capacity(text.len());
        let mut done = 0;
        for (start, id) in ids(text) {
            named.push_str(&text[done..start]);
            named.push_str(self.names.get(&id).map_or("an id", String::as_str));
            done = start + UUID_LENGTH;
        }
        named + &text[done..]
    }

    async fn learn_names(&mut self) {
        let (id, store) = (self.world.id(), &self.world.store);
        self.names.insert(id.uuid(), "the project".to_owned());
        self.names.insert(Uuid::nil(), "nobody".to_owned());
        for creator in store.creators_changed_since(id, -1).await.unwrap() {
            self.names.insert(creator.creator_id.uuid(), format!("@{}", creator.handle));
            self.creators.insert(creator.handle.to_string(), creator.creator_id);
        }
        let every = PostsPart { creator_id: None, status: None, after: None, limit: 10_000 };
        for OwnedPost { post, .. } in store.posts_after(id, &every).await.unwrap() {
            self.names.insert(post.post_id.uuid(), format!("post {}", post.tiktok_video_id));
            self.posts.insert(post.tiktok_video_id, post.post_id);
        }
        let mut number = |what: &str, ids: Vec<Uuid>| {
            for (place, id) in ids.into_iter().enumerate() {
                self.names.insert(id, format!("{what} {place}"));
            }
        };
        number("goal", uuids(&self.goals));
        number("campaign", uuids(&self.campaigns));
        number("import", uuids(&self.imports));
        number("view", uuids(&self.views));
        number("key", self.keys.iter().map(|key| key.0.uuid()).collect());
        number("organization", self.keys.first().map(|key| key.1.uuid()).into_iter().collect());
    }
}

fn uuids<Id: Copy + Into<Uuid>>(ids: &[Id]) -> Vec<Uuid> {
    ids.iter().map(|id| (*id).into()).collect()
}

/// The length of a UUID as it is written, in bytes.
const UUID_LENGTH: usize = 36;

/// Returns the ids in a text, each with its place. Their hyphens are looked for: most of a long text has none.
fn ids(text: &str) -> impl Iterator<Item = (usize, Uuid)> {
    text.match_indices('-').filter_map(|(hyphen, _)| {
        let start = hyphen.checked_sub(8)?;
        Some((start, text.get(start..start + UUID_LENGTH)?.parse().ok()?))
    })
}

/// Returns the result of every reading method of the store.
#[expect(clippy::too_many_lines, reason = "a line or two for each method")]
pub async fn everything(side: &mut Side) -> Vec<String> {
    let (id, store) = (side.world.id(), side.world.store.clone());
    let mut said = Sayings::default();
    said.say("projects", store.projects().await.unwrap());
    said.say("project", store.project(id).await.unwrap());
    let mut creators = store.creators_changed_since(id, -1).await.unwrap();
    creators.sort_by(|left, right| left.handle.as_str().cmp(right.handle.as_str()));
    said.say_sorted("creators_changed_since", &creators);
    let program = store.program(id, NOW).await.unwrap().unwrap();
    said.say("program", (&program.project, program.first_day));
    said.say_sorted("creators of the program", &program.creators);
    for days_ago in [0, 3, 20] {
        let as_of = NOW.plus_millis(-days_ago * DAY);
        said.say_sorted("corrections_as_of", &store.corrections_as_of(&program, as_of).await.unwrap());
    }
    let days = program.first_day - 30..program.first_day + 400;
    let past: Vec<_> = store.days_before(id, days.clone()).await.unwrap().into_iter().collect();
    said.say_sorted("days_before", &past);
    let ids: Vec<CreatorId> = creators.iter().map(|creator| creator.creator_id).collect();
    said.say_sorted("creator_totals", &store.creator_totals(id, &ids).await.unwrap());
    let since = NOW.plus_millis(-10 * DAY);
    around_the_goals(side, &mut said, &ids, days.clone()).await;
    let every = PostsPart { creator_id: None, status: None, after: None, limit: 10_000 };
    let posts = store.posts_after(id, &every).await.unwrap();
    said.say("posts_after", &posts);
    let posts: Vec<PostId> = posts.into_iter().map(|owned| owned.post.post_id).collect();
    let some = PostsPart {
        creator_id: ids.first().copied(),
        status: Some(TrackingStatus::Included),
        after: posts.get(3).copied(),
        limit: 5,
    };
    said.say("some posts_after", store.posts_after(id, &some).await.unwrap());
    let every = GoalsPart { creator_id: None, after: None, limit: 1_000 };
    let goals = store.goals_after(id, &every).await.unwrap();
    let after = goals.get(2).map(|record| record.goal_id);
    said.say("goals_after", goals);
    let some = GoalsPart { creator_id: ids.first().copied(), after, limit: 3 };
    said.say("some goals_after", store.goals_after(id, &some).await.unwrap());
    said.say_sorted("posts_gained", &store.posts_gained(id, &posts, NOW).await.unwrap());
    said.say_sorted("posts_by_ids", &store.posts_by_ids(id, &posts).await.unwrap());
    let known: Vec<_> = store.post_ids(id, &["v1", "v2", "v29", "nobody's"]).await.unwrap().into_iter().collect();
    said.say_sorted("post_ids", &known);
    for post in posts {
        said.say("post", store.post(id, post).await.unwrap());
        said.say("snapshots", store.snapshots(id, post, NOW).await.unwrap());
        said.say("tracking_changes", store.tracking_changes(id, &[post]).await.unwrap());
    }
    for creator in ids {
        said.say("creator", store.creator(id, creator).await.unwrap());
        said.say("creator_days", store.creator_days(id, creator, days.clone()).await.unwrap());
        let goals = store.goals(id, creator).await.unwrap();
        for record in &goals {
            said.say("goal", store.goal(id, record.goal_id).await.unwrap());
        }
        said.say("goals", goals);
        said.say("deleted_goals", store.deleted_goals(id, creator, since).await.unwrap());
        said.say("creator_notes", store.creator_notes(id, creator).await.unwrap());
        said.say_sorted("creator_events", &store.creator_events(id, creator, since..NOW).await.unwrap());
        let decided = store.tracking_changes_of_creator(id, creator, since).await.unwrap();
        said.say_sorted("tracking_changes_of_creator", &decided);
        said.say("collections", store.collections(id, creator, august().start..NOW).await.unwrap());
        said.say("post_evidence", store.post_evidence(id, creator, &august(), NOW).await.unwrap());
        said.say("most_followers_before", store.most_followers_before(id, creator, NOW).await.unwrap());
        said.say("follower_evidence", store.follower_evidence(id, creator, &august(), NOW).await.unwrap());
        for (sort, state, search) in [
            (PostSort::Published, PostState::Any, ""),
            (PostSort::Views, PostState::Disabled, "abc"),
            (PostSort::Views, PostState::Any, "V1"),
            (PostSort::Engagement, PostState::Status(TrackingStatus::PendingReview), "100% _"),
            (PostSort::Engagement, PostState::Any, "\"QUOTED\""),
        ] {
            let query = PostsQuery { search: search.to_owned(), state, sort, page: 0 };
            said.say("posts", store.posts(id, creator, &query).await.unwrap());
        }
    }
    let campaigns = store.campaigns(id).await.unwrap();
    for campaign in &campaigns {
        said.say("campaign", store.campaign(id, campaign.campaign_id).await.unwrap());
        said.say_sorted("campaign_items", &store.campaign_items(id, campaign.campaign_id).await.unwrap());
    }
    said.say("campaigns", campaigns);
    said.say("imports", store.imports(id).await.unwrap());
    said.say("unfinished imports", store.unfinished_imports(id, ImportId::default()).await.unwrap());
    for paste in side.pastes.clone() {
        said.say("paste", store.paste(id, paste).await.unwrap());
    }
    for import in side.imports.clone() {
        said.say("import", store.import(id, import).await.unwrap());
        said.say("rejections", store.rejections(id, import).await.unwrap());
    }
    said.say("api_keys", store.api_keys().await.unwrap());
    for (_, _, hash) in side.keys.clone() {
        said.say("api_key", store.api_key(&hash).await.unwrap());
    }
    said.say("parked_count", store.parked_count(id).await.unwrap());
    said.say("count_stale_days", store.count_stale_days(id).await.unwrap());
    said.say("mended_values", store.mended_values(id).await.unwrap());
    let mut named = Vec::with_capacity(said.0.len());
    for saying in said.0 {
        let saying = match saying {
            Saying::InOrder(text) => side.named(&text).await,
            Saying::Sorted(name, texts) => {
                let mut sorted = Vec::with_capacity(texts.len());
                for text in texts {
                    sorted.push(side.named(&text).await);
                }
                sorted.sort();
                format!("{name}: {sorted:#?}")
            }
        };
        named.push(saying);
    }
    named
}

/// Returns what belongs to goals: gains, removed and deleted things, saved views, posts pending review.
async fn around_the_goals(side: &Side, said: &mut Sayings, ids: &[CreatorId], days: Range<i32>) {
    let (id, store, since) = (side.world.id(), &side.world.store, NOW.plus_millis(-10 * DAY));
    let gained: Vec<_> = store.gains_by_creator(id, days.clone()).await.unwrap().into_iter().collect();
    said.say_sorted("gains_by_creator", &gained);
    said.say("posts_of_days", store.posts_of_days(id, days.clone()).await.unwrap());
    let month = [DaySpan { day: 1, from: august().start, until: august().end }];
    for creator_id in [None, ids.first().copied()] {
        said.say("uncounted_posts", store.uncounted_posts(id, creator_id, &month).await.unwrap());
        let part = PublishedPart { creator_id, from: august().start, until: august().end, page: 0 };
        // Posts published at the same instant are ordered by their ids, which differ between databases.
        said.say_sorted("posts_published", &store.posts_published(id, &part).await.unwrap());
    }
    said.say("gains_by_day", store.gains_by_day(id, ids, days.clone()).await.unwrap());
    let asked = [
        GainsAsked { campaign_id: CampaignId::from(id.uuid()), creators: ids.to_vec(), days: days.clone() },
        GainsAsked {
            campaign_id: CampaignId::default(),
            creators: ids[..ids.len() / 2].to_vec(),
            days: days.start..days.start + 60,
        },
    ];
    let gained: Vec<_> = store.gains_by_campaign(id, &asked).await.unwrap().into_iter().collect();
    said.say_sorted("gains_by_campaign", &gained);
    said.say_sorted("creators_removed", &store.creators_removed(id).await.unwrap());
    said.say("deleted_projects", store.deleted_projects(since).await.unwrap());
    said.say("saved_views", store.saved_views(id).await.unwrap());
    said.say_sorted("deleted_campaigns", &store.deleted_campaigns(id, since).await.unwrap());
    said.say("pending_count", store.pending_count(id).await.unwrap());
    said.say_sorted("pending_of_creators", &store.pending_of_creators(id, ids, 1_000).await.unwrap());
    said.say("probable_renamings_count", store.probable_renamings_count(id).await.unwrap());
    for (search, creator_id) in [("", None), ("MIA", None), ("\"quoted\"", None), ("", ids.first().copied())] {
        let query = PendingQuery { search: search.to_owned(), creator_id, page: 0 };
        let page = store.pending_posts(id, &query).await.unwrap();
        said.say("pending_posts", page.total);
        // Posts published at the same instant are ordered by their ids, which differ between databases.
        said.say_sorted("pending_posts", &page.posts);
    }
    let contents = store.campaign_contents(id).await.unwrap();
    said.say_sorted("campaign_contents", &contents.items);
    said.say_sorted("owners of posts in campaigns", &contents.owners.into_iter().collect::<Vec<_>>());
}

enum Saying {
    InOrder(String),
    /// Sorts what has no defined order.
    Sorted(&'static str, Vec<String>),
}

#[derive(Default)]
struct Sayings(Vec<Saying>);

impl Sayings {
    fn say(&mut self, name: &'static str, value: impl Debug) {
        self.0.push(Saying::InOrder(format!("{name}: {value:?}")));
    }

    fn say_sorted<T: Debug>(&mut self, name: &'static str, values: &[T]) {
        self.0.push(Saying::Sorted(name, values.iter().map(|value| format!("{value:?}")).collect()));
    }
}
