//! `/orders/{no}/review`: what the buyer thinks of the goods.

use super::product::pictures;
use crate::domain::order::OrderLine;
use crate::domain::text;
use crate::http::assets;
use crate::http::form::Form;
use crate::http::forms;
use crate::http::problem::Problem;
use crate::islands::{CopyButton, PicturePicker, SubmitOnce};
use crate::pages::buyer::ZONE;
use crate::pages::document::Document;
use crate::pages::extract::{Path, Query};
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::app::App;
use crate::server::ctx::Buyer;
use crate::server::error::Result as Outcome;
use crate::server::goods::reviews::{self, Review, Reviewable, field};
use crate::server::machinery::pictures::{MAX_COUNT, MAX_UPLOAD};
use crate::ui::{
    Button, ButtonKind, BuyerFrame, Card, Checkbox, Drawing, Empty, FileField, Flash, FormErrors, GoodsItem, LinkButton, ReviewBlock,
    StarsField, TextArea,
};
use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/orders/{no}/review", get(show).post(submit))
}

#[derive(serde::Deserialize)]
struct ReviewQuery {
    /// It has just been written.
    done: Option<String>,
}

async fn show(buyer: Buyer, Path(number): Path<String>, Query(query): Query<ReviewQuery>) -> Result<Response, Failure> {
    Ok(draw(reviews::of_order(&buyer, &number).await?, query.done.is_some(), Form::default(), None))
}

async fn submit(buyer: Buyer, Path(number): Path<String>, form: Form) -> Result<Response, Failure> {
    match write(&buyer, &number, &form).await {
        Ok(()) => Ok(Redirect::to(&format!("{}?done=1", routes::buyer::review(&number))).into_response()),
        Err(error) => {
            let problem = Problem::of(error)?;
            Ok(draw(reviews::of_order(&buyer, &number).await?, false, form, Some(problem)))
        }
    }
}

async fn write(buyer: &Buyer, number: &str, form: &Form) -> Outcome<()> {
    reviews::write(buyer, number, &forms::review::reviews(form)?).await
}

fn draw(page: Reviewable, done: bool, form: Form, problem: Option<Problem>) -> Response {
    Document::buyer("评价").status(Problem::status_of(problem.as_ref())).draw(move || {
        let Reviewable { order, lines, written } = page;
        let nothing = (lines.is_empty() && written.is_empty()).then(too_early);
        let back = routes::buyer::order(&order.number);
        let lost =
            written.iter().filter_map(|review| Some((review.title.clone(), not_kept(review, &form)?))).map(not_kept_card).collect_view();
        let write = (!lines.is_empty()).then(|| write_form(&order.number, lines, &form, problem.as_ref()));
        view! {
            <BuyerFrame title="评价" back=back>
                {done.then(|| view! { <Flash words="评价已提交，谢谢您的分享"/> })}
                <FormErrors errors=Problem::listed(problem.as_ref())/>
                {nothing}
                {write}
                {lost}
                {(!written.is_empty()).then(|| written_card(written))}
            </BuyerFrame>
        }
    })
}

fn too_early() -> impl IntoView {
    view! {
        <Empty src=assets::url(Drawing::Orders.file()) words="这笔订单现在没有可评价的商品" hint="确认收货后就可以评价了">
            <LinkButton href=routes::buyer::ORDERS>"查看我的订单"</LinkButton>
        </Empty>
    }
}

fn write_form(number: &str, lines: Vec<OrderLine>, form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let cards = lines.into_iter().map(|line| line_card(line, form, problem)).collect_view();
    let (action, anonymous) = (routes::buyer::review(number), form.has("anonymous"));
    view! {
        <SubmitOnce>
            <form method="post" action=action class="form" enctype="multipart/form-data" novalidate=true>
                {cards}
                <Card><Checkbox label="匿名评价" name="anonymous" checked=anonymous hint="匿名后其他买家看不到您的昵称"/></Card>
                <Button kind=ButtonKind::Primary wide=true>"提交评价"</Button>
            </form>
        </SubmitOnce>
    }
}

/// Stars, words and pictures of one line.
fn line_card(line: OrderLine, form: &Form, problem: Option<&Problem>) -> impl IntoView + use<> {
    let [rating, words, files] = ["rating", "words", "pictures"].map(|name| field(name, line.id));
    let (stars, typed) = (form.get(&rating).parse().unwrap_or(0), form.get(&words).to_owned());
    let hint = format!("最多 {MAX_COUNT} 张，每张不超过 {} MB", MAX_UPLOAD / 1_048_576);
    let [rating_error, words_error, files_error] = [&rating, &words, &files].map(|name| Problem::at(problem, name));
    view! {
        <Card>
            <GoodsItem src=assets::url(&line.picture) title=line.title spec=line.spec price=line.unit_price quantity=line.quantity/>
            <div class="form">
                <StarsField legend="商品评分" name=rating value=stars error=rating_error required=true/>
                <TextArea label="评价内容" name=words rows=3 maxlength=500 placeholder="说说使用感受，帮助其他买家" value=typed error=words_error/>
                <PicturePicker max=MAX_COUNT max_bytes=MAX_UPLOAD>
                    <FileField label="上传图片" name=files multiple=true hint=hint error=files_error/>
                </PicturePicker>
            </div>
        </Card>
    }
}

/// What was typed for a line that has its review already, and was not kept.
fn not_kept(review: &Review, form: &Form) -> Option<String> {
    let said = forms::review::of_line(form, review.order_line_id)?;
    let words = form.get(&field("words", review.order_line_id));
    let is_kept = said.is_ok_and(|said| said.repeats(review));
    (!is_kept && !text::is_blank(words)).then(|| words.to_owned())
}

/// What was typed and not kept, to be copied.
fn not_kept_card((title, words): (String, String)) -> impl IntoView {
    let copied = words.clone();
    view! {
        <Card title="这次没有保存的文字">
            <p class="muted small">{title}</p>
            <p class="review__words">{words}</p>
            <div class="actions"><CopyButton text=copied/></div>
        </Card>
    }
}

fn written_card(written: Vec<Review>) -> impl IntoView {
    let block = |review: Review| {
        let who = if review.anonymous { "我（匿名）" } else { "我" };
        let reply = review.shown_reply();
        let hidden =
            review.hidden.map(|hiding| view! { <span class="muted small">{format!("商家已隐藏这条评价：{}", hiding.reason)}</span> });
        view! {
            <ReviewBlock who=who when=review.at.show(ZONE) rating=review.rating words=review.words pictures=pictures(&review.pictures) reply=reply>
                <span class="muted small">{format!("{} {}", review.title, review.spec)}</span>
                {hidden}
            </ReviewBlock>
        }
    };
    view! { <Card title="已评价">{written.into_iter().map(block).collect_view()}</Card> }
}
