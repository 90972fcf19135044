//! The people of the table, and real things behind the names in the routes.

use crate::support::{Browser, CHEN, Form, LI, PASSWORD, TestApp, WANG};
use guitu::api::{FORMS, InPlaceForm};
use guitu::domain::{Address, BuyerId, Role};
use guitu::server::people::accounts;
use guitu::server::store::people::{self, AddressBookOwner};

/// Anonymous, the buyer whose things they are, another buyer, owner, service, warehouse, finance, the other shop's owner, and a browser whose log-ins
/// have ended.
pub const COLUMNS: usize = 9;

/// The day before the town was founded.
const BILLED: &str = "2026-11-21";

pub struct Doors {
    app: TestApp,
    people: Vec<Browser>,
    order: String,
    case: String,
    refund: String,
    picture: String,
    review: i64,
    anomaly: i64,
}

impl Doors {
    /// A bill of a day on which nothing was sold, a completed order with its review, an open case with a picture, and a refund that has arrived;
    /// beside it a payment that came with another amount.
    pub async fn of(app: &TestApp) -> Self {
        let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
        app.bill(&owner, "wechat", BILLED).await.goes_to();
        let order = app.completed(&wang, &[(app.town.goods.tea, 3)], "balance").await;
        wang.reviews(&order, 5, "很好").await.goes_to();
        let refunded = wang.applies(&order, "refund_only", "quality", &[1]).await;
        owner.decides(&refunded, "agree_refund").await.goes_to();
        let case = wang.applies(&order, "return_refund", "quality", &[1]).await;
        let refund = app.case(&refunded).await.refunds[0].number.clone();
        let picture = app.case(&case).await.case.evidence[0].clone();
        let review = app.count("select id from reviews").await;
        let anomaly = anomaly(app).await;
        let mut doors = Self { app: app.clone(), people: Vec::new(), order, case, refund, picture, review, anomaly };
        for column in 0..COLUMNS {
            doors.people.push(doors.enters(column).await);
        }
        doors
    }

    /// Somebody with a fresh log-in.
    async fn enters(&self, column: usize) -> Browser {
        let app = &self.app;
        match column {
            0 => Browser::new(&app.url),
            1 => app.buyer(WANG).await.browser(),
            2 => app.buyer(LI).await.browser(),
            7 => app.staff_of(app.town.other_shop, Role::Owner).await.browser(),
            8 => self.ended().await,
            staff => app.staff(Role::ALL[staff - 3]).await.browser(),
        }
    }

    /// A buyer who has ended all other log-ins from elsewhere, and an owner whose account was disabled meanwhile, in one browser.
    async fn ended(&self) -> Browser {
        let (app, colleague) = (&self.app, self.fresh_colleague(Role::Owner).await);
        let browser = app.buyer(CHEN).await.browser();
        let log_in = Form::to("/merchant/login").with("login", &colleague).with("password", PASSWORD);
        browser.send(&log_in).await.goes_to();
        app.buyer(CHEN).await.submit("/me/security", "/me/security/others", &[("current_password", PASSWORD)]).await.goes_to();
        let id = app.number("select id from staff where login = $1", &colleague).await;
        self.people[3].submit("/merchant/settings/staff", &format!("/merchant/settings/staff/{id}/disable"), &[]).await.goes_to();
        assert!(browser.cookies().contains("guitu="), "it still holds its session");
        browser
    }

    /// Somebody whom an owner can see to without being missed by the next.
    async fn fresh_colleague(&self, role: Role) -> String {
        let login = format!("fresh-{}", self.app.server.new_id());
        accounts::create_staff(&self.app.server, "pine", &login, "帮手", role, PASSWORD).await.unwrap();
        login
    }

    /// The person of this column; whoever logs out does so in a session of its own.
    pub async fn somebody(&self, column: usize, path: &str) -> Browser {
        if path.ends_with("/logout") { self.enters(column).await } else { self.people[column].clone() }
    }

    /// The route with real things in place of its names.
    pub async fn address(&self, path: &str) -> String {
        if let Some(behind) = path.strip_prefix("/merchant/reconciliation/{channel}/{day}") {
            return format!("/merchant/reconciliation/wechat/{BILLED}{behind}");
        }
        if let Some(form) = FORMS.iter().find(|form| form.function == path) {
            let page = Box::pin(self.address(&form.page.replace('*', "{number}"))).await;
            return format!("{path}?of={}", InPlaceForm::at(&page).unwrap().1);
        }
        let Some((before, rest)) = path.split_once('{') else { return path.to_owned() };
        let behind = rest.split_once('}').unwrap().1;
        let name = match before {
            "/products/" => self.app.town.goods.tea.product.0.to_string(),
            "/cart/" => self.app.town.goods.tea.sku.0.to_string(),
            "/orders/" | "/merchant/orders/" => self.order.clone(),
            "/after-sales/" | "/merchant/after-sales/" => self.case.clone(),
            "/merchant/refunds/" => self.refund.clone(),
            "/merchant/reviews/" => self.review.to_string(),
            "/merchant/payment-anomalies/" => self.anomaly.to_string(),
            "/merchant/batches/" => self.fresh_batch().await,
            "/coupons/" | "/merchant/coupons/" => self.fresh_coupon().await,
            "/merchant/members/" => self.app.number("select id from buyers where phone = $1", WANG).await.to_string(),
            "/pictures/" => self.picture.clone(),
            "/me/addresses/" => {
                let wang = self.app.number("select id from buyers where phone = $1", WANG).await;
                self.fresh_address(AddressBookOwner::Buyer(BuyerId(wang))).await
            }
            "/merchant/settings/staff/" => {
                let login = self.fresh_colleague(Role::Service).await;
                self.app.number("select id from staff where login = $1", &login).await.to_string()
            }
            "/merchant/return-addresses/" => self.fresh_address(AddressBookOwner::Shop(self.app.town.shop.id)).await,
            "/assets/" => "nothing.css".to_owned(),
            unknown => panic!("nothing real is known for {unknown}"),
        };
        format!("{before}{name}{behind}")
    }

    /// A proposal that can be begun and dropped without being missed by the next.
    async fn fresh_batch(&self) -> String {
        let owner = &self.people[3];
        let form = owner.form("/merchant/after-sales?queue=return", "/merchant/batches").await;
        let proposed = owner.send(&form.with("decision", "approve_return").with("case", &self.case)).await;
        proposed.goes_to().rsplit('/').next().unwrap().to_owned()
    }

    /// A coupon that can be handed out and ended without being missed by the next.
    async fn fresh_coupon(&self) -> String {
        self.app.staff(Role::Owner).await.makes_coupon(&[]).await.to_string()
    }

    /// An address that can be removed without being missed by the next.
    async fn fresh_address(&self, book: AddressBookOwner) -> String {
        let id = self.app.server.new_id();
        let words = |words: &str| words.to_owned();
        let address = Address {
            recipient: words("吴"),
            phone: words("13900000000"),
            extension: String::new(),
            region: words("浙江省"),
            detail: words("环山路 66 号"),
        };
        let mut tx = self.app.server.db.write().await.unwrap();
        people::insert_address(tx.conn(), book, id, &address).await.unwrap();
        tx.commit().await.unwrap();
        id.to_string()
    }
}

async fn anomaly(app: &TestApp) -> i64 {
    let li = app.buyer(LI).await;
    let order = li.orders(&[(app.town.goods.cup, 1)]).await;
    li.chooses(&order, "wechat").await;
    let payment = app.order(&order).await.payments[0].number.clone();
    app.bank.pays_so_much(&payment, 1).await;
    app.until("it is listed", || async { app.count("select count(*) from payment_anomalies").await == 1 }).await;
    app.count("select id from payment_anomalies").await
}
