//! The configuration of the proxy, as far as the page needs it.

use havenask_core::{FromValue, Locale, ObjectReader, Property, REGIONS, Schema, Value};

use crate::{
    format,
    texts::{Text, form as texts},
};

/// The configuration of the proxy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ProxyConfig {
    pub(crate) region: BuyingRegion,
    pub(crate) allow_postpay: bool,
    /// The proxy forbids automatic renewal.
    pub(crate) refuses_renewal: bool,
}

/// The region in which the proxy buys. It is no part of an order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum BuyingRegion {
    /// Not known yet.
    #[default]
    Pending,
    /// This region.
    Fixed(String),
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
        let mut options: Vec<RegionOption> = REGIONS
            .iter()
            .map(|region| RegionOption {
                value: region.id.to_owned(),
                name: format!("{} · {}", locale.localized(region.en, region.zh), region.id),
                disabled: match self {
                    Self::Pending | Self::Any => false,
                    Self::Fixed(id) => id != region.id,
                },
            })
            .collect();
        if let Self::Fixed(id) = self
            && REGIONS.iter().all(|region| region.id != id)
        {
            options
                .insert(0, RegionOption { value: id.clone(), name: id.clone(), disabled: false });
        }
        options
    }

    /// The name of the region, given the one that is chosen in the form.
    pub(crate) fn name(&self, chosen: &str, locale: Locale) -> String {
        match self {
            Self::Fixed(id) => format::region(id, locale),
            Self::Pending | Self::Any => format::region(chosen, locale),
        }
    }

    /// The hint beside the control.
    pub(crate) const fn hint(&self) -> Option<Text> {
        match self {
            Self::Pending => None,
            Self::Fixed(_) => Some(texts::REGION_FIXED),
            Self::Any => Some(texts::REGION_ANY),
        }
    }
}

impl FromValue for ProxyConfig {
    const SCHEMA: &'static Schema = &Schema::OpenObject(&[
        Property::optional("region", &Schema::Text),
        Property::required("allowPostpay", &Schema::Bool),
        Property::optional("allowAutoRenew", &Schema::Bool),
    ]);

    fn from_checked(value: &Value<'_>) -> Self {
        let fields = ObjectReader::new(value);
        Self {
            region: fields
                .read::<Option<String>>("region")
                .map_or(BuyingRegion::Any, BuyingRegion::Fixed),
            allow_postpay: fields.read("allowPostpay"),
            refuses_renewal: fields.read::<Option<bool>>("allowAutoRenew") == Some(false),
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
        assert_eq!(chosen_items(&BuyingRegion::Fixed("cn-beijing".into())), ["cn-beijing"]);
        assert_eq!(chosen_items(&BuyingRegion::Fixed("mars-1".into())), ["mars-1"]);
    }

    #[test]
    fn the_region_in_words() {
        for (region, name) in [
            (BuyingRegion::Any, "Singapore"),
            (BuyingRegion::Fixed("cn-beijing".into()), "China (Beijing)"),
        ] {
            assert_eq!(region.name("ap-southeast-1", Locale::En), name);
        }
    }
}
