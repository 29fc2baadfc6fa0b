//! The page as a program: what trunk builds.

fn main() {
    havenask_web::start();
}
