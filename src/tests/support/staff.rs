//! A member of staff with a browser: each verb opens the page and sends the form of its dialog.

use super::{Browser, Form, PASSWORD, Page, Shop, TestApp, photo};
use guitu::domain::Role;
use guitu::domain::after_sale::StateKind;
use guitu::routes::merchant as paths;
use std::ops::Deref;

#[derive(Clone)]
pub struct Staff {
    pub app: TestApp,
    browser: Browser,
}

impl Deref for Staff {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl TestApp {
    /// A member of the shop's staff who has just logged in.
    pub async fn staff(&self, role: Role) -> Staff {
        self.staff_of(self.town.shop, role).await
    }

    pub async fn staff_of(&self, shop: Shop, role: Role) -> Staff {
        let browser = Browser::new(&self.url);
        let login = format!("{}-{}", role.code(), shop.code);
        browser.submit(paths::LOGIN, paths::LOGIN, &[("login", &login), ("password", PASSWORD)]).await.goes_to();
        Staff { app: self.clone(), browser }
    }
}

impl TestApp {
    /// The channel's own bill of a day, uploaded.
    pub async fn bill(&self, staff: &Staff, channel: &str, day: &str) -> Page {
        staff.uploads_bill(channel, day, &self.bank.bill(channel, day).await).await
    }
}

impl Staff {
    pub async fn uploads_bill(&self, channel: &str, day: &str, file: &[u8]) -> Page {
        let form = self.form(paths::RECONCILIATION, paths::RECONCILIATION).await;
        self.send(&form.with("channel", channel).with("day", day).with_file("file", file)).await
    }

    pub fn browser(&self) -> Browser {
        self.browser.clone()
    }

    /// The form of an order's dialog.
    pub async fn order_form(&self, number: &str, what: &str) -> Form {
        self.form(&paths::order(number), &paths::order_action(number, what)).await
    }

    async fn order_dialog(&self, number: &str, what: &str, typed: &[(&str, &str)]) -> Page {
        let form = self.order_form(number, what).await.with_all(typed);
        self.send(&form).await
    }

    /// Without scripts: the new total is told first, and the form sent again.
    pub async fn changes_price(&self, number: &str, goods: &str, freight: &str) -> Page {
        let told = self.order_dialog(number, "price", &[("goods_change", goods), ("freight_change", freight)]).await;
        if !told.words().contains("请核对后再次提交") {
            return told;
        }
        self.send(&told.form(&paths::order_action(number, "price"))).await
    }

    pub async fn confirms_payment(&self, number: &str) -> Page {
        self.order_dialog(number, "confirm-payment", &[("note", "对公转账")]).await
    }

    pub async fn closes(&self, number: &str) -> Page {
        self.order_dialog(number, "close", &[]).await
    }

    pub async fn receives(&self, number: &str) -> Page {
        self.order_dialog(number, "receive", &[]).await
    }

    /// Everything that is left, in one parcel.
    pub async fn shipment(&self, number: &str, tracking: &str) -> Form {
        let form = self.order_form(number, "ship").await;
        let parcel = form.names_like("tracking_").first().expect("a parcel").replace("tracking_", "");
        form.with(&format!("carrier_{parcel}"), "sf").with(&format!("tracking_{parcel}"), tracking)
    }

    pub async fn ships(&self, number: &str, tracking: &str) -> Page {
        self.send(&self.shipment(number, tracking).await).await
    }

    /// The shop lets every line be asked about so often.
    pub async fn allows_applications(&self, most: i64) {
        self.submit(paths::CLOCKS, paths::CLOCKS, &[("max_applications", &most.to_string())]).await.goes_to();
    }

    /// The form of a coupon: ¥10 off whatever is bought, from today for a month, ten copies, one a buyer, open to all.
    pub async fn coupon_form(&self, typed: &[(&str, &str)]) -> Form {
        let form = self.form(paths::NEW_COUPON, paths::NEW_COUPON).await.with("name", "立减券").with("amount", "10");
        form.with("kind", "direct").with("until", "2026-12-21").with("copies", "10").with_all(typed)
    }

    /// Makes a coupon; its id.
    pub async fn makes_coupon(&self, typed: &[(&str, &str)]) -> i64 {
        self.send(&self.coupon_form(typed).await).await.goes_to();
        self.app.count("select max(id) from coupons").await
    }

    /// Hands one copy of a coupon to the member with this phone.
    pub async fn gives_coupon(&self, coupon: i64, phone: &str) -> Page {
        let page = format!("{}/{coupon}", paths::COUPONS);
        self.submit(&page, &paths::coupon_action(coupon, "give"), &[("phone", phone)]).await
    }

    /// Puts into a member's wallet: `account` balance or points, `direction` up or down.
    pub async fn wallet_form(&self, phone: &str, typed: &[(&str, &str)]) -> Form {
        let member = paths::member(self.app.number("select id from buyers where phone = $1", phone).await);
        self.form(&member, &member).await.with_all(typed)
    }

    /// The form of a case's dialog.
    pub async fn case_form(&self, case: &str, what: &str) -> Form {
        self.form(&paths::after_sale(case), &paths::after_sale_action(case, what)).await
    }

    /// The decision form of the case as it stands, with this decision chosen.
    pub async fn decision(&self, case: &str, decision: &str) -> Form {
        let applied = self.app.case(case).await.case.state.kind() == StateKind::Applied;
        let form = self.case_form(case, if applied { "decide" } else { "settle" }).await.with("decision", decision);
        match decision {
            "reject" => form.with("reject_reason", "请补充照片").with_file("reject_evidence", photo()),
            "refund_manually" => form.with("voucher", "银行转账 6621").with("consent", "1"),
            _ => form,
        }
    }

    /// 驳回 `reject`, 通过申请 `approve_return`, 同意退款 `agree_refund`, 手动退款 `refund_manually`.
    pub async fn decides(&self, case: &str, decision: &str) -> Page {
        self.send(&self.decision(case, decision).await).await
    }

    /// The goods are back, all of them as good as new unless something else is typed.
    pub async fn takes_back(&self, case: &str, typed: &[(&str, &str)]) -> Page {
        let form = self.case_form(case, "receive").await.with_all(typed);
        self.send(&form).await
    }

    pub async fn sends_replacement(&self, case: &str, tracking: &str) -> Page {
        let form = self.case_form(case, "reship").await.with("carrier", "sf").with("tracking", tracking);
        self.send(&form).await
    }

    pub async fn retries(&self, case: &str) -> Page {
        let form = self.case_form(case, "retry").await;
        self.send(&form).await
    }
}
