//! What is said once a form has done its work: on the page that it leads to, or where it stands.

/// To the buyer, on an order.
pub fn on_order(what: &str) -> Option<&'static str> {
    match what {
        "cancel" => Some("订单已取消"),
        "receive" => Some("已确认收货，订单完成"),
        _ => None,
    }
}

/// To the buyer, on a case.
pub fn on_case(what: &str) -> Option<&'static str> {
    Some(match what {
        "applied" => "申请已提交，商家会收到通知",
        "revised" => "修改已提交，商家会收到通知",
        "withdraw" => "申请已撤销",
        "shipped" => "退货信息已提交，商家会收到通知",
        "confirm" => "已确认收到换货",
        "convert" => "已改为退款，商家会收到通知",
        "to-balance" => "已同意退到本店余额",
        "account" => "退款账户已保存",
        _ => return None,
    })
}

/// To the buyer who wanted a coupon.
pub fn on_coupon(what: &str) -> Option<&'static str> {
    match what {
        "1" => Some("领取成功，下单时可以使用"),
        "had" => Some("您已经领满了这张优惠券"),
        "none" => Some("优惠券已经领完或已结束"),
        _ => None,
    }
}

/// To the shop, on a case.
pub fn on_shop_case(what: &str) -> Option<&'static str> {
    Some(match what {
        "rejected" => "已驳回，买家会收到通知",
        "approved" => "已同意退货，退货地址已发给买家",
        "agreed" => "已同意退款，每笔钱按付款方式退回",
        "settled" => "已登记线下退款，售后完结",
        "received" => "已确认收到退货",
        "reshipped" => "换货已发出，买家会收到通知",
        "retried" => "已重新发起退款",
        "remarked" => "备注已保存，订单和售后同步显示",
        _ => return None,
    })
}
