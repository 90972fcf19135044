//! Every form that carries a key: brought to where it can be sent, and what it would be with another content.

use super::{cases, orders};
use crate::support::{Browser, Buyer, CHEN, Form, LI, Staff, TestApp, WANG};
use guitu::domain::{HappeningKind, Role};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Place,
    PutInCart,
    Price,
    Address,
    ConfirmPayment,
    Close,
    Ship,
    Receive,
    Apply,
    Revise,
    Withdraw,
    ShipReturn,
    ConfirmReplacement,
    ConvertToRefund,
    AgreeToBalance,
    GiveAccount,
    Reject,
    RejectReturn,
    ApproveReturn,
    AgreeRefund,
    RefundManually,
    TakeBack,
    Reship,
    RetryRefund,
    Recharge,
    TakePoints,
    MakeCoupon,
    MakeBatch,
}

/// Who sends them, each logged in.
pub struct People {
    pub app: TestApp,
    pub wang: Buyer,
    pub li: Buyer,
    pub chen: Buyer,
    pub owner: Staff,
}

impl People {
    pub async fn of(app: &TestApp) -> Self {
        let (wang, li, chen) = (app.buyer(WANG).await, app.buyer(LI).await, app.buyer(CHEN).await);
        Self { app: app.clone(), wang, li, chen, owner: app.staff(Role::Owner).await }
    }
}

/// A form that can be sent.
pub struct Asked {
    pub browser: Browser,
    pub form: Form,
    /// With another content, under the same key.
    pub other: Form,
    what: What,
}

/// Where its effects are counted.
enum What {
    Lines(HappeningKind),
    Rows(&'static str),
}

impl Asked {
    /// A form whose effect is a line in the timeline.
    pub fn of(browser: Browser, form: Form, other: (&str, &str), what: HappeningKind) -> Self {
        Self { browser, other: form.clone().with(other.0, other.1), form, what: What::Lines(what) }
    }

    /// A form whose effect is what this statement counts.
    pub fn counted(browser: Browser, form: Form, other: (&str, &str), rows: &'static str) -> Self {
        Self { browser, other: form.clone().with(other.0, other.1), form, what: What::Rows(rows) }
    }

    /// How often it has happened in this town.
    pub async fn effects(&self, app: &TestApp) -> i64 {
        match self.what {
            What::Lines(kind) => app.number("select count(*) from events where kind = $1", kind.code()).await,
            What::Rows(statement) => app.count(statement).await,
        }
    }
}

impl Kind {
    pub const ALL: [Self; 28] = [
        Self::Place,
        Self::PutInCart,
        Self::Price,
        Self::Address,
        Self::ConfirmPayment,
        Self::Close,
        Self::Ship,
        Self::Receive,
        Self::Apply,
        Self::Revise,
        Self::Withdraw,
        Self::ShipReturn,
        Self::ConfirmReplacement,
        Self::ConvertToRefund,
        Self::AgreeToBalance,
        Self::GiveAccount,
        Self::Reject,
        Self::RejectReturn,
        Self::ApproveReturn,
        Self::AgreeRefund,
        Self::RefundManually,
        Self::TakeBack,
        Self::Reship,
        Self::RetryRefund,
        Self::Recharge,
        Self::TakePoints,
        Self::MakeCoupon,
        Self::MakeBatch,
    ];

    pub async fn prepared(self, people: &People) -> Asked {
        let (app, owner) = (&people.app, &people.owner);
        app.stocks(app.town.goods.tea, 3).await;
        match self {
            Self::Place
            | Self::PutInCart
            | Self::Price
            | Self::Address
            | Self::ConfirmPayment
            | Self::Close
            | Self::Ship
            | Self::Receive => Box::pin(orders::prepared(self, people)).await,
            Self::Recharge => moves(owner, [("account", "balance"), ("amount", "100")], "recharged").await,
            Self::TakePoints => moves(owner, [("account", "points"), ("direction", "down")], "corrected").await,
            Self::MakeCoupon => {
                let form = owner.coupon_form(&[("until", "2036-12-31")]).await;
                Asked::counted(owner.browser(), form, ("amount", "11"), "select count(*) from coupons")
            }
            Self::MakeBatch => {
                cases::unshipped(app, &people.wang).await;
                let form = owner.form("/merchant/after-sales?queue=unshipped", "/merchant/batches").await;
                let form = form.with("all", "1").with("decision", "agree_refund");
                Asked::counted(owner.browser(), form, cases::FURTHER, "select count(*) from batches")
            }
            of_a_case => Box::pin(cases::prepared(of_a_case, people)).await,
        }
    }
}

/// A movement in a wallet, of 100 unless something else is typed.
async fn moves(owner: &Staff, typed: [(&str, &str); 2], cause: &'static str) -> Asked {
    let form = owner.wallet_form(LI, &[("amount", "100"), ("reason", "门店登记")]).await.with_all(&typed);
    let rows = match cause {
        "recharged" => "select count(*) from money_events where cause = 'recharged'",
        _ => "select count(*) from money_events where cause = 'corrected'",
    };
    Asked::counted(owner.browser(), form, ("amount", "50"), rows)
}
