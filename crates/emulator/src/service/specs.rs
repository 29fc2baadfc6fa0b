//! `ListInstanceSpecs`.

use serde::Serialize;

use super::set;
use crate::refusal::Refusal;

/// A size of node: cores, and gigabytes.
#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Spec {
    cpu: u32,
    mem: u32,
    min_disk: u32,
    max_disk: u32,
}

const fn spec(cpu: u32, mem: u32, min_disk: u32, max_disk: u32) -> Spec {
    Spec { cpu, mem, min_disk, max_disk }
}

/// What the emulator sells. The cloud's own lists are unpublished: these are samples.
const SPECS: [(&str, &[Spec]); 4] = [
    ("qrs", &[spec(4, 8, 50, 50), spec(8, 16, 50, 50)]),
    ("search", &[spec(4, 16, 50, 500), spec(8, 32, 100, 1000), spec(16, 64, 200, 2000)]),
    ("index", &[spec(8, 32, 100, 1000)]),
    ("cluster", &[spec(2, 4, 50, 50)]),
];

/// The sizes of the type that is asked for.
pub(super) fn of_type(query: &[(String, String)]) -> Result<&'static [Spec], Refusal> {
    let wanted = set(query, "type").ok_or_else(|| Refusal::missing("type"))?;
    let found = SPECS.iter().find(|(name, _)| *name == wanted).map(|(_, specs)| *specs);
    found.ok_or_else(|| Refusal::parameter("type: Write qrs, search, index or cluster."))
}
