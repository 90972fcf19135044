//! Why a form was not read, in words for its sender.

use crate::server::limits::{FORM_BYTES, UPLOAD_FORM_BYTES};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// Nothing of the form was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormError {
    /// It is not what a browser sends.
    Unreadable,
    TooLong,
    FilesTooLarge,
    TooManyFields,
    /// Its sender has to log in first, and it is more than a log-in page can carry.
    TooLongToCarry,
    /// It did not arrive in time.
    Slow,
    /// Too many people send files just now.
    Busy,
}

impl FormError {
    fn status(self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLong | Self::FilesTooLarge | Self::TooManyFields | Self::TooLongToCarry => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Slow => StatusCode::REQUEST_TIMEOUT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn words(self) -> String {
        match self {
            Self::Unreadable => "无法读取提交的表单，请返回后重试".to_owned(),
            Self::TooLong => format!("填写的内容超过 {} KB，请返回后删减文字再提交", FORM_BYTES / 1024),
            Self::FilesTooLarge => format!("图片合计超过 {} MB，请返回后减少或压缩图片再提交", UPLOAD_FORM_BYTES / 1024 / 1024),
            // How many there may be depends on the sender and on the page.
            Self::TooManyFields => "一次提交的项目太多，请返回后分几次提交".to_owned(),
            Self::TooLongToCarry => "登录已失效，填写的内容太长，无法带到登录之后。请返回复制填写的内容，登录后重新提交".to_owned(),
            Self::Slow => "网络太慢，提交的内容没有传完，请返回后减少图片或换个网络再试".to_owned(),
            Self::Busy => "现在上传图片的人有点多，请稍等几秒后返回重新提交".to_owned(),
        }
    }
}

/// Beside a refusal's status: what a page around it says.
#[derive(Clone, Debug)]
pub struct FormRefusal {
    pub title: &'static str,
    pub words: String,
}

impl IntoResponse for FormError {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.words()).into_response();
        response.extensions_mut().insert(FormRefusal { title: "没有提交成功", words: self.words() });
        response
    }
}
