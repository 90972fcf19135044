//! Where a log-in leads to: back to a page, or on with a form that was sent after the session had run out.

use crate::islands::PicturePicker;
use crate::pages::document::Document;
use crate::routes;
use crate::server::form::Form;
use crate::server::pictures::{MAX_COUNT, MAX_UPLOAD};
use crate::ui::{Button, ButtonKind, FileField, Hidden, NarrowFrame, Notice, Tone};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use leptos::prelude::*;

const NEXT: &str = "next";
const RESUME_TO: &str = "resume_to";
const FIELD: &str = "field:";
const FILES: &str = "files_in";

/// What the log-in form carries along.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Onward {
    next: Option<String>,
    resume: Option<Resume>,
}

/// A form that waits for the log-in.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Resume {
    target: String,
    fields: Vec<(String, String)>,
    /// Fields that held files: those cannot travel, and have to be chosen again.
    files: Vec<String>,
}

impl Onward {
    /// Back to `next`, if it is a page of ours.
    pub fn to(next: &str) -> Self {
        Self { next: is_local(next).then(|| next.to_owned()), resume: None }
    }

    /// On with `form`, which was sent to `target`; passwords in it are typed anew rather than written into a page.
    pub fn with_form(target: &str, form: &Form) -> Self {
        let files = form.file_fields().into_iter().map(str::to_owned).collect();
        let fields = form.fields().iter().filter(|(name, _)| !name.ends_with("password")).cloned().collect();
        Self { next: None, resume: Some(Resume { target: target.to_owned(), fields, files }) }
    }

    /// As the log-in form carried it.
    pub fn of(form: &Form) -> Self {
        let target = form.get(RESUME_TO);
        let fields = form.fields().iter().filter_map(|(name, value)| Some((name.strip_prefix(FIELD)?.to_owned(), value.clone())));
        let files = form.all(FILES).into_iter().map(str::to_owned).collect();
        let resume = is_local(target).then(|| Resume { target: target.to_owned(), fields: fields.collect(), files });
        Self { resume, ..Self::to(form.get(NEXT)) }
    }

    /// Does a form wait?
    pub fn resumes(&self) -> bool {
        self.resume.is_some()
    }

    /// The address of the other way in, which then leads to the same place.
    pub fn beside(&self, path: &str) -> String {
        let next = self.next.as_ref().and_then(|next| serde_urlencoded::to_string([(NEXT, next)]).ok());
        next.map_or(path.to_owned(), |next| format!("{path}?{next}"))
    }

    /// The fields that keep it in the log-in form.
    pub fn fields(&self) -> impl IntoView + use<> {
        let Self { next, resume } = self.clone();
        let next = next.map(|next| view! { <Hidden name=NEXT value=next/> });
        let resume = resume.map(|resume| {
            let fields = resume.fields.into_iter().map(|(name, value)| view! { <Hidden name=format!("{FIELD}{name}") value=value/> });
            let files = resume.files.into_iter().map(|name| view! { <Hidden name=FILES value=name/> });
            view! { <Hidden name=RESUME_TO value=resume.target/> {fields.collect_view()} {files.collect_view()} }
        });
        view! { {next} {resume} }
    }

    /// After the log-in: the page, or the form ready to be sent again.
    pub fn go(self, home: &str) -> Response {
        match self.resume {
            Some(resume) => go_on(resume),
            None => Redirect::to(self.next.as_deref().unwrap_or(home)).into_response(),
        }
    }
}

/// The answer, with one cookie more.
pub fn with_cookie(answer: Response, cookie: &str) -> Response {
    (AppendHeaders([(SET_COOKIE, cookie.to_owned())]), answer).into_response()
}

/// A path of ours and of nobody else.
fn is_local(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n', '\t'])
}

fn go_on(resume: Resume) -> Response {
    let merchant = resume.target.starts_with(routes::merchant::WORKBENCH);
    let document = if merchant { Document::merchant("已登录，继续提交") } else { Document::buyer("已登录，继续提交") };
    document.draw(move || {
        let Resume { target, fields, files } = resume;
        let multipart = (!files.is_empty()).then_some("multipart/form-data");
        let choose_again = (!files.is_empty()).then(|| view! { <Notice tone=Tone::Warn>"图片不能跨登录保留，请重新选择。"</Notice> });
        view! {
            <NarrowFrame title="已登录，继续提交">
                <p class="muted">"刚才填写的内容已为您保留，点击下面的按钮即可继续。"</p>
                <form method="post" action=target class="form" novalidate=true enctype=multipart>
                    {fields.into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect_view()}
                    {choose_again}
                    {files.into_iter().map(field_again).collect_view()}
                    <Button kind=ButtonKind::Primary wide=true>"继续提交"</Button>
                </form>
            </NarrowFrame>
        }
    })
}

fn field_again(name: String) -> impl IntoView {
    let (max, max_bytes) = (u32::try_from(MAX_COUNT).unwrap_or_default(), u32::try_from(MAX_UPLOAD).unwrap_or(u32::MAX));
    view! {
        <PicturePicker max=max max_bytes=max_bytes><FileField label="重新选择图片" name=name multiple=true/></PicturePicker>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_gone_back_to() {
        for foreign in ["", "https://evil.example", "//evil.example", "/\\evil.example", "evil"] {
            assert_eq!(Onward::to(foreign).next, None, "{foreign}");
        }
        assert_eq!(Onward::to("/me?a=1").next.as_deref(), Some("/me?a=1"));
    }

    #[test]
    fn a_form_survives_its_way_through_the_log_in() {
        let sent = Form::of(&[("note", "易碎"), ("next", "/me"), ("line", "1"), ("line", "2")]);
        let onward = Onward::with_form("/orders/G1/after-sale", &sent);
        let resume = onward.resume.clone().unwrap();
        let mut carried = Form::of(&[("phone", "13800000001"), (RESUME_TO, &resume.target)]);
        resume.fields.iter().for_each(|(name, value)| carried.add(&format!("{FIELD}{name}"), value));
        assert_eq!(Onward::of(&carried), onward);
    }
}
