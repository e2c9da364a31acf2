//! An operation applied to one side, and what the store answered.

use super::operation::{Item, Operation, RUN};
use crate::readable::Side;
use crate::support::{DAY, NOW};
use program::campaigns::record::CampaignItem;
use program::creators::record::Membership;
use program::error::{StoreError, StoreResult};
use program::facts::record::AcceptTerms;
use program::goals::record::{AssignOutcome, GoalAssignment, GoalOutcome};
use program::idempotency::{IdempotentRequest, KeptAnswer};
use program::ids::{ApiKeyId, AssignmentId, CampaignId, GoalId, PostId, ReviewId, RunId, SavedViewId};
use program::imports::record::{Import, ImportDetails, ImportState};
use program::jobs::Job;
use program::keys::record::CreateKeyOutcome;
use program::pastes::record::{NewPaste, PastedPart};
use program::reviews::record::{Review, ReviewOutcome};
use program::saved_views::record::{SaveViewOutcome, SavedView};
use std::fmt::Debug;

/// Runs the operation on one side and returns its answer, in a form that does not depend on the ids of that side.
#[expect(clippy::too_many_lines, reason = "one arm for each kind of operation")]
pub async fn apply(side: &mut Side, operation: &Operation) -> String {
    let (id, store) = (side.world.id(), side.world.store.clone());
    match operation.clone() {
        Operation::Accept(facts, create_creators) => {
            // Facts of an import belong to its run.
            let run_id = create_creators.then_some(RunId::from(RUN));
            let terms = AcceptTerms { create_creators, run_id, ..AcceptTerms::of("log", NOW) };
            said(
                side,
                store.accept(id, facts, &terms).await.map(|acceptance| {
                    let mut creators = acceptance.creators;
                    creators.sort();
                    (acceptance.outcomes, creators, acceptance.removed)
                }),
            )
            .await
        }
        Operation::LookOfRun(at) => said(side, store.record_run_collection(id, RUN.into(), at).await).await,
        Operation::Paste(paste_id, creators, unreadable) => {
            let texts = creators.iter().map(|creator| creator.handle.to_string());
            let texts = (1..).zip(texts).map(|(line, text)| PastedPart::new(line, text, Some(line - 1)));
            let more = [PastedPart::new(99, unreadable, None), PastedPart::new(99, "again", Some(0))];
            let texts = texts.chain(more).collect();
            side.pastes.push(paste_id);
            let paste = NewPaste { paste_id, creators, texts };
            said(side, store.add_paste(id, &paste, NOW).await).await
        }
        Operation::Probe => said(side, store.writable(NOW).await).await,
        Operation::AddCreators(creators) => said(side, store.add_creators(id, &creators, NOW).await).await,
        Operation::UpdateCreator(name, change) => {
            let creator = side.creator(name).await;
            said(side, store.update_creator(id, creator, &change, NOW).await).await
        }
        Operation::SetRemoved(name, removed, at) => {
            let membership = if removed { Membership::Removed } else { Membership::Member };
            let creator = side.creator(name).await;
            said(side, store.set_membership(id, creator, membership, at).await).await
        }
        Operation::SetNotes(name, notes) => {
            let creator = side.creator(name).await;
            said(side, store.set_creator_notes(id, creator, &notes).await).await
        }
        Operation::Review(videos, decision, seen, at) => {
            let mut posts = Vec::new();
            for video in &videos {
                posts.push(side.post(video).await);
            }
            let review = Review { review_id: ReviewId::new(), decision, seen };
            side.reviews.push(review.review_id);
            reviewed(side, store.review_posts(id, &posts, &review, at).await).await
        }
        Operation::UndoReview(place, at) => {
            let review = nth(&side.reviews, place);
            reviewed(side, store.undo_review(id, review, at).await).await
        }
        Operation::AssignGoal(names, goal, existing, at) => {
            let mut creators = Vec::new();
            for name in names {
                creators.push(side.creator(name).await);
            }
            let assignment = GoalAssignment { assignment_id: AssignmentId::new(), goal, existing };
            side.assignments.push(assignment.assignment_id);
            let outcomes = store.assign_goal(id, &creators, &assignment, at).await;
            side.goals.extend(outcomes.iter().flatten().filter_map(|outcome| match outcome {
                AssignOutcome::Made(goal_id) => Some(*goal_id),
                _ => None,
            }));
            said(side, outcomes).await
        }
        Operation::UndoAssignment(place, at) => {
            let assignment = nth(&side.assignments, place);
            said(side, store.undo_assignment(id, assignment, at).await).await
        }
        Operation::RestoreGoal(place, since) => {
            let goal = nth(&side.goals, place);
            said(side, store.restore_goal(id, goal, since).await).await
        }
        Operation::RestoreCampaign(place, since) => {
            let campaign = nth(&side.campaigns, place);
            said(side, store.restore_campaign(id, campaign, since).await).await
        }
        Operation::DeleteAndRestoreProject(at, since) => {
            let deleted = store.delete_project(id, at).await;
            let (gone, listed) = (store.project(id).await.unwrap(), store.deleted_projects(since).await.unwrap());
            let first = store.restore_project(id, since).await;
            let back = store.restore_project(id, at).await;
            let answers = (deleted.is_ok(), gone, listed, first.is_ok(), back.is_ok());
            side.named(&format!("{answers:?}")).await
        }
        Operation::CreateView(name) => {
            let view = SavedView { saved_view_id: SavedViewId::new(), name, query: "?status=at_risk".to_owned() };
            let made = store.create_saved_view(id, &view, NOW).await;
            side.views
                .extend(made.as_ref().is_ok_and(|made| *made == SaveViewOutcome::Saved).then_some(view.saved_view_id));
            said(side, made).await
        }
        Operation::DeleteView(place) => {
            let view = nth(&side.views, place);
            said(side, store.delete_saved_view(id, view).await).await
        }
        Operation::CreateGoal(name, goal, at) => {
            let creator = side.creator(name).await;
            let goal_id = GoalId::new();
            let made = store.create_goal(id, creator, goal_id, &goal, at).await;
            side.goals.extend(made.as_ref().is_ok_and(|made| *made == GoalOutcome::Stored).then_some(goal_id));
            said(side, made).await
        }
        Operation::EditGoal(place, terms, at) => {
            let goal = nth(&side.goals, place);
            said(side, store.edit_goal(id, goal, &terms, at).await).await
        }
        Operation::DeleteGoal(place, at) => {
            let goal = nth(&side.goals, place);
            said(side, store.delete_goal(id, goal, at).await).await
        }
        Operation::UpdateProject(change) => said(side, store.update_project(id, &change).await).await,
        Operation::CreateCampaign(terms) => {
            let made = store.create_campaign(id, CampaignId::new(), &terms, NOW).await;
            side.campaigns.extend(made.as_ref().map(|campaign| campaign.campaign_id));
            said(side, made.map(|campaign| campaign.campaign_id)).await
        }
        Operation::UpdateCampaign(place, terms) => {
            let campaign = nth(&side.campaigns, place);
            said(side, store.update_campaign(id, campaign, &terms).await).await
        }
        Operation::DeleteCampaign(place) => {
            let campaign = nth(&side.campaigns, place);
            said(side, store.delete_campaign(id, campaign, NOW).await).await
        }
        Operation::AddItems(place, items) => {
            let mut ids = Vec::new();
            for item in &items {
                ids.push(campaign_item(side, item).await);
            }
            let campaign = nth(&side.campaigns, place);
            said(side, store.add_campaign_items(id, campaign, &ids, NOW).await).await
        }
        Operation::RemoveItem(place, item) => {
            let item = campaign_item(side, &item).await.id();
            let campaign = nth(&side.campaigns, place);
            said(side, store.remove_campaign_item(id, campaign, item).await).await
        }
        Operation::CreateImport(import) => {
            side.imports.push(import.import_id);
            said(side, store.create_import(&Import { project_id: id, ..*import }).await).await
        }
        Operation::UpdateImport(place, state, counts) => {
            let found = store.import(id, nth(&side.imports, place)).await.unwrap();
            let Some(import) = found else { return "no import".to_owned() };
            let (failure, import_state) = (Some("It broke.".to_owned()), import.state);
            let details = ImportDetails { posts: counts.accepted, ..ImportDetails::default() };
            let change = Import { state, counts, details, failure, finished_at: Some(NOW), bytes_done: 5, ..import };
            // Every third time it is not in the expected state.
            let from = if counts.rows % 3 == 0 { ImportState::Queued } else { import_state };
            said(side, store.update_import(&change, from).await).await
        }
        Operation::AddRejections(place, rows) => {
            let import = nth(&side.imports, place);
            said(side, store.add_rejections(id, import, &rows).await).await
        }
        Operation::CreateKey(new) => {
            if store.api_key(&new.hash).await.unwrap().is_some() {
                return "the key is there".to_owned();
            }
            let made = store.create_api_key(ApiKeyId::new(), &new, NOW).await;
            side.keys.extend(
                made.as_ref()
                    .ok()
                    .and_then(CreateKeyOutcome::as_created)
                    .map(|key| (key.api_key_id, key.organization_id, new.hash)),
            );
            said(side, made).await
        }
        Operation::RevokeKey(place, at) => {
            let key = side.key(place).0;
            said(side, store.revoke_api_key(key, at).await).await
        }
        Operation::TouchKey(place, at) => {
            let key = side.key(place).0;
            said(side, store.touch_api_key(key, at).await).await
        }
        Operation::BeginRequest(place, request, at) if !side.keys.is_empty() => {
            let request = idempotent(side, place, request);
            said(side, store.begin_idempotent(&request, at).await).await
        }
        Operation::EndRequest(place, request, status) if !side.keys.is_empty() => {
            let request = idempotent(side, place, request);
            let answer = status.map(|code| KeptAnswer { code, body: r#"{"data":"Été"}"#.to_owned() });
            said(side, store.end_idempotent(&request, answer.as_ref()).await).await
        }
        Operation::ForgetAnswers(at) => said(side, store.forget_answers(at).await).await,
        Operation::ForgetRuns(at) => said(side, store.forget_runs(at).await).await,
        Operation::Erase(before) => {
            let (mut after, mut erased) = (None, Vec::new());
            loop {
                after = store.erase_goals(before, after).await.unwrap();
                if after.is_none() {
                    break;
                }
            }
            while erased.last() != Some(&0) {
                erased.push(store.erase_campaigns(before).await.unwrap());
            }
            erased.push(store.erase_projects(before).await.unwrap());
            format!("{erased:?}")
        }
        Operation::ClaimJob(holder, at) => {
            said(side, store.claim_job(Job::ForgetAnswers, holder, at, at.plus_millis(DAY)).await).await
        }
        Operation::FinishJob(holder, at) => said(side, store.finish_job(Job::ForgetAnswers, holder, at).await).await,
        Operation::BeginRequest(..) | Operation::EndRequest(..) => "no key".to_owned(),
    }
}

fn nth<Id: Copy + Default>(ids: &[Id], place: usize) -> Id {
    // Only the last few, so that older ones stay unchanged.
    ids.iter().rev().nth(place).copied().unwrap_or_default()
}

async fn campaign_item(side: &mut Side, item: &Item) -> CampaignItem {
    match item {
        Item::Creator(name) => CampaignItem::Creator(side.creator(name).await),
        Item::Post(video) => CampaignItem::Post(side.post(video).await),
        Item::Campaign(place) => CampaignItem::Campaign(nth(&side.campaigns, *place)),
        Item::Stranger => CampaignItem::Post(PostId::default()),
    }
}

fn idempotent(side: &Side, place: usize, request: usize) -> IdempotentRequest {
    let (api_key_id, organization_id, _) = side.key(place);
    IdempotentRequest {
        organization_id,
        api_key_id,
        route: "POST /stats".to_owned(),
        idempotency_key: format!("request {}", request / 2),
        body_hash: [u8::try_from(request).unwrap(); 32],
    }
}

/// Returns the result of a review, with posts in an order that both sides have.
async fn reviewed(side: &mut Side, outcome: StoreResult<ReviewOutcome>) -> String {
    let Ok(outcome) = outcome else { return said(side, outcome).await };
    let mut lines = Vec::new();
    for post in outcome.changed {
        lines.push(side.named(&format!("changed {post}")).await);
    }
    for (post, tracking) in outcome.decided_before {
        lines.push(side.named(&format!("decided before {post} {tracking:?}")).await);
    }
    lines.sort();
    lines.join(", ")
}

async fn said<T: Debug>(side: &mut Side, answer: StoreResult<T>) -> String {
    if let Err(StoreError::Database(cause)) = &answer {
        panic!("the database refused: {cause}");
    }
    side.named(&format!("{answer:?}")).await
}
