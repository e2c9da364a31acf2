//! Determines the client, scheme and host of each request, for everything that follows.

use crate::network::{Arrival, Network, Origin};
use app::visit::Visit;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

/// Adds an [`Arrival`] to the request, and the [`Visit`] that pages read.
pub async fn note(State(network): State<Network>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let arrival = Arrival::of(&parts, &network);
    parts.extensions.insert(visit(&arrival, &network));
    parts.extensions.insert(arrival);
    next.run(Request::from_parts(parts, body)).await
}

fn visit(arrival: &Arrival, network: &Network) -> Visit {
    let https = arrival.https;
    let asked = || Some(Origin { https, authority: arrival.asked.clone().ok()?? }.to_string());
    let address = network.names.base_url().map(ToString::to_string).or_else(asked);
    Visit { address: address.unwrap_or_default(), is_https: https }
}
