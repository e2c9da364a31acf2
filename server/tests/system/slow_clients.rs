//! Tests with slow, silent or many clients: they are disconnected or refused, and others are not affected.

use super::program::{Program, world_of_mia};
use super::running::{Running, head};
use super::support::World;
use server::{Limits, Network, Places, Slowest, TrustedProxies};
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

/// Longer than any test takes, so that nothing times out.
const NEVER: Slowest = Slowest { pause: Duration::from_hours(1), bytes_per_second: 1 };
/// Short enough for a test to wait for it.
const SOON: Slowest = Slowest { pause: Duration::from_millis(500), bytes_per_second: 1_000 };
const FACT: &str =
    r#"{"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","follower_count":1040}"#;

/// A client with its own address: all of 127.0.0.0/8 is this machine.
struct Client<'a> {
    running: &'a Running,
    address: [u8; 4],
}

impl Client<'_> {
    async fn connect(&self) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.bind(SocketAddr::from((self.address, 0))).unwrap();
        socket.connect(self.running.address.parse().unwrap()).await.unwrap()
    }

    async fn open(&self, bytes: &str) -> TcpStream {
        let mut connection = self.connect().await;
        connection.write_all(bytes.as_bytes()).await.unwrap();
        connection
    }

    /// Sends a request and reads until the server closes the connection.
    async fn ask(&self, bytes: &str) -> String {
        let mut connection = self.open(bytes).await;
        super::running::rest(&mut connection).await
    }

    async fn get(&self, path: &str) -> String {
        self.ask(&head("GET", path, &[])).await
    }
}

fn client(running: &Running, last: u8) -> Client<'_> {
    Client { running, address: [127, 0, 0, last] }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("closed")
}

/// Returns a request with facts, up to the end of its head.
fn facts(program: &Program<'_>, length: usize, more: &[(&str, &str)]) -> String {
    let (bearer, length) = (format!("Bearer {}", program.secret.reveal()), length.to_string());
    let own = [("authorization", bearer.as_str()), ("content-length", length.as_str())];
    let headers: Vec<_> = own.into_iter().chain(more.iter().copied()).collect();
    head("POST", &format!("/api/v1/projects/{}/stats", program.world.id()), &headers)
}

/// Reads the head of the answer; the connection stays open.
async fn answer_begins(connection: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        let byte = timeout(Duration::from_secs(30), connection.read_u8()).await.expect("an answer");
        let Ok(byte) = byte else { break };
        answer.push(byte);
    }
    String::from_utf8(answer).unwrap()
}

/// Checks that well-behaved clients are served, even at the same address.
async fn everybody_is_served(running: &Running, program: &Program<'_>, address: u8) {
    let client = client(running, address);
    for path in ["/healthz", "/readyz", "/metrics", "/welcome"] {
        let answer = client.get(path).await;
        assert_eq!(status(&answer), "200", "{path} from {address}: {answer}");
    }
    let answer = client.ask(&(facts(program, FACT.len(), &[]) + FACT)).await;
    assert!(status(&answer) == "200", "facts from {address}: {answer}");
    let many = format!("{FACT}\n").repeat(1_000);
    let answer = client.ask(&(facts(program, many.len(), &[]) + &many)).await;
    assert!(status(&answer) == "200", "many facts from {address}: {answer}");
    let form = "theme=dark";
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("accept", "text/html"), ("content-length", "10")];
    let answer = client.ask(&(head("POST", "/forms/set_theme", &headers) + form)).await;
    assert!(status(&answer) == "303", "a form from {address}: {answer}");
}

#[tokio::test]
async fn a_thousand_bodies_that_drip_keep_nobody_waiting() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    // Both ends of each connection are in this process.
    let limits = Limits { body: NEVER, ..Limits::default() }.within_descriptors();
    let running = Running::start(&world, limits).await;
    let attacker = client(&running, 1);
    let mut slow = Vec::new();
    let form = [("content-type", "application/x-www-form-urlencoded"), ("content-length", "1000")];
    let multipart = [("content-type", "multipart/form-data; boundary=b"), ("content-length", "1000000")];
    let chunked = [("transfer-encoding", "chunked"), ("content-type", "multipart/form-data; boundary=b")];
    let imports = format!("/projects/{}/imports", world.id());
    for number in 0..1_024 {
        let (head, drop) = match number % 6 {
            0 => (facts(&program, 1_000, &[]), "{"),
            1 => (facts(&program, 1_000_000, &[]), "{"),
            2 => (facts(&program, 1_000_000, &[("idempotency-key", &number.to_string())]), "{"),
            3 => (head("POST", "/forms/update_notes", &form), "n"),
            4 => (head("POST", &imports, &multipart), "-"),
            _ => (head("POST", &imports, &chunked), "1\r\n-\r\n"),
        };
        slow.push(attacker.open(&(head + drop)).await);
    }
    everybody_is_served(&running, &program, 1).await;
    for connection in &mut slow {
        connection.write_all(b"0").await.unwrap();
    }
    everybody_is_served(&running, &program, 1).await;
    everybody_is_served(&running, &program, 2).await;
}

#[tokio::test]
async fn a_body_that_drips_is_refused_and_its_place_is_free() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let running = Running::start(&world, Limits { body: SOON, ..Limits::default() }).await;
    let client = client(&running, 1);
    let form = [("content-type", "application/x-www-form-urlencoded"), ("content-length", "1000")];
    let multipart = [("content-type", "multipart/form-data; boundary=b"), ("content-length", "1000000")];
    let imports = format!("/projects/{}/imports", world.id());
    for head in [
        facts(&program, 1_000, &[]),
        facts(&program, 1_000_000, &[]),
        head("POST", "/forms/update_notes", &form),
        head("POST", &imports, &multipart),
    ] {
        let (mut incoming, mut outgoing) = client.open(&head).await.into_split();
        let drip = tokio::spawn(async move {
            let mut every = tokio::time::interval(Duration::from_millis(100));
            while outgoing.write_all(b" ").await.is_ok() {
                every.tick().await;
            }
        });
        let mut answer = Vec::new();
        let _ = timeout(Duration::from_secs(30), incoming.read_to_end(&mut answer)).await.expect("it is refused");
        let answer = String::from_utf8_lossy(&answer);
        assert!(status(&answer) == "408" && answer.contains("took too long to arrive"), "{head}: {answer}");
        drip.abort();
    }
}

#[tokio::test]
async fn large_bodies_have_places_of_their_own_and_one_address_a_share_of_them() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let bodies = Places { all: 3, each: 2 };
    let running = Running::start(&world, Limits { body: NEVER, bodies, ..Limits::default() }).await;
    let (one, other) = (client(&running, 1), client(&running, 2));
    let large = format!("{FACT}\n").repeat(1_000);
    let whole = facts(&program, large.len(), &[]) + &large;
    let (begun, last) = whole.split_at(whole.len() - large.len() + 20_000);
    // Of these bodies and one more, one gets no place. If it is not the last one, all are finished and sent again.
    let refused_beside = async |client: &Client<'_>, count: usize| {
        loop {
            let mut held = Vec::new();
            for _ in 0..count {
                held.push(client.open(begun).await);
            }
            let answer = client.ask(&whole).await;
            if status(&answer) != "200" {
                return (held, answer);
            }
            for mut connection in held {
                let _ = connection.write_all(last.as_bytes()).await;
                super::running::rest(&mut connection).await;
            }
        }
    };
    let (mut held, refused) = refused_beside(&one, 2).await;
    assert!(status(&refused) == "429" && refused.contains("retry-after: 5"), "{refused}");
    let sentence = "This address already has 2 large bodies arriving, the maximum.";
    assert!(refused.contains(sentence), "{refused}");
    let (more, refused) = refused_beside(&other, 1).await;
    held.extend(more);
    assert!(
        status(&refused) == "503" && refused.contains("The server is already handling its maximum of"),
        "{refused}"
    );
    let small = one.ask(&(facts(&program, FACT.len(), &[]) + FACT)).await;
    assert_eq!(status(&small), "200", "small ones need no such place: {small}");
    for connection in &mut held {
        connection.write_all(last.as_bytes()).await.unwrap();
        let answer = super::running::rest(connection).await;
        assert_eq!(status(&answer), "200", "{answer}");
    }
    let again = one.ask(&whole).await;
    assert_eq!(status(&again), "200", "{again}");
}

#[tokio::test]
async fn a_client_that_never_reads_leaves() {
    let world = world_of_mia().await;
    let running = Running::start(&world, Limits { answer: SOON, ..Limits::default() }).await;
    let client = client(&running, 1);
    // More answers than fit into all buffers of the connection.
    let request = "GET /docs/api HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut silent = client.connect().await;
    let left = timeout(Duration::from_mins(1), async {
        while silent.write_all(request.repeat(100).as_bytes()).await.is_ok() {}
    });
    assert!(left.await.is_ok(), "the server still waits for a client that never reads");
    let answer = client.get("/healthz").await;
    assert_eq!(status(&answer), "200");
}

#[tokio::test]
async fn health_is_told_when_every_place_is_taken() {
    let world = World::new().await;
    let (requests, connections) = (Places { all: 0, each: 0 }, Places { all: 8, each: 4 });
    let running = Running::start(&world, Limits { requests, ..Limits::default() }).await;
    let prober = client(&running, 1);
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert_eq!(status(&prober.get(path).await), "200", "{path}");
    }
    for (path, code) in
        [("/welcome", "requests being answered"), ("/api/v1/projects", "\"code\":\"too_many_requests\"")]
    {
        let refused = prober.get(path).await;
        assert!(status(&refused) == "429" && refused.contains("retry-after: 1") && refused.contains(code), "{refused}");
    }

    let limits = Limits { connections, spare_connections: 3, ..Limits::default() };
    let running = Running::start(&world, limits).await;
    let mut silent = Vec::new();
    for address in [1, 1, 1, 1, 2, 2, 2, 2] {
        silent.push(client(&running, address).connect().await);
    }
    for (address, sentence) in [
        (1, "This address already has 4 connections open, the maximum."),
        (3, "The server is already handling its maximum of 8 connections."),
    ] {
        let client = client(&running, address);
        for _ in 0..5 {
            silent.push(client.connect().await);
        }
        for path in ["/healthz", "/readyz", "/metrics"] {
            assert_eq!(status(&client.get(path).await), "200", "{path} from {address}");
        }
        let refused = client.get("/welcome").await;
        assert!(refused.contains(sentence) && refused.contains("retry-after: 5"), "{address}: {refused}");
    }
}

#[tokio::test]
async fn a_thousand_streams_of_one_key_leave_room_for_others() {
    let world = world_of_mia().await;
    let (greedy, modest) = (Program::writing(&world).await, Program::writing(&world).await);
    let running = Running::start(&world, Limits::default()).await;
    let listen = async |program: &Program<'_>, address: u8| {
        let bearer = format!("Bearer {}", program.secret.reveal());
        let path = format!("/api/v1/projects/{}/events", world.id());
        let mut stream = client(&running, address).open(&head("GET", &path, &[("authorization", &bearer)])).await;
        (answer_begins(&mut stream).await, stream)
    };
    let mut streams = Vec::new();
    for _ in 0..1_000 {
        let (answer, stream) = listen(&greedy, 1).await;
        if status(&answer) == "200" {
            streams.push(stream);
        } else {
            assert!(status(&answer) == "429" && answer.contains("retry-after: 10"), "{answer}");
        }
    }
    assert_eq!(streams.len(), 100);
    let (answer, mut refused) = listen(&greedy, 2).await;
    let answer = answer + &super::running::rest(&mut refused).await;
    assert!(answer.contains("This API key already has 100 event streams open, the maximum."), "{answer}");
    for address in [1, 2] {
        let (answer, _stream) = listen(&modest, address).await;
        assert_eq!(status(&answer), "200", "{answer}");
    }
    everybody_is_served(&running, &modest, 1).await;
}

#[tokio::test]
async fn the_clients_of_a_trusted_proxy_are_told_apart() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let network = || Network {
        proxies: TrustedProxies::new(vec![TrustedProxies::network("127.0.0.1").unwrap()]),
        ..Network::default()
    };
    let streams = Places { all: 9, each: 1 };
    let limits = Limits { streams, connections: Places { all: 99, each: 2 }, ..Limits::default() };
    let running = Running::start_in(&world, limits, network()).await;
    let listen = async |peer: u8, forwarded: &str| {
        let bearer = format!("Bearer {}", program.secret.reveal());
        let path = format!("/api/v1/projects/{}/events", world.id());
        let headers = [("authorization", bearer.as_str()), ("x-forwarded-for", forwarded)];
        let mut stream = client(&running, peer).open(&head("GET", &path, &headers)).await;
        (status(&answer_begins(&mut stream).await).to_owned(), stream)
    };
    let mut open = Vec::new();
    for (peer, forwarded, expected) in [
        (1, "203.0.113.1", "200"),
        (1, "203.0.113.1", "429"),
        (1, "198.51.100.9, 203.0.113.1", "429"),
        (1, "203.0.113.2", "200"),
        (1, "2001:db8::1", "200"),
        (1, "2001:db8::2", "429"),
        (1, "203.0.113.3", "200"),
        // Forwarded headers of other senders are ignored.
        (2, "203.0.113.4", "200"),
        (2, "203.0.113.5", "429"),
    ] {
        let (answered, stream) = listen(peer, forwarded).await;
        assert_eq!(answered, expected, "{peer} for {forwarded}");
        open.push(stream);
    }
}

#[tokio::test]
async fn a_form_is_no_larger_than_a_form_is() {
    let world = World::new().await;
    let running = Running::start(&world, Limits::default()).await;
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("transfer-encoding", "chunked")];
    let mut connection = client(&running, 1).open(&head("POST", "/forms/update_notes", &headers)).await;
    let chunk = format!("10000\r\n{}\r\n", "n".repeat(0x1_0000));
    let (mut incoming, mut outgoing) = connection.split();
    let send = async {
        for _ in 0..64 {
            if outgoing.write_all(chunk.as_bytes()).await.is_err() {
                break;
            }
        }
    };
    let mut answer = Vec::new();
    let ((), _) = tokio::join!(send, timeout(Duration::from_secs(30), incoming.read_to_end(&mut answer)));
    let answer = String::from_utf8_lossy(&answer);
    assert!(status(&answer) == "413" && answer.contains("larger than 2048 KiB"), "{answer}");
}
