select h.id, h.coupon_id, h.shop_id, s.name as shop_name, o.number as order_number, h.used_at
from buyer_coupons h
join shops s on s.id = h.shop_id
left join orders o on o.id = h.order_id
where h.buyer_id = $1 and h.order_id is null and h.valid_until > $2 and h.id < $3
order by h.id desc limit $4
