//! Listens, and ends without cutting off a purchase.
//!
//! Connections are dealt out in turn to threads, one for each core, which do everything for them, with connections to the
//! cloud of their own: a request that changes threads on its way costs more than the signature. Threads that took
//! connections by themselves would not have equally many: the first to wake takes all.

use std::{fmt, io, net::SocketAddr, sync::Arc, time::Duration};

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
    runtime,
    sync::{mpsc, watch},
    task::JoinHandle,
    time::Instant,
};

use crate::{
    audit::Audit,
    config::{Config, Settings},
    keys::{Keys, NoKeys},
    ledger::{self, Ledger, OpenError},
    live::Live,
    patient::Patient,
    places::{Place, Places},
    pricing::account,
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

/// Connections to the operator's addresses that are open at the same time.
const OPERATORS: usize = 64;

/// A connection on its way to the thread that serves it, and the place that it takes until it is closed.
type Caller = (std::net::TcpStream, Peer, Place);

/// Where a connection comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer {
    pub(crate) address: SocketAddr,
    /// True if it asks for the operator's addresses.
    pub(crate) operator: bool,
}

/// A proxy that listens.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    operator: Option<SocketAddr>,
    live: Arc<Live>,
    keys: Arc<Keys>,
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
    let keys = Keys::get(config.keys.clone()).await.map_err(StartError::Keys)?;
    let (ledger, writer) = open(&config).await.map_err(StartError::Ledger)?;
    let audit = Audit::open(config.audit.as_deref()).map_err(StartError::Audit)?;
    let (listener, address) = listen(config.listen).await?;
    let operator = match config.operator {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let (end, ended) = watch::channel(false);
    let limits = config.limits;
    tracing::info!(%address, upstream = %config.upstream, "listening");
    let proxy = Arc::new(Proxy::new(config, keys, ledger, audit));
    if !proxy.config.relay {
        account::bind(&proxy).await.map_err(StartError::Ledger)?;
    }
    let (working, mut all_ended) = mpsc::channel::<()>(1);
    let mut threads = Vec::new();
    for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
        let failed = |source| StartError::Listen { address, source };
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
    let operator_address = operator.as_ref().map(|(_, address)| *address);
    if let Some((listener, address)) = operator {
        tracing::info!(%address, "listening for the operator");
        let places = Places::new(OPERATORS, OPERATORS);
        let door = Door { listener, places, operator: true };
        tokio::spawn(accept(door, Arc::clone(&proxy), threads.clone(), ended.clone()));
    }
    let places = Places::new(limits.connections, limits.connections_of_one);
    let door = Door { listener, places, operator: false };
    tokio::spawn(accept(door, Arc::clone(&proxy), threads, ended.clone()));
    let (live, keys) = (Arc::clone(&proxy.live), Arc::clone(&proxy.keys));
    let task = tokio::spawn(async move {
        let renewer = tokio::spawn(Arc::clone(&proxy.keys).keep_fresh(ended.clone()));
        let account = tokio::spawn(account::watch(Arc::clone(&proxy), ended.clone()));
        let reconciler = tokio::spawn(reconcile::run(proxy, ended));
        let _ = tokio::join!(reconciler, renewer, account, all_ended.recv());
        // It ends with the last one who can write; what was cut off may hold on to it.
        if tokio::time::timeout(CLOSING, writer).await.is_err() {
            tracing::warn!("the ledger is left open; nothing in it is lost");
        }
    });
    Ok(Running { address, operator: operator_address, live, keys, end, task })
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
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

    /// The operator's address, when it is another one.
    #[must_use]
    pub fn operator_url(&self) -> Option<String> {
        self.operator.map(|address| format!("http://{address}"))
    }

    /// Reads tokens, catalogue and keys again; no request notices. What cannot be read stays as it was, and the log says why.
    pub async fn reload(&self, settings: &Settings) {
        let errors = self.live.reload(settings);
        for error in &errors {
            tracing::error!(%error, "what was read before is used on");
        }
        let renewed = self.keys.renew().await;
        if errors.is_empty() && renewed {
            tracing::info!("tokens, catalogue and keys were read again");
        }
    }

    /// Takes no more requests, and returns when those under way are answered or have had their time.
    pub async fn stop(self) {
        let _ = self.end.send(true);
        let _ = self.task.await;
    }
}

/// A listener, and the places of those who come through it.
struct Door {
    listener: TcpListener,
    places: Arc<Places>,
    operator: bool,
}

/// Deals connections out until it is told to end. Each takes a place, so that callers cannot take the file descriptors that a
/// purchase needs; where there is none, it is closed at once.
async fn accept(
    Door { listener, places, operator }: Door,
    proxy: Arc<Proxy>,
    threads: Vec<mpsc::Sender<Caller>>,
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
                let trusted = proxy.live.identity().trusts(address.ip());
                let Some(place) = places.take(address.ip(), trusted) else {
                    proxy.metrics.connection("refused");
                    continue;
                };
                // A thread ends after this one.
                drop(thread.send((stream, Peer { address, operator }, place)).await);
            }
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
    let (buying, metrics) = (proxy.buying.clone(), Arc::clone(&proxy.metrics));
    let proxy = Arc::new(proxy);
    let public = TowerToHyperService::new(routes::router(Arc::clone(&proxy)));
    let operators = TowerToHyperService::new(routes::operator_router(proxy));
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
        let router = if peer.operator { operators.clone() } else { public.clone() };
        let (seat, since) = (Arc::clone(&place.seat), Instant::now());
        let service = service_fn(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            // The check of heads does not read chunks.
            let is_last = request.headers().contains_key(header::TRANSFER_ENCODING);
            let (answer, seat) = (router.call(request), Arc::clone(&seat));
            async move {
                let _busy = seat.enter();
                let mut response = answer.await;
                if let Ok(response) = &mut response
                    && (is_last || seat.leaves() || since.elapsed() > limits.connection)
                {
                    let close = HeaderValue::from_static("close");
                    response.headers_mut().insert(header::CONNECTION, close);
                }
                response
            }
        });
        let stream = TokioIo::new(Patient::new(stream, limits.taking, limits.slow));
        let watched = graceful.watch(builder.serve_connection(stream, service));
        let metrics = Arc::clone(&metrics);
        tokio::spawn(async move {
            tokio::select! {
                ended = watched => if let Err(error) = ended {
                    tracing::debug!(%error, "a connection broke");
                },
                () = place.seat.sent_away() => metrics.connection("evicted"),
                // Longer than the answer to the last request.
                () = tokio::time::sleep(limits.connection + limits.drain) => metrics.connection("expired"),
            }
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
                "cannot listen on {address}: {source}. Is another program there? Choose another --listen or --operator-listen."
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
