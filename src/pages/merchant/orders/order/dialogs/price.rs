//! 「修改价格」: goods and freight apart, a minus in front reduces (S3).

use super::{OrderDialogWords, dialog};
use crate::domain::Money;
use crate::domain::order::Totals;
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::islands::asking::Follow;
use crate::pages::merchant::orders::order::{Desk, Task};
use crate::server::orders::OrderMoney;
use crate::ui::{Field, KeyValue, KeyValues};
use leptos::prelude::*;

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
    let total = total(money, &typed);
    let restated = total.as_ref().map_or_else(|_| String::new(), |total| total.plain());
    let shown = match total {
        Ok(total) => view! { <b>{total.show()}</b> }.into_any(),
        Err(why) => view! { <span class="sum-preview__why">{why}</span> }.into_any(),
    };
    let covered = held.is_positive().then(|| view! { <KeyValue label="积分和余额已抵扣">{held.show()}</KeyValue> });
    view! {
        <KeyValues money=true>
            <KeyValue label=goods_label>{goods.show()}</KeyValue>
            <KeyValue label="运费">{freight.show()}</KeyValue>
            {covered}
            <KeyValue label="当前应付" total=true>{totals.payable().show()}</KeyValue>
        </KeyValues>
        <Follow parts="#price-sum, #price-restated">
            <div class="stack">
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
                <input type="hidden" name="restated" id="price-restated" value=restated/>
                <p class="sum-preview"><span>"改后应付"</span>" "<output id="price-sum" aria-live="polite">{shown}</output></p>
            </div>
        </Follow>
    }
    .into_any()
}

/// The total after what is typed, as it will be asked for; or why there is none.
fn total(money: OrderMoney<'_>, typed: &Form) -> Result<Money, String> {
    if ["goods_change", "freight_change"].iter().all(|name| typed.get(name).trim().is_empty()) {
        return Ok(money.totals.payable());
    }
    let price = forms::order::price(typed).map_err(|errors| errors.0.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join("；"))?;
    money.totals.changed(price.change, money.held).map(Totals::payable).map_err(|refusal| refusal.to_string())
}
