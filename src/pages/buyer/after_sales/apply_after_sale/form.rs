//! The form of an application: the same the first time and after a rejection.

use super::draft::ApplicationDraft;
use super::{choices, lines};
use crate::domain::Shop;
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::islands::asking::Follow;
use crate::pages::buyer::after_sales::evidence;
use crate::pages::document::Document;
use crate::ui::{Button, ButtonKind, BuyerFrame, Card, FormErrors, Hidden, TextArea};
use axum::response::Response;
use leptos::prelude::*;

const EVIDENCE_HINT: &str = "最多 9 张，每张不超过 5 MB，支持 JPG、PNG、WebP。拍清问题部位和快递面单，处理更快";

/// The page.
pub fn draw(mut application: ApplicationDraft) -> Response {
    let (title, back) = (application.title, application.back.clone());
    Document::buyer(title).status(Problem::status_of(application.problem.as_ref())).draw(move || {
        let before = application.before.take();
        let bottom = view! { <Button form="apply" kind=ButtonKind::Primary>"提交申请"</Button> }.into_any();
        let errors = Problem::listed(application.problem.as_ref());
        let (elsewhere, form, promise) = (lines::other_stages(&application), form(&application), promise(&application.shop));
        view! {
            <BuyerFrame title=title back=back bottom=bottom>
                <FormErrors errors=errors/>
                {before}
                {elsewhere}
                {form}
                {promise}
            </BuyerFrame>
        }
    })
}

fn form(application: &ApplicationDraft) -> AnyView {
    let version = application.version.map(|version| view! { <Hidden name="version" value=version.to_string()/> });
    let note = application.typed.get("note").to_owned();
    let key = Problem::key(application.problem.as_ref(), &application.typed);
    let action = application.action.clone();
    let wrong_note = application.wrong("note");
    let (lines, kinds) = (lines::choose(application), choices::kinds(application));
    let pictures = evidence::field("上传凭证", EVIDENCE_HINT, &application.typed, application.problem.as_ref());
    let (reason, amount) = (choices::reason(application), choices::amount(application));
    view! {
        <Follow parts="#amount-words, #fixed_amount-words, #fixed_amount">
            <SubmitOnce>
                <form id="apply" method="post" action=action class="form" enctype="multipart/form-data" novalidate=true>
                    <Hidden name="request_key" value=key/>
                    {version}
                    <Card>{lines}</Card>
                    <Card>{kinds}</Card>
                    <Card>
                        {reason}
                        {amount}
                        <TextArea
                            label="说明" name="note" rows=3 maxlength=500 placeholder="补充说明问题，有助于商家更快处理（选填）" value=note error=wrong_note
                        />
                    </Card>
                    <Card>{pictures}</Card>
                </form>
            </SubmitOnce>
        </Follow>
    }
    .into_any()
}

/// The rules, from the record that decides by them (S40).
fn promise(shop: &Shop) -> AnyView {
    let sentences = shop.policy.in_words().into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! { <Card title="售后保障"><ul class="promises">{sentences}</ul></Card> }.into_any()
}
