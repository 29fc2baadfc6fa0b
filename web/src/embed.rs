//! The form in an element of another page.

use std::{any::Any, cell::Cell, fmt, rc::Rc};

use havenask_client::value;
use havenask_core::{
    ErrorCode, Failure, FromValue, Locale, SchemaError, Value, catalog::Catalog,
    model::CreateInstanceRequest, purchase::TermsUrl,
};
use js_sys::{Function, JSON, Reflect};
use leptos::{
    mount,
    prelude::{GetUntracked, Set},
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{actions, browser, host::Host, model::Route, state::App, view};

thread_local! {
    /// Number of mounted forms: no two of them have the same ids.
    static MOUNTED: Cell<u32> = const { Cell::new(0) };
}

/// A form in an element. `free` unmounts it.
#[wasm_bindgen]
pub struct MountedForm {
    app: Option<App>,
    mounted: Box<dyn Any>,
}

/// Mounts a form in an element. `options` has `endpoint`, `token`, `lang`, `catalog`, `name`, `request`, `region`, `view`, `termsUrl`, and `emit`, which
/// receives the name and the detail of each event.
#[wasm_bindgen]
pub fn mount(element: HtmlElement, options: &JsValue) -> MountedForm {
    let number = MOUNTED.replace(MOUNTED.get() + 1);
    let get = |name: &str| Reflect::get(options, &JsValue::from_str(name)).unwrap_or_default();
    let text = |name: &str| get(name).as_string();
    let locale = text("lang").map_or_else(browser::language, |tag| Locale::from_tag(&tag));
    let host = Host {
        root: element.clone().into(),
        is_page: false,
        prefix: format!("havenask-{number}-"),
        name: text("name").unwrap_or_else(|| "havenask-form".to_owned()),
        endpoint: text("endpoint").unwrap_or_else(|| "/".to_owned()),
        token: text("token"),
        catalog: catalog(&get("catalog"), locale),
        terms: text("termsUrl").map(|address| terms(&address, locale)).transpose(),
        locale,
        request: request(&get("request")),
        region: text("region"),
        route: text("view")
            .map_or_else(Route::default, |view| Route::parse(&["#", &view].concat())),
        emit: get("emit").dyn_into::<Function>().ok(),
    };
    let app = Rc::new(Cell::new(None));
    let provided = Rc::clone(&app);
    let mounted = mount::mount_to(element, move || {
        let app = App::provide(host);
        provided.set(Some(app));
        actions::start(app, None);
        view::root()
    });
    MountedForm { app: app.get(), mounted: Box::new(mounted) }
}

#[wasm_bindgen]
impl MountedForm {
    /// Sets the language.
    #[wasm_bindgen(js_name = setLang)]
    pub fn set_lang(&self, tag: &str) {
        if let Some(app) = self.app {
            app.ui.locale.set(Locale::from_tag(tag));
        }
    }

    /// Sets the bearer token for the proxy.
    #[wasm_bindgen(js_name = setToken)]
    pub fn set_token(&self, token: Option<String>) {
        if let Some(app) = self.app {
            app.ui.update_host(|host| host.token = token);
            actions::connect(app);
            actions::refresh_quote(app);
        }
    }

    /// Fills the form with an order.
    #[wasm_bindgen(js_name = setRequest)]
    pub fn set_request(&self, given: &JsValue) {
        if let (Some(app), Some(request)) = (self.app, request(given)) {
            actions::fill_form(app, request, None);
        }
    }

    /// Sets the catalogue. `null` and `undefined` stand for that of the proxy.
    #[wasm_bindgen(js_name = setCatalog)]
    pub fn set_catalog(&self, catalog: &JsValue) {
        if let Some(app) = self.app {
            let catalog = self::catalog(catalog, app.ui.locale.get_untracked());
            actions::set_host_catalog(app, catalog);
        }
    }
}

impl fmt::Debug for MountedForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MountedForm")
            .field("mounted", &self.mounted)
            .finish_non_exhaustive()
    }
}

/// Reads the order of the host, an object or its JSON. The form shows what is wrong with it.
fn request(value: &JsValue) -> Option<CreateInstanceRequest> {
    let parsed = value.as_string().and_then(|text| JSON::parse(&text).ok());
    let input = value::read(parsed.as_ref().unwrap_or(value))?;
    CreateInstanceRequest::from_value(input).ok()
}

/// Reads the address of the terms of the host.
fn terms(address: &str, locale: Locale) -> Result<TermsUrl, Failure> {
    TermsUrl::parse(address).ok_or_else(|| {
        let failure = Failure::new(ErrorCode::InvalidArgument, locale);
        let message = failure.message + " termsUrl: https://…";
        Failure { message, ..failure }
    })
}

/// Reads the catalogue of the host; `None` leaves it to the proxy.
fn catalog(value: &JsValue, locale: Locale) -> Result<Option<Catalog>, Failure> {
    let input = value::read(value).unwrap_or(Value::Foreign);
    if input == Value::Null {
        return Ok(None);
    }
    let refuse = |wrong: &[SchemaError]| {
        let failure = Failure::new(ErrorCode::InvalidArgument, locale);
        let said =
            |text: String, it: &SchemaError| text + " catalog" + &it.path + ": " + &it.message;
        Failure { message: wrong.iter().fold(failure.message, said), ..failure }
    };
    let catalog = Catalog::from_value(input).map_err(|mismatch| refuse(&[*mismatch]))?;
    match catalog.validate(locale) {
        wrong if wrong.is_empty() => Ok(Some(catalog)),
        wrong => Err(refuse(&wrong)),
    }
}
