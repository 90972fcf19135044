//! The dialogs about one review: answer it, or hide it.

use super::ReviewsQuery;
use crate::domain::text::isolated;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::islands::Dialog;
use crate::server::goods::reviews::Review;
use crate::ui::{ButtonKind, DialogForm, FormErrors, TextArea};
use leptos::prelude::*;

/// The dialog that the URL asks for, if it may be opened.
pub fn open(query: &ReviewsQuery, review: &Review, may_hide: bool, form: &Form, problem: Option<&Problem>) -> Option<AnyView> {
    match query.dialog.as_str() {
        "reply" => Some(reply(query, review, form, problem)),
        "hide" if may_hide => Some(hide(query, review, form, problem)),
        _ => None,
    }
}

fn reply(query: &ReviewsQuery, review: &Review, form: &Form, problem: Option<&Problem>) -> AnyView {
    let (action, back) = (query.action(review.id, "reply"), query.href(&[]));
    let (typed, error) = (form.get("reply").to_owned(), Problem::at(problem, "reply"));
    let (errors, lead) = (Problem::listed(problem), lead(review));
    view! {
        <Dialog id="reply" label="" class="" title="回复评价" href="" back=back.clone() open=true>
            <DialogForm action=action back=back submit="回复" lead=lead note="回复后所有买家可见，不能修改">
                <FormErrors prefix="reply" errors=errors/>
                <TextArea label="回复内容" name="reply" prefix="reply" maxlength=300 value=typed error=error required=true/>
            </DialogForm>
        </Dialog>
    }
    .into_any()
}

fn hide(query: &ReviewsQuery, review: &Review, form: &Form, problem: Option<&Problem>) -> AnyView {
    let (action, back) = (query.action(review.id, "hide"), query.href(&[]));
    let (typed, error) = (form.get("reason").to_owned(), Problem::at(problem, "reason"));
    let (errors, lead) = (Problem::listed(problem), lead(review));
    view! {
        <Dialog id="hide" label="" class="" title="隐藏评价" href="" back=back.clone() open=true>
            <DialogForm action=action back=back submit="隐藏" kind=ButtonKind::Danger lead=lead note="隐藏后买家看不到这条评价，也不计入评分">
                <FormErrors prefix="hide" errors=errors/>
                <TextArea label="隐藏原因" name="reason" prefix="hide" rows=2 maxlength=100 value=typed error=error required=true/>
            </DialogForm>
        </Dialog>
    }
    .into_any()
}

fn lead(review: &Review) -> String {
    format!("{} 对「{} {}」的 {} 星评价", isolated(&review.buyer_name), review.title, review.spec, review.rating)
}
