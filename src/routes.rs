//! Every URL once, as a function: people bookmark them, and tests drive them.

pub mod forms;

/// Where rows have forms and no page of their own, with the page that they are on.
pub const ROWS: [(&str, &str); 6] = [
    (buyer::CART, buyer::CART),
    ("/coupons", buyer::COUPONS),
    (merchant::STAFF, merchant::STAFF),
    (merchant::ANOMALIES, merchant::ANOMALIES),
    (merchant::REVIEWS, merchant::REVIEWS),
    (merchant::REFUNDS, merchant::REFUNDS),
];

/// What buyers open.
pub mod buyer {
    pub const HOME: &str = "/";
    pub const CART: &str = "/cart";
    pub const CHECKOUT: &str = "/checkout";
    pub const LOGIN: &str = "/login";
    pub const REGISTER: &str = "/register";
    pub const LOGOUT: &str = "/logout";
    pub const ME: &str = "/me";
    pub const MESSAGES: &str = "/me/messages";
    pub const WALLET: &str = "/me/wallet";
    pub const COUPONS: &str = "/me/coupons";
    pub const ADDRESSES: &str = "/me/addresses";
    pub const SECURITY: &str = "/me/security";
    pub const CHANGE_PASSWORD: &str = "/me/security/password";
    pub const END_OTHERS: &str = "/me/security/others";
    pub const CLOSE_ACCOUNT: &str = "/me/close-account";
    /// Where the buyer is once the account is closed.
    pub const ACCOUNT_CLOSED: &str = "/account-closed";
    pub const ORDERS: &str = "/orders";
    pub const AFTER_SALES: &str = "/after-sales";

    pub fn product(id: i64) -> String {
        format!("/products/{id}")
    }
    pub fn orders(status: &str) -> String {
        format!("/orders?status={status}")
    }
    pub fn order(number: &str) -> String {
        format!("/orders/{number}")
    }
    pub fn pay(number: &str) -> String {
        format!("/orders/{number}/pay")
    }
    pub fn scan(number: &str) -> String {
        format!("/orders/{number}/pay/code")
    }
    /// The page inside WeChat that opens its cashier.
    pub fn pay_in_wechat(number: &str) -> String {
        format!("/orders/{number}/pay/wechat")
    }
    /// Where WeChat's log-in leads back to.
    pub fn wechat_login(number: &str) -> String {
        format!("/orders/{number}/pay/wechat/login")
    }
    pub fn cancel(number: &str) -> String {
        format!("/orders/{number}/cancel")
    }
    pub fn receive(number: &str) -> String {
        format!("/orders/{number}/receive")
    }
    pub fn buy_again(number: &str) -> String {
        format!("/orders/{number}/buy-again")
    }
    pub fn parcels(number: &str) -> String {
        format!("/orders/{number}#parcels")
    }
    pub fn apply(number: &str) -> String {
        format!("/orders/{number}/after-sale")
    }
    pub fn review(number: &str) -> String {
        format!("/orders/{number}/review")
    }
    /// The case, with the words for what has just been done to it.
    pub fn after_sale_done(number: &str, what: &str) -> String {
        format!("{}?done={what}", after_sale(number))
    }
    pub fn after_sale(number: &str) -> String {
        format!("/after-sales/{number}")
    }
    pub fn revise(number: &str) -> String {
        format!("/after-sales/{number}/revise")
    }
    pub fn ship_return(number: &str) -> String {
        format!("/after-sales/{number}/return")
    }
    pub fn take_coupon(id: i64) -> String {
        format!("/coupons/{id}/take")
    }
    /// Where a cash-on-delivery buyer says where the money shall go.
    pub fn refund_account(number: &str) -> String {
        format!("/after-sales/{number}/refund-account")
    }
    /// `what` is one of withdraw, confirm, convert, to-balance.
    pub fn after_sale_action(number: &str, what: &str) -> String {
        format!("/after-sales/{number}/{what}")
    }
}

/// What the shop's staff opens.
pub mod merchant {
    pub const WORKBENCH: &str = "/merchant";
    pub const LOGIN: &str = "/merchant/login";
    pub const LOGOUT: &str = "/merchant/logout";
    pub const ORDERS: &str = "/merchant/orders";
    pub const AFTER_SALES: &str = "/merchant/after-sales";
    pub const BATCHES: &str = "/merchant/batches";
    pub const REVIEWS: &str = "/merchant/reviews";
    pub const RETURN_ADDRESSES: &str = "/merchant/return-addresses";
    pub const REFUNDS: &str = "/merchant/refunds";
    pub const REFUNDS_EXPORT: &str = "/merchant/refunds/export";
    pub const ANOMALIES: &str = "/merchant/payment-anomalies";
    pub const LEDGER: &str = "/merchant/ledger";
    pub const RECONCILIATION: &str = "/merchant/reconciliation";
    pub const PRODUCTS: &str = "/merchant/products";
    pub const MEMBERS: &str = "/merchant/members";
    pub const COUPONS: &str = "/merchant/coupons";
    pub const NEW_COUPON: &str = "/merchant/coupons/new";
    pub const MESSAGES: &str = "/merchant/messages";
    pub const CLOCKS: &str = "/merchant/settings/clocks";
    pub const STAFF: &str = "/merchant/settings/staff";
    pub const ACCOUNT: &str = "/merchant/account";
    pub const CHANGE_PASSWORD: &str = "/merchant/account/password";
    pub const END_OTHERS: &str = "/merchant/account/others";

    pub fn order(number: &str) -> String {
        format!("/merchant/orders/{number}")
    }
    /// `what` is one of price, confirm-payment, close, address, ship, receive, remark.
    pub fn order_action(number: &str, what: &str) -> String {
        format!("/merchant/orders/{number}/{what}")
    }
    pub fn after_sale(number: &str) -> String {
        format!("/merchant/after-sales/{number}")
    }
    /// `what` is one of decide, receive, settle, reship, retry, refund-account, remark.
    pub fn after_sale_action(number: &str, what: &str) -> String {
        format!("/merchant/after-sales/{number}/{what}")
    }
    /// The bill of a channel for a day.
    pub fn bill(channel: &str, day: &str) -> String {
        format!("/merchant/reconciliation/{channel}/{day}")
    }
    pub fn settle_difference(channel: &str, day: &str) -> String {
        format!("/merchant/reconciliation/{channel}/{day}/settle")
    }
    pub fn member(id: i64) -> String {
        format!("/merchant/members/{id}")
    }
    /// `what` is one of give, give-all, end.
    pub fn coupon_action(id: i64, what: &str) -> String {
        format!("/merchant/coupons/{id}/{what}")
    }
    /// Many after-sales decided at once.
    pub fn batch(number: &str) -> String {
        format!("/merchant/batches/{number}")
    }
    /// `what` is one of start, stop, resume, drop.
    pub fn batch_action(number: &str, what: &str) -> String {
        format!("/merchant/batches/{number}/{what}")
    }
    /// `what` is one of query, refund, resolve.
    pub fn anomaly_action(id: i64, what: &str) -> String {
        format!("/merchant/payment-anomalies/{id}/{what}")
    }
    pub fn send_refund_elsewhere(number: &str) -> String {
        format!("/merchant/refunds/{number}/elsewhere")
    }

    /// `what` is one of role, disable, enable, link.
    pub fn staff_action(id: i64, what: &str) -> String {
        format!("/merchant/settings/staff/{id}/{what}")
    }

    pub fn settle_refund(number: &str) -> String {
        format!("/merchant/refunds/{number}/settle")
    }
}

/// A picture that somebody uploaded.
pub fn picture(key: &str) -> String {
    format!("/pictures/{key}")
}

/// The same picture as small as lists show it.
pub fn small_picture(key: &str) -> String {
    format!("/pictures/{key}/small")
}

/// Where a link that was made for an account leads to: a new password.
pub const RESET: &str = "/reset";

/// The secret stands behind the `?`, where no log line has it.
pub fn reset(secret: &str) -> String {
    format!("{RESET}?key={secret}")
}

/// Where a browser keeps whether it wants light or dark.
pub const THEME: &str = "/theme";

/// Where WeChat Pay calls back.
pub const WECHAT_NOTICES: &str = "/gateway/wechat/notices";
/// Where Alipay calls back.
pub const ALIPAY_NOTICES: &str = "/gateway/alipay/notices";
