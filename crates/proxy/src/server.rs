//! Listens, and ends without cutting off a purchase.
//!
//! Connections are dealt out in turn to threads, one for each core, which do everything for them, with connections to the
//! cloud of their own: a request that changes threads on its way costs more than the signature. Threads that took
//! connections by themselves would not have equally many: the first to wake takes all.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use hyper::{
    Request,
    body::Incoming,
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
    runtime,
    sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch},
    task::JoinHandle,
};

use crate::{
    audit::Audit,
    config::Config,
    keys::{Keys, NoKeys},
    ledger::{self, Ledger, OpenError},
    patient::Patient,
    reconcile,
    routes::{self, Proxy},
    stamp,
};

/// Bytes of the head of a request, at most: 431 beyond it.
pub(crate) const MAX_HEAD: usize = 32 * 1024;
/// Connections that wait for a thread; more wait in the system.
const CALLERS: usize = 256;
/// How long the ledger may take to close.
const CLOSING: Duration = Duration::from_secs(5);

/// A connection on its way to the thread that serves it, and the place that it takes until it is closed.
type Caller = (std::net::TcpStream, Peer, OwnedSemaphorePermit);

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// A proxy that listens.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    end: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Why a proxy does not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address is not to be had.
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// There are no keys.
    Keys(NoKeys),
    /// The ledger cannot be opened.
    Ledger(OpenError),
    /// The audit log cannot be opened.
    Audit(io::Error),
}

/// Starts a proxy; it has its address when this returns.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let address = config.listen;
    let failed = |source| StartError::Listen { address, source };
    let keys = Keys::get(config.keys.clone()).await.map_err(StartError::Keys)?;
    let (ledger, writer) = open(&config).await.map_err(StartError::Ledger)?;
    let audit = Audit::open(config.audit.as_deref()).map_err(StartError::Audit)?;
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (end, ended) = watch::channel(false);
    let places = Arc::new(Semaphore::new(config.limits.connections));
    tracing::info!(%address, upstream = %config.upstream, "listening");
    let proxy = Proxy::new(config, keys, ledger, audit);
    let (working, mut all_ended) = mpsc::channel::<()>(1);
    let mut threads = Vec::new();
    for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
        let (thread, callers) = mpsc::channel(CALLERS);
        threads.push(thread);
        let work = serve(callers, proxy.with_own_connections());
        let working = working.clone();
        let runtime =
            runtime::Builder::new_current_thread().enable_all().build().map_err(failed)?;
        let worker = move || {
            runtime.block_on(work);
            drop(working);
        };
        std::thread::Builder::new().name("worker".into()).spawn(worker).map_err(failed)?;
    }
    drop(working);
    tokio::spawn(accept(listener, threads, places, ended.clone()));
    let task = tokio::spawn(async move {
        let proxy = Arc::new(proxy);
        let renewer = tokio::spawn(Arc::clone(&proxy.keys).keep_fresh(ended.clone()));
        let reconciler = tokio::spawn(reconcile::run(proxy, ended));
        let _ = tokio::join!(reconciler, renewer, all_ended.recv());
        // It ends with the last one who can write; what was cut off may hold on to it.
        if tokio::time::timeout(CLOSING, writer).await.is_err() {
            tracing::warn!("the ledger is left open; nothing in it is lost");
        }
    });
    Ok(Running { address, end, task })
}

/// Opens the ledger, and says what an operator should know of it from the start.
async fn open(config: &Config) -> Result<(Ledger, JoinHandle<()>), OpenError> {
    let (ledger, writer) = Ledger::open(&config.ledger).await?;
    ledger.bind(&config.upstream).await?;
    // From now on this process knows its ledger again; why it cannot be written is in the log.
    let _ = ledger.probe().await;
    if config.ledger.is_in_clear() {
        tracing::warn!("purchases and the password cross the network to the ledger in clear");
    }
    let ahead = stamp::now() - ledger.now().await?;
    if ahead.abs() >= ledger::UNEASY {
        tracing::warn!(
            seconds_ahead = ahead / 1000,
            "the clock of this machine is not that of the ledger's server, by which purchases age: set it, and keep it set with NTP"
        );
    }
    Ok((ledger, writer))
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

/// Deals connections out until it is told to end. While all places are taken, others wait in the system; what says nothing
/// is closed in time. So many callers cannot take the file descriptors that a purchase needs.
async fn accept(
    listener: TcpListener,
    threads: Vec<mpsc::Sender<Caller>>,
    places: Arc<Semaphore>,
    mut ended: watch::Receiver<bool>,
) {
    let next = async || {
        let place = Arc::clone(&places).acquire_owned().await.map_err(io::Error::other)?;
        let (stream, peer) = listener.accept().await?;
        Ok::<Caller, io::Error>((stream.into_std()?, Peer(peer), place))
    };
    for thread in threads.iter().cycle() {
        let accepted = tokio::select! {
            accepted = next() => accepted,
            _ = ended.changed() => return,
        };
        match accepted {
            // A thread ends after this one.
            Ok(caller) => drop(thread.send(caller).await),
            Err(error) => {
                // Out of file descriptors, most likely: give those in use time to end.
                tracing::warn!(%error, "no connection could be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}

/// Serves connections until there are no more, and those that there were have ended or have had their time.
async fn serve(mut callers: mpsc::Receiver<Caller>, proxy: Proxy) {
    let limits = proxy.config.limits;
    let buying = proxy.buying.clone();
    let router = TowerToHyperService::new(routes::router(Arc::new(proxy)));
    let graceful = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(64)
        .max_buf_size(MAX_HEAD);
    while let Some((stream, peer, place)) = callers.recv().await {
        let stream = match TcpStream::from_std(stream) {
            Ok(stream) => stream,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken over");
                continue;
            }
        };
        let router = router.clone();
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            router.call(request)
        });
        let stream = TokioIo::new(Patient::new(stream, limits.taking));
        let connection = builder.serve_connection(stream, service);
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection broke");
            }
            drop(place);
        });
    }
    buying.close();
    let all = async { tokio::join!(graceful.shutdown(), buying.wait()) };
    if tokio::time::timeout(limits.drain, all).await.is_err() {
        tracing::warn!("ended with requests under way");
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, source } => write!(
                formatter,
                "cannot listen on {address}: {source}. Is another program there? Choose another --listen."
            ),
            Self::Keys(error) => error.fmt(formatter),
            Self::Ledger(error) => error.fmt(formatter),
            Self::Audit(error) => {
                write!(formatter, "--audit: {error}. See whether its folder may be written.")
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::Audit(source) => Some(source),
            Self::Keys(error) => Some(error),
            Self::Ledger(error) => Some(error),
        }
    }
}
