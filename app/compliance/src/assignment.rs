//! Assigns one goal to many creators: decides what happens to the goals that each already has. docs/rules.md, "Goals
//! for many".

use crate::calendar::LocalDays;
use crate::goal::{Goal, GoalVersion};
use crate::goal_form::NewGoal;
use crate::instant::Instant;
use crate::named;
use crate::period::WeekStart;
use crate::terms::GoalTerms;

/// What to do with a creator's existing goal of the same metric and period that covers some of the same dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ExistingGoals {
    /// Give it the new target and end; keep its start unless a new one is given.
    #[default]
    Change,
    /// Keep it as it is.
    Keep,
}

// The default first.
named!(ExistingGoals { Change: "change", Keep: "keep" });

/// The result of an assignment for one creator. A goal is identified by its index among the creator's goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// A new goal has to be created.
    Make,
    /// This goal gets these terms.
    Change(usize, GoalTerms),
    /// This goal already has exactly these terms.
    Same(usize),
    /// This goal covers some of the dates and is kept.
    Keep(usize),
    /// Several goals cover some of the dates, so it is not clear which one to change.
    Several,
}

/// Decides what happens to a creator's `goals` when the goal `new` is assigned at `now`.
pub fn assign<'g>(
    goals: impl IntoIterator<Item = &'g Goal>,
    new: &NewGoal,
    existing: ExistingGoals,
    now: Instant,
    days: &impl LocalDays,
    week_start: WeekStart,
) -> Assignment {
    let goal = Goal::new(new.metric, new.cadence, GoalVersion { made_at: now, terms: new.terms });
    let mut in_the_way = goals
        .into_iter()
        .enumerate()
        .filter(|(_, other)| other.terms().is_active && other.overlaps(&goal, days, week_start));
    let Some((place, other)) = in_the_way.next() else { return Assignment::Make };
    if in_the_way.next().is_some() {
        return Assignment::Several;
    }
    let terms = GoalTerms { start_date: new.terms.start_date.or(other.terms().start_date), ..new.terms };
    match existing {
        _ if *other.terms() == terms => Assignment::Same(place),
        ExistingGoals::Change => Assignment::Change(place, terms),
        ExistingGoals::Keep => Assignment::Keep(place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Zone;
    use crate::goal_form::{GoalForm, parse_date};
    use crate::period::Cadence;

    const NOW: Instant = Instant::from_millis(1_787_140_800_000);

    fn goal(period: &str, target: &str, start: &str, end: &str) -> NewGoal {
        let [metric, period, target_value, start_date, end_date] =
            ["posts", period, target, start, end].map(str::to_owned);
        NewGoal::parse(&GoalForm { metric, period, target_value, start_date, end_date }).expect("a goal")
    }

    fn held(new: &NewGoal) -> Goal {
        Goal::new(new.metric, new.cadence, GoalVersion { made_at: NOW, terms: new.terms })
    }

    fn given(goals: &[&NewGoal], new: &NewGoal, existing: ExistingGoals) -> Assignment {
        let goals: Vec<Goal> = goals.iter().map(|goal| held(goal)).collect();
        assign(&goals, new, existing, NOW, &Zone::UTC, WeekStart::Monday)
    }

    #[test]
    fn a_goal_in_the_way_is_changed_or_kept_and_others_are_left_alone() {
        use ExistingGoals::{Change, Keep};
        let weekly_5 = goal("weekly", "5", "", "");
        let weekly_7 = goal("weekly", "7", "", "");
        let daily = goal("daily", "1", "", "");
        assert_eq!(given(&[], &weekly_7, Change), Assignment::Make);
        assert_eq!(given(&[&daily], &weekly_7, Change), Assignment::Make, "another period is another goal");
        assert_eq!(given(&[&daily, &weekly_5], &weekly_7, Change), Assignment::Change(1, weekly_7.terms));
        assert_eq!(given(&[&daily, &weekly_5], &weekly_7, Keep), Assignment::Keep(1));
        assert_eq!(given(&[&weekly_7], &weekly_7, Keep), Assignment::Same(0));
    }

    #[test]
    fn dates_decide_what_is_in_the_way() {
        let june = goal("weekly", "5", "2026-06-01", "2026-06-30");
        let autumn = goal("weekly", "6", "2026-09-01", "2026-09-30");
        let from_now = goal("weekly", "7", "", "");
        let always = goal("weekly", "7", "2026-01-01", "");
        let change = |goals: &[&NewGoal], new| given(goals, new, ExistingGoals::Change);
        assert_eq!(change(&[&june], &from_now), Assignment::Make, "it is over");
        assert_eq!(change(&[&june, &autumn], &always), Assignment::Several);
        let Assignment::Change(0, terms) = change(&[&autumn], &from_now) else { panic!("autumn lies ahead") };
        let start = parse_date("2026-09-01").ok();
        assert_eq!((terms.target_value, terms.start_date, terms.end_date), (7, start, None));
    }

    #[test]
    fn an_ended_goal_is_never_in_the_way() {
        let new = goal("weekly", "7", "", "");
        let ended = GoalTerms { is_active: false, ..new.terms };
        let ended = Goal::new(new.metric, Cadence::Weekly, GoalVersion { made_at: NOW, terms: ended });
        let given = assign([&ended], &new, ExistingGoals::Change, NOW, &Zone::UTC, WeekStart::Monday);
        assert_eq!(given, Assignment::Make);
    }
}
