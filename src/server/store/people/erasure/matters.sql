select
    (select count(*) from orders where buyer_id = $1 and status not in ('completed', 'closed')) as open_orders,
    (select count(*) from after_sales where buyer_id = $1 and status not in ('succeeded', 'closed')) as open_cases,
    (select count(*) from orders o join refunds r on r.order_id = o.id where o.buyer_id = $1 and r.status <> 'succeeded')
        as refunds_under_way,
    (select count(*) from orders o join payments p on p.order_id = o.id where o.buyer_id = $1 and p.status in ('pending', 'held'))
        as payments_under_way,
    (select count(*) from orders o join payment_anomalies a on a.order_id = o.id where o.buyer_id = $1 and a.resolved_at is null)
        as anomalies,
    (select cast(coalesce(sum(balance_minor), 0) as bigint) from members where buyer_id = $1) as balance,
    (select cast(coalesce(sum(points), 0) as bigint) from members where buyer_id = $1) as points,
    (select count(*) from buyer_coupons where buyer_id = $1 and order_id is null and valid_until > $2) as coupons,
    (select count(*) from orders where buyer_id = $1 and status = 'completed' and after_sale_until > $2) as in_after_sale_time
