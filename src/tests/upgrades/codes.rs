//! Every kind, state, cause and tender of the specification can be written down, nothing else can, and each asks of its row what belongs to it.

use super::room::full_shop;
use crate::support::Engine;
use guitu::domain::after_sale::{AfterSaleKind, CloseCause, Stage, StateKind};
use guitu::domain::money::payment::Ticket;
use guitu::domain::money::way_back::Elsewhere;
use guitu::domain::order::{CloseReason, OrderStatus};
use guitu::domain::{PaymentStatus, RefundStatus, Tender};
use guitu::server::db::{Db, migrations};
use sqlx::error::ErrorKind;
use sqlx::{AssertSqlSafe, Executor};
use std::collections::BTreeSet;

on_each_engine!(every_code_has_its_place_and_asks_for_its_facts, rows_that_say_too_much_or_too_little_are_refused);

/// What a column may say, tried in one row.
struct Codes {
    table: &'static str,
    column: &'static str,
    row: &'static str,
    /// Columns that facts lie in, as they are without them.
    without: &'static str,
    /// Codes that ask for nothing.
    plain: &'static str,
    /// Codes with the facts that they ask for, none of which may be missing.
    asking: &'static [(&'static str, &'static str)],
}

const TENDERS: &str = "points balance wechat alipay card cod deposit offline";
const DUE: &str = "due_at = 1";
const COMPLETED: &str = "paid_at = 1, shipped_at = 1, received_at = 1, after_sale_until = 1, no_reason_until = 1";
const NOTHING_OF_ORDER: &str =
    "pay_by = null, paid_at = null, shipped_at = null, receive_by = null, receive_left = null, received_at = null,
    after_sale_until = null, no_reason_until = null, closed_at = null, close_reason = null";
const NOTHING_OF_CASE: &str =
    "due_at = null, return_leg = null, replacement = null, rejection = null, refunding_at = null, ended_at = null,
    close_cause = null";
const SPENT: &str = "account = 'wechat', amount_minor = -1, actor_name = '', reason = '', request_key = null, order_id = 30";
const GOT: &str = "account = 'wechat', amount_minor = 1, actor_name = '', reason = '', request_key = null, order_id = 30";

const ALL: [Codes; 21] = [
    Codes {
        asking: &[
            ("pending_payment", "pay_by = 1"),
            ("awaiting_shipment", "paid_at = 1"),
            ("partially_shipped", "paid_at = 1"),
            ("awaiting_receipt", "paid_at = 1, shipped_at = 1, receive_by = 1"),
            ("awaiting_receipt", "paid_at = 1, shipped_at = 1, receive_left = 1"),
            ("completed", COMPLETED),
            ("closed", "closed_at = 1, close_reason = 'timeout'"),
        ],
        ..of("orders", "status", "id = 30", NOTHING_OF_ORDER, "")
    },
    of("orders", "tender", "id = 30", "", TENDERS),
    Codes { asking: &[("", "")], ..of("orders", "flag", "id = 30", "", "grey purple cyan green orange red") },
    of("orders", "close_reason", "id = 32", "", "buyer_cancel timeout merchant_cancel refunded_before_ship"),
    Codes {
        asking: &[
            ("applied", DUE),
            ("awaiting_buyer_info", DUE),
            ("negotiating", DUE),
            ("awaiting_second_approval", DUE),
            ("intercepting", DUE),
            ("awaiting_return", "due_at = 1, return_leg = '{}'"),
            ("return_in_transit", "due_at = 1, return_leg = '{}'"),
            ("appraisal", DUE),
            ("quote", DUE),
            ("goods_in", DUE),
            ("repaired", DUE),
            ("awaiting_reship", DUE),
            ("awaiting_buyer_receipt", "due_at = 1, replacement = '{}'"),
            ("refunding", "refunding_at = 1"),
            ("refund_failed", DUE),
            ("rejected", "due_at = 1, rejection = '{}'"),
            ("return_rejected", "due_at = 1, rejection = '{}'"),
            ("in_dispute", DUE),
            ("succeeded", "ended_at = 1"),
            ("closed", "ended_at = 1, close_cause = 'admin'"),
        ],
        ..of("after_sales", "status", "id = 300", NOTHING_OF_CASE, "")
    },
    of("after_sales", "kind", "id = 300", "", "refund_only return_refund exchange repair claim resend"),
    of("after_sales", "stage", "id = 300", "", "unshipped in_transit received"),
    of("after_sales", "close_cause", "id = 310", "", "withdrawn return_timeout reject_expired dispute_for_merchant converted admin"),
    of("payments", "tender", "id = 50", "", TENDERS),
    Codes {
        asking: &[("succeeded", "paid_at = 1"), ("surplus", "paid_at = 1")],
        ..of("payments", "status", "id = 50", "paid_at = null", "pending held void")
    },
    of("payments", "ticket", "id = 50", "", "page code"),
    of("refunds", "tender", "id = 100", "", TENDERS),
    Codes {
        asking: &[("succeeded", "settled_at = 1")],
        ..of("refunds", "status", "id = 100", "settled_at = null", "created submitted unknown retryable failed manual")
    },
    of("refunds", "elsewhere", "id = 100", "elsewhere_at = 1", "buyer_card merchant_account"),
    of("money_events", "account", "id = 112", "", TENDERS),
    Codes {
        asking: &[
            ("recharged", "amount_minor = 1, actor_name = 'a', reason = 'b', request_key = 'c'"),
            ("carried_over", "account = 'points', order_id = null"),
            ("account_closed", "account = 'balance', order_id = null"),
            ("compensation", "amount_minor = 1, actor_name = 'a', reason = 'b'"),
            ("advance", "amount_minor = 1"),
        ],
        ..of(
            "money_events",
            "cause",
            "id = 112",
            SPENT,
            "opening held released paid surplus refunded settled_outside earned taken_back return_freight advance_settled advance_reversed",
        )
    },
    Codes {
        asking: &[
            ("corrected", "amount_minor = -1, actor_name = 'a', reason = 'b', request_key = 'c'"),
            ("withdrawn", "account = 'balance', amount_minor = -1"),
            ("expired", "account = 'points', amount_minor = -1"),
        ],
        ..of("money_events", "cause", "id = 112", GOT, "")
    },
    of(
        "stock_moves",
        "cause",
        "id = 70",
        "",
        "stocked reserved released shipped returned replaced resent counted made_sellable written_off",
    ),
    Codes {
        asking: &[("used", "order_id = 32"), ("returned", "order_id = 32"), ("lapsed", "order_id = 32"), ("invalidated", "order_id = 32")],
        ..of("coupon_events", "cause", "id = 724", "order_id = null", "taken given")
    },
    of(
        "clocks",
        "subject",
        "subject = 'return_reminder'",
        "subject_id = 1",
        "order after_sale return_reminder offer second_approval_reminder dispute dispute_reminder rule waybill answer virtual_code group
            repair_plan follow_up",
    ),
    of("jobs", "kind", "id = 130", "", "refund message tracking webhook"),
];

const fn of(table: &'static str, column: &'static str, row: &'static str, without: &'static str, plain: &'static str) -> Codes {
    Codes { table, column, row, without, plain, asking: &[] }
}

impl Codes {
    fn each(&self) -> Vec<(&'static str, Vec<&'static str>)> {
        let plain = self.plain.split_whitespace().map(|code| (code, Vec::new()));
        plain.chain(self.asking.iter().map(|(code, facts)| (*code, one_by_one(facts)))).collect()
    }

    /// Writes the code down with these facts and no others, and takes it back.
    async fn write(&self, db: &Db, code: &str, facts: &[&str]) -> Result<(), sqlx::Error> {
        let named = |fact: &str| fact.split_whitespace().next().map(str::to_owned);
        let given: BTreeSet<_> = facts.iter().map(|fact| named(fact)).collect();
        let mut set = vec![format!("{} = '{code}'", self.column)];
        set.extend(one_by_one(self.without).into_iter().filter(|blank| !given.contains(&named(blank))).map(str::to_owned));
        set.extend(facts.iter().map(|fact| (*fact).to_owned()));
        let mut tx = db.single().begin().await?;
        let written = tx.execute(AssertSqlSafe(format!("update {} set {} where {}", self.table, set.join(", "), self.row))).await;
        tx.rollback().await?;
        assert_eq!(written?.rows_affected(), 1, "{} has such a row", self.table);
        Ok(())
    }
}

fn one_by_one(facts: &'static str) -> Vec<&'static str> {
    facts.split(',').map(str::trim).filter(|fact| !fact.is_empty()).collect()
}

/// Refused by a rule, whose name the answer is.
fn refused_by(answer: Result<(), sqlx::Error>) -> Option<String> {
    match answer {
        Err(sqlx::Error::Database(error)) if error.kind() == ErrorKind::CheckViolation => Some(error.message().to_owned()),
        Ok(()) | Err(_) => None,
    }
}

/// As each migration leaves it, before the books are closed.
async fn with_room(engine: Engine) -> (crate::support::Database, Db) {
    let database = full_shop(engine).await;
    let db = Db::connect(&database.url).await.unwrap();
    migrations::for_engine(db.dialect()).run(db.single()).await.unwrap();
    (database, db)
}

async fn every_code_has_its_place_and_asks_for_its_facts(engine: Engine) {
    let (database, db) = with_room(engine).await;
    for codes in &ALL {
        let name = format!("{}.{}", codes.table, codes.column);
        for (code, facts) in codes.each() {
            codes.write(&db, code, &facts).await.unwrap_or_else(|error| panic!("{name} says {code}: {error}"));
            for missing in &facts {
                let rest: Vec<&str> = facts.iter().copied().filter(|fact| fact != missing).collect();
                assert!(refused_by(codes.write(&db, code, &rest).await).is_some(), "{name} says {code} without {missing}");
            }
        }
        let refusal = refused_by(codes.write(&db, "nothing_of_this_name", &[]).await);
        let rule = format!("{}_{}", codes.table, codes.column);
        assert!(refusal.as_ref().is_some_and(|words| words.contains(&rule)), "{name} takes anything: {refusal:?}");
    }
    db.close().await;
    database.take_away().await;
}

async fn rows_that_say_too_much_or_too_little_are_refused(engine: Engine) {
    const WRONG: [&str; 17] = [
        "update orders set status = 'pending_payment', pay_by = 1 where id = 30",
        "update orders set receive_left = 1 where id = 37",
        "update orders set closed_at = 1, close_reason = 'timeout' where id = 30",
        "update orders set close_reason = 'timeout' where id = 30",
        "update after_sales set ended_at = 1 where id = 300",
        "update after_sales set close_cause = 'admin' where id = 300",
        "update after_sales set close_cause = 'admin' where id = 90",
        "update after_sales set amount_minor = 0 where id = 300",
        "update after_sales set amount_minor = -1, kind = 'repair' where id = 300",
        "update refunds set settled_at = 1 where id = 400",
        "update refunds set elsewhere_at = 1 where id = 400",
        "update refunds set elsewhere = 'buyer_card' where id = 400",
        "update money_events set amount_minor = 0 where id = 112",
        "update money_events set order_id = 30 where id = 504",
        "update coupon_events set order_id = 30 where id = 720",
        "update payments set refunded_minor = amount_minor + 1 where id = 50",
        "update orders set refunded_minor = paid_minor + 1 where id = 30",
    ];
    const RIGHT: [&str; 3] = [
        "update after_sales set amount_minor = 0, kind = 'repair' where id = 300",
        "update after_sales set amount_minor = 0, kind = 'resend' where id = 300",
        // Several that came with one order.
        "update coupon_events set order_id = 32, cause = 'invalidated' where id in (722, 723)",
    ];
    let (database, db) = with_room(engine).await;
    for statement in WRONG {
        assert!(refused_by(db.single().execute(statement).await.map(|_| ())).is_some(), "{statement}");
    }
    for statement in RIGHT {
        db.single().execute(statement).await.unwrap();
    }
    assert!(db.single().execute("update coupon_events set order_id = 33, cause = 'used' where id in (722, 723)").await.is_err());
    db.close().await;
    database.take_away().await;
}

#[test]
fn what_the_program_says_is_among_them() {
    use PaymentStatus as P;
    use RefundStatus as R;
    let said = |table: &str, column: &str, codes: &[&str]| {
        let places = ALL.iter().filter(|place| (place.table, place.column) == (table, column));
        let known: BTreeSet<&str> = places.flat_map(|place| place.each().into_iter().map(|(code, _)| code)).collect();
        for code in codes {
            assert!(known.contains(code), "{table}.{column} has no place for {code}");
        }
    };
    said("orders", "status", &OrderStatus::ALL.map(OrderStatus::code));
    said("orders", "close_reason", &CloseReason::ALL.map(CloseReason::code));
    said("after_sales", "kind", &AfterSaleKind::ALL.map(AfterSaleKind::code));
    said("after_sales", "stage", &Stage::ALL.map(Stage::code));
    said("after_sales", "status", &StateKind::ALL.map(StateKind::code));
    said("after_sales", "close_cause", &CloseCause::ALL.map(CloseCause::code));
    for (table, column) in [("orders", "tender"), ("payments", "tender"), ("refunds", "tender"), ("money_events", "account")] {
        said(table, column, &Tender::ALL.map(Tender::code));
    }
    said("payments", "status", &[P::Pending, P::Held, P::Succeeded, P::Void, P::Surplus].map(P::code));
    said("payments", "ticket", &[Ticket::Page, Ticket::Code].map(Ticket::code));
    said("refunds", "status", &[R::Created, R::Submitted, R::Unknown, R::Retryable, R::Failed, R::Manual, R::Succeeded].map(R::code));
    said("refunds", "elsewhere", &[Elsewhere::BuyerCard, Elsewhere::MerchantAccount].map(Elsewhere::code));
}
