//! A buyer and the shop's owner who never give up: what was not answered is sent again, the same form, until it is.

use super::Dice;
use crate::support::{Browser, Form, PASSWORD, Page, WANG, Ware};
use guitu::domain::HappeningKind;
use guitu::routes::{buyer, merchant};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a page has acknowledged: an order, and what was done to it.
pub type Acknowledged = Arc<Mutex<Vec<(String, HappeningKind)>>>;

#[derive(Clone)]
pub struct Life {
    pub wang: Browser,
    pub owner: Browser,
    pub heard: Acknowledged,
    /// How often anything was asked for: every sending of a form, and every wait for what comes by itself.
    pub asked: Arc<AtomicUsize>,
}

impl Life {
    /// Both log in.
    pub async fn begins(url: &str) -> Self {
        let (wang, owner) = (Browser::new(url), Browser::new(url));
        let life = Self { wang, owner, heard: Acknowledged::default(), asked: Arc::default() };
        life.insists(&life.wang, buyer::LOGIN, buyer::LOGIN, &[("phone", WANG), ("password", PASSWORD)]).await;
        life.insists(&life.owner, merchant::LOGIN, merchant::LOGIN, &[("login", "owner-pine"), ("password", PASSWORD)]).await;
        life.asked.store(0, Ordering::SeqCst);
        life
    }

    /// Orders, pays, asks for the money back and gets it, or gets the goods.
    pub async fn goes(&self, ware: Ware, dice: &mut Dice) {
        let checkout = format!("{}?sku={}&quantity=1", buyer::CHECKOUT, ware.sku.0);
        let order = number_in(&self.insists(&self.wang, &checkout, buyer::CHECKOUT, &[]).await);
        self.hears(&order, HappeningKind::OrderPlaced);
        let tender: &str = if dice.one_in(2) { "wechat" } else { "balance" };
        self.pays(&order, tender).await;
        if dice.one_in(3) { self.gets_the_goods(&order).await } else { self.gets_the_money_back(&order).await }
    }

    async fn pays(&self, order: &str, tender: &str) {
        let pay = buyer::pay(order);
        let next = self.insists(&self.wang, &pay, &pay, &[("tender", tender)]).await;
        if let Some(cashier) = next.location.filter(|next| next.starts_with("http")) {
            let origin: String = cashier.split('/').take(3).collect::<Vec<_>>().join("/");
            let page = cashier[origin.len()..].split('?').next().unwrap();
            let confirm = format!("{page}/confirm");
            let form = until(&self.wang, &cashier, |page| page.has_form(&confirm)).await.form(&confirm);
            self.sends(&self.wang, &Form { action: format!("{origin}{}", form.action), ..form }, &origin).await;
        }
        until(&self.wang, &buyer::order(order), |page| page.words().contains("待发货")).await;
        self.hears(order, HappeningKind::OrderPaid);
    }

    async fn gets_the_goods(&self, order: &str) {
        let page = until(&self.owner, &merchant::order(order), |page| page.has_form(&merchant::order_action(order, "ship"))).await;
        let form = page.form(&merchant::order_action(order, "ship"));
        let parcel = form.names_like("tracking_")[0].replace("tracking_", "");
        let form = form.with(&format!("carrier_{parcel}"), "sf").with(&format!("tracking_{parcel}"), crate::support::OUT);
        self.sends(&self.owner, &form, &self.owner.origin).await;
        self.hears(order, HappeningKind::OrderShipped);
        self.insists(&self.wang, &buyer::order(order), &buyer::receive(order), &[]).await;
        self.hears(order, HappeningKind::OrderReceived);
    }

    async fn gets_the_money_back(&self, order: &str) {
        let apply = buyer::apply(order);
        let page = until(&self.wang, &apply, |page| page.has_form(&apply)).await;
        let form = page.form(&apply).with("kind", "refund_only").with("reason", "unwanted").with("amount", "");
        let line = form.names_like("quantity_").remove(0);
        let case = number_in(&self.sends(&self.wang, &form.with(&line, 1), &self.wang.origin).await);
        self.hears(order, HappeningKind::AfterSaleApplied);
        let decide = merchant::after_sale_action(&case, "decide");
        self.insists(&self.owner, &merchant::after_sale(&case), &decide, &[("decision", "agree_refund")]).await;
        self.hears(order, HappeningKind::RefundAgreed);
        self.asks();
        until(&self.wang, &buyer::after_sale(&case), |page| page.words().contains("退款成功")).await;
        self.hears(order, HappeningKind::RefundSucceeded);
    }

    fn asks(&self) {
        self.asked.fetch_add(1, Ordering::SeqCst);
    }

    fn hears(&self, order: &str, what: HappeningKind) {
        self.heard.lock().unwrap().push((order.to_owned(), what));
    }

    /// Opens a page and sends its form, until it was taken.
    async fn insists(&self, browser: &Browser, page: &str, action: &str, typed: &[(&str, &str)]) -> Page {
        let form = until(browser, page, |page| page.has_form(action)).await.form(action).with_all(typed);
        self.sends(browser, &form, &browser.origin).await
    }

    /// The same form until there is an answer to it.
    async fn sends(&self, browser: &Browser, form: &Form, origin: &str) -> Page {
        for _ in 0..PATIENCE {
            self.asks();
            match browser.try_send(form, origin).await {
                Some(page) if page.status == 303 => return page,
                Some(page) if page.status.is_server_error() => {}
                Some(page) => panic!("{page}"),
                None => {}
            }
            tokio::time::sleep(A_MOMENT).await;
        }
        panic!("nobody takes the form to {}", form.action);
    }
}

const A_MOMENT: Duration = Duration::from_millis(40);
/// Longer than any start of a shop, and any refund.
const PATIENCE: usize = 3_000;

/// Opens a page until it is as it should be.
async fn until(browser: &Browser, path: &str, as_it_should: impl Fn(&Page) -> bool) -> Page {
    let mut last = None;
    for _ in 0..PATIENCE {
        if let Some(page) = browser.try_get(path).await {
            if page.status == 200 && as_it_should(&page) {
                return page;
            }
            last = Some(page);
        }
        tokio::time::sleep(A_MOMENT).await;
    }
    panic!("{path} does not come to what it should be: {}", last.map_or_else(String::new, |page| page.to_string()));
}

fn number_in(page: &Page) -> String {
    page.goes_to().split(['/', '?']).nth(2).unwrap().to_owned()
}
