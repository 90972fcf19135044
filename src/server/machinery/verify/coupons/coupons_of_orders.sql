select o.id, o.shop_id,
    'coupon ' || o.coupon_minor
        || case when o.coupon_returned_at is null then ', kept' else ', returned' end as kept,
    coalesce(h.copies, 0) || ' copies' as summed
from orders o
left join (
    select order_id, count(*) as copies from buyer_coupons where order_id is not null group by order_id
) h on h.order_id = o.id
where coalesce(h.copies, 0) <> case when o.coupon_minor > 0 and o.coupon_returned_at is null then 1 else 0 end
