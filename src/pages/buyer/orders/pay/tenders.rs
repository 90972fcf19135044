//! The ways to pay: which are offered, what each needs of the window, and what the purse lacks.

use crate::domain::{Channel, Money, Tender};
use crate::http::client::BrowserKind;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::server::money::wallet::Purse;
use crate::server::orders::OrderDetail;
use crate::server::payments::Gateways;
use crate::ui::{RadioCard, RadioCards};
use leptos::prelude::*;

/// The ways that the cashier offers, in this order.
pub const OFFERED: [Tender; 5] = [Tender::Wechat, Tender::Alipay, Tender::Balance, Tender::Points, Tender::Cod];

/// How a tender is paid in this window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaymentFlow {
    /// Here, or at the gateway's page.
    Page,
    /// WeChat Pay has no page for desktops: there a code is scanned. Alipay's page shows one itself.
    Code,
    /// By WeChat's own cashier, for which the shop has WeChat's log-in.
    InWechat,
    /// WeChat opens no other cashier.
    Shut,
}

impl PaymentFlow {
    pub fn of(tender: Tender, window: BrowserKind, gateways: &Gateways) -> Self {
        match tender {
            Tender::Wechat => match window {
                BrowserKind::Desktop => Self::Code,
                BrowserKind::InWechat if gateways.wechat_login().is_some() => Self::InWechat,
                BrowserKind::InWechat => Self::Shut,
                BrowserKind::Browser => Self::Page,
            },
            Tender::Alipay if window == BrowserKind::InWechat => Self::Shut,
            Tender::Alipay | Tender::Points | Tender::Balance | Tender::Cod | Tender::Offline => Self::Page,
        }
    }
}

/// Whether the shop can take it at all.
pub fn offered(tender: Tender, gateways: &Gateways) -> bool {
    Channel::of(tender).is_none_or(|channel| gateways.of(channel).is_some())
}

/// The ways to pay, one of them chosen already.
pub fn draw(
    detail: &OrderDetail,
    window: BrowserKind,
    form: &Form,
    purse: Purse,
    gateways: &Gateways,
    problem: Option<&Problem>,
) -> impl IntoView + use<> {
    let due = detail.order.due();
    let begun = detail.payment_under_way().map(|payment| payment.tender.code());
    let offered = OFFERED.into_iter().filter(|tender| offered(*tender, gateways));
    let way = |tender: Tender| PaymentFlow::of(tender, window, gateways);
    let first = offered.clone().find(|tender| tender.is_online() && way(*tender) != PaymentFlow::Shut).map_or("", Tender::code);
    let selected = if form.has("tender") { form.get("tender") } else { begun.unwrap_or(first) }.to_owned();
    let card = |tender: Tender| {
        let (explain, lacking) = match way(tender) {
            PaymentFlow::Shut => ("请在浏览器中打开本页付款".to_owned(), true),
            PaymentFlow::Code => ("用手机微信扫码付款".to_owned(), false),
            PaymentFlow::InWechat => ("在微信里直接付款".to_owned(), false),
            PaymentFlow::Page => explained(tender, due, purse),
        };
        let checked = !lacking && selected == tender.code();
        view! { <RadioCard name="tender" value=tender.code() title=tender.name() explain=explain checked=checked disabled=lacking/> }
    };
    let cards = offered.map(card).collect_view();
    view! { <RadioCards legend="支付方式" name="tender" error=Problem::at(problem, "tender") required=true>{cards}</RadioCards> }
}

/// The sentence under a tender, and whether the purse lacks what it would take.
fn explained(tender: Tender, due: Money, purse: Purse) -> (String, bool) {
    match tender {
        Tender::Balance => held_in_words(tender, purse.balance, due),
        Tender::Points => held_in_words(tender, Money(purse.points), due),
        Tender::Wechat | Tender::Alipay => (format!("打开{}完成付款", tender.name()), false),
        Tender::Cod => ("收到商品时付给快递员".to_owned(), false),
        Tender::Offline => (String::new(), true),
    }
}

fn held_in_words(tender: Tender, held: Money, due: Money) -> (String, bool) {
    let lacking = held < due;
    let shown = format!("可用 {}", tender.show(held));
    if lacking {
        (format!("{shown}，还差 {}，不足以支付", tender.show(due - held)), true)
    } else {
        (format!("{shown}，支付 {}", tender.show(due)), false)
    }
}
