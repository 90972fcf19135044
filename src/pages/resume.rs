//! Where a log-in leads to: back to a page, or on with a form that was sent after the session had run out.

use crate::http::form::{Form, FormError};
use crate::islands::PicturePicker;
use crate::pages::document::Document;
use crate::routes;
use crate::routes::forms::{CARRIED, rule_of};
use crate::server::limits::{CARRIED_BYTES, CARRIED_FIELDS, NEXT_BYTES};
use crate::server::machinery::pictures::{MAX_COUNT, MAX_UPLOAD};
use crate::ui::{Button, ButtonKind, FileField, Hidden, NarrowFrame, Notice, Tone};
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use leptos::prelude::*;

const NEXT: &str = "next";
const RESUME_TO: &str = "resume_to";
const FILES: &str = "files_in";

/// What is said to somebody whose form has to wait.
pub const RAN_OUT: &str = "登录已失效，请重新登录。刚才填写的内容已保留，登录后可以继续提交。";

/// Where to go once inside.
#[derive(serde::Deserialize)]
pub struct Whereto {
    #[serde(default)]
    pub next: String,
}

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

    /// On with `form`, which was sent to `target`: as much of it as that page knows, and a log-in page can carry.
    pub fn with_form(target: &str, form: &Form) -> Result<Self, FormError> {
        let Some(resume) = Resume::of(target, form.fields().to_vec(), &form.file_fields()) else { return Ok(Self::default()) };
        let carried = serde_urlencoded::to_string(&resume.fields).unwrap_or_default().len() + resume.fields.len() * CARRIED.len();
        if carried > CARRIED_BYTES || resume.fields.len() > CARRIED_FIELDS {
            return Err(FormError::TooLongToCarry);
        }
        Ok(Self { next: None, resume: Some(resume) })
    }

    /// As the log-in form carried it.
    pub fn of(form: &Form) -> Self {
        let fields = form.fields().iter().filter_map(|(name, value)| Some((name.strip_prefix(CARRIED)?.to_owned(), value.clone())));
        Self { resume: Resume::of(form.get(RESUME_TO), fields.collect(), &form.all(FILES)), ..Self::to(form.get(NEXT)) }
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
            let fields = resume.fields.into_iter().map(|(name, value)| view! { <Hidden name=format!("{CARRIED}{name}") value=value/> });
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

impl Resume {
    /// Of the fields those that the page at `target` knows, passwords apart: those are typed anew rather than written into a page. `None` if no
    /// form of ours is sent there.
    fn of(target: &str, fields: Vec<(String, String)>, files: &[&str]) -> Option<Self> {
        let rule = rule_of(target).filter(|rule| is_local(target) && !rule.is_open())?;
        let fields = fields.into_iter().filter(|(name, _)| rule.knows(name) && !name.ends_with("password")).collect();
        let files = files.iter().filter(|name| rule.knows_file(name)).map(|name| (*name).to_owned()).collect();
        Some(Self { target: target.to_owned(), fields, files })
    }
}

/// A path of ours and of nobody else, as it may stand in a header: what browsers send is ASCII.
fn is_local(path: &str) -> bool {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    path.len() <= NEXT_BYTES && plain && path.starts_with('/') && !path.starts_with("//")
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
    view! {
        <PicturePicker max=MAX_COUNT max_bytes=MAX_UPLOAD><FileField label="重新选择图片" name=name multiple=true/></PicturePicker>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_ours_are_gone_back_to() {
        let long = format!("/{}", "a".repeat(NEXT_BYTES));
        for foreign in
            ["", "https://evil.example", "//evil.example", "/\\evil.example", "evil", "/\u{b}", "/a\r\nb", "/ a", "/你", "/\u{7f}", &long]
        {
            assert_eq!(Onward::to(foreign).next, None, "{foreign}");
        }
        assert_eq!(Onward::to("/me?a=1").next.as_deref(), Some("/me?a=1"));
    }

    #[test]
    fn a_form_survives_its_way_through_the_log_in() {
        let sent = Form::of(&[("note", "易碎"), ("quantity_1", "1"), ("quantity_2", "2"), ("kept_evidence", "a"), ("kept_evidence", "b")]);
        let onward = Onward::with_form("/orders/G1/after-sale", &sent).unwrap();
        let resume = onward.resume.clone().unwrap();
        assert_eq!(resume.fields, sent.fields());
        let mut carried = Form::of(&[("phone", "13800000001"), (RESUME_TO, &resume.target)]);
        resume.fields.iter().for_each(|(name, value)| carried.add(&format!("{CARRIED}{name}"), value));
        assert_eq!(Onward::of(&carried), onward);
    }

    #[test]
    fn what_the_page_does_not_know_is_not_carried() {
        let sent = Form::of(&[("note", "易碎"), ("a", ""), ("quantity_x", "1"), ("phone", "13800000001")]);
        let resume = Onward::with_form("/orders/G1/after-sale", &sent).unwrap().resume.unwrap();
        assert_eq!(resume.fields, [("note".to_owned(), "易碎".to_owned())]);
        for nowhere in ["/nowhere", "/login", "//evil.example/orders/G1/pay"] {
            assert_eq!(Onward::with_form(nowhere, &sent), Ok(Onward::default()), "{nowhere}");
        }
    }

    #[test]
    fn more_than_a_log_in_page_can_carry_is_refused() {
        let long = "好".repeat(CARRIED_BYTES / 9);
        assert_eq!(Onward::with_form("/orders/G1/after-sale", &Form::of(&[("note", &long)])), Err(FormError::TooLongToCarry));
        let many: Vec<String> = (0..=CARRIED_FIELDS).map(|line| format!("quantity_{line}")).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "1")).collect();
        assert_eq!(Onward::with_form("/orders/G1/after-sale", &Form::of(&many)), Err(FormError::TooLongToCarry));
    }
}
