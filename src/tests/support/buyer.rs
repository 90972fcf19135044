//! A buyer with a browser: each verb opens the page and sends the form that a person would.

use super::{Browser, Form, PASSWORD, Page, TestApp, Ware, photo};
use guitu::domain::order::OrderStatus;
use guitu::routes::buyer as paths;
use std::ops::Deref;

#[derive(Clone)]
pub struct Buyer {
    pub app: TestApp,
    browser: Browser,
}

impl Deref for Buyer {
    type Target = Browser;

    fn deref(&self) -> &Browser {
        &self.browser
    }
}

impl TestApp {
    /// A buyer who has just logged in.
    pub async fn buyer(&self, phone: &'static str) -> Buyer {
        self.buyer_with(Browser::new(&self.url), phone).await
    }

    /// The same in a browser of this kind.
    pub async fn buyer_with(&self, browser: Browser, phone: &'static str) -> Buyer {
        browser.submit(paths::LOGIN, paths::LOGIN, &[("phone", phone), ("password", PASSWORD)]).await.goes_to();
        Buyer { app: self.clone(), browser }
    }
}

impl Buyer {
    pub fn browser(&self) -> Browser {
        self.browser.clone()
    }

    /// The order confirmation for these goods of one shop.
    pub async fn checkout(&self, wares: &[(Ware, i64)]) -> Form {
        for (ware, quantity) in wares {
            let product = paths::product(ware.product.0);
            let form = self.form(&product, &product).await;
            let into_cart = form.with("sku", ware.sku.0).with("quantity", quantity).with("action", "cart");
            self.send(&into_cart).await.goes_to();
        }
        let page = format!("{}?shop={}", paths::CHECKOUT, wares[0].0.shop.0);
        self.form(&page, paths::CHECKOUT).await
    }

    /// Places an order; its number.
    pub async fn orders(&self, wares: &[(Ware, i64)]) -> String {
        self.orders_with(wares, &[]).await
    }

    /// Places an order with more filled in; its number.
    pub async fn orders_with(&self, wares: &[(Ware, i64)], typed: &[(&str, &str)]) -> String {
        let form = self.checkout(wares).await.with_all(typed);
        number_in(self.send(&form).await.goes_to())
    }

    /// Chooses how to pay; where the browser ends, at the shop or at the gateway's cashier.
    pub async fn chooses(&self, number: &str, tender: &str) -> String {
        let pay = paths::pay(number);
        let next = self.submit(&pay, &pay, &[("tender", tender)]).await.goes_to().to_owned();
        // Alipay takes the order from the browser, and leads it on.
        if next.contains("/gateway.do?") { self.get(&next).await.goes_to().to_owned() } else { next }
    }

    /// Pays all that is due: online through the gateway's own cashier, whose callback comes by itself.
    pub async fn pays(&self, number: &str, tender: &str) {
        let next = self.chooses(number, tender).await;
        if next.starts_with("http") {
            self.confirms_at(&next).await;
            self.app.until("the order is paid", || async { self.app.status(number).await == OrderStatus::AwaitingShipment }).await;
        }
    }

    /// Presses the button of the gateway's cashier.
    pub async fn confirms_at(&self, cashier: &str) {
        let bank = self.app.bank.url();
        let (page, _) = cashier.strip_prefix(bank).unwrap().split_once('?').unwrap_or((cashier.strip_prefix(bank).unwrap(), ""));
        let form = self.get(cashier).await.form(&format!("{page}/confirm"));
        self.send_from(&Form { action: format!("{bank}{}", form.action), ..form }, bank).await.goes_to();
    }

    /// An order that is paid for.
    pub async fn buys(&self, wares: &[(Ware, i64)], tender: &str) -> String {
        let number = self.orders(wares).await;
        self.pays(&number, tender).await;
        number
    }

    /// 「领取」.
    pub async fn takes(&self, coupon: i64) -> Page {
        self.submit(paths::COUPONS, &paths::take_coupon(coupon), &[]).await
    }

    /// The copy of a coupon that this buyer got last, as the checkout names it.
    pub async fn copy_of(&self, coupon: i64, phone: &str) -> String {
        let statement = "select h.id from buyer_coupons h join buyers b on b.id = h.buyer_id where b.phone = $1 and h.coupon_id = $2
            order by h.id desc limit 1";
        let id: i64 = sqlx::query_scalar(statement).bind(phone).bind(coupon).fetch_one(self.app.server.db.read()).await.unwrap();
        id.to_string()
    }

    pub async fn cancels(&self, number: &str) -> Page {
        self.submit(&paths::order(number), &paths::cancel(number), &[]).await
    }

    pub async fn receives(&self, number: &str) -> Page {
        self.submit(&paths::order(number), &paths::receive(number), &[]).await
    }

    /// Reviews every line of the order.
    pub async fn reviews(&self, number: &str, stars: u8, words: &str) -> Page {
        let path = paths::review(number);
        let form = self.form(&path, &path).await;
        let lines = form.names_like("words_");
        let form = lines.iter().fold(form, |form, line| form.with(line, words).with(&line.replace("words_", "rating_"), stars));
        self.send(&form).await
    }

    /// The application form, with these units of the order's lines chosen, and a picture beside it.
    pub async fn application(&self, number: &str, kind: &str, reason: &str, units: &[i64]) -> Form {
        let path = paths::apply(number);
        self.fills_in(self.form(&path, &path).await, number, kind, reason, units).await
    }

    /// The same, in a form that is open already.
    pub async fn fills_in(&self, form: Form, number: &str, kind: &str, reason: &str, units: &[i64]) -> Form {
        let lines = self.app.lines(number).await;
        let form = form.with("kind", kind).with("reason", reason).with("amount", "");
        let form = lines.iter().zip(units).fold(form, |form, (line, units)| form.with(&format!("quantity_{line}"), units));
        form.with_file("evidence", photo())
    }

    /// Applies for an after-sale; the number of the case.
    pub async fn applies(&self, number: &str, kind: &str, reason: &str, units: &[i64]) -> String {
        let form = self.application(number, kind, reason, units).await;
        number_in(self.send(&form).await.goes_to())
    }

    pub async fn revises(&self, case: &str, typed: &[(&str, &str)]) -> Page {
        let path = paths::revise(case);
        self.submit(&path, &path, typed).await
    }

    pub async fn withdraws(&self, case: &str) -> Page {
        self.submit(&paths::after_sale(case), &paths::after_sale_action(case, "withdraw"), &[]).await
    }

    pub async fn sends_back(&self, case: &str, tracking: &str) -> Page {
        let path = paths::ship_return(case);
        self.submit(&path, &path, &[("carrier", "zto"), ("tracking", tracking)]).await
    }

    pub async fn confirms_replacement(&self, case: &str) -> Page {
        self.submit(&paths::after_sale(case), &paths::after_sale_action(case, "confirm"), &[]).await
    }

    pub async fn converts(&self, case: &str) -> Page {
        self.submit(&paths::after_sale(case), &paths::after_sale_action(case, "convert"), &[]).await
    }
}

/// The public number in an address of ours.
pub fn number_in(location: &str) -> String {
    location.split(['/', '?']).nth(2).unwrap_or_else(|| panic!("no number in {location}")).to_owned()
}
