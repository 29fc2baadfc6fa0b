//! The page as a program: what trunk builds.

fn main() {
    wasm_bindgen_futures::spawn_local(havenask_web::start());
}
