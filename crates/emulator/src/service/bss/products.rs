//! A sample of the products that an account can buy.

/// Product of billing.
pub(super) struct BillingProduct {
    pub(super) code: &'static str,
    /// Empty for some.
    pub(super) product_type: &'static str,
    pub(super) subscription_type: &'static str,
    pub(super) name: &'static str,
}

/// The product with the components of the sample catalogue. Its codes are made up: those of Havenask are unpublished.
pub(super) const HAVENASK: BillingProduct =
    product("sample-havenask", "sample_havenask_pre", SUBSCRIPTION, "OpenSearch Havenask (sample)");

const SUBSCRIPTION: &str = "Subscription";
const PAY_AS_YOU_GO: &str = "PayAsYouGo";

pub(super) const PRODUCTS: [BillingProduct; 12] = [
    product("bwp", "", SUBSCRIPTION, "Shared bandwidth"),
    product("cdn", "CDN", PAY_AS_YOU_GO, "CDN"),
    product("ecs", "ecs", SUBSCRIPTION, "云服务器 ECS"),
    product("ecs", "ecs", PAY_AS_YOU_GO, "云服务器 ECS"),
    product("eip", "eip", PAY_AS_YOU_GO, "弹性公网 IP"),
    product("oss", "oss", PAY_AS_YOU_GO, "对象存储 OSS"),
    product("rds", "rds", SUBSCRIPTION, "云数据库 RDS"),
    product("rds", "bards", PAY_AS_YOU_GO, "云数据库 RDS"),
    HAVENASK,
    product("slb", "slb", PAY_AS_YOU_GO, "负载均衡 SLB"),
    product("sls", "sls", PAY_AS_YOU_GO, "日志服务 SLS"),
    product("waf", "waf_v3prepaid_public_cn", SUBSCRIPTION, "Web 应用防火墙"),
];

const fn product(
    code: &'static str,
    product_type: &'static str,
    subscription_type: &'static str,
    name: &'static str,
) -> BillingProduct {
    BillingProduct { code, product_type, subscription_type, name }
}

impl BillingProduct {
    /// Returns true if it is the product of these codes.
    pub(super) fn is(&self, code: &str, product_type: &str, subscription_type: &str) -> bool {
        (self.code, self.product_type, self.subscription_type)
            == (code, product_type, subscription_type)
    }
}
