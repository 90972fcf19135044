//! What every page of the back office has at its side: where this member of staff may go.

use crate::domain::{Actor, Permission};
use crate::routes::merchant as routes;
use crate::server::ctx::Staff;
use crate::ui::NavItem;

/// The side navigation; `here` is the path of the page that is open.
pub fn nav(staff: &Staff, here: &str) -> Vec<NavItem> {
    use Permission as P;
    let waiting = staff.waiting;
    let entries = [
        ("", "工作台", routes::WORKBENCH, P::SeeOrders),
        ("交易", "订单管理", routes::ORDERS, P::SeeOrders),
        ("交易", "售后工作台", routes::AFTER_SALES, P::SeeOrders),
        ("交易", "退款记录", routes::REFUNDS, P::SeeMoney),
        ("交易", "支付异常订单", routes::ANOMALIES, P::SettleMoney),
        ("交易", "对账", routes::RECONCILIATION, P::SettleMoney),
        ("交易", "账目核对", routes::LEDGER, P::VerifyLedger),
        ("店铺", "商品", routes::PRODUCTS, P::SeeStock),
        ("店铺", "会员", routes::MEMBERS, P::SeeMoney),
        ("店铺", "优惠券", routes::COUPONS, P::SeeMoney),
        ("店铺", "评价管理", routes::REVIEWS, P::ReplyReview),
        ("店铺", "退货地址管理", routes::RETURN_ADDRESSES, P::ReturnAddresses),
        ("店铺", "消息", routes::MESSAGES, P::SeeOrders),
        ("店铺", "设置", routes::CLOCKS, P::ChangePolicy),
        ("店铺", "员工", routes::STAFF, P::ManageStaff),
        ("店铺", "账号与安全", routes::ACCOUNT, P::SeeOrders),
    ];
    let allowed = entries.into_iter().filter(|(.., permission)| staff.may(*permission));
    let item = |(group, label, href, _): (&'static str, &'static str, &'static str, P)| {
        let count = match href {
            routes::ORDERS => waiting.to_ship,
            routes::AFTER_SALES => waiting.after_sales,
            routes::ANOMALIES => waiting.anomalies,
            routes::MESSAGES => waiting.messages,
            _ => 0,
        };
        NavItem::new(label, href).group(group).active(href == here).count(count)
    };
    allowed.map(item).collect()
}

/// Who is at work, for the foot of the navigation: `林小满 · 客服`.
pub fn signature(staff: &Staff) -> String {
    let roles = match &staff.actor {
        Actor::Staff { roles, .. } => roles.iter().map(|role| role.name()).collect::<Vec<_>>().join("、"),
        Actor::Buyer { .. } | Actor::System => String::new(),
    };
    format!("{} · {roles}", staff.actor.name())
}
