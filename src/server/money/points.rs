//! Points that orders earn and refunds take back (M7).

use super::effects::context::EffectContext;
use crate::domain::event::Audience;
use crate::domain::money::points;
use crate::domain::{Effect, Happening, Money, MoneyCause, Tender};
use crate::server::error::Result;
use crate::server::store::money::{payments, wallet};
use crate::server::store::orders;

/// The order is completed: its lines earn points on what is left of the money that paid them. Points earn none.
pub(super) async fn grant(context: &mut EffectContext<'_>) -> Result<()> {
    let left = payments::earning(context.tx.conn(), context.order.id).await?;
    let of = |line| left.iter().find(|left| left.0 == line).map_or((Money::ZERO, Money::ZERO), |left| (left.1, left.2));
    let by_money: Vec<Money> = context.order.lines.iter().map(|line| of(line.id).1).collect();
    let earned = points::earned(&by_money, context.policy.points_per_yuan);
    for (line, points) in context.order.lines.iter_mut().zip(&earned).filter(|(_, points)| **points > 0) {
        (line.points_base, line.points_earned) = (of(line.id).0, *points);
    }
    let earning: Vec<_> = context.order.lines.iter().filter(|line| line.points_earned > 0).collect();
    orders::grant_points(context.tx.conn(), &earning).await?;
    let sum: i64 = earned.iter().sum();
    if sum > 0 {
        let event = context.money(Tender::Points, MoneyCause::Earned, Money(sum), None, None);
        wallet::record(context.tx, &event).await?;
    }
    Ok(())
}

/// Money went back: so do the points that it had earned, whether they are still there or not; the buyer is told.
pub(super) async fn take_back(context: &mut EffectContext<'_>) -> Result<Vec<Effect>> {
    let mut sum = 0;
    for line in &mut context.order.lines {
        let points = line.points_to_take_back();
        if points > 0 {
            orders::take_points_back(context.tx.conn(), line.id, line.points_taken_back, points).await?;
            line.points_taken_back += points;
            sum += points;
        }
    }
    if sum == 0 {
        return Ok(Vec::new());
    }
    let event = context.money(Tender::Points, MoneyCause::TakenBack, Money(-sum), None, None);
    wallet::record(context.tx, &event).await?;
    let taken = Happening::PointsTakenBack { points: Money(sum) };
    Ok(vec![Effect::Record { what: taken.clone(), evidence: Vec::new() }, Effect::Notify { to: Audience::Buyer, what: taken }])
}
