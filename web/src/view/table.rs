//! A table, which becomes one card a row where there is little room.

use super::{filter::Filter, prelude::*};

/// A table with this title. Each row has a part for each column; its first is the header of the
/// row. A filter hides rows. Browsers forget the roles of a table that is drawn as cards, so they are said.
pub(super) fn view(
    app: App,
    title: Text,
    columns: &[Text],
    rows: Vec<Vec<AnyView>>,
    filter: Option<Filter>,
) -> Element {
    let head =
        columns.iter().map(|text| element("th").attr("scope", "col").child(app.ui.text(*text)));
    let mut texts = filter.map_or_else(Vec::new, |filter| untrack(|| filter.rows())).into_iter();
    let rows = rows.into_iter().map(|parts| {
        let cells = parts.into_iter().zip(columns).enumerate().map(|(index, (part, column))| {
            let cell = if index == 0 {
                element("th").attr("scope", "row").attr("role", "rowheader")
            } else {
                element("td").attr("role", "cell")
            };
            cell.attr("data-label", app.ui.text(*column)).child(element("div").child(part))
        });
        let text = texts.next().unwrap_or_default();
        let hidden = move || filter.is_some_and(|filter| !filter.matches(&text));
        element("tr").attr("role", "row").bool_attr("hidden", hidden).children(cells)
    });
    let table = element("table")
        .attr("role", "table")
        .child(element("caption").child(app.ui.text(title)))
        .child(element("thead").child(element("tr").children(head)))
        .child(element("tbody").attr("role", "rowgroup").children(rows));
    element("div")
        .class("table")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", app.ui.text(title))
        .bool_attr("hidden", move || filter.is_some_and(Filter::is_empty))
        .child(table)
}
