//! The page as a program: what trunk builds.

fn main() {
    leptos::task::spawn_local(havenask_web::start());
}
