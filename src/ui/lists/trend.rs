//! A small picture of how something went, day by day.

use leptos::prelude::*;

use crate::domain::Money;

const HEIGHT: i64 = 64;
const STEP: usize = 10;

/// Bars, one a day, oldest first, with the figures in a table behind 「数据」.
#[component]
pub fn Trend(#[prop(into)] label: String, points: Vec<(String, i64)>, #[prop(optional)] money: bool) -> impl IntoView {
    let most = points.iter().map(|point| point.1).max().unwrap_or(0).max(1);
    let said = move |value: i64| if money { Money(value).show() } else { value.to_string() };
    let bar = |(index, (day, value)): (usize, &(String, i64))| {
        let height = (value.max(&0) * (HEIGHT - 2) / most).max(1);
        view! {
            <rect x=(index * STEP + 1).to_string() y=(HEIGHT - height).to_string() width=(STEP - 3).to_string() height=height.to_string() rx="1.5">
                <title>{format!("{day} {}", said(*value))}</title>
            </rect>
        }
    };
    let first = points.first().map(|point| point.0.clone());
    let last = points.last().map(|point| point.0.clone());
    let frame = format!("0 0 {} {HEIGHT}", points.len().max(1) * STEP);
    let bars = points.iter().enumerate().map(bar).collect_view();
    let rows = points
        .iter()
        .map(|(day, value)| view! { <tr><th scope="row">{day.clone()}</th><td class="number">{said(*value)}</td></tr> })
        .collect_view();
    view! {
        <figure class="trend">
            <figcaption>{label}</figcaption>
            <svg viewBox=frame preserveAspectRatio="none" aria-hidden="true" focusable="false">{bars}</svg>
            <p class="trend__days" aria-hidden="true"><span>{first}</span><span>{last}</span></p>
            <details><summary>"数据"</summary><table class="table">{rows}</table></details>
        </figure>
    }
}
