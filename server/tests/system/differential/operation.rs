//! An operation of the log, chosen at random.

use super::chance::Chance;
use crate::short::handle;
use compliance::assignment::ExistingGoals;
use compliance::calendar::Zone;
use compliance::fact::Fact;
use compliance::goal_form::NewGoal;
use compliance::metric::Metric;
use compliance::period::WeekStart;
use compliance::terms::GoalTerms;
use compliance::tracking::{Tracking, TrackingMode, TrackingStatus};
use compliance::{Cadence, Instant, ProjectSettings};
use program::campaigns::record::CampaignTerms;
use program::creators::record::{CreatorChange, NewCreator};
use program::ids::{HolderId, ImportId, PasteId, ProjectId};
use program::imports::record::{Import, ImportCounts, ImportDetails, ImportState, Rejection};
use program::keys::record::{KeyScope, NewApiKey};
use program::projects::record::ProjectChange;
use program::reviews::record::{TrackingDecision, TrackingSwitch};
use std::fmt::Debug;
use uuid::Uuid;

/// The run id of every import.
pub const RUN: Uuid = Uuid::from_u128(1);

/// An operation. Existing things are referred to by their index among those created so far.
#[derive(Debug, Clone)]
pub enum Operation {
    Accept(Vec<Fact>, bool),
    LookOfRun(Instant),
    AddCreators(Vec<NewCreator>),
    Paste(PasteId, Vec<NewCreator>, String),
    Probe,
    UpdateCreator(&'static str, CreatorChange),
    SetRemoved(&'static str, bool, Instant),
    SetNotes(&'static str, String),
    Review(Vec<String>, TrackingDecision, Option<Tracking>, Instant),
    UndoReview(usize, Instant),
    AssignGoal(Vec<&'static str>, NewGoal, ExistingGoals, Instant),
    UndoAssignment(usize, Instant),
    RestoreGoal(usize, Instant),
    RestoreCampaign(usize, Instant),
    DeleteAndRestoreProject(Instant, Instant),
    CreateView(String),
    DeleteView(usize),
    CreateGoal(&'static str, NewGoal, Instant),
    EditGoal(usize, GoalTerms, Instant),
    DeleteGoal(usize, Instant),
    UpdateProject(ProjectChange),
    CreateCampaign(CampaignTerms),
    UpdateCampaign(usize, CampaignTerms),
    DeleteCampaign(usize),
    AddItems(usize, Vec<Item>),
    RemoveItem(usize, Item),
    CreateImport(Box<Import>),
    UpdateImport(usize, ImportState, ImportCounts),
    AddRejections(usize, Vec<Rejection>),
    CreateKey(NewApiKey),
    RevokeKey(usize, Instant),
    TouchKey(usize, Instant),
    BeginRequest(usize, usize, Instant),
    EndRequest(usize, usize, Option<u16>),
    ForgetAnswers(Instant),
    ForgetRuns(Instant),
    Erase(Instant),
    ClaimJob(HolderId, Instant),
    FinishJob(HolderId, Instant),
}

#[derive(Debug, Clone)]
pub enum Item {
    Creator(&'static str),
    Post(String),
    Campaign(usize),
    Stranger,
}

#[expect(clippy::too_many_lines, reason = "one arm for each kind of operation")]
pub fn operation(chance: &mut Chance) -> Operation {
    let place = chance.below(12);
    let item = |chance: &mut Chance| match chance.below(9) {
        0..3 => Item::Creator(chance.handle()),
        3..5 => Item::Post(chance.video()),
        5..8 => Item::Campaign(chance.below(12)),
        _ => Item::Stranger,
    };
    match chance.below(52) {
        0..15 => Operation::Accept((0..=chance.below(10)).map(|_| chance.fact()).collect(), chance.below(4) > 0),
        15 => {
            let new = |chance: &mut Chance| NewCreator {
                handle: handle(chance.handle()),
                display_name: chance.maybe(Chance::text),
                avatar_url: None,
                tracking_mode: chance.one_of(&[TrackingMode::Auto, TrackingMode::Selective]),
                tracking_start_date: chance.date(),
            };
            let creators = (0..=chance.below(3)).map(|_| new(chance)).collect();
            match chance.below(4) {
                // Seldom a new id: mostly the same paste is sent again.
                0 => Operation::Paste(Uuid::from_u128(chance.below(9) as u128).into(), creators, chance.text()),
                1 => Operation::Probe,
                _ => Operation::AddCreators(creators),
            }
        }
        16 | 17 => Operation::UpdateCreator(
            chance.handle(),
            CreatorChange {
                handle: handle(chance.handle()),
                display_name: chance.maybe(Chance::text),
                tracking_mode: chance.one_of(&[TrackingMode::Auto, TrackingMode::Selective]),
                tracking_start_date: chance.maybe(Chance::date),
            },
        ),
        18 => Operation::SetRemoved(chance.handle(), chance.below(3) == 0, chance.instant()),
        19..22 => {
            let decision = TrackingDecision {
                status: chance.maybe(|chance| chance.one_of(&TrackingStatus::ALL)),
                switch: chance.maybe(|chance| chance.one_of(&[TrackingSwitch::Disabled, TrackingSwitch::Enabled])),
            };
            let seen = (chance.below(3) == 0)
                .then(|| Tracking { status: chance.one_of(&TrackingStatus::ALL), disabled: chance.below(4) == 0 });
            let posts = (0..=chance.below(3)).map(|_| chance.video()).collect();
            Operation::Review(posts, decision, seen, chance.instant())
        }
        22 | 23 => {
            let (metric, cadence) = (chance.one_of(&Metric::ALL), chance.one_of(&Cadence::ALL));
            let goal = NewGoal { metric, cadence, terms: chance.goal_terms() };
            Operation::CreateGoal(chance.handle(), goal, chance.instant())
        }
        24 => Operation::EditGoal(place, chance.goal_terms(), chance.instant()),
        25 => Operation::DeleteGoal(place, chance.instant()),
        26 => Operation::UpdateProject(ProjectChange {
            name: chance.name(),
            zone: Zone::parse(chance.one_of(&["UTC", "Asia/Seoul", "America/St_Johns"])).unwrap(),
            settings: ProjectSettings {
                week_start: chance.one_of(&[WeekStart::Monday, WeekStart::Sunday]),
                early_grace_percent: 10,
                collection_interval_hours: 24,
            },
        }),
        27 => Operation::CreateCampaign(chance.campaign_terms()),
        28 => Operation::UpdateCampaign(place, chance.campaign_terms()),
        29 if chance.below(3) == 0 => Operation::DeleteCampaign(place),
        29 | 30 => Operation::AddItems(place, (0..=chance.below(3)).map(|_| item(chance)).collect()),
        31 => Operation::RemoveItem(place, item(chance)),
        32 => Operation::CreateImport(Box::new(Import {
            project_id: ProjectId::default(),
            import_id: ImportId::new(),
            file_name: chance.text(),
            state: ImportState::Running,
            choices: r#"{"columns":["a"]}"#.to_owned(),
            bytes_total: chance.number(1_000),
            bytes_done: 0,
            counts: ImportCounts::default(),
            failure: None,
            created_at: chance.instant(),
            finished_at: None,
            removed_creators: String::new(),
            details: ImportDetails::default(),
            folder_id: None,
        })),
        33 => {
            let counts = ImportCounts { rows: chance.number(9), accepted: chance.number(9), ..ImportCounts::default() };
            Operation::UpdateImport(place, chance.one_of(&[ImportState::Done, ImportState::Failed]), counts)
        }
        34 => Operation::AddRejections(
            place,
            (0..=chance.number(4))
                .map(|position| Rejection {
                    position,
                    line: position + 2,
                    field: chance.maybe(Chance::text),
                    code: "bad".to_owned(),
                    reason: chance.text(),
                })
                .collect(),
        ),
        35 => {
            let mut hash = [7; 32];
            hash[0] = u8::try_from(chance.below(200)).unwrap();
            Operation::CreateKey(NewApiKey {
                project_id: None,
                name: chance.name(),
                scope: chance.one_of(&KeyScope::ALL),
                hash,
                hint: "abcd".to_owned(),
            })
        }
        36 if chance.below(4) == 0 => Operation::RevokeKey(place, chance.instant()),
        36 => Operation::TouchKey(place, chance.instant()),
        37 | 38 => Operation::BeginRequest(place, chance.below(5), chance.instant()),
        40 => Operation::ForgetAnswers(chance.instant()),
        41 if chance.below(4) == 0 => Operation::Erase(chance.instant()),
        41 if chance.below(4) == 0 => Operation::ForgetRuns(chance.instant()),
        41 => Operation::ClaimJob(Uuid::from_u128(u128::from(chance.below(2) == 0)).into(), chance.instant()),
        42 => Operation::FinishJob(Uuid::from_u128(u128::from(chance.below(2) == 0)).into(), chance.instant()),
        43 => Operation::UndoReview(place, chance.instant()),
        44 => {
            let (metric, cadence) = (chance.one_of(&Metric::ALL), chance.one_of(&Cadence::ALL));
            let goal = NewGoal { metric, cadence, terms: GoalTerms { is_active: true, ..chance.goal_terms() } };
            let creators = (0..=chance.below(5)).map(|_| chance.handle()).collect();
            Operation::AssignGoal(creators, goal, chance.one_of(&ExistingGoals::ALL), chance.instant())
        }
        45 => Operation::UndoAssignment(place, chance.instant()),
        46 => Operation::RestoreGoal(place, chance.instant()),
        47 => Operation::RestoreCampaign(place, chance.instant()),
        48 => Operation::DeleteAndRestoreProject(chance.instant(), chance.instant()),
        49 if chance.below(3) == 0 => Operation::DeleteView(place),
        49 => Operation::CreateView(chance.name()),
        50 => Operation::SetNotes(chance.handle(), chance.text()),
        51 => Operation::LookOfRun(chance.instant()),
        _ => Operation::EndRequest(place, chance.below(5), chance.maybe(|chance| 200 + chance.one_of(&[0, 1, 9]))),
    }
}
