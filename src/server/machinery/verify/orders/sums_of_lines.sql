select o.id, o.shop_id,
    'goods ' || o.goods_minor || ', change ' || o.goods_adjust_minor || ', coupon ' || o.coupon_minor
        || ', freight ' || o.freight_minor || ', paid ' || o.paid_minor || ', refunded '
        || o.refunded_minor as kept,
    'goods ' || coalesce(l.goods, 0) || ', change ' || coalesce(l.change, 0) || ', coupon '
        || coalesce(l.coupon, 0) || ', freight ' || coalesce(l.freight, 0) || ', paid ' || coalesce(l.paid, 0)
        || ', refunded ' || coalesce(l.refunded, 0) as summed
from orders o
left join (
    select order_id, sum(goods_minor) as goods, sum(adjust_minor) as change, sum(coupon_minor) as coupon,
        sum(freight_minor) as freight, sum(paid_minor) as paid, sum(refunded_minor) as refunded
    from order_lines
    group by order_id
) l on l.order_id = o.id
where o.goods_minor <> coalesce(l.goods, 0) or o.goods_adjust_minor <> coalesce(l.change, 0)
    or o.coupon_minor <> coalesce(l.coupon, 0) or o.freight_minor <> coalesce(l.freight, 0)
    or o.paid_minor <> coalesce(l.paid, 0) or o.refunded_minor <> coalesce(l.refunded, 0)
