//! The sheets of the order confirmation: to whom, what, how many points and how much balance, and what it comes to.

use super::Typed;
use crate::domain::money::points::too_few_in_words;
use crate::domain::text::isolated;
use crate::domain::{Money, ShopPolicy, Tender};
use crate::http::assets;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::routes;
use crate::server::orders::Checkout;
use crate::ui::{Card, Field, GoodsItem, KeyValue, KeyValues, LinkButton, Notice, Price, RadioCard, RadioCards, TextArea, Tone};
use leptos::prelude::*;

/// To whom: one of the buyer's addresses, the default to begin with.
pub fn recipient(checkout: &Checkout, form: &Form, again: &str, problem: Option<&Problem>) -> impl IntoView + use<> {
    let error = Problem::at(problem, "address");
    let chosen = match form.get("address").parse() {
        Ok(typed) => Some(typed),
        Err(_) => checkout.addresses.first().map(|entry| entry.id),
    };
    let next = serde_urlencoded::to_string([("next", again)]).unwrap_or_default();
    let add = format!("{}/new?{next}", routes::buyer::ADDRESSES);
    if checkout.addresses.is_empty() {
        return view! {
            <Card title="收货地址">
                <div id="address" class="stack" tabindex="-1">
                    {error.map(|words| view! { <p class="field__error">{words}</p> })}
                    <p class="muted">"还没有收货地址，添加后即可下单"</p>
                    <LinkButton href=add wide=true>"新增收货地址"</LinkButton>
                </div>
            </Card>
        }
        .into_any();
    }
    let cards = checkout.addresses.iter().map(|entry| {
        let title = format!("{} {}", isolated(&entry.address.recipient), entry.address.phone_in_words());
        let place = if entry.is_default { format!("默认 · {}", entry.address.place()) } else { entry.address.place() };
        view! { <RadioCard name="address" value=entry.id.to_string() title=title explain=place checked=chosen == Some(entry.id)/> }
    });
    let cards = cards.collect_view();
    view! {
        <Card>
            <RadioCards legend="收货地址" name="address" error=error required=true>{cards}</RadioCards>
            <div class="actions"><LinkButton href=add small=true>"新增收货地址"</LinkButton></div>
        </Card>
    }
    .into_any()
}

/// What, from which shop, and what the buyer wants to say about it.
pub fn goods(checkout: &Checkout, form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let wrong = Problem::at(problem, "goods");
    let troubles = checkout.troubles.iter().filter(|words| wrong.as_ref() != Some(words)).cloned();
    let troubles = troubles.map(|words| view! { <Notice tone=Tone::Warn>{words}</Notice> }).collect_view();
    let lines = checkout.goods.iter().map(|(offer, quantity)| {
        let href = routes::buyer::product(offer.product_id.0);
        let (src, title, spec) = (assets::url(&offer.picture), offer.title.clone(), offer.spec.clone());
        view! { <GoodsItem src=src title=title spec=spec price=offer.price quantity=*quantity href=href/> }
    });
    let lines = lines.collect_view();
    let (remark, error) = (form.get("remark").to_owned(), Problem::at(problem, "remark"));
    view! {
        <Card title=checkout.shop.name.clone()>
            <div class="form">
                <div id="goods" tabindex="-1">
                    {wrong.map(|words| view! { <p class="field__error">{words}</p> })}
                    {troubles}
                    {lines}
                </div>
                <TextArea label="备注" name="remark" rows=2 maxlength=200 placeholder="选填，告诉商家您的要求" value=remark error=error/>
            </div>
        </Card>
    }
}

/// Points and balance, with what is held of each.
pub fn wallet(checkout: &Checkout, payable: Money, form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let (points, balance) = (form.get("points").to_owned(), form.get("balance").to_owned());
    let points_hint = offered(Tender::Points, Money(checkout.purse.points), payable);
    let balance_hint = offered(Tender::Balance, checkout.purse.balance, payable);
    let (points_error, balance_error) = (Problem::at(problem, "points"), Problem::at(problem, "balance"));
    let worth = view! { <span class="muted small">"100 积分 = ¥1.00"</span> }.into_any();
    view! {
        <Card title="积分与余额" aside=worth>
            <div class="form">
                <Field
                    label="使用积分" name="points" inputmode="numeric" autocomplete="off" placeholder="0" suffix="积分" value=points
                    error=points_error hint=points_hint
                />
                <Field
                    label="使用余额" name="balance" inputmode="decimal" autocomplete="off" placeholder="0.00" suffix="元" value=balance
                    error=balance_error hint=balance_hint
                />
            </div>
        </Card>
    }
}

/// What is held of it, and how much of that this order takes at most.
fn offered(tender: Tender, held: Money, payable: Money) -> String {
    if held < Money::ZERO {
        return too_few_in_words(held.0);
    }
    let most = if held > payable { format!("，本单最多用 {}", tender.show(payable)) } else { String::new() };
    format!("可用 {}{most}", tender.show(held))
}

/// What it comes to, line by line.
pub fn bill(checkout: &Checkout, typed: Typed) -> impl IntoView + use<> {
    let totals = checkout.totals;
    let units: i64 = checkout.goods.iter().map(|(_, quantity)| quantity).sum();
    let rule = freight_rule(&checkout.shop.policy, totals.goods);
    let payable = typed.payable(totals);
    let coupon = typed.off.is_positive().then(|| view! { <KeyValue label="优惠券">{Money(-typed.off.0).show()}</KeyValue> });
    let purse = typed.left_of(payable).map(|left| {
        let share = |label: &'static str, amount: Money| {
            amount.is_positive().then(|| view! { <KeyValue label=label>{Money(-amount.0).show()}</KeyValue> })
        };
        view! {
            {share("积分抵扣", typed.points)}
            {share("余额抵扣", typed.balance)}
            <KeyValue label="还需支付" total=true><Price amount=left/></KeyValue>
        }
    });
    view! {
        <div id="bill">
            <Card title="价格明细">
                <KeyValues money=true>
                    <KeyValue label="商品金额"><span class="muted small">{format!("共 {units} 件 ")}</span><Price amount=totals.goods/></KeyValue>
                    <KeyValue label="运费"><span class="muted small">{rule}" "</span><Price amount=totals.freight/></KeyValue>
                    {coupon}
                    <KeyValue label="合计" total=purse.is_none()><Price amount=payable/></KeyValue>
                    {purse}
                </KeyValues>
            </Card>
        </div>
    }
}

/// The freight rule of the shop, as it meets these goods (S19).
fn freight_rule(policy: &ShopPolicy, goods: Money) -> String {
    let from = policy.free_freight_from;
    match policy.freight_for(goods) {
        Money::ZERO if policy.freight == Money::ZERO => "全店包邮".to_owned(),
        Money::ZERO => format!("已满 {} 包邮", from.show()),
        _ if from.is_positive() => format!("满 {} 包邮，还差 {}", from.show(), (from - goods).show()),
        _ => "每单统一运费".to_owned(),
    }
}
