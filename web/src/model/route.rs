//! The views of the page, and their addresses: fragments, such as `#orders/KEY`.

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
    /// The instances of the account.
    Instances,
    /// The instances, with one of them in full.
    Instance(String),
    /// The current order as code.
    Developer,
}

const NEW_ORDER: &str = "#new";
const ORDERS: &str = "#orders";
const INSTANCES: &str = "#instances";
const DEVELOPER: &str = "#developer";

impl Route {
    /// Reads a fragment. One that leads nowhere is that of a new order.
    pub(crate) fn parse(fragment: &str) -> Self {
        let (view, id) = fragment.split_once('/').unwrap_or((fragment, ""));
        match (view, id) {
            (ORDERS, "") => Self::Orders,
            (ORDERS, id) if is_id(id) => Self::Order(id.to_owned()),
            (INSTANCES, "") => Self::Instances,
            (INSTANCES, id) if is_id(id) => Self::Instance(id.to_owned()),
            (DEVELOPER, "") => Self::Developer,
            _ => Self::NewOrder,
        }
    }

    /// The fragment.
    pub(crate) fn fragment(&self) -> String {
        let (view, id) = match self {
            Self::NewOrder => (NEW_ORDER, ""),
            Self::Orders => (ORDERS, ""),
            Self::Order(key) => (ORDERS, key.as_str()),
            Self::Instances => (INSTANCES, ""),
            Self::Instance(id) => (INSTANCES, id.as_str()),
            Self::Developer => (DEVELOPER, ""),
        };
        [view, if id.is_empty() { "" } else { "/" }, id].concat()
    }

    /// The view without the instance that it shows in full: what is drawn once for all of them.
    pub(crate) fn screen(self) -> Self {
        match self {
            Self::Instance(_) => Self::Instances,
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
            (Route::Instances, "#instances"),
            (Route::Instance("ha-cn-1".into()), "#instances/ha-cn-1"),
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
            &long,
        ] {
            assert_eq!(Route::parse(fragment), Route::NewOrder, "{fragment}");
        }
    }
}
