//! 「退款账户」 of a cash-on-delivery buyer: that there is one is no secret, what it is finance alone may see (S48).

use super::AfterSalePage;
use crate::domain::SeeRefundAccount;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::after_sales;
use crate::server::ctx::Staff;
use crate::ui::{Card, KeyValue, KeyValues, LinkButton, MerchantFrame, Notice, PostButton, Tone};
use axum::extract::Path;
use axum::http::{HeaderValue, header::CACHE_CONTROL};
use axum::response::Response;
use leptos::prelude::*;

/// On the case's page.
pub(super) fn card(page: &AfterSalePage) -> Option<AnyView> {
    let (case, given_at) = (&page.case, page.case.account_given_at());
    if !case.wants_account() && given_at.is_none() {
        return None;
    }
    let words = match given_at {
        Some(at) => format!("买家已填写（{}），加密保存，仅财务可见", at.show(page.staff.shop.zone)),
        None => "货到付款订单，等待买家填写退款账户".to_owned(),
    };
    let action = paths::after_sale_action(case.number(), "refund-account");
    let look = page.staff.granted(SeeRefundAccount).filter(|_| given_at.is_some());
    let look = look.map(|_| view! { <div class="actions"><PostButton action=action small=true>"查看退款账户"</PostButton></div> });
    Some(view! { <Card title="退款账户"><p class="muted">{words}</p>{look}</Card> }.into_any())
}

/// What a click shows: never kept by the browser, every time on record.
pub(super) async fn see(staff: Staff, Path(number): Path<String>) -> Result<Response, Failure> {
    let account = after_sales::see_account(&staff, &number).await?;
    let mut answer = Document::merchant("退款账户").draw(move || {
        let back = paths::after_sale(&number);
        let nav = frame::nav(&staff, paths::AFTER_SALES);
        let opened_at = (!account.bank.is_empty()).then(|| view! { <KeyValue label="开户银行">{account.bank}</KeyValue> });
        view! {
            <MerchantFrame title="退款账户" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=back.clone()>
                <Notice tone=Tone::Warn>"本次查看已记录。请核对姓名和账号后转账，再回到售后登记「手动退款」。"</Notice>
                <Card title=format!("售后 {number}")>
                    <KeyValues>
                        <KeyValue label="收款方式">{account.kind.name()}</KeyValue>
                        {opened_at}
                        <KeyValue label="收款人姓名">{account.holder}</KeyValue>
                        <KeyValue label="账号">{account.number}</KeyValue>
                    </KeyValues>
                    <div class="actions"><LinkButton href=back>"返回售后"</LinkButton></div>
                </Card>
            </MerchantFrame>
        }
    });
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(answer)
}
