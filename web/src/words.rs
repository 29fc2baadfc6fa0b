//! Quantities in words.

use havenask_core::{Locale, REGIONS, model::PricingCycle};

use crate::texts::form as texts;

/// A term: `1 month`, `3 years`.
pub(crate) fn term(duration: i64, cycle: PricingCycle, locale: Locale) -> String {
    let unit = match (locale, cycle) {
        (Locale::En, PricingCycle::Month) => "month",
        (Locale::En, PricingCycle::Year) => "year",
        (Locale::Zh, PricingCycle::Month) => "个月",
        (Locale::Zh, PricingCycle::Year) => "年",
    };
    let plural = if locale == Locale::En && duration != 1 { "s" } else { "" };
    format!("{duration} {unit}{plural}")
}

/// A billing cycle.
pub(crate) const fn cycle(cycle: PricingCycle, locale: Locale) -> &'static str {
    match cycle {
        PricingCycle::Month => texts::MONTH.get(locale),
        PricingCycle::Year => texts::YEAR.get(locale),
    }
}

/// A time that passed: `4 s`, `1 min 05 s`.
pub(crate) fn elapsed(seconds: u32, locale: Locale) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (minutes, locale) {
        (0, Locale::En) => format!("{rest} s"),
        (0, Locale::Zh) => format!("{rest} 秒"),
        (_, Locale::En) => format!("{minutes} min {rest:02} s"),
        (_, Locale::Zh) => format!("{minutes} 分 {rest:02} 秒"),
    }
}

/// The name of a region; its id when it has none.
pub(crate) fn region(id: &str, locale: Locale) -> String {
    match REGIONS.iter().find(|region| region.id == id) {
        Some(region) => locale.pick(region.en, region.zh).to_owned(),
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
    fn regions() {
        assert_eq!(region("eu-central-1", Locale::En), "Germany (Frankfurt)");
        assert_eq!(region("cn-hangzhou", Locale::Zh), "华东1（杭州）");
        assert_eq!(region("mars-1", Locale::Zh), "mars-1");
    }
}
