//! 「标记已处理」: settled elsewhere, and how.

use super::{Asked, words};
use crate::domain::AnomalyKind;
use crate::islands::SubmitOnce;
use crate::pages::merchant::came_open;
use crate::pages::problem::Problem;
use crate::server::error::Result;
use crate::server::form::Form;
use crate::server::store::anomalies::ListedAnomaly;
use crate::ui::{DialogForm, Field};
use leptos::prelude::*;

const ID: &str = "resolve";

/// The anomaly that the dialog is about.
pub(super) struct About {
    anomaly: ListedAnomaly,
    kind: AnomalyKind,
    happened: String,
}

impl About {
    /// An impossible row is an error.
    pub(super) fn of(anomaly: ListedAnomaly) -> Result<Self> {
        Ok(Self { kind: anomaly.kind()?, happened: words::what_happened(&anomaly)?, anomaly })
    }
}

/// While it is open and a person may say so; or to say why that is not possible any more.
pub(super) fn draw(asked: &Asked, about: &About, typed: &Form, problem: Option<&Problem>) -> Option<AnyView> {
    let waits = about.anomaly.resolved_at.is_none() && about.kind.can_be_marked();
    let form = waits.then(|| form(asked, about, typed, problem));
    came_open::draw(ID, "标记已处理", asked.href(&[]), form, problem)
}

fn form(asked: &Asked, about: &About, typed: &Form, problem: Option<&Problem>) -> AnyView {
    let (action, back) = (asked.action(about.anomaly.id, "resolve"), asked.href(&[]));
    let lead = format!("订单 {}：{}", about.anomaly.order_number, about.happened);
    let note = if about.kind == AnomalyKind::AmountDiffers && about.anomaly.refund_number.is_none() {
        "订单和金额不变；这笔付款作废，买家可以重新付款或取消订单"
    } else {
        "只登记处理结果，不改变订单和金额"
    };
    let (errors, error, value) = (came_open::summary(ID, problem), Problem::at(problem, "note"), typed.get("note").to_owned());
    view! {
        <SubmitOnce>
            <DialogForm action=action back=back submit="标记已处理" lead=lead note=note>
                {errors}
                <Field label="处理说明" name="note" prefix=ID maxlength=200 value=value error=error hint="例如：已与渠道核实，差额线下补齐" required=true/>
            </DialogForm>
        </SubmitOnce>
    }
    .into_any()
}
