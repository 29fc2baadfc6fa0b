//! An instance over time: what `GetInstance` says of it now.

use havenask_core::{
    Timestamp,
    instance::{Instance, Network, STATUSES},
    model::{Order, PricingCycle},
};

use crate::store::Record;

/// The edition that `CreateInstance` sells.
pub(super) const EDITION: &str = "engine";
/// What the real bill says is published for pay as you go only; this is certainly not in it.
const COMMODITY: &str = "havenask_emulated";

impl Record {
    /// The instance at a moment, when it takes so many seconds to become ready.
    pub(super) fn instance(&self, now: i64, ready_after: i64) -> Instance {
        let (status, since) = self.status(now, ready_after);
        let time = |unix| Some(Timestamp::from_unix(unix).iso());
        let request = &self.request;
        Instance {
            instance_id: self.id.clone(),
            status: Some(status.to_owned()),
            description: None,
            charge_type: request.charge_type.map(|it| it.as_str().to_owned()),
            commodity_code: Some(COMMODITY.to_owned()),
            create_time: time(self.created_at),
            update_time: time(since),
            expired_time: request.order.as_ref().and_then(|order| term(self.created_at, order)),
            lock_mode: Some("Unlock".to_owned()),
            in_debt: Some(false),
            resource_group_id: request.resource_group_id.clone(),
            edition: Some(EDITION.to_owned()),
            version: None,
            tags: request.tags.clone().unwrap_or_default(),
            network: Some(Network {
                vpc_id: Some("vpc-emulated".to_owned()),
                v_switch_id: Some("vsw-emulated".to_owned()),
                // A name that no resolver will ever find (RFC 6761).
                endpoint: Some(format!("{}.havenask.invalid", self.id)),
            }),
        }
    }

    /// The status, and since when.
    fn status(&self, now: i64, ready_after: i64) -> (&'static str, i64) {
        let [init, updating, ready] = STATUSES;
        let age = now.saturating_sub(self.created_at);
        // Rounded up, so that a short wait has all its steps.
        let third = ready_after / 3 + i64::from(ready_after % 3 > 0);
        if age >= ready_after {
            (ready, self.created_at.saturating_add(ready_after))
        } else if age >= third {
            (updating, self.created_at.saturating_add(third))
        } else {
            (init, self.created_at)
        }
    }
}

/// When a term ends: on the same day of a later month, or on its last one where it is shorter. `None` for what is no term.
fn term(start: i64, order: &Order) -> Option<String> {
    let months = order.duration?.checked_mul(match order.pricing_cycle? {
        PricingCycle::Month => 1,
        PricingCycle::Year => 12,
    })?;
    let start = Timestamp::from_unix(start).iso();
    let part = |from, to| start.get(from..to).and_then(|text: &str| text.parse::<i64>().ok());
    let (year, month, day) = (part(0, 4)?, part(5, 7)?, part(8, 10)?);
    let month = (year * 12 + month - 1).checked_add(months)?;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let time = start.get(10..)?;
    (day - 3..=day).rev().find_map(|day| {
        Timestamp::parse(&format!("{year:04}-{month:02}-{day:02}{time}")).map(Timestamp::iso)
    })
}

#[cfg(test)]
mod tests {
    use havenask_core::model::CreateInstanceRequest;

    use super::*;

    #[test]
    fn a_status_lasts_a_third_and_two_thirds() {
        let record =
            Record { id: "i".into(), created_at: 100, request: CreateInstanceRequest::default() };
        for (now, status, since) in [
            (90, "INIT", 100),
            (100, "INIT", 100),
            (106, "INIT", 100),
            (107, "CONFIG_UPDATING", 107),
            (119, "CONFIG_UPDATING", 107),
            (120, "READY", 120),
            (i64::MAX, "READY", 120),
        ] {
            assert_eq!(record.status(now, 20), (status, since), "{now}");
        }
        assert_eq!(record.status(100, 0), ("READY", 100));
    }

    #[test]
    fn a_term_ends_on_a_day_that_exists() {
        use PricingCycle::{Month, Year};
        for (start, duration, cycle, end) in [
            ("2026-03-15T08:00:00Z", 1, Month, Some("2026-04-15T08:00:00Z")),
            ("2026-01-31T08:00:00Z", 1, Month, Some("2026-02-28T08:00:00Z")),
            ("2024-02-29T23:59:59Z", 1, Year, Some("2025-02-28T23:59:59Z")),
            ("2026-12-01T00:00:00Z", 12, Month, Some("2027-12-01T00:00:00Z")),
            ("2026-12-01T00:00:00Z", 9, Year, Some("2035-12-01T00:00:00Z")),
            ("9999-12-01T00:00:00Z", 1, Month, None),
            ("2026-12-01T00:00:00Z", i64::MAX, Year, None),
        ] {
            let order =
                Order { auto_renew: None, duration: Some(duration), pricing_cycle: Some(cycle) };
            let start = Timestamp::parse(start).unwrap().unix();
            assert_eq!(term(start, &order).as_deref(), end);
        }
    }
}
