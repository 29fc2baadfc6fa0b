//! The controls of the form, and the properties of the request that they hold.

use havenask_core::rules::{Path, Step};

/// A control of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Region,
    ChargeType,
    /// A component of the catalogue, by its index there.
    CatalogItem(usize),
    /// A row's first text: the code of a component, the key of a tag.
    Name(RowList, u32),
    /// A row's second text.
    Value(RowList, u32),
    /// A list as a whole: its button for more.
    Rows(RowList),
    Duration,
    PricingCycle,
    AutoRenew,
    ResourceGroup,
}

/// A consent that an order needs before it is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Consent {
    Prepayment,
    Renewal,
    /// The terms of the proxy or of the host.
    Terms,
    /// One more of an order that was sent before.
    Another,
}

/// The origin of an item of a list in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ItemOrigin {
    CatalogItem(usize),
    Row(u32),
}

/// A list of rows with two texts each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RowList {
    Components,
    Tags,
}

impl Consent {
    /// The id of its element.
    pub(crate) const fn id(self) -> &'static str {
        match self {
            Self::Prepayment => "consent-prepayment",
            Self::Renewal => "consent-renewal",
            Self::Terms => "consent-terms",
            Self::Another => "consent-another",
        }
    }
}

impl RowList {
    /// Its name in ids.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Components => "component",
            Self::Tags => "tag",
        }
    }
}

impl Field {
    /// The controls that the form has once.
    pub(crate) const SINGLE: [Self; 6] = [
        Self::Region,
        Self::ChargeType,
        Self::Duration,
        Self::PricingCycle,
        Self::AutoRenew,
        Self::ResourceGroup,
    ];

    /// The id of its element.
    pub(crate) fn id(self) -> String {
        let fixed = match self {
            Self::Name(list, row) => return format!("{}-{row}-name", list.as_str()),
            Self::Value(list, row) => return format!("{}-{row}-value", list.as_str()),
            Self::CatalogItem(index) => return format!("item-{index}"),
            Self::Rows(RowList::Components) => "component-add",
            Self::Rows(RowList::Tags) => "tag-add",
            Self::Region => "region",
            Self::ChargeType => "charge-type",
            Self::Duration => "duration",
            Self::PricingCycle => "pricing-cycle",
            Self::AutoRenew => "auto-renew",
            Self::ResourceGroup => "resource-group",
        };
        fixed.to_owned()
    }

    /// The control of a place in the request, given the origin of each item of a list.
    pub(crate) fn at(
        path: &Path,
        origin: impl Fn(RowList, usize) -> Option<ItemOrigin>,
    ) -> Option<Self> {
        let mut steps = path.steps();
        let Step::Field(property) = steps.next()? else { return None };
        let inside = steps.next();
        let list = match (property, inside) {
            ("chargeType", _) => return Some(Self::ChargeType),
            ("resourceGroupId", _) => return Some(Self::ResourceGroup),
            ("order", None | Some(Step::Field("duration"))) => return Some(Self::Duration),
            ("order", Some(Step::Field("pricingCycle"))) => return Some(Self::PricingCycle),
            ("order", Some(Step::Field("autoRenew"))) => return Some(Self::AutoRenew),
            ("components", _) => RowList::Components,
            ("tags", _) => RowList::Tags,
            _ => return None,
        };
        let index = match inside {
            None => return Some(Self::Rows(list)),
            Some(Step::Item(index)) => index,
            Some(Step::Field(_)) => return None,
        };
        Some(match (origin(list, index)?, steps.next()) {
            (ItemOrigin::CatalogItem(item), _) => Self::CatalogItem(item),
            (ItemOrigin::Row(row), Some(Step::Field("value"))) => Self::Value(list, row),
            (ItemOrigin::Row(row), _) => Self::Name(list, row),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_of_the_core_has_its_control() {
        let rows = |list, index: usize| match list {
            RowList::Components => {
                [ItemOrigin::Row(7), ItemOrigin::Row(9), ItemOrigin::CatalogItem(1)]
                    .get(index)
                    .copied()
            }
            RowList::Tags => [ItemOrigin::Row(3)].get(index).copied(),
        };
        for (path, field) in [
            ("/chargeType", Some(Field::ChargeType)),
            ("/components", Some(Field::Rows(RowList::Components))),
            ("/components/1/code", Some(Field::Name(RowList::Components, 9))),
            ("/components/0/value", Some(Field::Value(RowList::Components, 7))),
            ("/components/0", Some(Field::Name(RowList::Components, 7))),
            ("/components/2/code", Some(Field::CatalogItem(1))),
            ("/components/2/value", Some(Field::CatalogItem(1))),
            ("/components/3/code", None),
            ("/components/x/code", None),
            ("/order", Some(Field::Duration)),
            ("/order/duration", Some(Field::Duration)),
            ("/order/pricingCycle", Some(Field::PricingCycle)),
            ("/order/autoRenew", Some(Field::AutoRenew)),
            ("/order/price", None),
            ("/resourceGroupId", Some(Field::ResourceGroup)),
            ("/tags", Some(Field::Rows(RowList::Tags))),
            ("/tags/0/key", Some(Field::Name(RowList::Tags, 3))),
            ("/tags/0/value", Some(Field::Value(RowList::Tags, 3))),
            ("/paymentInfo", None),
            ("", None),
        ] {
            assert_eq!(Field::at(&Path::new(path), rows), field, "{path}");
        }
    }
}
