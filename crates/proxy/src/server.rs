//! Listens, and ends without cutting off a purchase.

use std::{fmt, net::SocketAddr, sync::Arc};

use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    config::Config,
    routes::{self, Proxy},
};

/// A proxy that listens.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    end: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Why a proxy does not listen.
#[derive(Debug)]
pub struct StartError {
    address: SocketAddr,
    source: std::io::Error,
}

/// Starts a proxy; it has its address when this returns.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let address = config.listen;
    let failed = |source| StartError { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (end, ended) = watch::channel(false);
    tracing::info!(%address, upstream = %config.upstream, "listening");
    let task = tokio::spawn(accept(listener, config, ended));
    Ok(Running { address, end, task })
}

impl Running {
    /// Its address for a browser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Takes no more requests, and returns when those under way are answered or have had their time.
    pub async fn stop(self) {
        let _ = self.end.send(true);
        let _ = self.task.await;
    }
}

async fn accept(listener: TcpListener, config: Config, mut ended: watch::Receiver<bool>) {
    let limits = config.limits;
    let router = routes::router(Arc::new(Proxy::new(config)));
    let graceful = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.head).max_headers(64);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    // Out of file descriptors, most likely: give those in use time to end.
                    tracing::warn!(%error, "no connection could be accepted");
                    tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = ended.changed() => break,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("ended with requests under way");
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { address, source } = self;
        write!(
            formatter,
            "cannot listen on {address}: {source}. Is another program there? Choose another --listen."
        )
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
