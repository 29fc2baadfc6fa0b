//! Views that a first visit does not need: all but the form. Where the page is built alone (feature `page`) they are in a WebAssembly
//! module of their own, which the visitor's first action loads.

#[cfg(feature = "page")]
use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use leptos::{ev, wasm_split::SplitLoaderError};

use super::{developer, instances, order, orders, outcome, prelude::*, review};
use crate::{
    model::Route,
    state::{HEADING, LazyModule, Screen},
    texts::{form as texts, instances::RETRY},
};

/// A view of the module.
#[derive(Clone, Debug)]
pub(super) enum LazyView {
    Developer,
    Instances,
    Orders,
    Order(String),
    Review,
    Refused,
    Unknown,
}

impl LazyView {
    /// The view that is open, unless that is the form.
    pub(super) fn open(route: Route, screen: Screen) -> Option<Self> {
        Some(match (route, screen) {
            (Route::Developer, _) => Self::Developer,
            (Route::Instances(_) | Route::Instance { .. }, _) => Self::Instances,
            (Route::Orders, _) => Self::Orders,
            (Route::Order(key), _) => Self::Order(key),
            (Route::NewOrder, Screen::Review) => Self::Review,
            (Route::NewOrder, Screen::Refused) => Self::Refused,
            (Route::NewOrder, Screen::Unknown) => Self::Unknown,
            (Route::NewOrder, Screen::Form) => return None,
        })
    }
}

/// Draws a view. The attribute makes it wait for the module, and makes `load`.
#[cfg_attr(
    feature = "page",
    leptos::wasm_split::wasm_split(
        views,
        wasm_split_path = ::leptos::wasm_split,
        preload(load),
        fallible
    )
)]
#[allow(clippy::unnecessary_wraps, reason = "the attribute demands it")]
fn draw(view: LazyView) -> Result<AnyView, SplitLoaderError> {
    Ok(match view {
        LazyView::Developer => developer::view(),
        LazyView::Instances => instances::view(),
        LazyView::Orders => orders::view(),
        LazyView::Order(key) => order::view(&key),
        LazyView::Review => review::view(),
        LazyView::Refused => outcome::refused(),
        LazyView::Unknown => outcome::unknown(),
    })
}

#[cfg(not(feature = "page"))]
fn load() -> std::future::Ready<Result<(), SplitLoaderError>> {
    std::future::ready(Ok(()))
}

/// Draws a view; until its module is there, what is being done about that.
pub(super) fn view(app: App, view: LazyView) -> AnyView {
    let title = |text| title_line(app).child(app.ui.text(text));
    match app.ui.lazy_module.get() {
        LazyModule::Loaded => {}
        LazyModule::Failed => {
            let again = button(app, "button", RETRY, move || start_loading(app));
            let text = element("p").child(app.ui.text(texts::LOAD_AGAIN));
            let panel = element("div").class("panel panel-error").attr("role", "alert");
            return panel
                .child(title(texts::VIEW_NOT_LOADED))
                .child(text)
                .child(again)
                .into_child();
        }
        LazyModule::Absent | LazyModule::Loading => {
            start_loading(app);
            return element("div").class("heading").child(title(texts::LOADING)).into_child();
        }
    }
    #[cfg(feature = "page")]
    let drawn = {
        // With its module there, it is ready at once.
        let mut context = Context::from_waker(Waker::noop());
        let Poll::Ready(drawn) = pin!(draw(view)).poll(&mut context) else {
            return ().into_child();
        };
        drawn
    };
    #[cfg(not(feature = "page"))]
    let drawn = draw(view);
    drawn.unwrap_or_else(|_| ().into_child())
}

/// Loads the module at the first action of the visitor: before it is needed, and not for whoever only looks.
pub(super) fn load_on_use(app: App) {
    let press = window_event_listener(ev::pointerdown, move |_| start_loading(app));
    let key = window_event_listener(ev::keydown, move |_| start_loading(app));
    on_cleanup(move || [press, key].into_iter().for_each(WindowListenerHandle::remove));
}

fn start_loading(app: App) {
    let state = app.ui.lazy_module;
    if matches!(state.get_untracked(), LazyModule::Loading | LazyModule::Loaded) {
        return;
    }
    state.set(LazyModule::Loading);
    app.ui.spawn(async move {
        let result = load().await;
        state.set(if result.is_ok() { LazyModule::Loaded } else { LazyModule::Failed });
        let (route, screen) = (app.ui.route.get_untracked(), app.order.screen.get_untracked());
        if LazyView::open(route, screen).is_some() {
            app.ui.focus_soon(HEADING);
        }
    });
}
