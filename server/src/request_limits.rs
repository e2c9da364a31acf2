//! The limits that hold for every request, and the pools that count against them.

use crate::arriving::Turn;
use crate::limits::{Limits, Places};
use crate::network::Arrival;
use crate::pace::Slowest;
use crate::pool::{Full, Holder, Place, Pool, What};
use program::ids::{ApiKeyId, ProjectId};
use std::sync::Arc;
use std::time::Duration;

/// The limits that hold for every request, and the pools that count against them.
#[derive(Debug, Clone)]
pub struct RequestLimits {
    limits: Limits,
    requests: Pool,
    bodies: Pool,
    streams: Pool,
    followed: Pool,
    uploads: Pool,
}

const REQUESTS: What = What { name: "requests", plural: "requests", state: "being answered", retry_after: 1 };
const BODIES: What = What { name: "bodies", plural: "large bodies", state: "arriving", retry_after: 5 };
const STREAMS: What = What { name: "streams", plural: "event streams", state: "open", retry_after: 10 };
const FOLLOWED: What = What { name: "followed", plural: "projects", state: "followed by open pages", retry_after: 10 };
const UPLOADS: What = What { name: "uploads", plural: "uploads", state: "arriving", retry_after: 10 };

impl RequestLimits {
    /// Creates the pools, all of them unused.
    pub fn new(limits: Limits) -> RequestLimits {
        let pool = |what, places: Places| Pool::new(what, places.all);
        RequestLimits {
            limits,
            requests: pool(REQUESTS, limits.requests),
            bodies: pool(BODIES, limits.bodies),
            streams: pool(STREAMS, limits.streams),
            followed: pool(FOLLOWED, limits.followed),
            uploads: pool(UPLOADS, limits.uploads),
        }
    }

    /// Takes a place for an event stream of the API.
    pub fn stream(&self, client: &Arrival, project_id: ProjectId, api_key_id: ApiKeyId) -> Result<Place, Full> {
        let Limits { streams, streams_of_project, streams_of_key, .. } = self.limits;
        let own = [(Holder::Key(api_key_id), streams_of_key), (Holder::Project(project_id), streams_of_project)];
        self.streams.take(&own.into_iter().chain(client.share(streams.each)).collect::<Vec<_>>())
    }

    /// Takes a place for a project that an open page follows.
    pub fn follow(&self, client: &Arrival, project_id: ProjectId) -> Result<Place, Full> {
        let Limits { followed, followed_of_project, .. } = self.limits;
        let own = [(Holder::Project(project_id), followed_of_project)];
        self.followed.take(&own.into_iter().chain(client.share(followed.each)).collect::<Vec<_>>())
    }

    /// Takes a place for a file upload.
    pub fn upload(&self, client: &Arrival, project_id: ProjectId) -> Result<Place, Full> {
        let Limits { uploads, uploads_of_project, .. } = self.limits;
        let own = [(Holder::Project(project_id), uploads_of_project)];
        self.uploads.take(&own.into_iter().chain(client.share(uploads.each)).collect::<Vec<_>>())
    }

    /// Returns how long an upload may take.
    pub fn upload_time(&self) -> Duration {
        self.limits.upload
    }

    /// Returns how long a request of the API may take, including its body.
    pub fn api_request_time(&self) -> Duration {
        self.limits.api_request
    }

    /// Returns the slowest rate at which a body may arrive.
    pub fn slowest_body(&self) -> Slowest {
        self.limits.body
    }

    /// Returns the turn of a request of this client.
    pub fn turn(&self, client: Option<&Arrival>) -> Arc<Turn> {
        let share = |each| client.and_then(|client| client.share(each));
        let (requests, bodies) = (share(self.limits.requests.each), share(self.limits.bodies.each));
        Arc::new(Turn::new((self.requests.clone(), requests), (self.bodies.clone(), bodies)))
    }
}
