//! What becomes of the cases of a batch: the rules of a single decision, one by one.

use super::{BATCHES, WORKBENCH, does, is_worked_off, proposes_all};
use crate::support::{TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;

on_both_engines!(
    what_has_moved_on_since_is_passed_over_and_said_so,
    customer_service_agrees_up_to_its_limit_and_finance_to_the_rest,
    returns_are_sent_to_the_address_that_was_chosen,
    a_rejection_tells_every_buyer_why,
    an_account_that_is_closed_stops_its_batch,
);

async fn what_has_moved_on_since_is_passed_over_and_said_so(app: TestApp) {
    app.refunds_wait(6).await;
    let owner = app.staff(Role::Owner).await;
    let batch = proposes_all(&owner).await;
    app.buyer(WANG).await.withdraws("ASW3").await.goes_to();
    owner.decides("ASW5", "agree_refund").await.goes_to();
    does(&owner, &batch, "start", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 6);
    let page = owner.get(&batch).await;
    page.says(200, "选择之后有了新的进展，请单独处理").says(200, "ASW3").says(200, "ASW5");
    let skipped = "select count(*) from batch_items where status = 'skipped' and after_sale_id in (3, 5)";
    assert_eq!((app.count(skipped).await, app.count("select count(*) from batch_items where status = 'done'").await), (2, 4));
    assert_eq!((app.state("ASW3").await, app.count("select count(*) from refunds").await), (StateKind::Closed, 5));
}

async fn customer_service_agrees_up_to_its_limit_and_finance_to_the_rest(app: TestApp) {
    app.refunds_wait(20).await;
    let (service, finance) = (app.staff(Role::Service).await, app.staff(Role::Finance).await);
    let batch = proposes_all(&service).await;
    service.get(&batch).await.says(200, "其中 2 笔退款超过 ¥500.00，需要财务或店主处理，届时会跳过");
    does(&service, &batch, "start", &[]).await.goes_to();
    is_worked_off(&app).await;
    service.get(&batch).await.says(200, "退款超过 ¥500.00，需要财务或店主处理");
    assert_eq!(app.count("select count(*) from after_sales where status = 'refunding' and amount_minor = 10000").await, 18);
    assert_eq!(app.count("select count(*) from after_sales where status = 'applied' and amount_minor = 60000").await, 2);
    let rest = proposes_all(&finance).await;
    does(&finance, &rest, "start", &[]).await.goes_to();
    is_worked_off(&app).await;
    assert_eq!(app.count("select count(*) from after_sales where status = 'refunding'").await, 20);
}

async fn returns_are_sent_to_the_address_that_was_chosen(app: TestApp) {
    let (wang, service) = (app.buyer(WANG).await, app.staff(Role::Service).await);
    let mut cases = Vec::new();
    for _ in 0..2 {
        let order = app.completed(&wang, &[(app.town.goods.cup, 1)], "balance").await;
        cases.push(wang.applies(&order, "return_refund", "quality", &[1]).await);
    }
    let form = service.form("/merchant/after-sales?queue=return", BATCHES).await.with("all", "1").with("decision", "approve_return");
    let batch = service.send(&form).await.goes_to().to_owned();
    does(&service, &batch, "start", &[("return_address", "")]).await.says(422, "请选择退货地址");
    does(&service, &batch, "start", &[("return_address", "1")]).await.says(422, "这个退货地址已不存在");
    does(&service, &batch, "start", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 2);
    for case in &cases {
        let case = app.case(case).await.case;
        assert_eq!((case.state.kind(), case.return_leg.unwrap().to.recipient.as_str()), (StateKind::AwaitingReturn, "售后部"));
    }
}

async fn a_rejection_tells_every_buyer_why(app: TestApp) {
    app.refunds_wait(4).await;
    let service = app.staff(Role::Service).await;
    let form = service.form(WORKBENCH, BATCHES).await.with("all", "1").with("decision", "reject");
    let batch = service.send(&form).await.goes_to().to_owned();
    does(&service, &batch, "start", &[("reject_reason", "")]).await.says(422, "请填写驳回原因");
    does(&service, &batch, "start", &[("reject_reason", "凭证不足，请补充照片")]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 4);
    assert_eq!(app.count("select count(*) from after_sales where status = 'rejected'").await, 4);
    assert_eq!(app.count("select count(*) from messages where buyer_id is not null and facts like '%凭证不足，请补充照片%'").await, 4);
}

async fn an_account_that_is_closed_stops_its_batch(app: TestApp) {
    app.refunds_wait(3).await;
    let (service, owner) = (app.staff(Role::Service).await, app.staff(Role::Owner).await);
    let batch = proposes_all(&service).await;
    does(&service, &batch, "start", &[]).await.goes_to();
    let close = "update staff set disabled_at = 1 where login = 'service-pine'";
    sqlx::query(close).execute(app.server.db.single()).await.unwrap();
    assert_eq!(is_worked_off(&app).await, 0);
    owner.get(&batch).await.says(200, "处理人的账号已停用，请由其他同事继续").says(200, "已停止");
    does(&owner, &batch, "resume", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 3);
    owner.get(&batch).await.says(200, "pine 店主");
}
