//! Pictures that a buyer sends along with a form about a case: those kept from an earlier try, and new ones.

use crate::domain::FieldErrors;
use crate::domain::order::Order;
use crate::http::form::Form;
use crate::http::forms::application::{KEPT_EVIDENCE, evidence};
use crate::http::problem::Problem;
use crate::islands::PicturePicker;
use crate::pages::failure::Failure;
use crate::routes;
use crate::server::after_sales::{self, EVIDENCE};
use crate::server::ctx::Buyer;
use crate::server::machinery::pictures::{MAX_COUNT, MAX_UPLOAD};
use crate::ui::FileField;
use leptos::prelude::*;

/// The field, with what was kept before above it.
pub fn field(label: &'static str, hint: &'static str, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let kept = typed.all(KEPT_EVIDENCE);
    let picture = |(index, key): (usize, &&str)| {
        let (src, words) = (routes::small_picture(key), format!("保留图片 {}", index + 1));
        view! {
            <label class="kept-picture">
                <img src=src alt="" width="88" height="88" loading="lazy" decoding="async"/>
                <span><input type="checkbox" name=KEPT_EVIDENCE value=(*key).to_owned() checked=true/>{words}</span>
            </label>
        }
    };
    let kept = (!kept.is_empty()).then(|| view! { <div class="kept-pictures">{kept.iter().enumerate().map(picture).collect_view()}</div> });
    // With wrong pictures among them none was kept.
    let lost = typed.file_fields().contains(&EVIDENCE);
    let error = Problem::at(problem, EVIDENCE).map(|words| if lost { format!("{words}；请重新选择") } else { words });
    view! {
        {kept}
        <PicturePicker max=MAX_COUNT max_bytes=MAX_UPLOAD>
            <FileField label=label name=EVIDENCE multiple=true error=error hint=hint/>
        </PicturePicker>
    }
    .into_any()
}

/// The pictures of a form that is shown again stay with it; what is wrong with them is said with the rest.
pub async fn keep(buyer: &Buyer, order: &Order, form: &mut Form, problem: Problem) -> Result<Problem, Failure> {
    if problem.errors.of(EVIDENCE).is_some() {
        return Ok(problem);
    }
    match after_sales::hold_evidence(buyer, order, evidence(form)).await {
        Ok(kept) => {
            form.remove(KEPT_EVIDENCE);
            for key in kept {
                form.add(KEPT_EVIDENCE, key);
            }
            form.forget_files(EVIDENCE);
            Ok(problem)
        }
        Err(error) => {
            let mut errors = problem.errors;
            let lost = Problem::of(error)?;
            // Pictures that could not be kept are chosen again, whatever else is wrong.
            let told = if lost.errors.is_empty() { FieldErrors::one(EVIDENCE, lost.summary) } else { lost.errors };
            errors.0.extend(told.0);
            Ok(Problem { errors, ..problem })
        }
    }
}
