//! The HTTP server: axum's router behind connections that are bounded in number, in time and in size, so that clients which send half a request,
//! or nothing, keep nobody else out.

mod bodies;
mod connections;
mod handles;
mod progress;
mod stream;

pub use connections::Bounds;
pub use handles::raise_file_handles;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use bodies::{RequestBody, ResponseBody};
use connections::{ConnectionPlace, Connections};
use hyper::body::{Body as _, Incoming};
use hyper::header::HOST;
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, Version};
use hyper_util::rt::TokioIo;
use progress::ConnectionProgress;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use stream::Stream;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::server::limits::{CONNECTIONS_WAITING, HEADER_BYTES, HEADERS};

/// Listens on an address, in front of which as many may wait to be taken as the limits say.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Connections of the process before, which still come to their end, do not keep a new one from its address.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(CONNECTIONS_WAITING)
}

/// Answers until `stop` resolves; then takes no more connections and returns once every request under way is answered.
pub async fn serve(listener: TcpListener, router: Router, bounds: Bounds, stop: impl Future<Output = ()>) {
    let router = router.with_state(());
    let connections = Arc::new(Connections::new(bounds));
    let (leaving, _) = watch::channel(false);
    let mut stop = pin!(stop);
    let reaper = tokio::spawn(connections.clone().end_the_late());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut stop => break,
        };
        match accepted {
            Ok((stream, from)) => {
                let (router, told) = (router.clone(), leaving.subscribe());
                connections.admit(from, |place| tokio::spawn(answer(stream, from, router, place, told)));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
    drop(listener);
    leaving.send_replace(true);
    leaving.closed().await;
    reaper.abort();
}

/// One connection, request by request.
async fn answer(stream: TcpStream, from: SocketAddr, router: Router, place: ConnectionPlace, mut leaving: watch::Receiver<bool>) {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "no TCP_NODELAY");
    }
    let progress = place.progress.clone();
    let stream = TokioIo::new(Stream::new(stream, progress.clone()));
    let service = service_fn(move |request| one_request(request, from, router.clone(), progress.clone()));
    let connection = Builder::new()
        // Seen to by `ConnectionProgress`, which tells a connection that waits for its next request from one that sends half of it.
        .header_read_timeout(None)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADERS)
        .serve_connection(stream, service);
    let mut connection = pin!(connection);
    let told = async { leaving.wait_for(|leaving| *leaving).await.is_ok() };
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = told => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended");
    }
    drop(place);
}

async fn one_request(
    request: Request<Incoming>,
    from: SocketAddr,
    router: Router,
    progress: Arc<ConnectionProgress>,
) -> Result<Response<ResponseBody>, Infallible> {
    progress.note_headers(!request.body().is_end_stream());
    let mut request = request.map(|body| Body::new(RequestBody::new(body, progress.clone())));
    // RFC 9112, 3.2: of a name that is missing or said twice, servers behind one another make different things.
    let hosts = request.headers().get_all(HOST).iter().count();
    if hosts > 1 || (hosts == 0 && request.version() == Version::HTTP_11) {
        let refused = Response::builder().status(StatusCode::BAD_REQUEST).body(Body::empty()).unwrap_or_default();
        return Ok(refused.map(|body| ResponseBody::new(body, progress)));
    }
    request.extensions_mut().insert(ConnectInfo(from));
    let response = router.oneshot(request).await?;
    Ok(response.map(|body| ResponseBody::new(body, progress)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    #[tokio::test]
    async fn many_who_come_in_the_same_moment_are_heard() {
        let listener = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).unwrap();
        let address = listener.local_addr().unwrap();
        // None of them is taken: a full queue would leave the next one without an answer.
        let mut waiting = Vec::new();
        for _ in 0..600 {
            let heard = tokio::time::timeout(Duration::from_secs(10), TcpStream::connect(address)).await;
            waiting.push(heard.expect("an answer at once").unwrap());
        }
    }
}
