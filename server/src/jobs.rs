//! What has to be done now and then, whether anybody asks or not. With several servers on one database one of them does
//! it; should that one die over it, another does it again.

use compliance::Instant;
use compliance::instant::{HOUR_MS, MINUTE_MS};
use program::caller::Caller;
use program::error::StoreResult;
use program::jobs::Job;
use program::undo::erase_before;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

/// How often a server looks whether something is due.
const LOOK: Duration = Duration::from_mins(1);
/// A server that has not finished after so long counts as lost.
const HELD_MS: i64 = 10 * MINUTE_MS;
/// From the end of a job to when it is due again.
const EVERY_MS: i64 = HOUR_MS;

/// Does what is due, for ever.
pub async fn keep_house(caller: Caller) {
    let me = Uuid::now_v7();
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        for job in Job::ALL {
            if let Err(cause) = do_if_due(&caller, job, me).await {
                // The next look is the next try.
                tracing::warn!(%cause, job = job.name(), "a job was not done");
            }
        }
    }
}

/// Does a job if it is due and nobody else is doing it; whether it was done.
pub async fn do_if_due(caller: &Caller, job: Job, me: Uuid) -> StoreResult<bool> {
    let now = caller.now();
    if !caller.store.claim_job(job, me, now, now.plus_millis(HELD_MS)).await? {
        return Ok(false);
    }
    let mut again_ms = EVERY_MS;
    match job {
        Job::ForgetAnswers => {
            let forgotten = caller.store.forget_answers(now).await?;
            tracing::debug!(forgotten, "answers that nobody can ask for any more");
        }
        Job::ForgetRuns => {
            let forgotten = caller.store.forget_runs(now).await?;
            tracing::debug!(forgotten, "creators whom imports looked at that never ended");
        }
        Job::EraseDeleted => {
            if erase(caller, now).await? == Erased::Some {
                again_ms = 0;
            }
        }
    }
    caller.store.finish_job(job, me, caller.now().plus_millis(again_ms)).await
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
