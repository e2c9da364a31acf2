//! Finding a creator or a campaign by name, from anywhere in a project.

use crate::caller::Caller;
use crate::campaigns::list::campaigns_by_name;
use crate::campaigns::record::Campaign;
use crate::creators::record::Creator;
use crate::error::AppError;
use crate::ids::ProjectId;
use crate::judged::Judged;
use crate::projects::record::Project;
use compliance::name::searchable;

/// The most creators, and the most campaigns, that a search returns.
pub const MOST_FOUND: usize = 8;

/// What a search found.
#[derive(Debug, Clone)]
pub struct Found {
    /// The project.
    pub project: Project,
    /// The creators whose name or handle contains the text, those that begin with it first, then by name; at most
    /// [`MOST_FOUND`].
    pub creators: Vec<Creator>,
    /// How many creators match.
    pub creators_matching: usize,
    /// The campaigns whose name contains the text, ordered in the same way; at most [`MOST_FOUND`].
    pub campaigns: Vec<Campaign>,
    /// How many campaigns match.
    pub campaigns_matching: usize,
}

/// Searches a project for a text. An empty text matches nothing.
pub async fn search(caller: &Caller, project_id: ProjectId, text: &str) -> Result<Found, AppError> {
    let judged = Judged::now(caller, project_id).await?;
    let project = judged.program.project.clone();
    let wanted = searchable(text.trim());
    let wanted = wanted.strip_prefix('@').unwrap_or(&wanted);
    if wanted.is_empty() {
        let (creators, campaigns) = (Vec::new(), Vec::new());
        return Ok(Found { project, creators, creators_matching: 0, campaigns, campaigns_matching: 0 });
    }
    let creators = best(judged.program.creators.clone(), wanted, |program| program.names().to_vec());
    let campaigns = campaigns_by_name(caller, project_id).await?;
    let campaigns = best(campaigns, wanted, |campaign: &Campaign| vec![searchable(&campaign.terms.name)]);
    let (creators_matching, campaigns_matching) = (creators.len(), campaigns.len());
    Ok(Found {
        project,
        creators: creators.iter().take(MOST_FOUND).map(|program| program.creator.clone()).collect(),
        creators_matching,
        campaigns: campaigns.into_iter().take(MOST_FOUND).collect(),
        campaigns_matching,
    })
}

/// Returns the rows of which a name contains the text: those of which one begins with it first, then by name.
fn best<T>(rows: Vec<T>, wanted: &str, names: impl Fn(&T) -> Vec<String>) -> Vec<T> {
    let rows = rows.into_iter().map(|row| (names(&row), row));
    let mut found: Vec<_> = rows.filter(|(names, _)| names.iter().any(|name| name.contains(wanted))).collect();
    found.sort_by_cached_key(|(names, _)| (!names.iter().any(|name| name.starts_with(wanted)), names[0].clone()));
    found.into_iter().map(|(_, row)| row).collect()
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn names_that_begin_with_the_text_come_first() {
        let rows = vec!["Anna Mia", "mia k", "Ben", "Mia"];
        let found = best(rows, "mia", |name| vec![name.to_lowercase()]);
        assert_eq!(found, ["Mia", "mia k", "Anna Mia"]);
    }
}
