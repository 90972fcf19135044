//! 「异常退款」: the buyer's account did not take the money, and finance says where it goes instead.

use super::parts::{self, SETTLE};
use super::query::RefundsQuery;
use crate::domain::Money;
use crate::domain::money::way_back::Elsewhere;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::merchant::came_open;
use crate::routes::merchant as paths;
use crate::server::payments::wechat::BANKS;
use crate::server::store::money::refunds::ListedRefund;
use crate::ui::{Checkbox, Choice, DialogForm, Field, Notice, RadioCard, RadioCards, Select, Tone};
use leptos::prelude::*;

pub(super) const ID: &str = "elsewhere";
pub(super) const TITLE: &str = "处理异常退款";

pub(super) fn form(query: &RefundsQuery, refund: &ListedRefund, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let action = paths::send_refund_elsewhere(&refund.number);
    let errors = came_open::summary(ID, problem);
    let happened = format!("微信支付已受理退款 {}，但款项没有到达买家账户，多为银行卡已注销或被冻结", Money(refund.amount_minor).show());
    let (lead, note) = (parts::lead(refund), "不会重复退款");
    let (back, kept, error) = (query.href(&[]), parts::kept(query, refund), Problem::at(problem, "to"));
    let outside = query.href(&[("dialog", SETTLE), ("refund", &refund.number)]);
    let cards = view! { {buyer_card(typed, problem)}{merchant_account(typed)} };
    view! {
        <SubmitOnce>
            <DialogForm action=action back=back submit="提交处理" lead=lead note=note>
                {errors}
                <Notice tone=Tone::Warn>{happened}</Notice>
                {kept}
                <RadioCards legend="退到哪里" name="to" prefix=ID error=error required=true>{cards}</RadioCards>
                <p class="small">"已经用别的办法付给买家？"<a class="link" href=outside>"登记线下退款"</a></p>
            </DialogForm>
        </SubmitOnce>
    }
    .into_any()
}

fn buyer_card(typed: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let is = |name: &str| typed.get(name).to_owned();
    let wrong = |name: &str| Problem::at(problem, name);
    let banks = BANKS.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
    let code = Elsewhere::BuyerCard.code();
    let (checked, agreed) = (typed.get("to") == code, typed.has("consent"));
    let (bank, name, account) = (is("bank"), is("name"), is("account"));
    let (wrong_bank, wrong_name, wrong_account, wrong_consent) = (wrong("bank"), wrong("name"), wrong("account"), wrong("consent"));
    view! {
        <RadioCard name="to" value=code title="退到买家的银行卡" explain="买家本人的储蓄卡；信息加密后交给微信支付，本系统不保存" checked=checked prefix=ID>
            <Select label="开户银行" name="bank" prefix=ID choices=banks selected=bank error=wrong_bank required=true/>
            <Field label="持卡人姓名" name="name" prefix=ID maxlength=30 autocomplete="off" value=name error=wrong_name required=true/>
            <Field
                label="银行卡号" name="account" prefix=ID maxlength=24 inputmode="numeric" autocomplete="off" value=account error=wrong_account
                required=true
            />
            <Checkbox label="已征得买家同意退到这张卡" name="consent" prefix=ID checked=agreed error=wrong_consent required=true/>
        </RadioCard>
    }
}

fn merchant_account(typed: &Form) -> impl IntoView + use<> {
    let code = Elsewhere::MerchantAccount.code();
    let checked = typed.get("to") == code;
    let explain = "款项先回到商户，之后在「退款记录」登记线下退款，付给买家";
    view! { <RadioCard name="to" value=code title="退到商户银行账户" explain=explain checked=checked prefix=ID/> }
}
