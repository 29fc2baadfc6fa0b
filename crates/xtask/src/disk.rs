//! Free disk space: many programs report a full disk as something else.

use std::path::Path;

use crate::project::Project;

/// Free bytes below which a failure is likely to be that of a full disk.
const SCARCE: u64 = 1_000_000_000;

/// Advice after a failure, when a disk is nearly full.
pub(crate) fn advice(project: &Project) -> Option<String> {
    [&project.target, project.cache.root()].into_iter().find_map(|folder| {
        let there = folder.ancestors().find(|folder| folder.exists())?;
        let left = free(project, there).filter(|left| *left < SCARCE)?;
        Some(format!(
            "the disk of {} has only {} MB left, and a first start needs about 3 GB; make room, and the same \
             command goes on from here",
            there.display(),
            left / 1_000_000
        ))
    })
}

/// Free bytes of the disk of a folder.
fn free(project: &Project, folder: &Path) -> Option<u64> {
    // The standard library cannot ask, and every Unix has this program.
    let table =
        project.task("asking for the free space", "df").arg("-Pk").arg(folder).read().ok()?;
    let blocks: u64 = table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(blocks * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_the_disk() {
        let project = Project::find().unwrap();
        let left = free(&project, &project.root).unwrap();
        assert!(left > 0 && left.is_multiple_of(1024), "{left}");
        assert_eq!(free(&project, Path::new("/no/such/folder")), None);
    }
}
