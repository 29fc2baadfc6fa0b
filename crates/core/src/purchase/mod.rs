//! A purchase towards the proxy: its headers, its states, and what the proxy tells of it.

mod content;
mod earlier;
mod headers;
mod progress;
mod state;

pub use self::{
    content::order_content,
    earlier::EarlierPurchase,
    headers::{
        IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_PATTERN, IdempotencyKey, MAX_NO_REPEAT, MAX_TERMS_URL,
        NO_REPEAT, PURCHASE_TAG, PURCHASES, TERMS, TERMS_URL_PATTERN, TermsUrl,
    },
    progress::{NEXT_TOKEN, PurchaseList, PurchaseProgress},
    state::PurchaseState,
};
