//! Starts a proxy, and stops it without cutting off a purchase.
//!
//! Connections are dealt out in turn to threads, one for each core, which do everything for them, with connections to the
//! cloud of their own: a request that changes threads on its way costs more than the signature. Threads that took
//! connections by themselves would not have equally many: the first to wake takes all.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::TcpListener,
    runtime,
    sync::{mpsc, watch},
    task::JoinHandle,
};

use super::{
    connections::{AcceptedConnection, Acceptor, accept, serve},
    error::StartError,
};
use crate::{
    accounts::Accounts,
    audit::Audit,
    clock,
    config::{Config, ProxySettings},
    credentials::CredentialProvider,
    http::ConnectionLimiter,
    ledger::{self, Ledger, OpenError},
    purchase::reconcile,
    reloadable::ReloadableSettings,
    state::AppState,
};

/// Connections that wait for a thread; more wait in the system.
const CONNECTION_QUEUE: usize = 256;
/// The time for the ledger to close.
const LEDGER_CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// Connections to the operator's addresses that are open at the same time.
const MAX_OPERATOR_CONNECTIONS: usize = 64;

/// A running proxy.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    operator: Option<SocketAddr>,
    reloadable: Arc<ReloadableSettings>,
    credentials: Arc<CredentialProvider>,
    accounts: Arc<Accounts>,
    end: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Starts a proxy, which listens when this returns.
pub async fn start(config: Config) -> Result<Running, StartError> {
    let credentials = CredentialProvider::load(config.credentials.clone())
        .await
        .map_err(StartError::Credentials)?;
    let (ledger, writer) = open(&config).await.map_err(StartError::Ledger)?;
    let audit = Audit::open(config.audit.as_deref()).map_err(StartError::Audit)?;
    let state = Arc::new(AppState::new(config, credentials, ledger, audit));
    if !state.config.relay {
        state.own.account.bind(&state.ledger).await.map_err(StartError::Ledger)?;
    }
    state.accounts.refresh().await;
    let config = &state.config;
    let (listener, address) = listen(config.listen).await?;
    let operator = match config.operator {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let (end, ended) = watch::channel(false);
    let limits = config.limits;
    tracing::info!(%address, upstreams = config.endpoints.ledger_names().join(", "), "listening");
    let (working, mut all_ended) = mpsc::channel::<()>(1);
    let threads = start_threads(&state, address, working)?;
    let operator_address = operator.as_ref().map(|(_, address)| *address);
    if let Some((listener, address)) = operator {
        tracing::info!(%address, "listening for the operator");
        let limiter = ConnectionLimiter::new(MAX_OPERATOR_CONNECTIONS, MAX_OPERATOR_CONNECTIONS);
        let acceptor = Acceptor { listener, limiter, operator: true };
        tokio::spawn(accept(acceptor, Arc::clone(&state), threads.clone(), ended.clone()));
    }
    let limiter =
        ConnectionLimiter::new(limits.max_connections, limits.max_connections_per_address);
    let acceptor = Acceptor { listener, limiter, operator: false };
    tokio::spawn(accept(acceptor, Arc::clone(&state), threads, ended.clone()));
    let (reloadable, credentials) = (Arc::clone(&state.reloadable), Arc::clone(&state.credentials));
    let accounts = Arc::clone(&state.accounts);
    let task = tokio::spawn(async move {
        let renewer = tokio::spawn(Arc::clone(&state.credentials).run_refresh(ended.clone()));
        let roles = tokio::spawn(Arc::clone(&state.accounts).run_refresh(ended.clone()));
        let account = tokio::spawn(watch_account(Arc::clone(&state), ended.clone()));
        let reconciler = tokio::spawn(reconcile(state, ended));
        let _ = tokio::join!(reconciler, renewer, roles, account, all_ended.recv());
        // It ends with the last one who can write; what was cut off may hold on to it.
        if tokio::time::timeout(LEDGER_CLOSE_TIMEOUT, writer).await.is_err() {
            tracing::warn!("the ledger is left open; nothing in it is lost");
        }
    });
    Ok(Running {
        address,
        operator: operator_address,
        reloadable,
        credentials,
        accounts,
        end,
        task,
    })
}

/// Starts a thread for each core, to which connections are dealt; each has `working` until it has served all of them.
fn start_threads(
    state: &AppState,
    address: SocketAddr,
    working: mpsc::Sender<()>,
) -> Result<Vec<mpsc::Sender<AcceptedConnection>>, StartError> {
    let failed = |source| StartError::Listen { address, source };
    let mut threads = Vec::new();
    for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
        let (thread, connections) = mpsc::channel(CONNECTION_QUEUE);
        threads.push(thread);
        let work = serve(connections, state.with_own_connections());
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
    Ok(threads)
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), StartError> {
    let failed = |source| StartError::Listen { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    Ok((listener, address))
}

/// Opens the ledger, and logs what an operator should know of it.
async fn open(config: &Config) -> Result<(Ledger, JoinHandle<()>), OpenError> {
    let (ledger, writer) = Ledger::open(&config.ledger).await?;
    ledger.bind(&config.endpoints.ledger_names()).await?;
    // From now on this process knows its ledger again; why it cannot be written is in the log.
    let _ = ledger.probe().await;
    if config.ledger.is_in_clear() {
        tracing::warn!("purchases and the password cross the network to the ledger in clear");
    }
    let ahead = clock::now() - ledger.now().await?;
    if ahead.abs() >= ledger::CLOCK_SKEW_WARNING {
        tracing::warn!(
            seconds_ahead = ahead / 1000,
            "the clock of this machine is not that of the ledger's server, by which purchases age: set it, and keep it set with NTP"
        );
    }
    Ok((ledger, writer))
}

impl Running {
    /// The address for a browser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The operator's address, when it is another one.
    #[must_use]
    pub fn operator_url(&self) -> Option<String> {
        self.operator.map(|address| format!("http://{address}"))
    }

    /// Reads tokens, catalogue, accounts and keys again; no request notices. A file that cannot be read leaves them as they were, and the log says why.
    pub async fn reload(&self, settings: &ProxySettings) {
        let mut errors = self.reloadable.reload(settings);
        match settings.accounts() {
            Ok(file) => self.accounts.replace(file),
            Err(error) => errors.push(error),
        }
        for error in &errors {
            tracing::error!(%error, "what was read before is used on");
        }
        let renewed = self.credentials.refresh().await && self.accounts.refresh().await;
        if errors.is_empty() && renewed {
            tracing::info!("tokens, catalogue, accounts and keys were read again");
        }
    }

    /// Takes no more requests, and returns when those in flight are answered or have timed out.
    pub async fn stop(self) {
        let _ = self.end.send(true);
        let _ = self.task.await;
    }
}

/// Binds the ledger to the account as soon as that is known. A page that signs by itself has an account of its own.
async fn watch_account(state: Arc<AppState>, ended: watch::Receiver<bool>) {
    if !state.config.relay {
        state.own.account.watch(&state.ledger, ended).await;
    }
}
