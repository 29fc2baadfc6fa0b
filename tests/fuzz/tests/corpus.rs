//! The bytes that once broke a law, came near one, or are simply good, against the laws of today.

#![allow(clippy::unwrap_used, reason = "a test ends where it is surprised")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use havenask_fuzz::TARGETS;

/// A corpus is for reading: what libFuzzer finds beside it stays in `target/`.
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 200_000;

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn every_file_of_the_corpus_keeps_the_laws() {
    let (mut count, mut bytes) = (0, 0);
    for (target, laws) in TARGETS {
        let files = files(&here("corpus").join(target));
        assert!(!files.is_empty(), "{target} has no corpus");
        for file in files {
            // The last one that is shown is the one that breaks a law.
            println!("{}", file.display());
            let content = fs::read(file).unwrap();
            laws(&content);
            count += 1;
            bytes += content.len() as u64;
        }
    }
    assert!(count <= MOST_FILES && bytes <= MOST_BYTES, "{count} files of {bytes} bytes");
}

#[test]
fn every_target_has_a_corpus_and_a_program() {
    let names = |folder| -> BTreeSet<String> {
        let stem = |file: PathBuf| file.file_stem().unwrap().to_str().unwrap().to_owned();
        files(&here(folder)).into_iter().map(stem).collect()
    };
    let targets: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names("corpus"), targets);
    assert_eq!(names("targets/fuzz_targets"), targets);
}
