//! What both dialogs about a refund have in common.

use super::asked::Asked;
use crate::domain::Money;
use crate::domain::address::{mask_name, mask_phone};
use crate::domain::text::isolated;
use crate::server::store::refunds::ListedRefund;
use crate::ui::Hidden;
use leptos::prelude::*;

/// The name of the dialog about money that was paid outside.
pub(super) const SETTLE: &str = "settle";

/// The order, its buyer and the money that the dialog is about.
pub(super) fn lead(refund: &ListedRefund) -> String {
    let amount = Money(refund.amount_minor).show();
    format!("{} · {} {} · {amount}", refund.order_number, isolated(&mask_name(&refund.buyer_name)), mask_phone(&refund.buyer_phone))
}

/// What the form knew, and the list to come back to.
pub(super) fn kept(asked: &Asked, refund: &ListedRefund) -> impl IntoView + use<> {
    let list = asked.kept(&[]).into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect::<Vec<_>>();
    let (version, before) = (refund.version.to_string(), asked.before.clone());
    view! {
        <Hidden name="version" value=version/>
        {list}
        <Hidden name="before" value=before/>
    }
}
