//! The form of an application: the same the first time and after a rejection.

use super::{choices, lines};
use crate::domain::after_sale::{AfterSaleKind, Offer, Reason, Stage, offer};
use crate::domain::order::Order;
use crate::domain::{Money, OrderLineId, Shop, Timestamp};
use crate::islands::SubmitOnce;
use crate::pages::buyer::evidence;
use crate::pages::document::Document;
use crate::pages::problem::Problem;
use crate::server::form::Form;
use crate::server::orders::CaseLink;
use crate::ui::{Button, ButtonKind, BuyerFrame, Card, FormErrors, Hidden, TextArea};
use axum::response::Response;
use leptos::prelude::*;

const EVIDENCE_HINT: &str = "最多 9 张，每张不超过 5 MB，支持 JPG、PNG、WebP。拍清问题部位和快递面单，处理更快";

/// An application being filled in.
pub struct Application {
    pub title: &'static str,
    pub action: String,
    pub back: String,
    /// As the application is measured against it.
    pub order: Order,
    pub shop: Shop,
    /// What the goods are spoken for by other cases.
    pub cases: Vec<CaseLink>,
    pub stage: Stage,
    pub kinds: Vec<AfterSaleKind>,
    /// The moment that the window is measured at.
    pub at: Timestamp,
    pub now: Timestamp,
    /// The reason of the case that is revised: it stays, whatever its window says.
    pub given: Option<Reason>,
    pub typed: Form,
    pub problem: Option<Problem>,
    /// Of the case that is revised.
    pub version: Option<i64>,
    /// What stands above the form.
    pub before: Option<AnyView>,
}

impl Application {
    /// What was chosen so far.
    pub fn chosen(&self) -> Vec<(OrderLineId, i64)> {
        self.typed.numbers("quantity_").into_iter().map(|(id, units)| (OrderLineId(id), units)).collect()
    }

    /// What may be asked for with this choice and `reason`; `None` while the choice is not possible.
    pub fn offer(&self, reason: Option<Reason>) -> Option<Offer> {
        offer(&self.order, &self.chosen(), reason, &self.shop.policy, self.shop.zone, self.at).ok()
    }

    /// The most that one more unit of the line gives back.
    pub fn unit_most(&self, line: OrderLineId) -> Money {
        self.order.lines.iter().find(|known| known.id == line).map_or(Money::ZERO, |line| line.goods_share(1))
    }

    /// The words beside a field.
    pub fn wrong(&self, field: &str) -> Option<String> {
        Problem::at(self.problem.as_ref(), field)
    }

    /// The page.
    pub fn draw(mut self) -> Response {
        let (title, back) = (self.title, self.back.clone());
        Document::buyer(title).status(Problem::status_of(self.problem.as_ref())).draw(move || {
            let before = self.before.take();
            let bottom = view! { <Button form="apply" kind=ButtonKind::Primary>"提交申请"</Button> }.into_any();
            let errors = Problem::listed(self.problem.as_ref());
            let (elsewhere, form, promise) = (lines::other_stages(&self), form(&self), promise(&self.shop));
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
}

fn form(application: &Application) -> AnyView {
    let version = application.version.map(|version| view! { <Hidden name="version" value=version.to_string()/> });
    let note = application.typed.get("note").to_owned();
    let key = Problem::key(application.problem.as_ref(), &application.typed);
    let action = application.action.clone();
    let wrong_note = application.wrong("note");
    let (lines, kinds) = (lines::choose(application), choices::kinds(application));
    let pictures = evidence::field("上传凭证", EVIDENCE_HINT, &application.typed, application.problem.as_ref());
    let (reason, amount) = (choices::reason(application), choices::amount(application));
    view! {
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
    }
    .into_any()
}

/// The rules, from the record that decides by them (S40).
fn promise(shop: &Shop) -> AnyView {
    let sentences = shop.policy.in_words().into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
    view! { <Card title="售后保障"><ul class="promises">{sentences}</ul></Card> }.into_any()
}
