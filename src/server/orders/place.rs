//! From the basket to an order: prices are the server's, stock is taken or refused, points and balance are held (S1).

use super::checkout::{Basket, line, trouble};
use super::new_order::NewOrder;
use crate::domain::money::payment::PaymentState;
use crate::domain::money::points::too_few_in_words;
use crate::domain::order::{Order, OrderLine, OrderState, Totals, price};
use crate::domain::{Address, BuyerId, Money, MoneyCause, OrderId, PaymentId, Request, Shop, StockCause, Tender};
use crate::server::ctx::Buyer;
use crate::server::db::Lock;
use crate::server::error::{Error, Result};
use crate::server::money::coupons;
use crate::server::money::effects::context::EffectContext;
use crate::server::orders::complete::{PaidWith, complete};
use crate::server::store::goods::shelf::{self, StockMove};
use crate::server::store::goods::{self, SkuOffer};
use crate::server::store::money::payments::{self, NewPayment};
use crate::server::store::money::wallet;
use crate::server::store::orders::cart;
use crate::server::store::orders::{self as rows, Placement};
use crate::server::store::people::{self, members};

/// Places the order; sending the form again finds the first one. Returns the order's number.
pub async fn place(buyer: &Buyer, basket: Basket, new: NewOrder, request: &Request) -> Result<String> {
    request.require_key()?;
    let mut tx = buyer.app.db.write().await?;
    // The same form, sent twice at once: one waits here until the other has placed it.
    tx.lock(Lock::Buyer, buyer.id.0).await?;
    if let Some(number) = rows::number_of_request(tx.conn(), buyer.id, request).await? {
        return Ok(number);
    }
    let goods = goods_of(&mut tx, buyer.id, basket).await?;
    let shop = people::shop(tx.conn(), goods[0].0.shop_id).await?;
    if let Some(words) = goods.iter().find_map(|(offer, quantity)| trouble(offer, *quantity)) {
        return Err(Error::field("goods", words));
    }
    let recipient = people::buyer_address(tx.conn(), buyer.id, new.address).await?;
    let recipient = recipient.ok_or_else(|| Error::field("address", "请选择收货地址"))?;
    let lines = goods.iter().map(|(offer, quantity)| line(offer, *quantity, buyer.app.new_id())).collect();
    let (totals, mut lines) = price(lines, &shop.policy);
    if new.expected != Some(totals.payable()) {
        let words = format!("价格已变动，现在应付 {}，请核对后重新提交", totals.payable().show());
        return Err(Error::field("goods", words));
    }
    let (totals, coupon) = match new.coupon {
        Some(chosen) => {
            let (totals, used) = coupons::take_off(tx.conn(), (buyer.id, shop.id), chosen, totals, &mut lines, buyer.now).await?;
            (totals, Some(used))
        }
        None => (totals, None),
    };
    let order = new_order(buyer, &shop, recipient, totals, lines, &new)?;
    if order.held.is_positive() {
        // Before the goods, as everywhere; who holds something here is a member.
        tx.lock(Lock::Wallet(shop.id), buyer.id.0).await?;
    } else {
        members::join(tx.conn(), shop.id, buyer.id, buyer.now).await?;
    }
    reserve(&mut tx, buyer, &order.lines).await?;
    let first_order = !rows::has_ordered(tx.conn(), buyer.id, shop.id).await?;
    let placement = Placement {
        request,
        buyer_name: &buyer.name,
        buyer_phone: &buyer.phone,
        remark: &new.remark,
        first_order,
        coupon_name: coupon.as_ref().map_or("", |coupon| &coupon.name),
    };
    rows::insert(tx.conn(), &order, &placement).await?;
    let effects = order.placed();
    let number = order.number.clone();
    let mut context =
        EffectContext { app: &buyer.app, tx: &mut tx, by: &buyer.actor, now: buyer.now, policy: &shop.policy, order, request: None };
    context.for_order(effects).await?;
    if let Some(used) = &coupon {
        coupons::use_for(&mut context, used).await?;
    }
    hold(&mut context, Tender::Points, new.points).await?;
    hold(&mut context, Tender::Balance, new.balance).await?;
    if context.order.due() == Money::ZERO {
        complete(&mut context, PaidWith::Wallet).await?;
        rows::save(context.tx.conn(), &context.order).await?;
    }
    if let Basket::Cart(shop) = basket {
        for item in cart::items_of_shop(context.tx.conn(), buyer.id, shop).await? {
            cart::remove(context.tx.conn(), buyer.id, item.offer.id).await?;
        }
    }
    tx.commit().await?;
    Ok(number)
}

fn new_order(buyer: &Buyer, shop: &Shop, recipient: Address, totals: Totals, lines: Vec<OrderLine>, new: &NewOrder) -> Result<Order> {
    let held = new.points + new.balance;
    if held > totals.payable() {
        let field = if new.balance.is_positive() { "balance" } else { "points" };
        return Err(Error::field(field, format!("积分与余额合计最多抵扣 {}", totals.payable().show())));
    }
    let month = buyer.now.year_month(shop.zone);
    Ok(Order {
        id: OrderId(buyer.app.new_id()),
        number: format!("G{month}-{}", buyer.app.letters(8)),
        shop_id: shop.id,
        buyer_id: buyer.id,
        state: OrderState::PendingPayment { pay_by: buyer.now.plus(shop.policy.pay_span()) },
        recipient,
        totals,
        held,
        paid: Money::ZERO,
        refunded: Money::ZERO,
        open_cases: 0,
        lines,
        placed_at: buyer.now,
        version: 1,
    })
}

async fn goods_of(tx: &mut crate::server::db::Tx, buyer: BuyerId, basket: Basket) -> Result<Vec<(SkuOffer, i64)>> {
    let goods: Vec<(SkuOffer, i64)> = match basket {
        Basket::Cart(shop) => {
            cart::items_of_shop(tx.conn(), buyer, shop).await?.into_iter().map(|item| (item.offer, item.quantity)).collect()
        }
        Basket::Now { sku, quantity } => goods::sku(tx.conn(), sku).await?.into_iter().map(|offer| (offer, quantity)).collect(),
    };
    if goods.is_empty() { Err(Error::field("goods", "购物车里没有可结算的商品")) } else { Ok(goods) }
}

/// Takes the units off the shelf, SKU by SKU in the sequence in which everybody holds them.
async fn reserve(tx: &mut crate::server::db::Tx, buyer: &Buyer, lines: &[OrderLine]) -> Result<()> {
    let mut lines: Vec<&OrderLine> = lines.iter().collect();
    lines.sort_by_key(|line| line.sku_id);
    for line in lines {
        let change = StockMove {
            id: buyer.app.new_id(),
            sku: line.sku_id,
            line: Some(line.id),
            cause: StockCause::Reserved,
            sellable: -line.quantity,
            reserved: line.quantity,
            defective: 0,
            at: buyer.now,
        };
        if !shelf::apply(tx.conn(), &change).await? {
            return Err(Error::field("goods", format!("「{} {}」刚刚售罄，请减少数量或移出后再提交", line.title, line.spec)));
        }
    }
    Ok(())
}

/// Takes points or balance now; they come back if the order closes unpaid.
async fn hold(context: &mut EffectContext<'_>, tender: Tender, amount: Money) -> Result<()> {
    if !amount.is_positive() {
        return Ok(());
    }
    let number = format!("P{}", context.app.letters(14));
    let payment = NewPayment {
        id: PaymentId(context.app.new_id()),
        number: &number,
        shop_id: context.order.shop_id.0,
        order_id: context.order.id,
        tender,
        state: PaymentState::Held { taken_at: None },
        amount,
        operator: None,
        note: "",
        now: context.now,
    };
    payments::insert(context.tx.conn(), &payment).await?;
    let event = context.money(tender, MoneyCause::Held, Money(-amount.0), Some(payment.id.0), None);
    if wallet::record(context.tx, &event).await? {
        return Ok(());
    }
    if tender == Tender::Balance {
        return Err(Error::field("balance", "余额不足"));
    }
    Err(Error::field(
        "points",
        too_few_in_words(wallet::purse(context.tx.conn(), context.order.shop_id, context.order.buyer_id).await?.points),
    ))
}
