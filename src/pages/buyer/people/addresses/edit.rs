//! `/me/addresses/new` and `/me/addresses/{id}`: one address.

use super::{NEW, done};
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::address_fields::{self, AddressFields};
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::pages::resume::{Onward, Whereto};
use crate::routes;
use crate::server::ctx::Buyer;
use crate::server::people::addresses::AddressBook;
use crate::ui::{Button, ButtonKind, BuyerFrame, Card, FormErrors};
use axum::response::Response;
use leptos::prelude::*;

/// A new address, and back to where it was missed.
pub async fn begin(Query(whereto): Query<Whereto>) -> Response {
    draw("新增收货地址", NEW.to_owned(), &Onward::to(&whereto.next), Form::default(), None)
}

pub async fn add(buyer: Buyer, form: Form) -> Result<Response, Failure> {
    let onward = Onward::to(form.get("next"));
    match address_fields::add(AddressBook::of_buyer(&buyer), &form).await {
        Ok(()) => Ok(onward.go(&done("saved"))),
        Err(error) => Ok(draw("新增收货地址", NEW.to_owned(), &onward, form, Some(Problem::of(error)?))),
    }
}

pub async fn show(buyer: Buyer, Path(id): Path<i64>) -> Result<Response, Failure> {
    let entry = AddressBook::of_buyer(&buyer).find(id).await?;
    Ok(draw("编辑收货地址", path(id), &Onward::default(), address_fields::typed(&entry), None))
}

pub async fn save(buyer: Buyer, Path(id): Path<i64>, form: Form) -> Result<Response, Failure> {
    match address_fields::save(AddressBook::of_buyer(&buyer), id, &form).await {
        Ok(()) => Ok(Onward::default().go(&done("saved"))),
        Err(error) => Ok(draw("编辑收货地址", path(id), &Onward::default(), form, Some(Problem::of(error)?))),
    }
}

fn path(id: i64) -> String {
    format!("{}/{id}", routes::buyer::ADDRESSES)
}

fn draw(title: &'static str, action: String, onward: &Onward, form: Form, problem: Option<Problem>) -> Response {
    let carried = onward.clone();
    Document::buyer(title).status(Problem::status_of(problem.as_ref())).draw(move || {
        let errors = Problem::listed(problem.as_ref());
        view! {
            <BuyerFrame title=title back=routes::buyer::ADDRESSES>
                <FormErrors errors=errors.clone()/>
                <Card>
                    <form method="post" action=action class="form" novalidate=true>
                        {carried.fields()}
                        <AddressFields form=form errors=errors/>
                        <Button kind=ButtonKind::Primary wide=true>"保存"</Button>
                    </form>
                </Card>
            </BuyerFrame>
        }
    })
}
