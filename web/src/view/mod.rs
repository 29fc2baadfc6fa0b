//! Views. Each is drawn again for another language; the state that it shows lives in [`App`](crate::state::App).

mod common;
mod confirmation;
mod connection_problem;
mod control;
mod copy;
mod developer;
mod dry_run;
mod html;
mod icon;
mod instance_details;
mod instance_progress;
mod instance_table;
mod instances;
mod order;
mod order_form;
mod order_json;
mod order_table;
mod orders;
mod outcome;
mod page;
mod parts;
mod prelude;
mod price;
mod problems;
mod recent_instances;
mod region_and_billing;
mod resource_group_and_tags;
mod retry;
mod review;
mod rows;
mod specification;
mod summary;
mod table;
mod term;
mod unknown_outcome;

pub(crate) use page::root;
