//! A PostgreSQL of our own for the tests: in a folder of its own, on a port of its own, gone at the end.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use super::apt;
use crate::command::Task;
use crate::error::{Context, Result, TaskError};
use crate::progress;
use crate::project::Project;

/// Folder of the versions of Debian.
const DEBIAN: &str = "/usr/lib/postgresql";
/// PostgreSQL does not run as root; Debian makes this user for it.
const USER: &str = "postgres";

/// A server that runs until this is dropped.
#[derive(Debug)]
pub(crate) struct Cluster<'project> {
    project: &'project Project,
    programs: PathBuf,
    folder: PathBuf,
    /// URL, with a superuser.
    pub(crate) url: String,
}

impl<'project> Cluster<'project> {
    /// Makes one, and starts it.
    pub(crate) fn start(project: &'project Project) -> Result<Self> {
        let programs = programs(project)?;
        // Every user can reach it there, and a socket's path has room for few letters.
        let folder = env::temp_dir().join(format!("havenask-pg-{}", process::id()));
        fs::create_dir_all(&folder).context(|| format!("making {}", folder.display()))?;
        let free = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
        let port = free.context(|| "looking for a free port".to_owned())?.port();
        let url = format!("postgres://havenask@127.0.0.1:{port}/postgres");
        let cluster = Self { project, programs, folder, url };
        progress::step("PostgreSQL (initdb, pg_ctl start)", || cluster.begin(port))?;
        Ok(cluster)
    }

    fn begin(&self, port: u16) -> Result<()> {
        if apt::is_root() {
            let own = self.project.task("handing a folder to PostgreSQL", "chown");
            own.arg(USER).arg(&self.folder).quiet()?;
        }
        let init = self.task("initdb").arg("--pgdata").arg(self.data());
        init.args(["--username=havenask", "--auth=trust", "--encoding=UTF8", "--no-sync"])
            .quiet()?;
        let socket = self.folder.display();
        let options = format!("-c listen_addresses=127.0.0.1 -p {port} -k {socket}");
        let start = self.task("pg_ctl").arg("--pgdata").arg(self.data());
        let log = self.folder.join("log");
        start.args(["--wait", "--options", &options, "--log"]).arg(log).arg("start").quiet()
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn task(&self, program: &str) -> Task {
        let path = self.programs.join(program);
        let task = if apt::is_root() {
            let task = self.project.task(program, "runuser");
            task.args(["-u", USER, "--"]).arg(path)
        } else {
            self.project.task(program, path)
        };
        task.dir(Path::new("/"))
    }
}

impl Drop for Cluster<'_> {
    fn drop(&mut self) {
        let stop = self.task("pg_ctl").arg("--pgdata").arg(self.data());
        if let Err(error) = stop.args(["--mode", "immediate", "stop"]).quiet() {
            progress::note(error);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The folder of the newest version's programs.
fn programs(project: &Project) -> Result<PathBuf> {
    let hint = "install PostgreSQL, with initdb and pg_ctl on PATH";
    if let Some(found) = find(project) {
        return Ok(found);
    }
    apt::install(project, "PostgreSQL", &["postgresql"]).map_err(|error| error.hint(hint))?;
    find(project)
        .ok_or_else(|| TaskError::new("looking for PostgreSQL", "it is not there").hint(hint))
}

fn find(project: &Project) -> Option<PathBuf> {
    let on_path = project.which("initdb").and_then(|file| file.parent().map(Path::to_owned));
    on_path.or_else(|| {
        let versions = fs::read_dir(DEBIAN).ok()?.flatten();
        let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
        let newest = versions.map(|entry| entry.path()).max_by_key(number)?.join("bin");
        newest.join("initdb").is_file().then_some(newest)
    })
}
