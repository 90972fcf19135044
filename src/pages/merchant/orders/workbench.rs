//! `/merchant`: 「工作台」, what this member of staff must do now, the most urgent first.

mod counters;
mod shipping;
mod trends;
mod urgent;

use crate::domain::Permission;
use crate::islands::asking::DialogLinks;
use crate::pages::document::Document;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::ctx::Staff;
use crate::server::orders;
use crate::ui::MerchantFrame;
use axum::response::Response;
use leptos::prelude::*;

/// Rows of each list; the rest is a click away.
const MOST: usize = 12;
const TO_SHIP: i64 = 8;

pub async fn show(staff: Staff) -> Result<Response, Failure> {
    let (orders_by_status, cases_by_queue) = (orders::counts_by_status(&staff).await?, orders::counts_by_queue(&staff).await?);
    let today = orders::today(&staff).await?;
    let cases = urgent::load(&staff).await?;
    let to_ship = if staff.may(Permission::Ship) { orders::waiting_to_ship(&staff, TO_SHIP).await? } else { Vec::new() };
    let days = orders::trend(&staff, 30).await?;
    let date = staff.now.in_words(staff.shop.zone);
    Ok(Document::merchant("工作台").draw(move || {
        let date = view! { <span class="muted small">{date}</span> }.into_any();
        let nav = frame::nav(&staff, paths::WORKBENCH);
        let shipping = staff.may(Permission::Ship).then(|| shipping::draw(to_ship, &orders_by_status, &staff));
        view! {
            <MerchantFrame title="工作台" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone() badges=date>
                {counters::draw(&orders_by_status, &cases_by_queue, &today, &staff)}
                {urgent::draw(cases, &staff)}
                {shipping}
                {trends::draw(&days, &staff)}
                <DialogLinks/>
            </MerchantFrame>
        }
    }))
}
