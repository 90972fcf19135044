select o.id, o.number, o.shop_id, s.name as shop_name, o.status, o.buyer_name, o.buyer_phone, o.recipient,
    o.tender, o.goods_minor, o.goods_adjust_minor, o.coupon_minor, o.freight_minor, o.held_minor, o.paid_minor,
    o.refunded_minor, o.open_cases, o.unreviewed, o.first_order_at, o.shop_remark, o.flag, o.placed_at,
    o.pay_by, o.receive_by, o.after_sale_until, o.version
from orders o
join shops s on s.id = o.shop_id
where o.id in (
    select id
    from (
        select id
        from (
            select id from orders where shop_id = $1 and status = 'awaiting_shipment' order by id limit $2
        ) whole
        union all
        select id
        from (
            select id from orders where shop_id = $1 and status = 'partially_shipped' order by id limit $2
        ) partly
    ) waiting
    order by id limit $2
)
order by o.id
