//! Connections: from the port to the control plane.

use std::{fmt, sync::Arc, time::Duration};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use crate::{
    admin::Admin, config::Config, delivery::Cut, error::StartError, exchange::Answer,
    faults::Faults, gateway::Gateway, metrics::Metrics, plane::ControlPlane, service::Service,
    store::Store,
};

/// How long requests that are under way may take when the emulator stops.
const GRACE: Duration = Duration::from_secs(5);
/// The head of a request, its query included, fits in here; hyper answers 431 to a larger one.
const MAX_HEAD: usize = 64 * 1024;

/// A local control plane.
#[derive(Debug)]
pub struct Emulator;

/// An emulator that listens. Dropping it cuts every connection; what was answered before is in the store all the same.
pub struct Running {
    url: String,
    admin_url: Option<String>,
    faults: Arc<Faults>,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
    writer: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Opens the store, listens, and answers from then on.
    pub async fn start(config: Config) -> Result<Running, StartError> {
        let (store, writer) = Store::open(&config.store).await?;
        let (listener, url) = listen(&config.listen, "--listen").await?;
        let admin = match &config.admin {
            Some(address) => Some(listen(address, "--admin").await?),
            None => None,
        };
        let faults = Arc::new(Faults::default());
        let plane = ControlPlane {
            gateway: Gateway::new(config.credentials),
            service: Service::new(store, config.ready_after),
            faults: Arc::clone(&faults),
            metrics: Metrics::default(),
            clock: config.clock,
            read_timeout: config.read_timeout,
        };
        let (stop, stopping) = watch::channel(false);
        let serve = |listener, door| {
            let timeout = config.read_timeout;
            tokio::spawn(accept(listener, door, timeout, stopping.clone()))
        };
        let mut servers = vec![serve(listener, Door::Api(Arc::new(plane)))];
        let admin_url = admin.map(|(listener, url)| {
            let (faults, read_timeout) = (Arc::clone(&faults), config.read_timeout);
            servers.push(serve(listener, Door::Admin(Admin { faults, read_timeout })));
            url
        });
        Ok(Running { url, admin_url, faults, stop, servers, writer })
    }
}

impl Running {
    /// Where it answers: `http://127.0.0.1:8081`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Where faults are ordered over HTTP, if anywhere.
    pub fn admin_url(&self) -> Option<&str> {
        self.admin_url.as_deref()
    }

    /// What goes wrong on command.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Takes no more requests, ends those under way, and closes the store.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for server in self.servers {
            let _ = server.await;
        }
        if let Some(writer) = self.writer {
            let _ = writer.await;
        }
    }
}

/// Who answers behind a port.
#[derive(Clone)]
enum Door {
    Api(Arc<ControlPlane>),
    Admin(Admin),
}

impl Door {
    async fn answer(&self, request: Request<Incoming>) -> Result<Answer, Cut> {
        match self {
            Self::Api(plane) => plane.answer(request).await,
            Self::Admin(admin) => Ok(admin.answer(request).await),
        }
    }
}

async fn listen(address: &str, flag: &'static str) -> Result<(TcpListener, String), StartError> {
    let failed = |source| StartError::Listen { address: address.to_owned(), flag, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let url = format!("http://{}", listener.local_addr().map_err(failed)?);
    Ok((listener, url))
}

async fn accept(
    listener: TcpListener,
    door: Door,
    read_timeout: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            changed = stopping.changed() => {
                if changed.is_err() {
                    return;
                }
                break;
            }
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, door.clone(), read_timeout, stopping.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // Out of file handles, most likely: trying at once would only burn the processor.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all).await.is_err() {
        tracing::warn!("requests that took too long to end were cut off");
    }
}

async fn serve(
    stream: TcpStream,
    door: Door,
    read_timeout: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    // Answers are small, and their reader waits for them.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request| {
        let door = door.clone();
        async move { door.answer(request).await }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(read_timeout)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), answer);
    let mut connection = std::pin::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}

impl fmt::Debug for Running {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Running").field("url", &self.url).finish_non_exhaustive()
    }
}
