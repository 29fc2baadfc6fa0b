//! The state of the page: the form, the order, the instances and the interface. It knows no action and no view.

mod app;
mod form;
mod instances;
mod order;
mod orders;
mod quote;
mod ui;

pub(crate) use app::App;
pub(crate) use form::{Confirmation, FormState};
pub(crate) use instances::{
    InstanceDetails, InstanceList, InstancePage, InstancesState, PAGE_SIZE, row_id,
};
pub(crate) use order::{OrderStage, OrderState, Screen, UnknownOutcome};
pub(crate) use orders::OrdersState;
pub(crate) use quote::QuoteState;
pub(crate) use ui::{
    CONNECTION_PROBLEM, Connection, DETAILS, HEADING, LazyModule, PROBLEMS, UiState,
};
