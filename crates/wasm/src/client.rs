//! `Client`: buys through a proxy.

use havenask_client::Purchase;
use havenask_core::purchase::is_idempotency_key;
use js_sys::Function;
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::AbortSignal;

use crate::{
    arguments::{ClientOptions, PurchaseOptions},
    boundary::{fail, field, from_js, request, throw, to_js},
};

/// A way to a signing proxy. It holds no keys.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Client(havenask_client::Client);

#[wasm_bindgen]
impl Client {
    /// @throws HavenaskError when the options are not what they should be.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "ClientOptions")] options: &JsValue,
    ) -> Result<Self, JsValue> {
        let fetch = typed::<Function>(options, "fetch")?;
        let options: ClientOptions = from_js("options", options)?;
        let client = havenask_client::Client::new(options.endpoint)
            .with_locale(options.locale.unwrap_or_default());
        Ok(Self(match fetch {
            Some(fetch) => client.with_fetch(fetch),
            None => client,
        }))
    }

    /// Buys an instance. With `dryRun` the proxy only checks and shows the request: the answer is a `DryRun`. Its types
    /// stand in `types.d.ts`.
    #[wasm_bindgen(js_name = createInstance, skip_typescript)]
    pub async fn create_instance(
        &self,
        request: JsValue,
        options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let signal = typed::<AbortSignal>(&options, "signal")?;
        let options: PurchaseOptions = from_js("options", &options)?;
        if !is_idempotency_key(&options.idempotency_key) {
            return Err(fail(
                "options/idempotencyKey: 8 to 64 letters, digits, hyphens and underscores are needed",
            ));
        }
        let request = self::request(&request)?;
        let purchase = Purchase { idempotency_key: options.idempotency_key, signal };
        if options.dry_run.unwrap_or_default() {
            to_js(&self.0.check_first(&request, &purchase).await.map_err(throw)?)
        } else {
            to_js(&self.0.create_instance(&request, &purchase).await.map_err(throw)?)
        }
    }
}

/// A field that holds an object of a class of JavaScript.
fn typed<T: JsCast>(options: &JsValue, name: &str) -> Result<Option<T>, JsValue> {
    let value = field(options, name)?;
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    value
        .dyn_into()
        .map(Some)
        .map_err(|_| fail(&["options/", name, ": another kind of value is needed"].concat()))
}
