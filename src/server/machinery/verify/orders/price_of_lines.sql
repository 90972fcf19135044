select l.id, l.shop_id, 'goods ' || l.goods_minor || ', paid ' || l.paid_minor as kept,
    'goods ' || (l.unit_price_minor * l.quantity) || ', payable '
        || case when o.paid_at is null then 0
            else l.goods_minor + l.adjust_minor - l.coupon_minor + l.freight_minor end as summed
from order_lines l
join orders o on o.id = l.order_id
where l.goods_minor <> l.unit_price_minor * l.quantity
    or l.paid_minor <> case when o.paid_at is null then 0
        else l.goods_minor + l.adjust_minor - l.coupon_minor + l.freight_minor end
