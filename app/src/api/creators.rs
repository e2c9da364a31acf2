//! Creators: the list, one creator, adding, changing, removing.

use super::campaigns::campaigns_by_name;
use super::once::id_made;
use super::overview::Judged;
use super::paging::Page;
use super::{LONGEST_NOTES, Server, answer, notes_as_typed};
use crate::actor::Action;
use crate::error::AppError;
use crate::store::{
    Campaign, Creator, CreatorChange, CreatorTotals, NewCreator, NewPaste, Paste, PastedText, Project, Standing,
    UpdateCreatorOutcome,
};
use compliance::calendar::LocalDays as _;
use compliance::fact::Handle;
use compliance::goal::parse_date;
use compliance::name::{self, InvalidName, folded, visible};
use compliance::tracking::TrackingMode;
use compliance::{Instant, Metric, Status};
use leptos::server;
use std::cmp::Reverse;
use std::collections::HashMap;
use uuid::Uuid;

/// What the creators list is asked to show; everything comes from the URL.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorsQuery {
    /// Part of a name or handle.
    pub search: String,
    /// Only creators with a goal of this status.
    pub status: Option<Status>,
    /// Only creators with a goal of this metric.
    pub metric: Option<Metric>,
    /// Only creators whose new posts arrive like this.
    pub mode: Option<TrackingMode>,
    /// As cards or as a table.
    pub layout: CreatorsLayout,
    /// In which order.
    pub sort: CreatorsSort,
    /// Which page, from 1.
    pub page: usize,
}

/// How creators are laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CreatorsLayout {
    /// A card each.
    #[default]
    Cards,
    /// A row each.
    Table,
}

impl CreatorsLayout {
    /// The name used in URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CreatorsLayout::Cards => "cards",
            CreatorsLayout::Table => "table",
        }
    }

    /// The layout with this [`name`](Self::name).
    #[must_use]
    pub fn from_name(name: &str) -> Option<CreatorsLayout> {
        [CreatorsLayout::Cards, CreatorsLayout::Table].into_iter().find(|layout| layout.name() == name)
    }
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
    /// Those added last first.
    Newest,
}

impl CreatorsSort {
    /// Every order, the default first.
    pub const ALL: [CreatorsSort; 4] =
        [CreatorsSort::Name, CreatorsSort::Followers, CreatorsSort::Attention, CreatorsSort::Newest];

    /// The name used in URLs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            CreatorsSort::Name => "name",
            CreatorsSort::Followers => "followers",
            CreatorsSort::Attention => "attention",
            CreatorsSort::Newest => "newest",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            CreatorsSort::Name => "Name",
            CreatorsSort::Followers => "Most followers",
            CreatorsSort::Attention => "Needs attention",
            CreatorsSort::Newest => "Added last",
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
    /// The creators who were removed, the latest first.
    pub removed: Vec<Creator>,
    /// The campaigns that creators can be put into, by name.
    pub campaigns: Vec<Campaign>,
}

/// The creators of a project.
pub async fn creators(server: &Server, project_id: Uuid, query: &CreatorsQuery) -> Result<Creators, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let judged = Judged::now(server, project_id).await?;
    let count = judged.program.creators.len();
    let standings = chosen(&judged, query);
    let page = Page::cut(standings, query.page);
    let ids: Vec<Uuid> = page.rows.iter().map(Standing::creator_id).collect();
    let totals = server.store.creator_totals(project_id, &ids).await?;
    let totals: HashMap<Uuid, CreatorTotals> = totals.into_iter().map(|totals| (totals.creator_id, totals)).collect();
    let page = page.map(|standing| {
        let creator_id = standing.creator_id();
        let totals = totals.get(&creator_id).copied().unwrap_or_else(|| CreatorTotals::none(creator_id));
        (standing, totals)
    });
    let mut removed = server.store.creators_removed(project_id).await?;
    removed.sort_by_key(|creator| Reverse(creator.removed_at));
    let campaigns = campaigns_by_name(server, project_id).await?;
    Ok(Creators { project, as_of: judged.as_of, creators: count, page, removed, campaigns })
}

/// The creators that a list is asked for, on all pages, in order.
#[must_use]
pub fn chosen(judged: &Judged, query: &CreatorsQuery) -> Vec<Standing> {
    let mut standings = judged.standings();
    let wanted = folded(query.search.trim());
    let wanted = wanted.strip_prefix('@').unwrap_or(&wanted);
    standings.retain(|standing| {
        standing.matches(wanted)
            && query.mode.is_none_or(|mode| standing.program.creator.tracking_mode == mode)
            && (query.status.is_none() && query.metric.is_none()
                || standing.any(|evaluation| {
                    query.status.is_none_or(|status| evaluation.status == status)
                        && query.metric.is_none_or(|metric| evaluation.metric == metric)
                }))
    });
    match query.sort {
        CreatorsSort::Name => standings.sort_by_cached_key(Standing::sort_name),
        CreatorsSort::Followers => standings.sort_by_key(|standing| Reverse(standing.program.creator.followers)),
        CreatorsSort::Attention => Standing::order_by_attention(&mut standings),
        CreatorsSort::Newest => standings.sort_by_key(|standing| Reverse(standing.program.creator.created_at)),
    }
    standings
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
    /// The texts that are none, as typed.
    pub unreadable: Vec<String>,
    /// Every text with its line, from 1, and the place of its handle in `handles`; `None` if it is none.
    pub texts: Vec<(usize, String, Option<usize>)>,
}

/// Reads handles and profile addresses, separated by lines, commas or spaces.
#[must_use]
pub fn parse_handles(text: &str) -> PastedHandles {
    let mut pasted = PastedHandles::default();
    let mut places: HashMap<Handle, usize> = HashMap::new();
    for (line, text) in (1..).zip(text.lines()) {
        for part in text.split([',', ';', ' ', '\t', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
            let place = Handle::parse(handle_in(part)).ok().map(|handle| {
                *places.entry(handle.clone()).or_insert_with(|| {
                    pasted.handles.push(handle);
                    pasted.handles.len() - 1
                })
            });
            if place.is_none() {
                pasted.unreadable.push(part.to_owned());
            }
            pasted.texts.push((line, part.to_owned(), place));
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
    #[server(default)] form_id: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    let project = server.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators");
    let pasted = parse_handles(&handles);
    let now = server.now();
    let new: Vec<NewCreator> = pasted
        .handles
        .iter()
        .map(|handle| NewCreator {
            handle: handle.clone(),
            display_name: None,
            avatar_url: None,
            tracking_mode: TrackingMode::from_name(&tracking_mode).unwrap_or_default(),
            tracking_start_date: project.zone.date_of(now),
        })
        .collect();
    let paste_id = id_made(&form_id, "paste", &[&project_id.to_string(), &handles, &tracking_mode])?;
    let lines = pasted.texts.len();
    let nothing_is_added = new.is_empty();
    let paste = NewPaste { paste_id, creators: new, texts: pasted.texts };
    let (added, present) = if lines == 0 {
        (0, 0)
    } else {
        let paste = server.store.add_paste(project_id, &paste, now).await?;
        (paste.added, paste.present)
    };
    // A single text needs no list.
    let shown = if lines > 1 { paste_id.to_string() } else { String::new() };
    let (added, present) = (added.to_string(), present.to_string());
    let outcome = [("added", added.as_str()), ("present", &present), ("paste", &shown)];
    let unreadable = pasted.unreadable;
    if unreadable.is_empty() && !nothing_is_added {
        answer::done(&answer::with_query(&page, &outcome));
        return Ok(());
    }
    let typed = answer::fitting(&unreadable, UNREADABLE_SHOWN);
    let count = unreadable.len().to_string();
    let typed = [("refused", count.as_str()), ("handles", &typed), ("tracking_mode", &tracking_mode)];
    let error = format!("{count} of the texts given are not TikTok handles or profile addresses; {added} were added.");
    answer::refused(&format!("{page}/new"), &[&typed[..], &outcome].concat(), AppError::Invalid(error))
}

/// What became of a paste.
#[derive(Debug, Clone)]
pub struct PasteView {
    /// The project.
    pub project: Project,
    /// The paste.
    pub paste: Paste,
    /// What became of its texts, the first 1,000.
    pub texts: Vec<PastedText>,
}

/// A paste of a project.
pub async fn paste(server: &Server, project_id: Uuid, paste_id: Uuid) -> Result<PasteView, AppError> {
    let project = server.project(project_id, Action::Read).await?;
    let (paste, texts) = server.store.paste(project_id, paste_id).await?.ok_or(AppError::NotFound)?;
    Ok(PasteView { project, paste, texts })
}

/// A creator's settings as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CreatorForm {
    /// The handle, with or without `@`.
    pub tiktok_handle: String,
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
    /// At the handle.
    pub tiktok_handle: Option<String>,
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
            tiktok_handle: creator.handle.to_string(),
            display_name: creator.display_name.as_deref().map(visible).unwrap_or_default(),
            tracking_mode: creator.tracking_mode.name().to_owned(),
            tracking_start_date: creator.tracking_start_date.map(|date| date.to_string()).unwrap_or_default(),
        }
    }

    /// Reads the form; every field at fault is named at once.
    pub fn parse(&self) -> Result<CreatorChange, CreatorErrors> {
        let mut errors = CreatorErrors::default();
        let handle = Handle::parse(handle_in(self.tiktok_handle.trim()));
        let handle = handle.map_err(|error| errors.tiktok_handle = Some(error.to_string()));
        let name = display_name(&self.display_name).map_err(|error| errors.display_name = Some(error.to_string()));
        let mode = TrackingMode::from_name(&self.tracking_mode);
        if mode.is_none() {
            errors.tracking_mode = Some("Choose auto or selective.".to_owned());
        }
        let date = self.tracking_start_date.trim();
        let start = if date.is_empty() { Ok(None) } else { parse_date(date).map(Some) };
        let start = start.map_err(|error| errors.tracking_start_date = Some(error.to_owned()));
        match (handle, name, mode, start) {
            (Ok(handle), Ok(display_name), Some(tracking_mode), Ok(tracking_start_date)) => {
                Ok(CreatorChange { handle, display_name, tracking_mode, tracking_start_date })
            }
            _ => Err(errors),
        }
    }
}

impl CreatorErrors {
    /// Each field with its sentence, in the order of the form.
    pub fn by_field(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("tiktok_handle", &self.tiktok_handle),
            ("display_name", &self.display_name),
            ("tracking_mode", &self.tracking_mode),
            ("tracking_start_date", &self.tracking_start_date),
        ];
        fields.into_iter().filter_map(|(field, sentence)| Some((field, sentence.as_deref()?)))
    }
}

/// The longest display name, in characters.
const LONGEST_NAME: usize = 120;

/// Reads the name that people give a creator; `None` if they give none.
pub fn display_name(text: &str) -> Result<Option<String>, InvalidName> {
    match name::parse(text, LONGEST_NAME) {
        Err(InvalidName::Empty) => Ok(None),
        read => read.map(Some),
    }
}

/// What is said where a new handle is another creator's.
#[must_use]
pub fn handle_taken(handle: &str, by: Option<&Creator>) -> String {
    let whose = match by {
        Some(creator) if creator.removed_at.is_some() => {
            format!("{}, who was removed from the program", creator.name())
        }
        Some(creator) => creator.name().to_owned(),
        None => "another creator".to_owned(),
    };
    format!("@{handle} is the handle of {whose}. Two creators of a project cannot have the same one.")
}

/// Changes a creator's settings.
#[server(prefix = "/forms", endpoint = "update_creator")]
pub async fn update_creator(
    project_id: Uuid,
    creator_id: Uuid,
    tiktok_handle: String,
    display_name: String,
    tracking_mode: String,
    tracking_start_date: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let form = CreatorForm { tiktok_handle, display_name, tracking_mode, tracking_start_date };
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    let refuse = |taken_by: &str, error| {
        let typed = [
            ("tiktok_handle", form.tiktok_handle.as_str()),
            ("display_name", &form.display_name),
            ("tracking_mode", &form.tracking_mode),
            ("tracking_start_date", &form.tracking_start_date),
            ("refused", "1"),
            ("taken_by", taken_by),
        ];
        answer::refused(&page, &typed, error)
    };
    let change = match form.parse() {
        Ok(change) => change,
        Err(errors) => {
            let sentences = errors.by_field().map(|(field, sentence)| format!("{field}: {sentence}"));
            return refuse("", AppError::Invalid(sentences.collect::<Vec<_>>().join(" ")));
        }
    };
    match server.store.update_creator(project_id, creator_id, &change, server.now()).await? {
        UpdateCreatorOutcome::Updated => {
            answer::done(&format!("{page}?done=saved"));
            Ok(())
        }
        UpdateCreatorOutcome::HandleTaken(other) => {
            let creator = server.store.creator(project_id, other).await?;
            let sentence = handle_taken(change.handle.as_str(), creator.as_ref());
            refuse(&other.to_string(), AppError::Conflict(sentence))
        }
    }
}

/// Changes what people want to remember of a creator.
#[server(prefix = "/forms", endpoint = "update_notes")]
pub async fn update_notes(
    project_id: Uuid,
    creator_id: Uuid,
    #[server(default)] notes: String,
) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    let page = format!("/projects/{project_id}/creators/{creator_id}/settings");
    let notes = notes_as_typed(&notes);
    if notes.chars().count() > LONGEST_NOTES {
        let error = AppError::Invalid("notes: Use at most 10,000 characters.".to_owned());
        return answer::refused(&page, &[("refused_notes", "1")], error);
    }
    server.store.set_creator_notes(project_id, creator_id, &notes).await?;
    answer::done(&format!("{page}?done=notes_saved"));
    Ok(())
}

/// Removes a creator from the program; the history is kept.
#[server(prefix = "/forms", endpoint = "remove_creator")]
pub async fn remove_creator(project_id: Uuid, creator_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    server.store.set_creator_removed(project_id, creator_id, true, server.now()).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=removed"));
    Ok(())
}

/// Brings a removed creator back, with their history.
#[server(prefix = "/forms", endpoint = "restore_creator")]
pub async fn restore_creator(project_id: Uuid, creator_id: Uuid) -> Result<(), AppError> {
    let server = Server::current()?;
    server.project(project_id, Action::Write).await?;
    server.store.set_creator_removed(project_id, creator_id, false, server.now()).await?;
    answer::done(&format!("/projects/{project_id}/creators/{creator_id}?done=restored"));
    Ok(())
}
