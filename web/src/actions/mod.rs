//! Actions: changes of the state with effects outside it. Views call them; they call the proxy, the session and the browser.

mod back;
mod connection;
mod form;
mod instances;
mod navigation;
mod notification;
mod order;
mod orders;
mod quote;
mod start;

pub(crate) use back::{back_to_form, edit_field};
#[cfg(not(feature = "page"))]
pub(crate) use connection::set_host_catalog;
pub(crate) use connection::{connect, fetch_config};
pub(crate) use form::{
    add_row, clear_form, copy_link, fill_form, fill_form_from_json, read_order, remove_row,
    set_field, undo,
};
pub(crate) use instances::{
    load_page, load_region, poll_list, poll_status, recent_instances, refresh_instances,
    search_instances,
};
pub(crate) use navigation::{choose_language, navigate};
pub(crate) use notification::notify_when_ready;
pub(crate) use order::{
    buy, dry_run, leave_unknown_outcome, poll_outcome, required_consents, review_order, terms,
};
pub(crate) use orders::{download_receipt, load_order, load_orders, poll_order};
pub(crate) use quote::{agreement, refresh as refresh_quote};
pub(crate) use start::start;
