//! State of an instance over time, and its forms in responses.

use havenask_core::{
    Timestamp,
    instance::{Instance, Network, Resource, STATUSES, Spec},
    model::Order,
};

use crate::store::InstanceRecord;

/// Edition of every instance.
pub(super) const EDITION: &str = "engine";
/// Commodity code. The real one is published for pay-as-you-go only; this is certainly none.
const COMMODITY: &str = "havenask_emulated";
/// Value of fields whose real values are unpublished.
const EMULATED: &str = "emulated";
/// Component codes of the data size, in `CreateInstance` and in `UpdateInstance`.
const SIZES: [&str; 2] = ["searcherdocsize", "searcherdocsizesum"];

impl InstanceRecord {
    /// Instance in the response of `GetInstance`.
    pub(super) fn instance(&self, now: i64, ready_after: i64) -> Instance {
        Instance {
            bs_version: Some(EMULATED.to_owned()),
            new_mode: Some(true),
            zone_count: Some(1),
            ..self.listed(now, ready_after)
        }
    }

    /// Instance in the response of `ListInstances`.
    pub(super) fn listed(&self, now: i64, ready_after: i64) -> Instance {
        let host = |zone: &str| Some([&self.id, zone, ".havenask.invalid"].concat());
        Instance {
            edition: Some(EDITION.to_owned()),
            version: Some(EMULATED.to_owned()),
            user_name: Some(EMULATED.to_owned()),
            no_qrs: Some(false),
            tags: self.request.tags.clone().unwrap_or_default(),
            network: Some(Network {
                vpc_id: Some("vpc-emulated".to_owned()),
                v_switch_id: Some("vsw-emulated".to_owned()),
                // Names that never resolve (RFC 6761).
                endpoint: host(""),
                public_endpoint: host(".public"),
                allow: Some("127.0.0.1".to_owned()),
            }),
            spec: Some(self.spec()),
            ..self.summary(now, ready_after)
        }
    }

    /// Instance in the response of `UpdateInstance`.
    pub(super) fn summary(&self, now: i64, ready_after: i64) -> Instance {
        let (status, since) = self.status(now, ready_after);
        let (description, described_at) = self.description.clone().unzip();
        let time = |unix| Some(Timestamp::from_unix(unix).iso());
        let request = &self.request;
        Instance {
            instance_id: self.id.clone(),
            description,
            status: Some(status.to_owned()),
            charge_type: request.charge_type.map(|it| it.as_str().to_owned()),
            commodity_code: Some(COMMODITY.to_owned()),
            create_time: time(self.created_at),
            update_time: time(since.max(described_at.unwrap_or(since))),
            expired_time: request
                .order
                .as_ref()
                .and_then(|order| end_of_term(self.created_at, order)),
            lock_mode: Some("Unlock".to_owned()),
            in_debt: Some(false),
            resource_group_id: request.resource_group_id.clone(),
            ..Instance::default()
        }
    }

    /// Specification: one query node, and one data node of the size that was bought.
    fn spec(&self) -> Spec {
        let node = |disk| {
            let category = Some("cloud".to_owned());
            Some(Resource { cpu: Some(4), mem: Some(16), disk, node_count: Some(1), category })
        };
        let mut components = self.request.components.iter().flatten().rev();
        let size = components.find(|it| SIZES.contains(&it.code.as_str()));
        let size = size.and_then(|it| it.value.as_deref()?.parse().ok());
        Spec { qrs_resource: node(Some(50)), search_resource: node(size) }
    }

    /// Status, and the time at which it began.
    fn status(&self, now: i64, ready_after: i64) -> (&'static str, i64) {
        let [init, updating, ready] = STATUSES;
        // Rounded up, so that a short time has all its steps.
        let third = ready_after / 3 + i64::from(ready_after % 3 > 0);
        let (created, at) = (self.created_at, |since: i64, age| since.saturating_add(age));
        let built = at(created, ready_after);
        let changed = self.respecified_at;
        let steps = [
            Some((created, init)),
            Some((at(created, third), updating)),
            // An instance that is changed before it is ready becomes ready when the change is done.
            changed.is_none_or(|since| since >= built).then_some((built, ready)),
            changed.map(|since| (since, updating)),
            changed.map(|since| (at(since, ready_after), ready)),
        ];
        let begun = steps.into_iter().flatten().filter(|(since, _)| *since <= now);
        let (since, status) = begun.max_by_key(|(since, _)| *since).unwrap_or((created, init));
        (status, since)
    }
}

/// End of a term: the same day of a later month, or its last day where it is shorter. `None` without a term.
fn end_of_term(start: i64, order: &Order) -> Option<String> {
    let months = i64::try_from(order.months()?).ok()?;
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
    use super::*;

    #[test]
    fn a_status_lasts_a_third_and_two_thirds() {
        let record = InstanceRecord { created_at: 100, ..InstanceRecord::default() };
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
        assert_eq!(record.status(100, i64::MAX), ("INIT", 100));
    }

    #[test]
    fn a_changed_specification_takes_its_time() {
        let changed = |at| InstanceRecord {
            created_at: 100,
            respecified_at: Some(at),
            ..InstanceRecord::default()
        };
        for (at, now, status, since) in [
            (200, 199, "READY", 120),
            (200, 200, "CONFIG_UPDATING", 200),
            (200, 219, "CONFIG_UPDATING", 200),
            (200, 220, "READY", 220),
            (110, 121, "CONFIG_UPDATING", 110),
            (110, 130, "READY", 130),
        ] {
            assert_eq!(changed(at).status(now, 20), (status, since), "{at} {now}");
        }
    }

    #[test]
    fn a_term_ends_on_a_day_that_exists() {
        use havenask_core::model::PricingCycle::{Month, Year};
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
            assert_eq!(end_of_term(start, &order).as_deref(), end);
        }
    }
}
