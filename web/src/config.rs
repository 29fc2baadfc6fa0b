//! What the proxy tells the page about itself.

use gloo_net::http::Request;
use havenask_core::{Locale, REGIONS};
use js_sys::{JSON, Reflect};
use wasm_bindgen::JsValue;

use crate::{
    texts::{Text, form as texts},
    words,
};

/// What the proxy tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Config {
    pub(crate) region: Region,
    pub(crate) allow_postpay: bool,
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

/// Asks the proxy. One that does not answer this is no reason not to buy.
pub(crate) async fn ask() -> Config {
    let untold = Config { region: Region::Untold, allow_postpay: false };
    let Ok(response) = Request::get("/config.json").send().await else { return untold };
    if !response.ok() {
        return untold;
    }
    let Ok(text) = response.text().await else { return untold };
    JSON::parse(&text).ok().and_then(|value| read(&value)).unwrap_or(untold)
}

fn read(value: &JsValue) -> Option<Config> {
    let get = |name: &str| Reflect::get(value, &JsValue::from_str(name)).ok();
    let region = get("region")?;
    let region = match region.as_string() {
        Some(id) => Region::Fixed(id),
        None if region.is_null() => Region::Any,
        None => Region::Untold,
    };
    Some(Config { region, allow_postpay: get("allowPostpay")?.as_bool().unwrap_or(false) })
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
