//! The hosts by which the proxy is reached: any other is a name that a page has made to point here (DNS rebinding).

use std::net::IpAddr;

use axum::{
    extract::Request,
    http::{HeaderValue, header},
};
use havenask_core::{ErrorCode, Failure, Locale};

use super::peer::Peer;
use crate::{access::AllowedOrigins, config::Config};

/// Returns the host of a request when it is one of the proxy.
pub(super) fn check_host<'a>(
    config: &Config,
    peer: Peer,
    request: &'a Request,
    locale: Locale,
) -> Result<&'a str, Failure> {
    let host =
        single_host(request, locale)?.and_then(|host| host.to_str().ok()).unwrap_or_default();
    if is_own(config, peer, host) {
        Ok(host)
    } else {
        Err(Failure::new(ErrorCode::OriginNotAllowed, locale))
    }
}

/// Returns the host of a request; several are an error, since the next server may go by another of them.
pub(super) fn single_host(
    request: &Request,
    locale: Locale,
) -> Result<Option<&HeaderValue>, Failure> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let host = hosts.next();
    let target = request.uri().authority();
    let several = hosts.next().is_some()
        || target
            .is_some_and(|it| host.is_some_and(|host| host.as_bytes() != it.as_str().as_bytes()));
    if several {
        let said = locale.localized("The request names several hosts.", "请求指定了多个主机。");
        return Err(Failure {
            message: said.to_owned(),
            ..Failure::new(ErrorCode::InvalidRequest, locale)
        });
    }
    Ok(host)
}

fn is_own(config: &Config, peer: Peer, host: &str) -> bool {
    let Config { own_names, origins, listen, operator, .. } = config;
    let listen = if peer.operator { operator.unwrap_or(*listen) } else { *listen };
    let loopback = listen.ip().is_loopback();
    let name = name(host);
    let literal = name.trim_matches(['[', ']']).parse::<IpAddr>().ok();
    own_names.iter().any(|own| name.trim_end_matches('.').eq_ignore_ascii_case(own))
        || (loopback && is_of_this_machine(name, literal, origins, host))
        // A proxy without names is reached by all; Prometheus and Kubernetes ask by an address.
        || (!loopback && !host.is_empty() && (own_names.is_empty() || (peer.operator && literal.is_some())))
}

fn is_of_this_machine(
    name: &str,
    literal: Option<IpAddr>,
    origins: &AllowedOrigins,
    host: &str,
) -> bool {
    name.eq_ignore_ascii_case("localhost")
        || literal.is_some_and(|it| it.is_loopback())
        || origins.has_host(host)
}

/// A host without its port.
fn name(host: &str) -> &str {
    host.rsplit_once(':').map_or(host, |(name, port)| {
        if port.bytes().all(|byte| byte.is_ascii_digit()) { name } else { host }
    })
}
