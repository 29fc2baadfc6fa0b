//! Connections: accepted, dealt out to threads, and served.

use std::{net::TcpStream as StdTcpStream, sync::Arc, time::Duration};

use hyper::{
    Request,
    body::Incoming,
    header::{self, HeaderValue},
    server::conn::http1,
    service::{Service, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{mpsc, watch},
    time::Instant,
};

use crate::{
    config::{Limits, MAX_HEAD_BYTES},
    http::{
        ConnectionLimiter, ConnectionPermit, Peer, WriteTimeoutStream, operator_router, router,
    },
    state::AppState,
};

/// A connection on its way to the thread that serves it, with its permit until it is closed.
pub(super) type AcceptedConnection = (StdTcpStream, Peer, ConnectionPermit);

/// A listener, and the limiter of those who come through it.
pub(super) struct Acceptor {
    pub(super) listener: TcpListener,
    pub(super) limiter: Arc<ConnectionLimiter>,
    pub(super) operator: bool,
}

/// Deals connections out until it is told to end. Each takes a permit, so that connections cannot take the file descriptors that a
/// purchase needs; where there is none, it is closed at once.
pub(super) async fn accept(
    Acceptor { listener, limiter, operator }: Acceptor,
    state: Arc<AppState>,
    threads: Vec<mpsc::Sender<AcceptedConnection>>,
    mut ended: watch::Receiver<bool>,
) {
    for thread in threads.iter().cycle() {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = ended.changed() => return,
        };
        let accepted = accepted.and_then(|(stream, address)| Ok((stream.into_std()?, address)));
        match accepted {
            Ok((stream, address)) => {
                let trusted = state.reloadable.authentication().trusts(address.ip());
                let Some(permit) = limiter.try_acquire(address.ip(), trusted) else {
                    state.metrics.connection("refused");
                    continue;
                };
                // A thread ends after this one.
                drop(thread.send((stream, Peer { address, operator }, permit)).await);
            }
            Err(error) => {
                // Out of file descriptors, most likely: give those in use time to end.
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

fn http_builder(limits: Limits) -> http1::Builder {
    let mut builder = http1::Builder::new();
    let limited = builder.timer(TokioTimer::new()).header_read_timeout(limits.header_timeout);
    limited.max_headers(64).max_buf_size(MAX_HEAD_BYTES);
    builder
}

/// Serves connections until the queue is closed, and all of them have ended or timed out.
pub(super) async fn serve(mut connections: mpsc::Receiver<AcceptedConnection>, state: AppState) {
    let limits = state.config.limits;
    let (purchases, metrics) = (state.purchase_tasks.clone(), Arc::clone(&state.metrics));
    let state = Arc::new(state);
    let public = TowerToHyperService::new(router(Arc::clone(&state)));
    let operators = TowerToHyperService::new(operator_router(state));
    let graceful = GracefulShutdown::new();
    let builder = http_builder(limits);
    while let Some((stream, peer, permit)) = connections.recv().await {
        let stream = match TcpStream::from_std(stream) {
            Ok(stream) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken over");
                continue;
            }
        };
        let router = if peer.operator { operators.clone() } else { public.clone() };
        let (connection, since) = (Arc::clone(&permit.state), Instant::now());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            // The check of heads does not read chunks.
            let is_last = request.headers().contains_key(header::TRANSFER_ENCODING);
            let (answer, connection) = (router.call(request), Arc::clone(&connection));
            async move {
                let _busy = connection.start_request();
                let mut response = answer.await;
                if let Ok(response) = &mut response
                    && (is_last
                        || connection.is_evicted()
                        || since.elapsed() > limits.connection_lifetime)
                {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(header::CONNECTION, close);
                }
                response
            }
        });
        let stream = TokioIo::new(WriteTimeoutStream::new(
            stream,
            limits.write_timeout,
            limits.total_write_timeout,
        ));
        let watched = graceful.watch(builder.serve_connection(stream, service));
        let metrics = Arc::clone(&metrics);
        tokio::spawn(async move {
            tokio::select! {
                ended = watched => if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke");
                },
                () = permit.state.evicted() => metrics.connection("evicted"),
                // Longer than the answer to the last request.
                () = tokio::time::sleep(limits.connection_lifetime + limits.shutdown_timeout) => metrics.connection("expired"),
            }
        });
    }
    purchases.close();
    let all = async { tokio::join!(graceful.shutdown(), purchases.wait()) };
    if tokio::time::timeout(limits.shutdown_timeout, all).await.is_err() {
        tracing::warn!("ended with requests under way");
    }
}
