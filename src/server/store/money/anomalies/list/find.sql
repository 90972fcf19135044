select a.id, a.kind, a.amount_minor, a.told_minor, a.told_currency, a.since_at, a.resolved_at,
    a.resolution, a.resolved_by, a.note, o.number as order_number, o.buyer_name, o.buyer_phone,
    p.number as payment_number, p.status as payment_status, p.tender, a.refund_id, r.number as refund_number,
    r.status as refund_status, r.trouble as refund_trouble, s.number as after_sale_number
from payment_anomalies a
join orders o on o.id = a.order_id
join payments p on p.id = a.payment_id
left join refunds r on r.id = a.refund_id
left join after_sales s on s.id = r.after_sale_id
where a.id = $2 and a.shop_id = $1
