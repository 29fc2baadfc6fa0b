//! Dates as the two signatures write them. The proleptic Gregorian calendar is computed as in Howard Hinnant's
//! "chrono-compatible low-level date algorithms", which keeps a date library out of the wasm.

use alloc::string::String;

use crate::strings::{push_u64, split_once};

/// A moment, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(i64);

const DAY: i64 = 86_400;
const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/// The last second of the year 9999: later dates have no four-digit year.
const LAST: i64 = 253_402_300_799;

impl Timestamp {
    /// From seconds since 1970-01-01T00:00:00Z; dates outside the years 1970 to 9999 become the nearest inside.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Self {
        Self(if seconds < 0 {
            0
        } else if seconds > LAST {
            LAST
        } else {
            seconds
        })
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn unix(self) -> i64 {
        self.0
    }

    /// Reads either form of writing: `2026-03-01T08:00:00Z` (also with a fraction of a second, as JavaScript writes it)
    /// or `Sun, 01 Mar 2026 08:00:00 GMT`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.ends_with('Z') { Self::parse_iso(text) } else { Self::parse_http(text) }
    }

    /// `yyyy-MM-ddTHH:mm:ssZ`, the form of the header `x-acs-date`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.date();
        let mut text = String::with_capacity(20);
        digits(&mut text, year, 4);
        text.push('-');
        digits(&mut text, month, 2);
        text.push('-');
        digits(&mut text, day, 2);
        text.push('T');
        self.time(&mut text);
        text.push('Z');
        text
    }

    /// `EEE, dd MMM yyyy HH:mm:ss GMT` (RFC 1123), the form of the header `date`.
    #[must_use]
    pub fn http(self) -> String {
        let (year, month, day) = self.date();
        let mut text = String::with_capacity(29);
        text.push_str(pick(&WEEKDAYS, self.0 / DAY % 7));
        text.push_str(", ");
        digits(&mut text, day, 2);
        text.push(' ');
        text.push_str(pick(&MONTHS, month - 1));
        text.push(' ');
        digits(&mut text, year, 4);
        text.push(' ');
        self.time(&mut text);
        text.push_str(" GMT");
        text
    }

    fn time(self, text: &mut String) {
        let second = self.0 % DAY;
        digits(text, second / 3600, 2);
        text.push(':');
        digits(text, second / 60 % 60, 2);
        text.push(':');
        digits(text, second % 60, 2);
    }

    fn date(self) -> (i64, i64, i64) {
        let days = self.0 / DAY + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
    }

    /// Reads the form of the header `x-acs-date`, also with a fraction of a second, as JavaScript writes it.
    #[must_use]
    pub fn parse_iso(text: &str) -> Option<Self> {
        let (whole, fraction) = match split_once(text.strip_suffix("Z")?, ".") {
            Some((whole, fraction)) => (whole, fraction),
            None => (text.strip_suffix("Z")?, "0"),
        };
        if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut parts = [0; 6];
        let mut left = parts.iter_mut();
        let mut part = left.next()?;
        for byte in whole.bytes() {
            if byte.is_ascii_digit() {
                // A number that is longer than a year is no part of a date, and is not written back.
                *part = *part % 1000 * 10 + i64::from(byte - b'0');
            } else {
                part = left.next()?;
            }
        }
        let parsed = Self::from_parts(parts);
        (split_once(&parsed.iso(), "Z")?.0 == whole).then_some(parsed)
    }

    fn parse_http(text: &str) -> Option<Self> {
        let rest = text.strip_suffix(" GMT")?;
        let month = MONTHS.iter().position(|name| Some(*name) == rest.get(8..11))?;
        let parsed = Self::from_parts([
            number(rest, 12, 4)?,
            i64::try_from(month).ok()? + 1,
            number(rest, 5, 2)?,
            number(rest, 17, 2)?,
            number(rest, 20, 2)?,
            number(rest, 23, 2)?,
        ]);
        (parsed.http() == text).then_some(parsed)
    }

    /// The moment of a year, month, day, hour, minute and second. Numbers that are no date become another one: the caller compares
    /// how that is written with what was read.
    fn from_parts([year, month, day, hour, minute, second]: [i64; 6]) -> Self {
        let shifted_year = year - i64::from(month <= 2);
        let (era, year_of_era) = (shifted_year / 400, shifted_year % 400);
        let shifted_month = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * shifted_month + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = era * 146_097 + day_of_era - 719_468;
        Self::from_unix(days * DAY + hour * 3600 + minute * 60 + second)
    }
}

fn number(text: &str, start: usize, length: usize) -> Option<i64> {
    let digits = text.get(start..start + length)?;
    digits.bytes().try_fold(0, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0'))
    })
}

fn digits(text: &mut String, value: i64, width: usize) {
    push_u64(text, value.unsigned_abs(), width);
}

fn pick(names: &[&'static str], index: i64) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_moments() {
        for (unix, iso, http) in [
            (0, "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_400, "2000-02-29T00:00:00Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_698_315_752, "2023-10-26T10:22:32Z", "Thu, 26 Oct 2023 10:22:32 GMT"),
            (LAST, "9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ] {
            let moment = Timestamp::from_unix(unix);
            assert_eq!((moment.iso().as_str(), moment.http().as_str()), (iso, http));
        }
        assert_eq!(
            Timestamp::parse("2023-10-26T10:22:32.123Z"),
            Timestamp::parse("2023-10-26T10:22:32Z")
        );
    }

    #[test]
    fn a_malformed_date_is_none() {
        for text in [
            "",
            "Z",
            " GMT",
            "2023-02-29T00:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-10-26T24:00:00Z",
            "2023-10-26 10:22:32Z",
            "2023-10-26T10:22:32",
            "2023-10-26T10:22:32+08:00",
            "+023-10-26T10:22:32Z",
            "Tue 9 Apr 2022 07:35:29 GMT",
            "Mon, 26 Oct 2023 10:22:32 GMT",
            "二〇二三年",
            "2023-10-26T10:22:32.Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn both_forms_read_back(unix in 0..=LAST) {
            let moment = Timestamp::from_unix(unix);
            prop_assert_eq!(Timestamp::parse(&moment.iso()), Some(moment));
            prop_assert_eq!(Timestamp::parse(&moment.http()), Some(moment));
        }

        #[test]
        fn no_text_breaks_it(text in any::<String>()) {
            let _ = Timestamp::parse(&text);
        }
    }
}
