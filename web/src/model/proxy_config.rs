//! The configuration of the proxy, as far as the page needs it.

use havenask_core::{
    FromValue, Locale, ObjectReader, Property, REGIONS, Schema, Value,
    pricing::{Amount, Money},
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

/// The region in which the proxy buys. It is no part of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum BuyingRegion {
    /// Not known yet.
    #[default]
    Pending,
    /// One of these regions; orders go to the first, the default of the proxy.
    Among(Vec<String>),
    /// An address that belongs to no region, such as the emulator's.
    Any,
}

/// An option of the region control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RegionOption {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) disabled: bool,
}

impl BuyingRegion {
    /// The options of the region control.
    pub(crate) fn options(&self, locale: Locale) -> Vec<RegionOption> {
        let option = |id: &str| {
            let name = format::region(id, locale);
            let name = if name == id { name } else { [&name, " · ", id].concat() };
            // An order says no region yet: it goes to the default.
            let disabled = self.id().is_some_and(|default| default != id);
            RegionOption { value: id.to_owned(), name, disabled }
        };
        match self {
            Self::Pending | Self::Any => REGIONS.iter().map(|region| option(region.id)).collect(),
            Self::Among(ids) => ids.iter().map(|id| option(id)).collect(),
        }
    }

    /// The id of the region that orders go to, where there is one.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Among(ids) => ids.first().map(String::as_str),
            Self::Pending | Self::Any => None,
        }
    }

    /// The name of the region, given the one that is chosen in the form.
    pub(crate) fn name(&self, chosen: &str, locale: Locale) -> String {
        format::region(self.id().unwrap_or(chosen), locale)
    }

    /// The hint beside the control.
    pub(crate) const fn hint(&self) -> Option<Text> {
        match self {
            Self::Pending => None,
            Self::Among(_) => Some(texts::REGION_FIXED),
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
        Property::optional("regions", &Schema::List(&Schema::Text)),
        Property::required("allowPostpay", &Schema::Bool),
        Property::optional("allowAutoRenew", &Schema::Bool),
        Property::optional("pricing", &Schema::Bool),
        Property::optional("test", &Schema::Bool),
        Property::optional("account", PayingAccount::SCHEMA),
        Property::optional("balance", &Schema::Text),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        let flag = |name| fields.read::<Option<bool>>(name);
        let balance = fields.read::<Option<String>>("balance").and_then(|text| {
            let (currency, amount) = text.split_once(' ')?;
            Some((currency.to_owned(), Amount::parse(amount)?))
        });
        Self {
            balance,
            quotes: flag("pricing") == Some(true),
            is_test: flag("test") == Some(true),
            account: fields.read("account"),
            region: fields.read::<Option<String>>("region").map_or(BuyingRegion::Any, |default| {
                let regions = fields.read::<Option<Vec<String>>>("regions").unwrap_or_default();
                let others = regions.into_iter().filter(|id| *id != default);
                BuyingRegion::Among([default.clone()].into_iter().chain(others).collect())
            }),
            allow_postpay: fields.read("allowPostpay"),
            refuses_renewal: flag("allowAutoRenew") == Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that can be chosen.
    fn chosen_items(region: &BuyingRegion) -> Vec<String> {
        let options = region.options(Locale::En).into_iter();
        options.filter(|it| !it.disabled).map(|it| it.value).collect()
    }

    #[test]
    fn enabled_options() {
        assert_eq!(chosen_items(&BuyingRegion::Any).len(), REGIONS.len());
        assert_eq!(chosen_items(&BuyingRegion::Among(vec!["cn-beijing".into()])), ["cn-beijing"]);
        assert_eq!(chosen_items(&BuyingRegion::Among(vec!["mars-1".into()])), ["mars-1"]);
        let two = BuyingRegion::Among(vec!["cn-beijing".into(), "mars-1".into()]);
        let names: Vec<_> = two.options(Locale::En).into_iter().map(|it| it.name).collect();
        assert_eq!(names, ["China (Beijing) · cn-beijing", "mars-1"]);
        assert_eq!(chosen_items(&two), ["cn-beijing"]);
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
        for (region, name) in [
            (BuyingRegion::Any, "Singapore"),
            (BuyingRegion::Among(vec!["cn-beijing".into()]), "China (Beijing)"),
        ] {
            assert_eq!(region.name("ap-southeast-1", Locale::En), name);
        }
    }
}
