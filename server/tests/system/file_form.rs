//! The form of the Import page, with files, as a browser sends it.

use super::support::{World, eventually, location, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use program::ids::ImportId;
use std::fs;
use std::path::PathBuf;

pub const BOUNDARY: &str = "----a-line-that-no-file-holds";

/// A part of the form: its name, the file name if it is a file, and its content.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// Returns the beginning of a part, before its content.
pub fn beginning(name: &str, file: Option<&str>) -> String {
    let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n")
}

/// Returns a request with such a body, which may be any part of a form.
pub fn request(world: &World, body: impl Into<Body>) -> Request<Body> {
    Request::builder()
        .method("POST")
        .uri(format!("/projects/{}/imports", world.id()))
        .header(header::HOST, "localhost")
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
        .body(body.into())
        .unwrap()
}

/// Returns the request that sends a whole form.
pub fn form(world: &World, parts: &[Part<'_>]) -> Request<Body> {
    let mut body = Vec::new();
    for (name, file, content) in parts {
        body.extend([beginning(name, *file).as_bytes(), content, b"\r\n"].concat());
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    let length = body.len();
    let mut request = request(world, body);
    request.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    request
}

/// Returns the import to which an answer leads.
pub fn import_of(response: &Response) -> ImportId {
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    location(response).rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{}", location(response)))
}

/// Asserts that an answer is the Import page, which says that the upload was refused; returns the page.
pub async fn assert_refused(response: Response, status: u16, sentence: &str) -> String {
    assert_eq!(response.status().as_u16(), status);
    assert!(!response.headers().contains_key(header::LOCATION), "nothing that was typed goes into an address");
    let page = text(response).await;
    assert!(page.contains("enctype=\"multipart/form-data\"") && page.contains(sentence), "{sentence}: {page}");
    page
}

/// Returns the folder of uploaded files.
pub fn folder(world: &World) -> PathBuf {
    world.folder.path().join("uploads")
}

/// Returns the number of files in it, without the one that names its server.
pub fn files_kept(world: &World) -> usize {
    fs::read_dir(folder(world))
        .map_or(0, |files| files.filter(|file| file.as_ref().unwrap().file_name() != ".held").count())
}

/// Waits until every import has removed its file, which it does last.
pub async fn until_no_file_is_kept(world: &World) {
    eventually("no file is kept", async || (files_kept(world) == 0).then_some(())).await;
}
