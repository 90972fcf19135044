//! `/merchant/members`: 「会员」, who buys here and what lies in their wallets (S10, S21).

mod member;

use crate::domain::people::address::{mask_name, mask_phone};
use crate::domain::{Money, Permission, Tender, text};
use crate::http::assets;
use crate::pages::document::Document;
use crate::pages::extract::Query;
use crate::pages::failure::Failure;
use crate::pages::merchant::frame;
use crate::routes::merchant as paths;
use crate::server::app::App;
use crate::server::ctx::Staff;
use crate::server::people::members::{self, Member, MemberSearch};
use crate::ui::{Column, Drawing, Empty, LinkButton, MerchantFrame, Pagination, SearchBox, Table};
use axum::Router;
use axum::response::Response;
use axum::routing::get;
use leptos::prelude::*;
use std::sync::Arc;

pub fn routes() -> Router<Arc<App>> {
    Router::new().route(paths::MEMBERS, get(show)).route("/merchant/members/{id}", get(member::show).post(member::submit))
}

#[derive(Default, serde::Deserialize)]
struct MembersQuery {
    #[serde(default)]
    q: String,
    before: Option<i64>,
}

async fn show(staff: Staff, Query(query): Query<MembersQuery>) -> Result<Response, Failure> {
    let listed = members::list(&staff, &MemberSearch::parse(&query.q), query.before).await?;
    let next = listed.next.map(|before| {
        let encoded = serde_urlencoded::to_string([("q", query.q.as_str()), ("before", &before.to_string())]).unwrap_or_default();
        format!("{}?{encoded}", paths::MEMBERS)
    });
    Ok(Document::merchant("会员").draw(move || {
        let nav = frame::nav(&staff, paths::MEMBERS);
        let list = if listed.rows.is_empty() { none(&text::tidy(&query.q)) } else { table(listed.rows, &staff).into_any() };
        view! {
            <MerchantFrame title="会员" nav=nav staff=frame::signature(&staff) shop=staff.shop.name.clone()>
                <div class="panel">
                    <div class="filters"><SearchBox action=paths::MEMBERS label="手机号或完整昵称" value=query.q.clone()/></div>
                    {list}
                </div>
                <Pagination next=next/>
            </MerchantFrame>
        }
    }))
}

fn none(sought: &str) -> AnyView {
    if sought.is_empty() {
        return view! { <Empty src=assets::url(Drawing::Orders.file()) words="还没有会员" hint="买家在店里注册后会出现在这里"/> }
            .into_any();
    }
    view! {
        <Empty src=assets::url(Drawing::NotFound.file()) words="没有找到会员" hint="请输入 11 位手机号，或与注册时一致的昵称">
            <LinkButton href=paths::MEMBERS>"查看全部会员"</LinkButton>
        </Empty>
    }
    .into_any()
}

fn table(rows: Vec<Member>, staff: &Staff) -> impl IntoView + use<> {
    let head = vec![
        Column::new("会员"),
        Column::new("手机号"),
        Column::number("余额"),
        Column::number("积分"),
        Column::number("已完成订单"),
        Column::new("加入时间"),
        Column::hidden("操作"),
    ];
    let rows = rows.into_iter().map(|member| row(&member, staff)).collect_view();
    view! { <Table label="会员" head=head>{rows}</Table> }
}

fn row(member: &Member, staff: &Staff) -> impl IntoView + use<> {
    let (name, phone) = contact(member, staff);
    let class = if member.points < 0 { "number bad" } else { "number" };
    let (href, label) = (paths::member(member.id.0), format!("查看 {name}"));
    view! {
        <tr>
            <td class="nowrap">{name.clone()}</td>
            <td class="nowrap">{phone}</td>
            <td class="number">{member.balance.show()}</td>
            <td class=class>{Tender::Points.show(Money(member.points))}</td>
            <td class="number">{member.completed_orders}</td>
            <td class="nowrap">{member.joined_at.show(staff.shop.zone)}</td>
            <td><LinkButton href=href small=true label=label>"查看"</LinkButton></td>
        </tr>
    }
}

/// Name and phone as this member of staff may read them.
fn contact(member: &Member, staff: &Staff) -> (String, String) {
    if member.erased {
        (member.name.clone(), "—".to_owned())
    } else if staff.may(Permission::SeeContact) {
        (member.name.clone(), member.phone.clone())
    } else {
        (mask_name(&member.name), mask_phone(&member.phone))
    }
}
