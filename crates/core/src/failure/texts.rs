//! The row of an error code, and the advice that several rows give.

use super::{outcome::PurchaseOutcome, retry::Retry};

/// A row of the table of error codes; texts in English and Chinese.
pub(crate) struct Texts {
    pub(crate) code: &'static str,
    pub(crate) status: u16,
    pub(crate) outcome: PurchaseOutcome,
    pub(crate) retry: Retry,
    pub(crate) message: [&'static str; 2],
    pub(crate) remedy: [&'static str; 2],
}

/// The advice after a purchase that may have happened.
pub(crate) const LOOK_FIRST: [&str; 2] = [
    "A purchase may have been made. Send it again with the same key only, which buys once at most; before a new key, look at the list of instances.",
    "购买可能已经完成。如需重试，请务必使用同一个幂等键（最多只会购买一次）；使用新的幂等键之前，请先查看实例列表。",
];

/// The advice where nothing was bought and nothing is wrong with the request.
pub(crate) const TRY_AGAIN: [&str; 2] = [
    "Nothing was bought. Check the connection and try again.",
    "未产生购买。请检查网络连接后重试。",
];
