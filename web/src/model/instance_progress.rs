//! The progress of a new instance.

use havenask_core::instance::{READY, STATUSES};

/// The progress of a new instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct InstanceProgress {
    /// Its status, once it is known.
    pub(crate) status: Option<String>,
    /// Seconds since it was bought.
    pub(crate) seconds: u32,
    /// It was seen on its way.
    pub(crate) was_followed: bool,
    /// The address at which it answers.
    pub(crate) endpoint: Option<String>,
    /// The visitor is notified when it is ready.
    pub(crate) is_awaited: bool,
    /// The last request for the status has failed.
    pub(crate) unreadable: bool,
}

/// The state of a step on the way to [`READY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StepState {
    Done,
    Now,
    Later,
}

/// The status of an instance that waits for its owner; it has finished no later step than the first.
pub(crate) const WAIT_CONFIG: &str = "WAIT_CONFIG";

impl InstanceProgress {
    /// Returns whether the instance can be used.
    pub(crate) fn is_ready(&self) -> bool {
        self.status.as_deref() == Some(READY)
    }

    /// Each of [`STATUSES`]. A status that the documents do not name finishes nothing.
    pub(crate) fn steps(&self) -> [StepState; STATUSES.len()] {
        let now = match self.status.as_deref() {
            Some(READY) => STATUSES.len(),
            Some(WAIT_CONFIG) => 1,
            Some(status) => STATUSES.iter().position(|known| *known == status).unwrap_or(0),
            None => 0,
        };
        std::array::from_fn(|step| match step.cmp(&now) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Now,
            std::cmp::Ordering::Greater => StepState::Later,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_on_the_way() {
        use StepState::{Done, Later, Now};
        for (status, steps) in [
            (None, [Now, Later, Later]),
            (Some("INIT"), [Now, Later, Later]),
            (Some("WAIT_CONFIG"), [Done, Now, Later]),
            (Some("CONFIG_UPDATING"), [Done, Now, Later]),
            (Some("READY"), [Done, Done, Done]),
            (Some("<b>"), [Now, Later, Later]),
        ] {
            let progress = InstanceProgress {
                status: status.map(str::to_owned),
                ..InstanceProgress::default()
            };
            assert_eq!(progress.steps(), steps, "{status:?}");
            assert_eq!(progress.is_ready(), status == Some("READY"));
        }
    }
}
