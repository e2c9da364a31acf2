//! Receives an upload: the file is written to the folder, and the other fields are limited in length.

use crate::import::Uploads;
use crate::import::received::{Received, disk};
use axum::extract::{Multipart, multipart};
use compliance::name::visible;
use program::error::AppError;
use program::imports::choices::Choices;
use program::imports::refusal::{FILES_AT_ONCE, NotImported, UploadRefusal};
use program::once::FORM_ID;
use tokio::io::AsyncWriteExt as _;

/// The largest file that may be uploaded, in bytes; larger ones are imported from the command line.
pub const LARGEST_UPLOAD: u64 = 4 * 1024 * 1024 * 1024;
/// The longest text field beside a file, in bytes.
const LONGEST_TEXT: usize = 1_000;
/// The number of bytes after which the free disk space is checked again.
const LOOKED_AFTER: u64 = 16 * 1024 * 1024;

/// A received form.
#[derive(Default)]
pub struct UploadForm {
    /// The files that were chosen.
    pub files: Vec<Received>,
    /// The other fields of the form.
    pub choices: Choices,
    /// The form's id, which the server generated.
    pub form_id: String,
}

/// An upload of which not every file became an import.
pub struct Stopped {
    /// Why.
    pub why: NotImported,
    /// What was typed beside the files, as far as it was read.
    pub choices: Choices,
    /// The names of the files that became imports.
    pub begun: Vec<String>,
    /// The name of the file that was refused, if it was one of several.
    pub refused: Option<String>,
}

impl<W: Into<NotImported>> From<W> for Stopped {
    /// Creates the result for a form of which nothing was read.
    fn from(why: W) -> Stopped {
        Stopped { why: why.into(), choices: Choices::default(), begun: Vec::new(), refused: None }
    }
}

/// Receives a form and writes its files to the folder, each up to the largest size allowed.
pub async fn receive(uploads: &Uploads, parts: &mut Multipart) -> Result<UploadForm, Stopped> {
    let mut form = UploadForm::default();
    match read(&mut form, uploads, parts).await {
        Ok(()) => Ok(form),
        Err((why, refused)) => Err(Stopped { why, choices: form.choices, begun: Vec::new(), refused }),
    }
}

/// Reads the parts of a form into `form`. An error names the file that it concerns, if it is one of several.
async fn read(
    form: &mut UploadForm,
    uploads: &Uploads,
    parts: &mut Multipart,
) -> Result<(), (NotImported, Option<String>)> {
    let unnamed = |why: AppError| (why.into(), None);
    while let Some(part) = parts.next_field().await.map_err(broken_off).map_err(unnamed)? {
        match part.name().unwrap_or_default() {
            "file" => {
                if form.files.len() == FILES_AT_ONCE {
                    return Err((UploadRefusal::ManyFiles.into(), None));
                }
                let name = (!form.files.is_empty()).then(|| file_name(part.file_name()));
                form.files.push(file(uploads, part).await.map_err(|why| (why, name))?);
            }
            FORM_ID => form.form_id = short_text(part).await.map_err(unnamed)?.unwrap_or_default(),
            _ => choose(&mut form.choices, part).await.map_err(unnamed)?,
        }
    }
    Ok(())
}

/// Reads the rest of a refused form: discards the file and notes in `choices` what was typed after it.
pub async fn read_on(parts: &mut Multipart, choices: &mut Choices) {
    while let Ok(Some(part)) = parts.next_field().await {
        if choose(choices, part).await.is_err() {
            return;
        }
    }
}

async fn choose(choices: &mut Choices, part: multipart::Field<'_>) -> Result<(), AppError> {
    match part.name().unwrap_or_default() {
        "creator" => choices.creator = short_text(part).await?,
        "collected_at" => choices.collected_at = short_text(part).await?,
        "look" => choices.look = short_text(part).await?.is_some(),
        _ => {}
    }
    Ok(())
}

async fn file(uploads: &Uploads, mut part: multipart::Field<'_>) -> Result<Received, NotImported> {
    let name = file_name(part.file_name());
    let (mut received, made) = Received::start(uploads, name).map_err(|cause| disk(&cause))?;
    let mut made = tokio::fs::File::from_std(made);
    let mut looked_at = 0;
    while let Some(chunk) = part.chunk().await.map_err(broken_off)? {
        received.add(&chunk);
        if received.bytes > LARGEST_UPLOAD {
            return Err(UploadRefusal::TooLarge.into());
        }
        if received.bytes >= looked_at {
            looked_at = received.bytes + LOOKED_AFTER;
            if !uploads.have_room_for(LOOKED_AFTER).map_err(|cause| disk(&cause))? {
                return Err(UploadRefusal::NoRoom.into());
            }
        }
        made.write_all(&chunk).await.map_err(|cause| disk(&cause))?;
    }
    made.flush().await.map_err(|cause| disk(&cause))?;
    // Synced before the import is recorded: after a power failure, a recorded import must have its whole file.
    made.sync_all().await.map_err(|cause| disk(&cause))?;
    Ok(received)
}

/// Reads a text field of the form; `None` if it is empty. At most [`LONGEST_TEXT`] bytes are kept.
async fn short_text(mut part: multipart::Field<'_>) -> Result<Option<String>, AppError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(broken_off)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_TEXT {
            let name = part.name().unwrap_or_default();
            return Err(AppError::Invalid(format!("{name}: at most {LONGEST_TEXT} bytes.")));
        }
    }
    let text = String::from_utf8_lossy(&bytes).trim().to_owned();
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// Returns the name of a file for display, empty if no file was chosen. Characters that change the reading direction
/// are removed: they could make one kind of file look like another.
fn file_name(given: Option<&str>) -> String {
    // Browsers escape a quotation mark like this.
    let given: String = given.unwrap_or("file").replace("%22", "\"").chars().take(200).collect();
    let shown = visible(&given);
    if shown.is_empty() && !given.is_empty() { "file".to_owned() } else { shown }
}

fn broken_off(_: multipart::MultipartError) -> AppError {
    AppError::Invalid("The upload broke off. Try again.".to_owned())
}
