//! The components of a catalogue in the form.

use havenask_core::catalog::Catalog;

/// A component of the catalogue, and the value that was chosen for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CatalogItem {
    pub(super) code: String,
    pub(super) value: String,
    /// Visible as long as the items that it depends on have their values.
    pub(super) is_visible: bool,
    /// Initial value of a component that cannot be left out. Items of a draft have an empty one until the catalogue is known.
    default: Option<String>,
}

impl CatalogItem {
    /// An item of a catalogue that is not known yet.
    pub(super) const fn unknown(code: String) -> Self {
        Self { code, value: String::new(), is_visible: true, default: Some(String::new()) }
    }

    /// Returns whether it is chosen, or would be missed.
    pub(super) const fn is_chosen(&self) -> bool {
        self.is_visible && (self.default.is_some() || !self.value.is_empty())
    }

    /// Returns whether it is part of the request.
    pub(super) fn is_sent(&self) -> bool {
        self.is_visible && (self.default.is_some() || !self.value.trim().is_empty())
    }

    /// Returns whether somebody has filled it in.
    pub(super) fn is_filled(&self) -> bool {
        self.is_visible && !self.value.is_empty() && self.default.as_ref() != Some(&self.value)
    }
}

/// The items of a catalogue, with the values of earlier items, else of the rows that `take_row` gives up.
pub(super) fn items_of(
    catalog: &Catalog,
    earlier: &[CatalogItem],
    mut take_row: impl FnMut(&str) -> Option<String>,
) -> Vec<CatalogItem> {
    let item = |entry: &havenask_core::catalog::CatalogEntry| {
        let given = if let Some(item) = earlier.iter().find(|item| item.code == entry.code) {
            Some(item.value.clone()).filter(|it| item.default.is_some() || !it.is_empty())
        } else {
            take_row(&entry.code).filter(|value| !value.trim().is_empty())
        };
        let default = entry.default.clone();
        let value = given.or_else(|| default.clone()).unwrap_or_default();
        CatalogItem { code: entry.code.clone(), value, is_visible: true, default }
    };
    catalog.components.iter().map(item).collect()
}

/// Shows and hides items by their conditions. A hidden item hides those that depend on it as well.
pub(super) fn update_visibility(items: &mut [CatalogItem], catalog: &Catalog) {
    for item in items.iter_mut() {
        item.is_visible = true;
    }
    // Each round can only hide.
    for _ in 0..items.len() {
        let before = items.to_vec();
        let value_of = |code: &str| {
            let item = before.iter().find(|it| it.is_visible && it.code == code);
            item.map(|it| it.value.as_str())
        };
        for (item, entry) in items.iter_mut().zip(&catalog.components) {
            item.is_visible = entry.is_visible(value_of);
        }
        if before == items {
            break;
        }
    }
}
