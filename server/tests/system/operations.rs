//! Tests of what operators rely on: request ids and counts, limits, and a shutdown that loses nothing.

use super::program::{Program, world_of_mia};
use super::running::{Process, Running, head, rest};
use super::support::{World, eventually, text};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use server::{Limits, Slowest};
use std::io::Write as _;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const FACT: &str =
    r#"{"type":"creator_stats","tiktok_handle":"mia","captured_at":"2026-08-19T11:00:00Z","follower_count":1040}"#;

fn stats_head(program: &Program<'_>, headers: &[(&str, &str)]) -> String {
    let path = format!("/api/v1/projects/{}/stats", program.world.id());
    let bearer = format!("Bearer {}", program.secret.reveal());
    let headers: Vec<_> = [("authorization", bearer.as_str())].into_iter().chain(headers.iter().copied()).collect();
    head("POST", &path, &headers)
}

fn quick() -> Limits {
    let slowest = Slowest { pause: Duration::from_millis(300), bytes_per_second: 1_000 };
    Limits { head: Duration::from_millis(300), body: slowest, answer: slowest, ..Limits::default() }
}

async fn get(world: &World, path: &str, headers: &[(&str, &str)]) -> axum::response::Response {
    let mut request = Request::builder().uri(path).header(header::HOST, "localhost");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    world.send(request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_request_has_an_id() {
    let world = World::new().await;
    let id_of = async |given: Option<&str>| {
        let headers: Vec<_> = given.map(|id| ("x-request-id", id)).into_iter().collect();
        get(&world, "/healthz", &headers).await.headers()["x-request-id"].to_str().unwrap().to_owned()
    };
    assert_eq!(id_of(Some("proxy-7.A_b")).await, "proxy-7.A_b");
    let long = "x".repeat(65);
    for given in [None, Some(""), Some("a b"), Some("<script>"), Some(long.as_str())] {
        let id = id_of(given).await;
        assert!(id.parse::<uuid::Uuid>().is_ok(), "{given:?} became {id}");
    }
}

#[tokio::test]
async fn what_happens_is_counted() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let running = Running::start(&world, Limits::default()).await;
    let bad =
        r#"{"type":"creator_stats","tiktok_handle":"nobody","captured_at":"2026-08-19T11:00:00Z","follower_count":1}"#;
    let body = format!("{FACT}\n{FACT}\n{bad}\n{{\"type\":7}}\n");
    let request = stats_head(&program, &[("content-length", &body.len().to_string())]) + &body;
    assert!(running.exchange(request.as_bytes()).await.starts_with("HTTP/1.1 200"));
    running.exchange(head("GET", "/no/such/page", &[]).as_bytes()).await;
    let metrics = running.exchange(head("GET", "/metrics", &[]).as_bytes()).await;
    for line in [
        r#"creator_goals_facts_total{outcome="accepted"} 1"#,
        r#"creator_goals_facts_total{outcome="duplicate"} 1"#,
        r#"creator_goals_facts_total{outcome="rejected"} 2"#,
        "creator_goals_facts_waiting 0",
        r#"creator_goals_commit_facts_bucket{le="4.0"} 1"#,
        "creator_goals_commit_duration_seconds_count 1",
        r#"creator_goals_http_requests_total{method="POST",route="/api/v1/projects/{project_id}/stats",status="200"} 1"#,
        r#"creator_goals_http_requests_total{method="GET",route="none",status="404"} 1"#,
        "creator_goals_http_requests_in_flight 1",
        "creator_goals_event_listeners 0",
        r#"creator_goals_build_info{version=""#,
        "# EOF",
    ] {
        assert!(metrics.contains(line), "{line} is missing in {metrics}");
    }
    assert!(!metrics.contains(&world.id().to_string()), "no id becomes a label");
}

#[tokio::test]
async fn a_head_that_is_too_slow_or_too_large_is_refused() {
    let world = World::new().await;
    let running = Running::start(&world, quick()).await;
    let slow = running.exchange(b"GET /healthz HTTP/1.1\r\nhost: local").await;
    assert!(slow.is_empty() || slow.starts_with("HTTP/1.1 408"), "{slow}");
    let headers = "x-filler: y\r\n".repeat(100_000);
    let many = running.exchange(format!("GET /healthz HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n").as_bytes()).await;
    assert!(many.starts_with("HTTP/1.1 431"), "{many}");
    let long = format!("GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-filler: {}\r\n\r\n", "y".repeat(300_000));
    let long = running.exchange(long.as_bytes()).await;
    assert!(long.starts_with("HTTP/1.1 431"), "{long}");
    // A single byte decides, whatever the number of lines.
    for (path, sentence) in [("/healthz", "larger than 64 KiB"), ("/api/v1/projects", "\"code\":\"head_too_large\"")] {
        for line in [900, 60_000] {
            let of_length = |length: usize| {
                let mut head = head("GET", path, &[]);
                head.truncate(head.len() - 2);
                while head.len() + 2 < length {
                    // The last two lines share the remaining bytes, so that each has a name.
                    let left = length - 2 - head.len();
                    let next = if left < line + 20 && left > line { left / 2 } else { left.min(line) };
                    let filler = "y".repeat(next - "x-filler: \r\n".len());
                    head.push_str(&["x-filler: ", &filler, "\r\n"].concat());
                }
                head + "\r\n"
            };
            let (largest, larger) = (of_length(64 * 1024), of_length(64 * 1024 + 1));
            assert_eq!((largest.len(), larger.len()), (65_536, 65_537));
            let answer = running.exchange(largest.as_bytes()).await;
            assert!(!answer.starts_with("HTTP/1.1 431"), "{answer}");
            let refused = running.exchange(larger.as_bytes()).await;
            assert!(refused.starts_with("HTTP/1.1 431") && refused.contains(sentence), "{path} {line}: {refused}");
        }
    }
    let mut odd = running.exchange(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03").await;
    odd += &running.exchange(b"GET / HTTP/9.9\r\n\r\n").await;
    assert!(odd.lines().filter(|line| line.starts_with("HTTP/1.1 400")).count() >= 1, "{odd}");
    assert!(running.exchange(head("GET", "/healthz", &[]).as_bytes()).await.ends_with("ok\n"), "it still answers");
}

#[tokio::test]
async fn a_body_that_pauses_is_refused() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let running = Running::start(&world, quick()).await;
    for length in ["1000", "1000000"] {
        let request = stats_head(&program, &[("content-length", length)]) + FACT + "\n";
        let answer = running.exchange(request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("\"too_slow\""), "{length}: {answer}");
    }
    let goals = format!("/api/v1/projects/{}/goals", world.id());
    let bearer = format!("Bearer {}", program.secret.reveal());
    let request = head("POST", &goals, &[("authorization", &bearer), ("content-length", "100")]) + "{";
    let answer = running.exchange(request.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    assert_eq!(world.stale_days().await, 0);
}

#[tokio::test]
async fn a_stopping_server_finishes_what_it_has_begun() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let running = Running::start(&world, Limits::default()).await;
    let mut request = running.connect().await;
    request.write_all(stats_head(&program, &[("content-length", &FACT.len().to_string())]).as_bytes()).await.unwrap();
    let (first, last) = FACT.split_at(20);
    request.write_all(first.as_bytes()).await.unwrap();
    let events = format!("/api/v1/projects/{}/events", world.id());
    let bearer = format!("Bearer {}", program.secret.reveal());
    let mut stream = running.connect().await;
    stream.write_all(head("GET", &events, &[("authorization", &bearer)]).as_bytes()).await.unwrap();
    let mut begun = [0; 12];
    stream.read_exact(&mut begun).await.unwrap();
    let idle = running.connect().await;
    // Connections are accepted in order, so a server that answers this has accepted the others, including the idle one.
    eventually("the server reads the facts", async || {
        let metrics = running.exchange(head("GET", "/metrics", &[]).as_bytes()).await;
        metrics.contains("creator_goals_http_requests_in_flight 2\n").then_some(())
    })
    .await;

    running.stopping.cancel();
    assert!(rest(&mut stream).await.contains("event: ready"), "event streams end");
    eventually("nobody new is let in", async || TcpStream::connect(&running.address).await.err()).await;
    request.write_all(last.as_bytes()).await.unwrap();
    assert!(rest(&mut request).await.contains("\"accepted\":1"));
    assert!(running.task.await.unwrap(), "everything was answered");
    drop(idle);
    let mia = world.creator("mia").await;
    assert_eq!(world.store.creator(world.id(), mia).await.unwrap().unwrap().followers, Some(1_040));
}

#[tokio::test]
async fn bodies_far_too_large_are_refused_in_little_memory() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let process = Process::start(&world);
    let before = process.peak_memory();
    let send = async |head: String, bytes: &[u8], times: usize| {
        let mut connection = TcpStream::connect(&process.address).await.unwrap();
        connection.write_all(head.as_bytes()).await.unwrap();
        for _ in 0..times {
            if connection.write_all(bytes).await.is_err() {
                break;
            }
        }
        rest(&mut connection).await
    };
    let declared = send(stats_head(&program, &[("content-length", "1000000000")]), b"", 0).await;
    assert!(declared.starts_with("HTTP/1.1 413") && declared.contains("\"too_large\""), "{declared}");

    // A mebibyte: one row that is refused.
    let row = format!("{{\"x\":\"{}\"}}\n", "y".repeat(0x10_0000 - 9));
    let chunk = format!("100000\r\n{row}\r\n");
    for headers in
        [&[("transfer-encoding", "chunked")][..], &[("transfer-encoding", "chunked"), ("idempotency-key", "k")]]
    {
        let answer = send(stats_head(&program, headers), chunk.as_bytes(), 1_000).await;
        assert!(answer.starts_with("HTTP/1.1 413"), "{headers:?}: {answer}");
    }
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..1_000 {
        bomb.write_all(row.as_bytes()).unwrap();
    }
    let bomb = bomb.finish().unwrap();
    let answer = send(stats_head(&program, &[("content-length", &bomb.len().to_string())]), &bomb, 1).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let grown = process.peak_memory() - before;
    // The body held for its Idempotency-Key is 64 MiB, in a buffer that doubles as it grows.
    assert!(grown < 200 * 1024 * 1024, "grew by {grown} bytes");
    let alive = send(head("GET", "/readyz", &[]), b"", 0).await;
    assert!(alive.starts_with("HTTP/1.1 200") && alive.ends_with("ok\n"), "{alive}");
}

#[tokio::test]
async fn a_description_that_is_held_already_is_not_sent_again() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let ask = async |headers: &[(&str, &str)]| world.send(program.request("GET", "/openapi.json", headers, "")).await;
    let whole = ask(&[]).await;
    let tag = whole.headers()[header::ETAG].to_str().unwrap().to_owned();
    assert!(text(whole).await.contains("\"openapi\""));
    for encoding in ["identity", "br"] {
        let held = ask(&[("if-none-match", &tag), ("accept-encoding", encoding)]).await;
        assert_eq!((held.status(), &held.headers()[header::ETAG]), (StatusCode::NOT_MODIFIED, &tag.parse().unwrap()));
        assert_eq!(text(held).await, "");
    }
    let other = ask(&[("if-none-match", "\"another\""), ("accept-encoding", "br")]).await;
    assert_eq!(other.status(), StatusCode::OK);
    assert!(!bytes_of(other).await.is_empty());
}

async fn bytes_of(response: axum::response::Response) -> axum::body::Bytes {
    axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap()
}

#[tokio::test]
async fn long_answers_of_the_api_are_compressed() {
    let world = world_of_mia().await;
    let program = Program::writing(&world).await;
    let description = world.send(program.request("GET", "/openapi.json", &[("accept-encoding", "br")], "")).await;
    assert_eq!(
        (description.status(), &description.headers()[header::CONTENT_ENCODING]),
        (StatusCode::OK, &"br".parse().unwrap())
    );
    let short = world.send(program.request("GET", "/projects", &[("accept-encoding", "br")], "")).await;
    assert_eq!(short.headers().get(header::CONTENT_ENCODING), None);
    assert!(text(short).await.contains("Summer"));
}
