//! What the proxy tells the page about itself.

use havenask_client::Client;
use havenask_core::{
    Failure, FromValue, Locale, ObjectReader, Property, REGIONS, Schema, Value,
    catalog::{self, Catalog},
    proxy_api::CONFIG,
};

use leptos::leptos_dom::helpers::TimeoutHandle;

use crate::{
    texts::{Text, form as texts},
    words,
};

/// What the proxy tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) region: Region,
    pub(crate) allow_postpay: bool,
    /// Forbids that an instance renews itself.
    pub(crate) refuses_renewal: bool,
}

/// Where the proxy buys. The region is no part of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Region {
    /// It has not answered yet.
    #[default]
    Asked,
    /// In this one.
    Fixed(String),
    /// At an address that belongs to no region, such as the emulator's.
    Any,
}

/// Knowledge that buying needs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contact {
    /// Tells whether the proxy has answered once.
    pub(crate) is_made: bool,
    /// Failure that came instead of an answer when it was asked last.
    pub(crate) proxy: Option<Failure>,
    /// Reason why what the host sells is no catalogue.
    pub(crate) catalog: Option<Failure>,
    /// Catalogue of the proxy.
    pub(crate) sold: Option<Catalog>,
    /// Until the proxy is asked again.
    pub(crate) timer: Option<TimeoutHandle>,
}

impl Contact {
    /// Returns whether it can be bought.
    pub(crate) const fn is_open(&self) -> bool {
        self.is_made && self.catalog.is_none()
    }

    /// Returns the reason why it cannot be bought, once that is known.
    pub(crate) fn failure(&self) -> Option<&Failure> {
        self.catalog.as_ref().or(self.proxy.as_ref())
    }
}

/// A region to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) name: String,
    pub(crate) disabled: bool,
}

impl Region {
    /// What the control of the region offers.
    pub(crate) fn choices(&self, locale: Locale) -> Vec<Choice> {
        let mut choices: Vec<Choice> = REGIONS
            .iter()
            .map(|region| Choice {
                value: region.id.to_owned(),
                name: format!("{} · {}", locale.localized(region.en, region.zh), region.id),
                disabled: match self {
                    Self::Asked | Self::Any => false,
                    Self::Fixed(id) => id != region.id,
                },
            })
            .collect();
        if let Self::Fixed(id) = self
            && REGIONS.iter().all(|region| region.id != id)
        {
            choices.insert(0, Choice { value: id.clone(), name: id.clone(), disabled: false });
        }
        choices
    }

    /// The region in words, given the one that is chosen in the form.
    pub(crate) fn name(&self, chosen: &str, locale: Locale) -> String {
        match self {
            Self::Fixed(id) => words::region(id, locale),
            Self::Asked | Self::Any => words::region(chosen, locale),
        }
    }

    /// What the choice means.
    pub(crate) const fn hint(&self) -> Option<Text> {
        match self {
            Self::Asked => None,
            Self::Fixed(_) => Some(texts::REGION_FIXED),
            Self::Any => Some(texts::REGION_ANY),
        }
    }
}

/// What the proxy tells of itself and of what it sells.
pub(crate) type Told = Result<(Config, Catalog), Failure>;

/// Asks the proxy about itself and what it sells.
pub(crate) async fn ask(client: &Client) -> Told {
    let config = client.parse(client.get(CONFIG).await?)?;
    Ok((config, client.parse(client.get(catalog::PATH).await?)?))
}

impl FromValue for Config {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::optional("region", &Schema::Text),
        Property::required("allowPostpay", &Schema::Bool),
        Property::optional("allowAutoRenew", &Schema::Bool),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        Self {
            region: fields.read::<Option<String>>("region").map_or(Region::Any, Region::Fixed),
            allow_postpay: fields.read("allowPostpay"),
            refuses_renewal: fields.read::<Option<bool>>("allowAutoRenew") == Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that can be chosen.
    fn offered(region: &Region) -> Vec<String> {
        let choices = region.choices(Locale::En).into_iter();
        choices.filter(|it| !it.disabled).map(|it| it.value).collect()
    }

    #[test]
    fn what_can_be_chosen() {
        assert_eq!(offered(&Region::Any).len(), REGIONS.len());
        assert_eq!(offered(&Region::Fixed("cn-beijing".into())), ["cn-beijing"]);
        assert_eq!(offered(&Region::Fixed("mars-1".into())), ["mars-1"]);
    }

    #[test]
    fn the_region_in_words() {
        for (region, name) in
            [(Region::Any, "Singapore"), (Region::Fixed("cn-beijing".into()), "China (Beijing)")]
        {
            assert_eq!(region.name("ap-southeast-1", Locale::En), name);
        }
    }
}
