//! Cases of the stages of an order.

use super::*;

fn reviewing() -> OrderStage {
    let mut stage = OrderStage::default();
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
    assert_eq!(stage.receive(Ok(created.clone())), Some(created));
    assert_eq!(stage.send(), None);
    assert_eq!(stage.receive(Err(failure(ErrorCode::NetworkError))), None);
    assert_eq!(stage, OrderStage::Filling);
}

#[test]
fn only_a_review_is_sent() {
    let refused =
        OrderStage::Refused { key: "key-1".into(), failure: failure(ErrorCode::InvalidRequest) };
    for mut stage in [OrderStage::Filling, refused] {
        assert_eq!(stage.send(), None);
    }
}

#[test]
fn after_a_refusal_there_is_a_new_purchase() {
    let mut stage = reviewing();
    stage.send();
    stage.receive(Err(failure(ErrorCode::PurchaseNotAllowed)));
    assert_eq!((stage.screen(), stage.send()), (Screen::Refused, None));
    stage.review("key-2".into());
    assert_eq!(stage.send().as_deref(), Some("key-2"));
}

#[test]
fn an_order_that_was_not_processed_is_sent_again_with_the_same_key() {
    for fault in
        [ErrorCode::UpstreamUnreachable, ErrorCode::TooManyRequests, ErrorCode::Unauthorized]
    {
        let mut stage = reviewing();
        stage.send();
        stage.receive(Err(failure(fault)));
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
        region: None,
        quote: None,
        request: None,
        request_id,
        instance_id,
        error,
        terms: None,
        ready_at: None,
        created_at,
        updated_at,
    }
}

#[test]
fn an_unknown_outcome_ends_when_the_proxy_knows_it() {
    for (told, screen) in [
        (Ok(progress(PurchaseState::Created)), Screen::Form),
        (Ok(progress(PurchaseState::Failed)), Screen::Refused),
        (Ok(progress(PurchaseState::Pending)), Screen::Unknown),
        (Ok(progress(PurchaseState::Unknown)), Screen::Unknown),
        (Err(failure(ErrorCode::NotFound)), Screen::Review),
        (Err(failure(ErrorCode::UnexpectedResponse)), Screen::Unknown),
        (Err(failure(ErrorCode::NetworkError)), Screen::Unknown),
    ] {
        let mut stage = OrderStage::default();
        stage.resume("key-1".into());
        let created = stage.receive_progress(told.clone(), Locale::En);
        assert_eq!(created.is_some(), screen == Screen::Form, "{told:?}");
        assert_eq!(stage.screen(), screen, "{told:?}");
        if screen == Screen::Review {
            assert_eq!(stage.send().as_deref(), Some("key-1"));
        }
    }
    let mut stage = reviewing();
    stage.receive_progress(Ok(progress(PurchaseState::Created)), Locale::En);
    assert_eq!(stage.screen(), Screen::Review, "only an unknown outcome has progress");
}

#[test]
fn a_repeated_order_is_reviewed_again() {
    let mut stage = reviewing();
    stage.send();
    let (key, age) = ("key-0".to_owned(), 60);
    let purchase = EarlierPurchase { key, state: PurchaseState::Pending, instance_id: None, age };
    stage.receive(Err(Failure { purchase: Some(purchase), ..failure(ErrorCode::OrderRepeated) }));
    assert_eq!(stage.earlier().map(|it| it.key.as_str()), Some("key-0"));
    assert_eq!(stage.send().as_deref(), Some("key-1"));
    assert!(stage.earlier().is_some(), "it is shown while one more is bought");
}

#[test]
fn an_order_under_other_terms_is_reviewed_again() {
    let mut stage = reviewing();
    stage.send();
    assert!(!stage.has_other_terms());
    stage.receive(Err(failure(ErrorCode::TermsNotAccepted)));
    assert_eq!((stage.screen(), stage.has_other_terms()), (Screen::Review, true));
    assert_eq!(stage.send().as_deref(), Some("key-1"));
    assert!(!stage.has_other_terms(), "it is sent with the terms of now");
}

#[test]
fn a_throttled_order_is_sent_again_with_the_same_key() {
    let throttled = Failure {
        code: "Throttling.User".into(),
        outcome: PurchaseOutcome::Unknown,
        ..failure(ErrorCode::UpstreamTimeout)
    };
    let mut stage = reviewing();
    stage.send();
    stage.receive(Err(throttled));
    assert_eq!(stage.screen(), Screen::Unknown);
    assert_eq!(stage.send().as_deref(), Some("key-1"));
    assert_eq!(stage.send(), None);
}

#[test]
fn an_unknown_outcome_is_left_only_when_polling_fails() {
    let mut stage = OrderStage::default();
    stage.resume("key-1".into());
    let away = || Err(failure(ErrorCode::ProxyUnreachable));
    for told in [away(), away(), Ok(progress(PurchaseState::Pending)), away(), away()] {
        stage.receive_progress(told, Locale::En);
        stage.leave();
        assert_eq!(stage.screen(), Screen::Unknown);
    }
    stage.receive_progress(away(), Locale::En);
    stage.leave();
    assert_eq!(stage, OrderStage::Filling);
}

#[test]
fn the_failure_of_a_lost_order_is_shown_until_it_is_sent_again() {
    let mut stage = reviewing();
    stage.send();
    stage.receive(Err(failure(ErrorCode::UnexpectedResponse)));
    stage.receive_progress(Err(failure(ErrorCode::NotFound)), Locale::En);
    let OrderStage::Reviewing { failure: Some(shown), .. } = &stage else {
        unreachable!("{stage:?}")
    };
    assert_eq!(shown.code, ErrorCode::UnexpectedResponse.as_str());
    assert_eq!(shown.outcome, PurchaseOutcome::NotCreated);
    stage.send();
    assert!(matches!(stage, OrderStage::Reviewing { failure: None, sending: true, .. }));
}

#[test]
fn an_unknown_outcome_stays() {
    for fault in [ErrorCode::UpstreamTimeout, ErrorCode::NetworkError, ErrorCode::Aborted] {
        let mut stage = reviewing();
        stage.send();
        stage.receive(Err(failure(fault)));
        stage.back();
        stage.review("key-2".into());
        assert_eq!(stage.send(), None);
        assert!(
            matches!(&stage, OrderStage::Unknown(unknown) if unknown.key == "key-1"),
            "{stage:?}"
        );
    }
}
