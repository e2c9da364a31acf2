//! Where a database is, according to its URL, and how to show the URL without its password.

use super::OpenError;
use std::path::PathBuf;

/// What a database URL names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// A file on this machine.
    File(PathBuf),
    /// A PostgreSQL server.
    Server,
}

impl Location {
    /// Reads a URL.
    pub fn of(url: &str) -> Result<Location, OpenError> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Location::Server);
        }
        let path = url.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
        let path = path.filter(|path| !path.is_empty() && !path.starts_with(':'));
        path.map(|path| Location::File(path.into())).ok_or_else(|| OpenError::Url(shown(url)))
    }
}

/// Returns a URL without its password, to be shown and logged. In a malformed URL every part that may be the password
/// is left out.
pub fn shown(url: &str) -> String {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let is_path = !path.contains(['@', '?']);
        return if is_path { url.to_owned() } else { "sqlite:…".to_owned() };
    }
    for scheme in ["postgres://", "postgresql://"] {
        if let Some(rest) = url.strip_prefix(scheme) {
            return format!("{scheme}{}", server(rest).unwrap_or_else(|| "…".to_owned()));
        }
    }
    let end = [url.find("//").map(|at| at + 2), url.find(':').map(|at| at + 1)].into_iter().flatten().min();
    let (start, rest) = url.split_at(end.unwrap_or(url.len()));
    if start.contains(['@', '=', '?']) {
        "…".to_owned()
    } else if rest.is_empty() {
        start.to_owned()
    } else {
        format!("{start}…")
    }
}

/// Returns `USER@HOST:PORT/DATABASE` from what follows the scheme; `None` if it cannot be told apart from a password.
fn server(rest: &str) -> Option<String> {
    // The query only holds connection options, and may hold a password. A password may contain `?` and `#`.
    let (rest, query) = rest.split_once(['?', '#']).unwrap_or((rest, ""));
    let (user, host) = rest.rsplit_once('@').map_or((None, rest), |(user, host)| (Some(user), host));
    let port = host.split('/').next().and_then(|authority| authority.split_once(':'));
    let is_port = port.is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    if query.contains('@') || host.contains('=') || !is_port {
        return None;
    }
    let name = user.map(|user| user.split([':', '/']).next().unwrap_or_default());
    Some(name.map_or_else(|| host.to_owned(), |name| format!("{name}@{host}")))
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_password_is_never_shown() {
        for (url, expected) in [
            ("postgres://mia:secret@db.example:5432/goals?sslmode=require", "postgres://mia@db.example:5432/goals"),
            ("postgres://mia:s@cr:t@db/goals", "postgres://mia@db/goals"),
            ("postgres://mia:se/cr@t@db/goals", "postgres://mia@db/goals"),
            ("postgres://mia:sec?ret@db/goals", "postgres://…"),
            ("postgres://mia:sec#ret@db/goals", "postgres://…"),
            ("postgres://mia:secret", "postgres://…"),
            ("postgres://host=db password=secret", "postgres://…"),
            ("postgres://mia@db", "postgres://mia@db"),
            ("postgresql://db/goals?user=mia&password=secret", "postgresql://db/goals"),
            ("postgresql://db/goals?password=sec@ret", "postgresql://…"),
            ("postgresq://mia:secret@db/goals", "postgresq:…"),
            ("postgres:/mia:secret@db/goals", "postgres:…"),
            ("postgres//mia:secret@db/goals", "postgres//…"),
            ("sqlite//mia:secret@db/goals", "sqlite//…"),
            ("sqlite://mia:secret@db/goals", "sqlite:…"),
            ("sqlite:data/goals.db", "sqlite:data/goals.db"),
            ("sqlite::memory:", "sqlite::memory:"),
            ("mia:secret@db/goals", "mia:…"),
            ("secret@db/goals", "…"),
            ("host=db user=mia password=secret", "…"),
            ("data/goals.db", "data/goals.db"),
        ] {
            assert_eq!(shown(url), expected, "{url}");
        }
    }
}
