//! `/after-sales/{no}/return`: with which parcel the goods go back.

use super::after_sale::{refused, return_address, words::outlook};
use super::evidence;
use crate::domain::Refusal;
use crate::domain::after_sale::AfterSaleAction;
use crate::domain::carrier::CARRIERS;
use crate::http::form::Form;
use crate::http::forms::application::return_shipment;
use crate::http::forms::parcel::{doubt, in_doubt, parcel};
use crate::http::problem::Problem;
use crate::islands::SubmitOnce;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, AfterSaleDetail, Precondition};
use crate::server::app::App;
use crate::server::clock::request_key;
use crate::server::ctx::Buyer;
use crate::server::error::{Error, Result as Outcome};
use crate::ui::{Button, ButtonKind, BuyerFrame, Card, Choice, Field, FormErrors, Hidden, Notice, Select, Tone};
use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(&routes::buyer::ship_return("{no}"), get(show).post(submit))
}

async fn show(buyer: Buyer, Path(number): Path<String>) -> Result<Response, Failure> {
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    if !detail.case.allowed_actions(&buyer.actor).contains(&AfterSaleAction::ShipReturn) {
        return Ok(back(&number));
    }
    let mut form = Form::default();
    form.set("request_key", request_key());
    Ok(draw(&buyer, detail, form, None))
}

async fn submit(buyer: Buyer, Path(number): Path<String>, mut form: Form) -> Result<Response, Failure> {
    // A number that does not look like the courier's is asked about once; sent again it goes through.
    if let Some(doubt) = doubt(&form) {
        let detail = after_sales::for_buyer(&buyer, &number).await?;
        let waiting = detail.case.allowed_actions(&buyer.actor).contains(&AfterSaleAction::ShipReturn);
        if waiting && !is_outgoing(&detail, &form) {
            let problem = Problem::of(doubt.into())?;
            let problem = evidence::keep(&buyer, &detail.order.order, &mut form, problem).await?;
            return Ok(draw(&buyer, detail, form, Some(problem)));
        }
    }
    let problem = match ship(&buyer, &number, &form).await {
        Ok(()) => return Ok(Redirect::to(&routes::buyer::after_sale_done(&number, "shipped")).into_response()),
        Err(Error::Refused(words @ (Refusal::ForwardParcel | Refusal::ParcelUsed))) => {
            Problem::of(Error::field("tracking", words.to_string()))?
        }
        Err(error) => Problem::of(error)?,
    };
    let detail = after_sales::for_buyer(&buyer, &number).await?;
    if detail.case.allowed_actions(&buyer.actor).contains(&AfterSaleAction::ShipReturn) {
        let problem = evidence::keep(&buyer, &detail.order.order, &mut form, problem).await?;
        return Ok(draw(&buyer, detail, form, Some(problem)));
    }
    refused(&buyer, &number, "", &form, problem).await
}

async fn ship(buyer: &Buyer, number: &str, form: &Form) -> Outcome<()> {
    after_sales::ship_return(buyer, number, return_shipment(form)?, &Precondition::of(form)).await
}

fn back(number: &str) -> Response {
    Redirect::to(&routes::buyer::after_sale(number)).into_response()
}

/// The parcel the goods came in is refused, whatever its number looks like.
fn is_outgoing(detail: &AfterSaleDetail, form: &Form) -> bool {
    parcel(form).is_ok_and(|parcel| detail.order.parcels.iter().any(|sent| sent.parcel.is_with(&parcel)))
}

fn draw(buyer: &Buyer, detail: AfterSaleDetail, form: Form, problem: Option<Problem>) -> Response {
    let now = buyer.now;
    Document::buyer("填写退货信息").status(Problem::status_of(problem.as_ref())).draw(move || {
        let case = &detail.case;
        let [carrier, tracking] = ["carrier", "tracking"].map(|name| form.get(name).to_owned());
        let key = Problem::key(problem.as_ref(), &form);
        let [wrong_carrier, wrong_number] = ["carrier", "tracking"].map(|name| Problem::at(problem.as_ref(), name));
        let pictures = evidence::field("快递单照片", "选填，拍清快递单上的单号，最多 9 张，每张不超过 5 MB", &form, problem.as_ref());
        let confirmed = in_doubt(&form).map(|parcel| view! { <Hidden name="confirmed" value=parcel/> });
        let couriers = CARRIERS.into_iter().map(|carrier| Choice::new(carrier.code, carrier.name)).collect();
        let (left, address) = (outlook(&detail, now), case.return_leg.as_ref().map(|leg| return_address("寄到这里", leg)));
        let (errors, back) = (Problem::listed(problem.as_ref()), routes::buyer::after_sale(&case.number));
        let version = case.version.to_string();
        let bottom = view! { <Button form="return" kind=ButtonKind::Primary>"提交"</Button> }.into_any();
        view! {
            <BuyerFrame title="填写退货信息" back=back bottom=bottom>
                <FormErrors errors=errors/>
                <Notice tone=Tone::Warn>{left}</Notice>
                {address}
                <SubmitOnce>
                    <form id="return" method="post" class="form" enctype="multipart/form-data" novalidate=true>
                        <Card>
                            <Select label="快递公司" name="carrier" choices=couriers selected=carrier error=wrong_carrier required=true/>
                            <Field
                                label="快递单号" name="tracking" value=tracking error=wrong_number required=true autocomplete="off" maxlength=60
                                hint="寄出后快递单上的单号，6–32 位字母或数字；提交后不能自己修改"
                            />
                            {confirmed}
                            <Hidden name="request_key" value=key/>
                            <Hidden name="version" value=version/>
                        </Card>
                        <Card>{pictures}</Card>
                    </form>
                </SubmitOnce>
            </BuyerFrame>
        }
    })
}
