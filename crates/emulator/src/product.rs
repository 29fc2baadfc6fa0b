//! Products of the cloud whose operations the emulator has.

use havenask_core::{
    identity::STS_VERSION,
    operation::{API_VERSION, PRODUCT},
    pricing::{CLOUD_CONTROL_VERSION, bss::BSS_VERSION},
};

/// A product of the cloud, in one version of its API.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ApiProduct {
    /// Name, as RAM writes it.
    pub(crate) code: &'static str,
    pub(crate) version: &'static str,
    pub(crate) failures: FailureStyle,
}

/// Style of the failures behind the gateway, whose own are in upper case in every product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureStyle {
    /// Errors of the service, in lower case.
    LowerCaseError,
    /// Errors in upper case, as of the gateway.
    UpperCaseError,
    /// Those of the business have the status 200 and `success: false`, in lower case; all others as of the gateway.
    LowerCaseSuccessFalse,
    /// Those of the business have the status 200 and `Success: false`, in upper case; all others as of the gateway.
    UpperCaseSuccessFalse,
}

impl ApiProduct {
    /// Returns true if the business of the product fails with the status 200.
    pub(crate) const fn has_business_failures(&self) -> bool {
        matches!(
            self.failures,
            FailureStyle::LowerCaseSuccessFalse | FailureStyle::UpperCaseSuccessFalse
        )
    }
}

/// OpenSearch Havenask.
pub(crate) const HAVENASK: ApiProduct =
    ApiProduct { code: PRODUCT, version: API_VERSION, failures: FailureStyle::LowerCaseError };

/// Prices of calls.
pub(crate) const CLOUD_CONTROL: ApiProduct = ApiProduct {
    code: "cloudcontrol",
    version: CLOUD_CONTROL_VERSION,
    failures: FailureStyle::LowerCaseSuccessFalse,
};

/// Billing, RPC style.
pub(crate) const BSS: ApiProduct = ApiProduct {
    code: "bssapi",
    version: BSS_VERSION,
    failures: FailureStyle::UpperCaseSuccessFalse,
};

/// Identities, RPC style.
pub(crate) const STS: ApiProduct =
    ApiProduct { code: "sts", version: STS_VERSION, failures: FailureStyle::UpperCaseError };
