//! The controls of the page, and the places of a request that they stand for.

/// A control that can be wrong, be gone back to, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Region,
    ChargeType,
    /// A component of the catalogue, by its place there.
    Offer(usize),
    /// A row's first text: the code of a component, the key of a tag.
    Name(List, u32),
    /// A row's second text.
    Value(List, u32),
    /// A list as a whole: its button for more.
    Rows(List),
    Duration,
    PricingCycle,
    AutoRenew,
    ResourceGroup,
    ConsentPrepayment,
    ConsentRenewal,
    ConsentAnother,
}

/// Where an item of a list in a request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    Offer(usize),
    Row(u32),
}

/// A list of rows with two texts each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum List {
    Components,
    Tags,
}

impl List {
    /// Its name in ids.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Components => "component",
            Self::Tags => "tag",
        }
    }
}

impl Field {
    /// The id of its element.
    pub(crate) fn id(self) -> String {
        let fixed = match self {
            Self::Name(list, row) => return format!("{}-{row}-name", list.as_str()),
            Self::Value(list, row) => return format!("{}-{row}-value", list.as_str()),
            Self::Offer(place) => return format!("offer-{place}"),
            Self::Rows(List::Components) => "component-add",
            Self::Rows(List::Tags) => "tag-add",
            Self::Region => "region",
            Self::ChargeType => "charge-type",
            Self::Duration => "duration",
            Self::PricingCycle => "pricing-cycle",
            Self::AutoRenew => "auto-renew",
            Self::ResourceGroup => "resource-group",
            Self::ConsentPrepayment => "consent-prepayment",
            Self::ConsentRenewal => "consent-renewal",
            Self::ConsentAnother => "consent-another",
        };
        fixed.to_owned()
    }

    /// The control that a JSON Pointer of the core speaks of. `origin` tells where an item of a request came from.
    pub(crate) fn at(path: &str, origin: impl Fn(List, usize) -> Option<Origin>) -> Option<Self> {
        let mut steps = path.split('/').skip(1);
        let list = match steps.next()? {
            "chargeType" => return Some(Self::ChargeType),
            "resourceGroupId" => return Some(Self::ResourceGroup),
            "order" => {
                return match steps.next() {
                    None | Some("duration") => Some(Self::Duration),
                    Some("pricingCycle") => Some(Self::PricingCycle),
                    Some("autoRenew") => Some(Self::AutoRenew),
                    Some(_) => None,
                };
            }
            "components" => List::Components,
            "tags" => List::Tags,
            _ => return None,
        };
        let Some(index) = steps.next() else { return Some(Self::Rows(list)) };
        Some(match (origin(list, index.parse().ok()?)?, steps.next()) {
            (Origin::Offer(place), _) => Self::Offer(place),
            (Origin::Row(row), Some("value")) => Self::Value(list, row),
            (Origin::Row(row), _) => Self::Name(list, row),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_the_core_has_its_control() {
        let rows = |list, index: usize| match list {
            List::Components => {
                [Origin::Row(7), Origin::Row(9), Origin::Offer(1)].get(index).copied()
            }
            List::Tags => [Origin::Row(3)].get(index).copied(),
        };
        for (path, field) in [
            ("/chargeType", Some(Field::ChargeType)),
            ("/components", Some(Field::Rows(List::Components))),
            ("/components/1/code", Some(Field::Name(List::Components, 9))),
            ("/components/0/value", Some(Field::Value(List::Components, 7))),
            ("/components/0", Some(Field::Name(List::Components, 7))),
            ("/components/2/code", Some(Field::Offer(1))),
            ("/components/2/value", Some(Field::Offer(1))),
            ("/components/3/code", None),
            ("/components/x/code", None),
            ("/order", Some(Field::Duration)),
            ("/order/duration", Some(Field::Duration)),
            ("/order/pricingCycle", Some(Field::PricingCycle)),
            ("/order/autoRenew", Some(Field::AutoRenew)),
            ("/order/price", None),
            ("/resourceGroupId", Some(Field::ResourceGroup)),
            ("/tags", Some(Field::Rows(List::Tags))),
            ("/tags/0/key", Some(Field::Name(List::Tags, 3))),
            ("/tags/0/value", Some(Field::Value(List::Tags, 3))),
            ("/paymentInfo", None),
            ("", None),
        ] {
            assert_eq!(Field::at(path, rows), field, "{path}");
        }
    }
}
