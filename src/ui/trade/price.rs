//! Money as a person reads it: the yuan large, sign and fen small.

use leptos::prelude::*;

use crate::domain::Money;

/// How large an amount stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PriceSize {
    #[default]
    Normal,
    Large,
    Huge,
}

/// `¥1,234.50` with small decimals; read aloud as one amount.
#[component]
pub fn Price(amount: Money, #[prop(optional)] size: PriceSize) -> impl IntoView {
    let class = match size {
        PriceSize::Normal => "price",
        PriceSize::Large => "price price--large",
        PriceSize::Huge => "price price--huge",
    };
    let shown = amount.show();
    let (sign, digits) = shown.split_once('¥').unwrap_or(("", &shown));
    let (yuan, fen) = digits.split_once('.').unwrap_or((digits, "00"));
    view! { <span class=class><small>{format!("{sign}¥")}</small>{yuan.to_owned()}<small>{format!(".{fen}")}</small></span> }
}
