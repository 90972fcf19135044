//! The dialogs of a case: which there are, and the frame that each of them is drawn in.

use super::AfterSalePage;
use crate::islands::Dialog;
use crate::islands::asking::InPlace;
use crate::pages::merchant::came_open;
use crate::routes::merchant as paths;
use crate::server::clock::request_key;
use crate::ui::{DialogForm, Hidden};
use leptos::prelude::*;

/// A dialog, by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AfterSaleDialog {
    Decide,
    Settle,
    Receive,
    Reship,
    Remark,
}

impl AfterSaleDialog {
    const ALL: [Self; 5] = [Self::Decide, Self::Settle, Self::Receive, Self::Reship, Self::Remark];

    /// As the URL says it; also the end of the address that its form is sent to.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Decide => "decide",
            Self::Settle => "settle",
            Self::Receive => "receive",
            Self::Reship => "reship",
            Self::Remark => "remark",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|window| window.code() == code)
    }
}

/// The words on and in a dialog.
pub(super) struct DialogWords {
    /// On the button that opens it; empty where other buttons do.
    pub(super) label: &'static str,
    pub(super) title: &'static str,
    /// What it acts on.
    pub(super) lead: String,
    pub(super) submit: &'static str,
    pub(super) note: &'static str,
    /// The look of that button.
    pub(super) class: String,
}

/// One dialog with its form. Without `fields` there is nothing left to do in it: it only tells why.
pub(super) fn draw(page: &AfterSalePage, window: AfterSaleDialog, words: DialogWords, fields: Option<AnyView>) -> AnyView {
    let (code, back, open) = (window.code(), page.href(), page.open == Some(window));
    let case = &page.case;
    let problem = page.problem_in(window);
    // With nothing left to do there is nothing to open either.
    let label = if fields.is_some() { words.label } else { "" };
    let inside = if let Some(fields) = fields {
        let (action, back) = (paths::after_sale_action(case.number(), code), back.clone());
        let (version, errors) = (case.version().to_string(), came_open::summary(code, problem));
        view! {
            <InPlace>
                <DialogForm action=action back=back submit=words.submit lead=words.lead note=words.note multipart=true redrawn=true>
                    {errors}
                    <Hidden name="version" value=version/>
                    <Hidden name="request_key" value=request_key()/>
                    {fields}
                </DialogForm>
            </InPlace>
        }
        .into_any()
    } else {
        came_open::nothing_left(code, back.clone(), problem)
    };
    let href = format!("{back}?dialog={code}");
    view! { <Dialog id=code label=label class=words.class title=words.title href=href back=back open=open>{inside}</Dialog> }.into_any()
}
