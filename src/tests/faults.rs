//! The gateway fails in every way it can: no fen goes out twice, none is lost, and everybody sees where it stands.

mod callbacks;
mod death;
mod payments;
mod refunds;

use crate::support::{Buyer, TestApp, WANG};
use guitu::domain::Role;

/// A refund of ¥100.00 that was agreed to and waits for the worker: the buyer, the case, and the number of the refund.
pub(crate) async fn agreed_refund(app: &TestApp) -> (Buyer, String, String) {
    let wang = app.buyer(WANG).await;
    let order = wang.buys(&[(app.town.goods.tea, 1)], "wechat").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    app.staff(Role::Service).await.decides(&case, "agree_refund").await.goes_to();
    let refund = app.case(&case).await.refunds[0].number.clone();
    (wang, case, refund)
}
