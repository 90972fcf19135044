//! The forms about after-sales that carry a key, each on a case of its own.

use super::kinds::{Asked, Kind, People};
use crate::support::{Buyer, CHEN, TestApp, photo};
use guitu::domain::HappeningKind;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::HOUR;
use guitu::routes::buyer as paths;
use serde_json::json;

/// A parcel that nobody has sent yet.
fn waybill(app: &TestApp) -> String {
    format!("75{:012}", app.server.new_id() % 1_000_000_000_000)
}

/// What is not filled in has no content to change: it is sent with something that no page asks for.
pub const FURTHER: (&str, &str) = ("further", "1");

pub async fn prepared(kind: Kind, people: &People) -> Asked {
    match kind {
        Kind::Apply | Kind::Revise | Kind::Withdraw | Kind::AgreeToBalance | Kind::GiveAccount => of_the_buyer(kind, people).await,
        Kind::Reject | Kind::ApproveReturn | Kind::AgreeRefund | Kind::RefundManually | Kind::RetryRefund => decided(kind, people).await,
        _ => sent_to_and_fro(kind, people).await,
    }
}

/// A case of an order that is paid and not shipped.
pub async fn unshipped(app: &TestApp, wang: &Buyer) -> String {
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    wang.applies(&order, "refund_only", "unwanted", &[1]).await
}

async fn of_the_buyer(kind: Kind, people: &People) -> Asked {
    let People { app, wang, chen, owner, .. } = people;
    let tea = app.town.goods.tea;
    match kind {
        Kind::Apply => {
            let order = wang.buys(&[(tea, 1)], "wechat").await;
            let form = wang.application(&order, "refund_only", "unwanted", &[1]).await;
            Asked::counted(wang.browser(), form, ("note", "已经不需要了"), "select count(*) from after_sales")
        }
        Kind::Revise => {
            let case = unshipped(app, wang).await;
            owner.decides(&case, "reject").await.goes_to();
            let path = paths::revise(&case);
            let form = wang.form(&path, &path).await.with("note", "补充说明");
            Asked::of(wang.browser(), form, ("note", "另一个说明"), HappeningKind::AfterSaleRevised)
        }
        Kind::Withdraw => {
            let case = unshipped(app, wang).await;
            let form = wang.form(&paths::after_sale(&case), &paths::after_sale_action(&case, "withdraw")).await;
            Asked::of(wang.browser(), form, FURTHER, HappeningKind::AfterSaleWithdrawn)
        }
        Kind::AgreeToBalance => {
            let case = unshipped(app, wang).await;
            let page = format!("{}?dialog=to-balance", paths::after_sale(&case));
            let form = wang.form(&page, &paths::after_sale_action(&case, "to-balance")).await;
            Asked::of(wang.browser(), form, FURTHER, HappeningKind::RefundToBalanceAgreed)
        }
        _ => {
            let order = app.completed(chen, &[(tea, 1)], "cod").await;
            let path = paths::refund_account(&chen.applies(&order, "refund_only", "quality", &[1]).await);
            let form = chen.form(&path, &path).await.with("kind", "alipay").with("holder", "陈知行").with("number", CHEN);
            Asked::of(chen.browser(), form, ("number", "chen@example.com"), HappeningKind::RefundAccountGiven)
        }
    }
}

async fn decided(kind: Kind, people: &People) -> Asked {
    let People { app, wang, owner, .. } = people;
    let case = match kind {
        Kind::ApproveReturn => {
            let order = app.completed(wang, &[(app.town.goods.tea, 1)], "wechat").await;
            wang.applies(&order, "return_refund", "quality", &[1]).await
        }
        _ => unshipped(app, wang).await,
    };
    let (decision, other, event) = match kind {
        Kind::Reject => ("reject", ("reject_reason", "请补充其他照片"), HappeningKind::AfterSaleRejected),
        Kind::ApproveReturn => ("approve_return", FURTHER, HappeningKind::ReturnApproved),
        Kind::RefundManually => ("refund_manually", ("voucher", "银行转账 6622"), HappeningKind::RefundedManually),
        _ => ("agree_refund", FURTHER, HappeningKind::RefundAgreed),
    };
    if kind != Kind::RetryRefund {
        let form = owner.decision(&case, decision).await;
        return Asked::of(owner.browser(), form, other, event);
    }
    app.bank.plan_fault("refund", json!({ "kind": "refuse", "code": "USER_ACCOUNT_ABNORMAL" }), 1).await;
    owner.decides(&case, decision).await.goes_to();
    app.run_due_jobs().await;
    app.until("it has failed", || async { app.state(&case).await == StateKind::RefundFailed }).await;
    Asked::of(owner.browser(), owner.case_form(&case, "retry").await, FURTHER, HappeningKind::RefundRetried)
}

/// From the approval on, as far as it takes.
async fn sent_to_and_fro(kind: Kind, people: &People) -> Asked {
    let People { app, wang, owner, .. } = people;
    let order = app.completed(wang, &[(app.town.goods.tea, 1)], "wechat").await;
    let wanted = if matches!(kind, Kind::ShipReturn | Kind::TakeBack | Kind::RejectReturn) { "return_refund" } else { "exchange" };
    let case = wang.applies(&order, wanted, "quality", &[1]).await;
    owner.decides(&case, "approve_return").await.goes_to();
    let path = paths::ship_return(&case);
    let form = wang.form(&path, &path).await.with("carrier", "zto").with("tracking", waybill(app));
    if kind == Kind::ShipReturn {
        return Asked::of(wang.browser(), form, ("tracking", &waybill(app)), HappeningKind::ReturnShipped);
    }
    wang.send(&form).await.goes_to();
    match kind {
        Kind::TakeBack => {
            let line = app.lines(&order).await[0];
            let form = owner.case_form(&case, "receive").await.with(&format!("good_{line}"), 1);
            return Asked::of(owner.browser(), form, FURTHER, HappeningKind::ReturnReceived);
        }
        Kind::RejectReturn => {
            let form = owner.case_form(&case, "settle").await.with("decision", "reject").with("reject_reason", "商品缺少配件");
            let form = form.with_file("reject_evidence", photo());
            return Asked::of(owner.browser(), form, ("reject_reason", "商品已损坏"), HappeningKind::ReturnRejected);
        }
        _ => owner.takes_back(&case, &[]).await.goes_to(),
    };
    replaced(kind, people, &case).await
}

async fn replaced(kind: Kind, people: &People, case: &str) -> Asked {
    let People { app, wang, owner, .. } = people;
    let page = paths::after_sale(case);
    if kind == Kind::ConvertToRefund {
        app.wait(48 * HOUR).await;
        let form = wang.form(&page, &paths::after_sale_action(case, "convert")).await;
        return Asked::of(wang.browser(), form, FURTHER, HappeningKind::ConvertedToRefund);
    }
    let form = owner.case_form(case, "reship").await.with("carrier", "sf").with("tracking", "SF1234567890199");
    if kind == Kind::Reship {
        return Asked::of(owner.browser(), form, ("tracking", "SF1234567890177"), HappeningKind::ReplacementShipped);
    }
    owner.send(&form).await.goes_to();
    let form = wang.form(&page, &paths::after_sale_action(case, "confirm")).await;
    Asked::of(wang.browser(), form, FURTHER, HappeningKind::ReplacementReceived)
}
