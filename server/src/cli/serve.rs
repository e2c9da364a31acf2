//! `creator-goals serve`: runs the server until it is interrupted, and shuts it down gracefully.

use std::env;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::Level;
use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::connection::Connection;
use super::size::size;
use crate::import::{UploadLimits, Uploads, interrupt_unfinished, keep_tidy, resume};
use crate::jobs::run_jobs;
use crate::network::{BaseUrl, Name, Names, Network, TrustedProxies};
use crate::{AppState, Limits, Site, bind, demo, resolve, router, serve};
use program::actor::Actor;
use program::caller::Caller;

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// Text for people
    Text,
    /// One JSON object per line, for programs
    Json,
}

/// Serve the pages and the API; most options can also be given as an environment variable, which is named beside them
#[derive(Debug, Args)]
pub struct Serve {
    /// Address and port to listen on; a name such as localhost stands for all of its addresses
    #[arg(long, env = "CREATOR_GOALS_LISTEN", default_value = "127.0.0.1:3000", value_name = "ADDRESS:PORT")]
    listen: String,

    #[command(flatten)]
    connection: Connection,

    /// Fill an empty database with a demo program
    #[arg(long)]
    demo: bool,

    /// Directory with the built browser files
    #[arg(long, env = "CREATOR_GOALS_SITE", default_value = "target/site", value_name = "DIR")]
    site: PathBuf,

    /// Folder for uploaded files until they are imported; each server needs its own [default: beside the database file]
    #[arg(long, env = "CREATOR_GOALS_UPLOADS", value_name = "DIR")]
    uploads: Option<PathBuf>,

    /// The most text that is read of an uploaded file, after decompression, such as 20GiB; `import` has no such limit
    #[arg(long, env = "CREATOR_GOALS_UPLOAD_LIMIT", default_value = "20GiB", value_name = "SIZE", value_parser = size)]
    upload_limit: u64,

    /// Disk space to keep free where uploads and the database are: uploads are refused below it [default: 1GiB, but at
    /// most 5 % of a disk]
    #[arg(long, env = "CREATOR_GOALS_KEEP_FREE", value_name = "SIZE", value_parser = size)]
    keep_free: Option<u64>,

    /// Allow access from other machines; needs --host or --base-url. There is no sign-in yet: anybody who reaches the
    /// address can read and change everything
    #[arg(long)]
    allow_remote: bool,

    /// A name or address under which people reach this server, directly or through a proxy (repeatable). Requests for
    /// other names are refused, and so are changes requested by pages of other names. With a port, only pages of that
    /// port count
    #[arg(long = "host", env = "CREATOR_GOALS_HOSTS", value_delimiter = ',', value_name = "NAME")]
    hosts: Vec<Name>,

    /// The public address of this server, such as <https://goals.example.com>: a name like --host, also shown in links
    /// and examples; with https, cookies are marked Secure. It cannot have a path
    #[arg(long, env = "CREATOR_GOALS_BASE_URL", value_name = "URL")]
    base_url: Option<BaseUrl>,

    /// A proxy in front of this server, as an address or a network such as 10.0.0.0/8 (repeatable): its
    /// X-Forwarded-For, X-Forwarded-Proto and X-Forwarded-Host headers are trusted; those of other senders are ignored
    #[arg(
        long = "trusted-proxy",
        env = "CREATOR_GOALS_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "CIDR",
        value_parser = TrustedProxies::network
    )]
    trusted_proxies: Vec<IpNet>,

    /// The format of log lines. `RUST_LOG` sets what is logged, such as `server=debug` for every request
    #[arg(long, env = "CREATOR_GOALS_LOG_FORMAT", value_enum, default_value = "text", value_name = "FORMAT")]
    log_format: LogFormat,
}

impl Serve {
    /// Runs the server until it is interrupted.
    pub async fn run(self) -> Result<()> {
        log_to_stderr(self.log_format);
        let addresses = resolve(&self.listen).await.with_context(|| {
            format!("cannot listen on “{}”: write ADDRESS:PORT, such as 127.0.0.1:3000 or localhost:3000", self.listen)
        })?;
        let names = Names::new(self.hosts, self.base_url);
        check_reach(&self.listen, &addresses, self.allow_remote, &names)?;
        let site = Site::open(&self.site)?;
        let network = Network { names, proxies: TrustedProxies::new(self.trusted_proxies) };
        let store = self.connection.store_or_new().await?;
        let folder = self.uploads.unwrap_or_else(|| self.connection.uploads_folder());
        let limits =
            UploadLimits { most_unpacked: self.upload_limit, kept_free: self.keep_free, ..UploadLimits::default() };
        let uploads = Uploads::with_limits(folder.clone(), store.file(), limits);
        let caller = Caller { store, clock: self.connection.clock()?, actor: Actor::LocalOwner };
        let listeners = bind(&addresses).await.with_context(|| {
            format!(
                "cannot listen on {}: stop what is using it, or choose another port with --listen 127.0.0.1:3001",
                self.listen
            )
        })?;
        let _held = uploads.hold().with_context(|| {
            let folder = folder.display();
            format!(
                "cannot keep uploaded files in “{folder}”: it must be writable, and no other server may keep its files \
                there (give each its own folder with --uploads)"
            )
        })?;
        // Only once the port is bound: a server that is still running may be reading these files.
        let queued = interrupt_unfinished(&caller.store, &uploads, caller.now()).await?;
        if self.demo {
            demo::fill(&caller.store, caller.now()).await?;
        }
        resume(&caller, &uploads, queued);
        let (house, tidied) = (caller.clone(), uploads.clone());
        let (limits, stopping) = (Limits::default().within_descriptors(), CancellationToken::new());
        let proxies = network.proxies.clone();
        let base_url = network.names.base_url().map(ToString::to_string);
        let state = AppState::new(caller, uploads, site, network, limits, stopping.clone());
        for listener in &listeners {
            eprintln!("Creator Goals is running at http://{} (Ctrl-C stops it)", listener.local_addr()?);
        }
        if let Some(base_url) = base_url {
            eprintln!("People reach it at {base_url}");
        }
        tokio::spawn(keep_tidy(house.clone(), tidied));
        tokio::spawn(run_jobs(house));
        let stop = stopping.clone();
        tokio::spawn(async move {
            interrupted().await;
            stop.cancel();
        });
        tokio::select! {
            finished = serve(listeners, router(state), limits, proxies, stopping.clone()) => {
                if !finished {
                    tracing::warn!("stopped before every request was answered");
                }
            }
            () = async { stopping.cancelled().await; interrupted().await } => {
                tracing::warn!("stopped at once");
            }
        }
        Ok(())
    }
}

/// Refuses to listen for other machines unless that is allowed and the server knows its names: without names, a page of
/// any site whose name was made to point here would count as a page of this server.
fn check_reach(listen: &str, addresses: &[SocketAddr], allow_remote: bool, names: &Names) -> Result<()> {
    if addresses.iter().all(|address| address.ip().to_canonical().is_loopback()) {
        return Ok(());
    }
    if !allow_remote {
        bail!(
            "refusing to listen on {listen}, which other machines can reach: pass --allow-remote if that is intended, or use 127.0.0.1"
        );
    }
    if names.are_local() {
        bail!(
            "refusing to listen on {listen} without a name: pass the names or addresses by which people reach this \
            server with --host NAME (repeatable) or --base-url URL, such as --host goals.example.com or --host 192.168.1.5; \
            requests for other names are refused"
        );
    }
    Ok(())
}

/// Logs to standard error what `RUST_LOG` says (such as `debug` or `server=debug,info`), by default `info` and above.
fn log_to_stderr(format: LogFormat) {
    let wanted = env::var("RUST_LOG").ok().and_then(|wanted| wanted.parse().ok());
    let wanted = wanted.unwrap_or_else(|| Targets::new().with_default(Level::INFO));
    let lines = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Text => lines.boxed(),
        LogFormat::Json => lines.json().boxed(),
    };
    tracing_subscriber::registry().with(lines).with(wanted).init();
}

/// Returns when the process is asked to stop.
async fn interrupted() {
    let mut terminate = signal(SignalKind::terminate()).expect("SIGTERM can be listened for");
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}
