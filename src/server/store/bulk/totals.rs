//! What is kept beside its rows as their sum: shelves, products, members.

pub(super) const SUMS: &[&str] = &[
    "update skus set sellable = m.sellable, reserved = m.reserved, defective = m.defective
        from (select sku_id, cast(sum(sellable) as bigint) as sellable, cast(sum(reserved) as bigint) as reserved,
                cast(sum(defective) as bigint) as defective
            from stock_moves group by sku_id) m
        where m.sku_id = skus.id",
    "update products set sold = l.sold
        from (select product_id, cast(sum(shipped_quantity) as bigint) as sold from order_lines group by product_id) l where l.product_id = products.id",
    "update products set review_count = r.reviews, review_stars = r.stars
        from (select product_id, count(*) as reviews, cast(sum(rating) as bigint) as stars from reviews group by product_id) r
        where r.product_id = products.id",
    "insert into members (shop_id, buyer_id, name, phone, completed_orders, joined_at)
        select o.shop_id, o.buyer_id, min(o.buyer_name), min(o.buyer_phone), sum(case when o.status = 'completed' then 1 else 0 end), min(o.placed_at)
        from orders o where true group by o.shop_id, o.buyer_id
        on conflict (shop_id, buyer_id) do update set completed_orders = excluded.completed_orders",
];
