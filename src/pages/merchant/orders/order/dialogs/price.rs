//! 「修改价格」: goods and freight apart, a minus in front reduces (S3).

use super::{OrderDialogWords, dialog};
use crate::http::form::Form;
use crate::http::forms;
use crate::islands::SumPreview;
use crate::pages::merchant::orders::order::{Desk, Task, answer};
use crate::pages::problem::{Failure, Problem};
use crate::server::ctx::Staff;
use crate::server::error::{Error, Result as Outcome};
use crate::server::orders::{self, OrderMoney, Precondition};
use crate::ui::{Field, KeyValue, KeyValues};
use axum::extract::Path;
use axum::response::Response;
use leptos::prelude::*;

pub async fn submit(staff: Staff, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    let done = change(&staff, &number, &form).await;
    answer(staff, &number, Task::Price, form, done).await
}

async fn change(staff: &Staff, number: &str, form: &Form) -> Outcome<()> {
    staff.require(Task::Price.permission())?;
    orders::adjust_price(staff, number, forms::order::price(form)?, &Precondition::of(form)).await.map_err(Error::beside_field)
}

pub fn draw(desk: &Desk, class: &'static str) -> AnyView {
    let fields = desk.money().map_or_else(|| ().into_any(), |money| fields(desk, money));
    let lead = format!("订单 {}，共 {} 件", desk.order.number(), desk.order.units());
    dialog(desk, OrderDialogWords { lead, note: "买家会收到改价通知", ..OrderDialogWords::of(Task::Price, class) }, fields)
}

fn fields(desk: &Desk, money: OrderMoney<'_>) -> AnyView {
    let (totals, held) = (money.totals, money.held);
    let problem = desk.problem_of(Task::Price);
    let typed = desk.typed(Task::Price, &[]);
    let [goods_typed, freight_typed] = ["goods_change", "freight_change"].map(|name| typed.get(name).to_owned());
    let [goods_error, freight_error] = ["goods_change", "freight_change"].map(|name| Problem::at(problem, name));
    let (goods, freight) = (totals.goods + totals.goods_adjust - totals.coupon, totals.freight);
    let goods_label = if totals.coupon.is_positive() { "商品金额（已减优惠券）" } else { "商品金额" };
    let covered = held.is_positive().then(|| view! { <KeyValue label="积分和余额已抵扣">{held.show()}</KeyValue> });
    view! {
        <KeyValues money=true>
            <KeyValue label=goods_label>{goods.show()}</KeyValue>
            <KeyValue label="运费">{freight.show()}</KeyValue>
            {covered}
            <KeyValue label="当前应付" total=true>{totals.payable().show()}</KeyValue>
        </KeyValues>
        <SumPreview
            goods=goods.0 freight=freight.0 locked=held.0 goods_field="goods_change" freight_field="freight_change"
            goods_typed=goods_typed.clone() freight_typed=freight_typed.clone()
        >
            <div class="form__row">
                <Field
                    label="商品改价" name="goods_change" prefix="price" autocomplete="off" maxlength=16 placeholder="-10.00" suffix="元"
                    hint="数字前加 - 为减价，不加为涨价" value=goods_typed error=goods_error
                />
                <Field
                    label="运费改价" name="freight_change" prefix="price" autocomplete="off" maxlength=16 placeholder="0.00" suffix="元"
                    hint="不改动可留空" value=freight_typed error=freight_error
                />
            </div>
        </SumPreview>
    }
    .into_any()
}
