//! Buys an instance: checks the request, signs it, sends it, and reads what became of it. Prints the id of the instance.
//!
//! At the emulator it costs nothing; README.md says how. At the cloud it pays, and a second run buys a second instance: the
//! API has no idempotency token, so nothing here is tried again. The exit status is 1 when nothing was bought, and 2 when
//! an instance may have been bought all the same.

use std::{
    env,
    error::Error,
    process::ExitCode,
    time::{Duration, SystemTime},
};

use havenask_core::{
    Algorithm, Credentials, Endpoint, ErrorCode, Failure, Locale, PurchaseOutcome, Severity,
    SignedRequest, SigningContext, Timestamp,
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle},
    operation,
    response::{self, Created},
    rules, sign,
};
use ureq::Agent;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let request = CreateInstanceRequest {
        charge_type: Some(ChargeType::Prepay),
        components: Some(vec![Component::new("searcherdocsize", "200")]),
        order: Some(Order {
            auto_renew: Some(false),
            duration: Some(1),
            pricing_cycle: Some(PricingCycle::Month),
        }),
        ..CreateInstanceRequest::default()
    };
    let problems = rules::check(&request, &rules::Options::default());
    for problem in &problems {
        eprintln!("{}: {}", problem.path, problem.message);
    }
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return Ok(ExitCode::from(1));
    }

    let signed = sign::operation(
        operation::create_instance(&request, None),
        &endpoint()?,
        &credentials()?,
        Algorithm::default(),
        &stamp()?,
    );
    match send(&signed) {
        Ok(created) => {
            println!("{}", created.instance_id);
            Ok(ExitCode::SUCCESS)
        }
        Err(failure) => {
            // Below the first line the cloud quotes the whole request, a security token too.
            let message = failure.message.lines().next().unwrap_or_default();
            eprintln!("{}: {message} {}", failure.code, failure.remedy);
            Ok(ExitCode::from(if failure.outcome == PurchaseOutcome::NotCreated { 1 } else { 2 }))
        }
    }
}

/// The cloud's own is `Endpoint::public("cn-hangzhou")`.
fn endpoint() -> Result<Endpoint, String> {
    let text = env::var("HAVENASK_ENDPOINT").unwrap_or("http://127.0.0.1:8081".to_owned());
    Endpoint::parse(&text).ok_or(format!("HAVENASK_ENDPOINT is no endpoint: {text}"))
}

fn credentials() -> Result<Credentials, String> {
    let read = |name| env::var(name).map_err(|error| format!("{name}: {error}"));
    let (id, secret) =
        (read("ALIBABA_CLOUD_ACCESS_KEY_ID")?, read("ALIBABA_CLOUD_ACCESS_KEY_SECRET")?);
    let credentials = Credentials::new(id, secret);
    Ok(match env::var("ALIBABA_CLOUD_SECURITY_TOKEN") {
        Ok(token) if !token.is_empty() => credentials.with_security_token(token),
        _ => credentials,
    })
}

/// The core knows neither the time nor chance.
fn stamp() -> Result<SigningContext, Box<dyn Error>> {
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let mut random = [0; 16];
    getrandom::fill(&mut random)?;
    let date = Timestamp::from_unix(i64::try_from(seconds)?);
    Ok(SigningContext { date, nonce: sign::nonce(&random) })
}

fn send(signed: &SignedRequest) -> Result<Created, Failure> {
    // A redirect that is followed may buy somewhere else, or twice.
    let agent = Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None);
    let agent = agent.timeout_global(Some(Duration::from_secs(30))).build().new_agent();
    let mut post = agent.post(&signed.url);
    for (name, value) in &signed.headers {
        post = post.header(name, value);
    }
    let answer = post.send(signed.body.as_slice()).map_err(|error| lost(&error))?;
    let status = answer.status().as_u16();
    let text = answer.into_body().read_to_string().map_err(|error| lost(&error))?;
    response::parse_created(status, serde_json::from_str(&text).ok().as_ref(), Locale::En)
}

/// No answer: nothing was bought only where there was nobody to send it to.
fn lost(error: &ureq::Error) -> Failure {
    let refused = |error: &std::io::Error| error.kind() == std::io::ErrorKind::ConnectionRefused;
    let fault = match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => ErrorCode::UpstreamUnreachable,
        ureq::Error::Io(error) if refused(error) => ErrorCode::UpstreamUnreachable,
        _ => ErrorCode::UpstreamTimeout,
    };
    Failure::new(fault, Locale::En)
}
