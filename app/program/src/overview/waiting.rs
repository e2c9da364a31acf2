//! The posts of creators that wait for approval, with what approving them would change.

use crate::caller::Caller;
use crate::error::AppError;
use crate::ids::{CreatorId, PostId};
use crate::judged::Judged;
use crate::posts::record::PostGained;
use crate::reviews::effects::effects;
use crate::standings::standing::Standing;
use compliance::{Cadence, Status, metric::Metric};
use std::collections::HashMap;

/// The most posts of a page of the overview that are weighed: each brings the history of its counters along.
const MOST_WEIGHED: u32 = 200;

/// The posts of a creator that wait for approval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingPosts {
    /// How many; `None` if so many wait on the page that they were not counted by creator.
    pub posts: Option<usize>,
    /// The status that approving all of them would give the creator's most urgent goal, if it would change.
    pub becomes: Option<(Metric, Cadence, Status)>,
}

/// Returns the posts that wait for approval, by creator. If more wait than are weighed, it returns some of the creators
/// whose posts wait, without numbers.
pub async fn waiting_posts(
    caller: &Caller,
    judged: &Judged,
    standings: &[&Standing],
) -> Result<HashMap<CreatorId, WaitingPosts>, AppError> {
    if standings.is_empty() {
        return Ok(HashMap::new());
    }
    let project_id = judged.program.project.project_id;
    let ids: Vec<CreatorId> = standings.iter().map(|standing| standing.creator_id()).collect();
    let pending = caller.store.pending_of_creators(project_id, &ids, MOST_WEIGHED + 1).await?;
    if pending.is_empty() {
        return Ok(HashMap::new());
    }
    if pending.len() > MOST_WEIGHED as usize {
        let unweighed = WaitingPosts { posts: None, becomes: None };
        return Ok(pending.into_iter().map(|(creator_id, _)| (creator_id, unweighed)).collect());
    }
    let posts: Vec<PostId> = pending.iter().map(|(_, post_id)| *post_id).collect();
    let gained = caller.store.posts_gained(project_id, &posts, judged.as_of).await?;
    let gained: HashMap<PostId, PostGained> = gained.into_iter().map(|post| (post.post_id, post)).collect();
    let mut by_creator: HashMap<CreatorId, Vec<&PostGained>> = HashMap::new();
    for (creator_id, post_id) in &pending {
        by_creator.entry(*creator_id).or_default().extend(gained.get(post_id));
    }
    let known = standings.iter().filter_map(|standing| {
        let posts = by_creator.get(&standing.creator_id())?;
        let (worst, _) = standing.evaluations.first()?;
        let changed = effects(judged, standing, posts).into_iter().filter(|effect| effect.goal_id == *worst);
        let becomes = changed.filter(|effect| !effect.previous).find_map(|effect| {
            let (_, after) = effect.changes_status()?;
            Some((effect.metric, effect.cadence, after))
        });
        Some((standing.creator_id(), WaitingPosts { posts: Some(posts.len()), becomes }))
    });
    Ok(known.collect())
}
