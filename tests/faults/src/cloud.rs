//! The cloud: an emulator with faults for each region.

use havenask_core::{
    Algorithm, Credentials, Endpoint, SigningContext, Timestamp, model::ListInstancesRequest,
    model::MAX_PAGE_SIZE, operation::list_instances, purchase::PURCHASE_TAG, sign,
};
use havenask_emulator::{
    Emulator, EmulatorConfig, ErrorFormat, Fault, FaultRule as Rule, RunningEmulator,
};
use serde_json::Value;

use crate::{
    Result, http,
    order::{self, ORDER},
};

pub(crate) const KEY: &str = "testid";
pub(crate) const SECRET: &str = "testsecret";
/// Seconds for which some instances are in no list.
const LATE: u32 = 5;

/// A region of the cloud: an emulator with faults.
pub(crate) struct Cloud {
    region: &'static str,
    running: RunningEmulator,
    seed: u64,
}

/// An instance that was bought.
#[derive(Clone, Debug)]
pub(crate) struct Bought {
    pub(crate) id: String,
    /// The key that its tag names.
    pub(crate) key: Option<String>,
    /// The order that another tag names.
    pub(crate) order: Option<String>,
}

impl Cloud {
    pub(crate) async fn start(region: &'static str, seed: u64) -> Result<Self> {
        let running = Emulator::start(EmulatorConfig::new(KEY, SECRET)).await?;
        let create = |fault| Rule::new(fault).on("CreateInstance");
        let list = |fault| Rule::new(fault).on("ListInstances");
        let price = |fault| Rule::new(fault).on("GetApiPrice");
        let refuse = |code: &str, committed| Fault::Refuse { code: code.into(), committed };
        let error = |status, format, committed| Fault::Error { status, format, committed };
        let rules = [
            (create(Fault::LateVisibility { seconds: LATE }), 0.2),
            (create(Fault::CloseBeforeReading), 0.03),
            (create(Fault::CloseAfterCommit), 0.05),
            (create(Fault::HalfAnswer), 0.03),
            (create(error(502, ErrorFormat::Html, true)), 0.03),
            (create(error(500, ErrorFormat::Json, false)), 0.01),
            (create(error(503, ErrorFormat::Json, true)), 0.01),
            (create(Fault::Throttle { retry_after: 200 }), 0.05),
            (create(refuse("InvalidPayMethod", false)), 0.02),
            // Something in between sends a request twice, and the second is refused.
            (create(refuse("SignatureNonceUsed", true)), 0.02),
            (create(refuse("Throttling.User", true)), 0.02),
            (create(Fault::Delay { milliseconds: 300 }), 0.03),
            // Longer than the proxy waits: the instance comes after it has given up.
            (create(Fault::Delay { milliseconds: 3000 }), 0.01),
            (create(Fault::LateAnswer { milliseconds: 3000 }), 0.01),
            (create(Fault::SlowBytes { bytes_per_second: 500 }), 0.01),
            (price(Fault::ChangePrice { percent: 120 }), 0.1),
            (price(Fault::ChangePrice { percent: 90 }), 0.1),
            (price(Fault::SoftFailure), 0.03),
            (price(Fault::HalfAnswer), 0.02),
            (price(Fault::Delay { milliseconds: 300 }), 0.03),
            (list(error(503, ErrorFormat::Html, false)), 0.05),
            (list(Fault::HalfAnswer), 0.02),
            (list(Fault::Throttle { retry_after: 200 }), 0.02),
        ];
        for (number, (rule, share)) in (0..).zip(rules) {
            running.faults().add(rule.sometimes(share, seed.wrapping_mul(100) + number))?;
        }
        Ok(Self { region, running, seed })
    }

    /// The option of a proxy that sends to it.
    pub(crate) fn upstream(&self) -> String {
        format!("{}={}", self.region, self.running.url())
    }

    /// Faults by their rule, and how often each happened.
    pub(crate) fn faults(&self) -> Vec<(String, u64)> {
        let rules = self.running.faults().list();
        rules.into_iter().map(|it| (format!("{:?}", it.rule.fault), it.hit)).collect()
    }

    /// All instances, when the last one is in the list.
    pub(crate) async fn instances(&self) -> Result<Vec<Bought>> {
        self.running
            .faults()
            .list()
            .iter()
            .filter(|it| it.rule.filter.operation.as_deref() == Some("ListInstances"))
            .for_each(|it| {
                self.running.faults().remove(it.id);
            });
        tokio::time::sleep(std::time::Duration::from_secs(u64::from(LATE) + 1)).await;
        let mut all = Vec::new();
        for page in 1.. {
            let found = self.page(page).await?;
            if found.is_empty() {
                break;
            }
            all.extend(found);
        }
        let is_elsewhere =
            |it: &&Bought| it.order.as_deref().map(order::region) != Some(self.region);
        if let Some(elsewhere) = all.iter().find(is_elsewhere) {
            return Err(format!(
                "bought in {}, which was not asked for: {elsewhere:?}",
                self.region
            )
            .into());
        }
        Ok(all)
    }

    async fn page(&self, page: u32) -> Result<Vec<Bought>> {
        let request = ListInstancesRequest {
            page_number: Some(page),
            page_size: Some(MAX_PAGE_SIZE),
            ..ListInstancesRequest::default()
        };
        let seconds = std::time::UNIX_EPOCH.elapsed()?.as_secs();
        let signed = sign::operation(
            list_instances(&request),
            &Endpoint::parse(self.running.url()).ok_or("the emulator has no address")?,
            &Credentials::new(KEY, SECRET),
            Algorithm::default(),
            &SigningContext {
                date: Timestamp::from_unix(i64::try_from(seconds)?),
                nonce: format!("campaign-{}-{page}-{}", self.seed, fastrand::u64(..)),
            },
        );
        let answer = http::send(signed.method.as_str(), &signed.url, &signed.headers, "").await?;
        let body: Value = serde_json::from_str(&answer.body)?;
        let result = body["result"].as_array().ok_or_else(|| answer.body.clone())?;
        let bought = |it: &Value| {
            let tag = |key: &str| {
                let mut tags = it["tags"].as_array().into_iter().flatten();
                let tag = tags.find(|tag| tag["key"] == key);
                tag.and_then(|tag| tag["value"].as_str()).map(str::to_owned)
            };
            let id = it["instanceId"].as_str().unwrap_or_default().to_owned();
            Bought { id, key: tag(PURCHASE_TAG), order: tag(ORDER) }
        };
        Ok(result.iter().map(bought).collect())
    }
}
