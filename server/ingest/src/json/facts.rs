//! Facts in the format of this product's API, as `POST /projects/{project_id}/stats` accepts them.
//!
//! This is stricter than other formats: a fact has a type and a creator, and an instant has an offset or is an epoch.

use super::node::Node;
use crate::count;
use crate::excerpt::excerpt;
use crate::id;
use crate::moment;
use crate::options::Options;
use crate::row::Harvest;
use crate::row_error::{Fault, RowError};
use crate::text::{self, MAX_DESCRIPTION};
use compliance::Scope;
use compliance::address::Address;
use compliance::fact::{CollectionFact, Counters, CreatorStatsFact, Fact, Handle, PostFact, PostKind, PostStatsFact};
use compliance::instant::Instant;
use compliance::tracking::TrackingStatus;
use uuid::Uuid;

pub(super) fn read(item: &Node, options: &Options) -> Result<Harvest, RowError> {
    let kind = required("type", item.get("type").and_then(Node::as_text))?;
    only(item, &kind)?;
    let mut creator_id = None;
    let mut named = || {
        let (handle, id) = creator(item, options)?;
        creator_id = id;
        Ok::<Handle, RowError>(handle)
    };
    let fact = match kind.as_str() {
        "post" => Fact::Post(post(item, named()?)?),
        "post_stats" => Fact::PostStats(post_stats(item, named()?)?),
        "creator_stats" => Fact::CreatorStats(CreatorStatsFact {
            handle: named()?,
            captured_at: instant(item, "captured_at")?,
            followers: required("follower_count", count(item, "follower_count")?)?,
            source: item.text("source", MAX_SOURCE),
        }),
        "collection" => Fact::Collection(CollectionFact {
            handle: named()?,
            collected_at: instant(item, "collected_at")?,
            scope: scope(item)?,
        }),
        other => {
            let reason = format!("“{}” is none of post, post_stats, creator_stats, collection.", excerpt(other));
            return Err(Fault::new("unknown_type", reason).at("type"));
        }
    };
    Ok(Harvest { facts: vec![fact], creator_id, ..Harvest::default() })
}

/// The fields of each type of fact, beside those of every fact.
const FIELDS: [(&str, &[&str]); 4] = [
    ("post", &["tiktok_video_id", "kind", "published_at", "url", "description", "tracking_status"]),
    (
        "post_stats",
        &[
            "tiktok_video_id",
            "captured_at",
            "view_count",
            "like_count",
            "comment_count",
            "share_count",
            "save_count",
            "source",
        ],
    ),
    ("creator_stats", &["captured_at", "follower_count", "source"]),
    ("collection", &["collected_at", "scope"]),
];
/// The fields of every fact.
const FIELDS_OF_ALL: [&str; 3] = ["type", "tiktok_handle", "creator_id"];
/// The longest source, in characters.
const MAX_SOURCE: usize = 100;

/// Refuses fields that a fact of this type does not have, and duplicate fields: a typo must not be read as an unknown
/// counter.
fn only(item: &Node, kind: &str) -> Result<(), RowError> {
    let Some((_, fields)) = FIELDS.iter().find(|(known, _)| *known == kind) else { return Ok(()) };
    let mut seen: Vec<&str> = Vec::new();
    for name in item.names() {
        if !fields.contains(&name) && !FIELDS_OF_ALL.contains(&name) {
            return Err(Fault::new("unknown_field", format!("A {kind} has no “{}”.", excerpt(name))).at(name));
        }
        if seen.contains(&name) {
            return Err(Fault::new("duplicate_field", "This field occurs twice.").at(name));
        }
        seen.push(name);
    }
    Ok(())
}

fn post(item: &Node, handle: Handle) -> Result<PostFact, RowError> {
    let tiktok_video_id = post_id(item)?;
    let url = item.first(&["url"], text::address)?.flatten();
    // Programs round ids too. Unlike in a file, nothing is mended: whoever sent it can send what is right.
    if let Some(named) = url.as_deref().and_then(Address::post).filter(|named| named.tiktok_video_id != tiktok_video_id)
    {
        let (id, other) = (excerpt(&tiktok_video_id), excerpt(&named.tiktok_video_id));
        let reason = format!("The fact names two posts: the id {id}, and {other} in the post's address.");
        return Err(Fault::new("two_posts", reason).at("url"));
    }
    Ok(PostFact {
        tiktok_video_id,
        handle: Some(handle),
        kind: named(item, "kind", PostKind::from_name, "video or photo_carousel")?,
        published_at: instant(item, "published_at")?,
        url,
        description: item.text("description", MAX_DESCRIPTION),
        tracking_status: named(item, "tracking_status", TrackingStatus::from_name, "a tracking status")?,
    })
}

fn post_stats(item: &Node, handle: Handle) -> Result<PostStatsFact, RowError> {
    Ok(PostStatsFact {
        tiktok_video_id: post_id(item)?,
        handle: Some(handle),
        captured_at: instant(item, "captured_at")?,
        counters: Counters {
            views: count(item, "view_count")?,
            likes: count(item, "like_count")?,
            comments: count(item, "comment_count")?,
            shares: count(item, "share_count")?,
            saves: count(item, "save_count")?,
        },
        source: item.text("source", MAX_SOURCE),
    })
}

/// Returns TikTok's id of the post. It is a text: as a number it would lose its last digits in many programs.
fn post_id(item: &Node) -> Result<String, RowError> {
    const FIELD: &str = "tiktok_video_id";
    if let Some(Node::Number(number)) = item.get(FIELD) {
        let reason =
            format!("The id {number} is a number here, and numbers of this size lose digits; write it as a text.");
        return Err(Fault::new("wrong_type", reason).at(FIELD));
    }
    required(FIELD, item.first(&[FIELD], id::parse)?)
}

fn count(item: &Node, field: &str) -> Result<Option<i64>, RowError> {
    item.first(&[field], count::parse_exact).map(Option::flatten)
}

fn handle(item: &Node) -> Result<Option<Handle>, RowError> {
    item.first(&["tiktok_handle"], |value| {
        Handle::parse(value).map_err(|fault| Fault::new("invalid_handle", fault.to_string()))
    })
}

/// Returns the creator of a fact, by handle or by id. For an id the handle is a placeholder: the id as text.
fn creator(item: &Node, options: &Options) -> Result<(Handle, Option<Uuid>), RowError> {
    if let Some(handle) = handle(item)? {
        return Ok((handle, None));
    }
    let Some(id) = item.get("creator_id").and_then(Node::as_text) else {
        let missing =
            || RowError::missing("tiktok_handle", "The fact names no creator: give tiktok_handle or creator_id.");
        return Ok((options.default_creator.clone().ok_or_else(missing)?, None));
    };
    let known = Uuid::try_parse(&id).ok().filter(|_| options.creator_ids);
    let named = known.and_then(|id| Some((Handle::parse(&id.to_string()).ok()?, Some(id))));
    let unknown = || format!("“{}” is not a creator of this project.", excerpt(&id));
    named.ok_or_else(|| Fault::new("unknown_creator", unknown()).at("creator_id"))
}

/// Returns the scope of a collection; `all` by default.
fn scope(item: &Node) -> Result<Scope, RowError> {
    Ok(named(item, "scope", Scope::from_name, "posts, followers or all")?.unwrap_or_default())
}

fn instant(item: &Node, field: &str) -> Result<Instant, RowError> {
    required(field, item.first(&[field], moment::parse_exact)?)
}

fn required<T>(field: &str, value: Option<T>) -> Result<T, RowError> {
    value.ok_or_else(|| RowError::missing(field, format!("The fact has no {field}.")))
}

fn named<T>(
    item: &Node,
    field: &str,
    parse: impl Fn(&str) -> Option<T>,
    expected: &str,
) -> Result<Option<T>, RowError> {
    let Some(value) = item.get(field) else { return Ok(None) };
    let value = value.as_text().unwrap_or_default();
    let invalid = || Fault::new("invalid_value", format!("“{}” is not {expected}.", excerpt(&value))).at(field);
    parse(&value).map(Some).ok_or_else(invalid)
}
