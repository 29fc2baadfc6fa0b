//! The table, with the look of that of `tests/bench`.

use std::fmt;

const HEADS: [&str; 4] = ["what", "measured", "must reach", ""];

/// Rows of what was measured.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
}

/// What a ratio has to be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Must {
    AtLeast(f64),
    AtMost(f64),
}

impl Table {
    /// A rate, which has to reach nothing.
    pub(crate) fn rate(&mut self, what: impl Into<String>, per_second: f64) {
        self.figure(what, format!("{} /s", thousands(per_second)));
    }

    /// How many times as much, and how many times it has to be.
    pub(crate) fn ratio(&mut self, what: impl Into<String>, times: f64, must: Option<Must>) {
        let (must, reached) = match must {
            Some(Must::AtLeast(least)) => (format!("≥ {least} ×"), Some(times >= least)),
            Some(Must::AtMost(limit)) => (format!("≤ {limit} ×"), Some(times <= limit)),
            None => (String::new(), None),
        };
        let mark = reached.map_or("", |reached| if reached { "reached" } else { "short" });
        self.rows.push([what.into(), format!("{times:.2} ×"), must, mark.to_owned()]);
    }

    /// Something else, which has to reach nothing.
    pub(crate) fn figure(&mut self, what: impl Into<String>, measured: String) {
        self.rows.push([what.into(), measured, String::new(), String::new()]);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = HEADS.map(str::to_owned);
        let widths: [usize; 4] = std::array::from_fn(|column| {
            let cells = self.rows.iter().chain([&heads]).map(|row| row[column].chars().count());
            cells.max().unwrap_or_default()
        });
        let line = |row: &[String; 4]| {
            let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
            format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
        };
        let rule = widths.map(|width| "-".repeat(width));
        let lines = [&heads, &rule].into_iter().chain(&self.rows).map(line);
        formatter.write_str(&lines.collect::<Vec<_>>().join("\n"))
    }
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
