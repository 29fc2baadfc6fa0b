//! Machine, versions and date of a measurement.

use std::fs;
use std::path::Path;
use std::thread;

use crate::error::Result;
use crate::project::Project;
use crate::setup::{Setup, path};

/// Describes them in a few lines.
pub(crate) fn of(setup: &Setup<'_>) -> Result<String> {
    let project = setup.project;
    let load = setup.load()?;
    let chromium = setup.browser()?.chromium;
    let date = project.task("asking for the date", "date").args(["-u", "+%F"]).read()?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let gigabytes = after(&read("/proc/meminfo"), "MemTotal:")
        .and_then(|size| size.split_whitespace().next()?.parse::<u64>().ok())
        .map_or(0, |kilobytes| kilobytes.div_ceil(1024 * 1024));
    let model = after(&read("/proc/cpuinfo"), "model name\t:").unwrap_or_else(|| "unknown".into());
    let system =
        after(&read("/etc/os-release"), "PRETTY_NAME=").unwrap_or_else(|| "unknown".into());
    let versions = [
        ("rustc", Path::new("rustc"), "--version"),
        ("Node", Path::new("node"), "--version"),
        ("Chromium", &chromium, "--version"),
        ("nginx", &load.nginx, "-v"),
        ("wrk", &load.wrk, "-v"),
    ];
    let versions = versions.map(|(name, program, option)| {
        format!("{name} {}", number(project, program, option).unwrap_or_default())
    });
    let tools = path::versions(&project.locked_version("wasm-bindgen")?);
    Ok(format!(
        "Measured on {date}: {cores} cores ({model}), {gigabytes} GiB, {}.\n{}, {tools}.",
        system.trim_matches('"'),
        versions.join(", ")
    ))
}

fn read(file: &str) -> String {
    fs::read_to_string(file).unwrap_or_default()
}

/// Rest of the first line that starts with a name.
fn after(text: &str, name: &str) -> Option<String> {
    let rest = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(rest.trim().to_owned())
}

/// The first number with a point that a program says of itself, on whatever stream.
fn number(project: &Project, program: &Path, option: &str) -> Option<String> {
    let script = r#""$0" "$1" 2>&1 | grep -oE '[0-9]+[.][0-9.]+' | head -n 1"#;
    let task = project.task("asking for a version", "sh").args(["-c", script]);
    task.arg(program).arg(option).read().ok().filter(|number| !number.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_line_by_its_name() {
        assert_eq!(after("a: 1\nb: 2 kB\n", "b:").as_deref(), Some("2 kB"));
        assert_eq!(after("a: 1", "b:"), None);
    }
}
