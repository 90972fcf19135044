//! Connections are bounded in number and in time: whoever keeps the server waiting makes room for others.

use super::process::Process;
use crate::support::{Browser, TestApp, on_both_engines, warm_up};
use guitu::http::turns::Turns;
use guitu::server::db::with_one_reader;
use guitu::server::limits::{CONNECTIONS_PER_ADDRESS, HEADER_TIME, READERS_PER_ADDRESS};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

on_both_engines!(
    half_a_request_keeps_nobody_out_and_is_not_waited_for_for_ever,
    who_sends_more_than_is_read_gets_the_answer_all_the_same,
    a_request_names_one_host,
    pages_of_one_address_leave_connections_for_others,
);

async fn half_a_request_keeps_nobody_out_and_is_not_waited_for_for_ever(app: TestApp) {
    let process = Process::start(&app, &[]).await;
    let address = process.url.trim_start_matches("http://").to_owned();
    let mut halves = Vec::new();
    for _ in 0..3 * CONNECTIONS_PER_ADDRESS {
        let mut half = TcpStream::connect(&address).await.unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nx-half: ").await.unwrap();
        halves.push(half);
    }
    // From the same address, and at once.
    let page = tokio::time::timeout(Duration::from_secs(5), Browser::new(&process.url).get("/")).await;
    assert_eq!(page.expect("an answer").status, 200);
    let began = Instant::now();
    for half in &mut halves {
        let left = (HEADER_TIME + Duration::from_secs(10)).saturating_sub(began.elapsed());
        let ended = tokio::time::timeout(left, half.read(&mut [0])).await.expect("ended in time");
        assert!(matches!(ended, Ok(0) | Err(_)), "{ended:?}");
    }
    // A whole request in slow pieces is answered all the same.
    let mut slow = TcpStream::connect(&address).await.unwrap();
    for piece in ["GET /healthz HT", "TP/1.1\r\nhost: a\r\n", "connection: close\r\n\r\n"] {
        slow.write_all(piece.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok"), "{answer}");
}

async fn who_sends_more_than_is_read_gets_the_answer_all_the_same(app: TestApp) {
    let host = app.url.trim_start_matches("http://");
    let headers = format!("GET / HTTP/1.1\r\nhost: {host}\r\nx-long: {}\r\n\r\n", "x".repeat(8 * 1024 * 1024));
    let body = |page: &str, bytes: usize| {
        let head = format!("POST {page} HTTP/1.1\r\nhost: {host}\r\norigin: {}\r\ncontent-length: {bytes}\r\n\r\n", app.url);
        head + &"x".repeat(bytes)
    };
    for (request, status) in [(headers, "431"), (body("/logout", 20_000_000), "303"), (body("/login", 30_000_000), "413")] {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let (head, rest) = request.split_at(100);
        stream.write_all(head.as_bytes()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
        stream.write_all(rest.as_bytes()).await.expect("all is taken");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("the whole answer");
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{answer:.200}");
    }
}

async fn a_request_names_one_host(app: TestApp) {
    let host = app.url.trim_start_matches("http://");
    let named = format!("host: {host}\r\n");
    let asked = [
        ("1.1", "", 400),
        ("1.1", &*named.repeat(2), 400),
        ("1.0", &*named.repeat(2), 400),
        ("1.1", &*named, 200),
        ("1.0", &*named, 200),
        ("1.0", "", 200),
    ];
    for (version, headers, status) in asked {
        let mut stream = TcpStream::connect(host).await.unwrap();
        stream.write_all(format!("GET /healthz HTTP/{version}\r\n{headers}connection: close\r\n\r\n").as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with(&format!("HTTP/{version} {status}")), "{version} {headers:?}: {answer}");
    }
}

async fn pages_of_one_address_leave_connections_for_others(app: TestApp) {
    warm_up(&app.server).await;
    let turns = Turns::default();
    let (begun, mut begins) = tokio::sync::mpsc::unbounded_channel();
    let ends = Arc::new(Semaphore::new(0));
    let mut asked = JoinSet::new();
    let mut asks = |who: &'static str| {
        let (server, begun, ends) = (app.server.clone(), begun.clone(), ends.clone());
        asked.spawn(with_one_reader(Some(turns.of(who.parse().unwrap())), async move {
            let reader = server.db.reader().await?;
            begun.send(who).unwrap();
            ends.acquire().await.unwrap().forget();
            drop(reader);
            Ok::<_, guitu::server::error::Error>(())
        }));
    };
    let mut next = async || tokio::time::timeout(Duration::from_mins(1), begins.recv()).await.expect("a page that begins");
    let [greedy, honest] = ["192.0.2.1", "192.0.2.2"];
    for _ in 0..2 * READERS_PER_ADDRESS {
        asks(greedy);
    }
    for _ in 0..READERS_PER_ADDRESS {
        assert_eq!(next().await, Some(greedy));
    }
    asks(honest);
    assert_eq!(next().await, Some(honest));
    assert!(begins.is_empty(), "the others wait for their turn");
    ends.add_permits(2 * READERS_PER_ADDRESS + 1);
    while let Some(done) = asked.join_next().await {
        done.unwrap().unwrap();
    }
}
