//! Periodic jobs. If several servers share a database, one of them runs each job; if it dies meanwhile, another one
//! runs the job again.

use compliance::Instant;
use compliance::instant::{HOUR_MS, MINUTE_MS};
use program::caller::Caller;
use program::error::StoreResult;
use program::ids::HolderId;
use program::jobs::{ClaimOutcome, FinishOutcome, Job};
use program::undo::erase_before;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often a server checks whether a job is due.
const LOOK: Duration = Duration::from_mins(1);
/// The time after which a server that has not finished a job counts as lost.
const HELD_MS: i64 = 10 * MINUTE_MS;
/// The time from the end of a job until it is due again.
const EVERY_MS: i64 = HOUR_MS;

/// Runs the jobs that are due, for ever.
pub async fn run_jobs(caller: Caller) {
    let me = HolderId::new();
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        for job in Job::ALL {
            if let Err(cause) = do_if_due(&caller, job, me).await {
                // The next check is the retry.
                tracing::warn!(%cause, job = job.name(), "a job failed");
            }
        }
    }
}

/// Runs a job if it is due and no other server is running it; returns whether it ran.
pub async fn do_if_due(caller: &Caller, job: Job, me: HolderId) -> StoreResult<bool> {
    let now = caller.now();
    if caller.store.claim_job(job, me, now, now.plus_millis(HELD_MS)).await? == ClaimOutcome::Refused {
        return Ok(false);
    }
    let mut again_ms = EVERY_MS;
    match job {
        Job::ForgetAnswers => {
            let forgotten = caller.store.forget_answers(now).await?;
            tracing::debug!(forgotten, "deleted expired answers to requests with an Idempotency-Key");
        }
        Job::ForgetRuns => {
            let forgotten = caller.store.forget_runs(now).await?;
            tracing::debug!(forgotten, "deleted the collections of unfinished imports that began more than a week ago");
            let forgotten = caller.store.tend_waiting(now).await?;
            tracing::debug!(forgotten, "erased rows that nobody decided on for 30 days");
        }
        Job::EraseDeleted => {
            if erase(caller, now).await? == Erased::Some {
                again_ms = 0;
            }
        }
    }
    let finished = caller.store.finish_job(job, me, caller.now().plus_millis(again_ms)).await?;
    Ok(finished == FinishOutcome::Recorded)
}

/// How much of what was deleted is erased.
#[derive(PartialEq, Eq)]
enum Erased {
    /// There is more.
    Some,
    /// Nothing is left.
    All,
}

/// Erases what was deleted long ago, part by part, for as long as the job is safely held.
async fn erase(caller: &Caller, now: Instant) -> StoreResult<Erased> {
    let before = erase_before(now);
    let is_held = || caller.now() < now.plus_millis(HELD_MS / 2);
    let mut after = None;
    loop {
        after = caller.store.erase_goals(before, after).await?;
        if after.is_none() {
            break;
        }
        if !is_held() {
            return Ok(Erased::Some);
        }
    }
    while caller.store.erase_campaigns(before).await? > 0 || caller.store.erase_projects(before).await? > 0 {
        if !is_held() {
            return Ok(Erased::Some);
        }
    }
    Ok(Erased::All)
}
