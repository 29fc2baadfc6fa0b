//! The table, with the look of that of `tests/bench`.

use std::fmt;

const HEADS: [&str; 4] = ["what", "measured", "must reach", ""];

/// Rows of what was measured.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
}

impl Table {
    /// A rate, which has to reach nothing.
    pub(crate) fn rate(&mut self, what: impl Into<String>, per_second: f64) {
        let measured = format!("{} /s", thousands(per_second));
        self.rows.push([what.into(), measured, String::new(), String::new()]);
    }

    /// How many times as fast, and how many times it has to be.
    pub(crate) fn ratio(&mut self, what: impl Into<String>, times: f64, least: Option<f64>) {
        let must = least.map(|least| format!("≥ {least} ×")).unwrap_or_default();
        let mark = least.map_or("", |least| if times >= least { "reached" } else { "short" });
        self.rows.push([what.into(), format!("{times:.2} ×"), must, mark.to_owned()]);
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
