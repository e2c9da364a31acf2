//! Follower milestones.

use crate::instant::Instant;

/// Returns the milestone that a follower count has reached: 1, 2 or 5 times a power of ten, from 1,000 on.
pub fn milestone(followers: i64) -> Option<i64> {
    let mut step: i64 = 1_000;
    let mut reached = None;
    while step <= followers {
        for times in [1, 2, 5] {
            if let Some(count) = step.checked_mul(times).filter(|count| *count <= followers) {
                reached = Some(count);
            }
        }
        let Some(next) = step.checked_mul(10) else { break };
        step = next;
    }
    reached
}

/// Returns the milestones that readings reach for the first time, each with its instant. `highest_before` is the
/// highest earlier count. Without one, the first reading only sets the level and reaches no milestone.
pub fn milestones(readings: &[(Instant, i64)], highest_before: Option<i64>) -> Vec<(Instant, i64)> {
    let beginning = readings.first().map(|(_, followers)| *followers);
    let mut highest = highest_before.or(beginning).and_then(milestone);
    let mut reached = Vec::new();
    for (at, followers) in readings {
        let milestone = milestone(*followers);
        if milestone > highest {
            reached.extend(milestone.map(|milestone| (*at, milestone)));
            highest = milestone;
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milestones_are_told_once() {
        let at = |place: i64| Instant::from_millis(1_786_320_000_000 + place);
        let readings = [(at(0), 950), (at(1), 1_010), (at(2), 990), (at(3), 1_020), (at(4), 5_200), (at(5), 9_999)];
        assert_eq!(milestones(&readings, None), [(at(1), 1_000), (at(4), 5_000)]);
        assert_eq!(milestones(&readings[4..], None), []);
        assert_eq!(milestones(&readings[4..], Some(1_020)), [(at(4), 5_000)]);
        assert_eq!(milestones(&readings, Some(6_000)), [], "it was there before, and came down");
        assert_eq!(milestone(i64::MAX), Some(5_000_000_000_000_000_000));
    }
}
