//! Quantities, times and regions as text.

use havenask_core::{Locale, REGIONS, model::PricingCycle};

use crate::texts::instances;

/// A term: `1 month`, `3 years`.
pub(crate) fn term(duration: i64, cycle: PricingCycle, locale: Locale) -> String {
    let unit = match cycle {
        PricingCycle::Month => locale.localized("month", "个月"),
        PricingCycle::Year => locale.localized("year", "年"),
    };
    let plural = if locale == Locale::En && duration != 1 { "s" } else { "" };
    format!("{duration} {unit}{plural}")
}

/// A time that passed: `4 s`, `1 min 05 s`.
pub(crate) fn elapsed(seconds: u32, locale: Locale) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    let [minute, second] = [locale.localized("min", "分"), locale.localized("s", "秒")];
    match minutes {
        0 => format!("{rest} {second}"),
        _ => format!("{minutes} {minute} {rest:02} {second}"),
    }
}

/// A rough time in words: `12 minutes`.
pub(crate) fn rough_time(seconds: u32, locale: Locale) -> String {
    let (count, en, zh) = match seconds {
        0..90 => (seconds.max(1), "second", "秒"),
        90..5400 => ((seconds + 30) / 60, "minute", "分钟"),
        _ => ((seconds + 1800) / 3600, "hour", "小时"),
    };
    let plural = if locale == Locale::En && count != 1 { "s" } else { "" };
    [&count.to_string(), " ", locale.localized(en, zh), plural].concat()
}

/// An age in its largest unit: `3 days ago`.
pub(crate) fn age(seconds: i64, locale: Locale) -> String {
    const MINUTE: i64 = 60;
    const DAY: i64 = 24 * 60 * MINUTE;
    const UNITS: [(i64, &str, &str); 5] = [
        (365 * DAY, "year", "年"),
        (30 * DAY, "month", "个月"),
        (DAY, "day", "天"),
        (60 * MINUTE, "hour", "小时"),
        (MINUTE, "minute", "分钟"),
    ];
    let Some((unit, en, zh)) = UNITS.iter().find(|(unit, ..)| seconds >= *unit) else {
        return locale.localized("just now", "刚刚").to_owned();
    };
    let count = seconds / unit;
    let end = locale.localized(if count == 1 { " ago" } else { "s ago" }, "前");
    [&count.to_string(), " ", locale.localized(en, zh), end].concat()
}

/// A number of at least two digits.
pub(crate) fn two_digits(number: u32) -> String {
    let text = number.to_string();
    if number < 10 { ["0", &text].concat() } else { text }
}

/// The date so many months after a date, the last of its month where that is shorter: `2026-02-28`. `None` beyond the calendar.
pub(crate) fn date_after([year, month, day]: [u32; 3], months: u64) -> Option<String> {
    let index = u32::try_from(months).ok()?.checked_add(year * 12 + month - 1)?;
    let (year, month) = (index / 12, index % 12 + 1);
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (year < 10_000).then(|| {
        [&year.to_string(), "-", &two_digits(month), "-", &two_digits(day.min(last))].concat()
    })
}

/// A number with its thousands apart: `10,000`.
pub(crate) fn grouped(number: u64) -> String {
    let mut text = number.to_string();
    let mut place = text.len();
    while place > 3 {
        place -= 3;
        text.insert(place, ',');
    }
    text
}

/// A part of a list: `21–40 of 10,000`.
pub(crate) fn range((first, last): (u64, u64), total: u64, locale: Locale) -> String {
    part(&[&grouped(first), "–", &grouped(last)].concat(), total, locale)
}

/// A part of a number: `3 of 20`.
pub(crate) fn part(part: &str, total: u64, locale: Locale) -> String {
    let of = instances::OF.with(locale, &grouped(total));
    [part, locale.localized(" ", ""), &of].concat()
}

/// A region in a list: its name, and its id.
pub(crate) fn region_option(id: &str, locale: Locale) -> String {
    let name = region(id, locale);
    if name == id { name } else { [&name, " · ", id].concat() }
}

/// The name of a region; its id when it has none.
pub(crate) fn region(id: &str, locale: Locale) -> String {
    match REGIONS.iter().find(|region| region.id == id) {
        Some(region) => locale.localized(region.en, region.zh).to_owned(),
        None => id.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms() {
        for (duration, cycle, en, zh) in [
            (1, PricingCycle::Month, "1 month", "1 个月"),
            (12, PricingCycle::Month, "12 months", "12 个月"),
            (1, PricingCycle::Year, "1 year", "1 年"),
            (3, PricingCycle::Year, "3 years", "3 年"),
        ] {
            assert_eq!(term(duration, cycle, Locale::En), en);
            assert_eq!(term(duration, cycle, Locale::Zh), zh);
        }
    }

    #[test]
    fn rough_times() {
        for (seconds, en, zh) in [
            (0, "1 second", "1 秒"),
            (89, "89 seconds", "89 秒"),
            (90, "2 minutes", "2 分钟"),
            (734, "12 minutes", "12 分钟"),
            (5399, "90 minutes", "90 分钟"),
            (5400, "2 hours", "2 小时"),
            (86_400, "24 hours", "24 小时"),
        ] {
            assert_eq!(rough_time(seconds, Locale::En), en);
            assert_eq!(rough_time(seconds, Locale::Zh), zh);
        }
    }

    #[test]
    fn the_end_of_a_term() {
        for (today, months, end) in [
            ([2026, 11, 28], 1, Some("2026-12-28")),
            ([2026, 12, 31], 1, Some("2027-01-31")),
            ([2026, 1, 31], 1, Some("2026-02-28")),
            ([2027, 11, 30], 3, Some("2028-02-29")),
            ([2026, 5, 31], 1, Some("2026-06-30")),
            ([2024, 2, 29], 12, Some("2025-02-28")),
            ([2026, 11, 5], 36, Some("2029-11-05")),
            ([2026, 11, 5], u64::MAX, None),
        ] {
            assert_eq!(date_after(today, months).as_deref(), end, "{today:?} {months}");
        }
    }

    #[test]
    fn times() {
        for (seconds, en, zh) in [
            (0, "0 s", "0 秒"),
            (59, "59 s", "59 秒"),
            (65, "1 min 05 s", "1 分 05 秒"),
            (3600, "60 min 00 s", "60 分 00 秒"),
        ] {
            assert_eq!(elapsed(seconds, Locale::En), en);
            assert_eq!(elapsed(seconds, Locale::Zh), zh);
        }
    }

    #[test]
    fn ages() {
        const DAY: i64 = 86_400;
        for (seconds, en, zh) in [
            (-5, "just now", "刚刚"),
            (59, "just now", "刚刚"),
            (60, "1 minute ago", "1 分钟前"),
            (3_599, "59 minutes ago", "59 分钟前"),
            (3_600, "1 hour ago", "1 小时前"),
            (DAY - 1, "23 hours ago", "23 小时前"),
            (3 * DAY, "3 days ago", "3 天前"),
            (30 * DAY, "1 month ago", "1 个月前"),
            (364 * DAY, "12 months ago", "12 个月前"),
            (800 * DAY, "2 years ago", "2 年前"),
        ] {
            assert_eq!(age(seconds, Locale::En), en);
            assert_eq!(age(seconds, Locale::Zh), zh);
        }
    }

    #[test]
    fn parts_of_a_list() {
        for (part, total, en, zh) in [
            ((1, 7), 7, "1–7 of 7", "1–7（共 7 个）"),
            ((21, 40), 10_000, "21–40 of 10,000", "21–40（共 10,000 个）"),
            (
                (999_981, 1_000_000),
                1_234_567,
                "999,981–1,000,000 of 1,234,567",
                "999,981–1,000,000（共 1,234,567 个）",
            ),
        ] {
            assert_eq!(range(part, total, Locale::En), en);
            assert_eq!(range(part, total, Locale::Zh), zh);
        }
    }

    #[test]
    fn regions() {
        assert_eq!(region("eu-central-1", Locale::En), "Germany (Frankfurt)");
        assert_eq!(region("cn-hangzhou", Locale::Zh), "华东1（杭州）");
        assert_eq!(region("mars-1", Locale::Zh), "mars-1");
    }
}
