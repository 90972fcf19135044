//! Forms that are answered where they stand: a server function does what the form's page does, with the same words, and for nobody else.

use crate::support::{Browser, Form, LI, Page, TestApp, WANG, on_both_engines};
use guitu::api::{ApiError, DoneInPlace, FORMS, InPlaceForm, Refused};
use guitu::domain::Role;
use guitu::domain::order::OrderStatus;
use guitu::routes::forms::{IN_PLACE, rule_of};

on_both_engines!(
    what_the_page_does_the_function_does_and_says,
    a_refusal_is_told_field_by_field_with_the_status_of_the_page,
    a_form_is_sent_to_either_place_and_works_once,
    whose_turn_is_over_is_told_who_was_first,
    nothing_is_done_for_who_may_not,
    a_number_that_is_asked_about_can_be_confirmed,
);

/// The same form, to its function.
fn in_place(form: Form) -> Form {
    let (kind, number) = InPlaceForm::at(&form.action).unwrap();
    Form { action: format!("{}?of={number}", kind.function), ..form }
}

fn done(page: &Page) -> DoneInPlace {
    assert_eq!(page.status, 200, "{page}");
    assert_eq!(page.headers["content-type"], "application/json");
    serde_json::from_str(&page.html).unwrap()
}

fn refused(page: &Page) -> Refused {
    match serde_json::from_str(&page.html) {
        Ok(ApiError::Refused(refused)) => refused,
        other => panic!("{other:?} of {page}"),
    }
}

#[test]
fn every_form_has_its_page_and_its_function() {
    for form in FORMS {
        assert_eq!(form.function, format!("{IN_PLACE}{}", form.page.replace("/*", "")), "{}", form.page);
        assert_eq!(rule_of(form.function), rule_of(&form.page.replace('*', "7")), "{}", form.page);
        assert!(rule_of(form.function).is_some(), "{}", form.page);
    }
    assert_eq!(InPlaceForm::at("/orders/G1/cancel").map(|(form, number)| (form.page, number)), Some(("/orders/*/cancel", "G1")));
    for nowhere in ["", "/orders//cancel", "/orders/G1/pay", "/orders/G1/7/cancel", "https://evil.example/orders/G1/cancel"] {
        assert!(InPlaceForm::at(nowhere).is_none(), "{nowhere}");
    }
}

async fn what_the_page_does_the_function_does_and_says(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let form = owner.order_form(&order, "remark").await.with("shop_remark", "易碎");
    let answer = done(&owner.send(&in_place(form.clone())).await);
    assert_eq!(answer, DoneInPlace { to: format!("/merchant/orders/{order}?done=remark"), words: "备注已保存".to_owned(), warned: false });
    assert_eq!(owner.send(&form).await.goes_to(), answer.to);
    assert!(owner.get(&answer.to).await.html.contains("备注已保存"));
}

async fn a_refusal_is_told_field_by_field_with_the_status_of_the_page(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let form = owner.order_form(&order, "ship").await.with("carrier_0", "sf").with("tracking_0", "");
    let (page, told) = (owner.send(&form).await, owner.send(&in_place(form)).await);
    assert_eq!((page.status, told.status), (422.try_into().unwrap(), 422.try_into().unwrap()));
    let told = refused(&told);
    assert_eq!(told.fields.iter().map(|(field, _)| field.as_str()).collect::<Vec<_>>(), ["tracking_0"]);
    assert!(told.fields.iter().all(|(_, words)| page.html.contains(words)) && told.hidden.is_empty(), "{told:?}");
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingShipment);
}

async fn a_form_is_sent_to_either_place_and_works_once(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 2)], "balance").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let form = owner.form(&format!("/merchant/after-sales/{case}"), &format!("/merchant/after-sales/{case}/decide")).await;
    let form = form.with("decision", "agree_refund");
    let (first, second) = (done(&owner.send(&in_place(form.clone())).await), owner.send(&form).await);
    assert_eq!(second.goes_to(), first.to, "sent again where no answer came, to the page this time");
    done(&owner.send(&in_place(form)).await);
    assert_eq!(app.case(&case).await.refunds.len(), 1);
}

async fn whose_turn_is_over_is_told_who_was_first(app: TestApp) {
    let (wang, owner, service) = (app.buyer(WANG).await, app.staff(Role::Owner).await, app.staff(Role::Service).await);
    let order = wang.buys(&[(app.town.goods.tea, 2)], "balance").await;
    let case = wang.applies(&order, "refund_only", "unwanted", &[1]).await;
    let path = format!("/merchant/after-sales/{case}");
    let mut forms = Vec::new();
    for staff in [&owner, &service] {
        forms.push(staff.form(&path, &format!("{path}/decide")).await.with("decision", "agree_refund"));
    }
    let late = forms.pop().unwrap();
    done(&owner.send(&in_place(forms.pop().unwrap())).await);
    let told = refused(&service.send(&in_place(late)).await);
    assert_eq!(told.status, 409);
    assert!(told.summary.contains("已于") && told.fields.is_empty(), "{told:?}");
}

async fn nothing_is_done_for_who_may_not(app: TestApp) {
    let (wang, li) = (app.buyer(WANG).await, app.buyer(LI).await);
    let order = wang.orders(&[(app.town.goods.tea, 1)]).await;
    let form = in_place(wang.form(&format!("/orders/{order}"), &format!("/orders/{order}/cancel")).await);
    for (who, status) in [(Browser::new(&app.url), 401), (li.browser(), 404), (app.staff(Role::Owner).await.browser(), 401)] {
        let page = who.send(&form).await;
        assert_eq!((page.status.as_u16(), serde_json::from_str(&page.html).unwrap()), (status, ApiError::ByPage(status)), "{page}");
    }
    let elsewhere = wang.send_from(&form, "https://evil.example").await;
    assert_eq!(elsewhere.status, 403, "{elsewhere}");
    for of in ["", "?of=", "?of=a%2Fb", "?of=%00", "?of=..", "?of=1&of=2"] {
        let page = wang.send(&Form { action: format!("{IN_PLACE}/orders/cancel{of}"), ..form.clone() }).await;
        assert_eq!(page.status, 404, "{page}");
    }
    assert_eq!(app.status(&order).await, OrderStatus::PendingPayment);
    done(&wang.send(&form).await);
    assert_eq!(app.status(&order).await, OrderStatus::Closed);
}

async fn a_number_that_is_asked_about_can_be_confirmed(app: TestApp) {
    let (wang, owner) = (app.buyer(WANG).await, app.staff(Role::Owner).await);
    let order = wang.buys(&[(app.town.goods.tea, 1)], "balance").await;
    let form = in_place(owner.order_form(&order, "ship").await.with("carrier_0", "sf").with("tracking_0", "1234567890"));
    let asked = refused(&owner.send(&form).await);
    assert_eq!(asked.hidden.len(), 1, "{asked:?}");
    let confirmed = asked.hidden.iter().fold(form, |form, (name, value)| form.with(name, value));
    done(&owner.send(&confirmed).await);
    assert_eq!(app.status(&order).await, OrderStatus::AwaitingReceipt);
}
