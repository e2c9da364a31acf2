//! Tests of the server's network settings: its names, its public address, the proxies in front of it.

use super::program::Program;
use super::running::{Process, Running, head};
use super::support::{NOW, World, location, text};
use axum::body::Body;
use axum::http::{Request, header};
use program::keys::secret::Secret;
use serde_json::json;
use server::{Limits, Name, Names, Network, Peer, TrustedProxies};
use std::net::IpAddr;
use std::process::Output;

/// Returns the error with which the server refuses to start.
fn refusal(world: &World, arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = Process::command(world, arguments).output().unwrap();
    assert!(!status.success(), "{arguments:?}");
    String::from_utf8(stderr).unwrap()
}

async fn ask(process: &Process, request: &str) -> String {
    super::running::exchange(&process.address, request.as_bytes()).await
}

#[tokio::test]
async fn beyond_this_machine_a_name_is_demanded_and_nothing_else_is_answered() {
    let world = World::new().await;
    let refused = refusal(&world, &["--listen", "0.0.0.0:0"]);
    assert!(refused.contains("pass --allow-remote"), "{refused}");
    for listen in ["0.0.0.0:0", "[::]:0"] {
        let refused = refusal(&world, &["--listen", listen, "--allow-remote"]);
        assert!(refused.contains("--host NAME") && refused.contains("--base-url URL"), "{refused}");
    }
    for name in [["--host", "goals.example"], ["--base-url", "https://goals.example"]] {
        let arguments = [["--listen", "0.0.0.0:0"].as_slice(), &["--allow-remote"], &name].concat();
        let process = Process::start_with(&world, &arguments);
        for (request, status) in [
            ("GET / HTTP/1.1\r\nhost: goals.example", "307"),
            ("GET / HTTP/1.1\r\nhost: GOALS.example.:8443", "307"),
            ("GET / HTTP/1.1\r\nhost: localhost", "307"),
            ("GET http://goals.example/ HTTP/1.1\r\nhost: goals.example", "307"),
            ("GET / HTTP/1.1\r\nhost: evil.example", "403"),
            ("GET / HTTP/1.1\r\nhost: 192.168.1.5", "403"),
            ("GET / HTTP/1.1\r\nhost: evil.example\r\nx-forwarded-host: goals.example", "403"),
            ("GET http://evil.example/ HTTP/1.1\r\nhost: evil.example", "403"),
            ("GET http://evil.example/ HTTP/1.1\r\nhost: goals.example", "400"),
            ("GET / HTTP/1.1\r\nhost: goals.example\r\nhost: goals.example", "400"),
            ("GET / HTTP/1.1\r\nhost: goals.example@evil.example", "400"),
            ("POST / HTTP/1.1\r\nhost: goals.example\r\norigin: null\r\norigin: null", "400"),
            ("CONNECT localhost:80 HTTP/1.1\r\nhost: localhost:80", "400"),
            ("OPTIONS * HTTP/1.1\r\nhost: localhost", "400"),
            ("GET / HTTP/1.1", "400"),
            ("GET / HTTP/1.0", "403"),
            ("GET /metrics HTTP/1.1\r\nhost: evil.example", "403"),
            ("GET /healthz HTTP/1.0", "200"),
            ("GET /healthz HTTP/1.1", "200"),
            ("GET /readyz HTTP/1.1\r\nhost: 10.0.0.7:3000", "200"),
        ] {
            let answer = ask(&process, &format!("{request}\r\nconnection: close\r\n\r\n")).await;
            let answered = answer.split(' ').nth(1);
            assert_eq!(answered, Some(status), "{name:?} {request:?}: {answer}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_a_name_an_address_or_a_proxy_is_refused_in_a_sentence() {
    let world = World::new().await;
    for (arguments, sentence) in [
        (["--base-url", "https://goals.example/goals"], "the path “/goals” cannot be served"),
        (["--base-url", "goals.example"], "write the whole address"),
        (["--host", "https://goals.example"], "write a host name or an IP address alone"),
        (["--trusted-proxy", "nginx"], "CIDR notation"),
        (["--listen", "3000"], "write ADDRESS:PORT"),
    ] {
        let refused = refusal(&world, &arguments);
        assert!(refused.contains(sentence), "{arguments:?}: {refused}");
    }
}

#[tokio::test]
async fn a_name_to_listen_on_stands_for_each_of_its_addresses() {
    let world = World::new().await;
    let process = Process::start_with(&world, &["--listen", "localhost:0"]);
    let port = process.address.rsplit(':').next().unwrap();
    let addresses = tokio::net::lookup_host("localhost:0").await.unwrap();
    for mut address in addresses {
        address.set_port(port.parse().unwrap());
        let Ok(probe) = tokio::net::TcpListener::bind((address.ip(), 0)).await else { continue };
        drop(probe);
        let answer = super::running::exchange(&address.to_string(), head("GET", "/healthz", &[]).as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{address}: {answer}");
    }
}

#[tokio::test]
async fn behind_a_proxy_a_page_of_the_public_name_may_change_things() {
    let world = World::new().await;
    let names = Names::new(vec!["goals.example.com".parse::<Name>().unwrap()], None);
    let running = Running::start_in(&world, Limits::default(), Network { names, ..Network::default() }).await;
    let form = "theme=dark";
    for (host, origin, status) in [
        ("127.0.0.1:3000", "http://goals.example.com", "303"),
        ("goals.example.com", "http://goals.example.com:8443", "303"),
        ("127.0.0.1:3000", "http://evil.example", "403"),
    ] {
        let length = form.len();
        let request = format!(
            "POST /forms/set_theme HTTP/1.1\r\nhost: {host}\r\norigin: {origin}\r\nsec-fetch-site: same-origin\r\n\
            accept: text/html\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
            content-length: {length}\r\n\r\n{form}"
        );
        let answer = running.exchange(request.as_bytes()).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{host} {origin}: {answer}");
        assert!(status == "303" || answer.contains("--host evil.example"), "{answer}");
    }
}

#[tokio::test]
async fn cookies_are_secure_where_the_browser_came_by_https() {
    let world = World::new().await;
    let proxy = TrustedProxies::new(vec![TrustedProxies::network("10.0.0.5").unwrap()]);
    let public = |url: &str| Names::new(vec![], Some(url.parse().unwrap()));
    let cases = [
        (Names::default(), proxy.clone(), "10.0.0.5", Some("https"), true),
        (Names::default(), proxy.clone(), "10.0.0.6", Some("https"), false),
        (Names::default(), proxy, "10.0.0.5", None, false),
        (public("https://goals.example"), TrustedProxies::default(), "127.0.0.1", None, true),
        (public("http://goals.example"), TrustedProxies::default(), "127.0.0.1", Some("https"), false),
    ];
    for (names, proxies, peer, proto, secure) in cases {
        let network = Network { names, proxies };
        let send = async |method: &str, path: &str, cookie: &str, form: String| {
            let mut request = Request::builder().method(method).uri(path).header(header::HOST, "localhost");
            if let Some(proto) = proto {
                request = request.header("x-forwarded-proto", proto);
            }
            let request = request
                .header(header::ACCEPT, "text/html")
                .header(header::COOKIE, cookie)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .extension(Peer(peer.parse::<IpAddr>().unwrap()));
            world.send_in(&network, request.body(Body::from(form)).unwrap()).await
        };
        let project = world.id();
        let made =
            send("POST", "/forms/create_api_key", "", format!("project_id={project}&key_name=Scraper&scope=read"))
                .await;
        let new_key = made.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(location(&made).contains("done=key_made") && new_key.starts_with("new_key=cg_"), "{new_key}");
        let page = format!("/projects/{project}/settings");
        let shown = send("GET", &page, new_key.split(';').next().unwrap(), String::new()).await;
        let forgotten = shown.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        let theme = send("POST", "/forms/set_theme", "", "theme=dark".to_owned()).await;
        let theme = theme.headers()[header::SET_COOKIE].to_str().unwrap().to_owned();
        for cookie in [new_key, forgotten, theme] {
            assert_eq!(cookie.contains("; Secure"), secure, "{peer} {proto:?}: {cookie}");
        }
    }
}

#[tokio::test]
async fn a_name_that_a_client_wrote_for_its_proxy_opens_nothing() {
    let world = World::new().await;
    let arguments = ["--listen", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1", "--host", "goals.example"];
    let process = Process::start_with(&world, &arguments);
    for (host, forwarded, status) in [
        ("127.0.0.1:3000", "goals.example", "307"),
        ("goals.example", "goals.example", "307"),
        ("goals.example", "localhost", "307"),
        ("evil.example", "localhost", "403"),
        ("evil.example", "127.0.0.1:3000", "403"),
        ("evil.example", "goals.example", "403"),
        ("127.0.0.1:3000", "evil.example", "403"),
    ] {
        let request =
            format!("GET / HTTP/1.1\r\nhost: {host}\r\nx-forwarded-host: {forwarded}\r\nconnection: close\r\n\r\n");
        let answer = ask(&process, &request).await;
        assert_eq!(answer.split(' ').nth(1), Some(status), "{host} {forwarded}: {answer}");
    }
}

#[tokio::test]
async fn a_refusal_leaves_a_line_that_says_who_and_why_and_never_the_key() {
    let world = World::new().await;
    let arguments = ["--listen", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1", "--log-format", "json"];
    let process = Process::start_with(&world, &arguments);
    let (reader, revoked) = (Program::new(&world, None, false).await, Program::new(&world, None, true).await);
    let keys = world.store.api_keys().await.unwrap();
    let id = |program: &Program<'_>| keys.iter().find(|key| key.hint == program.secret.hint()).unwrap().api_key_id;
    world.store.revoke_api_key(id(&revoked), NOW).await.unwrap();
    let unknown = Secret::generate().unwrap();
    let bearer = |secret: &Secret| format!("authorization: Bearer {}", secret.reveal());
    let (of_reader, of_revoked) = (bearer(&reader.secret), bearer(&revoked.secret));
    for (number, (request, header, who, why, status)) in [
        ("GET /api/v1/projects", "accept: */*".to_owned(), "no key".to_owned(), "invalid_api_key", 401),
        (
            "GET /api/v1/projects",
            bearer(&unknown),
            format!("unknown key (…{})", unknown.hint()),
            "invalid_api_key",
            401,
        ),
        ("GET /api/v1/projects", of_revoked, format!("key {}", id(&revoked)), "invalid_api_key", 401),
        ("POST /api/v1/projects", of_reader, format!("key {}", id(&reader)), "insufficient_scope", 403),
        ("GET /", "host: evil.example".to_owned(), "no key".to_owned(), "unknown_host", 403),
        ("POST /forms/set_theme", "origin: http://evil.example".to_owned(), "no key".to_owned(), "cross_origin", 403),
        ("GET /", "host: a\r\nhost: b".to_owned(), "no key".to_owned(), "malformed", 400),
    ]
    .into_iter()
    .enumerate()
    {
        let host = if header.starts_with("host") { "" } else { "host: localhost\r\n" };
        let body = r#"{"name":"Autumn","time_zone":"UTC"}"#;
        let answer = ask(
            &process,
            &format!(
                "{request} HTTP/1.1\r\n{host}{header}\r\nx-forwarded-for: 203.0.113.{number}\r\nconnection: close\r\n\
                content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                body.len()
            ),
        )
        .await;
        assert_eq!(answer.split(' ').nth(1), Some(status.to_string().as_str()), "{request} {header}: {answer}");
        let line = process.line_with("\"refused\"");
        let said: serde_json::Value = serde_json::from_str(&line).unwrap();
        let fields = &said["fields"];
        assert_eq!((&fields["why"], &fields["status"]), (&json!(why), &json!(status)), "{line}");
        assert_eq!(fields["client"], json!(format!("203.0.113.{number}")), "{line}");
        assert!(fields["who"].as_str().unwrap().starts_with(&who), "{line}");
        for secret in [&unknown, &reader.secret, &revoked.secret] {
            assert!(!line.contains(secret.reveal()), "{line}");
        }
    }
    // Many refusals are summed up in few lines, so another client's refusal still gets its own.
    for _ in 0..50 {
        ask(&process, &head("GET", "/api/v1/projects", &[("x-forwarded-for", "203.0.113.99")])).await;
    }
    ask(&process, &head("GET", "/api/v1/projects", &[("x-forwarded-for", "203.0.113.100")])).await;
    let mut lines = 0;
    while !process.line_with("\"refused\"").contains("203.0.113.100") {
        lines += 1;
    }
    assert_eq!(lines, 10);
    let metrics = ask(&process, &head("GET", "/metrics", &[])).await;
    assert!(metrics.contains(r#"creator_goals_refusals_total{why="invalid_api_key"} 54"#), "{metrics}");
}

#[tokio::test]
async fn examples_show_the_public_address() {
    let world = World::new().await;
    let page = async |network: Network| {
        let request = Request::builder().uri("/docs/api").header(header::HOST, "localhost:3000");
        text(world.send_in(&network, request.body(Body::empty()).unwrap()).await).await
    };
    assert!(page(Network::default()).await.contains("http://localhost:3000/api/v1/projects"));
    let names = Names::new(vec![], Some("https://goals.example".parse().unwrap()));
    let shown = page(Network { names, ..Network::default() }).await;
    assert!(shown.contains("https://goals.example/api/v1/projects") && !shown.contains("localhost"));
}
