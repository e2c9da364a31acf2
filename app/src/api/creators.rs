//! Creators: the list, one creator, adding, changing, removing.

use super::overview::Judged;
use super::paging::Page;
use super::{Server, answer};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{AddCreatorOutcome, Creator, CreatorChange, CreatorTotals, NewCreator, Project, Standing};
use compliance::calendar::LocalDays as _;
use compliance::fact::Handle;
use compliance::goal::parse_date;
use compliance::tracking::TrackingMode;
use compliance::{Instant, Status};
use leptos::server;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// What the creators list is asked to show; everything comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorsQuery {
    /// Part of a name or handle.
    pub search: String,
    /// Only creators with a goal of this status.
    pub status: Option<Status>,
    /// In which order.
    pub sort: CreatorsSort,
    /// Which page, from 1.
    pub page: usize,
}

/// An order of creators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CreatorsSort {
    /// By name.
    #[default]
    Name,
    /// Most followers first.
    Followers,
    /// Those who need attention first.
    Attention,
}

impl CreatorsSort {
    /// Every order, the default first.
    pub const ALL: [CreatorsSort; 3] = [CreatorsSort::Name, CreatorsSort::Followers, CreatorsSort::Attention];

    /// The name used in URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CreatorsSort::Name => "name",
            CreatorsSort::Followers => "followers",
            CreatorsSort::Attention => "attention",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            CreatorsSort::Name => "Name",
            CreatorsSort::Followers => "Most followers",
            CreatorsSort::Attention => "Needs attention",
        }
    }

    /// The order with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<CreatorsSort> {
        Self::ALL.into_iter().find(|sort| sort.name() == name)
    }
}

/// The creators list.
#[derive(Debug, Clone)]
pub struct Creators {
    /// The project.
    pub project: Project,
    /// The instant it speaks of.
    pub as_of: Instant,
    /// How many creators the project has.
    pub creators: usize,
    /// The creators asked for, with sums over their posts.
    pub page: Page<(Standing, CreatorTotals)>,
}

/// The creators of a project.
pub async fn creators(server: &Server, project_id: Uuid, query: &CreatorsQuery) -> Result<Creators, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let judged = Judged::now(server, project_id).await?;
    let mut standings = judged.standings();
    let count = standings.len();
    let wanted = query.search.trim().to_lowercase();
    let wanted = wanted.strip_prefix('@').unwrap_or(&wanted);
    standings.retain(|standing| standing.matches(wanted));
    if let Some(status) = query.status {
        standings.retain(|standing| standing.any(|evaluation| evaluation.status == status));
    }
    match query.sort {
        CreatorsSort::Name => standings.sort_by_cached_key(Standing::sort_name),
        CreatorsSort::Followers => standings.sort_by_key(|standing| Reverse(standing.program.creator.followers)),
        CreatorsSort::Attention => Standing::order_by_attention(&mut standings),
    }
    let page = Page::cut(standings, query.page);
    let ids: Vec<Uuid> = page.rows.iter().map(Standing::creator_id).collect();
    let totals = server.store.creator_totals(project_id, &ids).await?;
    let totals: HashMap<Uuid, CreatorTotals> = totals.into_iter().map(|totals| (totals.creator_id, totals)).collect();
    let page = page.map(|standing| {
        let creator_id = standing.creator_id();
        let totals = totals.get(&creator_id).copied().unwrap_or_else(|| CreatorTotals::none(creator_id));
        (standing, totals)
    });
    Ok(Creators { project, as_of: judged.as_of, creators: count, page })
}

/// One creator, as every tab of their pages shows them.
#[derive(Debug, Clone)]
pub struct CreatorView {
    /// The project.
    pub project: Project,
    /// The instant it speaks of.
    pub as_of: Instant,
    /// The creator.
    pub creator: Creator,
    /// Their listed goals, judged; `None` if the creator was removed.
    pub standing: Option<Standing>,
    /// Sums over their posts.
    pub totals: CreatorTotals,
}

/// One creator of a project, removed or not.
pub async fn creator(server: &Server, project_id: Uuid, creator_id: Uuid) -> Result<CreatorView, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let creator = server.store.creator(project_id, creator_id).await?.ok_or(AppError::NotFound)?;
    let judged = Judged::now(server, project_id).await?;
    let standing = judged.standing(creator_id);
    let totals = server.store.creator_totals(project_id, &[creator_id]).await?;
    let totals = totals.first().copied().unwrap_or_else(|| CreatorTotals::none(creator_id));
    Ok(CreatorView { project, as_of: judged.as_of, creator, standing, totals })
}

/// What a paste of handles holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PastedHandles {
    /// The handles, each once, in order.
    pub handles: Vec<Handle>,
    /// The lines that are none, as typed.
    pub unreadable: Vec<String>,
}

/// Reads handles and profile addresses, separated by lines, commas or spaces.
#[must_use]
pub fn parse_handles(text: &str) -> PastedHandles {
    let mut pasted = PastedHandles::default();
    let mut seen = HashSet::new();
    for part in text.split([',', ';', ' ', '\t', '\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        match Handle::parse(handle_in(part)) {
            Ok(handle) if !seen.insert(handle.clone()) => {}
            Ok(handle) => pasted.handles.push(handle),
            Err(_) => pasted.unreadable.push(part.to_owned()),
        }
    }
    pasted
}

/// The handle in `https://www.tiktok.com/@mia?lang=en`, or the text itself. Of other hosts' addresses nothing is left
/// that reads as a handle.
fn handle_in(text: &str) -> &str {
    let bare = text.trim_start_matches("https://").trim_start_matches("http://");
    let path = bare.trim_start_matches("www.").trim_start_matches("m.");
    match path.strip_prefix("tiktok.com/@") {
        Some(rest) => rest.split(['/', '?', '#']).next().unwrap_or(rest),
        None => text,
    }
}

/// How many characters of what could not be read go back into the form, where an address has to hold them.
const UNREADABLE_SHOWN: usize = 2_000;

/// Adds creators by hand: one handle or many. What cannot be read comes back into the form; the others go in.
#[server(prefix = "/forms", endpoint = "add_creators")]
pub async fn add_creators(
    project_id: Uuid,
    #[server(default)] handles: String,
    #[server(default)] tracking_mode: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let project = server.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators");
    let PastedHandles { handles, unreadable } = parse_handles(&handles);
    let now = server.now();
    let new: Vec<NewCreator> = handles
        .into_iter()
        .map(|handle| NewCreator {
            handle,
            display_name: None,
            avatar_url: None,
            tracking_mode: TrackingMode::from_name(&tracking_mode).unwrap_or_default(),
            tracking_start_date: project.zone.date_of(now),
        })
        .collect();
    let outcomes = if new.is_empty() { Vec::new() } else { server.store.add_creators(project_id, &new, now).await? };
    let present = outcomes.iter().filter(|outcome| matches!(outcome, AddCreatorOutcome::Present(_))).count();
    let (added, present) = ((outcomes.len() - present).to_string(), present.to_string());
    let outcome = [("added", added.as_str()), ("present", &present)];
    if unreadable.is_empty() && !outcomes.is_empty() {
        answer::done(&answer::with_query(&page, &outcome));
        return Ok(());
    }
    let mut shown = 0;
    let fit = unreadable.iter().take_while(|text| {
        shown += text.chars().count() + 1;
        shown <= UNREADABLE_SHOWN
    });
    let typed = fit.map(String::as_str).collect::<Vec<_>>().join("\n");
    let count = unreadable.len().to_string();
    let typed = [("refused", count.as_str()), ("handles", &typed), ("tracking_mode", &tracking_mode)];
    let error = format!("{count} of the texts given are not TikTok handles or profile addresses; {added} were added.");
    answer::refused(&format!("{page}/new"), &[&typed[..], &outcome].concat(), AppError::Invalid(error))
}

/// A creator's settings as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorForm {
    /// The name shown.
    pub display_name: String,
    /// [`TrackingMode::name`].
    pub tracking_mode: String,
    /// `YYYY-MM-DD`, or empty for automatic.
    pub tracking_start_date: String,
}

/// What is wrong with a creator's settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorErrors {
    /// At the name.
    pub display_name: Option<String>,
    /// At the mode.
    pub tracking_mode: Option<String>,
    /// At the start date.
    pub tracking_start_date: Option<String>,
}

impl CreatorForm {
    /// The form that shows a creator as they are.
    #[must_use]
    pub fn of(creator: &Creator) -> CreatorForm {
        CreatorForm {
            display_name: creator.display_name.clone().unwrap_or_default(),
            tracking_mode: creator.tracking_mode.name().to_owned(),
            tracking_start_date: creator.tracking_start_date.map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// Reads the form; every field at fault is named at once.
    pub fn parse(&self) -> Result<CreatorChange, CreatorErrors> {
        let mut errors = CreatorErrors::default();
        let name = self.display_name.trim();
        if name.chars().count() > 120 {
            errors.display_name = Some("Use at most 120 characters.".to_owned());
        }
        let mode = TrackingMode::from_name(&self.tracking_mode);
        if mode.is_none() {
            errors.tracking_mode = Some("Choose auto or selective.".to_owned());
        }
        let date = self.tracking_start_date.trim();
        let start = if date.is_empty() { Ok(None) } else { parse_date(date).map(Some) };
        let start = start.map_err(|error| errors.tracking_start_date = Some(error.to_owned()));
        match (mode, start) {
            (Some(tracking_mode), Ok(tracking_start_date)) if errors == CreatorErrors::default() => Ok(CreatorChange {
                display_name: (!name.is_empty()).then(|| name.to_owned()),
                tracking_mode,
                tracking_start_date,
            }),
            _ => Err(errors),
        }
    }
}

/// Changes a creator's settings.
#[server(prefix = "/forms", endpoint = "update_creator")]
pub async fn update_creator(
    project_id: Uuid,
    creator_id: Uuid,
    display_name: String,
    tracking_mode: String,
    tracking_start_date: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let form = CreatorForm { display_name, tracking_mode, tracking_start_date };
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    match form.parse() {
        Ok(change) => {
            server.store.update_creator(project_id, creator_id, &change).await?;
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        Err(_) => {
            let typed = [
                ("display_name", form.display_name.as_str()),
                ("tracking_mode", &form.tracking_mode),
                ("tracking_start_date", &form.tracking_start_date),
                ("refused", "1"),
            ];
            let error = "The creator has fields to correct: display_name, tracking_mode (auto or selective), \
                tracking_start_date (YYYY-MM-DD or empty).";
            answer::refused(&page, &typed, AppError::Invalid(error.to_owned()))
        }
    }
}

/// Removes a creator from the program; the history is kept.
#[server(prefix = "/forms", endpoint = "remove_creator")]
pub async fn remove_creator(project_id: Uuid, creator_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    server.store.set_creator_removed(project_id, creator_id, Some(server.now())).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=removed"));
    Ok(())
}

/// Brings a removed creator back, with their history.
#[server(prefix = "/forms", endpoint = "restore_creator")]
pub async fn restore_creator(project_id: Uuid, creator_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    server.store.set_creator_removed(project_id, creator_id, None).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=restored"));
    Ok(())
}
