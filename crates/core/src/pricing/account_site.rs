//! The two sites of Alibaba Cloud, and the hosts that each has for questions about money.

use alloc::{borrow::ToOwned, string::String};

use crate::strings::concat;

/// The site that an account belongs to. It is a property of the account; a region only hints at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountSite {
    /// `www.aliyun.com`.
    China,
    /// `www.alibabacloud.com`.
    International,
}

impl AccountSite {
    /// The host of `CloudControl`, which quotes prices: for a region as in the endpoint map of `alibabacloud-cloudcontrol20220830` 1.3.1,
    /// unless the site is known.
    #[must_use]
    pub fn cloud_control(site: Option<Self>, region: &str) -> &'static str {
        let by_region = if region.starts_with("cn-") && region != "cn-hongkong" {
            Self::China
        } else {
            Self::International
        };
        match site.unwrap_or(by_region) {
            Self::China => "cloudcontrol.aliyuncs.com",
            Self::International => "cloudcontrol.ap-southeast-1.aliyuncs.com",
        }
    }

    /// The host of the billing API: for a region as in the endpoint map of `alibabacloud-bssopenapi20171214` 5.1.2, which counts Hong
    /// Kong to China, unless the site is known.
    #[must_use]
    pub fn billing(site: Option<Self>, region: &str) -> &'static str {
        let by_region = if region.starts_with("cn-") { Self::China } else { Self::International };
        match site.unwrap_or(by_region) {
            Self::China => "business.aliyuncs.com",
            Self::International => "business.ap-southeast-1.aliyuncs.com",
        }
    }

    /// The host of STS: of the region, by the rule of `alibabacloud-sts20150401` 1.2.0; without a region the central one.
    #[must_use]
    pub fn sts(region: Option<&str>) -> String {
        match region {
            Some(region) => concat(&["sts.", region, ".aliyuncs.com"]),
            None => "sts.aliyuncs.com".to_owned(),
        }
    }
}
