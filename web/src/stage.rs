//! How far a purchase has come. Only a review can be bought, and only once.

use havenask_core::{
    Failure,
    answer::{Created, Outcome},
};

/// How far a purchase has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The form is being filled in.
    #[default]
    Filling,
    /// Everything is shown once more. The key stays with the purchase whatever happens to it.
    Reviewing { key: String, sending: bool },
    /// An instance was bought.
    Created(Created),
    /// Nothing was bought.
    Refused(Failure),
    /// Nobody knows whether something was bought. There is no way back to buying from here.
    Unknown { key: String, failure: Failure },
}

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Form,
    Review,
    Created,
    Refused,
    Unknown,
}

impl Stage {
    /// Opens the review of a purchase.
    pub(crate) fn review(&mut self, key: String) {
        if matches!(self, Self::Filling | Self::Refused(_)) {
            *self = Self::Reviewing { key, sending: false };
        }
    }

    /// Starts to send, and returns the key to send with; `None` when there is nothing to send or it is under way.
    pub(crate) fn send(&mut self) -> Option<String> {
        match self {
            Self::Reviewing { key, sending } if !*sending => {
                *sending = true;
                Some(key.clone())
            }
            _ => None,
        }
    }

    /// Takes what came back.
    pub(crate) fn answered(&mut self, answer: Result<Created, Failure>) {
        let Self::Reviewing { key, sending: true } = self else { return };
        *self = match answer {
            Ok(created) => Self::Created(created),
            Err(failure) if failure.outcome == Outcome::NotCreated => Self::Refused(failure),
            Err(failure) => Self::Unknown { key: std::mem::take(key), failure },
        };
    }

    /// Goes back to the form, where nothing is under way and nothing is in doubt.
    pub(crate) fn back(&mut self) {
        if !self.is_sending() && !matches!(self, Self::Unknown { .. }) {
            *self = Self::Filling;
        }
    }

    /// Whether an order is on its way.
    pub(crate) const fn is_sending(&self) -> bool {
        matches!(self, Self::Reviewing { sending: true, .. })
    }

    /// What is on the screen.
    pub(crate) const fn screen(&self) -> Screen {
        match self {
            Self::Filling => Screen::Form,
            Self::Reviewing { .. } => Screen::Review,
            Self::Created(_) => Screen::Created,
            Self::Refused(_) => Screen::Refused,
            Self::Unknown { .. } => Screen::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use havenask_core::{Fault, Locale};

    use super::*;

    fn reviewing() -> Stage {
        let mut stage = Stage::default();
        stage.review("key-1".into());
        stage
    }

    fn failure(fault: Fault) -> Failure {
        Failure::of(fault, Locale::En)
    }

    #[test]
    fn an_order_is_sent_once() {
        let mut stage = reviewing();
        assert_eq!(stage.send().as_deref(), Some("key-1"));
        assert_eq!(stage.send(), None);
        stage.back();
        stage.review("key-2".into());
        assert!(stage.is_sending(), "nothing leads away from an order under way");
        let created = Created { request_id: "r".into(), instance_id: "i".into() };
        stage.answered(Ok(created.clone()));
        assert_eq!(stage, Stage::Created(created));
        assert_eq!(stage.send(), None);
        stage.answered(Err(failure(Fault::NetworkError)));
        assert_eq!(stage.screen(), Screen::Created);
    }

    #[test]
    fn only_a_review_is_sent() {
        for mut stage in [Stage::Filling, Stage::Refused(failure(Fault::InvalidRequest))] {
            assert_eq!(stage.send(), None);
        }
    }

    #[test]
    fn after_a_refusal_there_is_a_new_purchase() {
        let mut stage = reviewing();
        stage.send();
        stage.answered(Err(failure(Fault::UpstreamUnreachable)));
        assert_eq!(stage.screen(), Screen::Refused);
        stage.review("key-2".into());
        assert_eq!(stage.send().as_deref(), Some("key-2"));
    }

    #[test]
    fn doubt_stays() {
        for fault in [Fault::UpstreamTimeout, Fault::NetworkError, Fault::Aborted] {
            let mut stage = reviewing();
            stage.send();
            stage.answered(Err(failure(fault)));
            stage.back();
            stage.review("key-2".into());
            assert_eq!(stage.send(), None);
            assert!(matches!(&stage, Stage::Unknown { key, .. } if key == "key-1"), "{stage:?}");
        }
    }
}
