select
    f.name as staff_name, f.roles, f.generation, s.id, s.name, s.phone, s.time_zone, s.policy,
    (select count(*) from (select 1 as one from orders
        where shop_id = s.id and status in ('awaiting_shipment', 'partially_shipped') limit $2) as few) as to_ship,
    (select count(*) from (select 1 as one from after_sales
        where shop_id = s.id and status in ('applied', 'return_in_transit', 'awaiting_reship', 'refund_failed') limit $2) as few) as after_sales,
    (select count(*) from (select 1 as one from payment_anomalies
        where shop_id = s.id and resolved_at is null limit $2) as few) as anomalies,
    (select count(*) from (select 1 as one from messages
        where shop_id = s.id and buyer_id is null and read_at is null limit $2) as few) as messages
from staff f
join shops s on s.id = f.shop_id
where f.id = $1 and f.disabled_at is null
