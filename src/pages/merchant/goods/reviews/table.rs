//! The reviews as a table.

use super::ReviewsQuery;
use crate::http::assets;
use crate::pages::buyer::goods::product::pictures;
use crate::routes;
use crate::server::goods::reviews::Review;
use crate::ui::{Badge, ButtonKind, Column, Drawing, Empty, GoodsCell, LinkButton, Pictures, PostButton, Stars, Table, Tone, Unbroken};
use chrono_tz::Tz;
use leptos::prelude::*;

pub fn draw(reviews: Vec<Review>, query: &ReviewsQuery, zone: Tz, may_hide: bool) -> AnyView {
    if reviews.is_empty() {
        return none(query);
    }
    let head = vec![
        Column::new("商品"),
        Column::narrow("会员"),
        Column::narrow("评分"),
        Column::new("评价"),
        Column::narrow("时间"),
        Column::narrow("状态"),
        Column::hidden("操作"),
    ];
    let rows = reviews.into_iter().map(|review| row(review, query, zone, may_hide)).collect_view();
    view! { <Table label="评价" head=head>{rows}</Table> }.into_any()
}

fn none(query: &ReviewsQuery) -> AnyView {
    let src = assets::url(Drawing::Messages.file());
    if query.is_bare() {
        return view! { <Empty src=src words="还没有评价" hint="买家确认收货后可以评价，新的评价会出现在这里"/> }.into_any();
    }
    view! {
        <Empty src=src words="没有符合条件的评价" hint="换一个评分或状态，或只输入商品名称中的几个字">
            <LinkButton href=routes::merchant::REVIEWS>"查看全部评价"</LinkButton>
        </Empty>
    }
    .into_any()
}

fn row(review: Review, query: &ReviewsQuery, zone: Tz, may_hide: bool) -> impl IntoView + use<> {
    let actions = actions(&review, query, may_hide);
    let anonymous = review.anonymous.then(|| view! { <small>"匿名评价"</small> });
    let reply = review.shown_reply().map(|words| view! { <small>{format!("商家回复：{words}")}</small> });
    let state = match review.hidden {
        Some(hiding) => view! { <Badge tone=Tone::Warn>"已隐藏"</Badge> <small>{hiding.reason}</small> }.into_any(),
        None => view! { <Badge tone=Tone::Good>"显示中"</Badge> }.into_any(),
    };
    let words = if review.words.is_empty() { "未填写文字".to_owned() } else { review.words };
    let (src, href) = (assets::url(&review.picture), routes::buyer::product(review.product_id.0));
    view! {
        <tr>
            <td><GoodsCell src=src title=review.title href=href detail=review.spec/></td>
            <td>{review.buyer_name}{anonymous}</td>
            <td><Stars rating=review.rating/></td>
            <td>{words}<Pictures items=pictures(&review.pictures)/>{reply}</td>
            <td class="nowrap"><Unbroken words=review.at.show(zone)/></td>
            <td>{state}</td>
            <td>{actions}</td>
        </tr>
    }
}

fn actions(review: &Review, query: &ReviewsQuery, may_hide: bool) -> impl IntoView + use<> {
    let id = review.id.0.to_string();
    let dialog = |name: &str| query.href(&[("dialog", name), ("review", &id)]);
    let reply = review.reply.is_none().then(|| view! { <LinkButton href=dialog("reply") small=true>"回复"</LinkButton> });
    let hidden = review.hidden.is_some();
    let hide =
        (may_hide && !hidden).then(|| view! { <LinkButton href=dialog("hide") kind=ButtonKind::Quiet small=true>"隐藏"</LinkButton> });
    let show =
        (may_hide && hidden).then(|| view! { <PostButton action=query.action(review.id, "show") small=true>"恢复显示"</PostButton> });
    view! { <div class="actions">{reply}{hide}{show}</div> }
}
