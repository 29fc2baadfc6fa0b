//! The one table of what was measured.

use crate::error::{Result, TaskError};

const HEADS: [&str; 5] = ["what", "measured", "must reach", "", "beside"];
const BEGIN: &str = "<!-- measured -->\n";
const END: &str = "\n<!-- until here -->";

/// Rows whose cells are parted by tabs, as a table of Markdown. A line of one cell is the head of a part.
pub(crate) fn of(rows: &str) -> Result<String> {
    let rows = rows.lines().map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells.as_slice() {
            [head] => Ok([&format!("**{head}**"), "", "", "", ""].map(str::to_owned)),
            // The last ones may be empty, and then the program that printed them is not quoted to its end.
            cells if cells.len() <= HEADS.len() => {
                Ok(std::array::from_fn(|index| cells.get(index).unwrap_or(&"").to_string()))
            }
            _ => {
                let why = format!("`{line}` has more than five cells");
                Err(TaskError::new("reading what was measured", why))
            }
        }
    });
    let rows = rows.collect::<Result<Vec<[String; 5]>>>()?;
    let heads = HEADS.map(str::to_owned);
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = rows.iter().chain([&heads]).map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    });
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let rule = widths.map(|width| "-".repeat(width));
    Ok([&heads, &rule].into_iter().chain(&rows).map(line).collect::<Vec<_>>().join("\n"))
}

/// The document with this between its marks; none when it has no marks.
pub(crate) fn put(document: &str, measured: &str) -> Option<String> {
    let (before, rest) = document.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some([before, BEGIN, measured, END, after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_all_parts_are_one_table() {
        let table = of("The page\nall of it\t144.1 kB\t≤ 120 kB\tshort\nThe proxy").unwrap();
        assert_eq!(
            table,
            "\
| what          | measured | must reach |       | beside |
| ------------- | -------- | ---------- | ----- | ------ |
| **The page**  |          |            |       |        |
| all of it     | 144.1 kB | ≤ 120 kB   | short |        |
| **The proxy** |          |            |       |        |"
        );
        assert!(of("1\t2\t3\t4\t5\t6").unwrap_err().to_string().contains("five cells"));
    }

    #[test]
    fn only_what_is_between_the_marks_changes() {
        let document = "a\n<!-- measured -->\nold\n<!-- until here -->\nb\n";
        let put_there = put(document, "new").unwrap();
        assert_eq!(put_there, "a\n<!-- measured -->\nnew\n<!-- until here -->\nb\n");
        assert_eq!(put("no marks", "new"), None);
    }
}
