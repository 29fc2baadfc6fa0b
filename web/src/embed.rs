//! The form in an element of somebody else's page.

use std::{any::Any, cell::Cell, fmt, rc::Rc};

use havenask_client::value;
use havenask_core::{ErrorCode, Failure, FromValue, Locale, SchemaError, Value, catalog::Catalog};
use js_sys::{Function, Reflect};
use leptos::{
    mount,
    prelude::{GetUntracked, Set},
};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use crate::{browser, host::Host, page::Page, view};

thread_local! {
    /// How many forms were mounted: no two of them have the same ids.
    static MOUNTED: Cell<u32> = const { Cell::new(0) };
}

/// A form in an element. Whoever frees it takes the form away.
#[wasm_bindgen]
pub struct Form {
    page: Option<Page>,
    mounted: Box<dyn Any>,
}

/// Puts a form into an element. `options` has `endpoint`, `token`, `lang`, `catalog`, `name`, and `emit`, which gets the name
/// and the detail of what happens.
#[wasm_bindgen]
pub fn mount(element: HtmlElement, options: &JsValue) -> Form {
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
        locale,
        emit: get("emit").dyn_into::<Function>().ok(),
    };
    let page = Rc::new(Cell::new(None));
    let told = Rc::clone(&page);
    let mounted = mount::mount_to(element, move || {
        let page = Page::new(host, None);
        told.set(Some(page));
        view::root(page)
    });
    Form { page: page.get(), mounted: Box::new(mounted) }
}

#[wasm_bindgen]
impl Form {
    /// Changes the language.
    #[wasm_bindgen(js_name = setLang)]
    pub fn set_lang(&self, tag: &str) {
        if let Some(page) = self.page {
            page.locale.set(Locale::from_tag(tag));
        }
    }

    /// Changes how the proxy knows who asks.
    #[wasm_bindgen(js_name = setToken)]
    pub fn set_token(&self, token: Option<String>) {
        if let Some(page) = self.page {
            page.change_host(|host| host.token = token);
            page.ask();
        }
    }

    /// Changes what is sold. Nothing stands for what the proxy sells.
    #[wasm_bindgen(js_name = setCatalog)]
    pub fn set_catalog(&self, catalog: &JsValue) {
        if let Some(page) = self.page {
            page.sell_from(self::catalog(catalog, page.locale.get_untracked()));
        }
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Form").field("mounted", &self.mounted).finish_non_exhaustive()
    }
}

/// Reads the catalogue of the host, `None` when it leaves that to the proxy.
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
