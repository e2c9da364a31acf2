//! The checklist of a new program: creators, a goal for all, numbers. It ends by itself once all three are there.

use crate::components::icon::{self, Icon, Svg};
use crate::components::open_demo::open_demo;
use crate::wording::plural;
use leptos::prelude::*;
use program::overview::Overview;

/// One way to do a step: its icon, its label and its address.
type Way = (Svg, &'static str, String);

/// Renders what is left to do until there is a first verdict; nothing once there is one.
pub fn first_steps(found: &Overview) -> Option<impl IntoView + use<>> {
    let has_data = found.program.creators.iter().any(|creator| creator.creator.looks.latest().is_some());
    let done = [found.creators > 0, found.with_goals > 0, has_data];
    if done.iter().all(|done| *done) {
        return None;
    }
    let count = |count: usize, one, many| plural(i64::try_from(count).unwrap_or(i64::MAX), one, many);
    let project = format!("/projects/{}", found.program.project.project_id);
    let creators: Vec<Way> = vec![
        (icon::USER_PLUS, "Paste handles", format!("{project}/creators/new")),
        (icon::UPLOAD, "Import a file", format!("{project}/import")),
    ];
    let goals = if found.creators == 0 {
        Vec::new()
    } else {
        vec![
            (icon::TARGET, "Give everybody a goal", format!("{project}/goals/assign?from=overview")),
            (icon::USERS, "Choose a creator", format!("{project}/creators")),
        ]
    };
    let mut numbers = vec![(icon::UPLOAD, "Import a file", format!("{project}/import"))];
    if let [one, ..] = &found.program.creators[..] {
        numbers.push((
            icon::PLUS,
            "Add a post by hand",
            format!("{project}/creators/{}/posts", one.creator.creator_id),
        ));
    }
    numbers.push((icon::ARROW_RIGHT, "Send them with the API", "/docs/api".to_owned()));
    let steps = [
        (
            "Add creators",
            "The TikTok handles that you work with. An import adds the creators that it finds.",
            count(found.creators, "creator", "creators"),
            creators,
        ),
        (
            "Give them a goal",
            "A target for each day, week or month: posts, views, engagement or followers.",
            count(found.with_goals, "creator with a goal", "creators with a goal"),
            goals,
        ),
        (
            "Bring in numbers",
            "Posts and their counters: from a file, by hand, or from a program.",
            "collected".to_owned(),
            numbers,
        ),
    ];
    let next = done.iter().position(|done| !done);
    let steps = steps.into_iter().zip(done).enumerate().map(|(place, ((title, text, have, ways), done))| {
        let is_next = next == Some(place);
        let ways = (!done).then(|| ways.into_iter().enumerate().map(|(first, (svg, label, href))| {
            let class = if is_next && first == 0 { "btn btn-sm btn-primary" } else { "btn btn-sm" };
            view! { <a class=class href=href><Icon svg />{label}</a> }
        }).collect_view());
        let mark = if done {
            view! { <span class="step-mark" data-status="completed"><Icon svg=icon::CHECK /></span> }.into_any()
        } else {
            view! { <span class="step-mark">{place + 1}</span> }.into_any()
        };
        let said = if done { format!("Done: {have}.") } else { text.to_owned() };
        view! {
            <li class="flex gap-3 border-t border-hairline px-4 py-3 first:border-t-0" aria-current=is_next.then_some("step")>
                {mark}
                <div class="grid min-w-0 gap-1.5">
                    <h2 class="font-semibold">{title}</h2>
                    <p class="text-sm text-soft">{said}</p>
                    {ways.map(|ways| view! { <div class="flex flex-wrap gap-2">{ways}</div> })}
                </div>
            </li>
        }
    });
    let steps: Vec<_> = steps.collect();
    let demo = (found.creators == 0).then(|| open_demo("Or look around first, in a program of 40 invented creators."));
    Some(view! {
        <section class="grid max-w-3xl gap-3" aria-label="First steps">
            <ol class="card">{steps}</ol>
            {demo}
        </section>
    })
}
