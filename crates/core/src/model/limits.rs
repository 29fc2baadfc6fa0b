//! Limits of a request.

/// Components that one request may hold. No document names a limit; the proxy's body limit is sized for this one.
pub const MAX_COMPONENTS: usize = 256;
/// Durations that the documentation of `order.duration` lists.
pub const DURATIONS: [i64; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12];
/// Tags that one call of `TagResources` takes; what `CreateInstance` takes is not documented.
pub const MAX_TAGS: usize = 20;
/// Characters that a tag's key or value may have.
pub const MAX_TAG_LENGTH: usize = 128;
/// Instances that a page of `ListInstances` may have, at most.
pub const MAX_PAGE_SIZE: u32 = 50;
