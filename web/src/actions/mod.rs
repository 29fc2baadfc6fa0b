//! Actions: changes of the state with effects outside it. Views call them; they call the proxy, the session and the browser.

mod connection;
mod form;
mod instances;
mod order;
mod quote;
mod start;

pub(crate) use connection::{connect, fetch_config, set_host_catalog};
pub(crate) use form::{
    add_row, clear_form, copy_link, fill_form, fill_form_from_json, remove_row, set_field, undo,
};
pub(crate) use instances::{
    close_details, load_page, open_details, poll_status, recent_instances, refresh_instances,
    search_instances,
};
pub(crate) use order::{
    back_to_form, buy, dry_run, edit_field, leave_unknown_outcome, poll_outcome, required_consents,
    review_order,
};
pub(crate) use quote::{agreement, refresh as refresh_quote};
pub(crate) use start::start;
