//! The views of the page, and their addresses: fragments, such as `#orders/KEY` or `#instances/ID?region=REGION`.

/// A view of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Route {
    /// The form, and the outcome of an order that has not ended.
    #[default]
    NewOrder,
    /// The orders of the visitor.
    Orders,
    /// One order, by its idempotency key.
    Order(String),
    /// The instances of a region; without one, of that of the form.
    Instances(Option<String>),
    /// The instances of a region, with one of them in full.
    Instance { id: String, region: Option<String> },
    /// The current order as code.
    Developer,
}

const NEW_ORDER: &str = "#new";
const ORDERS: &str = "#orders";
const INSTANCES: &str = "#instances";
const DEVELOPER: &str = "#developer";
const REGION: &str = "?region=";

impl Route {
    /// Reads a fragment. One that leads nowhere is that of a new order.
    pub(crate) fn parse(fragment: &str) -> Self {
        let (path, region) = match fragment.split_once(REGION) {
            Some((path, region)) => (path, Some(region.to_owned())),
            None => (fragment, None),
        };
        let (view, id) = path.split_once('/').unwrap_or((path, ""));
        match (view, id, region) {
            (INSTANCES, "", None) => Self::Instances(None),
            (INSTANCES, "", Some(region)) if is_id(&region) => Self::Instances(Some(region)),
            (INSTANCES, id, region) if is_id(id) && region.as_deref().is_none_or(is_id) => {
                Self::Instance { id: id.to_owned(), region }
            }
            (ORDERS, "", None) => Self::Orders,
            (ORDERS, key, None) if is_id(key) => Self::Order(key.to_owned()),
            (DEVELOPER, "", None) => Self::Developer,
            _ => Self::NewOrder,
        }
    }

    /// The fragment.
    pub(crate) fn fragment(&self) -> String {
        let (view, id) = match self {
            Self::NewOrder => (NEW_ORDER, ""),
            Self::Orders => (ORDERS, ""),
            Self::Order(key) => (ORDERS, key.as_str()),
            Self::Instances(_) => (INSTANCES, ""),
            Self::Instance { id, .. } => (INSTANCES, id.as_str()),
            Self::Developer => (DEVELOPER, ""),
        };
        let slash = if id.is_empty() { "" } else { "/" };
        let region = self.region().map_or_else(String::new, |region| [REGION, region].concat());
        [view, slash, id, &region].concat()
    }

    /// The region that the address names.
    pub(crate) fn region(&self) -> Option<&str> {
        match self {
            Self::Instances(region) | Self::Instance { region, .. } => region.as_deref(),
            _ => None,
        }
    }

    /// The view without its region and the instance that it shows in full: what is drawn once for all of them.
    pub(crate) fn screen(self) -> Self {
        match self {
            Self::Instances(_) | Self::Instance { .. } => Self::Instances(None),
            other => other,
        }
    }

    /// The entry of the navigation that it belongs to.
    pub(crate) fn section(self) -> Self {
        match self {
            Self::Order(_) => Self::Orders,
            other => other.screen(),
        }
    }
}

/// Tests for an id that can stand in an address as it is.
fn is_id(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=128).contains(&text.len()) && text.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_that_of_one_view() {
        for (route, fragment) in [
            (Route::NewOrder, "#new"),
            (Route::Orders, "#orders"),
            (Route::Order("0123456789abcdef".into()), "#orders/0123456789abcdef"),
            (Route::Instances(None), "#instances"),
            (Route::Instances(Some("mars-1".into())), "#instances?region=mars-1"),
            (Route::Instance { id: "ha-cn-1".into(), region: None }, "#instances/ha-cn-1"),
            (
                Route::Instance { id: "ha-cn-1".into(), region: Some("mars-1".into()) },
                "#instances/ha-cn-1?region=mars-1",
            ),
            (Route::Developer, "#developer"),
        ] {
            assert_eq!(route.fragment(), fragment);
            assert_eq!(Route::parse(fragment), route);
        }
    }

    #[test]
    fn an_address_that_leads_nowhere_is_that_of_a_new_order() {
        let long = ["#orders/", &"k".repeat(129)].concat();
        for fragment in [
            "",
            "#",
            "#draft=v=1",
            "#Orders",
            "#new/x",
            "#developer/x",
            "#orders/a b",
            "#instances/../x",
            "#instances?region=",
            "#instances?region=a&b",
            "#instances/ha-cn-1?region=",
            "#orders?region=mars-1",
            &long,
        ] {
            assert_eq!(Route::parse(fragment), Route::NewOrder, "{fragment}");
        }
    }
}
