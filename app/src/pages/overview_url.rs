//! The address of the overview: its query as the parts of a URL, and links that change some of them.

use super::request::{link, query};
use crate::forms::id_list::{packed, unpacked};
use compliance::metric::Metric;
use compliance::overview::Group;
use compliance::{Cadence, Status};
use program::ids::CreatorId;
use program::overview::query::{OverviewLayout, OverviewQuery, OverviewSort};

/// What separates the names of folded groups.
const BETWEEN: char = '.';
/// The most creators who are open at a time: their ids are part of the address.
const MOST_OPEN: usize = 10;

/// The query of the overview, as parameters of its address.
#[derive(Debug, Clone)]
pub struct OverviewUrl {
    parts: Vec<(&'static str, String)>,
}

impl OverviewUrl {
    /// Creates the address of a query, with these creators open.
    #[must_use]
    pub fn of(wanted: &OverviewQuery, open: &[CreatorId]) -> OverviewUrl {
        let sort = if wanted.sort == OverviewSort::default() { "" } else { wanted.sort.name() };
        let layout = if wanted.layout == OverviewLayout::default() { "" } else { wanted.layout.name() };
        let parts = [
            ("q", wanted.search.trim()),
            ("group", wanted.group.map_or("", Group::name)),
            ("status", wanted.status.map_or("", Status::name)),
            ("metric", wanted.metric.map_or("", Metric::name)),
            ("period", wanted.cadence.map_or("", Cadence::name)),
            ("ended", wanted.just_ended.map_or("", Status::name)),
            ("sort", sort),
            ("view", layout),
        ];
        let mut parts = parts.map(|(name, value)| (name, value.to_owned())).to_vec();
        parts.push(("fold", names(&wanted.folded)));
        parts.push(("open", packed(open)));
        OverviewUrl { parts }
    }

    fn parts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parts.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Returns the parameters that are not empty.
    pub fn set(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let parts = self.parts.iter().map(|(name, value)| (*name, value.as_str()));
        parts.filter(|(_, value)| !value.is_empty())
    }

    /// Returns the same without who is open.
    pub fn kept(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.set().filter(|(name, _)| *name != "open")
    }

    /// Returns the query, from `?` on, without who is open.
    #[must_use]
    pub fn query(&self) -> String {
        query(&self.kept().collect::<Vec<_>>())
    }

    /// Returns a link with these parameters replaced; the page number starts over.
    #[must_use]
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        let is_kept = |name: &str| changes.iter().all(|(changed, _)| *changed != name);
        let parts: Vec<(&str, &str)> =
            self.parts().filter(|(name, _)| is_kept(name)).chain(changes.iter().copied()).collect();
        link(&parts)
    }

    /// Returns the link to a page of the list.
    #[must_use]
    pub fn on_page(&self, number: usize) -> String {
        self.with(&[("page", &number.to_string())])
    }

    /// Returns the link that folds or unfolds a group.
    #[must_use]
    pub fn folding(&self, wanted: &OverviewQuery, group: Group) -> String {
        let mut folded = wanted.folded.clone();
        toggle(&mut folded, group);
        format!("{}#{}", self.with(&[("fold", &names(&folded))]), fold_id(group))
    }

    /// Returns the link that opens or closes a creator, on this page of the list.
    #[must_use]
    pub fn opening(&self, open: &[CreatorId], creator_id: CreatorId, page: usize) -> String {
        let mut open = open.to_vec();
        toggle(&mut open, creator_id);
        let excess = open.len().saturating_sub(MOST_OPEN);
        let page = if page > 1 { page.to_string() } else { String::new() };
        format!("{}#{}", self.with(&[("open", &packed(&open[excess..])), ("page", &page)]), row_id(creator_id))
    }
}

/// Parses who is open; of more than fit into an address, those who were opened last.
#[must_use]
pub fn open_creators(text: &str) -> Vec<CreatorId> {
    let open = unpacked(text);
    open[open.len().saturating_sub(MOST_OPEN)..].to_vec()
}

/// Returns the id of a creator's row on the page.
#[must_use]
pub fn row_id(creator_id: CreatorId) -> String {
    format!("row-{creator_id}")
}

/// Returns the id of the link that folds a group.
#[must_use]
pub fn fold_id(group: Group) -> String {
    format!("fold-{}", group.name())
}

fn names(groups: &[Group]) -> String {
    groups.iter().map(|group| group.name()).collect::<Vec<_>>().join(&BETWEEN.to_string())
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    match list.iter().position(|known| *known == item) {
        Some(place) => drop(list.remove(place)),
        None => list.push(item),
    }
}

/// Parses the query from the parameters of a URL; values without a meaning are ignored.
#[must_use]
pub fn overview_query(part: impl Fn(&str) -> String) -> OverviewQuery {
    let mut folded: Vec<Group> = part("fold").split(BETWEEN).filter_map(Group::from_name).collect();
    folded.sort_unstable();
    folded.dedup();
    OverviewQuery {
        search: part("q"),
        group: Group::from_name(&part("group")),
        status: Status::from_name(&part("status")),
        metric: Metric::from_name(&part("metric")),
        cadence: Cadence::from_name(&part("period")),
        just_ended: Status::from_name(&part("ended")),
        folded,
        sort: OverviewSort::from_name(&part("sort")).unwrap_or_default(),
        layout: OverviewLayout::from_name(&part("view")).unwrap_or_default(),
        page: part("page").parse().unwrap_or(1).max(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_read_back_from_its_address() {
        let folded = vec![Group::Waiting, Group::Completed];
        let wanted = OverviewQuery {
            search: "mia".to_owned(),
            group: Some(Group::AtRisk),
            folded,
            ..overview_query(|_| String::new())
        };
        let url = OverviewUrl::of(&wanted, &[]);
        let part = |name: &str| {
            url.parts().find(|(part, _)| *part == name).map_or_else(String::new, |(_, value)| value.to_owned())
        };
        assert_eq!(overview_query(part), wanted);
        assert_eq!(url.query(), "?q=mia&group=at_risk&fold=waiting.completed");
    }

    #[test]
    fn a_link_that_folds_a_folded_group_unfolds_it() {
        let folded =
            overview_query(
                |name| if name == "fold" { "waiting.no_such_group.waiting".to_owned() } else { String::new() },
            );
        assert_eq!(folded.folded, [Group::Waiting]);
        let url = OverviewUrl::of(&folded, &[]);
        assert!(url.folding(&folded, Group::OnTrack).ends_with("?fold=waiting.on_track#fold-on_track"));
        assert!(url.folding(&folded, Group::Waiting).ends_with("?#fold-waiting"));
    }

    #[test]
    fn the_creator_who_was_opened_first_closes_when_there_are_many() {
        let wanted = overview_query(|_| String::new());
        let ids: Vec<CreatorId> = (0..=MOST_OPEN).map(|_| CreatorId::new()).collect();
        let (url, last) = (OverviewUrl::of(&wanted, &ids[..MOST_OPEN]), ids[MOST_OPEN]);
        let link = url.opening(&ids[..MOST_OPEN], last, 1);
        assert_eq!(link, format!("{}#{}", url.with(&[("open", &packed(&ids[1..]))]), row_id(last)));
        assert!(url.opening(&ids[..1], ids[0], 2).contains("?page=2#"));
        assert_eq!(open_creators(&packed(&ids)), ids[1..], "also in an address that somebody wrote");
    }
}
