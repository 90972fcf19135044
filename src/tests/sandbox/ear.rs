//! The shop's end of a gateway's notices: keeps what it believes, answers what it was told to.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use guitu::server::payments::GatewayCallback;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An answer to a notice.
pub type Said = (StatusCode, &'static str);

/// How a gateway's notices are judged, and answered if nothing else was wished for.
#[derive(Clone, Copy)]
pub struct Judge {
    pub believes: fn(&HeaderMap, &[u8]) -> Option<GatewayCallback>,
    pub yes: Said,
    pub no: Said,
}

/// A notice that was believed, and as it came.
#[derive(Clone)]
pub struct Heard {
    pub notice: GatewayCallback,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

pub struct Ear {
    judge: Judge,
    answers: Mutex<VecDeque<Said>>,
    heard: Mutex<Vec<Heard>>,
}

impl Ear {
    /// Listens at `/notify` of a port of its own; its address.
    pub async fn open(judge: Judge) -> (Arc<Self>, String) {
        let ear = Arc::new(Self { judge, answers: Mutex::default(), heard: Mutex::default() });
        let url = listen(Router::new().route("/notify", post(notified)).with_state(Arc::clone(&ear))).await;
        (ear, url)
    }

    /// The next notices get these answers, later ones a yes.
    pub fn answers(&self, answers: impl IntoIterator<Item = Said>) {
        self.answers.lock().unwrap().extend(answers);
    }

    /// Waits until so many notices have come, then a little for one too many.
    pub async fn heard(&self, count: usize) -> Vec<GatewayCallback> {
        self.heard_whole(count).await.into_iter().map(|heard| heard.notice).collect()
    }

    /// The same, as they came.
    pub async fn heard_whole(&self, count: usize) -> Vec<Heard> {
        for _ in 0..1_000 {
            if self.heard.lock().unwrap().len() >= count {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(80)).await;
        let heard = self.heard.lock().unwrap();
        assert_eq!(heard.len(), count);
        heard.clone()
    }
}

async fn notified(State(ear): State<Arc<Ear>>, headers: HeaderMap, body: Bytes) -> Said {
    let Some(notice) = (ear.judge.believes)(&headers, &body) else { return ear.judge.no };
    ear.heard.lock().unwrap().push(Heard { notice, headers, body: body.to_vec() });
    ear.answers.lock().unwrap().pop_front().unwrap_or(ear.judge.yes)
}

/// Serves on a port of its own; its address.
pub async fn listen(router: Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}
