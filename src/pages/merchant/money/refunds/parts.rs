//! What both dialogs about a refund have in common.

use super::query::RefundsQuery;
use crate::domain::text::isolated;
use crate::domain::{Contact, Money};
use crate::server::store::money::refunds::ListedRefund;
use crate::ui::Hidden;
use leptos::prelude::*;

/// The name of the dialog about money that was paid outside.
pub(super) const SETTLE: &str = "settle";

/// The order, its buyer and the money that the dialog is about.
pub(super) fn lead(refund: &ListedRefund) -> String {
    let (amount, Contact { name, phone }) = (Money(refund.amount_minor).show(), refund.buyer.masked());
    format!("{} · {} {phone} · {amount}", refund.order_number, isolated(&name))
}

/// What the form knew, and the list to come back to.
pub(super) fn kept(query: &RefundsQuery, refund: &ListedRefund) -> impl IntoView + use<> {
    let list = query.kept(&[]).into_iter().map(|(name, value)| view! { <Hidden name=name value=value/> }).collect::<Vec<_>>();
    let (version, before) = (refund.version.to_string(), query.before.clone());
    view! {
        <Hidden name="version" value=version/>
        {list}
        <Hidden name="before" value=before/>
    }
}
