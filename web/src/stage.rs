//! How far a purchase has come. Only a review can be bought, and only once.

use havenask_core::{
    ErrorCode, Failure, Locale, PurchaseOutcome, Retry,
    purchase::{EarlierPurchase, PurchaseProgress, PurchaseState},
    response::Created,
};

/// Questions without an answer after which a purchase in doubt may be left.
const UNANSWERED: u32 = 3;

/// How far a purchase has come.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Stage {
    /// The form is being filled in.
    #[default]
    Filling,
    /// Everything is shown once more. The key stays with the purchase whatever happens to it.
    Reviewing {
        key: String,
        sending: bool,
        /// Reason why it was not bought when it was sent before: it did not arrive, or repeats an earlier order.
        failure: Option<Failure>,
    },
    /// An instance was bought.
    Created(Created),
    /// Nothing was bought.
    Refused { key: String, failure: Failure },
    /// Nobody knows whether something was bought. There is no way back to buying from here until the proxy knows.
    Unknown(Box<Doubt>),
}

/// A purchase of which nobody knows how it ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub(crate) key: String,
    /// What came back, if anything did before the page was loaded anew.
    pub(crate) failure: Option<Failure>,
    /// What the proxy knows by now.
    pub(crate) progress: Option<PurchaseProgress>,
    /// Reason why the proxy did not answer when it was asked last.
    pub(crate) away: Option<Failure>,
    /// Number of times in a row that it did not.
    unanswered: u32,
}

impl Doubt {
    /// The answer of a cloud that was too busy: with the same key the order is sent again, once it was looked for.
    pub(crate) fn throttled(&self) -> Option<&Failure> {
        let progress = self.progress.as_ref().and_then(|progress| progress.error.as_ref());
        let mut failures = self.failure.iter().chain(progress);
        failures.find(|it| it.is_throttled() && it.retry == Retry::SameKey)
    }

    /// Returns whether the proxy has been away for so long that somebody else must find out.
    pub(crate) const fn may_be_left(&self) -> bool {
        self.unanswered >= UNANSWERED
    }
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
        if matches!(self, Self::Filling | Self::Refused { .. }) {
            *self = Self::reviewing(key, None);
        }
    }

    const fn reviewing(key: String, failure: Option<Failure>) -> Self {
        Self::Reviewing { key, sending: false, failure }
    }

    /// Goes on with a purchase that was sent before the page was loaded anew.
    pub(crate) fn resume(&mut self, key: String) {
        *self = Self::Unknown(Box::new(Doubt { key, ..Doubt::default() }));
    }

    /// Starts to send, and returns the key to send with; `None` when there is nothing to send or it is under way.
    pub(crate) fn send(&mut self) -> Option<String> {
        let again = match self {
            Self::Refused { key, failure } if failure.retry == Retry::SameKey => key,
            Self::Unknown(doubt) if doubt.throttled().is_some() => &mut doubt.key,
            _ => &mut String::new(),
        };
        if !again.is_empty() {
            *self = Self::reviewing(std::mem::take(again), None);
        }
        match self {
            Self::Reviewing { key, sending, failure } if !*sending => {
                *sending = true;
                // One more of an earlier order stays that.
                failure.take_if(|it| it.purchase.is_none());
                Some(key.clone())
            }
            _ => None,
        }
    }

    /// Takes what came back.
    pub(crate) fn answered(&mut self, answer: Result<Created, Failure>) {
        let Self::Reviewing { key, sending: true, .. } = self else { return };
        let key = std::mem::take(key);
        *self = match answer {
            Ok(created) => Self::Created(created),
            // The same was ordered before: one more needs a consent of its own.
            Err(failure) if failure.purchase.is_some() => Self::reviewing(key, Some(failure)),
            Err(failure) if failure.outcome == PurchaseOutcome::NotCreated => {
                Self::Refused { key, failure }
            }
            Err(failure) => {
                let doubt = Doubt { key, failure: Some(failure), ..Doubt::default() };
                Self::Unknown(Box::new(doubt))
            }
        };
    }

    /// Takes what the proxy knows of a purchase in doubt.
    pub(crate) fn told(&mut self, answer: Result<PurchaseProgress, Failure>, locale: Locale) {
        let Self::Unknown(doubt) = self else { return };
        doubt.away = None;
        let unanswered = std::mem::take(&mut doubt.unanswered);
        let key = doubt.key.clone();
        match answer {
            Ok(PurchaseProgress {
                state: PurchaseState::Created, request_id, instance_id, ..
            }) => {
                let (request_id, instance_id) =
                    (request_id.unwrap_or_default(), instance_id.unwrap_or_default());
                *self = Self::Created(Created { request_id, instance_id });
            }
            Ok(PurchaseProgress { state: PurchaseState::Failed, error: Some(failure), .. }) => {
                *self = Self::Refused { key, failure };
            }
            Ok(progress) => doubt.progress = Some(progress),
            // It never reached the proxy, and with the same key it can be sent again whatever is still on its way.
            Err(failure) if failure.code == ErrorCode::NotFound.as_str() => {
                let lost = doubt.failure.take().unwrap_or(failure);
                // An answer that is not the proxy's keeps its own remedy.
                let lost = if lost.code == ErrorCode::UnexpectedResponse.as_str() {
                    Failure { outcome: PurchaseOutcome::NotCreated, ..lost }
                } else {
                    lost.without_purchase(locale)
                };
                *self = Self::reviewing(key, Some(lost));
            }
            Err(failure) => {
                doubt.away = Some(failure);
                doubt.unanswered = unanswered + 1;
            }
        }
    }

    /// The earlier order that a reviewed one repeats.
    pub(crate) fn earlier(&self) -> Option<&EarlierPurchase> {
        match self {
            Self::Reviewing { failure: Some(failure), .. } => failure.purchase.as_ref(),
            _ => None,
        }
    }

    /// Leaves a purchase in doubt of which the proxy tells nothing any more.
    pub(crate) fn leave(&mut self) {
        if matches!(self, Self::Unknown(doubt) if doubt.may_be_left()) {
            *self = Self::Filling;
        }
    }

    /// Goes back to the form, where nothing is under way and nothing is in doubt.
    pub(crate) fn back(&mut self) {
        if !self.is_sending() && !matches!(self, Self::Unknown(_)) {
            *self = Self::Filling;
        }
    }

    /// Whether an order is on its way.
    pub(crate) const fn is_sending(&self) -> bool {
        matches!(self, Self::Reviewing { sending: true, .. })
    }

    /// Whether it must not be left: an order is on its way, or in doubt.
    pub(crate) const fn holds(&self) -> bool {
        self.is_sending() || matches!(self, Self::Unknown(_))
    }

    /// What is on the screen.
    pub(crate) const fn screen(&self) -> Screen {
        match self {
            Self::Filling => Screen::Form,
            Self::Reviewing { .. } => Screen::Review,
            Self::Created(_) => Screen::Created,
            Self::Refused { .. } => Screen::Refused,
            Self::Unknown(_) => Screen::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use havenask_core::ErrorCode;

    use super::*;

    fn reviewing() -> Stage {
        let mut stage = Stage::default();
        stage.review("key-1".into());
        stage
    }

    fn failure(fault: ErrorCode) -> Failure {
        Failure::new(fault, Locale::En)
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
        stage.answered(Err(failure(ErrorCode::NetworkError)));
        assert_eq!(stage.screen(), Screen::Created);
    }

    #[test]
    fn only_a_review_is_sent() {
        let refused =
            Stage::Refused { key: "key-1".into(), failure: failure(ErrorCode::InvalidRequest) };
        for mut stage in [Stage::Filling, refused] {
            assert_eq!(stage.send(), None);
        }
    }

    #[test]
    fn after_a_refusal_there_is_a_new_purchase() {
        let mut stage = reviewing();
        stage.send();
        stage.answered(Err(failure(ErrorCode::PurchaseNotAllowed)));
        assert_eq!((stage.screen(), stage.send()), (Screen::Refused, None));
        stage.review("key-2".into());
        assert_eq!(stage.send().as_deref(), Some("key-2"));
    }

    #[test]
    fn what_was_not_looked_at_is_sent_again_with_the_same_key() {
        for fault in
            [ErrorCode::UpstreamUnreachable, ErrorCode::TooManyRequests, ErrorCode::Unauthorized]
        {
            let mut stage = reviewing();
            stage.send();
            stage.answered(Err(failure(fault)));
            assert_eq!(stage.screen(), Screen::Refused);
            assert_eq!(stage.send().as_deref(), Some("key-1"), "{fault:?}");
        }
    }

    fn progress(state: PurchaseState) -> PurchaseProgress {
        let (instance_id, request_id) = (Some("ha-1".into()), Some("r-1".into()));
        let error = Some(failure(ErrorCode::PurchaseNotCreated));
        let (created_at, updated_at) = (0, 0);
        PurchaseProgress {
            key: "key-1".into(),
            state,
            request_id,
            instance_id,
            error,
            created_at,
            updated_at,
        }
    }

    #[test]
    fn doubt_ends_when_the_proxy_knows() {
        for (told, screen) in [
            (Ok(progress(PurchaseState::Created)), Screen::Created),
            (Ok(progress(PurchaseState::Failed)), Screen::Refused),
            (Ok(progress(PurchaseState::Pending)), Screen::Unknown),
            (Ok(progress(PurchaseState::Unknown)), Screen::Unknown),
            (Err(failure(ErrorCode::NotFound)), Screen::Review),
            (Err(failure(ErrorCode::UnexpectedResponse)), Screen::Unknown),
            (Err(failure(ErrorCode::NetworkError)), Screen::Unknown),
        ] {
            let mut stage = Stage::default();
            stage.resume("key-1".into());
            stage.told(told.clone(), Locale::En);
            assert_eq!(stage.screen(), screen, "{told:?}");
            if screen == Screen::Review {
                assert_eq!(stage.send().as_deref(), Some("key-1"));
            }
        }
        let mut stage = reviewing();
        stage.told(Ok(progress(PurchaseState::Created)), Locale::En);
        assert_eq!(stage.screen(), Screen::Review, "only doubt is told");
    }

    #[test]
    fn the_same_order_again_is_reviewed_again() {
        let mut stage = reviewing();
        stage.send();
        let (key, age) = ("key-0".to_owned(), 60);
        let purchase =
            EarlierPurchase { key, state: PurchaseState::Pending, instance_id: None, age };
        stage.answered(Err(Failure {
            purchase: Some(purchase),
            ..failure(ErrorCode::OrderRepeated)
        }));
        assert_eq!(stage.earlier().map(|it| it.key.as_str()), Some("key-0"));
        assert_eq!(stage.send().as_deref(), Some("key-1"));
        assert!(stage.earlier().is_some(), "it is shown while one more is bought");
    }

    #[test]
    fn what_a_busy_cloud_refused_is_sent_again_with_the_same_key() {
        let throttled = Failure {
            code: "Throttling.User".into(),
            outcome: PurchaseOutcome::Unknown,
            ..failure(ErrorCode::UpstreamTimeout)
        };
        let mut stage = reviewing();
        stage.send();
        stage.answered(Err(throttled));
        assert_eq!(stage.screen(), Screen::Unknown);
        assert_eq!(stage.send().as_deref(), Some("key-1"));
        assert_eq!(stage.send(), None);
    }

    #[test]
    fn doubt_is_left_only_when_the_proxy_is_away() {
        let mut stage = Stage::default();
        stage.resume("key-1".into());
        let away = || Err(failure(ErrorCode::ProxyUnreachable));
        for told in [away(), away(), Ok(progress(PurchaseState::Pending)), away(), away()] {
            stage.told(told, Locale::En);
            stage.leave();
            assert_eq!(stage.screen(), Screen::Unknown);
        }
        stage.told(away(), Locale::En);
        stage.leave();
        assert_eq!(stage, Stage::Filling);
    }

    #[test]
    fn why_an_order_did_not_arrive_is_shown_until_it_is_sent_again() {
        let mut stage = reviewing();
        stage.send();
        stage.answered(Err(failure(ErrorCode::UnexpectedResponse)));
        stage.told(Err(failure(ErrorCode::NotFound)), Locale::En);
        let Stage::Reviewing { failure: Some(shown), .. } = &stage else {
            unreachable!("{stage:?}")
        };
        assert_eq!(shown.code, ErrorCode::UnexpectedResponse.as_str());
        assert_eq!(shown.outcome, PurchaseOutcome::NotCreated);
        stage.send();
        assert!(matches!(stage, Stage::Reviewing { failure: None, sending: true, .. }));
    }

    #[test]
    fn doubt_stays() {
        for fault in [ErrorCode::UpstreamTimeout, ErrorCode::NetworkError, ErrorCode::Aborted] {
            let mut stage = reviewing();
            stage.send();
            stage.answered(Err(failure(fault)));
            stage.back();
            stage.review("key-2".into());
            assert_eq!(stage.send(), None);
            assert!(matches!(&stage, Stage::Unknown(doubt) if doubt.key == "key-1"), "{stage:?}");
        }
    }
}
