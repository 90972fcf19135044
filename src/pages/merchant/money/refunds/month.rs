//! What arrived within a month, and the share that each channel had of it.

use super::query::RefundsQuery;
use crate::domain::{Money, Month, Tender};
use crate::routes::merchant as paths;
use crate::server::store::money::refunds::ChannelSum;
use crate::ui::{Button, ButtonKind, Card, Field, Hidden, LinkButton, Stat};
use leptos::prelude::*;

pub(super) fn draw(query: &RefundsQuery, month: Month, sums: &[ChannelSum]) -> AnyView {
    let in_money = || sums.iter().filter(|sum| sum.tender != Tender::Points);
    let money: Money = in_money().map(|sum| sum.amount).sum();
    let count: i64 = in_money().map(|sum| sum.count).sum();
    let channels = sums.iter().map(|sum| channel(sum, money)).collect::<Vec<_>>();
    let title = format!("{} 到账合计", month.name());
    view! {
        <Card title=title aside=choose(query, month)>
            <section class="stats" aria-label="本月退款合计">
                <Stat label="退款到账" value=money.show() detail=format!("{count} 笔，积分另计")/>
                {channels}
            </section>
        </Card>
    }
    .into_any()
}

fn channel(sum: &ChannelSum, all: Money) -> AnyView {
    let detail = match sum.tender {
        Tender::Points => format!("{} 笔", sum.count),
        Tender::Balance | Tender::Wechat | Tender::Alipay | Tender::Cod | Tender::Offline => {
            format!("{} 笔，占 {}", sum.count, share(sum.amount, all))
        }
    };
    view! { <Stat label=sum.tender.name() value=sum.tender.show(sum.amount) detail=detail/> }.into_any()
}

/// `62.5%`: tenths of a percent, rounded half up.
fn share(part: Money, all: Money) -> String {
    let tenths = (i128::from(part.0) * 2_000 / i128::from(all.0.max(1)) + 1) / 2;
    format!("{}.{}%", tenths / 10, tenths % 10)
}

fn choose(query: &RefundsQuery, month: Month) -> AnyView {
    let kept = query.kept(&["month"]).into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect::<Vec<_>>();
    let to = |month: Month| query.href(&[("month", &month.to_string()), ("before", "")]);
    let (earlier, later, shown) = (to(month.before()), to(month.after()), month.to_string());
    let file = |format: &str| query.export_href("month", format, &shown);
    let (csv, xlsx) = (file("csv"), file("xlsx"));
    view! {
        <div class="actions month-choice">
            <LinkButton href=earlier small=true label="上个月">"‹"</LinkButton>
            <form method="get" action=paths::REFUNDS class="row" novalidate=true>
                {kept}
                <Field label="月份" name="month" inputmode="numeric" autocomplete="off" maxlength=20 placeholder="如 2026-11" value=shown.clone()/>
                <Button small=true>"查看"</Button>
            </form>
            <LinkButton href=later small=true label="下个月">"›"</LinkButton>
            <LinkButton href=csv kind=ButtonKind::Quiet small=true>"导出本月 CSV"</LinkButton>
            <LinkButton href=xlsx kind=ButtonKind::Quiet small=true>"导出本月 XLSX"</LinkButton>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_tenths() {
        assert_eq!(
            [(1, 3), (2, 3), (1, 1), (0, 0), (5, 8)].map(|(part, all)| share(Money(part), Money(all))),
            ["33.3%", "66.7%", "100.0%", "0.0%", "62.5%"]
        );
    }
}
