//! What went through the sandbox.

use leptos::prelude::*;

use crate::demo::sandbox::books::{BookedPayment, BookedPaymentStatus, BookedRefund, BookedRefundStatus, JournalEntry};
use crate::demo::sandbox::page::moment;
use crate::domain::Money;

pub fn payments(payments: Vec<BookedPayment>) -> impl IntoView {
    let rows = payments.into_iter().map(|payment| {
        let status = match payment.status {
            BookedPaymentStatus::Pending => "待支付",
            BookedPaymentStatus::Paid => "已支付",
            BookedPaymentStatus::Closed => "已关闭",
        };
        let pending = payment.status == BookedPaymentStatus::Pending;
        view! {
            <tr>
                <td>{moment(payment.created_at)}</td>
                <td><a href=format!("/cashier/{}", payment.token)>{payment.payment_no.clone()}</a></td>
                <td>{if payment.channel == "wechat" { "微信支付" } else { "支付宝" }}</td>
                <td class="money">{Money(payment.paid_amount.unwrap_or(payment.amount)).show()}</td>
                <td>
                    {status}
                    {pending.then(|| view! {
                        <form method="post" action=format!("/console/payments/{}/pay", payment.payment_no)>
                            <button aria-label=format!("标记已付 {}", payment.payment_no)>"标记已付"</button>
                        </form>
                    })}
                </td>
            </tr>
        }
    });
    table("payments", "最近的支付", ["时间", "支付单号", "渠道", "金额", "状态"], rows.collect_view().into_any())
}

pub fn refunds(refunds: Vec<BookedRefund>) -> impl IntoView {
    let rows = refunds.into_iter().map(|refund| {
        let status = match refund.status {
            BookedRefundStatus::Processing => "处理中",
            BookedRefundStatus::Succeeded => "已退款",
            BookedRefundStatus::Abnormal => "退款异常",
            BookedRefundStatus::Closed => "已关闭",
        };
        view! {
            <tr>
                <td>{moment(refund.created_at)}</td>
                <td>{refund.refund_no}</td>
                <td>{refund.payment_no}</td>
                <td class="money">{Money(refund.amount).show()}</td>
                <td>{status}</td>
                <td>{refund.reason}</td>
            </tr>
        }
    });
    let heads = ["时间", "退款单号", "支付单号", "金额", "状态", "原因"];
    table("refunds", "最近的退款", heads, rows.collect_view().into_any())
}

pub fn requests(requests: Vec<JournalEntry>) -> impl IntoView {
    let rows = requests.into_iter().map(|entry| {
        view! {
            <tr>
                <td>{moment(entry.at)}</td>
                <td>{entry.operation}</td>
                <td>{entry.number}</td>
                <td>{entry.outcome}</td>
            </tr>
        }
    });
    table("requests", "最近的请求", ["时间", "操作", "单号", "结果"], rows.collect_view().into_any())
}

fn table<const N: usize>(id: &'static str, title: &'static str, heads: [&'static str; N], rows: AnyView) -> impl IntoView {
    let heads = heads.map(|head| view! { <th scope="col">{head}</th> }).into_iter().collect_view();
    view! {
        <section aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <div class="scroll" tabindex="0" role="region" aria-labelledby=id>
                <table>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}
