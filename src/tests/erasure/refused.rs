//! An account stays open while money or a case is; and nobody closes it by mistake.

use super::closing;
use crate::support::{CHEN, OUT, TestApp, WANG, on_both_engines};
use guitu::domain::Role;
use guitu::routes::buyer as paths;

on_both_engines!(what_is_open_has_to_end_before, a_balance_is_given_up_by_its_owner_alone, a_password_and_a_tick_are_asked_for,);

async fn what_is_open_has_to_end_before(app: TestApp) {
    let (chen, service) = (app.buyer(CHEN).await, app.staff(Role::Service).await);
    let close = closing(&chen).await;
    let stays = async |words: &str| {
        chen.get(paths::CLOSE_ACCOUNT).await.says(200, "暂时不能注销").says(200, words);
        chen.send(&close).await.says(422, words);
        assert_eq!(app.count("select count(*) from buyers where erased_at is not null").await, 0);
    };
    let order = chen.orders(&[(app.town.goods.tea, 1)]).await;
    stays("有 1 笔订单还没有完成或关闭").await;
    chen.chooses(&order, "wechat").await;
    stays("有 1 笔付款还在进行").await;
    chen.pays(&order, "alipay").await;
    app.staff(Role::Warehouse).await.ships(&order, OUT).await.goes_to();
    stays("有 1 笔订单还没有完成或关闭").await;
    chen.receives(&order).await.goes_to();
    chen.get(paths::CLOSE_ACCOUNT).await.says(200, "1 笔，注销后不能再申请售后");
    let case = chen.applies(&order, "refund_only", "quality", &[1]).await;
    stays("有 1 笔售后还没有结束").await;
    service.decides(&case, "agree_refund").await.goes_to();
    stays("有 1 笔退款还没有到账").await;
    app.money_goes_back(&case).await;
    chen.send(&close).await.goes_to();
}

async fn a_balance_is_given_up_by_its_owner_alone(app: TestApp) {
    let wang = app.buyer(WANG).await;
    let form = closing(&wang).await;
    let mut keeps = form.clone();
    keeps.fields.retain(|(name, _)| name != "give_up");
    wang.send(&keeps).await.says(422, "还有余额 ¥500.00，请先用完，或勾选放弃");
    assert_eq!(app.purse(WANG).await, (50_000, 20_000));
    wang.send(&form).await.goes_to();
}

async fn a_password_and_a_tick_are_asked_for(app: TestApp) {
    let chen = app.buyer(CHEN).await;
    let form = closing(&chen).await;
    chen.send(&form.clone().with("current_password", "")).await.says(422, "请填写当前密码");
    chen.send(&form.clone().with("current_password", "not the password")).await.says(422, "密码不正确");
    let mut hasty = form.clone();
    hasty.fields.retain(|(name, _)| name != "understood");
    let page = chen.send(&hasty).await;
    page.says(422, "请勾选，确认您知道注销后无法恢复");
    for _ in 0..9 {
        chen.send(&form.clone().with("current_password", "not the password")).await.says(422, "密码");
    }
    chen.send(&form).await.says(422, "密码错误次数过多");
    assert_eq!(app.count("select count(*) from buyers where erased_at is not null").await, 0);
}
