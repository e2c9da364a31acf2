//! Tests that text from people, files and programs never becomes markup, and is shown as it was typed: every page is
//! parsed as a browser parses it, with texts in every field that would be markup without escaping.

mod crawl;
pub mod page;
mod round_trips;
mod source;
mod typed;
mod world;

use super::support::NOW;
use app::forms::id_list::packed;
use crawl::Crawl;
use program::standings::standing::Standing;
use rstest::rstest;
use std::collections::BTreeSet;
use typed::Typed;
use world::{FIELDS, pasted, world_of};

#[rstest]
#[case::ends_of_elements("</textarea></title></script></style><b zq>")]
#[case::ends_of_others("</noscript></select></svg><plaintext zq>{{zq}}")]
#[case::attributes("\"><img zq onerror=zq()> '><b zq> \" zq onfocus=zq a=\"")]
#[case::comments("<!-- --!><b zq>--><b zq>]]><b zq><![CDATA[ <!--")]
#[case::references("&lt;500&gt; &amp;lt;b zq&#62; &ltb &quot;")]
#[case::scripts("\\\"}</script><script zq>\\u003cb zq\\u003e'</script>")]
#[tokio::test]
async fn no_page_holds_an_element_of_the_authors_and_each_shows_what_was_typed(#[case] text: &'static str) {
    let typed = Typed(text);
    let world = world_of(typed).await;
    let mut crawl = Crawl::of(&world, typed);
    crawl.open(&pasted(&world, typed).await).await;
    let creators: Vec<_> = world.standings(NOW).await.iter().map(Standing::creator_id).collect();
    crawl.open(&format!("/projects/{}/message?who={}", world.id(), packed(&creators))).await;
    crawl.open_all().await;
    let expected: BTreeSet<String> = FIELDS.iter().map(|field| (*field).to_owned()).collect();
    let unseen: Vec<&String> = expected.difference(&crawl.seen).collect();
    assert!(unseen.is_empty(), "no page shows the text of {unseen:?}");

    let missing = crawl.missing_routes();
    assert!(missing.is_empty(), "no page leads to {missing:?}: name an address in Crawl::of");

    // Every parameter that an address can have, with and without a returned form.
    let names = crawl.names();
    let typed_into = typed.into_field("qu");
    let query: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), typed_into.as_str())).collect();
    for path in crawl.of_each_route() {
        let without: Vec<_> = query.iter().filter(|(name, _)| !name.contains("refused")).copied().collect();
        for query in [&query, &without] {
            crawl.open(&app::forms::answer::with_query(&path, query)).await;
        }
    }
    assert!(crawl.seen.contains("qu"), "no page shows what its address says");

    // Links to this form contain values for its fields.
    let terms = "from=creators&metric=posts&period=weekly&target_value=4&preview=1";
    crawl.open(&format!("/projects/{}/goals/assign?{terms}", world.id())).await;
    crawl.send_all().await;
    let forms = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path);
    let unsent: Vec<&str> = forms.filter(|path| !crawl.sent.contains(*path)).collect();
    assert!(unsent.is_empty(), "no form was found for {unsent:?}");
    assert!(crawl.seen.contains("ty"), "no page shows what was typed into its form");
}
