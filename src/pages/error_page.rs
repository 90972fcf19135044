//! What is shown when there is no page to show: what happened, and what to do next. Nothing of the inside is told.

mod reader;

use super::Shared;
use super::document::Document;
use super::merchant::frame;
use crate::http::assets;
use crate::http::form::FormRefusal;
use crate::http::{headers, session};
use crate::routes;
use crate::routes::forms::{FormRule, IN_PLACE, rule_of};
use crate::server::clock::request_key;
use crate::server::ctx::Staff;
use crate::server::error::Error;
use crate::server::limits::{REQUEST_TIME, UPLOAD_REQUEST_TIME};
use crate::ui::{ButtonKind, BuyerFrame, Card, Drawing, Empty, LinkButton, MerchantFrame, NarrowFrame};
use axum::extract::{Request, State};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use tower_sessions::Session;

use reader::{ErrorFrame, reader};
pub use reader::{carry, is_read_by};

/// What the page says.
struct ErrorWords {
    status: StatusCode,
    title: &'static str,
    sentence: String,
    hint: String,
    drawing: Drawing,
}

/// The page for an error that no form could show.
pub fn of(error: Error) -> Response {
    draw(in_words(error))
}

/// Every URL that is nobody's: no gate has asked yet who reads.
pub async fn not_found(State(app): Shared, session: Session) -> Response {
    if let Ok(Some(staff)) = session::staff(&app, &session).await {
        is_read_by(&staff);
    }
    of(Error::NotFound)
}

/// An address that only takes forms, opened: after a form that came back with an error, by reloading or from the history. The page of the form is above it.
pub async fn wrong_method(method: Method, uri: Uri) -> Response {
    let never_opened = [routes::WECHAT_NOTICES, routes::ALIPAY_NOTICES].contains(&uri.path()) || uri.path().starts_with(IN_PLACE);
    if never_opened || (method != Method::GET && method != Method::HEAD) {
        return refused(StatusCode::METHOD_NOT_ALLOWED, "打不开", "这个网址不接受这样的请求");
    }
    let above = |path: &str| path.rsplit_once('/').map_or("", |(above, _)| above).to_owned();
    let page = above(uri.path());
    let list = above(&page);
    let page = routes::ROWS.iter().find(|(rows, _)| *rows == list).map_or(page.as_str(), |(_, page)| page);
    Redirect::to(if page.is_empty() { routes::buyer::HOME } else { page }).into_response()
}

/// A request that was not even looked at, and why.
pub fn refused(status: StatusCode, title: &'static str, words: impl Into<String>) -> Response {
    // Whoever only came at a bad moment has nothing to change.
    let hint = match status {
        StatusCode::SERVICE_UNAVAILABLE => "内容不用修改，返回上一页再试一次即可，不会重复处理",
        _ => "请返回上一页，修改后重新提交",
    };
    let hint = hint.to_owned();
    let mut page = draw(ErrorWords { status, title, sentence: words.into(), hint, drawing: Drawing::Error });
    if status == StatusCode::SERVICE_UNAVAILABLE {
        page.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    page
}

/// Draws a page around what was refused without one: a form that could not be read.
pub async fn framed(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    match response.extensions().get::<FormRefusal>() {
        Some(FormRefusal { title, words }) => refused(response.status(), title, words.clone()),
        None => response,
    }
}

/// Answers in time, or says that it takes too long: forms with pictures have longer.
pub async fn in_time(request: Request, next: Next) -> Response {
    let uploads = request.method() == Method::POST && rule_of(request.uri().path()).is_some_and(FormRule::takes_files);
    let time = if uploads { UPLOAD_REQUEST_TIME } else { REQUEST_TIME };
    let answered = tokio::time::timeout(time, next.run(request)).await;
    answered.unwrap_or_else(|_| refused(StatusCode::SERVICE_UNAVAILABLE, "系统繁忙", "处理的时间太长，请稍等几秒后重试"))
}

fn in_words(error: Error) -> ErrorWords {
    let (status, title, words, hint, drawing) = match error {
        Error::NotFound => (
            StatusCode::NOT_FOUND,
            "页面不存在",
            "没有找到这个页面",
            "链接可能已失效，或内容不属于当前账号，请核对后重试",
            Drawing::NotFound,
        ),
        Error::Forbidden => {
            (StatusCode::FORBIDDEN, "没有权限", "你的角色不能打开或执行此操作", "如需处理，请联系店主或有权限的同事", Drawing::Error)
        }
        Error::Stale => {
            (StatusCode::CONFLICT, "内容已变化", "刚刚有人处理过，内容已更新", "请返回并刷新页面，核对后重新操作", Drawing::Error)
        }
        Error::Overtaken(step) => return plain(StatusCode::CONFLICT, "内容已变化", step.to_string()),
        Error::Differs => {
            let words = "支付渠道记录的金额与订单不一致，商家正在核实";
            return plain(StatusCode::CONFLICT, "金额不一致", words.to_owned());
        }
        Error::Refused(refusal) => return plain(StatusCode::CONFLICT, "暂时不能操作", refusal.to_string()),
        Error::Invalid(errors) => {
            let words: Vec<String> = errors.0.into_iter().map(|(_, words)| words).collect();
            return plain(StatusCode::UNPROCESSABLE_ENTITY, "提交的内容有误", words.join("；"));
        }
        Error::Gateway(error) => {
            tracing::warn!(%error, "gateway");
            let (sentence, hint) = error.in_words();
            (StatusCode::SERVICE_UNAVAILABLE, "请求没有完成", sentence, hint, Drawing::Error)
        }
        Error::LogIn(fault) => return plain(StatusCode::CONFLICT, "微信登录没有成功", fault.words().to_owned()),
        inner @ (Error::Db(_) | Error::Pictures(_) | Error::Inconsistent(_) | Error::Internal(_)) => match inner.trouble() {
            Some(trouble) => {
                tracing::error!(%trouble, error = ?inner, "a request could not be served for now");
                (
                    StatusCode::SERVICE_UNAVAILABLE,
                    "暂时无法处理",
                    "系统暂时无法读取或保存内容",
                    "请稍等几秒后刷新页面；如果刚才在提交内容，刷新时选择重新提交即可，不会重复处理",
                    Drawing::Error,
                )
            }
            None => return failed(&inner),
        },
    };
    ErrorWords { status, title, sentence: words.to_owned(), hint: hint.to_owned(), drawing }
}

fn plain(status: StatusCode, title: &'static str, words: String) -> ErrorWords {
    ErrorWords { status, title, sentence: words, hint: "请返回上一页，核对后重新操作".to_owned(), drawing: Drawing::Error }
}

/// Something is wrong with us: the reference leads from the page to the log.
fn failed(error: &Error) -> ErrorWords {
    let reference = request_key()[..8].to_uppercase();
    tracing::error!(reference, ?error, "a request failed");
    ErrorWords {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        title: "出错了",
        sentence: "系统出了点问题，我们已经记录下来".to_owned(),
        hint: format!("请稍后重试；如需帮助，请告诉客服编号 {reference}"),
        drawing: Drawing::Error,
    }
}

/// In the frame of the side that was asked; where it is not known that staff read, without one.
fn draw(words: ErrorWords) -> Response {
    match reader() {
        ErrorFrame::Buyer(tab) => Document::buyer(words.title).status(words.status).draw(move || {
            let inside = inside(&words, routes::buyer::HOME, "回到首页");
            view! { <BuyerFrame title=words.title back=routes::buyer::HOME tab=tab><Card>{inside}</Card></BuyerFrame> }
        }),
        // Their frame names them; it may be drawn where no gate has said so yet.
        ErrorFrame::Staff(staff) => {
            headers::kept_by_nobody(Document::merchant(words.title).status(words.status).draw(move || desk(&staff, &words)))
        }
        ErrorFrame::Nobody => Document::merchant(words.title).status(words.status).draw(move || {
            let inside = inside(&words, routes::merchant::WORKBENCH, "回到工作台");
            view! { <NarrowFrame title=words.title>{inside}</NarrowFrame> }
        }),
    }
}

fn desk(staff: &Staff, words: &ErrorWords) -> impl IntoView + use<> {
    let (nav, signature, shop) = (frame::nav(staff, ""), frame::signature(staff), staff.shop.name.clone());
    let inside = inside(words, routes::merchant::WORKBENCH, "回到工作台");
    view! { <MerchantFrame title=words.title nav=nav staff=signature shop=shop><Card>{inside}</Card></MerchantFrame> }
}

fn inside(words: &ErrorWords, home: &'static str, label: &'static str) -> impl IntoView + use<> {
    let (src, sentence, hint) = (assets::url(words.drawing.file()), words.sentence.clone(), words.hint.clone());
    view! { <Empty src=src words=sentence hint=hint><LinkButton kind=ButtonKind::Primary href=home>{label}</LinkButton></Empty> }
}
