//! What is filled in, as a plain value, and the request that it says.

use havenask_core::{
    Problem, Severity,
    catalog::{Catalog, CatalogEntry},
    model::{ChargeType, Component, CreateInstanceRequest, Order, PricingCycle, Tag},
    rules::{self, ProblemCode},
};

use crate::{
    field::{Field, List, Origin},
    texts::form as texts,
};

/// The one component code that the documents show.
const DOCUMENTED_CODE: &str = "searcherdocsize";

/// What is filled in; texts as they were typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Form {
    pub(crate) region: String,
    pub(crate) charge_type: ChargeType,
    pub(crate) duration: i64,
    pub(crate) pricing_cycle: PricingCycle,
    pub(crate) auto_renew: bool,
    pub(crate) resource_group: String,
    /// The values of what the catalogue sells, in its order.
    offers: Vec<Offer>,
    components: Vec<Row>,
    tags: Vec<Row>,
    next_row: u32,
}

/// A component of the catalogue, and what was chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offer {
    code: String,
    value: String,
    /// Whether it is asked for as long as the others are what they are.
    visible: bool,
    /// The value to begin with, of a component that cannot be left out; of a draft's, until it is known, none.
    default: Option<String>,
}

impl Offer {
    /// Returns whether it is chosen, or would be missed.
    fn is_chosen(&self) -> bool {
        self.visible && (self.default.is_some() || !self.value.is_empty())
    }

    /// Returns whether somebody has filled it in.
    fn is_filled(&self) -> bool {
        self.visible && !self.value.is_empty() && self.default.as_ref() != Some(&self.value)
    }
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) value: String,
}

/// A request, and where the items of its lists come from: a row that is empty is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) request: CreateInstanceRequest,
    components: Vec<Origin>,
    tags: Vec<Origin>,
}

/// A problem at its control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) field: Field,
    pub(crate) message: String,
    /// Whether the order cannot be reviewed like this.
    pub(crate) stops: bool,
}

impl Default for Form {
    fn default() -> Self {
        let row = Row { id: 0, name: DOCUMENTED_CODE.to_owned(), value: String::new() };
        Self {
            region: havenask_core::REGIONS[0].id.to_owned(),
            charge_type: ChargeType::Prepay,
            duration: 1,
            pricing_cycle: PricingCycle::Month,
            auto_renew: false,
            resource_group: String::new(),
            offers: Vec::new(),
            components: vec![row],
            tags: Vec::new(),
            next_row: 1,
        }
    }
}

impl Row {
    /// Whether it is no part of the request.
    pub(crate) fn is_empty(&self) -> bool {
        self.name.trim().is_empty() && self.value.trim().is_empty()
    }
}

impl Form {
    /// A form without a row.
    pub(crate) fn empty() -> Self {
        Self { components: Vec::new(), ..Self::default() }
    }

    /// Chooses a component of a catalogue that is not known yet, and returns its control.
    pub(crate) fn choose(&mut self, code: String) -> Field {
        let (value, default) = (String::new(), Some(String::new()));
        self.offers.push(Offer { code, value, visible: true, default });
        Field::Offer(self.offers.len() - 1)
    }

    /// Asks for what a catalogue sells, from now on. What was filled in stays: a row with a code of the catalogue becomes its
    /// control, what the catalogue does not have becomes a row, and the row that is proposed without a catalogue goes.
    pub(crate) fn sell(&mut self, catalog: &Catalog) {
        let before = std::mem::take(&mut self.offers);
        self.offers = catalog.components.iter().map(|entry| self.offer(entry, &before)).collect();
        for offer in before {
            if offer.is_filled() && catalog.find(&offer.code).is_none() {
                let row = self.add(List::Components);
                self.set(Field::Name(List::Components, row), offer.code);
                self.set(Field::Value(List::Components, row), offer.value);
            }
        }
        let is_proposal = |row: &Row| row.name == DOCUMENTED_CODE && row.value.trim().is_empty();
        self.components.retain(|row| !is_proposal(row));
        self.look(catalog);
    }

    fn offer(&mut self, entry: &CatalogEntry, before: &[Offer]) -> Offer {
        let CatalogEntry { code, default, .. } = entry;
        let said = if let Some(offer) = before.iter().find(|offer| offer.code == *code) {
            Some(offer.value.clone()).filter(|it| offer.default.is_some() || !it.is_empty())
        } else {
            let row = self.components.iter().position(|row| row.name.trim() == code);
            let row = row.map(|index| self.components.remove(index).value);
            row.filter(|value| !value.trim().is_empty())
        };
        let value = said.or_else(|| default.clone()).unwrap_or_default();
        Offer { code: code.clone(), value, visible: true, default: default.clone() }
    }

    /// Finds out which components are asked for. One that is not makes those that depend on it disappear as well.
    pub(crate) fn look(&mut self, catalog: &Catalog) {
        for offer in &mut self.offers {
            offer.visible = true;
        }
        // Each round can only take away.
        for _ in 0..self.offers.len() {
            let offers = self.offers.clone();
            let value_of = |code: &str| {
                let offer = offers.iter().find(|it| it.visible && it.code == code);
                offer.map(|it| it.value.as_str())
            };
            for (offer, entry) in self.offers.iter_mut().zip(&catalog.components) {
                offer.visible = entry.is_visible(value_of);
            }
            if offers == self.offers {
                break;
            }
        }
    }

    /// What is chosen from the catalogue: its place there, code and value.
    pub(crate) fn offered(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        let all = self.offers.iter().enumerate().filter(|(_, offer)| offer.is_chosen());
        let all = all.map(|(place, offer)| (place, offer, offer.value.trim()));
        let sent = all.filter(|(_, offer, value)| offer.default.is_some() || !value.is_empty());
        sent.map(|(place, offer, value)| (place, offer.code.as_str(), value))
    }

    /// Returns the choices from the catalogue as they were typed: code and value.
    pub(crate) fn chosen(&self) -> impl Iterator<Item = (&str, &str)> {
        let chosen = self.offers.iter().filter(|offer| offer.is_chosen());
        chosen.map(|offer| (offer.code.as_str(), offer.value.as_str()))
    }

    /// Whether a component of the catalogue is asked for.
    pub(crate) fn is_asked_for(&self, place: usize) -> bool {
        self.offers.get(place).is_some_and(|offer| offer.visible)
    }

    /// The rows of a list.
    pub(crate) fn rows(&self, list: List) -> &[Row] {
        match list {
            List::Components => &self.components,
            List::Tags => &self.tags,
        }
    }

    fn rows_mut(&mut self, list: List) -> &mut Vec<Row> {
        match list {
            List::Components => &mut self.components,
            List::Tags => &mut self.tags,
        }
    }

    /// Adds an empty row and returns its id.
    pub(crate) fn add(&mut self, list: List) -> u32 {
        let id = self.next_row;
        self.next_row += 1;
        self.rows_mut(list).push(Row { id, name: String::new(), value: String::new() });
        id
    }

    /// Removes a row and returns the control to go on with: the next row, else the one before, else the list's button.
    pub(crate) fn remove(&mut self, list: List, id: u32) -> Field {
        let rows = self.rows_mut(list);
        let Some(index) = rows.iter().position(|row| row.id == id) else {
            return Field::Rows(list);
        };
        rows.remove(index);
        let near = rows.get(index).or(rows.last());
        near.map_or(Field::Rows(list), |row| Field::Name(list, row.id))
    }

    /// What a control of text or choice holds.
    pub(crate) fn text(&self, field: Field) -> String {
        match field {
            Field::Region => self.region.clone(),
            Field::ChargeType => self.charge_type.as_str().to_owned(),
            Field::Duration => self.duration.to_string(),
            Field::PricingCycle => self.pricing_cycle.as_str().to_owned(),
            Field::ResourceGroup => self.resource_group.clone(),
            Field::Offer(place) => {
                self.offers.get(place).map(|it| it.value.clone()).unwrap_or_default()
            }
            Field::Name(list, id) | Field::Value(list, id) => {
                let row = self.rows(list).iter().find(|row| row.id == id);
                let name = matches!(field, Field::Name(..));
                row.map_or("", |row| if name { &row.name } else { &row.value }).to_owned()
            }
            _ => String::new(),
        }
    }

    /// Takes what was typed or chosen in a control.
    pub(crate) fn set(&mut self, field: Field, text: String) {
        match field {
            Field::Region => self.region = text,
            Field::ChargeType => {
                let chosen = ChargeType::ALL.into_iter().find(|known| known.as_str() == text);
                self.charge_type = chosen.unwrap_or(self.charge_type);
            }
            // Zero is not offered: what is no number is refused by the rules.
            Field::Duration => self.duration = text.parse().unwrap_or(0),
            Field::PricingCycle => {
                let chosen = PricingCycle::ALL.into_iter().find(|known| known.as_str() == text);
                self.pricing_cycle = chosen.unwrap_or(self.pricing_cycle);
            }
            Field::ResourceGroup => self.resource_group = text,
            Field::Offer(place) => {
                if let Some(offer) = self.offers.get_mut(place) {
                    offer.value = text;
                }
            }
            Field::Name(list, id) | Field::Value(list, id) => {
                let name = matches!(field, Field::Name(..));
                if let Some(row) = self.rows_mut(list).iter_mut().find(|row| row.id == id) {
                    *(if name { &mut row.name } else { &mut row.value }) = text;
                }
            }
            _ => {}
        }
    }

    /// Whether it is paid in advance, and so has a term.
    pub(crate) fn has_term(&self) -> bool {
        self.charge_type == ChargeType::Prepay
    }

    /// The controls that the rules speak of.
    pub(crate) fn fields(&self) -> Vec<Field> {
        let mut fields = vec![
            Field::ChargeType,
            Field::Rows(List::Components),
            Field::Duration,
            Field::PricingCycle,
            Field::ResourceGroup,
            Field::Rows(List::Tags),
        ];
        fields.extend((0..self.offers.len()).filter(|it| self.is_asked_for(*it)).map(Field::Offer));
        for list in [List::Components, List::Tags] {
            let rows = self.rows(list).iter();
            fields.extend(
                rows.flat_map(|row| [Field::Name(list, row.id), Field::Value(list, row.id)]),
            );
        }
        fields
    }

    /// The request that it says: without empty rows, and without spaces around texts.
    pub(crate) fn draft(&self) -> Draft {
        let filled = |rows: &[Row]| -> Vec<Row> {
            rows.iter().filter(|row| !row.is_empty()).cloned().collect()
        };
        let (components, tags) = (filled(&self.components), filled(&self.tags));
        let of_rows = |rows: &[Row]| rows.iter().map(|row| Origin::Row(row.id)).collect::<Vec<_>>();
        let offered = self
            .offered()
            .map(|(_, code, value)| Component { code: code.to_owned(), value: trimmed(value) });
        let mut origins: Vec<_> = self.offered().map(|(place, ..)| Origin::Offer(place)).collect();
        origins.extend(of_rows(&components));
        let order = self.has_term().then_some(Order {
            auto_renew: Some(self.auto_renew),
            duration: Some(self.duration),
            pricing_cycle: Some(self.pricing_cycle),
        });
        Draft {
            components: origins,
            tags: of_rows(&tags),
            request: CreateInstanceRequest {
                charge_type: Some(self.charge_type),
                components: some(offered.chain(components.iter().map(|row| Component {
                    code: row.name.trim().to_owned(),
                    value: trimmed(&row.value),
                }))),
                order,
                resource_group_id: trimmed(&self.resource_group),
                tags: some(tags.iter().map(|row| Tag {
                    key: row.name.trim().to_owned(),
                    value: trimmed(&row.value),
                })),
            },
        }
    }

    /// Everything that the rules say about it, in the order of the controls on the page.
    pub(crate) fn findings(&self, options: &rules::Options<'_>) -> Vec<Finding> {
        let draft = self.draft();
        let problems = rules::check(&draft.request, options).into_iter().map(|problem| Finding {
            stops: stops(&problem),
            field: draft.field(&problem.path).unwrap_or(Field::ChargeType),
            message: problem.message,
        });
        // A half of a character, which no request can carry, has become this one.
        let is_broken = |field: &Field| self.text(*field).contains(char::REPLACEMENT_CHARACTER);
        let broken = self.fields().into_iter().filter(is_broken).map(|field| Finding {
            field,
            message: texts::BROKEN_TEXT.get(options.locale).to_owned(),
            stops: true,
        });
        problems.chain(broken).collect()
    }
}

impl Draft {
    /// The control that a JSON Pointer into the request speaks of.
    pub(crate) fn field(&self, path: &str) -> Option<Field> {
        Field::at(path, |list, index| match list {
            List::Components => self.components.get(index).copied(),
            List::Tags => self.tags.get(index).copied(),
        })
    }
}

/// A person who leaves the specification out has forgotten it: what the API lets pass with a warning ends here.
fn stops(problem: &Problem) -> bool {
    problem.severity == Severity::Error
        || matches!(
            problem.code,
            ProblemCode::ComponentsMissing | ProblemCode::ComponentValueMissing
        )
}

fn trimmed(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn some<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<T> = items.collect();
    (!items.is_empty()).then_some(items)
}

#[cfg(test)]
#[path = "form_tests.rs"]
mod tests;
