//! The values of the form; texts as they were typed.

use havenask_core::{
    catalog::Catalog,
    model::{ChargeType, CreateInstanceRequest, Order, PricingCycle},
};

use super::{
    catalog_items::{self, CatalogItem},
    field::{Field, RowList},
};

/// The one component code that the documents show.
const DOCUMENTED_CODE: &str = "searcherdocsize";

/// The values of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) region: String,
    pub(crate) charge_type: ChargeType,
    pub(crate) duration: i64,
    pub(crate) pricing_cycle: PricingCycle,
    pub(crate) auto_renew: bool,
    pub(crate) resource_group: String,
    /// The components of the catalogue, in its order.
    items: Vec<CatalogItem>,
    components: Vec<FormRow>,
    tags: Vec<FormRow>,
    next_row: u32,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormRow {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FormRow {
    /// Returns whether it is no part of the request.
    pub(crate) fn is_empty(&self) -> bool {
        self.name.trim().is_empty() && self.value.trim().is_empty()
    }
}

impl Default for Form {
    fn default() -> Self {
        let row = FormRow { id: 0, name: DOCUMENTED_CODE.to_owned(), value: String::new() };
        Self {
            region: havenask_core::REGIONS[0].id.to_owned(),
            charge_type: ChargeType::Prepay,
            duration: 1,
            pricing_cycle: PricingCycle::Month,
            auto_renew: false,
            resource_group: String::new(),
            items: Vec::new(),
            components: vec![row],
            tags: Vec::new(),
            next_row: 1,
        }
    }
}

impl Form {
    /// A form without a row.
    pub(crate) fn empty() -> Self {
        Self { components: Vec::new(), ..Self::default() }
    }

    /// The form of a request that was written elsewhere. Components are those of a catalogue until it is known.
    pub(crate) fn of_request(request: CreateInstanceRequest, region: &str) -> Self {
        let mut form = Self { region: region.to_owned(), ..Self::empty() };
        form.charge_type = request.charge_type.unwrap_or(form.charge_type);
        if let Some(order) = request.order {
            form.auto_renew = order.auto_renew.unwrap_or(form.auto_renew);
            form.duration = order.duration.unwrap_or(form.duration);
            form.pricing_cycle = order.pricing_cycle.unwrap_or(form.pricing_cycle);
        }
        form.resource_group = request.resource_group_id.unwrap_or_default();
        for component in request.components.into_iter().flatten() {
            let item = form.add_item(component.code);
            form.set(item, component.value.unwrap_or_default());
        }
        for tag in request.tags.into_iter().flatten() {
            let row = form.add_row(RowList::Tags);
            form.set(Field::Name(RowList::Tags, row), tag.key);
            form.set(Field::Value(RowList::Tags, row), tag.value.unwrap_or_default());
        }
        form
    }

    /// The rows of a list.
    pub(crate) fn rows(&self, list: RowList) -> &[FormRow] {
        match list {
            RowList::Components => &self.components,
            RowList::Tags => &self.tags,
        }
    }

    fn rows_mut(&mut self, list: RowList) -> &mut Vec<FormRow> {
        match list {
            RowList::Components => &mut self.components,
            RowList::Tags => &mut self.tags,
        }
    }

    /// Adds an item of a catalogue that is not known yet, and returns its control.
    pub(crate) fn add_item(&mut self, code: String) -> Field {
        self.items.push(CatalogItem::unknown(code));
        Field::CatalogItem(self.items.len() - 1)
    }

    /// Offers the components of a catalogue from now on. Values that were filled in stay: a row with a code of the catalogue
    /// becomes its item, an item that the catalogue does not have becomes a row, and the row that is proposed without a
    /// catalogue goes.
    pub(crate) fn apply_catalog(&mut self, catalog: &Catalog) {
        let earlier = std::mem::take(&mut self.items);
        self.items = catalog_items::items_of(catalog, &earlier, |code| {
            let index = self.components.iter().position(|row| row.name.trim() == code)?;
            Some(self.components.remove(index).value)
        });
        for item in earlier {
            if item.is_filled() && catalog.find(&item.code).is_none() {
                let id = self.add_row(RowList::Components);
                self.set(Field::Name(RowList::Components, id), item.code);
                self.set(Field::Value(RowList::Components, id), item.value);
            }
        }
        let is_proposal =
            |row: &FormRow| row.name == DOCUMENTED_CODE && row.value.trim().is_empty();
        if !catalog.components.is_empty() {
            self.components.retain(|row| !is_proposal(row));
        }
        self.update_visibility(catalog);
    }

    /// Shows and hides the items by their conditions.
    pub(crate) fn update_visibility(&mut self, catalog: &Catalog) {
        catalog_items::update_visibility(&mut self.items, catalog);
    }

    /// Returns whether an item is shown.
    pub(crate) fn is_visible(&self, index: usize) -> bool {
        self.items.get(index).is_some_and(|item| item.is_visible)
    }

    /// The items that are sent: index in the catalogue, code and value.
    pub(crate) fn sent_items(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        let sent = self.items.iter().enumerate().filter(|(_, item)| item.is_sent());
        sent.map(|(index, item)| (index, &*item.code, item.value.trim()))
    }

    /// The chosen items as they were typed: code and value.
    pub(crate) fn chosen_items(&self) -> impl Iterator<Item = (&str, &str)> {
        let chosen = self.items.iter().filter(|item| item.is_chosen());
        chosen.map(|item| (&*item.code, &*item.value))
    }

    /// Adds an empty row and returns its id.
    pub(crate) fn add_row(&mut self, list: RowList) -> u32 {
        let id = self.next_row;
        self.next_row += 1;
        self.rows_mut(list).push(FormRow { id, name: String::new(), value: String::new() });
        id
    }

    /// Removes a row and returns the control to go on with: the next row, else the one before, else the list's button.
    pub(crate) fn remove_row(&mut self, list: RowList, id: u32) -> Field {
        let rows = self.rows_mut(list);
        let Some(index) = rows.iter().position(|row| row.id == id) else {
            return Field::Rows(list);
        };
        rows.remove(index);
        let near = rows.get(index).or(rows.last());
        near.map_or(Field::Rows(list), |row| Field::Name(list, row.id))
    }

    fn row(&self, list: RowList, id: u32) -> Option<&FormRow> {
        self.rows(list).iter().find(|row| row.id == id)
    }

    fn row_mut(&mut self, list: RowList, id: u32) -> Option<&mut FormRow> {
        self.rows_mut(list).iter_mut().find(|row| row.id == id)
    }

    /// The value of a control as text.
    pub(crate) fn text(&self, field: Field) -> String {
        let text = match field {
            Field::Region => Some(&*self.region),
            Field::ChargeType => Some(self.charge_type.as_str()),
            Field::Duration => return self.duration.to_string(),
            Field::PricingCycle => Some(self.pricing_cycle.as_str()),
            Field::AutoRenew => Some(if self.auto_renew { "true" } else { "false" }),
            Field::ResourceGroup => Some(&*self.resource_group),
            Field::CatalogItem(index) => self.items.get(index).map(|item| &*item.value),
            Field::Name(list, id) => self.row(list, id).map(|row| &*row.name),
            Field::Value(list, id) => self.row(list, id).map(|row| &*row.value),
            Field::Rows(_) => None,
        };
        text.unwrap_or_default().to_owned()
    }

    /// Sets the value of a control.
    pub(crate) fn set(&mut self, field: Field, text: String) {
        let target = match field {
            Field::Region => Some(&mut self.region),
            Field::ChargeType => {
                let chosen = ChargeType::ALL.into_iter().find(|known| known.as_str() == text);
                self.charge_type = chosen.unwrap_or(self.charge_type);
                None
            }
            Field::Duration => {
                // Zero is not offered: a text that is no number is refused by the rules.
                self.duration = text.parse().unwrap_or(0);
                None
            }
            Field::PricingCycle => {
                let chosen = PricingCycle::ALL.into_iter().find(|known| known.as_str() == text);
                self.pricing_cycle = chosen.unwrap_or(self.pricing_cycle);
                None
            }
            Field::AutoRenew => {
                self.auto_renew = text == "true";
                None
            }
            Field::ResourceGroup => Some(&mut self.resource_group),
            Field::CatalogItem(index) => self.items.get_mut(index).map(|item| &mut item.value),
            Field::Name(list, id) => self.row_mut(list, id).map(|row| &mut row.name),
            Field::Value(list, id) => self.row_mut(list, id).map(|row| &mut row.value),
            Field::Rows(_) => None,
        };
        if let Some(target) = target {
            *target = text;
        }
    }

    /// Returns true when it is paid in advance, and so has a term.
    pub(crate) fn has_term(&self) -> bool {
        self.charge_type == ChargeType::Prepay
    }

    /// The term.
    pub(crate) fn term(&self) -> Option<Order> {
        self.has_term().then_some(Order {
            auto_renew: Some(self.auto_renew),
            duration: Some(self.duration),
            pricing_cycle: Some(self.pricing_cycle),
        })
    }

    /// The months of the term.
    pub(crate) fn months(&self) -> Option<u64> {
        self.term()?.months()
    }

    /// The controls that a problem can belong to.
    pub(crate) fn fields(&self) -> Vec<Field> {
        let mut fields = Field::SINGLE.to_vec();
        fields.extend([RowList::Components, RowList::Tags].map(Field::Rows));
        let items = (0..self.items.len()).filter(|index| self.is_visible(*index));
        fields.extend(items.map(Field::CatalogItem));
        for list in [RowList::Components, RowList::Tags] {
            let rows = self.rows(list).iter();
            fields.extend(
                rows.flat_map(|row| [Field::Name(list, row.id), Field::Value(list, row.id)]),
            );
        }
        fields
    }
}
