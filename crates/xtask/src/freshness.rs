//! Freshness of outputs: comparing them with their inputs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::error::{Context, Result};

/// Stamp file: time and tools of the last build.
#[derive(Debug)]
pub(crate) struct StampFile {
    file: PathBuf,
    tools: String,
    began: SystemTime,
}

impl StampFile {
    /// Creates it before a build begins: inputs that change during the build are newer.
    pub(crate) fn begin(file: PathBuf, tools: String) -> Self {
        Self { file, tools, began: SystemTime::now() }
    }

    /// Returns true if the last build used these tools and is newer than each input.
    pub(crate) fn is_fresh(&self, inputs: &[PathBuf]) -> bool {
        let made = fs::metadata(&self.file).and_then(|file| file.modified());
        let same_tools = fs::read_to_string(&self.file).is_ok_and(|text| text == self.tools);
        same_tools && made.is_ok_and(|made| newest(inputs).is_ok_and(|newest| newest < made))
    }

    /// Records a finished build.
    pub(crate) fn done(&self) -> Result<()> {
        let write = || {
            let mut file = fs::File::create(&self.file)?;
            io::Write::write_all(&mut file, self.tools.as_bytes())?;
            file.set_modified(self.began)
        };
        write().context(|| format!("writing {}", self.file.display()))
    }
}

/// Time of the last change of these files and folders, and of those below them.
/// A path that is not there counts as never changed; a folder counts too, since a file can be removed.
pub(crate) fn newest(paths: &[PathBuf]) -> io::Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut waiting = paths.to_vec();
    while let Some(path) = waiting.pop() {
        let Ok(metadata) = fs::metadata(&path) else { continue };
        newest = newest.max(metadata.modified()?);
        if metadata.is_dir() {
            for entry in fs::read_dir(&path)? {
                let entry = entry?;
                if !is_output(Path::new(&entry.file_name())) {
                    waiting.push(entry.path());
                }
            }
        }
    }
    Ok(newest)
}

fn is_output(name: &Path) -> bool {
    name == Path::new("target") || name == Path::new("node_modules")
}

/// Returns true if `output` exists and is at least as new as `input`.
pub(crate) fn is_as_new_as(output: &Path, input: &Path) -> bool {
    let modified = |path| fs::metadata(path).and_then(|file| file.modified());
    match (modified(output), modified(input)) {
        (Ok(output), Ok(input)) => output >= input,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temp_dir::TempDir;
    use std::time::Duration;

    fn age(path: &Path, seconds: u64) {
        let when = SystemTime::now() - Duration::from_secs(seconds);
        fs::File::open(path).unwrap().set_modified(when).unwrap();
    }

    #[test]
    fn an_output_goes_stale_with_its_inputs_and_its_tools() {
        let temp_dir = TempDir::new("stamp");
        let source = temp_dir.path().join("src");
        fs::create_dir_all(source.join("deep")).unwrap();
        let file = source.join("deep/lib.rs");
        fs::write(&file, "").unwrap();
        let inputs = [source.clone(), temp_dir.path().join("not-there")];
        for path in [&file, &source.join("deep"), &source] {
            age(path, 100);
        }
        let stamp = |tools: &str| StampFile::begin(temp_dir.path().join("stamp"), tools.into());

        assert!(!stamp("tool 1").is_fresh(&inputs), "no stamp yet");
        stamp("tool 1").done().unwrap();
        assert!(stamp("tool 1").is_fresh(&inputs));
        assert!(!stamp("tool 2").is_fresh(&inputs), "made with another tool");

        let old =
            StampFile { began: SystemTime::now() - Duration::from_secs(50), ..stamp("tool 1") };
        old.done().unwrap();
        assert!(stamp("tool 1").is_fresh(&inputs));
        age(&file, 20);
        assert!(!stamp("tool 1").is_fresh(&inputs), "a file was changed");
        age(&file, 100);
        age(&source, 20);
        assert!(!stamp("tool 1").is_fresh(&inputs), "a file was removed");
    }

    #[test]
    fn compares_two_files() {
        let temp_dir = TempDir::new("compare");
        let (output, input) = (temp_dir.path().join("output"), temp_dir.path().join("input"));
        fs::write(&input, "").unwrap();
        assert!(!is_as_new_as(&output, &input));
        fs::write(&output, "").unwrap();
        age(&input, 10);
        assert!(is_as_new_as(&output, &input));
        age(&output, 20);
        assert!(!is_as_new_as(&output, &input));
    }
}
