//! Server: listeners and connections.

use std::{sync::Arc, time::Duration};

use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use crate::{
    admin::AdminApi, config::EmulatorConfig, control_plane::ControlPlane, error::EmulatorError,
    faults::Faults, gateway::Gateway, http::HttpResponse, metrics::RequestCounters,
    response_body::ConnectionClosed, service::Service, store::InstanceStore,
    temporary_credentials::TemporaryCredentials,
};

/// Time limit of requests in flight when the emulator stops.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);
/// Maximum size of the header of a request; hyper responds 431 to a larger one.
const MAX_HEADER: usize = 64 * 1024;

/// Local control plane.
#[derive(Debug)]
pub struct Emulator;

/// A running emulator. Dropping it closes every connection; the store keeps what was acknowledged before.
#[derive(Debug)]
pub struct RunningEmulator {
    url: String,
    admin_url: Option<String>,
    faults: Arc<Faults>,
    stop: watch::Sender<bool>,
    servers: Vec<JoinHandle<()>>,
    writer: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Opens the store and starts the server.
    pub async fn start(config: EmulatorConfig) -> Result<RunningEmulator, EmulatorError> {
        let (store, writer) = InstanceStore::open(&config.store).await?;
        let (socket, url) = listen(&config.listen, "--listen").await?;
        let admin = match &config.admin {
            Some(address) => Some(listen(address, "--admin").await?),
            None => None,
        };
        let faults = Arc::new(Faults::default());
        let temporary_credentials = Arc::<TemporaryCredentials>::default();
        let plane = ControlPlane {
            gateway: Gateway::new(config.credentials, Arc::clone(&temporary_credentials)),
            service: Service::new(store, config.ready_after, config.pricing, temporary_credentials),
            faults: Arc::clone(&faults),
            metrics: RequestCounters::default(),
            clock: config.clock,
            read_timeout: config.read_timeout,
        };
        let (stop, stopping) = watch::channel(false);
        let spawn = |socket, listener| {
            let timeout = config.read_timeout;
            tokio::spawn(serve(socket, listener, timeout, stopping.clone()))
        };
        let mut servers = vec![spawn(socket, ListenerKind::Api(Arc::new(plane)))];
        let admin_url = admin.map(|(socket, url)| {
            let (faults, read_timeout) = (Arc::clone(&faults), config.read_timeout);
            servers.push(spawn(socket, ListenerKind::Admin(AdminApi { faults, read_timeout })));
            url
        });
        Ok(RunningEmulator { url, admin_url, faults, stop, servers, writer })
    }
}

impl RunningEmulator {
    /// URL of the API: `http://127.0.0.1:8081`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// URL of the admin API, if it is on.
    pub fn admin_url(&self) -> Option<&str> {
        self.admin_url.as_deref()
    }

    /// Rules of the faults.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Shuts down gracefully: finishes the requests in flight, and closes the store.
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

/// API behind a port.
#[derive(Clone)]
enum ListenerKind {
    Api(Arc<ControlPlane>),
    Admin(AdminApi),
}

impl ListenerKind {
    async fn handle(&self, request: Request<Incoming>) -> Result<HttpResponse, ConnectionClosed> {
        match self {
            Self::Api(plane) => plane.handle(request).await,
            Self::Admin(admin) => Ok(admin.handle(request).await),
        }
    }
}

async fn listen(address: &str, flag: &'static str) -> Result<(TcpListener, String), EmulatorError> {
    let failed = |source| EmulatorError::listen(address, flag, source);
    let socket = TcpListener::bind(address).await.map_err(failed)?;
    let url = format!("http://{}", socket.local_addr().map_err(failed)?);
    Ok((socket, url))
}

async fn serve(
    socket: TcpListener,
    listener: ListenerKind,
    read_timeout: Duration,
    mut stopping: watch::Receiver<bool>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(read_timeout).max_buf_size(MAX_HEADER);
    let (graceful, mut connections) = (GracefulShutdown::new(), JoinSet::new());
    loop {
        tokio::select! {
            changed = stopping.changed() => match changed {
                Ok(()) => break,
                Err(_) => return,
            },
            accepted = socket.accept() => match accepted {
                Ok((stream, _)) => {
                    // Responses are small, and the client waits for them.
                    let _ = stream.set_nodelay(true);
                    let listener = listener.clone();
                    let handler = service_fn(move |request| {
                        let listener = listener.clone();
                        async move { listener.handle(request).await }
                    });
                    let connection = http.serve_connection(TokioIo::new(stream), handler);
                    connections.spawn(graceful.watch(connection));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // Most likely there are no file descriptors left: an immediate retry would only burn CPU time.
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(ended) = connections.join_next() => {
                if let Ok(Err(error)) = ended {
                    tracing::debug!(%error, "a connection broke");
                }
            }
        }
    }
    drop(socket);
    if tokio::time::timeout(SHUTDOWN_TIMEOUT, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests in flight were aborted");
    }
}
