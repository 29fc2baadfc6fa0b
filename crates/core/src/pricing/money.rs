//! An amount with its currency, as options and headers say it: `CNY 1234.50`.

use alloc::{borrow::ToOwned, string::String};
use core::fmt;

use super::Amount;

/// The header with the most that a purchase may cost: a fresh quote above it sends nothing.
pub const MAX_PRICE: &str = "havenask-max-price";

/// [`Money::parse`] as a regular expression for documents.
pub const MONEY_PATTERN: &str = r"^[A-Z]{3} [0-9]{1,15}(\.[0-9]{1,2})?$";

/// An amount that can be charged, with its currency: never below zero, to the hundredth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Money {
    /// Three capital letters of ISO 4217: `CNY`, `USD`, `JPY`.
    pub currency: String,
    /// The amount.
    pub amount: Amount,
}

impl Money {
    /// Reads three capital letters, one space, at most 15 digits and at most two decimals. `None` for anything else, a sign, an
    /// exponent or a separator among it: who sets a limit means just this number.
    ///
    /// ```
    /// use havenask_core::pricing::Money;
    ///
    /// assert_eq!(Money::parse("CNY 1234.5").map(|it| it.to_string()).as_deref(), Some("CNY 1234.50"));
    /// for malformed in ["1234", "CNY -1", "CNY 1e9", "CNY 1.234567", "CNY 1,234", "cny 1", "CNY  1", ""] {
    ///     assert_eq!(Money::parse(malformed), None, "{malformed}");
    /// }
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (currency, digits) = text.split_once(' ')?;
        let plain = |byte: u8| byte.is_ascii_digit() || byte == b'.';
        let (integer, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let fits = (1..=15).contains(&integer.len()) && (1..=2).contains(&fraction.len());
        if !is_currency(currency) || !fits || !digits.bytes().all(plain) {
            return None;
        }
        Some(Self { currency: currency.to_owned(), amount: Amount::parse(digits)? })
    }
}

/// Tests for three capital letters.
pub(super) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.currency, self.amount)
    }
}
