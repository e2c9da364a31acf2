//! Connections: accepted within limits, and finished when the server stops.

use crate::limits::{HEAD_BYTES, HEADER_LINES, Limits};
use crate::network::Peer;
use axum::Router;
use axum::extract::Request;
use futures_util::future::join_all;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, lookup_host};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::util::MapRequest;

/// How long to wait when the system has no room for another connection.
const BREATHER: Duration = Duration::from_millis(100);

/// The addresses that `listen` (`127.0.0.1:3000`, `localhost:3000`) stands for, those of IPv4 first.
pub async fn resolve(listen: &str) -> io::Result<Vec<SocketAddr>> {
    let mut addresses: Vec<SocketAddr> = lookup_host(listen).await?.collect();
    addresses.sort_by_key(|address| (address.is_ipv6(), *address));
    addresses.dedup();
    if addresses.is_empty() { Err(io::Error::other("the name stands for no address")) } else { Ok(addresses) }
}

/// Listens on every address, all on one port. An address of a family that this machine does not use is left out as long
/// as another one is there.
pub async fn bind(addresses: &[SocketAddr]) -> io::Result<Vec<TcpListener>> {
    let (mut listeners, mut missing, mut port) = (Vec::new(), None, None);
    for address in addresses {
        // With port 0 the system chooses one for the first address; the others join it there.
        let address = SocketAddr::new(address.ip(), port.unwrap_or(address.port()));
        match TcpListener::bind(address).await {
            Ok(listener) => {
                port = Some(listener.local_addr()?.port());
                listeners.push(listener);
            }
            Err(cause) if is_missing(&cause) => {
                tracing::debug!(%address, %cause, "this machine has no such address");
                missing = Some(cause);
            }
            Err(cause) => return Err(cause),
        }
    }
    match missing {
        Some(cause) if listeners.is_empty() => Err(cause),
        _ => Ok(listeners),
    }
}

fn is_missing(cause: &io::Error) -> bool {
    /// "Address family not supported by protocol" has no kind of its own.
    const EAFNOSUPPORT: i32 = 97;
    cause.kind() == io::ErrorKind::AddrNotAvailable || cause.raw_os_error() == Some(EAFNOSUPPORT)
}

/// Answers requests until `stopping` is cancelled, then finishes those that have begun. Returns whether all were
/// finished in time.
pub async fn serve(listeners: Vec<TcpListener>, app: Router, limits: Limits, stopping: CancellationToken) -> bool {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(HEADER_LINES)
        .max_buf_size(HEAD_BYTES)
        .half_close(false);
    let room = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let accept = async |listener: &TcpListener| {
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
            let (connection, peer) = match listener.accept().await {
                Ok((connection, address)) => (connection, Peer(address.ip())),
                Err(cause) => {
                    // Too many open files, or a connection that broke off before it was accepted.
                    tracing::debug!(%cause, "a connection could not be accepted");
                    tokio::time::sleep(BREATHER).await;
                    continue;
                }
            };
            // Events and small answers go out at once.
            let _ = connection.set_nodelay(true);
            let app = MapRequest::new(app.clone(), move |mut request: Request<Incoming>| {
                request.extensions_mut().insert(peer);
                request
            });
            let service = TowerToHyperService::new(app);
            let connection = open.watch(http.serve_connection(TokioIo::new(connection), service));
            tokio::spawn(async move {
                if let Err(cause) = connection.await {
                    tracing::debug!(%cause, "a connection broke off");
                }
                drop(place);
            });
        }
    };
    stopping.run_until_cancelled(join_all(listeners.iter().map(accept))).await;
    drop(listeners);
    tokio::time::timeout(limits.farewell, open.shutdown()).await.is_ok()
}
