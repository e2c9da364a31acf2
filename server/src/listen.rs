//! Connections: accepted within limits, and finished when the server stops.

use crate::limits::{HEAD_BYTES, HEADER_LINES, Limits};
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

/// How long to wait when the system has no room for another connection.
const BREATHER: Duration = Duration::from_millis(100);

/// Answers requests until `stopping` is cancelled, then finishes those that have begun. Returns whether all were
/// finished in time.
pub async fn serve(listener: TcpListener, app: Router, limits: Limits, stopping: CancellationToken) -> bool {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(HEADER_LINES)
        .max_buf_size(HEAD_BYTES)
        .half_close(false);
    let room = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let accept = async {
        loop {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
            let connection = match listener.accept().await {
                Ok((connection, _)) => connection,
                Err(cause) => {
                    // Too many open files, or a connection that broke off before it was accepted.
                    tracing::debug!(%cause, "a connection could not be accepted");
                    tokio::time::sleep(BREATHER).await;
                    continue;
                }
            };
            // Events and small answers go out at once.
            let _ = connection.set_nodelay(true);
            let service = TowerToHyperService::new(app.clone());
            let connection = open.watch(http.serve_connection(TokioIo::new(connection), service));
            tokio::spawn(async move {
                if let Err(cause) = connection.await {
                    tracing::debug!(%cause, "a connection broke off");
                }
                drop(place);
            });
        }
    };
    stopping.run_until_cancelled(accept).await;
    drop(listener);
    tokio::time::timeout(limits.farewell, open.shutdown()).await.is_ok()
}
