//! Every state of a payment, everything that can happen to it: what is allowed written out, and all else refused (R6); and its money is booked
//! once, whatever happens (B3, B34).

use super::shop::MORNING;
use PaymentEvent as E;
use PaymentStatus as S;
use guitu::domain::money::payment::{PaymentState, Ticket};
use guitu::domain::{InvalidTransition, Money, OrderId, Payment, PaymentId, PaymentStatus, Tender};
use proptest::prelude::*;

/// What happens to a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PaymentEvent {
    Succeed,
    Hold,
    Exceed,
    Close,
    Complete,
    EndUnpaid,
}

/// The event, the tenders it is written for, and the ways it leads.
type PaymentRule = (PaymentEvent, &'static [Tender], &'static [(S, S)]);

const ONLINE: &[Tender] = &[Tender::Wechat, Tender::Alipay];
const OURS: &[Tender] = &[Tender::Points, Tender::Balance, Tender::Cod, Tender::Offline];

const TABLE: [PaymentRule; 7] = [
    (E::Succeed, &Tender::ALL, &[(S::Pending, S::Succeeded)]),
    (E::Hold, &Tender::ALL, &[(S::Pending, S::Held), (S::Void, S::Held)]),
    (E::Exceed, &Tender::ALL, &[(S::Pending, S::Surplus), (S::Void, S::Surplus)]),
    (E::Close, &Tender::ALL, &[(S::Pending, S::Void)]),
    (E::Complete, &Tender::ALL, &[(S::Held, S::Succeeded)]),
    (E::EndUnpaid, ONLINE, &[(S::Pending, S::Void), (S::Held, S::Surplus)]),
    (E::EndUnpaid, OURS, &[(S::Pending, S::Void), (S::Held, S::Void)]),
];

const ASKED: Money = Money(900);
const TOOK: Money = Money(700);

fn payment(tender: Tender, status: S) -> Payment {
    let state = match status {
        S::Pending => PaymentState::Pending,
        S::Held => PaymentState::Held { taken_at: None },
        S::Succeeded => PaymentState::Succeeded { at: MORNING, collected_at: None },
        S::Void => PaymentState::Void,
        S::Surplus => PaymentState::Surplus { at: MORNING },
    };
    Payment {
        id: PaymentId(1),
        number: "P1".to_owned(),
        order_id: OrderId(1),
        tender,
        state,
        amount: ASKED,
        refunded: Money::ZERO,
        cashier_url: String::new(),
        ticket: Ticket::Page,
        trade_no: None,
        note: String::new(),
        version: 1,
    }
}

fn happens(payment: Payment, event: PaymentEvent) -> Result<Payment, InvalidTransition> {
    match event {
        E::Succeed => payment.succeed("T1", MORNING),
        E::Hold => payment.hold(TOOK, "T1", MORNING),
        E::Exceed => payment.exceed(TOOK, "T1", MORNING),
        E::Close => payment.close(),
        E::Complete => payment.complete(MORNING),
        E::EndUnpaid => payment.end_unpaid(MORNING),
    }
}

#[test]
fn everything_that_happens_leads_where_the_table_says_or_is_refused() {
    for (event, tenders, ways) in TABLE {
        for (tender, status) in tenders.iter().flat_map(|tender| S::ALL.map(|status| (*tender, status))) {
            let way = ways.iter().find(|(from, _)| *from == status);
            let outcome = happens(payment(tender, status), event).map(|payment| payment.status()).map_err(|refused| refused.from);
            assert_eq!(outcome, way.map(|(_, to)| *to).ok_or(status.code()), "{event:?} of {tender:?} {status:?}");
        }
    }
}

#[test]
fn what_another_sum_was_taken_for_is_what_was_taken() {
    for event in [E::Hold, E::Exceed] {
        let booked = happens(payment(Tender::Wechat, S::Void), event).unwrap();
        assert_eq!((booked.amount, booked.trade_no.as_deref(), booked.paid_at()), (TOOK, Some("T1"), Some(MORNING)), "{event:?}");
    }
    let paid = happens(payment(Tender::Wechat, S::Pending), E::Succeed).unwrap();
    assert_eq!((paid.amount, paid.trade_no.as_deref(), paid.paid_at()), (ASKED, Some("T1"), Some(MORNING)));
}

#[test]
fn what_the_wallet_holds_was_not_taken_by_a_gateway() {
    let held = payment(Tender::Points, S::Held);
    assert_eq!((held.paid_at(), happens(held.clone(), E::Complete).unwrap().paid_at()), (None, Some(MORNING)));
    assert_eq!(happens(held, E::EndUnpaid).unwrap().paid_at(), None);
}

proptest! {
    #[test]
    fn whatever_happens_a_payment_is_booked_once(
        tender in prop::sample::select(Tender::ALL.to_vec()),
        events in prop::collection::vec(prop::sample::select(TABLE.to_vec()), 0..30),
    ) {
        let mut now = payment(tender, S::Pending);
        let mut brought = 0;
        for (event, ..) in events {
            let Ok(next) = happens(now.clone(), event) else { continue };
            prop_assert!(!matches!(now.status(), S::Succeeded | S::Surplus), "{event:?} after {:?}", now.status());
            brought += i32::from(matches!(event, E::Succeed | E::Hold | E::Exceed));
            prop_assert_eq!(event == E::Complete, now.status() == S::Held && next.status() == S::Succeeded);
            now = next;
        }
        prop_assert!(!now.status().is_booked() || brought > 0);
        // Only what was let go of as the wallet's can be brought anew.
        prop_assert!(brought <= 1 || !tender.is_online(), "{brought} times");
    }
}
