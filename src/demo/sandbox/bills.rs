//! The daily bills of both channels, in the layouts in which the real ones send them.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use chrono_tz::Tz;
use leptos::prelude::*;

use super::bank::Bank;
use super::books::{BilledPayment, BilledRefund};
use super::problem::SandboxProblem;
use crate::domain::{Channel, Day, Money, Timestamp};

/// The channels' calendar.
const ZONE: Tz = chrono_tz::Asia::Shanghai;

/// The bill of a channel for a day: `GET /control/bills/wechat/2026-11-21`.
pub async fn download(State(bank): State<Arc<Bank>>, Path((channel, day)): Path<(String, String)>) -> Result<Response, SandboxProblem> {
    let (Some(channel), Some(day)) = (Channel::from_code(&channel), Day::parse(&day)) else {
        return Err(SandboxProblem::param("没有这个渠道,或日期不是 2026-11-22 的格式"));
    };
    let (from, until) = day.span(ZONE);
    let payments = bank.books.paid_between(channel.code(), from.0, until.0).await?;
    let refunds = bank.books.refunded_between(channel.code(), from.0, until.0).await?;
    let bytes = match channel {
        Channel::Wechat => wechat(&payments, &refunds).into_bytes(),
        // Alipay writes its bills in GBK.
        Channel::Alipay => encoding_rs::GBK.encode(&alipay(day, &payments, &refunds)).0.into_owned(),
    };
    let name = format!("attachment; filename=\"{}-{day}.csv\"", channel.code());
    Ok(([(CONTENT_TYPE, "text/csv".to_owned()), (CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// The bills of the last two days, for the console.
pub fn section(now: i64) -> impl IntoView {
    let today = Day::of(Timestamp(now), ZONE);
    let entry = |(day, channel): (Day, Channel)| {
        let href = format!("/control/bills/{}/{day}", channel.code());
        view! { <li><a href=href>{format!("{} {day}", channel.name())}</a></li> }
    };
    let entries = [today.before(), today].into_iter().flat_map(|day| Channel::ALL.map(|channel| (day, channel)));
    view! {
        <section aria-labelledby="bills">
            <h2 id="bills">"日账单"</h2>
            <p>"下载后在商店的「对账」里上传;当天的账单要到第二天才完整。"</p>
            <ul>{entries.map(entry).collect_view()}</ul>
        </section>
    }
}

const WECHAT_HEAD: &str = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const WECHAT_SUMS: &str = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

fn wechat(payments: &[BilledPayment], refunds: &[BilledRefund]) -> String {
    let paid = payments.iter().map(|payment| {
        let BilledPayment { payment_no, trade_no, paid_amount, paid_at, title } = payment;
        let (at, amount, title) = (moment(*paid_at), yuan(*paid_amount), one_line(title));
        format!("`{at},`wx0000000000000000,`1900000001,`0,`,`{trade_no},`{payment_no},`sandbox,`JSAPI,`SUCCESS,`OTHERS,`CNY,`{amount},`0.00,`0,`0,`0.00,`0.00,`,`,`{title},`,`0.00000,`0.60%,`{amount},`0.00,`\r\n")
    });
    let returned = refunds.iter().map(|refund| {
        let BilledRefund { refund_no, gateway_refund_no, payment_no, trade_no, amount, at, title } = refund;
        let (at, amount, title) = (moment(*at), yuan(*amount), one_line(title));
        format!("`{at},`wx0000000000000000,`1900000001,`0,`,`{trade_no},`{payment_no},`sandbox,`JSAPI,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`{gateway_refund_no},`{refund_no},`{amount},`0.00,`ORIGINAL,`SUCCESS,`{title},`,`0.00000,`0.60%,`0.00,`{amount},`\r\n")
    });
    let lines: String = paid.chain(returned).collect();
    let (count, all, back) = (payments.len() + refunds.len(), paid_sum(payments), refund_sum(refunds));
    format!("{WECHAT_HEAD}\r\n{lines}{WECHAT_SUMS}\r\n`{count},`{all},`{back},`0.00,`0.00000,`{all},`{back}\r\n")
}

const ALIPAY_HEAD: &str = "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注";

fn alipay(day: Day, payments: &[BilledPayment], refunds: &[BilledRefund]) -> String {
    let mut text = String::new();
    let mut say = |line: &str| {
        let _ = write!(text, "{line}\r\n");
    };
    say("#支付宝业务明细查询");
    say("#账号：[20880000000000000156]");
    say(&format!("#起始日期：[{day} 00:00:00]   终止日期：[{day} 23:59:59]"));
    say("#-----------------------------------------业务明细列表----------------------------------------");
    say(ALIPAY_HEAD);
    for payment in payments {
        let BilledPayment { payment_no, trade_no, paid_amount, paid_at, title } = payment;
        say(&alipay_line(trade_no, payment_no, "交易", title, *paid_at, &yuan(*paid_amount), ""));
    }
    for refund in refunds {
        let BilledRefund { refund_no, payment_no, trade_no, amount, at, title, .. } = refund;
        say(&alipay_line(trade_no, payment_no, "退款", title, *at, &format!("-{}", yuan(*amount)), refund_no));
    }
    say("#-----------------------------------------业务明细列表结束------------------------------------");
    say(&format!("#交易合计：{}笔，商家实收共{}元，商家优惠共0.00元", payments.len(), paid_sum(payments)));
    let back = refund_sum(refunds);
    let sign = if refunds.is_empty() { "" } else { "-" };
    say(&format!("#退款合计：{}笔，商家实收退款共{sign}{back}元，商家优惠退款共0.00元", refunds.len()));
    say(&format!("#导出时间：[{day} 23:59:59]"));
    text
}

fn alipay_line(trade_no: &str, payment_no: &str, kind: &str, title: &str, at: i64, amount: &str, request: &str) -> String {
    let (at, title) = (moment(at), one_line(title));
    format!(
        "{trade_no}\t,{payment_no}\t,{kind},{title},{at},{at},,,,,sandbox***,{amount},{amount},0.00,0.00,0.00,0.00,0.00,,0.00,0.00,{request}\t,0.00,0.00,"
    )
}

fn paid_sum(payments: &[BilledPayment]) -> String {
    yuan(payments.iter().map(|payment| payment.paid_amount).sum())
}

fn refund_sum(refunds: &[BilledRefund]) -> String {
    yuan(refunds.iter().map(|refund| refund.amount).sum())
}

fn yuan(fen: i64) -> String {
    Money(fen).plain()
}

fn moment(ms: i64) -> String {
    Timestamp(ms).to_the_second(ZONE)
}

/// Names of goods as bills have them: without what would end a value.
fn one_line(title: &str) -> String {
    title.chars().map(|sign| if sign.is_control() || matches!(sign, ',' | '"' | '`') { ' ' } else { sign }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::bill::Entry;
    use crate::server::money::bills::read;
    use proptest::prelude::*;

    fn books(amounts: &[(i64, i64)], titles: &str) -> (Day, Vec<BilledPayment>, Vec<BilledRefund>) {
        let day = Day::parse("2026-11-22").unwrap_or_else(|| panic!("a day"));
        let from = day.span(ZONE).0.0;
        let payment = |(at, (paid, _)): (i64, &(i64, i64))| BilledPayment {
            payment_no: format!("P{at}"),
            trade_no: format!("4200{at}"),
            paid_amount: *paid,
            paid_at: from + at * 1_000,
            title: titles.to_owned(),
        };
        let refund = |(at, (_, back)): (i64, &(i64, i64))| BilledRefund {
            refund_no: format!("R{at}"),
            gateway_refund_no: format!("5000{at}"),
            payment_no: format!("P{at}"),
            trade_no: format!("4200{at}"),
            amount: *back,
            at: from + 40_000_000 + at * 1_000,
            title: titles.to_owned(),
        };
        let payments = (0..).zip(amounts).map(payment).collect();
        (day, payments, (0..).zip(amounts).filter(|(_, (_, back))| *back > 0).map(refund).collect())
    }

    proptest! {
        #[test]
        fn any_books_are_read_back_from_their_bills_to_the_fen(
            amounts in prop::collection::vec((1i64..100_000_000, 0i64..1_000_000), 0..40), titles in ".{0,20}"
        ) {
            let (day, payments, refunds) = books(&amounts, &titles);
            let gbk = encoding_rs::GBK.encode(&alipay(day, &payments, &refunds)).0.into_owned();
            for (channel, bytes) in [(Channel::Wechat, wechat(&payments, &refunds).into_bytes()), (Channel::Alipay, gbk)] {
                let bill = read(channel, day, ZONE, &bytes);
                let bill = bill.map_err(|words| TestCaseError::fail(format!("{channel:?}: {words}")))?;
                let (paid, back) = (bill.total(Entry::Payment), bill.total(Entry::Refund));
                prop_assert_eq!(paid.amount.0, payments.iter().map(|payment| payment.paid_amount).sum::<i64>());
                prop_assert_eq!(back.amount.0, refunds.iter().map(|refund| refund.amount).sum::<i64>());
                let counted = [paid.count, back.count].map(|count| usize::try_from(count).unwrap_or(usize::MAX));
                prop_assert_eq!(counted, [payments.len(), refunds.len()]);
                let wanted = refunds.iter().map(|refund| (refund.refund_no.clone(), refund.at));
                let found = bill.lines().iter().filter(|line| line.entry == Entry::Refund).map(|line| (line.number.clone(), line.at.0));
                prop_assert!(found.eq(wanted));
            }
        }
    }
}
