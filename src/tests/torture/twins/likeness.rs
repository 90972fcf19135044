//! An order with its cases as a picture without names: what two towns must have in common, to the fen, the unit and the millisecond.

use super::story::Story;
use crate::domain::shop::address;
use guitu::domain::after_sale::AfterSale;
use guitu::domain::order::Order;
use guitu::domain::{BuyerId, OrderId, OrderLineId, ProductId, ShopId, SkuId};

/// The picture that the rules draw.
pub fn by_the_rules(story: &Story) -> String {
    let ids: Vec<OrderLineId> = story.shop.order.lines.iter().map(|line| line.id).collect();
    picture(&story.shop.order, &story.shop.cases, &ids)
}

/// The picture of rows; `ids` are the lines in the sequence of the rules.
pub fn picture(order: &Order, cases: &[AfterSale], ids: &[OrderLineId]) -> String {
    let place = |id: OrderLineId| ids.iter().position(|known| *known == id).expect("a line of this order");
    let mut lines = order.lines.clone();
    lines.sort_by_key(|line| place(line.id));
    for line in &mut lines {
        (line.id, line.product_id, line.sku_id) = (OrderLineId(0), ProductId(0), SkuId(0));
        (line.title, line.spec, line.picture) = (String::new(), String::new(), String::new());
    }
    let nameless = Order {
        id: OrderId(0),
        number: String::new(),
        shop_id: ShopId(0),
        buyer_id: BuyerId(0),
        recipient: address(),
        version: 0,
        lines,
        ..order.clone()
    };
    let mut picture = format!("{nameless:#?}");
    for case in cases {
        picture.push_str(&of_case(case, place));
    }
    picture
}

fn of_case(case: &AfterSale, place: impl Fn(OrderLineId) -> usize) -> String {
    let mut items: Vec<_> =
        case.items.iter().map(|item| (place(item.line_id), item.quantity, item.goods, item.freight, item.settles)).collect();
    items.sort_by_key(|item| item.0);
    let mut found: Vec<_> =
        case.inspection().unwrap_or_default().iter().map(|one| (place(one.line_id), one.good, one.defective, one.missing)).collect();
    found.sort_unstable();
    let back = case.return_leg.as_ref().map(|leg| (leg.refuse_collect, leg.parcel.is_some(), leg.shipped_at));
    format!(
        "\n{:?} {:?} {:?} {:?} since {:?}\n  items {items:?}\n  back {back:?} found {found:?}\n  replaced {} rejected {}",
        case.kind,
        case.stage,
        case.reason,
        case.state,
        case.applied_at,
        case.replacement.is_some(),
        case.rejection.is_some(),
    )
}
