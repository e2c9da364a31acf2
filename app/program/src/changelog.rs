//! The Change log of a creator: what changed, when, and why.

use crate::caller::Caller;
use crate::creators::record::CreatorEvent;
use crate::creators::view::{CreatorView, creator};
use crate::error::AppError;
use crate::facts::record::FollowerEvidence;
use crate::goals::record::GoalRecord;
use crate::ids::{CreatorId, PostId, ProjectId};
use crate::posts::record::PostEvidence;
use crate::projects::record::Project;
use crate::reviews::record::TrackingChange;
use chrono::{Days, NaiveDate};
use compliance::calendar::{LocalDays as _, RememberedDays, date_of_day};
use compliance::named;
use compliance::period::{Cadence, Dates, Window};
use compliance::terms::GoalTerms;
use compliance::timeline::{GoalHistory, History, PostDecision, PostHistory};
use compliance::{Instant, Looks, Scope, timeline};
use std::collections::HashMap;
use std::ops::Range;

/// The number of local days on one page of the log.
const DAYS_SHOWN: u64 = 30;

/// The kinds of entries, for the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A verdict changed.
    Compliance,
    /// A decision on a post.
    Review,
    /// A goal was created, edited, ended or deleted.
    Goal,
    /// The creator was added, renamed, tracked differently, removed or restored.
    Creator,
    /// A follower milestone.
    Milestone,
}

// In the order of the filter.
named!(EntryKind {
    Compliance: "compliance",
    Review: "review",
    Goal: "goal",
    Creator: "creator",
    Milestone: "milestone"
});

impl EntryKind {
    /// Returns the label shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            EntryKind::Compliance => "Compliance",
            EntryKind::Review => "Posts reviewed",
            EntryKind::Goal => "Goals",
            EntryKind::Creator => "Creator",
            EntryKind::Milestone => "Milestones",
        }
    }
}

/// An entry of the log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum What {
    /// A verdict changed.
    Compliance {
        /// The goal.
        goal: GoalRecord,
        /// The change, from the replay.
        change: timeline::Change,
        /// The post that caused it, if one did.
        post: Option<PostEvidence>,
    },
    /// A decision on a post.
    Reviewed {
        /// The decision.
        change: TrackingChange,
        /// The post.
        post: Option<PostEvidence>,
    },
    /// A goal was created.
    GoalAdded(GoalRecord, GoalTerms),
    /// A goal was edited: the terms before and after.
    GoalEdited(GoalRecord, GoalTerms, GoalTerms),
    /// A goal was deleted.
    GoalDeleted(GoalRecord),
    /// The creator was added.
    Added,
    /// The creator was changed.
    Creator(CreatorEvent),
    /// The creator reached this many followers for the first time.
    Milestone(i64),
}

impl What {
    /// Returns its kind.
    #[must_use]
    pub const fn kind(&self) -> EntryKind {
        match self {
            What::Compliance { .. } => EntryKind::Compliance,
            What::Reviewed { .. } => EntryKind::Review,
            What::GoalAdded(..) | What::GoalEdited(..) | What::GoalDeleted(_) => EntryKind::Goal,
            What::Added | What::Creator(_) => EntryKind::Creator,
            What::Milestone(_) => EntryKind::Milestone,
        }
    }
}

/// A page of the Change log.
#[derive(Debug, Clone)]
pub struct ChangeLog {
    /// The creator.
    pub creator: CreatorView,
    /// The local dates the page covers.
    pub dates: Dates,
    /// The entries for these dates, the latest first.
    pub entries: Vec<Entry>,
    /// Whether there may be earlier entries.
    pub has_earlier: bool,
}

/// Returns what happened to a creator on the 30 local days that end with `last`, or with today.
pub async fn change_log(
    caller: &Caller,
    project_id: ProjectId,
    creator_id: CreatorId,
    last: Option<NaiveDate>,
) -> Result<ChangeLog, AppError> {
    let creator = creator(caller, project_id, creator_id).await?;
    let (zone, as_of) = (creator.project.zone, creator.as_of);
    let today = zone.date_of(as_of);
    let last = last.unwrap_or(today).min(today);
    let dates = Dates {
        first: last.checked_sub_days(Days::new(DAYS_SHOWN - 1)).unwrap_or(last),
        end: last.succ_opt().unwrap_or(last),
    };
    let span = zone.start_of(dates.first)..zone.start_of(dates.end).min(as_of.plus_millis(1));
    let days = RememberedDays::of(&zone);
    let first_day = timeline::first_day_needed(span.start, &days, creator.project.settings);
    let from = zone.start_of(date_of_day(first_day));
    let loaded = load(caller, &creator, from..span.end).await?;
    let replayed = timeline::Span { from, since: span.start, until: span.end };
    let changes = timeline::changes(&loaded.history, &days, creator.project.settings, replayed, loaded.looked_before);
    let mut entries: Vec<Entry> = changes
        .into_iter()
        .filter_map(|change| {
            let post = match &change.cause {
                timeline::Cause::Posts { first, .. } | timeline::Cause::Reviewed(first) => {
                    loaded.posts.get(*first).cloned()
                }
                _ => None,
            };
            let goal = loaded.goals.get(change.goal)?.clone();
            Some(Entry { at: change.at, what: What::Compliance { goal, change, post } })
        })
        .collect();
    let within = |at: &Instant| span.contains(at);
    entries.extend(decisions(&loaded).filter(|entry| within(&entry.at)));
    entries.extend(goal_entries(&loaded).filter(|entry| within(&entry.at)));
    let events = caller.store.creator_events(project_id, creator_id, span.clone()).await?;
    entries.extend(events.into_iter().map(|event| Entry { at: event.changed_at, what: What::Creator(event) }));
    let created_at = creator.creator.created_at;
    entries.extend(within(&created_at).then_some(Entry { at: created_at, what: What::Added }));
    let reached = timeline::milestones(&loaded.history.readings, loaded.most_followers_before).into_iter();
    entries.extend(reached.filter(|(at, _)| within(at)).map(|(at, count)| Entry { at, what: What::Milestone(count) }));
    // The latest first; at the same instant, a verdict is above its cause.
    entries.sort_by_key(|entry| (std::cmp::Reverse(entry.at), entry.what.kind() != EntryKind::Compliance));
    let begins = [Some(created_at), creator.creator.first_snapshot_at].into_iter().flatten().min();
    let has_earlier = begins.is_some_and(|begins| begins < span.start);
    Ok(ChangeLog { creator, dates, entries, has_earlier })
}

/// The input of a replay, and what its indexes refer to.
struct Loaded {
    history: History,
    looked_before: Looks,
    most_followers_before: Option<i64>,
    posts: Vec<PostEvidence>,
    goals: Vec<GoalRecord>,
    changes: Vec<TrackingChange>,
}

async fn load(caller: &Caller, creator: &CreatorView, span: Range<Instant>) -> Result<Loaded, AppError> {
    let (project_id, creator_id) = (creator.project.project_id, creator.creator.creator_id);
    let store = &caller.store;
    let window = window(&creator.project, span.clone());
    let last = span.end.plus_millis(-1);
    let posts = store.post_evidence(project_id, creator_id, &window, last).await?;
    let changes = store.tracking_changes_of_creator(project_id, creator_id, Instant::EARLIEST).await?;
    let FollowerEvidence { readings, misreadings } =
        store.follower_evidence(project_id, creator_id, &window, last).await?;
    let most_followers_before = store.most_followers_before(project_id, creator_id, span.start).await?;
    let collections = store.collections(project_id, creator_id, span.clone()).await?;
    let deleted = store.deleted_goals(project_id, creator_id, Instant::EARLIEST).await?;
    let present = store.goals(project_id, creator_id).await?.into_iter().map(|goal| (goal, None));
    let deleted = deleted.into_iter().map(|deleted| (deleted.what, Some(deleted.deleted_at)));
    let goals: Vec<(GoalRecord, Option<Instant>)> = present.chain(deleted).collect();
    let mut decisions: HashMap<PostId, Vec<_>> = HashMap::new();
    for change in changes.iter().rev() {
        let decision = PostDecision { at: change.changed_at, before: change.from, after: change.to };
        decisions.entry(change.post_id).or_default().push(decision);
    }
    let readings_known: Vec<(Instant, i64)> =
        readings.iter().map(|reading| (reading.captured_at, reading.followers)).collect();
    let history = History {
        posts: posts
            .iter()
            .map(|post| PostHistory {
                window: post.window.clone(),
                decisions: decisions.remove(&post.post_id).unwrap_or_default(),
            })
            .collect(),
        readings: readings_known,
        // A misreading changes no number, but somebody has looked.
        collections: misreadings
            .iter()
            .map(|misread| (misread.captured_at, Scope::Followers))
            .chain(collections.within)
            .collect(),
        goals: goals
            .iter()
            .map(|(record, deleted_at)| GoalHistory { goal: record.goal.clone(), deleted_at: *deleted_at })
            .collect(),
    };
    let goals = goals.into_iter().map(|(record, _)| record).collect();
    Ok(Loaded { history, looked_before: collections.before, most_followers_before, posts, goals, changes })
}

/// Returns a period of time as a window, for functions that take a window.
fn window(project: &Project, span: Range<Instant>) -> Window {
    let first = project.zone.date_of(span.start);
    let period = Cadence::Daily.period_of(first, project.settings.week_start);
    Window { period, dates: period.dates, start: span.start, end: span.end }
}

fn decisions(loaded: &Loaded) -> impl Iterator<Item = Entry> {
    loaded.changes.iter().map(|change| {
        let post = loaded.posts.iter().find(|post| post.post_id == change.post_id).cloned();
        Entry { at: change.changed_at, what: What::Reviewed { change: *change, post } }
    })
}

fn goal_entries(loaded: &Loaded) -> impl Iterator<Item = Entry> {
    loaded.goals.iter().zip(&loaded.history.goals).flat_map(|(record, history)| {
        let versions: Vec<_> = record.goal.versions().copied().collect();
        let made =
            versions.first().map(|made| Entry { at: made.made_at, what: What::GoalAdded(record.clone(), made.terms) });
        let edits: Vec<Entry> = versions
            .windows(2)
            .map(|pair| Entry {
                at: pair[1].made_at,
                what: What::GoalEdited(record.clone(), pair[0].terms, pair[1].terms),
            })
            .collect();
        let deleted = history.deleted_at.map(|at| Entry { at, what: What::GoalDeleted(record.clone()) });
        made.into_iter().chain(edits).chain(deleted)
    })
}
