//! The standing of one creator: their goals, judged and ordered.

use crate::creators::record::Creator;
use crate::goals::record::GoalRecord;
use crate::ids::{CreatorId, GoalId};
use crate::standings::gains::{AsOfCorrection, DayRow};
use compliance::calendar::DayNumber;
use compliance::name::{searchable, sort_name};
use compliance::overview::{Group, Urgency};
use compliance::{Evaluation, Looks};
use std::sync::Arc;

/// One creator with goals and recent gains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatorProgram {
    /// The creator.
    pub creator: Creator,
    /// Their goals, ended ones included, oldest first.
    pub goals: Vec<GoalRecord>,
    /// Their gains since [`Program::first_day`], ordered by day.
    pub days: Vec<DayRow>,
}

impl CreatorProgram {
    /// Returns the name and the handle, [`searchable`].
    #[must_use]
    pub fn names(&self) -> [String; 2] {
        [searchable(self.creator.name()), searchable(self.creator.handle.as_str())]
    }
}

/// A creator judged at one instant.
#[derive(Debug, Clone)]
pub struct Standing {
    /// The creator.
    pub program: Arc<CreatorProgram>,
    /// The listed goals with their evaluations, the most urgent first.
    pub evaluations: Vec<(GoalId, Evaluation)>,
    /// How urgently the creator needs attention; `None` without goals.
    pub urgency: Option<Urgency>,
    /// The creator's latest collections at or before the instant.
    pub looks: Looks,
    /// The correction used to judge at the instant, if any.
    pub correction: Option<AsOfCorrection>,
    /// The first day of the creator's gains that is in memory.
    pub first_day: DayNumber,
}

impl Standing {
    /// Sorts standings into overview order.
    pub fn order_by_attention(standings: &mut [Standing]) {
        standings.sort_by_cached_key(|standing| {
            let place = (standing.urgency.is_none(), standing.urgency);
            (place, standing.sort_name(), standing.program.creator.creator_id)
        });
    }

    /// Returns the name the creator is ordered by.
    #[must_use]
    pub fn sort_name(&self) -> String {
        sort_name(self.program.creator.display_name.as_deref(), self.program.creator.handle.as_str())
    }

    /// Returns the creator's id.
    #[must_use]
    pub fn creator_id(&self) -> CreatorId {
        self.program.creator.creator_id
    }

    /// Returns whether the handle or the name contains a text that is [`searchable`].
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        self.program.names().iter().any(|name| name.contains(text))
    }

    /// Returns the group in which the overview lists the creator.
    #[must_use]
    pub fn group(&self) -> Group {
        self.urgency.map_or(Group::NoGoals, |urgency| urgency.group())
    }

    /// Returns whether somebody should look at the creator today.
    #[must_use]
    pub fn needs_attention(&self) -> bool {
        self.group().needs_attention()
    }

    /// Returns the local day on which the creator last published a post, as far as the days in memory reach back.
    #[must_use]
    pub fn last_published_on(&self) -> Option<DayNumber> {
        self.program.days.iter().rev().find(|row| row.last_published_at.is_some()).map(|row| row.day)
    }

    /// Returns whether any evaluation matches.
    #[must_use]
    pub fn any(&self, is_like: impl Fn(&Evaluation) -> bool) -> bool {
        self.evaluations.iter().any(|(_, evaluation)| is_like(evaluation))
    }

    /// Keeps only the goals whose evaluation matches, and computes the urgency from them.
    pub fn keep_goals(&mut self, is_like: impl Fn(&Evaluation) -> bool) {
        self.evaluations.retain(|(_, evaluation)| is_like(evaluation));
        self.urgency = Urgency::worst(self.evaluations.iter().map(|(_, evaluation)| evaluation));
    }
}
