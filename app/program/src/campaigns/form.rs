//! The campaign form, as typed and parsed.

use crate::campaigns::record::CampaignTerms;
use crate::notes::{LONGEST_NOTES, notes_as_typed, notes_too_long};
use chrono::NaiveDate;
use compliance::campaign::CampaignTarget;
use compliance::goal_form::{parse_date, parse_target};
use compliance::name;
use compliance::name::{InvalidName, visible};

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;

/// A campaign form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignForm {
    /// Its name.
    pub name: String,
    /// Its notes.
    pub notes: String,
    /// Views to gain; empty without a target.
    pub target_views: String,
    /// The first local date that counts for the target; empty means the day of creation.
    pub start_date: String,
    /// The last local date that counts.
    pub target_date: String,
}

/// The errors in a campaign form: at most one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CampaignErrors {
    /// The error at the name.
    pub name: Option<String>,
    /// The error at the notes.
    pub notes: Option<String>,
    /// The error at the views.
    pub target_views: Option<String>,
    /// The error at the start date.
    pub start_date: Option<String>,
    /// The error at the target date.
    pub target_date: Option<String>,
}

impl CampaignErrors {
    /// Returns each field with its error, in the order of the form.
    pub fn by_field(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("name", &self.name),
            ("notes", &self.notes),
            ("target_views", &self.target_views),
            ("start_date", &self.start_date),
            ("target_date", &self.target_date),
        ];
        fields.into_iter().filter_map(|(field, sentence)| Some((field, sentence.as_deref()?)))
    }
}

impl CampaignForm {
    /// Returns the form filled with a campaign.
    #[must_use]
    pub fn of(terms: &CampaignTerms) -> CampaignForm {
        let target = |show: fn(&CampaignTarget) -> String| terms.target.as_ref().map(show).unwrap_or_default();
        CampaignForm {
            name: visible(&terms.name),
            notes: terms.notes.clone(),
            target_views: target(|target| target.views.to_string()),
            start_date: target(|target| target.start_date.to_string()),
            target_date: target(|target| target.target_date.to_string()),
        }
    }

    /// Parses the form of a campaign created on the local day `made_on`, and reports every invalid field at once.
    pub fn parse(&self, made_on: NaiveDate) -> Result<CampaignTerms, CampaignErrors> {
        let mut errors = CampaignErrors::default();
        let name = name::parse(&self.name, LONGEST_NAME).map_err(|error| {
            errors.name = Some(match error {
                InvalidName::Empty => "Give the campaign a name.".to_owned(),
                error => error.to_string(),
            });
        });
        let notes = notes_as_typed(&self.notes);
        if notes.chars().count() > LONGEST_NOTES {
            errors.notes = Some(notes_too_long());
        }
        let typed = [&self.target_views, &self.start_date, &self.target_date];
        let target =
            if typed.iter().all(|text| text.trim().is_empty()) { None } else { self.target(made_on, &mut errors) };
        match name {
            Ok(name) if errors == CampaignErrors::default() => Ok(CampaignTerms { name, notes, target }),
            _ => Err(errors),
        }
    }

    fn target(&self, made_on: NaiveDate, errors: &mut CampaignErrors) -> Option<CampaignTarget> {
        let views = parse_target(&self.target_views).map_err(|error| errors.target_views = Some(error));
        let start = if self.start_date.trim().is_empty() { Ok(made_on) } else { parse_date(&self.start_date) };
        let start = start.map_err(|error| errors.start_date = Some(error.to_owned()));
        let end = parse_date(&self.target_date).map_err(|error| errors.target_date = Some(error.to_owned()));
        let (Ok(views), Ok(start_date), Ok(target_date)) = (views, start, end) else { return None };
        if target_date < start_date {
            errors.target_date = Some("The target date is before the start date.".to_owned());
        }
        Some(CampaignTarget { views, start_date, target_date })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_break_of_a_browser_is_one_character_of_the_notes() {
        // The page allows as many characters as are accepted here, and counts a line break as one.
        let notes = "\r\n.".repeat(LONGEST_NOTES / 2);
        let form =
            CampaignForm { name: "Launch".to_owned(), notes: format!("..{}", &notes[3..]), ..CampaignForm::default() };
        let terms = form.parse(NaiveDate::default()).expect("just as long as notes may be");
        assert_eq!(terms.notes.chars().count(), LONGEST_NOTES);
        let longer = CampaignForm { notes: format!("{}.", form.notes), ..form };
        assert!(longer.parse(NaiveDate::default()).is_err_and(|errors| errors.notes.is_some()));
    }
}
