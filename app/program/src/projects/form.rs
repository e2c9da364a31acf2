//! The form that creates or edits a project.

use crate::projects::record::{Project, ProjectChange};
use compliance::calendar::Zone;
use compliance::name::{InvalidName, visible};
use compliance::period::WeekStart;
use compliance::{ProjectSettings, name};

/// The longest name, in characters.
const LONGEST_NAME: usize = 120;

/// A project form as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectForm {
    /// Its name.
    pub name: String,
    /// An IANA name.
    pub time_zone: String,
    /// [`WeekStart::name`].
    pub week_start: String,
    /// A whole number of percent.
    pub early_grace_percent: String,
    /// A whole number of hours.
    pub collection_interval_hours: String,
}

/// The errors in a project form: at most one sentence per field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProjectErrors {
    /// The error at the name.
    pub name: Option<String>,
    /// The error at the time zone.
    pub time_zone: Option<String>,
    /// The error at the week start.
    pub week_start: Option<String>,
    /// The error at the grace.
    pub early_grace_percent: Option<String>,
    /// The error at the collection interval.
    pub collection_interval_hours: Option<String>,
}

impl ProjectErrors {
    /// Returns each field with its error, in the order of the form.
    pub fn by_field(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let fields = [
            ("name", &self.name),
            ("time_zone", &self.time_zone),
            ("week_start", &self.week_start),
            ("early_grace_percent", &self.early_grace_percent),
            ("collection_interval_hours", &self.collection_interval_hours),
        ];
        fields.into_iter().filter_map(|(field, sentence)| Some((field, sentence.as_deref()?)))
    }
}

impl ProjectForm {
    /// Returns the form filled with a project.
    #[must_use]
    pub fn of(project: &Project) -> ProjectForm {
        ProjectForm {
            name: visible(&project.name),
            time_zone: project.zone.name().to_owned(),
            week_start: project.settings.week_start.name().to_owned(),
            early_grace_percent: project.settings.early_grace_percent.to_string(),
            collection_interval_hours: project.settings.collection_interval_hours.to_string(),
        }
    }

    /// Returns the form for a new project.
    #[must_use]
    pub fn blank() -> ProjectForm {
        let settings = ProjectSettings::default();
        ProjectForm {
            name: String::new(),
            time_zone: "UTC".to_owned(),
            week_start: settings.week_start.name().to_owned(),
            early_grace_percent: settings.early_grace_percent.to_string(),
            collection_interval_hours: settings.collection_interval_hours.to_string(),
        }
    }

    /// Parses the form and reports every invalid field at once.
    pub fn parse(&self) -> Result<ProjectChange, ProjectErrors> {
        let mut errors = ProjectErrors::default();
        let name = name::parse(&self.name, LONGEST_NAME).map_err(|error| {
            errors.name = Some(match error {
                InvalidName::Empty => "Give the project a name.".to_owned(),
                error => error.to_string(),
            });
        });
        let zone = Zone::parse(&self.time_zone).map_err(|error| errors.time_zone = Some(format!("{error}."))).ok();
        let week_start = WeekStart::from_name(&self.week_start);
        if week_start.is_none() {
            errors.week_start = Some("Choose Monday, Sunday or Saturday.".to_owned());
        }
        let grace = whole_number(&self.early_grace_percent, 0, 100);
        if grace.is_none() {
            errors.early_grace_percent = Some("Enter a whole number from 0 to 100.".to_owned());
        }
        let most = ProjectSettings::MAX_COLLECTION_INTERVAL_HOURS;
        let interval = whole_number(&self.collection_interval_hours, 1, most);
        if interval.is_none() {
            errors.collection_interval_hours = Some("Enter a whole number of hours, from 1 to 8,760.".to_owned());
        }
        match (name, zone, week_start, grace, interval) {
            (Ok(name), Some(zone), Some(week_start), Some(early_grace_percent), Some(collection_interval_hours)) => {
                let settings = ProjectSettings { week_start, early_grace_percent, collection_interval_hours };
                Ok(ProjectChange { name, zone, settings })
            }
            _ => Err(errors),
        }
    }
}

fn whole_number(text: &str, least: u32, most: u32) -> Option<u32> {
    text.trim().parse().ok().filter(|number| (least..=most).contains(number))
}
