select c.id, c.shop_id, 'handed out ' || c.handed_out || ', used ' || c.used as kept,
    'in hands ' || coalesce(h.copies, 0) || ', used ' || coalesce(h.used, 0) as summed
from coupons c
left join (
    select coupon_id, count(*) as copies, count(order_id) as used from buyer_coupons group by coupon_id
) h on h.coupon_id = c.id
where c.handed_out <> coalesce(h.copies, 0) or c.used <> coalesce(h.used, 0)
