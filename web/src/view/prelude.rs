//! Imports of the views.

pub(super) use leptos::prelude::*;

pub(super) use super::{
    common::{
        SUPPORT, button, choice, every, external_link, heading, labelled, line, panel_title,
        route_link, section, slot, title_line,
    },
    control::Control,
    html::{Element, IntoChild, dynamic, each, element, fragment, text},
    icon::Icon,
};
pub(super) use crate::{actions, state::App, texts::Text};
