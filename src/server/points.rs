//! Points that orders earn and refunds take back (M7).

use super::effects::Scene;
use super::error::Result;
use super::store::wallet::TAKEN_BACK;
use super::store::{orders, payments, wallet};
use crate::domain::event::Audience;
use crate::domain::{Effect, EventKind, Money, Tender, points};

/// The order is completed: its lines earn points on what is left of the money that paid them. Points earn none.
pub(super) async fn grant(scene: &mut Scene<'_>) -> Result<()> {
    let mut by_money = Vec::with_capacity(scene.order.lines.len());
    let mut bases = Vec::with_capacity(scene.order.lines.len());
    for line in &scene.order.lines {
        let shares = payments::shares_left(scene.tx.conn(), line.id).await?;
        by_money.push(shares.iter().filter(|(_, tender, _)| *tender != Tender::Points).map(|share| share.2).sum());
        bases.push(shares.iter().map(|share| share.2).sum::<Money>());
    }
    let earned = points::earned(&by_money, scene.policy.points_per_yuan);
    for ((line, base), points) in scene.order.lines.iter_mut().zip(bases).zip(&earned).filter(|(_, points)| **points > 0) {
        (line.points_base, line.points_earned) = (base, *points);
        orders::grant_points(scene.tx.conn(), line).await?;
    }
    let sum: i64 = earned.iter().sum();
    if sum > 0 {
        let event = scene.money(Tender::Points, "earned", Money(sum), None, None);
        wallet::record(scene.tx.conn(), &event).await?;
    }
    Ok(())
}

/// Money went back: so do the points that it had earned, whether they are still there or not; the buyer is told.
pub(super) async fn take_back(scene: &mut Scene<'_>) -> Result<Vec<Effect>> {
    let mut sum = 0;
    for line in &mut scene.order.lines {
        let points = line.points_to_take_back();
        if points > 0 {
            orders::take_points_back(scene.tx.conn(), line.id, line.points_taken_back, points).await?;
            line.points_taken_back += points;
            sum += points;
        }
    }
    if sum == 0 {
        return Ok(Vec::new());
    }
    let event = scene.money(Tender::Points, TAKEN_BACK, Money(-sum), None, None);
    wallet::record(scene.tx.conn(), &event).await?;
    let points = Tender::Points.show(Money(sum));
    let words = format!("订单 {} 已退款，扣回这部分商品赠送的 {points}", scene.order.number);
    Ok(vec![
        Effect::Record { kind: EventKind::PointsTakenBack, words: format!("扣回赠送的 {points}"), evidence: Vec::new() },
        Effect::Notify { to: Audience::Buyer, title: "赠送积分已扣回", words },
    ])
}
