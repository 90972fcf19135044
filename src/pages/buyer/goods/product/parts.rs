//! What a product page says before one buys: price, promise, what buyers say.

use crate::domain::Shop;
use crate::domain::people::address::mask_name;
use crate::pages::buyer::money::coupons::offers;
use crate::routes;
use crate::server::goods::shopfront::{Product, Review, Sku};
use crate::server::money::coupons::Coupon;
use crate::ui::{Card, ListLink, Pagination, Picture, Price, PriceSize, ReviewBlock, Stars};
use chrono_tz::Tz;
use leptos::prelude::*;

/// Price, title and what is left: of the kind that is chosen, or of all.
pub fn headline(product: &Product, chosen: Option<&Sku>) -> impl IntoView + use<> {
    let prices = product.skus.iter().map(|sku| sku.price);
    let (lowest, highest) = (prices.clone().min().unwrap_or_default(), prices.max().unwrap_or_default());
    let from = (chosen.is_none() && lowest != highest).then_some("起");
    let price = chosen.map_or(lowest, |sku| sku.price);
    let stock: i64 = chosen.map_or_else(|| product.skus.iter().map(|sku| sku.sellable).sum(), |sku| sku.sellable);
    let Product { title, subtitle, sold, .. } = product.clone();
    view! {
        <Card>
            <p class="row row--between"><span id="price" aria-live="polite"><Price amount=price size=PriceSize::Huge/>{from}</span><span class="muted small">{format!("已售 {sold}")}</span></p>
            <h2 class="product-title">{title}</h2>
            <p class="muted">{subtitle}</p>
            <p class="small" id="in-stock">{format!("库存 {stock} 件")}</p>
        </Card>
    }
}

/// Coupons to take for it; nothing if there are none.
pub fn coupons(product: &Product, open: Vec<Coupon>) -> Option<impl IntoView + use<>> {
    let offers = (!open.is_empty()).then(|| offers(open, &product.id.0.to_string()))?;
    Some(view! { <Card title="优惠券">{offers}</Card> })
}

/// The after-sales policy in plain words, from the record that the rules themselves are read from (S40).
pub fn promise(shop: &Shop) -> impl IntoView + use<> {
    let policy = &shop.policy;
    let freight = match (policy.freight.is_positive(), policy.free_freight_from.is_positive()) {
        (false, _) => "包邮".to_owned(),
        (true, false) => format!("运费 {}", policy.freight.show()),
        (true, true) => format!("运费 {}，满 {} 包邮", policy.freight.show(), policy.free_freight_from.show()),
    };
    let name = shop.name.clone();
    let sentences = policy.in_words().into_iter().chain([freight]).map(|words| view! { <li>{words}</li> }).collect_view();
    view! {
        <Card title="售后保障">
            <ul class="promises">{sentences}</ul>
        </Card>
        <Card class="card--flush"><div class="list-links"><ListLink href=routes::buyer::HOME label=name value="进店逛逛"/></div></Card>
    }
}

/// What buyers say, and the shop's answers.
pub fn reviews(product: &Product, reviews: crate::server::Slice<Review>, zone: Tz) -> impl IntoView + use<> {
    let next = reviews.next.map(|before| format!("{}?reviews_before={before}#reviews", routes::buyer::product(product.id.0)));
    let average = (product.review_count > 0).then(|| average(product));
    let aside =
        average.map(|(stars, words)| view! { <span class="row"><Stars rating=stars/><span class="small">{words}</span></span> }.into_any());
    let none = reviews.rows.is_empty().then(|| view! { <p class="muted">"还没有评价"</p> });
    let block = move |review: Review| {
        let who = if review.anonymous { "匿名用户".to_owned() } else { mask_name(&review.buyer_name) };
        let reply = review.shown_reply();
        view! {
            <ReviewBlock who=who when=review.at.show(zone) rating=review.rating words=review.words pictures=pictures(&review.pictures) reply=reply>
                <span class="muted small">{review.spec}</span>
            </ReviewBlock>
        }
    };
    view! {
        <div id="reviews">
            <Card title=format!("商品评价（{}）", product.review_count) aside=aside>
                {none}
                {reviews.rows.into_iter().map(block).collect_view()}
                <Pagination next=next/>
            </Card>
        </div>
    }
}

/// The stars to draw, and `4.8 分`: tenths, rounded half up.
fn average(product: &Product) -> (u8, String) {
    let tenths = (product.review_stars * 20 / product.review_count.max(1) + 1) / 2;
    (u8::try_from((tenths + 5) / 10).unwrap_or(5), format!("{}.{} 分", tenths / 10, tenths % 10))
}

/// Pictures of a review, each leading to the whole picture.
pub fn pictures(keys: &[String]) -> Vec<Picture> {
    keys.iter()
        .enumerate()
        .map(|(index, key)| Picture::new(routes::small_picture(key), format!("评价图片 {}", index + 1)).linking(routes::picture(key)))
        .collect()
}

/// The seller's own words, paragraph by paragraph.
pub fn description(product: &Product) -> impl IntoView + use<> {
    let paragraphs = product.description.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
    view! { <Card title="商品介绍"><div class="stack">{paragraphs}</div></Card> }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ProductId, ShopId};

    fn rated(review_count: i64, review_stars: i64) -> Product {
        let (title, subtitle, description, picture) = Default::default();
        Product {
            id: ProductId(1),
            shop_id: ShopId(1),
            title,
            subtitle,
            description,
            picture,
            review_count,
            review_stars,
            sold: 0,
            skus: Vec::new(),
        }
    }

    #[test]
    fn stars_are_averaged_to_the_tenth() {
        assert_eq!(average(&rated(3, 14)), (5, "4.7 分".to_owned()));
        assert_eq!(average(&rated(2, 9)), (5, "4.5 分".to_owned()));
        assert_eq!(average(&rated(1, 1)), (1, "1.0 分".to_owned()));
    }
}
