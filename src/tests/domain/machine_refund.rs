//! Every state of a refund, everything that can happen to it: what is allowed written out, and all else refused (R6); and no order of events
//! pays it twice (B1, B3).

use super::people::SHOP;
use super::shop::MORNING;
use RefundEvent as E;
use RefundStatus as S;
use guitu::domain::money::refund::{Arrival, RefundState};
use guitu::domain::money::way_back::Elsewhere;
use guitu::domain::{AfterSaleId, AgreedBy, InvalidTransition, Money, OrderId, PaymentId, Refund, RefundId, RefundStatus, Tender};
use proptest::prelude::*;

/// What happens to a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RefundEvent {
    Ask,
    Accept,
    LoseAnswer,
    RetryLater,
    Fail,
    LeaveToPerson,
    SendElsewhere(Elsewhere),
    ComeBack,
    TryAgain,
    TryAgainAnew,
    Arrive,
    GiveBack,
}

/// The event, the statuses that know it, and the status it leads to.
type RefundRule = (RefundEvent, &'static [S], S);

const OPEN: &[S] = &[S::Created, S::Submitted, S::Unknown, S::Retryable, S::Failed, S::Manual];
const WITH_WORKER: &[S] = &[S::Created, S::Submitted, S::Unknown, S::Retryable];

const TABLE: [RefundRule; 13] = [
    (E::Ask, WITH_WORKER, S::Submitted),
    (E::Accept, &[S::Submitted, S::Unknown], S::Submitted),
    (E::LoseAnswer, OPEN, S::Unknown),
    (E::RetryLater, OPEN, S::Retryable),
    (E::Fail, OPEN, S::Failed),
    (E::LeaveToPerson, &[S::Created, S::Submitted, S::Unknown, S::Retryable, S::Failed], S::Manual),
    (E::SendElsewhere(Elsewhere::BuyerCard), &[S::Failed], S::Unknown),
    (E::SendElsewhere(Elsewhere::MerchantAccount), &[S::Failed], S::Unknown),
    (E::ComeBack, &[S::Unknown], S::Failed),
    (E::TryAgain, &[S::Failed], S::Retryable),
    (E::TryAgainAnew, &[S::Failed], S::Retryable),
    (E::Arrive, OPEN, S::Succeeded),
    (E::GiveBack, &[S::Created, S::Failed, S::Manual], S::Succeeded),
];

fn arrival(operator: &str) -> Arrival {
    Arrival { at: MORNING, gateway_no: None, voucher: String::new(), operator: operator.to_owned() }
}

fn state(status: S) -> RefundState {
    let trouble = "CODE".to_owned();
    match status {
        S::Created => RefundState::Created,
        S::Submitted => RefundState::Submitted,
        S::Unknown => RefundState::Unknown { trouble },
        S::Retryable => RefundState::Retryable { trouble },
        S::Failed => RefundState::Failed { trouble },
        S::Manual => RefundState::Manual { trouble },
        S::Succeeded => RefundState::Succeeded(arrival("系统")),
    }
}

fn refund(status: S) -> Refund {
    Refund {
        id: RefundId(1),
        number: "R1".to_owned(),
        shop_id: SHOP,
        order_id: OrderId(1),
        after_sale_id: Some(AfterSaleId(1)),
        payment_id: PaymentId(1),
        tender: Tender::Wechat,
        state: state(status),
        amount: Money(900),
        agreed_by: AgreedBy::Deadline,
        created_at: MORNING,
        asked_at: None,
        elsewhere: None,
        version: 1,
    }
}

fn happens(refund: Refund, event: RefundEvent) -> Result<Refund, InvalidTransition> {
    match event {
        E::Ask => refund.ask(MORNING),
        E::Accept => refund.accept(),
        E::LoseAnswer => refund.lose_answer("no_answer"),
        E::RetryLater => refund.retry_later("unreachable"),
        E::Fail => refund.fail("CLOSED"),
        E::LeaveToPerson => refund.leave_to_person("too_old"),
        E::SendElsewhere(to) => refund.send_elsewhere(to, MORNING),
        E::ComeBack => refund.come_back("ABNORMAL"),
        E::TryAgain => refund.try_again(None),
        E::TryAgainAnew => refund.try_again(Some("R1N".to_owned())),
        E::Arrive => refund.arrive(arrival("系统")),
        E::GiveBack => refund.give_back(Tender::Offline, arrival("钱财务")),
    }
}

#[test]
fn everything_that_happens_leads_where_the_table_says_or_is_refused() {
    for (status, (event, from, to)) in S::ALL.into_iter().flat_map(|status| TABLE.map(|rule| (status, rule))) {
        let outcome = happens(refund(status), event).map(|refund| refund.status());
        let expected = if from.contains(&status) { Ok(to) } else { Err(status.code()) };
        assert_eq!(outcome.map_err(|refused| refused.from), expected, "{event:?} of a refund {status:?}");
    }
}

#[test]
fn a_refund_is_the_workers_or_a_persons_or_over() {
    for status in S::ALL {
        let whose = [status.is_for_worker(), status.waits_for_person(), status == S::Succeeded];
        assert_eq!(whose.into_iter().filter(|theirs| *theirs).count(), 1, "{status:?}");
        assert_eq!(happens(refund(status), E::Ask).is_ok(), status.is_for_worker(), "{status:?}");
    }
}

#[test]
fn what_the_gateway_may_have_is_not_given_back_by_another_way() {
    for status in S::ALL.into_iter().filter(|status| status.may_be_sent()) {
        assert!(happens(refund(status), E::GiveBack).is_err(), "{status:?}");
    }
}

#[test]
fn what_the_gateway_pays_to_the_shop_is_not_with_the_buyer() {
    let sent = |to| happens(refund(S::Failed), E::SendElsewhere(to)).unwrap();
    assert!(happens(sent(Elsewhere::BuyerCard), E::Arrive).is_ok());
    let to_shop = sent(Elsewhere::MerchantAccount);
    assert!(happens(to_shop.clone(), E::Arrive).is_err());
    let by_hand = happens(happens(to_shop, E::LeaveToPerson).unwrap(), E::GiveBack).unwrap();
    assert_eq!((by_hand.status(), by_hand.tender, by_hand.operator()), (S::Succeeded, Tender::Offline, "钱财务"));
}

#[test]
fn a_new_number_leaves_behind_what_became_of_the_old() {
    let failed = Refund { elsewhere: Some((Elsewhere::BuyerCard, MORNING)), ..refund(S::Failed) };
    let (again, anew) = (happens(failed.clone(), E::TryAgain).unwrap(), happens(failed.clone(), E::TryAgainAnew).unwrap());
    assert_eq!((again.number.as_str(), again.elsewhere, again.trouble()), ("R1", failed.elsewhere, ""));
    assert_eq!((anew.number.as_str(), anew.elsewhere, anew.trouble()), ("R1N", None, ""));
}

#[test]
fn a_wish_that_was_not_taken_leaves_the_refund_as_it_was() {
    let failed = Refund { state: RefundState::Failed { trouble: "ABNORMAL".to_owned() }, ..refund(S::Failed) };
    let sent = happens(failed.clone(), E::SendElsewhere(Elsewhere::BuyerCard)).unwrap();
    assert_eq!(happens(sent, E::ComeBack), Ok(failed));
}

proptest! {
    #[test]
    fn whatever_happens_a_refund_is_paid_once_and_stays_paid(events in prop::collection::vec(prop::sample::select(TABLE.to_vec()), 0..40)) {
        let mut now = refund(S::Created);
        let mut paid = None;
        for (event, ..) in events {
            let Ok(next) = happens(now.clone(), event) else { continue };
            prop_assert_eq!(&paid, &None, "{:?} after it was paid", event);
            if next.has_arrived() {
                paid = Some(next.state.clone());
            }
            prop_assert_eq!((next.id, next.amount, next.payment_id), (now.id, now.amount, now.payment_id));
            now = next;
        }
        prop_assert_eq!(now.has_arrived(), paid.is_some());
    }
}
