//! A server with a socket, in this process or as a process of its own.

use super::support::{NOW, World};
use program::caller::Caller;
use program::clock::FixedClock;
use server::{AppState, Limits, Network, Site, Uploads, router, serve};
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// A server in this process.
pub struct Running {
    pub address: String,
    pub stopping: CancellationToken,
    /// Completes with whether every request was finished in time.
    pub task: JoinHandle<bool>,
}

impl Running {
    pub async fn start(world: &World, limits: Limits) -> Running {
        Running::start_in(world, limits, Network::default()).await
    }

    /// Starts the server with these network settings.
    pub async fn start_in(world: &World, limits: Limits, network: Network) -> Running {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let uploads = Uploads::in_folder(world.folder.path().join("uploads"));
        let server = Caller { clock: Arc::new(FixedClock(NOW)), ..world.server() };
        let stopping = CancellationToken::new();
        let proxies = network.proxies.clone();
        let state = AppState::new(server, uploads, Site::empty(), network, limits, stopping.clone());
        let task = tokio::spawn(serve(vec![listener], router(state), limits, proxies, stopping.clone()));
        Running { address, stopping, task }
    }

    pub async fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).await.unwrap()
    }

    /// Sends bytes as they are and returns everything that is received until the server closes the connection.
    pub async fn exchange(&self, bytes: &[u8]) -> String {
        exchange(&self.address, bytes).await
    }
}

/// Does the same with a server at an address.
pub async fn exchange(address: &str, bytes: &[u8]) -> String {
    let mut connection = TcpStream::connect(address).await.unwrap();
    // The server may answer, and close, before it has read everything.
    let _ = connection.write_all(bytes).await;
    rest(&mut connection).await
}

/// Reads until the connection is closed.
pub async fn rest(connection: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let read = timeout(Duration::from_secs(10), connection.read_to_end(&mut answer)).await;
    assert!(read.is_ok(), "the connection stays open: {}", String::from_utf8_lossy(&answer));
    String::from_utf8_lossy(&answer).into_owned()
}

/// Returns the head of a request that closes its connection.
pub fn head(method: &str, path: &str, headers: &[(&str, &str)]) -> String {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    head + "\r\n"
}

/// The real binary, serving; killed at the end.
pub struct Process {
    pub child: Child,
    pub address: String,
    /// Its log, line by line.
    pub lines: Receiver<String>,
}

impl Process {
    pub fn start(world: &World) -> Process {
        Process::start_with(world, &["--listen", "127.0.0.1:0"])
    }

    /// Starts it with these arguments, which include an address to listen on.
    pub fn start_with(world: &World, arguments: &[&str]) -> Process {
        let mut child = Process::command(world, arguments).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let running = lines.find(|line| line.contains("running at")).expect("the server starts");
        let address = running.split_once("http://").unwrap().1.split(' ').next().unwrap().to_owned();
        // The rest of its output must not fill the pipe.
        let (sender, later) = mpsc::channel();
        std::thread::spawn(move || lines.for_each(|line| drop(sender.send(line))));
        Process { child, address, lines: later }
    }

    /// Returns the command that starts the server.
    pub fn command(world: &World, arguments: &[&str]) -> Command {
        let site = world.folder.path().join("site/pkg");
        std::fs::create_dir_all(&site).unwrap();
        std::fs::write(site.join("creator-goals_bg.wasm"), "wasm").unwrap();
        // With this, a file that may not grow causes a write error, as on a full disk, and does not end the process.
        let mut command = Command::new("sh");
        command
            .args(["-c", r#"trap '' XFSZ; exec "$0" "$@""#, env!("CARGO_BIN_EXE_creator-goals")])
            .args(["serve", "--clock", "2026-08-19T12:00:00Z", "--database", &world.url])
            .arg("--site")
            .arg(world.folder.path().join("site"))
            .arg("--uploads")
            .arg(world.folder.path().join("uploads"))
            .args(arguments);
        command
    }

    /// Returns the next line that contains a text.
    pub fn line_with(&self, text: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(30));
            let line = line.unwrap_or_else(|_| panic!("no line contains “{text}”"));
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Limits how large its files may grow, in bytes.
    pub fn limit_file_size(&self, bytes: Option<u64>) {
        let limit = bytes.map_or("unlimited".to_owned(), |bytes| bytes.to_string());
        let limit = [format!("--pid={}", self.child.id()), format!("--fsize={limit}:unlimited")];
        assert!(Command::new("prlimit").args(limit).status().unwrap().success());
    }

    /// Sends a request and returns status and body.
    pub async fn ask(&self, method: &str, path: &str, key: &str, body: &str) -> (u16, String) {
        let (length, key) = (body.len().to_string(), format!("Bearer {key}"));
        let headers = [("authorization", key.as_str()), ("content-length", length.as_str())];
        let mut connection = TcpStream::connect(&self.address).await.unwrap();
        connection.write_all(head(method, path, &headers).as_bytes()).await.unwrap();
        connection.write_all(body.as_bytes()).await.unwrap();
        let answer = rest(&mut connection).await;
        (answer.split(' ').nth(1).unwrap().parse().unwrap(), answer)
    }

    /// Returns the largest memory use of the process, in bytes.
    pub fn peak_memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
