//! What goes into a batch, and who may make one.

use super::{BATCHES, WORKBENCH, does, is_worked_off, proposes_all};
use crate::support::{TestApp, on_both_engines, warm_up};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::domain::time::SECOND;

on_both_engines!(
    ticked_cases_are_named_with_their_sum_and_nothing_else_is_touched,
    a_search_narrows_what_all_of_a_queue_is,
    a_form_that_says_too_little_comes_back_as_it_was,
    a_form_sent_twice_makes_one_batch_and_begins_once,
    cases_and_batches_of_another_shop_do_not_exist,
    a_batch_whose_process_died_is_put_together_by_the_next,
    a_dropped_proposal_decides_nothing,
);

async fn ticked_cases_are_named_with_their_sum_and_nothing_else_is_touched(app: TestApp) {
    app.refunds_wait(5).await;
    let service = app.staff(Role::Service).await;
    let form = service.form(WORKBENCH, BATCHES).await;
    let chosen = form.with("case", "ASW1").and("case", "ASW3").with("decision", "agree_refund");
    let batch = service.send(&chosen).await.goes_to().to_owned();
    let page = service.get(&batch).await;
    page.says(200, "确认同意退款 2 笔，共 ¥200.00").says(200, "未发货退款待处理 · 勾选").says(200, "待确认");
    does(&service, &batch, "start", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 2);
    assert_eq!(app.count("select count(*) from after_sales where status = 'refunding' and number in ('ASW1', 'ASW3')").await, 2);
    assert_eq!(app.count("select count(*) from after_sales where status = 'applied'").await, 3);
    service.get(&batch).await.says(200, "全部处理完毕");
    service.get(BATCHES).await.says(200, "已完成");
}

async fn a_search_narrows_what_all_of_a_queue_is(app: TestApp) {
    app.refunds_wait(9).await;
    let owner = app.staff(Role::Owner).await;
    let narrow = format!("{WORKBENCH}&q=13800000002");
    let page = owner.get(&narrow).await;
    page.says(200, "选择本队列全部 3 条");
    let form = page.form(BATCHES).with("all", "1").with("decision", "agree_refund");
    let batch = owner.send(&form).await.goes_to().to_owned();
    owner.get(&batch).await.says(200, "搜索「13800000002」").says(200, "确认同意退款 3 笔，共 ¥300.00");
    does(&owner, &batch, "start", &[]).await.goes_to();
    is_worked_off(&app).await;
    let others = "select count(*) from after_sales a join orders o on o.id = a.order_id
        where a.status = 'refunding' and o.buyer_phone <> '13800000002'";
    assert_eq!((app.count("select count(*) from refunds").await, app.count(others).await), (3, 0));
}

async fn a_form_that_says_too_little_comes_back_as_it_was(app: TestApp) {
    app.refunds_wait(3).await;
    let owner = app.staff(Role::Owner).await;
    let form = owner.form(WORKBENCH, BATCHES).await;
    owner.send(&form.clone().with("decision", "agree_refund")).await.says(422, "请勾选要处理的售后");
    let untold = owner.send(&form.clone().with("case", "ASW2")).await;
    untold.says(422, "请选择批量处理方式");
    assert_eq!(untold.form(BATCHES).get("case"), "ASW2", "what was ticked stays ticked");
    // Days that cannot be read must not choose everything.
    let muddled = form.with("from", "gestern").with("all", "1").with("decision", "agree_refund");
    owner.send(&muddled).await.says(422, "不是有效的日期");
    assert_eq!(app.count("select count(*) from batches").await, 0);
}

async fn a_form_sent_twice_makes_one_batch_and_begins_once(app: TestApp) {
    app.refunds_wait(20).await;
    warm_up(&app.server).await;
    let owner = app.staff(Role::Owner).await;
    let form = owner.form(WORKBENCH, BATCHES).await.with("all", "1").with("decision", "agree_refund");
    let (one, other) = tokio::join!(owner.send(&form), owner.send(&form));
    assert_eq!(one.goes_to(), other.goes_to());
    let batch = one.goes_to();
    owner.send(&form.clone().with("decision", "reject")).await.says(409, "这份表单之前已经提交成功");
    owner.get(batch).await.says(200, "确认同意退款 20 笔");
    let start = owner.form(batch, &format!("{batch}/start")).await;
    let (one, other) = tokio::join!(owner.send(&start), owner.send(&start));
    assert_eq!((one.goes_to(), other.goes_to()), (batch, batch));
    is_worked_off(&app).await;
    // The back button, a day later.
    owner.send(&start).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 0);
    let trail = "select count(*) from audits where what = 'batch_started'";
    let counted =
        (app.count("select count(*) from batches").await, app.count("select count(*) from refunds").await, app.count(trail).await);
    assert_eq!(counted, (1, 20, 1));
}

async fn cases_and_batches_of_another_shop_do_not_exist(app: TestApp) {
    app.refunds_wait(3).await;
    let owner = app.staff(Role::Owner).await;
    let stranger = app.staff_of(app.town.other_shop, Role::Owner).await;
    let form = owner.form(WORKBENCH, BATCHES).await.with("case", "ASW1").with("decision", "agree_refund");
    assert_eq!(stranger.send(&form).await.status, 404);
    assert_eq!(app.count("select count(*) from batches").await, 0);
    let batch = proposes_all(&owner).await;
    assert_eq!(stranger.get(&batch).await.status, 404);
    let start = owner.form(&batch, &format!("{batch}/start")).await;
    assert_eq!(stranger.send(&start).await.status, 404);
    assert!(!stranger.get(BATCHES).await.html.contains(&batch));
    assert!(!app.staff(Role::Warehouse).await.get(WORKBENCH).await.has_form(BATCHES));
}

async fn a_batch_whose_process_died_is_put_together_by_the_next(app: TestApp) {
    app.refunds_wait(40).await;
    let owner = app.staff(Role::Owner).await;
    let batch = proposes_all(&owner).await;
    // As a process leaves it that dies behind the first of several parts.
    for statement in
        ["delete from batch_items where after_sale_id > 15", "update batches set status = 'collecting', cases = 0, amount_minor = 0"]
    {
        sqlx::query(statement).execute(app.server.db.single()).await.unwrap();
    }
    owner.get(&batch).await.says(200, "正在汇总");
    app.clock.advance(10 * SECOND);
    is_worked_off(&app).await;
    owner.get(&batch).await.says(200, "确认同意退款 40 笔，共 ¥6,000.00");
    does(&owner, &batch, "start", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 40);
}

async fn a_dropped_proposal_decides_nothing(app: TestApp) {
    app.refunds_wait(2).await;
    let owner = app.staff(Role::Owner).await;
    let batch = proposes_all(&owner).await;
    let start = owner.form(&batch, &format!("{batch}/start")).await;
    does(&owner, &batch, "drop", &[]).await.goes_to();
    assert_eq!(is_worked_off(&app).await, 0);
    owner.send(&start).await.says(409, "pine 店主已于").says(409, "批次已放弃");
    assert_eq!(app.state("ASW1").await, StateKind::Applied);
}
