//! R10: a process that is told to stop, one of two behind a proxy, fails no request.

use super::process::{Process, is_ready};
use crate::support::{Browser, Form, TestApp, WANG, on_both_engines};
use futures_util::future::join_all;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

on_both_engines!(nobody_notices_when_one_of_two_processes_is_told_to_stop);

/// What a proxy knows: who says that it is ready.
struct Proxy {
    servers: Vec<(String, AtomicBool)>,
    turn: AtomicUsize,
}

impl Proxy {
    fn before(processes: &[&Process]) -> Arc<Self> {
        let servers = processes.iter().map(|process| (process.url.clone(), AtomicBool::new(true))).collect();
        Arc::new(Self { servers, turn: AtomicUsize::new(0) })
    }

    async fn looks(&self) {
        join_all(self.servers.iter().map(|(url, ready)| async { ready.store(is_ready(url).await, Ordering::SeqCst) })).await;
    }

    /// The next server in turn that is ready; while none is, people wait.
    async fn sends_to(&self) -> String {
        loop {
            let ready: Vec<_> = self.servers.iter().filter(|(_, ready)| ready.load(Ordering::SeqCst)).collect();
            if let Some(next) = self.turn.fetch_add(1, Ordering::SeqCst).checked_rem(ready.len()) {
                return ready[next].0.clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

async fn nobody_notices_when_one_of_two_processes_is_told_to_stop(app: TestApp) {
    let (mut leaving, staying) = (Process::start(&app, &["--drain-seconds", "8"]).await, Process::start(&app, &[]).await);
    let proxy = Proxy::before(&[&leaving, &staying]);
    let (wang, over) = (app.buyer(WANG).await, Arc::new(AtomicBool::new(false)));
    let people: Vec<_> = (0..6)
        .map(|writes| tokio::spawn(asks(wang.browser(), proxy.clone(), over.clone(), app.town.goods.cup.sku.0, writes % 2 == 0)))
        .collect();
    let (watching, ended) = (proxy.clone(), over.clone());
    let watch = tokio::spawn(async move {
        while !ended.load(Ordering::SeqCst) {
            watching.looks().await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });

    tokio::time::sleep(Duration::from_secs(1)).await;
    leaving.is_asked_to_stop();
    assert!(leaving.ends().await.success());
    tokio::time::sleep(Duration::from_millis(500)).await;
    over.store(true, Ordering::SeqCst);
    watch.await.unwrap();
    let (mut answered, mut failed) = (0, Vec::new());
    for person in people {
        let (well, badly) = person.await.unwrap();
        answered += well;
        failed.extend(badly);
    }
    assert!(failed.is_empty(), "of {answered} requests: {failed:#?}");
    assert!(answered > 50, "only {answered} requests");
    assert!(staying.is_ready().await);
}

/// One request after the other until it is over: how many were answered, and what became of the others.
async fn asks(mut browser: Browser, proxy: Arc<Proxy>, over: Arc<AtomicBool>, sku: i64, writes: bool) -> (usize, Vec<String>) {
    let (mut answered, mut failed) = (0, Vec::new());
    while !over.load(Ordering::SeqCst) {
        browser.origin = proxy.sends_to().await;
        let page = if writes {
            let form = Form::to(&format!("/cart/{sku}/remove"));
            let origin = browser.origin.clone();
            browser.try_send(&form, &origin).await
        } else {
            browser.try_get("/orders").await
        };
        match page {
            Some(page) if !page.status.is_server_error() => answered += 1,
            // The other process held SQLite's file for too long.
            Some(page) if page.status == 503 && page.words().contains("系统暂时无法保存") => {}
            Some(page) => failed.push(format!("{} from {}", page.status, browser.origin)),
            None => failed.push(format!("no answer from {}", browser.origin)),
        }
    }
    (answered, failed)
}
