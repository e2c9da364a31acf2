//! Accepts connections within limits, and finishes them when the server stops.

use crate::limits::{HEAD_BYTES, HEADER_LINES, Limits};
use crate::network::{Peer, TrustedProxies};
use crate::pool::{Full, Holder, Pool, What};
use crate::socket::Socket;
use axum::Router;
use axum::extract::Request;
use futures_util::future::join_all;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustix::io::Errno;
use std::collections::VecDeque;
use std::io;
use std::net::IpAddr;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream, lookup_host};
use tokio::task::AbortHandle;
use tokio_util::sync::CancellationToken;
use tower::util::MapRequest;

/// How long to wait when the system cannot accept another connection.
const BREATHER: Duration = Duration::from_millis(100);

/// Resolves `listen` (`127.0.0.1:3000`, `localhost:3000`) to addresses, IPv4 first.
pub async fn resolve(listen: &str) -> io::Result<Vec<SocketAddr>> {
    let mut addresses: Vec<SocketAddr> = lookup_host(listen).await?.collect();
    addresses.sort_by_key(|address| (address.is_ipv6(), *address));
    addresses.dedup();
    if addresses.is_empty() { Err(io::Error::other("the name stands for no address")) } else { Ok(addresses) }
}

/// Listens on every address, all on the same port. An address of a family that this machine does not support is skipped
/// if another address works.
pub async fn bind(addresses: &[SocketAddr]) -> io::Result<Vec<TcpListener>> {
    let (mut listeners, mut missing, mut port) = (Vec::new(), None, None);
    for address in addresses {
        // With port 0 the system chooses a port for the first address; the others use the same one.
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
    // There is no `ErrorKind` for an address family that the system does not support.
    cause.kind() == io::ErrorKind::AddrNotAvailable || cause.raw_os_error() == Some(Errno::AFNOSUPPORT.raw_os_error())
}

/// Marks requests on a connection beyond the limit; stored in their extensions.
#[derive(Debug, Clone, Copy)]
pub struct Spare(pub Full);

const CONNECTIONS: What = What { name: "connections", plural: "connections", state: "open", retry_after: 5 };

/// Answers requests until `stopping` is cancelled, then finishes those that have begun. Returns whether all of them
/// finished in time.
pub async fn serve(
    listeners: Vec<TcpListener>,
    app: Router,
    limits: Limits,
    proxies: TrustedProxies,
    stopping: CancellationToken,
) -> bool {
    let entrance = Entrance::new(app, limits, proxies);
    let accept = async |listener: &TcpListener| {
        loop {
            match listener.accept().await {
                Ok((connection, address)) => entrance.admit(connection, address.ip().to_canonical()),
                Err(cause) => {
                    // Too many open files, or a connection that was closed before it was accepted.
                    tracing::debug!(%cause, "a connection could not be accepted");
                    tokio::time::sleep(BREATHER).await;
                }
            }
        }
    };
    stopping.run_until_cancelled(join_all(listeners.iter().map(accept))).await;
    drop(listeners);
    tokio::time::timeout(limits.farewell, entrance.open.shutdown()).await.is_ok()
}

/// What the accept loops share.
struct Entrance {
    app: Router,
    http: http1::Builder,
    limits: Limits,
    proxies: TrustedProxies,
    room: Pool,
    spare: Mutex<VecDeque<AbortHandle>>,
    open: GracefulShutdown,
}

impl Entrance {
    fn new(app: Router, limits: Limits, proxies: TrustedProxies) -> Entrance {
        let mut http = http1::Builder::new();
        http.timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_headers(HEADER_LINES)
            .max_buf_size(HEAD_BYTES)
            .half_close(false);
        let room = Pool::new(CONNECTIONS, limits.connections.all);
        Entrance { app, http, limits, proxies, room, spare: Mutex::default(), open: GracefulShutdown::new() }
    }

    /// Answers a connection in a task of its own.
    fn admit(&self, connection: TcpStream, peer: IpAddr) {
        // Send events and small answers at once.
        let _ = connection.set_nodelay(true);
        let share = (!self.proxies.trust(peer)).then(|| (Holder::of(peer), self.limits.connections.each));
        let (place, beyond) = match self.room.take(share.as_slice()) {
            Ok(place) => (Some(place), None),
            Err(full) => (None, Some(Spare(full))),
        };
        let app = MapRequest::new(self.app.clone(), move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            if let Some(beyond) = beyond {
                request.extensions_mut().insert(beyond);
            }
            request
        });
        let mut http = self.http.clone();
        // A connection beyond the limit gets a single answer.
        http.keep_alive(beyond.is_none());
        let socket = TokioIo::new(Socket::new(connection, self.limits.answer));
        let connection = self.open.watch(http.serve_connection(socket, TowerToHyperService::new(app)));
        let task = tokio::spawn(async move {
            if let Err(cause) = connection.await {
                tracing::debug!(%cause, "a connection broke off");
            }
            drop(place);
        });
        if beyond.is_some() {
            self.keep_latest(task.abort_handle());
        }
    }

    /// Keeps the latest connections beyond the limit, so that idle ones do not shut out new ones.
    fn keep_latest(&self, task: AbortHandle) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        spare.push_back(task);
        if spare.len() > self.limits.spare_connections
            && let Some(oldest) = spare.pop_front()
        {
            oldest.abort();
        }
    }
}
