//! Set-up on demand: each part is looked for when it is first needed, at most once in a run.

use std::env;
use std::path::PathBuf;
use std::sync::OnceLock;

use super::engines::{self, Engines};
use super::wasm_target::{self, Toolchain};
use super::{apt, browser, load, node, python, tools};
use crate::error::Result;
use crate::progress;
use crate::project::Project;

/// A part, or the error of installing it.
type OncePart<T> = OnceLock<Result<T>>;

/// The parts that were asked for so far.
#[derive(Debug)]
pub(crate) struct Setup<'project> {
    /// Project.
    pub(crate) project: &'project Project,
    wasm: OncePart<Toolchain>,
    bindgen: OncePart<PathBuf>,
    wasm_split: OncePart<PathBuf>,
    deny: OncePart<PathBuf>,
    node: OncePart<()>,
    binaryen: OncePart<()>,
    esbuild: OncePart<()>,
    test_packages: OncePart<()>,
    consumers: OncePart<()>,
    browser: OncePart<Browser>,
    python: OncePart<PathBuf>,
    components: OncePart<()>,
}

/// A browser to test with.
#[derive(Clone, Debug)]
pub(crate) struct Browser {
    /// Chromium or Chrome.
    pub(crate) chromium: PathBuf,
    /// Its driver.
    pub(crate) driver: PathBuf,
}

/// Programs of the load benchmark.
#[derive(Clone, Debug)]
pub(crate) struct Load {
    /// The server that it is compared with.
    pub(crate) nginx: PathBuf,
    /// The client.
    pub(crate) wrk: PathBuf,
}

fn once<T: Clone>(part: &OncePart<T>, find: impl FnOnce() -> Result<T>) -> Result<T> {
    part.get_or_init(find).clone()
}

impl<'project> Setup<'project> {
    /// Creates a set-up that has not looked for anything yet.
    pub(crate) fn new(project: &'project Project) -> Self {
        Self {
            project,
            wasm: OncePart::new(),
            bindgen: OncePart::new(),
            wasm_split: OncePart::new(),
            deny: OncePart::new(),
            node: OncePart::new(),
            binaryen: OncePart::new(),
            esbuild: OncePart::new(),
            test_packages: OncePart::new(),
            consumers: OncePart::new(),
            browser: OncePart::new(),
            python: OncePart::new(),
            components: OncePart::new(),
        }
    }

    /// A toolchain for wasm32.
    pub(crate) fn wasm(&self) -> Result<Toolchain> {
        once(&self.wasm, || wasm_target::find(self.project))
    }

    /// The folder of wasm-bindgen and its test runner.
    pub(crate) fn bindgen(&self) -> Result<PathBuf> {
        once(&self.bindgen, || tools::bindgen(self.project))
    }

    /// The folder of wasm-split.
    pub(crate) fn wasm_split(&self) -> Result<PathBuf> {
        once(&self.wasm_split, || tools::wasm_split(self.project))
    }

    /// The folder of cargo-deny.
    pub(crate) fn deny(&self) -> Result<PathBuf> {
        once(&self.deny, || tools::deny(self.project))
    }

    /// Looks for everything that the page is built with, in the order in which it is needed. A caller that needs a part meanwhile waits
    /// for it, and gets the error of its installation.
    pub(crate) fn page_tools(&self) {
        let _ = (self.wasm(), self.bindgen(), self.binaryen(), self.esbuild(), self.wasm_split());
    }

    /// Node and npm.
    pub(crate) fn node(&self) -> Result<()> {
        once(&self.node, || node::node(self.project))
    }

    /// wasm-opt.
    pub(crate) fn binaryen(&self) -> Result<()> {
        self.node()?;
        once(&self.binaryen, || tools::binaryen(self.project))
    }

    /// esbuild.
    pub(crate) fn esbuild(&self) -> Result<()> {
        self.node()?;
        once(&self.esbuild, || tools::esbuild(self.project))
    }

    /// The npm packages of tests/.
    pub(crate) fn test_packages(&self) -> Result<()> {
        self.node()?;
        once(&self.test_packages, || node::packages(self.project, "tests"))
    }

    /// Bundlers, runtimes and linters, for the tests of the package and its benchmark.
    pub(crate) fn consumers(&self) -> Result<()> {
        self.test_packages()?;
        once(&self.consumers, || node::packages(self.project, "tests/package/consumers"))
    }

    /// Peers of the package, for its benchmark.
    pub(crate) fn bench_packages(&self) -> Result<()> {
        self.test_packages()?;
        node::packages(self.project, "tests/bench")
    }

    /// Programs of the load benchmark.
    pub(crate) fn load(&self) -> Result<Load> {
        Ok(Load { nginx: load::nginx(self.project)?, wrk: load::wrk(self.project)? })
    }

    /// A browser, its driver, and Chinese letters for it.
    pub(crate) fn browser(&self) -> Result<Browser> {
        once(&self.browser, || {
            let chromium = browser::chromium(self.project)?;
            let driver = browser::chromedriver(self.project)?;
            // Tests hold without them; only pictures suffer.
            browser::fonts(self.project).unwrap_or_else(progress::note);
            Ok(Browser { chromium, driver })
        })
    }

    /// The other two engines.
    pub(crate) fn engines(&self) -> Result<Engines> {
        engines::find(self.project)
    }

    /// curl, for the sample that is written for it.
    pub(crate) fn curl(&self) -> Result<()> {
        match self.project.which("curl") {
            Some(_) => Ok(()),
            None => apt::install(self.project, "curl", &["curl"]),
        }
    }

    /// The Python that has the official SDK.
    pub(crate) fn python(&self) -> Result<PathBuf> {
        once(&self.python, || python::of(self.project, python::TODAY, "sdk-venv"))
    }

    /// The Python that has the last official SDK with the older runtime.
    pub(crate) fn old_python(&self) -> Result<PathBuf> {
        python::of(self.project, python::OLD, "sdk-venv-5.2.3")
    }

    /// The Python that has Schemathesis.
    pub(crate) fn schemathesis(&self) -> Result<PathBuf> {
        python::of(self.project, python::SCHEMATHESIS, "openapi-venv")
    }

    /// rustfmt and clippy, which a minimal installation of Rust leaves out.
    pub(crate) fn components(&self) -> Result<()> {
        once(&self.components, || {
            // rustup puts stand-ins for both on PATH in any case: what counts is what lies beside cargo.
            let cargo = env::var_os("CARGO").map(PathBuf::from).unwrap_or_default();
            let is_there = |name| !cargo.is_absolute() || cargo.with_file_name(name).exists();
            if is_there("cargo-fmt") && is_there("cargo-clippy") {
                return Ok(());
            }
            progress::step("rustfmt and clippy (rustup component add)", || {
                let task = self.project.task("rustup component add", "rustup");
                task.args(["component", "add", "rustfmt", "clippy"]).quiet()
            })
        })
    }
}
