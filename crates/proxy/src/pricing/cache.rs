//! Quotes that were asked for a moment ago: a form asks again and again.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use havenask_core::pricing::Quote;

/// The time for which a quote is shown to whoever asks for the same.
const FRESH: Duration = Duration::from_secs(10);
/// Quotes that are kept, at most.
const MOST: usize = 1024;

/// Quotes by the content of their orders.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<String, (Instant, Quote)>>);

impl Cache {
    pub(crate) fn get(&self, content: &str) -> Option<Quote> {
        let quotes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, quote) = quotes.get(content)?;
        (at.elapsed() < FRESH).then(|| quote.clone())
    }

    pub(crate) fn put(&self, content: String, quote: Quote) {
        let mut quotes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if quotes.len() >= MOST {
            quotes.retain(|_, (at, _)| at.elapsed() < FRESH);
        }
        if quotes.len() < MOST {
            quotes.insert(content, (Instant::now(), quote));
        }
    }
}
