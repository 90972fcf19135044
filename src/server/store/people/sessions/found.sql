select
    e.data, e.buyer_id, e.buyer_seen_at, e.staff_id, e.staff_seen_at,
    b.name as buyer_name, b.phone as buyer_phone, b.generation as buyer_generation,
    (select count(*) from cart_items c where c.buyer_id = b.id) as in_cart,
    f.name as staff_name, f.roles, f.generation, s.id, s.name, s.phone, s.time_zone, s.policy,
    (select count(*) from (select 1 as one from orders
        where shop_id = s.id and status in ('awaiting_shipment', 'partially_shipped') limit $3) as few) as to_ship,
    (select count(*) from (select 1 as one from after_sales
        where shop_id = s.id and status in ('applied', 'return_in_transit', 'awaiting_reship', 'refund_failed') limit $3) as few) as after_sales,
    (select count(*) from (select 1 as one from payment_anomalies
        where shop_id = s.id and resolved_at is null limit $3) as few) as anomalies,
    (select count(*) from (select 1 as one from messages
        where shop_id = s.id and buyer_id is null and read_at is null limit $3) as few) as messages
from sessions e
left join buyers b on b.id = e.buyer_id and b.erased_at is null
left join staff f on f.id = e.staff_id and f.disabled_at is null
left join shops s on s.id = f.shop_id
where e.id = $1 and e.expires_at > $2
