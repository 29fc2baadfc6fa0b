//! Measurements, a row a line, its cells parted by tabs: `cargo xtask bench` makes a table of them.

use std::fmt;

/// Rows of what was measured.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 5]>,
}

/// The limit of a ratio.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Must {
    AtLeast(f64),
    AtMost(f64),
}

impl Table {
    /// Something that has to reach nothing.
    pub(crate) fn figure(&mut self, what: impl Into<String>, measured: String) {
        self.rows.push([what.into(), measured, String::new(), String::new(), String::new()]);
    }

    /// Adds a ratio to something beside it, with its limit.
    pub(crate) fn ratio(
        &mut self,
        what: impl Into<String>,
        times: f64,
        must: Option<Must>,
        beside: String,
    ) {
        let (must, reached) = match must {
            Some(Must::AtLeast(least)) => (format!("≥ {least} ×"), Some(times >= least)),
            Some(Must::AtMost(limit)) => (format!("≤ {limit} ×"), Some(times <= limit)),
            None => (String::new(), None),
        };
        let mark = reached.map_or("", |reached| if reached { "reached" } else { "short" });
        self.rows.push([what.into(), format!("{times:.2} ×"), must, mark.to_owned(), beside]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.rows.iter().try_for_each(|row| writeln!(formatter, "{}", row.join("\t")))
    }
}

/// A rate, with commas.
pub(crate) fn rate(per_second: f64) -> String {
    format!("{} /s", thousands(per_second))
}

/// A whole number with commas.
fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
