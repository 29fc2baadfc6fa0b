//! What the proxy tells the page about itself.

use havenask_client::Client;
use havenask_core::{
    FromInput, Input, Locale, REGIONS,
    ask::CONFIG,
    catalog::{self, Catalog},
};

use crate::{
    texts::{Text, form as texts},
    words,
};

/// What the proxy tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) region: Region,
    pub(crate) allow_postpay: bool,
    /// Whether an instance may not renew itself.
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
    /// It does not say.
    Untold,
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
                name: format!("{} · {}", locale.pick(region.en, region.zh), region.id),
                disabled: match self {
                    Self::Asked | Self::Any => false,
                    Self::Fixed(id) => id != region.id,
                    Self::Untold => true,
                },
            })
            .collect();
        let own = match self {
            Self::Fixed(id) if REGIONS.iter().all(|region| region.id != id) => {
                Some((id.clone(), id.clone()))
            }
            Self::Untold => Some((String::new(), texts::REGION_OF_PROXY.get(locale).to_owned())),
            _ => None,
        };
        if let Some((value, name)) = own {
            choices.insert(0, Choice { value, name, disabled: false });
        }
        choices
    }

    /// The region in words, given the one that is chosen in the form.
    pub(crate) fn name(&self, chosen: &str, locale: Locale) -> String {
        match self {
            Self::Untold => texts::REGION_OF_PROXY.get(locale).to_owned(),
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
            Self::Untold => Some(texts::REGION_UNTOLD),
        }
    }
}

/// What the proxy tells of itself and of what it sells.
pub(crate) type Asked = (Config, Option<Catalog>);

/// Asks the proxy about itself and what it sells. One that does not answer this is no reason not to buy.
pub(crate) async fn ask(client: &Client) -> Asked {
    let config = client.get(CONFIG).await;
    let config = config.as_ref().and_then(read);
    let untold = Config { region: Region::Untold, ..Config::default() };
    let catalog = client.get(catalog::PATH).await;
    (config.unwrap_or(untold), catalog.and_then(|it| Catalog::from_input(it).ok()))
}

fn read(value: &Input<'static>) -> Option<Config> {
    let Input::Object(fields) = value else { return None };
    let get = |name: &str| fields.iter().find(|(known, _)| known == name).map(|it| &it.1);
    let region = match get("region") {
        Some(Input::Text(id)) => Region::Fixed(id.to_string()),
        Some(Input::Null) => Region::Any,
        _ => Region::Untold,
    };
    let allow_postpay = get("allowPostpay") == Some(&Input::Bool(true));
    let refuses_renewal = get("allowAutoRenew") == Some(&Input::Bool(false));
    Some(Config { region, allow_postpay, refuses_renewal })
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
        assert_eq!(offered(&Region::Untold), [""]);
    }

    #[test]
    fn the_region_in_words() {
        for (region, name) in [
            (Region::Any, "Singapore"),
            (Region::Fixed("cn-beijing".into()), "China (Beijing)"),
            (Region::Untold, "Set in the proxy"),
        ] {
            assert_eq!(region.name("ap-southeast-1", Locale::En), name);
        }
    }
}
