//! `/merchant/after-sales/{number}`: one case, with everything a decision needs beside it.

mod account;
mod act;
mod application;
mod aside;
mod decision;
mod head;
mod legs;
mod money;
mod receipt;
mod remark;
mod reship;
mod window;

use crate::domain::after_sale::{AfterSaleAction, StateKind};
use crate::domain::{Granted, SeeMoney};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::after_sales::{self, CaseMoney, PastCases, ShopCase};
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::text;
use crate::ui::{Flash, FormErrors, MerchantFrame, Tone};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use leptos::prelude::*;
use std::sync::Arc;
use window::AfterSaleDialog;

pub fn routes() -> Router<Arc<App>> {
    let action = |what| paths::after_sale_action("{number}", what);
    Router::new()
        .route(&paths::after_sale("{number}"), get(show))
        .route(&action("decide"), form(AfterSaleDialog::Decide))
        .route(&action("settle"), form(AfterSaleDialog::Settle))
        .route(&action("receive"), form(AfterSaleDialog::Receive))
        .route(&action("reship"), form(AfterSaleDialog::Reship))
        .route(&action("retry"), post(act::retry))
        .route(&action("refund-account"), post(account::see))
        .route(&action("remark"), form(AfterSaleDialog::Remark))
}

fn form(window: AfterSaleDialog) -> MethodRouter<Arc<App>> {
    post(move |staff: Staff, Path(number): Path<String>, form: Form| act::submit(window, staff, number, form))
}

/// How loud the state is, wherever it stands.
pub(in crate::pages::merchant) fn tone(state: StateKind) -> Tone {
    match state {
        StateKind::Applied | StateKind::ReturnInTransit | StateKind::AwaitingReship => Tone::Warn,
        StateKind::AwaitingReturn | StateKind::AwaitingBuyerReceipt | StateKind::Refunding => Tone::Info,
        StateKind::RefundFailed => Tone::Bad,
        StateKind::Succeeded => Tone::Good,
        StateKind::Rejected | StateKind::ReturnRejected | StateKind::Closed => Tone::Plain,
    }
}

/// The case as the page shows it, and what stands open in it.
struct AfterSalePage {
    staff: Staff,
    case: ShopCase,
    past: PastCases,
    open: Option<AfterSaleDialog>,
    typed: Form,
    problem: Option<Problem>,
    done: Option<&'static str>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct AfterSaleQuery {
    dialog: String,
    /// What is chosen in the dialog as it opens.
    decision: String,
    done: String,
}

async fn show(staff: Staff, Path(number): Path<String>, Query(query): Query<AfterSaleQuery>) -> Result<Response, Failure> {
    let typed = Form::of(&[("decision", &query.decision)]);
    let page = AfterSalePage::load(staff, &number).await?;
    Ok(AfterSalePage { open: AfterSaleDialog::from_code(&query.dialog), typed, done: text::done::on_shop_case(&query.done), ..page }.draw())
}

impl AfterSalePage {
    async fn load(staff: Staff, number: &str) -> Result<Self, Failure> {
        let case = after_sales::for_shop(&staff, number).await?;
        let past = after_sales::past_cases(&staff, case.buyer_id()).await?;
        Ok(Self { staff, case, past, open: None, typed: Form::default(), problem: None, done: None })
    }

    fn href(&self) -> String {
        paths::after_sale(self.case.number())
    }

    fn allows(&self, action: AfterSaleAction) -> bool {
        self.case.allowed_actions(&self.staff.actor).contains(&action)
    }

    fn sees_money(&self) -> Option<Granted<SeeMoney>> {
        self.staff.granted(SeeMoney)
    }

    /// Who ships sees no price of the case.
    fn money(&self) -> Option<CaseMoney<'_>> {
        self.case.money().open(self.sees_money())
    }

    /// What the form in this window was refused for.
    fn problem_in(&self, window: AfterSaleDialog) -> Option<&Problem> {
        self.problem.as_ref().filter(|_| self.open == Some(window))
    }

    fn draw(self) -> Response {
        let number = self.case.number().to_owned();
        Document::merchant(format!("售后 {number}")).status(Problem::status_of(self.problem.as_ref())).draw(|| {
            // What no dialog can show stands on top.
            let on_top = Problem::listed(self.problem.as_ref().filter(|_| self.open.is_none()));
            let (badges, actions) = (head::badges(&self), head::actions(&self));
            let main = view! { {application::card(&self)} {legs::cards(&self)} {money::refunds(&self)} {application::timeline(&self)} };
            let aside = view! { {money::bill(&self)} {account::card(&self)} {aside::buyer(&self)} {aside::order(&self)} };
            let nav = frame::nav(&self.staff, paths::AFTER_SALES);
            let (staff, shop, done) = (frame::signature(&self.staff), self.staff.shop.name.clone(), self.done);
            view! {
                <MerchantFrame
                    title=number nav=nav staff=staff shop=shop back=paths::AFTER_SALES badges=badges actions=actions
                >
                    {done.map(|words| view! { <Flash words=words/> })}
                    <FormErrors errors=on_top/>
                    <div class="split">
                        <div class="stack">{main}</div>
                        <aside class="stack" aria-label="订单与买家">{aside}</aside>
                    </div>
                </MerchantFrame>
            }
        })
    }
}
