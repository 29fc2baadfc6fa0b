//! A pool of connections for queries. hyper-util has a pool too, for many hosts and many threads; with one host, and a pool for each
//! thread, a list does.

use std::{
    mem,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use axum::body::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response, Uri,
    body::Incoming,
    client::conn::http1::{self, SendRequest},
    service::Service,
};
use hyper_util::service::TowerToHyperService;

use super::{
    connector::Connector,
    error::{Cause, SendError},
};

/// Idle connections, at most.
const MAX_IDLE: usize = 64;
/// The time after which an idle connection is dropped: what stands in between may have forgotten it.
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);

pub(super) type Sender = SendRequest<Full<Bytes>>;

/// Connections to one endpoint.
pub(super) struct ConnectionPool {
    connector: TowerToHyperService<Connector>,
    idle: Mutex<Vec<(Sender, Instant)>>,
}

impl ConnectionPool {
    pub(super) fn new(connector: Connector) -> Self {
        Self { connector: TowerToHyperService::new(connector), idle: Mutex::default() }
    }

    /// Sends a query, and returns the connection too, to be checked in when the response is read.
    pub(super) async fn send(
        &self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, Sender), SendError> {
        let address = to_origin_form(&mut request);
        while let Some(mut sender) = self.checkout() {
            match sender.try_send_request(request).await {
                Ok(response) => return Ok((response, sender)),
                // It closed in between: another one.
                Err(mut error) => match error.take_message() {
                    Some(unsent) => request = unsent,
                    None => return Err(SendError::sent(error.into_error())),
                },
            }
        }
        self.send_fresh(address, request).await
    }

    /// Sends a request once, over a connection of its own, which is returned too: it lives as long as the response is read.
    pub(super) async fn send_once(
        &self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, Sender), SendError> {
        let address = to_origin_form(&mut request);
        self.send_fresh(address, request).await
    }

    async fn send_fresh(
        &self,
        address: Uri,
        request: Request<Full<Bytes>>,
    ) -> Result<(Response<Incoming>, Sender), SendError> {
        let mut sender = self.connect(address).await.map_err(SendError::unsent)?;
        let response = sender.send_request(request).await.map_err(SendError::sent)?;
        Ok((response, sender))
    }

    /// Takes a connection back.
    pub(super) fn checkin(&self, sender: Sender) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE {
            idle.push((sender, Instant::now()));
        }
    }

    /// Closes all that are not in use: their buffers hold what was sent last, token and all.
    pub(super) fn clear(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The one that was used last.
    fn checkout(&self) -> Option<Sender> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let (sender, since) = idle.pop()?;
        if since.elapsed() < IDLE_TIMEOUT {
            return Some(sender);
        }
        // The others have waited even longer.
        idle.clear();
        None
    }

    /// Makes a connection.
    pub(super) async fn connect(&self, address: Uri) -> Result<Sender, Cause> {
        let stream = self.connector.call(address).await?;
        let (sender, connection) = http1::handshake(stream).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to the cloud broke");
            }
        });
        Ok(sender)
    }
}

/// Leaves the path alone, as it is said on a connection to a host; returns the whole address.
fn to_origin_form(request: &mut Request<Full<Bytes>>) -> Uri {
    let target = request.uri().path_and_query().cloned().map(Uri::from).unwrap_or_default();
    mem::replace(request.uri_mut(), target)
}
