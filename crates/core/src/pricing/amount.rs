//! An amount of money as decimal digits. A float would lose some of them.

use alloc::{borrow::ToOwned, string::String};
use core::{cmp::Ordering, fmt};

use crate::strings::{concat, push_u64};

/// Digits that an amount has at most, before and behind its point together: what a 96-bit decimal holds.
const MAX_DIGITS: usize = 28;

/// A decimal number of some currency, exact: `1234.50`. It has at least two decimals, and no zeros behind them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    is_negative: bool,
    /// Without leading zeros; `0` for none.
    integer: String,
    /// At least two digits.
    fraction: String,
}

impl Amount {
    /// Reads digits as a cloud writes them, in a JSON number or a text: `1234.5`, `1,234.50`, `-11.19`, `1.2345e3`. Space around them
    /// is none of them. `None` for anything else, and beyond 28 digits.
    ///
    /// ```
    /// use havenask_core::pricing::Amount;
    ///
    /// assert_eq!(Amount::parse("1,234.5").map(|it| it.to_string()).as_deref(), Some("1234.50"));
    /// assert!(Amount::parse("0.084094") < Amount::parse("0.1"));
    /// assert_eq!(Amount::parse("1e400"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (is_negative, text) = text.strip_prefix('-').map_or((false, text), |it| (true, it));
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i8>().ok()?),
            None => (text, 0),
        };
        let (integer, fraction) = match mantissa.split_once('.') {
            Some((integer, fraction)) if !fraction.is_empty() => (integer, fraction),
            Some(_) => return None,
            None => (mantissa, ""),
        };
        let integer = without_separators(integer)?;
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if integer.is_empty() || !are_digits(&integer) || !are_digits(fraction) {
            return None;
        }
        Self::shifted(is_negative, &concat(&[&integer, fraction]), integer.len(), exponent)
    }

    /// Moves the point by the exponent.
    fn shifted(is_negative: bool, digits: &str, point: usize, exponent: i8) -> Option<Self> {
        let zeros = "0".repeat(exponent.unsigned_abs().into());
        let (digits, point) = if exponent < 0 {
            (concat(&[&zeros, digits]), point)
        } else {
            (concat(&[digits, &zeros]), point + zeros.len())
        };
        let (integer, fraction) = digits.split_at_checked(point)?;
        let mut integer = integer.trim_start_matches('0').to_owned();
        let mut fraction = fraction.trim_end_matches('0').to_owned();
        if integer.len() + fraction.len() > MAX_DIGITS {
            return None;
        }
        if integer.is_empty() {
            integer.push('0');
        }
        while fraction.len() < 2 {
            fraction.push('0');
        }
        let is_zero = integer == "0" && fraction == "00";
        Some(Self { is_negative: is_negative && !is_zero, integer, fraction })
    }

    /// Tests for an amount below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Tests for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.integer == "0" && self.fraction == "00"
    }

    /// The amount in hundredths, a broken one rounded up: no charge is shown lower than it is. `None` below zero, and beyond 64 bits.
    #[must_use]
    pub fn hundredths(&self) -> Option<u64> {
        let (two, rest) = self.fraction.split_at_checked(2)?;
        let whole: u64 = concat(&[&self.integer, two]).parse().ok()?;
        if self.is_negative { None } else { whole.checked_add(u64::from(!rest.is_empty())) }
    }

    /// The amount of so many hundredths.
    #[must_use]
    pub fn from_hundredths(hundredths: u64) -> Self {
        let digits = |number: u64, width| {
            let mut digits = String::new();
            push_u64(&mut digits, number, width);
            digits
        };
        let (integer, fraction) = (digits(hundredths / 100, 1), digits(hundredths % 100, 2));
        Self { is_negative: false, integer, fraction }
    }

    /// The amount for people, with a separator between thousands: `1,234.50`, in English and in Chinese alike.
    #[must_use]
    pub fn grouped(&self) -> String {
        let mut out = String::with_capacity(self.integer.len() * 2);
        if self.is_negative {
            out.push('-');
        }
        for (index, digit) in self.integer.chars().enumerate() {
            if index > 0 && (self.integer.len() - index).is_multiple_of(3) {
                out.push(',');
            }
            out.push(digit);
        }
        out.push('.');
        out.push_str(&self.fraction);
        out
    }

    fn magnitude(&self, other: &Self) -> Ordering {
        let length = self.integer.len().cmp(&other.integer.len());
        length
            .then_with(|| self.integer.cmp(&other.integer))
            .then_with(|| self.fraction.cmp(&other.fraction))
    }
}

/// The digits of `1,234,567`; `None` where a separator stands elsewhere than before three digits.
fn without_separators(text: &str) -> Option<String> {
    let mut groups = text.split(',');
    let mut digits = groups.next()?.to_owned();
    let first = digits.len();
    for group in groups {
        if group.len() != 3 || !(1..=3).contains(&first) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative, other.is_negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude(other),
            (true, true) => other.magnitude(self),
        }
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(if self.is_negative { "-" } else { "" })?;
        formatter.write_str(&self.integer)?;
        formatter.write_str(".")?;
        formatter.write_str(&self.fraction)
    }
}
