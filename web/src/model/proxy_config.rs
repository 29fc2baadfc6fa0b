//! The configuration of the proxy, as far as the page needs it.

use havenask_core::{
    FromValue, Locale, ObjectReader, Property, REGIONS, Schema, Value,
    pricing::{Amount, Money},
    purchase::TermsUrl,
};

use crate::{
    format,
    texts::{Text, form as texts, price as prices},
};

/// The configuration of the proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub(crate) struct ProxyConfig {
    pub(crate) region: BuyingRegion,
    pub(crate) allow_postpay: bool,
    /// The proxy forbids automatic renewal.
    pub(crate) refuses_renewal: bool,
    /// The proxy asks the cloud for prices.
    pub(crate) quotes: bool,
    /// The proxy buys at an emulator, where nobody pays.
    pub(crate) is_test: bool,
    /// The terms that the proxy requires consent to.
    pub(crate) terms_url: Option<TermsUrl>,
    /// Seconds after which half of the last instances were READY, where that is known.
    pub(crate) expected_ready_seconds: Option<u32>,
    /// The account that pays, where it is known.
    pub(crate) account: Option<PayingAccount>,
    /// The currency and the amount that the account has.
    pub(crate) balance: Option<(String, Amount)>,
}

/// An account of the cloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PayingAccount {
    id: String,
    arn: String,
}

/// The regions in which the proxy buys. They are no part of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum BuyingRegion {
    /// Not known yet.
    #[default]
    Pending,
    /// These regions, the one of orders that name none first.
    Served(Vec<String>),
    /// An address that belongs to no region, such as the emulator's.
    Any,
}

impl BuyingRegion {
    /// The options of the region control: ids and names.
    pub(crate) fn options(&self, locale: Locale) -> Vec<(String, String)> {
        let option = |id: &str| (id.to_owned(), format::region_option(id, locale));
        match self {
            Self::Served(ids) => ids.iter().map(|id| option(id)).collect(),
            Self::Pending | Self::Any => REGIONS.iter().map(|region| option(region.id)).collect(),
        }
    }

    /// The region that stands for the one that is chosen: itself, where it is served.
    pub(crate) fn or_default<'a>(&'a self, chosen: &'a str) -> &'a str {
        match self {
            Self::Served(ids) => match ids.first() {
                Some(first) if ids.iter().all(|id| id != chosen) => first,
                _ => chosen,
            },
            Self::Any if REGIONS.iter().all(|region| region.id != chosen) => REGIONS[0].id,
            Self::Pending | Self::Any => chosen,
        }
    }

    /// The region that an order goes to, where it is known.
    pub(crate) fn served(&self, chosen: &str) -> Option<String> {
        matches!(self, Self::Served(_)).then(|| self.or_default(chosen).to_owned())
    }

    /// The regions among which there is a choice: several, or none.
    pub(crate) fn choice(&self) -> &[String] {
        match self {
            Self::Served(ids) if ids.len() > 1 => ids,
            _ => &[],
        }
    }

    /// The region that requests must name: none where there is no choice.
    pub(crate) fn named(&self, chosen: &str) -> Option<String> {
        (!self.choice().is_empty()).then(|| self.or_default(chosen).to_owned())
    }

    /// The name of the region, given the one that is chosen in the form.
    pub(crate) fn name(&self, chosen: &str, locale: Locale) -> String {
        format::region(self.or_default(chosen), locale)
    }

    /// The hint beside the control.
    pub(crate) fn hint(&self) -> Option<Text> {
        match self {
            Self::Served(ids) if ids.len() == 1 => Some(texts::REGION_FIXED),
            Self::Pending | Self::Served(_) => None,
            Self::Any => Some(texts::REGION_ANY),
        }
    }
}

impl ProxyConfig {
    /// The balance in words, where it is below the price.
    pub(crate) fn low_balance(&self, price: &Money) -> Option<String> {
        let (currency, balance) = self.balance.as_ref()?;
        let is_low = *currency == price.currency && *balance < price.amount;
        is_low.then(|| [currency, " ", &balance.grouped()].concat())
    }
}

impl PayingAccount {
    /// The account, and the RAM user or the role whose credentials the proxy has: `acs:ram::1234:assumed-role/buyer/session`.
    pub(crate) fn in_words(&self, locale: Locale) -> String {
        let account = prices::ACCOUNT.with(locale, &self.id);
        let mut name = self.arn.rsplit(':').next().unwrap_or_default().split('/');
        let text = match name.next() {
            Some("user") => prices::USER,
            Some("role" | "assumed-role") => prices::ROLE,
            _ => return account,
        };
        let name = text.with(locale, name.next().unwrap_or_default());
        [&account, locale.localized(", ", "，"), &name].concat()
    }
}

impl FromValue for PayingAccount {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::required("id", &Schema::Text),
        Property::required("arn", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        Self { id: fields.read("id"), arn: fields.read("arn") }
    }
}

impl FromValue for ProxyConfig {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::optional("region", &Schema::Text),
        Property::optional("regions", Vec::<String>::SCHEMA),
        Property::required("allowPostpay", &Schema::Bool),
        Property::optional("allowAutoRenew", &Schema::Bool),
        Property::optional("pricing", &Schema::Bool),
        Property::optional("test", &Schema::Bool),
        Property::optional("termsUrl", &Schema::Text),
        Property::optional("expectedReadySeconds", &Schema::Integer),
        Property::optional("account", PayingAccount::SCHEMA),
        Property::optional("balance", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        let flag = |name| fields.read::<Option<bool>>(name);
        let text = |name| fields.read::<Option<String>>(name);
        let balance = text("balance").and_then(|text| {
            let (currency, amount) = text.split_once(' ')?;
            Some((currency.to_owned(), Amount::parse(amount)?))
        });
        // A proxy of one region may tell it alone.
        let region = || text("region").into_iter().collect();
        let regions = fields.read::<Option<Vec<String>>>("regions").filter(|ids| !ids.is_empty());
        let regions = regions.unwrap_or_else(region);
        Self {
            balance,
            quotes: flag("pricing") == Some(true),
            is_test: flag("test") == Some(true),
            terms_url: text("termsUrl").as_deref().and_then(TermsUrl::parse),
            expected_ready_seconds: fields.read("expectedReadySeconds"),
            account: fields.read("account"),
            region: if regions.is_empty() {
                BuyingRegion::Any
            } else {
                BuyingRegion::Served(regions)
            },
            allow_postpay: fields.read("allowPostpay"),
            refuses_renewal: flag("allowAutoRenew") == Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn served(ids: &[&str]) -> BuyingRegion {
        BuyingRegion::Served(ids.iter().map(|id| (*id).to_owned()).collect())
    }

    #[test]
    fn the_regions_that_are_offered() {
        let offered = |region: BuyingRegion| {
            let options = region.options(Locale::En).into_iter();
            options.map(|(id, _)| id).collect::<Vec<_>>()
        };
        assert_eq!(offered(BuyingRegion::Any).len(), REGIONS.len());
        let ids = ["cn-beijing", "mars-1"];
        assert_eq!(offered(served(&ids)), ids);
    }

    #[test]
    fn the_region_of_a_request() {
        let both = served(&["cn-beijing", "mars-1"]);
        for (region, chosen, named) in [
            (&both, "mars-1", Some("mars-1")),
            (&both, "cn-hangzhou", Some("cn-beijing")),
            (&served(&["cn-beijing"]), "cn-beijing", None),
            (&BuyingRegion::Any, "cn-hangzhou", None),
        ] {
            assert_eq!(region.named(chosen).as_deref(), named, "{region:?}");
        }
    }

    #[test]
    fn the_regions_that_a_proxy_tells() {
        let text = |text: &str| Value::Text(text.to_owned().into());
        for (more, region) in [
            (vec![], BuyingRegion::Any),
            (vec![("region", text("cn-beijing"))], served(&["cn-beijing"])),
            (vec![("regions", Value::List(vec![]))], BuyingRegion::Any),
            (vec![("regions", Value::List(vec![text("a"), text("b")]))], served(&["a", "b"])),
        ] {
            let fields = [("allowPostpay", Value::Bool(false))].into_iter().chain(more);
            let config = Value::Object(fields.map(|(name, value)| (name.into(), value)).collect());
            assert_eq!(ProxyConfig::from_checked(&config).region, region);
        }
    }

    #[test]
    fn the_account_in_words() {
        for (arn, en) in [
            ("acs:ram::12:root", "Account 12"),
            ("acs:ram::12:user/alice", "Account 12, user alice"),
            ("acs:ram::12:assumed-role/buyer/session-1", "Account 12, role buyer"),
            ("", "Account 12"),
        ] {
            let account = PayingAccount { id: "12".to_owned(), arn: arn.to_owned() };
            assert_eq!(account.in_words(Locale::En), en);
        }
    }

    #[test]
    fn a_balance_below_the_price() {
        let price = Money::parse("CNY 100.00").unwrap();
        for (balance, low) in [
            ("CNY 99.99", Some("CNY 99.99")),
            ("CNY -11.19", Some("CNY -11.19")),
            ("CNY 100", None),
            ("USD 1", None),
            ("nothing", None),
        ] {
            let fields =
                [("allowPostpay", Value::Bool(false)), ("balance", Value::Text(balance.into()))];
            let config = Value::Object(fields.map(|(name, value)| (name.into(), value)).into());
            let config = ProxyConfig::from_checked(&config);
            assert_eq!(config.low_balance(&price).as_deref(), low, "{balance}");
        }
    }

    #[test]
    fn the_region_in_words() {
        for (region, name) in
            [(BuyingRegion::Any, "Singapore"), (served(&["cn-beijing"]), "China (Beijing)")]
        {
            assert_eq!(region.name("ap-southeast-1", Locale::En), name);
        }
    }
}
