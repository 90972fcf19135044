use leptos::ev::Event;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::domain::money::Money;

/// Around the two fields of 「修改价格」: the new total while somebody types, and in `restated`, so that the server knows that it was seen.
/// Amounts are in fen; the server decides.
#[island]
pub fn SumPreview(
    /// The goods as they stand, after discounts.
    goods: i64,
    /// The freight as it stands.
    freight: i64,
    /// What points and balance already cover: the new total may not go below.
    locked: i64,
    #[prop(into)] goods_field: String,
    #[prop(into)] freight_field: String,
    /// What the goods field holds at first.
    #[prop(into)]
    goods_typed: String,
    /// What the freight field holds at first.
    #[prop(into)]
    freight_typed: String,
    children: Children,
) -> impl IntoView {
    let goods_typed = RwSignal::new(goods_typed);
    let freight_typed = RwSignal::new(freight_typed);
    let typed = move |event: Event| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        match input.name() {
            name if name == goods_field => goods_typed.set(input.value()),
            name if name == freight_field => freight_typed.set(input.value()),
            _ => {}
        }
    };
    let sum = move || new_total(Money(goods), &goods_typed.get(), Money(freight), &freight_typed.get(), Money(locked));
    let words = move || sum().map_or_else(|words| words, Money::show);
    let restated = move || sum().map_or_else(|_| String::new(), Money::plain);
    view! {
        <div class="stack" on:input=typed>
            {children()}
            <input type="hidden" name="restated" value=restated/>
            <p class="sum-preview"><span>"改后应付"</span>" "<output aria-live="polite" class:sum-preview__why=move || sum().is_err()>{words}</output></p>
        </div>
    }
}

/// The total after both changes, or the words why there is none.
fn new_total(goods: Money, goods_change: &str, freight: Money, freight_change: &str, locked: Money) -> Result<Money, String> {
    let goods = goods + Money::parse_change(goods_change)?;
    let freight = freight + Money::parse_change(freight_change)?;
    if goods < Money::ZERO {
        return Err("商品金额不能减到负数".to_owned());
    }
    if freight < Money::ZERO {
        return Err("运费不能减到负数".to_owned());
    }
    let total = goods + freight;
    if total < locked {
        return Err("不能低于积分和余额已抵扣的金额".to_owned());
    }
    Ok(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minus_reduces_and_what_cannot_be_says_why() {
        let total = |goods: &str, freight: &str| new_total(Money(59_800), goods, Money(1_000), freight, Money(3_000));
        assert_eq!(total("", ""), Ok(Money(60_800)));
        assert_eq!(total("-98.5", "2"), Ok(Money(51_150)));
        assert_eq!(total("", "-10.01"), Err("运费不能减到负数".to_owned()));
        assert_eq!(total("-590", ""), Err("不能低于积分和余额已抵扣的金额".to_owned()));
        assert!(total("0.005", "").is_err());
    }
}
