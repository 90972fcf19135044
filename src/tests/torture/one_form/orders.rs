//! The forms about orders that carry a key.

use super::kinds::{Asked, Kind, People};
use crate::support::OUT;
use guitu::domain::HappeningKind;
use guitu::routes::buyer::product;

pub async fn prepared(kind: Kind, people: &People) -> Asked {
    let People { app, wang, li, owner, .. } = people;
    let tea = app.town.goods.tea;
    let shop = owner.browser();
    match kind {
        Kind::Place => {
            let form = wang.checkout(&[(tea, 1)]).await;
            Asked::counted(wang.browser(), form, ("remark", "送到门卫"), "select count(*) from orders")
        }
        Kind::PutInCart => {
            let page = product(tea.product.0);
            let form = li.form(&page, &page).await.with("sku", tea.sku.0).with("quantity", 1).with("action", "cart");
            let units = "select cast(coalesce(sum(quantity), 0) as bigint) from cart_items";
            // One that differs in its place alone, to count one unit whichever comes first.
            Asked::counted(li.browser(), form, ("further", "1"), units)
        }
        Kind::Price => {
            let form =
                owner.order_form(&wang.orders(&[(tea, 1)]).await, "price").await.with("goods_change", "-1").with("restated", "99.00");
            Asked::of(shop, form, ("further", "1"), HappeningKind::PriceAdjusted)
        }
        Kind::Address => {
            let form = owner.order_form(&wang.orders(&[(tea, 1)]).await, "address").await.with("detail", "文三路 91 号");
            Asked::of(shop, form, ("detail", "文三路 92 号"), HappeningKind::AddressEdited)
        }
        Kind::ConfirmPayment => {
            let form = owner.order_form(&wang.orders(&[(tea, 1)]).await, "confirm-payment").await;
            Asked::of(shop, form, ("note", "对公转账"), HappeningKind::PaymentConfirmed)
        }
        Kind::Close => {
            let form = owner.order_form(&wang.orders(&[(tea, 1)]).await, "close").await;
            Asked::of(shop, form, ("further", "1"), HappeningKind::OrderClosed)
        }
        Kind::Ship => {
            let form = owner.shipment(&wang.buys(&[(tea, 1)], "wechat").await, OUT).await;
            let tracking = form.names_like("tracking_").remove(0);
            Asked::of(shop, form, (&tracking, "SF1234567890188"), HappeningKind::OrderShipped)
        }
        _ => {
            let form = owner.order_form(&app.shipped(wang, &[(tea, 1)], "wechat").await, "receive").await;
            Asked::of(shop, form, ("further", "1"), HappeningKind::OrderReceived)
        }
    }
}
