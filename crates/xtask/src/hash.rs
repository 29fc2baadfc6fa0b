//! A hash of content, for the name of a file.

/// FNV-1a, as eight digits: the same on every machine, and good enough to tell two builds apart.
pub(crate) fn of(bytes: &[u8]) -> String {
    let add = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    format!("{:08x}", bytes.iter().fold(0x811c_9dc5, add))
}
