//! Periodic jobs. Of several servers on one database one runs a job; if that server dies meanwhile, another runs it
//! again.

use compliance::instant::{HOUR_MS, MINUTE_MS};
use program::caller::Caller;
use program::jobs::Job;
use program::store::StoreResult;
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

/// How often a server checks whether a job is due.
const LOOK: Duration = Duration::from_mins(1);
/// The time after which a server that has not finished a job counts as lost.
const HELD_MS: i64 = 10 * MINUTE_MS;
/// The time from the end of a job until it is due again.
const EVERY_MS: i64 = HOUR_MS;

/// Runs the jobs that are due, for ever.
pub async fn keep_house(caller: Caller) {
    let me = Uuid::now_v7();
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        looks.tick().await;
        for job in Job::ALL {
            if let Err(cause) = do_if_due(&caller, job, me).await {
                // The next check is the retry.
                tracing::warn!(%cause, job = job.name(), "a job was not done");
            }
        }
    }
}

/// Runs a job if it is due and no other server is running it; returns whether it ran.
pub async fn do_if_due(caller: &Caller, job: Job, me: Uuid) -> StoreResult<bool> {
    let now = caller.now();
    if !caller.store.claim_job(job, me, now, now.plus_millis(HELD_MS)).await? {
        return Ok(false);
    }
    match job {
        Job::ForgetAnswers => {
            let forgotten = caller.store.forget_answers(now).await?;
            tracing::debug!(forgotten, "answers that nobody can ask for any more");
        }
    }
    caller.store.finish_job(job, me, caller.now().plus_millis(EVERY_MS)).await
}
