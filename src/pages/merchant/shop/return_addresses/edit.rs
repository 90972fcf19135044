//! `/merchant/return-addresses/new` and `/merchant/return-addresses/{id}`: one address.

use super::NEW;
use crate::http::form::Form;
use crate::http::problem::Problem;
use crate::pages::address_fields::{self, AddressFields};
use crate::pages::document::Document;
use crate::pages::extract::Path;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes;
use crate::server::ctx::Staff;
use crate::server::people::addresses::AddressBook;
use crate::ui::{Button, ButtonKind, Card, FormErrors, LinkButton, MerchantFrame};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;

pub async fn begin(staff: Staff) -> Result<Response, Failure> {
    AddressBook::of_shop(&staff)?;
    Ok(draw(staff, "新增退货地址", NEW.to_owned(), Form::default(), None))
}

pub async fn add(staff: Staff, form: Form) -> Result<Response, Failure> {
    match address_fields::add(AddressBook::of_shop(&staff)?, &form).await {
        Ok(()) => Ok(back()),
        Err(error) => Ok(draw(staff, "新增退货地址", NEW.to_owned(), form, Some(Problem::of(error)?))),
    }
}

pub async fn show(staff: Staff, Path(id): Path<i64>) -> Result<Response, Failure> {
    let entry = AddressBook::of_shop(&staff)?.find(id).await?;
    Ok(draw(staff, "编辑退货地址", path(id), address_fields::typed(&entry), None))
}

pub async fn save(staff: Staff, Path(id): Path<i64>, form: Form) -> Result<Response, Failure> {
    match address_fields::save(AddressBook::of_shop(&staff)?, id, &form).await {
        Ok(()) => Ok(back()),
        Err(error) => Ok(draw(staff, "编辑退货地址", path(id), form, Some(Problem::of(error)?))),
    }
}

fn back() -> Response {
    Redirect::to(&super::done("saved")).into_response()
}

fn path(id: i64) -> String {
    format!("{}/{id}", routes::merchant::RETURN_ADDRESSES)
}

fn draw(staff: Staff, title: &'static str, action: String, form: Form, problem: Option<Problem>) -> Response {
    Document::merchant(title).status(Problem::status_of(problem.as_ref())).draw(move || {
        let errors = Problem::listed(problem.as_ref());
        let nav = frame::nav(&staff, routes::merchant::RETURN_ADDRESSES);
        view! {
            <MerchantFrame title=title nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() back=routes::merchant::RETURN_ADDRESSES>
                <FormErrors errors=errors.clone()/>
                <Card>
                    <form method="post" action=action class="form" novalidate=true>
                        <AddressFields form=form errors=errors/>
                        <div class="form__actions">
                            <LinkButton href=routes::merchant::RETURN_ADDRESSES>"取消"</LinkButton>
                            <Button kind=ButtonKind::Primary>"保存"</Button>
                        </div>
                    </form>
                </Card>
            </MerchantFrame>
        }
    })
}
