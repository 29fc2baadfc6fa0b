//! The page as a program.

fn main() {
    wasm_bindgen_futures::spawn_local(havenask_web::start());
}
